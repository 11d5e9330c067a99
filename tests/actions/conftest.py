"""What the tests of actions share."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.actions import operations
from dialogue.actions.models import Action
from dialogue.actions.operations import ActionDraft
from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.base.i18n import Translated
from dialogue.base.outbox import OutboxMail
from dialogue.people.queries import actor_of
from dialogue.places.models import Organisation
from dialogue.web.permissions import Actor, Role, ScopeKind
from tests.support.make import Make, words


class Scene:
    """A dialogue with its organiser, an organisation in its municipality and that organisation's partner."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.dialogue = make.dialogue()
        self.owner = self.new_owner()
        self.organiser = make.user(Role.ORGANISER, ScopeKind.DIALOGUE, self.dialogue.id)
        self.partner = self.partner_of(self.owner)

    def new_owner(self, **values: Any) -> Organisation:
        return self.make.organisation(
            **{"municipality_id": self.dialogue.municipality_id, "language": "en", **values}
        )

    def partner_of(self, owner: Organisation) -> Any:
        return self.make.user(Role.PARTNER, ScopeKind.ORGANISATION, owner.id)

    @property
    def organising(self) -> Actor:
        return actor_of(self.organiser)

    @property
    def owning(self) -> Actor:
        return actor_of(self.partner)

    def draft(self, **values: Any) -> ActionDraft:
        return ActionDraft(
            **{
                "title": words("Lights by the path"),
                "why": words("Many asked for it."),
                "owner_id": self.owner.id,
                "owner_role": Translated(),
                "due_on": clock.today() + timedelta(30),
                **values,
            }
        )

    def proposed(self, **values: Any) -> Action:
        """An action whose owner has been asked."""
        with self.make.database.writing() as session:
            action = operations.propose(
                session, self.organising, session.merge(self.dialogue), self.draft(**values)
            )
            return self.again(action.id, session)

    def accepted(self, **values: Any) -> Action:
        """An action whose owner has said yes."""
        action = self.proposed(**values)
        self.take(operations.accept, self.owning, action)
        return action

    def take(
        self,
        operation: Callable[..., None],
        who: Any,
        action: Action,
        *values: Any,
        revision: int | None = None,
    ) -> Action:
        """Take a step in a transaction of its own, with the newest revision unless another is given."""
        with self.make.database.writing() as session:
            current = self.again(action.id, session)
            operation(session, who, current, current.revision if revision is None else revision, *values)
        with self.make.database.reading() as session:
            return self.again(action.id, session)

    def again(self, action_id: int, session: Session) -> Action:
        return session.get_one(Action, action_id)

    def now(self, action: Action) -> Action:
        """The action as the database has it."""
        with self.make.database.reading() as session:
            return self.again(action.id, session)


@pytest.fixture
def scene(make: Make) -> Scene:
    """A dialogue, its organiser, an owner and its partner."""
    return Scene(make)


@pytest.fixture
def mails(database: Database) -> Callable[[], list[Any]]:
    """The mails in the outbox, oldest first."""

    def run() -> list[Any]:
        with database.reading() as session:
            return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))

    return run
