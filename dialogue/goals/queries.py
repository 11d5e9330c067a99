"""Reads of plans and goals."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base.errors import NotFound
from dialogue.base.i18n import lazy
from dialogue.goals.models import Goal, Plan
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission, ScopeKind

Selected = TypeVar("Selected", bound=Select[Any])

# What a select sends when no goal is chosen.
NONE = 0


@dataclass(frozen=True)
class Coverage:
    """Which goals of a plan something is tied to, and which nothing is."""

    plan: Plan
    covered: Sequence[Goal]
    missing: Sequence[Goal]


def valid_goals(
    session: Session, day: date, municipality_id: int, district_id: int
) -> list[tuple[Plan, list[Goal]]]:
    """The plans that hold on a day in a municipality, with the goals they offer: its own first, then its
    police district's, then the country's. One that offers no goal is left out."""
    found = session.scalars(
        select(Plan)
        .where(
            Plan.valid_from <= day.year,
            Plan.valid_to >= day.year,
            or_(
                Plan.municipality_id == municipality_id,
                and_(Plan.municipality_id.is_(None), Plan.district_id == district_id),
                and_(Plan.municipality_id.is_(None), Plan.district_id.is_(None)),
            ),
        )
        .options(selectinload(Plan.goals))
    )
    ordered = sorted(
        found, key=lambda plan: (plan.municipality_id is None, plan.district_id is None, str(plan.name))
    )
    offered = [(plan, [goal for goal in plan.goals if goal.retired_on is None]) for plan in ordered]
    return [(plan, goals) for plan, goals in offered if goals]


def options(
    session: Session, day: date, municipality_id: int, district_id: int, kept: Iterable[Goal] = ()
) -> list[tuple[int, str]]:
    """The valid goals as (id, words) of a form's choices. What is chosen already stays among them, whether it
    is valid or not; its years then stand with it."""
    offered = [
        goal for _plan, goals in valid_goals(session, day, municipality_id, district_id) for goal in goals
    ]
    ids = {goal.id for goal in offered}
    return [(goal.id, goal.named) for goal in [*offered, *(goal for goal in kept if goal.id not in ids)]]


def choices(
    session: Session, day: date, municipality_id: int, district_id: int, kept: Goal | None = None
) -> list[tuple[int, Any]]:
    """The same for a select of which at most one is chosen, with the choice of none first."""
    found = options(session, day, municipality_id, district_id, [kept] if kept else ())
    return [(NONE, lazy("None")), *found]


def coverage(
    session: Session, day: date, municipality_id: int, district_id: int, used: Collection[int]
) -> list[Coverage]:
    """Of each plan that holds on a day in a municipality: the goals among ``used``, and those that are not."""
    return [
        Coverage(
            plan,
            [goal for goal in goals if goal.id in used],
            [goal for goal in goals if goal.id not in used],
        )
        for plan, goals in valid_goals(session, day, municipality_id, district_id)
    ]


def plans_for_desk(session: Session, actor: Actor) -> list[tuple[Plan, int]]:
    """The plans that hold where this person looks after something, with how many goals each offers: the
    latest first."""
    offered = (
        select(func.count())
        .where(Goal.plan_id == Plan.id, Goal.retired_on.is_(None))
        .correlate(Plan)
        .scalar_subquery()
    )
    rows = session.execute(
        _with_place(select(Plan, offered))
        .where(_seen_by(actor))
        .order_by(Plan.valid_to.desc(), Plan.valid_from.desc(), Plan.id)
    )
    return [(plan, number) for plan, number in rows]


def plan_for_desk(session: Session, actor: Actor, code: str) -> Plan:
    """A plan that holds where this person looks after something. Raises NotFound."""
    plan = session.scalars(
        _with_place(select(Plan)).options(selectinload(Plan.goals)).where(Plan.code == code, _seen_by(actor))
    ).one_or_none()
    if plan is None:
        raise NotFound
    return plan


def goal_for_desk(session: Session, actor: Actor, code: str) -> Goal:
    """A goal of such a plan. Raises NotFound."""
    goal = session.scalars(
        select(Goal)
        .join(Goal.plan)
        .where(Goal.code == code, _seen_by(actor))
        .options(
            joinedload(Goal.plan).options(
                joinedload(Plan.municipality), joinedload(Plan.district), selectinload(Plan.goals)
            )
        )
    ).one_or_none()
    if goal is None:
        raise NotFound
    return goal


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Plan that it holds in a place this person looks after; those of the country do."""
    permission = [Permission.MANAGE_ORGANISATIONS]
    if actor.everywhere(permission[0]):
        return true()
    municipalities = actor.ids(ScopeKind.MUNICIPALITY, permission)
    districts = actor.ids(ScopeKind.DISTRICT, permission)
    above = select(Municipality.district_id).where(Municipality.id.in_(municipalities))
    within = select(Municipality.id).where(Municipality.district_id.in_(districts))
    of_a_district = and_(
        Plan.municipality_id.is_(None),
        or_(Plan.district_id.in_(districts), Plan.district_id.in_(above)),
    )
    return or_(
        false(),
        and_(Plan.municipality_id.is_(None), Plan.district_id.is_(None)),
        Plan.municipality_id.in_(municipalities),
        Plan.municipality_id.in_(within),
        of_a_district,
    )


def _with_place(statement: Selected) -> Selected:
    return statement.options(
        joinedload(Plan.municipality).joinedload(Municipality.district), joinedload(Plan.district)
    )
