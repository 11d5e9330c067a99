"""Loads the demo once, moves its clock, and finds what is left of it where it does not belong."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Protocol

from sqlalchemy import func, inspect, select, update
from sqlalchemy.orm import Session

from dialogue.actions import jobs as action_jobs
from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.base.files import FileStore
from dialogue.base.outbox import MailState, OutboxMail
from dialogue.demo import accounts, loading
from dialogue.demo.models import DemoClock
from dialogue.followup import feedback
from dialogue.people import passwords
from dialogue.people.models import SignIn, User

SEED = 2021
DAYS_OF_A_STEP = 7
# The oldest reminder in the open case is younger than this.
DAYS_LIVED_THROUGH = 14
# An hour at which reminders are written.
AT_WORK = 10

Tell = Callable[[str], None]


class Place(Protocol):
    """What the loading needs of the application; ``rooms`` are the rooms' declarations."""

    @property
    def database(self) -> Database:
        """Where it is loaded."""

    @property
    def files(self) -> FileStore:
        """Where its documents are kept."""

    @property
    def rooms(self) -> Sequence[Any]:
        """Who makes the parts of a playbook."""


def load_once(house: Place, tell: Tell) -> None:
    """Load the demo in one transaction, unless it is there; so a loading that breaks off leaves nothing."""
    with house.database.reading() as session:
        if session.get(DemoClock, 1) is not None:
            tell("The demo is loaded.")
            return
    # Slow on purpose, so done before the write lock is taken.
    hashed = {role: passwords.hash_password(accounts.PASSWORD) for role in accounts.ROLES}
    with house.database.writing() as session:
        session.add(DemoClock(id=1, loaded_at=clock.now()))
        session.flush()
        makers = {name: make for room in house.rooms for name, make in room.playbook_parts.items()}
        loading.load_all(session, house.files, hashed, makers, Random(SEED), tell)
    _live_through_the_last_days(house.database)
    tell("The demo is ready.")


def leftovers(database: Database) -> list[str]:
    """What of the demo stands in a database that is not the demo's; a sentence each."""
    found: list[str] = []
    if not inspect(database.engine).has_table(DemoClock.__tablename__):
        # A database that has not been brought up to date yet holds nothing.
        return found
    with database.reading() as session:
        if session.get(DemoClock, 1) is not None:
            found.append("The database holds the demo's data. Use an empty database.")
        number = session.scalar(
            select(func.count()).select_from(User).where(User.email.like(f"%@{accounts.DOMAIN}"))
        )
        if number:
            found.append(
                f"The database holds {number} demo accounts (@{accounts.DOMAIN}), whose password everybody knows. "
                "Use an empty database."
            )
    return found


def days_ahead(session: Session) -> int:
    """How many days the demo's clock runs ahead."""
    return session.scalar(select(DemoClock.days_ahead).where(DemoClock.id == 1)) or 0


def at_work_on(day: date) -> datetime:
    """A moment of a day at which people are at work, if they are on that day."""
    return clock.in_norway(datetime.combine(day, time(AT_WORK)))


def last_awake(now: datetime) -> datetime:
    """The latest moment until now at which residents are written to."""
    shown = clock.local(now)
    if shown.hour in feedback.AWAKE:
        return now
    day = shown.date() if shown.hour > feedback.AWAKE[-1] else shown.date() - timedelta(days=1)
    return clock.in_norway(datetime.combine(day, time(feedback.AWAKE[-1], 59)))


def pass_a_day(session: Session) -> None:
    """Move the demo's clock a day ahead. Whoever is signed in stays so."""
    session.execute(update(DemoClock).where(DemoClock.id == 1).values(days_ahead=DemoClock.days_ahead + 1))
    for sign_in in session.scalars(select(SignIn)):
        sign_in.expires_at += timedelta(days=1)


def find_account(session: Session, role: str) -> User | None:
    """The demo account of a role, or None."""
    return session.scalars(
        select(User).where(User.email == accounts.address(role), User.is_active)
    ).one_or_none()


def _live_through_the_last_days(database: Database) -> None:
    """Let owners have been reminded on the days before, tell followers what has come of their ideas, and count
    what was written in the past as sent.

    The demo is whole without it; a loading that breaks off here lacks only these mails.
    """
    first = clock.today() - timedelta(days=DAYS_LIVED_THROUGH)
    with database.writing() as session:
        # All of it was written down today, and what changes is next looked at on that day.
        session.execute(update(Action).where(Action.look_on.is_not(None)).values(look_on=first))
    for days in range(DAYS_LIVED_THROUGH, 0, -1):
        day = clock.today() - timedelta(days=days)
        with clock.standing_at(at_work_on(day)):
            action_jobs.remind(database)
    with clock.standing_at(last_awake(clock.now())):
        feedback.tell(database)
    with database.writing() as session:
        session.execute(
            update(OutboxMail)
            .where(OutboxMail.state == MailState.QUEUED, OutboxMail.created_at < clock.now())
            .values(state=MailState.SENT, sent_at=OutboxMail.created_at)
        )
