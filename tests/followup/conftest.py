"""What the tests of the chain share: a dialogue with ideas, and the desk's operations by name."""

from datetime import timedelta

import pytest

from dialogue.actions import operations as actions
from dialogue.actions.models import Action
from dialogue.actions.operations import ActionDraft
from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.boards.models import Idea
from dialogue.dialogues.models import ContributionState, Dialogue, Phase, PhaseKind
from dialogue.followup import bodies, deciding, rules, themes
from dialogue.followup.deciding import DecisionDraft
from dialogue.followup.models import Body, BodyPower, Decision, DecisionOutcome, DecisionReason, Theme
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
