"""The board's columns, and the moves that lead a card from one to another."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogue.actions import rules
from dialogue.actions.forms_steps import form_for
from dialogue.actions.forms_wishes import StepForm
from dialogue.actions.models import Action, ActionState
from dialogue.actions.rules import Step
from dialogue.base.i18n import Labelled, lazy
from dialogue.web.permissions import Actor

_S = ActionState


class Column(Labelled):
    """Where a card lies on the board."""

    ASKED = "asked", lazy("Asked")
    ANSWERED = "answered", lazy("Other answer than yes")
    ACCEPTED = "accepted", lazy("Accepted")
    UNDER_WAY = "under-way", lazy("Under way")
    ENDED = "ended", lazy("Ended")


STATES: dict[Column, tuple[ActionState, ...]] = {
    Column.ASKED: (_S.PROPOSED,),
    Column.ANSWERED: (_S.NEW_DATE, _S.DECLINED),
    Column.ACCEPTED: (_S.ACCEPTED,),
    Column.UNDER_WAY: (_S.UNDER_WAY,),
    Column.ENDED: rules.ENDS,
}
_COLUMN = {state: column for column, states in STATES.items() for state in states}

# The steps that a card is moved by, the first to think of first: where two lead to the same column, dropping it
# there takes that one. The others leave it where it is, or are asked about on the action's page.
_MOVES = (
    Step.ACCEPT_DATE,
    Step.ACCEPT,
    Step.START,
    Step.FINISH,
    Step.REOPEN,
    Step.SUGGEST_DATE,
    Step.DECLINE,
    Step.KEEP_DATE,
    Step.PROPOSE_ANEW,
    Step.WITHDRAW,
)


@dataclass(frozen=True)
class CardMove:
    """A step that leads a card to another column; ``is_plain`` when nothing has to be filled in."""

    step: Step
    to: Column
    is_plain: bool


def column_of(action: Action) -> Column:
    """Where an action lies."""
    return _COLUMN[action.state]


def moves(actor: Actor, action: Action) -> Sequence[CardMove]:
    """The moves that somebody can make with an action now."""
    found = []
    possible = rules.steps(actor, action)
    for step in _MOVES:
        if step in possible:
            to = _COLUMN[rules.MOVES[step].states[action.state][0]]
            if to is not column_of(action):
                found.append(CardMove(step, to, _is_plain(actor, action, step)))
    return found


def plain_move(actor: Actor, action: Action, name: str) -> Step | None:
    """The step with this name, if it is a move that asks for nothing."""
    step = next((step for step in _MOVES if step.value == name), None)
    return step if step is not None and _is_plain(actor, action, step) else None


def _is_plain(actor: Actor, action: Action, step: Step) -> bool:
    return form_for(step, actor, action) is StepForm
