"""Reads of a choice among actions in groups, each with its numbers: by owner and by goal."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions import rules
from dialogue.actions.models import Action, ActionState
from dialogue.actions.queries import is_late
from dialogue.actions.work.queries import PAGE_SIZE, Worker, chosen
from dialogue.base import paging
from dialogue.goals.models import Goal
from dialogue.places.models import Organisation


@dataclass(frozen=True)
class Group:
    """How many actions of an owner, or for a goal, there are in all, and how they stand."""

    of: Any
    total: int
    open: int
    late: int
    done: int


def by_owner(session: Session, worker: Worker, number: int) -> tuple[list[Group], int, int]:
    """A page of the owners of what is chosen, whoever has most that is late first; its number, and how many
    pages there are."""
    conditions = chosen(worker)
    owners = session.scalar(select(func.count(Action.owner_id.distinct())).where(*conditions)) or 0
    number, pages, skipped = paging.place(number, owners, PAGE_SIZE)
    counted = (
        select(Action.owner_id, *_counts(worker.today))
        .where(*conditions)
        .group_by(Action.owner_id)
        .subquery()
    )
    rows = session.execute(
        select(Organisation, counted.c.total, counted.c.open, counted.c.late, counted.c.done)
        .join(counted, counted.c.owner_id == Organisation.id)
        .order_by(counted.c.late.desc(), counted.c.open.desc(), Organisation.id)
        .limit(PAGE_SIZE)
        .offset(skipped)
    )
    return [Group(*row) for row in rows], number, pages


def by_goal(session: Session, worker: Worker) -> list[Group]:
    """The goals that what is chosen serves, in the order of their plans; last, under None, what serves none."""
    counted = (
        select(Action.goal_id, *_counts(worker.today))
        .where(*chosen(worker))
        .group_by(Action.goal_id)
        .subquery()
    )
    rows = session.execute(
        select(Goal, counted.c.total, counted.c.open, counted.c.late, counted.c.done)
        .select_from(counted)
        .outerjoin(Goal, counted.c.goal_id == Goal.id)
        .options(joinedload(Goal.plan))
        .order_by(Goal.id.is_(None), Goal.plan_id, Goal.position)
    )
    return [Group(*row) for row in rows]


def _counts(today: date) -> tuple[ColumnElement[int], ...]:
    def number(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0)).label(name)

    done = Action.state.in_((ActionState.DONE, ActionState.PARTLY_DONE))
    return (
        func.count().label("total"),
        number(Action.state.in_(rules.OPEN), "open"),
        number(is_late(today), "late"),
        number(done, "done"),
    )
