"""What the tests of joining in share."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.base.outbox import OutboxMail
from dialogue.base.tokens import new_token
from dialogue.dialogues.models import Contribution
from dialogue.followup import operations as followup
from dialogue.helping import operations, planning
from dialogue.helping.models import HelpSlot, HelpTaker
from dialogue.helping.operations import Joining
from dialogue.helping.planning import SlotPlan
from dialogue.residents import operations as residents
from tests.actions.conftest import Scene as ActionScene
from tests.support.make import Make, words


class Scene(ActionScene):
    """A dialogue with an action that its owner has accepted, and who owns and organises it."""

    def __init__(self, make: Make) -> None:
        super().__init__(make)
        self.database = make.database
        self.action = self.accepted()

    def plan(self, day: date | None = None, **values: Any) -> SlotPlan:
        evening = datetime.combine(day or clock.today() + timedelta(7), time(20))
        return SlotPlan(
            **{
                "what": words("Walk along the beach"),
                "place": words("By the kiosk"),
                "starts_local": evening,
                "minutes": 120,
                "wanted": 4,
                **values,
            }
        )

    def slot(self, day: date | None = None, weeks: int = 1, **values: Any) -> HelpSlot:
        """A slot that the owner asks for; the first of several."""
        with self.database.writing() as session:
            current = session.get_one(Action, self.action.id)
            planning.ask(session, self.owning, current, self.plan(day, **values), weeks, new_token())
        with self.database.reading() as session:
            return session.scalars(select(HelpSlot).order_by(HelpSlot.id.desc()).offset(weeks - 1)).first()

    def now_of(self, slot: HelpSlot) -> HelpSlot:
        with self.database.reading() as session:
            return session.get_one(HelpSlot, slot.id)

    def join(self, slot: HelpSlot, name: str = "Kari", email: str = "") -> str:
        """Join in, in a transaction of its own; return the follow code."""
        with self.database.writing() as session:
            current = session.get_one(HelpSlot, slot.id)
            return operations.join_in(session, current, Joining(name, email, "en"), new_token()).code

    def give_back(self, code: str) -> None:
        with self.database.writing() as session:
            found = residents.find_code(session, code)
            given = session.scalars(select(Contribution).where(Contribution.follow_code_id == found.id)).one()
            followup.withdraw(session, given, operations.erase)

    def change(self, slot: HelpSlot, plan: SlotPlan, who: Any = None, revision: int | None = None) -> int:
        with self.database.writing() as session:
            current = session.get_one(HelpSlot, slot.id)
            seen = current.revision if revision is None else revision
            return planning.change(session, who or self.owning, current, plan, seen)

    def cancel(self, slot: HelpSlot, who: Any = None) -> int:
        with self.database.writing() as session:
            return planning.cancel(session, who or self.owning, session.get_one(HelpSlot, slot.id))

    def names(self, slot: HelpSlot) -> list[str]:
        with self.database.reading() as session:
            return list(
                session.scalars(
                    select(HelpTaker.name)
                    .where(HelpTaker.slot_id == slot.id, HelpTaker.given_back_at.is_(None))
                    .order_by(HelpTaker.contribution_id)
                )
            )


@pytest.fixture
def scene(make: Make) -> Scene:
    """A dialogue with an accepted action, its owner and its organiser."""
    return Scene(make)


@pytest.fixture
def subjects(database: Database) -> Callable[[], list[str]]:
    """The subjects of the mails written since the last look, to those who join in."""
    seen: set[int] = set()

    def run() -> list[str]:
        with database.reading() as session:
            new = [
                mail
                for mail in session.scalars(select(OutboxMail).order_by(OutboxMail.id))
                if mail.id not in seen
            ]
        seen.update(mail.id for mail in new)
        return [mail.subject for mail in new if mail.to.endswith("@helper.example")]

    return run
