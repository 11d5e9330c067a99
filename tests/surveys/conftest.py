"""Surveys to test with."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.dialogues.models import Dialogue
from dialogue.surveys import answering, editing, operations, queries
from dialogue.surveys.answering import Cell
from dialogue.surveys.editing import Wording
from dialogue.surveys.models import QuestionKind, Survey
from dialogue.surveys.operations import About
from dialogue.web.permissions import Actor
from tests.support.make import Make, words

CHOICES = (words("Yes"), words("No"), words("Do not know"))

ALL_KINDS: Sequence[tuple[QuestionKind, Wording]] = (
    (QuestionKind.SINGLE, Wording(words("Is it safe?"), is_required=True, choices=CHOICES)),
    (QuestionKind.SEVERAL, Wording(words("What helps?"), choices=CHOICES)),
    (
        QuestionKind.SCALE,
        Wording(
            words("How safe?"), lowest=1, highest=5, lowest_label=words("Not"), highest_label=words("Very")
        ),
    ),
    (QuestionKind.NUMBER, Wording(words("How often?"), lowest=0, highest=31)),
    (QuestionKind.SHORT_TEXT, Wording(words("Where?"))),
    (QuestionKind.LONG_TEXT, Wording(words("What first?"))),
)


class Surveys:
    """Makes surveys and answers to them, each committed at once."""

    def __init__(self, database: Database, make: Make) -> None:
        self.database = database
        self.make = make

    def actor(self) -> Actor:
        return self.make.actor()

    def draft(
        self,
        dialogue: Dialogue | None = None,
        questions: Sequence[tuple[QuestionKind, Wording]] = ALL_KINDS,
        **about: Any,
    ) -> str:
        """The code of a survey that is not published."""
        dialogue = dialogue or self.make.dialogue()
        values = {"title": words("Survey"), "intro": words("Three minutes."), **about}
        with self.database.writing() as session:
            survey = operations.begin(session, session.merge(dialogue), About(**values))
            for kind, wording in questions:
                editing.append(session, survey, kind, wording)
            return survey.code

    def open(self, *arguments: Any, **about: Any) -> Survey:
        """A published survey."""
        code = self.draft(*arguments, **about)
        self.change(code, operations.publish)
        return self.get(code)

    def change(self, code: str, do: Callable[[Session, Actor, Survey], Any]) -> Any:
        """Do something to a survey as one of its team."""
        actor = self.actor()
        with self.database.writing() as session:
            return do(session, actor, queries.for_desk(session, actor, code))

    def get(self, code: str) -> Survey:
        """The survey as it is now, with everything loaded."""
        actor = self.actor()
        with self.database.reading() as session:
            return queries.for_desk(session, actor, code)

    def answer(self, survey: Survey, sheets: Sequence[Sequence[Cell]], collector: int = 0) -> None:
        """Store responses."""
        with self.database.writing() as session:
            channel = session.merge(survey.collectors[collector])
            answering.store(session, channel, survey.versions[-1].id, "nb", clock.today(), sheets)


@pytest.fixture
def surveys(database: Database, make: Make) -> Surveys:
    return Surveys(database, make)
