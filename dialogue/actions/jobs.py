"""Reminders: who is told of what today, in one mail for each address and day, when people are at work.

Both who is due and what is written are worked out for many at once, so that a day with thousands of actions
takes few statements. Run as often as one likes, and by several processes at once, each occasion is told once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from dialogue.actions import gathering, queries_reminders
from dialogue.actions.gathering import Gathered
from dialogue.actions.models import Action, Reminder
from dialogue.actions.occasions import Occasion, next_day, occasion_for
from dialogue.actions.queries_reminders import Told, midnight
from dialogue.actions.rules import OPEN
from dialogue.base import clock, outbox, tokens, workdays
from dialogue.base.db import Database, among
from dialogue.base.i18n import Translated
from dialogue.base.outbox import Addressed, OutboxMail
from dialogue.config import settings

# How many addresses are written to in one transaction, and about how many actions at most, so that nobody
# who writes meanwhile waits long.
ADDRESSES_AT_ONCE = 100
ACTIONS_AT_ONCE = 2000


def remind(database: Database) -> int:
    """Mail every address what it has not been told; return how many mails were written."""
    if not workdays.is_working_time(clock.now()):
        return 0
    today = clock.today()
    with database.reading() as session:
        waiting = _waiting(session, today)
    return sum(_write(database, batch, today) for batch in _batches(waiting))


def _waiting(session: Session, today: date) -> dict[str, set[int]]:
    """The actions to look at for each address."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in queries_reminders.may_be_due(session, today):
        found[_holder(row)].add(row.id)
        found[row.leader_email.casefold()].add(row.id)
    begun = {_holder(row) for row in queries_reminders.lists_begin_with(session, today)}
    if begun:
        for row in queries_reminders.to_be_listed(session, today):
            if _holder(row) in begun:
                found[_holder(row)].add(row.id)
    found.pop("", None)
    return found


def _write(database: Database, batch: dict[str, set[int]], today: date) -> int:
    """Write to some addresses what they have not been told, unless they have had their mail of the day."""
    ids = set().union(*batch.values())
    with database.writing() as session:
        # Whoever runs at the same time waits for these rows, and then finds what was told of them.
        rows = queries_reminders.in_full(session, ids)
        told = queries_reminders.told(session, ids)
        keys = {address: _once(address, today) for address in batch}
        had = set(session.scalars(select(OutboxMail.once).where(OutboxMail.once.in_(keys.values()))))
        due = _gather(rows, {address for address in batch if keys[address] not in had}, today, told)
        _add_ended(session, due, today)
        names = queries_reminders.names_of(
            session, {row.owner_id for one in due.values() for row in one.rows}
        )
        mails = [_addressed(keys[key], one, names, today) for key, one in due.items()]
        sent = outbox.queue_many(session, mails)
        told |= _note(session, [one for key, one in due.items() if keys[key] in sent], today)
        _put_off(session, rows, today, told)
        return len(sent)


def _addressed(key: str, one: Gathered, names: Mapping[int, Translated], today: date) -> Addressed:
    stop = gathering.stop_address(one)
    return Addressed(key, one.address, gathering.letter(one, names, today, stop), stop)


def _gather(rows: Sequence[Any], addresses: set[str], today: date, told: Told) -> dict[str, Gathered]:
    """What is to be told to each of these addresses, by the address that it is compared by."""
    found: dict[str, Gathered] = {}
    begun: set[str] = set()

    def of(address: str) -> Gathered:
        return found.setdefault(address.casefold(), Gathered(address))

    for row in rows:
        holder = row.person_email or row.email
        if holder.casefold() in addresses:
            if occasion := _new_occasion(row, today, told):
                of(holder).reminded.append((row, occasion))
            if _may_be_listed(row, today):
                of(holder).listed.append(row)
                if _was_there_before(row, today):
                    begun.add(holder.casefold())
        if row.leader_email.casefold() in addresses:
            occasion = _new_occasion(row, today, told, to_leader=True)
            if occasion:
                of(row.leader_email).to_leader.append((row, occasion))
    for key, gathered in found.items():
        if key not in begun:
            gathered.listed = []
    return {key: gathered for key, gathered in sorted(found.items()) if gathered.rows}


