"""What the tests of briefs share: a dialogue with themes, bodies that hear about it, and the desk's steps."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from dialogue.boards import operations as boards
from dialogue.boards.models import Idea
from dialogue.briefs import content as contents, documents, operations as briefs, patrols, quoting
from dialogue.briefs.models import Brief, PatrolWish
from dialogue.briefs.operations import Documents, Receivers
from dialogue.briefs.patrols import WishDraft
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.followup import bodies, operations as followup
from dialogue.followup.models import Body, BodyPower, Theme
from dialogue.web.house import House
from tests.followup.conftest import Round
from tests.support.client import Client
from tests.support.make import words

NO_DOCUMENTS = Documents("a" * 64, "b" * 64)


class Condensed(Round):
    """A dialogue whose themes become a brief; each step commits."""

    house: House

    def body(self, name: str = "The police council", power: BodyPower = BodyPower.DISCUSSES) -> Body:
        with self.make.database.writing() as session:
            return bodies.ensure(session, self.organiser, session.merge(self.dialogue), words(name), power)

    def worded(self, title: str = "Light", *ideas: Idea, **values: object) -> Theme:
        """A theme with its three lines, and what else is given."""
        theme = self.theme(title, *ideas)
        lines = {
            "what_people_say": words("It is dark"),
            "what_we_propose": words("Lamps"),
            "who": words("The municipality"),
        }
        with self.make.database.writing() as session:
            found = session.get_one(Theme, theme.id)
            for name, value in {**lines, **values}.items():
                setattr(found, name, value)
        return theme

    def quote(self, idea: Idea, text: str) -> dict[str, Any]:
        with self.make.database.writing() as session:
            return quoting.keep(
                session,
                self.organiser,
                session.get_one(Dialogue, self.dialogue.id),
                {idea.contribution.code: text},
            )

    def content(self, language: str = "en", left_out: str = "") -> dict[str, Any]:
        with self.make.database.reading() as session:
            return contents.whole(session, session.get_one(Dialogue, self.dialogue.id), language, left_out)

    def freeze(
        self, *to: Body, on: date | None = None, left_out: str = "", kept: Documents | None = None
    ) -> Brief:
        content = self.content(left_out=left_out)
        receivers = Receivers(dict.fromkeys((body.id for body in to or (self.body(),)), on))
        with self.make.database.writing() as session:
            brief = briefs.freeze(
                session,
                self.organiser,
                session.get_one(Dialogue, self.dialogue.id),
                content,
                kept or NO_DOCUMENTS,
                receivers,
                str(next(self.keys)),
            )
            assert brief.sendings
        return brief

    def documents(self, left_out: str = "") -> Documents:
        return documents.store(self.house.files, self.content(left_out=left_out))

    def withdraw(self, idea: Idea) -> None:
        with self.make.database.writing() as session:
            given = session.get_one(Contribution, idea.contribution_id)
            followup.withdraw(session, given, boards.erase)

    def wish(self, theme: Theme, what: str = "Adults to talk to", **values: Any) -> PatrolWish:
        draft = WishDraft(theme.id, words(what), words("The beach"), words("Fridays"), **values)
        with self.make.database.writing() as session:
            made = patrols.add(
                session,
                self.organiser,
                session.get_one(Dialogue, self.dialogue.id),
                draft,
                str(next(self.keys)),
            )
            assert made is not None
        return made

    def brief(self, brief: Brief) -> Brief:
        """The version as it stands in the database now."""
        with self.make.database.reading() as session:
            return session.scalars(select(Brief).where(Brief.id == brief.id)).one()


@pytest.fixture
def a_round(make, house) -> Condensed:
    """A dialogue that is being condensed."""
    made = Condensed(make)
    made.house = house
    return made


@pytest.fixture
def desk(client, make) -> Client:
    """The organiser at the desk."""
    return client.sign_in(make.user())
