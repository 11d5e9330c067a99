"""Reads of a choice among actions: in pages, in columns, by day, by owner and by goal.

However many there are, each takes a fixed number of statements and loads no more than it shows.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, joinedload

from dialogue.actions import rules
from dialogue.actions.models import Action, ActionState
from dialogue.actions.queries import is_late, own_organisations
from dialogue.actions.queries_piles import PILES, lying, urgent_first
from dialogue.actions.rules import Pile, Side
from dialogue.actions.work.choosing import OPEN, Choice, Whose
from dialogue.base import paging
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.queries import reached_by
from dialogue.goals.models import Goal
from dialogue.places.models import Municipality, Organisation
from dialogue.web.permissions import Actor, Permission

PAGE_SIZE = 50
IN_A_COLUMN = 15
# What has ended is there to show that it has; the list has the rest.
ENDED_IN_A_COLUMN = 5
ON_A_DAY = 4


@dataclass(frozen=True)
class Worker:
    """Somebody who looks at actions on a day: which of them are theirs to see, and from which side."""

    actor: Actor
    choice: Choice
    today: date

    @property
    def oversees(self) -> bool:
        """Whether there are dialogues whose actions they see."""
        return self.actor.has(Permission.VIEW_DIALOGUE)

    @property
    def side(self) -> Side:
        """The side they look from: their organisations' when they own any and do not ask for all."""
        if not self.oversees:
            return Side.OWNER
        whose = self.choice.whose or (Whose.OURS if own_organisations(self.actor) else Whose.ALL)
        return Side.OWNER if whose == Whose.OURS else Side.ORGANISER


@dataclass(frozen=True)
class Found:
    """One page of a list: its piles with the actions of this page and how many there are of each in all."""

    piles: Sequence[tuple[Pile, list[Action], int]]
    number: int
    pages: int
    total: int


def seen_by(worker: Worker) -> ColumnElement[bool]:
    """The condition on Action that somebody may see it from the side they look from."""
    if worker.side is Side.OWNER:
        return Action.owner_id.in_(own_organisations(worker.actor))
    if worker.actor.everywhere(Permission.VIEW_DIALOGUE):
        return true()
    within = select(Dialogue.id).where(reached_by(worker.actor, Permission.VIEW_DIALOGUE))
    return Action.dialogue_id.in_(within)


def chosen(worker: Worker) -> list[ColumnElement[bool]]:
    """The conditions on Action that it is theirs to see and among their choice."""
    choice, today = worker.choice, worker.today
    found = [seen_by(worker)]
    if choice.state:
        found.append(_stands(choice.state, worker))
    if choice.owner:
        found.append(Action.owner_id.in_(select(Organisation.id).where(Organisation.code == choice.owner)))
    if choice.dialogue:
        found.append(Action.dialogue_id.in_(select(Dialogue.id).where(Dialogue.code == choice.dialogue)))
    if choice.municipality:
        place = select(Municipality.id).where(Municipality.number == choice.municipality)
        found.append(Action.dialogue_id.in_(select(Dialogue.id).where(Dialogue.municipality_id.in_(place))))
    if choice.goal:
        found.append(Action.goal_id.in_(select(Goal.id).where(Goal.code == choice.goal)))
    if choice.late:
        found.append(is_late(today))
    if choice.within:
        last = today + timedelta(days=choice.within)
        found.append(and_(Action.state.in_(rules.OPEN), Action.due_on <= last))
    if choice.on is not None:
        found.append(Action.due_on == choice.on)
    return [*found, *(_says(word) for word in choice.words.split())]


def chosen_ids(worker: Worker) -> Select[int]:
    """The same as a select of their ids, for rooms that know what else belongs to an action."""
    return select(Action.id).where(*chosen(worker))


def page(session: Session, worker: Worker, number: int) -> Found:
    """One page of the list, the most urgent first."""
    lies = lying(worker.side, worker.today)
    conditions = chosen(worker)
    counts = _counted(session, select(lies, func.count()).where(*conditions).group_by(lies))
    total = sum(counts.values())
    number, pages, skipped = paging.place(number, total, PAGE_SIZE)
    # The keys alone are put in order, since whole rows take far longer to sort.
    ordered = select(Action.id).where(*conditions).order_by(*urgent_first(lies))
    keys = list(session.scalars(ordered.limit(PAGE_SIZE).offset(skipped)))
    by_key = {action.id: action for action in session.scalars(_listed().where(Action.id.in_(keys)))}
    shown = [by_key[key] for key in keys]
    sorted_out: dict[Pile, list[Action]] = {}
    for action in shown:
        sorted_out.setdefault(rules.pile(action, worker.side, worker.today), []).append(action)
    piles = [(pile, found, counts.get(PILES.index(pile), 0)) for pile, found in sorted_out.items()]
    return Found(piles, number, pages, total)


