"""Reads for reminding: which actions may have come to something, what was told of them, and what a mail says.

They give rows of columns rather than objects, since there are thousands of them at a time.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, exists, func, or_, select, union_all
from sqlalchemy.orm import Session

from dialogue.actions.models import Action, Reminder, ReminderKind
from dialogue.actions.occasions import OCCASIONS, Occasion
from dialogue.actions.rules import ENDS, OPEN
from dialogue.base import clock, workdays
from dialogue.base.db import among
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Dialogue
from dialogue.places.models import Organisation

# What has ended for so long stands in no weekly list any more.
STILL_NEWS = timedelta(days=7)

_tells_leader = and_(
    Organisation.leader_email != "",
    or_(Organisation.tells_leader.is_(True), Action.owner_id == Dialogue.organiser_id),
)
_has_address = or_(Action.person_email != "", Organisation.email != "")
_wants_list = case((Action.person_email != "", Action.person_weekly_mail), else_=Organisation.weekly_mail)
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
    Action.look_on,
    Action.owner_id,
    Action.person_email,
    Organisation.email,
    case((_tells_leader, Organisation.leader_email), else_="").label("leader_email"),
    _wants_list.label("weekly_mail"),
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
    """The actions that reminders have to look at: nearly always none or few."""
    ids = union_all(
        _to_look_at(today),
        *(_to_tell_leader(occasion, today) for occasion in OCCASIONS if occasion.to_leader),
    )
    return session.execute(_joined(_COLUMNS).where(Action.id.in_(ids))).all()


def lists_begin_with(session: Session, today: date) -> Sequence[Any]:
    """The actions that bring their holder a list of this week: those that were theirs when it began."""
    is_old = Action.holder_since < midnight(workdays.monday_of(today))
    return session.execute(_to_be_listed(today).where(is_old)).all()


def to_be_listed(session: Session, today: date) -> Sequence[Any]:
    """The actions that stand in the list of this week of whoever gets one."""
    return session.execute(_to_be_listed(today)).all()


def in_full(session: Session, ids: Iterable[int]) -> Sequence[Any]:
    """These actions with what a mail says of them, held until the transaction ends."""
    return session.execute(
        _joined((*_COLUMNS, *_WORDS))
        .where(among(Action.id, ids))
        .order_by(Action.due_on, Action.id)
        .with_for_update(of=Action)
    ).all()


def just_ended(session: Session, owner_ids: Iterable[int], today: date) -> Sequence[Any]:
    """What these owners ended in the last days, the latest first."""
    return session.execute(
        _joined((*_COLUMNS, *_WORDS))
        .where(
            among(Action.owner_id, owner_ids),
            Action.state.in_(ENDS),
            Action.ended_on >= today - STILL_NEWS,
        )
        .order_by(Action.ended_on.desc(), Action.id)
    ).all()


def told(session: Session, ids: Iterable[int]) -> Told:
    """What has been told of these actions."""
    rows = session.execute(
        select(Reminder.action_id, Reminder.kind, Reminder.due_on).where(among(Reminder.action_id, ids))
    ).all()
    return {(row[0], row[1], row[2]) for row in rows}


def names_of(session: Session, owner_ids: Iterable[int]) -> dict[int, Translated]:
    """The names of organisations."""
    rows = session.execute(
        select(Organisation.id, Organisation.name).where(among(Organisation.id, owner_ids))
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


def _to_be_listed(today: date) -> Select[Any]:
    # Two reads rather than one with "or": SQLite uses the index of both columns for each of them alone.
    unlisted = union_all(
        *(
            select(Action.id).where(Action.state.in_(OPEN), was_not)
            for was_not in (Action.listed_on.is_(None), Action.listed_on < workdays.monday_of(today))
        )
    )
    columns = (Action.id, Action.person_email, Organisation.email)
    return _joined(columns).where(Action.id.in_(unlisted), _has_address, _wants_list)


def _to_look_at(today: date) -> Select[Any]:
    """What may have come to something for who looks after it, if there is an address to write to. What has ended
    has no day to be looked at."""
    return _joined([Action.id]).where(Action.look_on <= today, _has_address)


def _to_tell_leader(occasion: Occasion, today: date) -> Select[Any]:
    """What a leader is to be told on an occasion, and was not."""
    was_told = exists().where(
        Reminder.action_id == Action.id, Reminder.kind == occasion.kind, Reminder.due_on == Action.due_on
    )
    has_come = Action.due_on <= today - timedelta(days=occasion.days)
    return _joined([Action.id]).where(_tells_leader, Action.state.in_(occasion.states), has_come, ~was_told)
