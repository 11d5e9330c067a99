"""Reads of joining in with their loading plans."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions import queries as actions
from dialogue.actions.models import Action, ActionState
from dialogue.base import clock, paging
from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.dialogues.models import Contribution, Dialogue, DialogueState
from dialogue.helping.models import HelpSlot, HelpTaker
from dialogue.residents.models import FollowCode

# One page of what help is wanted in a dialogue, and how much of it stands on an action's own page.
PAGE_SIZE = 20
SHOWN = 6

_can_be_seen = Dialogue.state != DialogueState.DRAFT


@dataclass(frozen=True)
class SlotPage:
    """One page of slots, those first that come first."""

    slots: Sequence[HelpSlot]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class Wanted:
    """How much help a dialogue wants: the slots with places left, how many places, and when the first one is."""

    slots: int
    places: int
    first: datetime


def public_version(session: Session, code: str) -> Hashable | None:
    """What a slot's public pages hang on; None for one that nobody may see."""
    return version_of(
        session,
        select(Dialogue.id, Dialogue.version)
        .join(Action, Action.dialogue_id == Dialogue.id)
        .join(HelpSlot, HelpSlot.action_id == Action.id)
        .where(HelpSlot.code == bindparam("code"), _can_be_seen, actions.is_public()),
        code=code,
    )


def dialogue_version(session: Session, code: str) -> Hashable | None:
    """What the list of a dialogue hangs on; None for one that nobody may see."""
    return version_of(
        session, select(Dialogue.id, Dialogue.version).where(Dialogue.code == code, _can_be_seen)
    )


def public_slot(session: Session, code: str) -> HelpSlot:
    """A slot that anybody may see, with its action and dialogue. Raises NotFound."""
    return _one(session, _whole().where(HelpSlot.code == code, _can_be_seen, actions.is_public()))


def slot_with_code(session: Session, code: str) -> HelpSlot:
    """Any slot, with its action and dialogue; the caller asks who may see it. Raises NotFound."""
    return _one(session, _whole().where(HelpSlot.code == code))


def public_dialogue(session: Session, code: str) -> Dialogue:
    """A dialogue that anybody may see. Raises NotFound."""
    found = session.scalars(select(Dialogue).where(Dialogue.code == code, _can_be_seen)).one_or_none()
    if found is None:
        raise NotFound
    return found


def coming_in(session: Session, dialogue: Dialogue, number: int) -> SlotPage:
    """One page of a dialogue's slots that stand and have not begun. Pages count from 1."""
    chosen = _coming().where(Action.dialogue_id == dialogue.id)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    slots = session.scalars(
        chosen.options(joinedload(HelpSlot.action)).order_by(*_IN_TIME).limit(PAGE_SIZE).offset(offset)
    ).all()
    return SlotPage(slots, number, pages, total)


def coming_for(session: Session, action: Action) -> Sequence[HelpSlot]:
    """The first few of an action's slots that stand and have not begun."""
    return session.scalars(
        _coming().where(HelpSlot.action_id == action.id).order_by(*_IN_TIME).limit(SHOWN)
    ).all()


def wanted_in(session: Session, dialogue: Dialogue) -> Wanted | None:
    """What help a dialogue wants now; None when it wants none."""
    slots, places, first = session.execute(
        _coming()
        .where(Action.dialogue_id == dialogue.id, HelpSlot.taken < HelpSlot.wanted)
        .with_only_columns(
            func.count(), func.sum(HelpSlot.wanted - HelpSlot.taken), func.min(HelpSlot.starts_local)
        )
    ).one()
    return Wanted(slots, places, first) if slots else None


def of_action(session: Session, action: Action, number: int) -> SlotPage:
    """One page of every slot of an action, for those who asked for help: the next one first, then those that have
    begun, the latest first."""
    chosen = select(HelpSlot).where(HelpSlot.action_id == action.id)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    has_begun = HelpSlot.starts_local <= wall_clock()
    comes = case((~has_begun, HelpSlot.starts_local))
    order = (has_begun, comes, HelpSlot.starts_local.desc(), HelpSlot.id.desc())
    slots = session.scalars(chosen.order_by(*order).limit(PAGE_SIZE).offset(offset)).all()
    return SlotPage(slots, number, pages, total)


def in_month(
    session: Session, ids: Select[int], first: date, last: date, most: int
) -> Sequence[tuple[HelpSlot, int]]:
    """The first few of each day's slots that stand, of actions that are public and not stopped, in time; each with
    how many there are that day in all."""
    day = func.date(HelpSlot.starts_local)
    ranked = (
        select(
            HelpSlot.id,
            func.row_number().over(partition_by=day, order_by=_IN_TIME).label("place"),
            func.count().over(partition_by=day).label("all_day"),
        )
        .join(HelpSlot.action)
        .where(
            HelpSlot.action_id.in_(ids),
            HelpSlot.cancelled_at.is_(None),
            HelpSlot.starts_local >= datetime.combine(first, time.min),
            HelpSlot.starts_local < datetime.combine(last + timedelta(days=1), time.min),
            Action.state != ActionState.STOPPED,
            actions.is_public(),
        )
        .subquery()
    )
    rows = session.execute(
        _whole()
        .add_columns(ranked.c.all_day)
        .join(ranked, ranked.c.id == HelpSlot.id)
        .where(ranked.c.place <= most)
        .order_by(*_IN_TIME)
    )
    return [(slot, all_day) for slot, all_day in rows]


