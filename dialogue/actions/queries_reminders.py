"""Reads for reminding: which actions may have come to something, what was told of them, and what a mail says.

They give rows of columns rather than objects, since there are thousands of them at a time.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, or_, select, true
from sqlalchemy.orm import Session

from dialogue.actions.models import Action, Reminder, ReminderKind
from dialogue.actions.occasions import OCCASIONS, Anchor, Occasion
from dialogue.actions.rules import ENDS, OPEN
from dialogue.base import clock, workdays
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Dialogue
from dialogue.places.models import Organisation

# What has ended for so long stands in no weekly list any more.
STILL_NEWS = timedelta(days=7)

_tells_leader = and_(
    Organisation.leader_email != "",
    or_(Organisation.tells_leader.is_(True), Action.owner_id == Dialogue.organiser_id),
)
_COLUMNS = (
    Action.id,
    Action.state,
    Action.due_on,
    Action.asked_at,
    Action.next_update_on,
    Action.snoozed_until,
    Action.suggested_due_on,
    Action.offered_to_id,
    Action.holder_since,
    Action.listed_on,
    Action.owner_id,
    Action.person_email,
    Organisation.email,
    case((_tells_leader, Organisation.leader_email), else_="").label("leader_email"),
    case((Action.person_email != "", Action.person_weekly_mail), else_=Organisation.weekly_mail).label(
        "weekly_mail"
    ),
)
# What a mail says besides.
_WORDS = (
    Action.code,
    Action.title,
    # Whether it waits for something: an empty text in no language is two letters of JSON.
    (func.length(cast(Action.waits_for, String)) > len("{}")).label("waits_for"),
    Organisation.code.label("owner_code"),
    Organisation.language,
)

Told = set[tuple[int, ReminderKind, date]]


def may_be_due(session: Session, today: date) -> Sequence[Any]:
    """The actions that may have come to an occasion that was not told, or to a weekly list."""
    return session.execute(_joined(_COLUMNS).where(_may_be_due(today))).all()


def in_full(session: Session, ids: Iterable[int]) -> Sequence[Any]:
    """These actions with what a mail says of them, held until the transaction ends."""
    return session.execute(
        _joined((*_COLUMNS, *_WORDS))
        .where(Action.id.in_(list(ids)))
        .order_by(Action.due_on, Action.id)
        .with_for_update(of=Action)
    ).all()


def just_ended(session: Session, owner_ids: Iterable[int], today: date) -> Sequence[Any]:
    """What these owners ended in the last days, the latest first."""
    return session.execute(
        _joined((*_COLUMNS, *_WORDS))
        .where(
            Action.owner_id.in_(list(owner_ids)),
            Action.state.in_(ENDS),
            Action.ended_on >= today - STILL_NEWS,
        )
        .order_by(Action.ended_on.desc(), Action.id)
    ).all()


def told(session: Session, ids: Iterable[int]) -> Told:
    """What has been told of these actions."""
    rows = session.execute(
        select(Reminder.action_id, Reminder.kind, Reminder.due_on).where(Reminder.action_id.in_(list(ids)))
    ).all()
    return {(row[0], row[1], row[2]) for row in rows}


def names_of(session: Session, owner_ids: Iterable[int]) -> dict[int, Translated]:
    """The names of organisations."""
    rows = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(list(owner_ids)))
    ).all()
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=16)
def midnight(day: date) -> datetime:
    """The moment at which a day begins in Norway."""
    return clock.in_norway(datetime.combine(day, time()))


def _joined(columns: Sequence[Any]) -> Select[Any]:
    return (
        select(*columns)
        .join(Organisation, Organisation.id == Action.owner_id)
        .join(Dialogue, Dialogue.id == Action.dialogue_id)
    )


def _may_be_due(today: date) -> ColumnElement[bool]:
    """The condition on an action that it has come to an occasion that was not told, or to a weekly list."""
    is_loud = and_(
        Action.suggested_due_on.is_(None),
        Action.offered_to_id.is_(None),
        or_(Action.snoozed_until.is_(None), Action.snoozed_until <= today),
    )
    has_address = or_(Action.person_email != "", Organisation.email != "")
    week = workdays.monday_of(today)
    is_to_be_listed = and_(
        has_address,
        or_(Action.listed_on.is_(None), Action.listed_on < week),
        case((Action.person_email != "", Action.person_weekly_mail), else_=Organisation.weekly_mail),
    )
    reached = [
        and_(_has_come(occasion, today), _tells_leader if occasion.to_leader else has_address)
        for occasion in OCCASIONS
    ]
    return and_(Action.state.in_(OPEN), or_(is_to_be_listed, and_(is_loud, or_(*reached))))


def _has_come(occasion: Occasion, today: date) -> ColumnElement[bool]:
    """The condition on an action that an occasion has come, and was not told."""
    last = today - timedelta(days=occasion.days)
    counted: Any = {Anchor.UPDATE: Action.next_update_on, Anchor.PAUSE: Action.snoozed_until}.get(
        occasion.anchor, Action.due_on
    )
    if occasion.anchor is Anchor.ASKED:
        has_come = Action.asked_at < midnight(last + timedelta(days=1))
    else:
        has_come = counted <= last
    # One that is counted from the same day and has come since is told in its place.
    replaced = _replaced_after(occasion)
    is_latest = true() if replaced is None else counted > today - timedelta(days=replaced)
    was_told = exists().where(
        Reminder.action_id == Action.id, Reminder.kind == occasion.kind, Reminder.due_on == counted
    )
    return and_(Action.state.in_(occasion.states), has_come, is_latest, ~was_told)


def _replaced_after(occasion: Occasion) -> int | None:
    """How many days after its anchor the next occasion of the same kind of day takes its place; None for the
    last."""
    return min(
        (
            other.days
            for other in OCCASIONS
            if other.days > occasion.days
            and (other.anchor, other.states, other.to_leader)
            == (occasion.anchor, occasion.states, occasion.to_leader)
        ),
        default=None,
    )
