"""What the scheduler does for those who join in."""

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.helping import mail, operations, planning, queries
from dialogue.helping.mail import News
from dialogue.helping.models import HelpSlot, HelpTaker

# The hours in which nobody is reminded lie outside these.
FROM, UNTIL = time(8), time(21)
# How long names are kept after what people joined in, for whoever must find out what became of a jacket.
KEPT_FOR = timedelta(days=14)
FORGOTTEN_AT_ONCE = 500


def remind(database: Database) -> int:
    """Remind those who join in and left an address, once, the day before; return how many mails were written.

    Who joined in on that day is reminded the next morning; who joins in on the day itself knows it.
    """
    now = queries.wall_clock()
    if not FROM <= now.time() < UNTIL:
        return 0
    with database.reading() as session:
        due = queries.to_remind(session, now, datetime.combine(now.date() + timedelta(days=2), time()))
    told = 0
    for slot_id in due:
        with database.writing() as session:
            told += _remind(session, queries.locked(session, slot_id), now)
    return told


def _remind(session: Session, slot: HelpSlot, now: datetime) -> int:
    told = 0
    for taker in queries.takers(session, slot):
        if taker.reminded_at is None and slot.cancelled_at is None and _is_due(slot, taker, now):
            taker.reminded_at = clock.now()
            told += mail.tell_all(session, slot, [taker], News.REMINDER, str(slot.revision))
    return told


def _is_due(slot: HelpSlot, taker: HelpTaker, now: datetime) -> bool:
    joined_on = clock.local(taker.contribution.received_at).date()
    return joined_on < now.date() and now < slot.starts_local


def cancel_without_action(database: Database) -> int:
    """Cancel the coming slots of actions that were stopped or hidden, so that nobody waits in vain at the beach;
    return how many."""
    with database.reading() as session:
        due = queries.without_action(session, queries.wall_clock())
    for slot_id in due:
        with database.writing() as session:
            planning.cancel_without_action(session, slot_id)
    return len(due)


def retire(database: Database) -> int:
    """Forget the names and addresses of those who joined in a while ago; return how many."""
    before = queries.wall_clock(-KEPT_FOR)
    with database.writing() as session:
        found = queries.to_forget(session, before, FORGOTTEN_AT_ONCE)
        for taker in found:
            operations.forget(session, taker)
        return len(found)
