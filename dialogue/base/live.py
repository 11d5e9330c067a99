"""What live pages show: in each stream an event for every transaction that may have changed what is seen there.

An event says only what may have changed; whoever is told of it reads anew what may be seen. The sequence of a
stream is a counter row that is raised last in the writing transaction and held until its commit, so that events
become visible in the order of their numbers, without a gap, on both databases. (A sequence of the database's own
is given out before the commit, so that a reader could pass over a number that comes later.)
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import JSON, BigInteger, String, Table, delete, event, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from dialogue.base import clock
from dialogue.base.db import Base, Database

# Whoever was away for longer loads the page again.
KEPT_FOR = timedelta(hours=6)
# The name in Session.info under which a transaction keeps what it has to tell.
_NOTED = "live"


class LiveStream(Base):
    """How many events a stream has had; no row before the first."""

    __tablename__ = "live_stream"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)


class LiveEvent(Base):
    """What one transaction may have changed in a stream. Rows are only added, and swept when they are old."""

    __tablename__ = "live_event"

    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    subjects: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class News:
    """What may have changed in a stream up to a number: ``subjects`` in the order in which they changed last."""

    upto: int
    subjects: Sequence[str]


def note(session: Session, stream: str, subject: str) -> None:
    """Tell of a change when this transaction commits; what is undone with it is not told."""
    noted: dict[str, dict[str, None]] = session.info.setdefault(_NOTED, {})
    subjects = noted.setdefault(stream, {})
    # The last mention counts, so that the order is that of the last changes.
    subjects.pop(subject, None)
    subjects[subject] = None


def position(session: Session, stream: str) -> int:
    """The number of the last event of a stream; 0 before the first."""
    return positions(session, [stream]).get(stream, 0)


def positions(session: Session, streams: Collection[str]) -> Mapping[str, int]:
    """The numbers of the last events of streams, in one statement; those without events are left out."""
    rows = session.connection().execute(
        select(_STREAM.c.name, _STREAM.c.sequence).where(_STREAM.c.name.in_(streams))
    )
    return {row.name: row.sequence for row in rows}


def since(session: Session, stream: str, number: int, upto: int, most: int = 500) -> News | None:
    """What may have changed after one number, up to another; None when that is not known any more, or too much."""
    if not 0 <= upto - number <= most:
        return None
    rows = (
        session.connection()
        .execute(
            select(_EVENT.c.subjects)
            .where(_EVENT.c.stream == stream, _EVENT.c.sequence > number, _EVENT.c.sequence <= upto)
            .order_by(_EVENT.c.sequence)
        )
        .scalars()
        .all()
    )
    # One row a number: what is missing has been swept.
    return News(upto, _in_order(rows)) if len(rows) == upto - number else None


def sweep(database: Database) -> int:
    """Remove events that nobody waits for any more; return how many."""
    with database.writing() as session:
        old = delete(LiveEvent).where(LiveEvent.at < clock.now() - KEPT_FOR)
        return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def _in_order(rows: Iterable[Sequence[str]]) -> list[str]:
    last: dict[str, None] = {}
    for subjects in rows:
        for subject in subjects:
            last.pop(subject, None)
            last[subject] = None
    return list(last)


_STREAM = cast(Table, LiveStream.__table__)
_EVENT = cast(Table, LiveEvent.__table__)


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    noted: dict[str, dict[str, None]] | None = session.info.get(_NOTED)
    # A savepoint that is let go is no commit.
    if not noted or session.in_nested_transaction():
        return
    # All else that the transaction writes comes before, so that the counter's row is held as shortly as can be.
    session.flush()
    del session.info[_NOTED]
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    connection, moment = session.connection(), clock.now()
    # In one order everywhere, so that two transactions never wait for each other.
    for stream in sorted(noted):
        raised = (
            dialect.insert(_STREAM)
            .values(name=stream, sequence=1)
            .on_conflict_do_update(index_elements=["name"], set_={"sequence": _STREAM.c.sequence + 1})
            .returning(_STREAM.c.sequence)
        )
        number = connection.execute(raised).scalar_one()
        connection.execute(
            insert(_EVENT).values(stream=stream, sequence=number, subjects=list(noted[stream]), at=moment)
        )


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, undone: SessionTransaction) -> None:
    # What is undone of a savepoint alone may be told for nothing, which does no harm.
    if not undone.nested:
        session.info.pop(_NOTED, None)
