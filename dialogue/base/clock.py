"""The one place that asks what time it is, so that the demo's clock can be moved."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

NORWAY = ZoneInfo("Europe/Oslo")

# How far this process's clock runs ahead of the machine's: the one item of a list, so that it can be replaced.
_ahead = [timedelta()]


def now() -> datetime:
    """The present moment, in UTC, whole microseconds; ahead of the machine's clock only in the demo."""
    return datetime.now(UTC) + _ahead[0]


def today() -> date:
    """The present date in Norway."""
    return now().astimezone(NORWAY).date()


def local(moment: datetime) -> datetime:
    """A moment as the clock on the wall in Norway shows it."""
    return moment.astimezone(NORWAY)


def in_norway(wall_clock: datetime) -> datetime:
    """The moment at which a clock on the wall in Norway shows this naive time, in UTC."""
    return wall_clock.replace(tzinfo=NORWAY).astimezone(UTC)


def move_to(offset: timedelta) -> None:
    """Let this process's clock run ahead of the machine's by so much."""
    _ahead[0] = offset
