"""The weekly round: what is open, one after the other. Its place is the action it has come to, so nothing of it
is kept but what is written of the actions themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions import rules
from dialogue.actions.models import Action
from dialogue.actions.rules import Side
from dialogue.actions.work.queries import Worker, chosen
from dialogue.base import clock
from dialogue.dialogues.models import StatusChange
from dialogue.people.models import User

MOST_LINES = 200


@dataclass(frozen=True)
class Place:
    """Where a round has come to: the number of an action, of how many, and the codes of those beside it."""

    number: int
    total: int
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """What was told of an action today, and by whom."""

    action: Action
    change: StatusChange
    name: str


def first(session: Session, worker: Worker) -> str:
    """The code of the action that a round begins with, or an empty one."""
    statement = select(Action.code).where(*_gone_through(worker)).order_by(Action.due_on, Action.id)
    return session.scalars(statement.limit(1)).first() or ""


def place(session: Session, worker: Worker, action: Action) -> Place:
    """Where in its round an action stands."""
    conditions = _gone_through(worker)
    earlier = _comes_before(action)
    is_it = Action.id == action.id
    later = ~or_(earlier, is_it)
    ahead, total = session.execute(
        select(func.sum(case((later, 0), else_=1)), func.count()).where(*conditions)
    ).one()
    before = session.scalars(
        select(Action.code)
        .where(*conditions, earlier)
        .order_by(Action.due_on.desc(), Action.id.desc())
        .limit(1)
    ).first()
    after = session.scalars(
        select(Action.code).where(*conditions, later).order_by(Action.due_on, Action.id).limit(1)
    ).first()
    return Place(max(ahead or 0, 1), max(total, 1), before or "", after or "")


def told_today(session: Session, worker: Worker) -> Sequence[Line]:
    """What has been told today of what the round goes through, oldest first; however it stands by now."""
    midnight = clock.in_norway(datetime.combine(worker.today, time()))
    # History is only added to, so whatever was written before today has a lower key, and is not looked at.
    last_before = (
        select(StatusChange.id)
        .where(StatusChange.at < midnight)
        .order_by(StatusChange.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    choice = replace(worker.choice, state="", late=False, within=0, on=None)
    statement = (
        select(Action, StatusChange, User.name)
        .select_from(StatusChange)
        .join(Action, and_(StatusChange.subject_kind == "action", StatusChange.subject_id == Action.id))
        .outerjoin(User, User.id == StatusChange.actor_id)
        .where(
            StatusChange.id > func.coalesce(last_before, 0),
            StatusChange.at >= midnight,
            *chosen(replace(worker, choice=choice)),
        )
        .options(joinedload(Action.owner))
        .order_by(StatusChange.id.desc())
        .limit(MOST_LINES)
    )
    if worker.side is Side.OWNER:
        statement = statement.where(or_(StatusChange.is_public, StatusChange.at >= Action.owner_since))
    rows = session.execute(statement).all()
    return [Line(action, change, name or "") for action, change, name in reversed(rows)]


def _gone_through(worker: Worker) -> list[ColumnElement[bool]]:
    """What is chosen and open; what ended today too, so that nothing is skipped while it is gone through."""
    is_open = or_(Action.state.not_in(rules.ENDS), Action.ended_on >= worker.today)
    return [*chosen(worker), is_open]


def _comes_before(action: Action) -> ColumnElement[bool]:
    return or_(
        Action.due_on < action.due_on,
        and_(Action.due_on == action.due_on, Action.id < action.id),
    )