def places_of(session: Session, action: Action) -> tuple[int, int]:
    """How many places are taken and wanted in an action's slots that stand and have not begun."""
    row = session.execute(
        _coming()
        .where(HelpSlot.action_id == action.id)
        .with_only_columns(func.sum(HelpSlot.taken), func.sum(HelpSlot.wanted))
    ).one()
    return row[0] or 0, row[1] or 0


def locked(session: Session, slot_id: int) -> HelpSlot:
    """A slot as it is now; on PostgreSQL its row is held, on SQLite the whole database already is.

    Every transaction that moves a place takes this lock first, so that none of them can block each other.
    """
    return session.scalars(
        select(HelpSlot)
        .where(HelpSlot.id == slot_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def takers(session: Session, slot: HelpSlot) -> Sequence[HelpTaker]:
    """Those who join in, in the order they came, with what is needed to write to them."""
    return session.scalars(
        _with_address(select(HelpTaker))
        .where(HelpTaker.slot_id == slot.id, HelpTaker.given_back_at.is_(None))
        .order_by(HelpTaker.contribution_id)
        .execution_options(populate_existing=True)
    ).all()


def taker_of(session: Session, slot: HelpSlot, code: str) -> HelpTaker:
    """One who joins in there, by the code of their contribution. Raises NotFound."""
    found = session.scalars(
        _with_address(select(HelpTaker).join(HelpTaker.contribution)).where(
            Contribution.code == code, HelpTaker.slot_id == slot.id
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def to_remind(session: Session, earliest: datetime, latest: datetime) -> Sequence[int]:
    """The slots that stand, begin between two wall-clock times, and have somebody who was not reminded."""
    return session.scalars(
        select(HelpSlot.id)
        .where(
            HelpSlot.cancelled_at.is_(None),
            HelpSlot.starts_local > earliest,
            HelpSlot.starts_local < latest,
            select(HelpTaker.contribution_id)
            .where(
                HelpTaker.slot_id == HelpSlot.id,
                HelpTaker.given_back_at.is_(None),
                HelpTaker.reminded_at.is_(None),
            )
            .exists(),
        )
        .order_by(HelpSlot.id)
    ).all()


def without_action(session: Session, after: datetime) -> Sequence[int]:
    """The coming slots that stand although their action is stopped, or shown to nobody any more."""
    return session.scalars(
        select(HelpSlot.id)
        .join(HelpSlot.action)
        .where(
            HelpSlot.cancelled_at.is_(None),
            HelpSlot.starts_local > after,
            (Action.state == ActionState.STOPPED) | ~actions.is_public(),
        )
        .order_by(HelpSlot.id)
    ).all()


def to_forget(session: Session, before: datetime, most: int) -> Sequence[HelpTaker]:
    """The first of those whose name is still kept although what they joined in began before a wall-clock time."""
    return session.scalars(
        select(HelpTaker)
        .join(HelpTaker.slot)
        .where(HelpTaker.name != "", HelpSlot.starts_local < before)
        .options(joinedload(HelpTaker.contribution))
        .order_by(HelpTaker.contribution_id)
        .limit(most)
    ).all()


def wall_clock(ahead: timedelta = timedelta()) -> datetime:
    """What the clock on the wall shows in Norway, now or so much later."""
    return clock.local(clock.now() + ahead).replace(tzinfo=None)


_IN_TIME = (HelpSlot.starts_local, HelpSlot.id)


def _coming() -> Select[HelpSlot]:
    """Slots that anybody can join in or could: they stand, have not begun, and help is wanted with the action,
    as rules.wants_help says of one."""
    return (
        select(HelpSlot)
        .join(HelpSlot.action)
        .join(Action.dialogue)
        .where(
            Dialogue.state == DialogueState.PUBLISHED,
            HelpSlot.cancelled_at.is_(None),
            HelpSlot.starts_local > wall_clock(),
            Action.state != ActionState.STOPPED,
            actions.is_public(),
        )
    )


def _whole() -> Select[HelpSlot]:
    return (
        select(HelpSlot)
        .join(HelpSlot.action)
        .join(Action.dialogue)
        .options(
            joinedload(HelpSlot.action).options(
                joinedload(Action.owner), joinedload(Action.dialogue).joinedload(Dialogue.municipality)
            )
        )
    )


def _with_address(statement: Select[HelpTaker]) -> Select[HelpTaker]:
    return statement.options(
        joinedload(HelpTaker.contribution).joinedload(Contribution.follow_code).joinedload(FollowCode.contact)
    )


def _one(session: Session, statement: Select[HelpSlot]) -> HelpSlot:
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found