def _add_ended(session: Session, due: dict[str, Gathered], today: date) -> None:
    """What ended in the last days, for the weekly lists."""
    owners = {row.owner_id for gathered in due.values() for row in gathered.listed}
    if not owners:
        return
    for row in queries_reminders.just_ended(session, owners, today):
        gathered = due.get(_holder(row))
        if gathered is not None and gathered.listed and row.weekly_mail:
            gathered.ended.append(row)


def _note(session: Session, due: Iterable[Gathered], today: date) -> Told:
    """Remember what was told; return it."""
    told: Told = set()
    listed: list[int] = []
    for one in due:
        reminded = (*one.reminded, *one.to_leader)
        told |= {(row.id, occasion.kind, occasion.counted_from(row)) for row, occasion in reminded}
        listed += [row.id for row in one.listed]
    if told:
        moment = clock.now()
        lines = [
            {"action_id": key, "kind": kind, "due_on": day, "sent_at": moment} for key, kind, day in told
        ]
        session.execute(insert(Reminder), lines)
    if listed:
        week = workdays.monday_of(today)
        _set(session, listed, listed_on=week)
    return told


def _put_off(session: Session, rows: Iterable[Any], today: date, told: Told) -> None:
    """Look at actions of which nothing more is to be told today when their next occasion comes."""
    by_day: dict[date | None, list[int]] = defaultdict(list)
    for row in rows:
        was_due = row.look_on is not None and row.look_on <= today
        if was_due and _new_occasion(row, today, told) is None:
            by_day[next_day(row, today)].append(row.id)
    for day, ids in by_day.items():
        _set(session, ids, look_on=day)


def _set(session: Session, ids: list[int], **values: date | None) -> None:
    session.execute(
        # No session holds these rows as objects, which it would have to ask for anew.
        update(Action)
        .where(among(Action.id, ids))
        .values(values)
        .execution_options(synchronize_session=False)
    )


def _new_occasion(row: Any, today: date, told: Told, *, to_leader: bool = False) -> Occasion | None:
    occasion = occasion_for(row, today, to_leader=to_leader)
    if occasion is None or (row.id, occasion.kind, occasion.counted_from(row)) in told:
        return None
    return occasion


def _may_be_listed(row: Any, today: date) -> bool:
    """Whether an action stands in this week's list, should there be one."""
    was_listed = row.listed_on is not None and row.listed_on >= workdays.monday_of(today)
    return row.state in OPEN and bool(row.weekly_mail) and not was_listed


def _was_there_before(row: Any, today: date) -> bool:
    """Whether it was theirs when the week began: what comes on a Wednesday brings no list of the week."""
    return bool(row.holder_since < midnight(workdays.monday_of(today)))


def _holder(row: Any) -> str:
    """The address of who looks after an action, as it is compared."""
    return str((row.person_email or row.email).casefold())


def _once(address: str, today: date) -> str:
    """The occasion of the one mail of the day."""
    mark = tokens.digest(settings().secret_key, "reminded", address).hex()[:32]
    return f"action reminder {mark} {today}"


def _batches(waiting: dict[str, set[int]]) -> Iterator[dict[str, set[int]]]:
    """Addresses with their actions, so many at once, always in the same order, so that two processes do not
    wait for each other."""
    batch: dict[str, set[int]] = {}
    for address in sorted(waiting):
        batch[address] = waiting[address]
        if len(batch) == ADDRESSES_AT_ONCE or sum(map(len, batch.values())) >= ACTIONS_AT_ONCE:
            yield batch
            batch = {}
    if batch:
        yield batch
