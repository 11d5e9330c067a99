"""Where actions lie in somebody's list and in which order they stand there, worked out by the database."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions import rules
from dialogue.actions.models import Action, ActionState
from dialogue.actions.queries import is_late
from dialogue.actions.rules import Pile, Side
from dialogue.base import clock, paging

PILES = tuple(Pile)


def urgent_of_dialogue(session: Session, dialogue_id: int, most: int) -> tuple[Sequence[Action], int]:
    """The first few of a dialogue's actions, what needs its organiser first, and how many there are."""
    order = urgent_first(lying(Side.ORGANISER, clock.today()))
    chosen = select(Action).where(Action.dialogue_id == dialogue_id).order_by(*order)
    return paging.first_few(session, chosen, most, joinedload(Action.owner))


def lying(side: Side, today: date) -> ColumnElement[int]:
    """Where an action lies, as rules.pile says of one; a number in the order of the piles."""
    rank = PILES.index
    is_owner = side is Side.OWNER
    ended = Action.state.in_((*rules.ENDS, ActionState.DECLINED) if is_owner else rules.ENDS)
    answered = or_(Action.suggested_due_on.is_not(None), Action.offered_to_id.is_not(None))
    for_organiser = or_(Action.state == ActionState.DECLINED, and_(answered, Action.state.in_(rules.OPEN)))
    is_asked = Action.state == ActionState.PROPOSED
    waits = cast(Action.waits_for, Text) != "{}" if is_owner else is_asked
    return case(
        (ended, rank(Pile.ENDED)),
        (for_organiser, rank(Pile.WAITING if is_owner else Pile.ANSWER)),
        *([(is_asked, rank(Pile.ANSWER))] if is_owner else []),
        (is_late(today), rank(Pile.LATE)),
        (waits, rank(Pile.WAITING)),
        else_=rank(Pile.UNDER_WAY),
    )


def urgent_first(lies: ColumnElement[int]) -> tuple[Any, ...]:
    """The order of a list: by where an action lies, then by due date; what has ended last, the latest first."""
    return (
        lies,
        case((lies != PILES.index(Pile.ENDED), Action.due_on)),
        func.coalesce(Action.ended_on, Action.due_on).desc(),
        Action.id,
    )
