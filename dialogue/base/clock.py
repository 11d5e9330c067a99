"""The one place that asks what time it is, so that the demo's clock can be moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

NORWAY = ZoneInfo("Europe/Oslo")

# How far this process's clock runs ahead of the machine's: the one item of a list, so that it can be replaced.
_ahead = [timedelta()]
# The moment at which the clock stands for whoever tells of the past; None when it runs.
_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The present moment, in UTC, whole microseconds; ahead of the machine's clock only in the demo."""
    return _standing.get() or datetime.now(UTC) + _ahead[0]


def today() -> date:
    """The present date in Norway."""
    return now().astimezone(NORWAY).date()


def local(moment: datetime) -> datetime:
    """A moment as the clock on the wall in Norway shows it."""
    return moment.astimezone(NORWAY)


def in_norway(wall_clock: datetime) -> datetime:
    """The moment at which a clock on the wall in Norway shows this naive time, in UTC."""
    return wall_clock.replace(tzinfo=NORWAY).astimezone(UTC)


def is_skipped(wall_clock: datetime) -> bool:
    """Whether no clock in Norway shows this naive time, because clocks are put forward past it."""
    return local(in_norway(wall_clock)).replace(tzinfo=None) != wall_clock


def move_to(offset: timedelta) -> None:
    """Let this process's clock run ahead of the machine's by so much."""
    _ahead[0] = offset


def ahead() -> timedelta:
    """How far this process's clock runs ahead of the machine's."""
    return _ahead[0]


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let it be this moment inside the block, in this thread only: for the loading of what happened then."""
    token = _standing.set(moment)
    try:
        yield
    finally:
        _standing.reset(token)
