"""What the tests of the chain share: a dialogue with ideas, and the desk's operations by name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dialogue.actions import operations as actions
from dialogue.actions.models import Action
from dialogue.actions.operations import ActionDraft
from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.boards.models import Idea
from dialogue.dialogues.models import (
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    Phase,
    PhaseKind,
)
from dialogue.followup import bodies, deciding, rules, themes
from dialogue.followup.deciding import DecisionDraft
from dialogue.followup.models import (
    Body,
    BodyPower,
    Decision,
    DecisionOutcome,
    DecisionReason,
    Regrouping,
    Theme,
)
from dialogue.meetings import notes
from dialogue.meetings.models import Group, Meeting
from dialogue.meetings.notes import Said
from dialogue.surveys import editing, operations as surveys, taking_in
from dialogue.surveys.answering import Cell, store
from dialogue.surveys.editing import Wording
from dialogue.surveys.models import QuestionKind, Survey
from dialogue.surveys.operations import About
from tests.support.make import Make, words


class Round:
    """A published dialogue that is being decided, with a board and an organiser; each step commits."""

    def __init__(self, make: Make) -> None:
        today = clock.today()
        self.make = make
        self.dialogue = make.dialogue(
            phases=[
                Phase(kind=PhaseKind.DECIDE, starts_on=today - timedelta(1), ends_on=today + timedelta(9))
            ]
        )
        self.board = make.board(self.dialogue)
        self.organiser = make.actor()
        self.keys = iter(range(10_000))

    def idea(self, title: str = "Lights", state: ContributionState = ContributionState.PUBLISHED) -> Idea:
        return self.make.idea(self.board, title, state)

    def theme(self, title: str = "Light", *ideas: Idea) -> Theme:
        with self.make.database.writing() as session:
            theme = themes.create(
                session,
                self.organiser,
                session.get_one(Dialogue, self.dialogue.id),
                words(title),
                str(next(self.keys)),
            )
            if ideas:
                themes.place(session, self.organiser, theme, [idea.contribution.code for idea in ideas])
        return theme

    def place(self, theme: Theme, *ideas: Idea) -> int:
        with self.make.database.writing() as session:
            codes = [idea.contribution.code for idea in ideas]
            return themes.place(session, self.organiser, session.get_one(Theme, theme.id), codes)

    def merge(self, source: Theme, target: Theme) -> None:
        with self.make.database.writing() as session:
            found = [session.get_one(Theme, theme.id) for theme in (source, target)]
            themes.merge(session, self.organiser, *found)

    def decide(
        self, theme: Theme, outcome: DecisionOutcome = DecisionOutcome.TAKE_UP, **values: object
    ) -> Decision:
        if "body_id" not in values:
            values["body_id"] = self.body().id
        with self.make.database.writing() as session:
            draft = a_decision(outcome=outcome, **values)
            found = session.get_one(Theme, theme.id)
            return deciding.decide(session, self.organiser, found, draft, str(next(self.keys)))

    def body(self, name: str = "The council", power: BodyPower = BodyPower.DECIDES) -> Body:
        with self.make.database.writing() as session:
            dialogue = session.get_one(Dialogue, self.dialogue.id)
            return bodies.ensure(session, self.organiser, dialogue, words(name), power)

    def action(self, decision: Decision, *, accepted: bool = True, is_internal: bool = False) -> Action:
        owner = self.make.organisation(municipality_id=self.dialogue.municipality_id)
        draft = ActionDraft(
            words("New lights"),
            words("Many asked."),
            owner.id,
            Translated(),
            clock.today(),
            is_internal,
            str(next(self.keys)),
        )
        with self.make.database.writing() as session:
            found = session.get_one(Decision, decision.id)
            action = deciding.propose_action(session, self.organiser, found, draft)
            if accepted:
                actions.accept(session, self.organiser, action, action.revision)
        return action

    def note(self, text: str = "More lights", group: str = "Group 4") -> Contribution:
        meeting = self.make.meeting(self.dialogue)
        with self.make.database.writing() as session:
            there = session.get_one(Meeting, meeting.id)
            there.groups.append(Group(position=1, name=words(group)))
            session.flush()
            key = str(next(self.keys))
            notes.write_notes(session, self.organiser, there.groups[0], Said([text], "nb"), key)
            return self._last(session)

    def answers(self, *texts: str, **about: Any) -> list[Contribution]:
        """Open answers that were taken in, in the order of their keys."""
        with self.make.database.writing() as session:
            values = {"title": words("Survey"), "intro": words("Short."), **about}
            survey = surveys.begin(session, session.merge(self.dialogue), About(**values))
            editing.append(session, survey, QuestionKind.LONG_TEXT, Wording(words("What first?")))
            surveys.publish(session, self.organiser, survey)
            question = survey.questions[0].id
            sheets = [[Cell(question, text=text)] for text in texts]
            store(session, survey.collectors[0], survey.versions[0].id, "nb", clock.today(), sheets)
            surveys.close(session, self.organiser, survey)
            taking_in.take_in(session, self.organiser, session.get_one(Survey, survey.id))
            given = select(Contribution).where(
                Contribution.dialogue_id == self.dialogue.id, Contribution.kind == ContributionKind.ANSWER
            )
            return list(session.scalars(given.order_by(Contribution.id)))

    def do(self, operation: Callable[..., Any], *things: Any) -> Any:
        """Run an operation as the organiser, on things as they are now."""
        with self.make.database.writing() as session:
            found = [session.get_one(type(one), one.id) if hasattr(one, "id") else one for one in things]
            return operation(session, self.organiser, *found)

    def last_step(self) -> Regrouping | None:
        with self.make.database.reading() as session:
            mine = select(Regrouping).where(Regrouping.dialogue_id == self.dialogue.id)
            return session.scalars(mine.order_by(Regrouping.id.desc()).limit(1)).first()

    def _last(self, session: Any) -> Contribution:
        newest = select(Contribution).order_by(Contribution.id.desc()).limit(1)
        return session.scalars(newest).one()


def a_decision(**values: object) -> DecisionDraft:
    """A decision to take something up for a reason that fits, but for what is given."""
    outcome = values.get("outcome", DecisionOutcome.TAKE_UP)
    return DecisionDraft(
        **{
            "outcome": outcome,
            "reason": next(one for one in DecisionReason if one in rules.REASONS[outcome]),
            "explanation": words("We do it"),
            "decided_on": clock.today(),
            **values,
        }  # type: ignore[arg-type]
    )


@pytest.fixture
def a_round(make: Make) -> Round:
    """A dialogue that is being decided."""
    return Round(make)