def board(
    session: Session, worker: Worker, columns: Sequence[Sequence[ActionState]]
) -> list[tuple[list[Action], int]]:
    """For each column its first actions by due date, or the last that ended, and how many there are in all."""
    conditions = chosen(worker)
    counts = _counted(session, select(Action.state, func.count()).where(*conditions).group_by(Action.state))
    firsts = [select(_first_of(conditions, states).subquery().c.id) for states in columns]
    ended_last = case((Action.state.in_(rules.ENDS), Action.ended_on)).desc()
    found = session.scalars(
        _listed().where(Action.id.in_(union_all(*firsts))).order_by(ended_last, Action.due_on, Action.id)
    ).all()
    return [
        ([action for action in found if action.state in states], sum(counts.get(one, 0) for one in states))
        for states in columns
    ]


def _first_of(conditions: Sequence[ColumnElement[bool]], states: Sequence[ActionState]) -> Select[int]:
    chosen = select(Action.id).where(*conditions, Action.state.in_(states))
    if set(states) <= set(rules.ENDS):
        return chosen.order_by(Action.ended_on.desc(), Action.due_on, Action.id).limit(ENDED_IN_A_COLUMN)
    return chosen.order_by(Action.due_on, Action.id).limit(IN_A_COLUMN)


@dataclass(frozen=True)
class Entry:
    """Something that falls on a day: that an action is due, or that an update about it is."""

    action: Action
    is_update: bool


def calendar(
    session: Session, worker: Worker, first: date, last: date
) -> tuple[dict[date, list[Entry]], dict[date, int]]:
    """What falls on the days of a month: the first few of each day, and how many are due on it in all."""
    conditions = [*chosen(worker), Action.state.not_in((*rules.ENDS, ActionState.DECLINED))]
    due = Action.due_on.between(first, last)
    counts = _counted(
        session, select(Action.due_on, func.count()).where(*conditions, due).group_by(Action.due_on)
    )
    updates = and_(Action.next_update_on.between(first, last), Action.next_update_on != Action.due_on)
    days: dict[date, list[Entry]] = {}
    for column, where, is_update in ((Action.due_on, due, False), (Action.next_update_on, updates, True)):
        place = func.row_number().over(partition_by=column, order_by=Action.id).label("place")
        ranked = select(Action.id, place).where(*conditions, where).subquery()
        ids = select(ranked.c.id).where(ranked.c.place <= ON_A_DAY)
        for action in session.scalars(_listed().where(Action.id.in_(ids)).order_by(column, Action.id)):
            day = action.next_update_on if is_update else action.due_on
            if day is not None:
                days.setdefault(day, []).append(Entry(action, is_update))
    return days, counts


def _counted(session: Session, statement: Executable) -> dict[Any, int]:
    return {row[0]: row[1] for row in session.execute(statement)}


def _listed() -> Select[Any]:
    return select(Action).options(
        joinedload(Action.owner),
        joinedload(Action.dialogue).joinedload(Dialogue.municipality),
    )


def _stands(state: str, worker: Worker) -> ColumnElement[bool]:
    if state == OPEN:
        return Action.state.not_in(rules.ENDS)
    if state in {pile.value for pile in Pile}:
        return lying(worker.side, worker.today) == PILES.index(Pile(state))
    return Action.state == ActionState(state)


def _says(word: str) -> ColumnElement[bool]:
    """That a word stands in the title or in the reason, in whichever language.

    They are stored with every letter that is not ASCII written as its number, which no database compares
    without regard to case; so such a word is looked for in small letters and in large ones.
    """
    spellings = {json.dumps(form)[1:-1].lower() for form in (word.lower(), word.upper(), word.capitalize())}
    return or_(
        *(
            func.lower(cast(column, Text)).contains(spelling, autoescape=True)
            for column in (Action.title, Action.why)
            for spelling in spellings
        )
    )
