"""When people in Norway are at work: not on weekends or public holidays, and not in the evening."""

from datetime import date, datetime, timedelta

import holidays

from dialogue.base import clock

FROM_HOUR, TO_HOUR = 8, 16
_SATURDAY = 5
_DAY = timedelta(days=1)
_holidays = holidays.country_holidays("NO")


def is_workday(day: date) -> bool:
    """Whether people are at work on a day."""
    return day.weekday() < _SATURDAY and day not in _holidays


def is_working_time(moment: datetime) -> bool:
    """Whether people are at work at a moment."""
    wall = clock.local(moment)
    return FROM_HOUR <= wall.hour < TO_HOUR and is_workday(wall.date())


def first_workday_from(day: date) -> date:
    """The day itself when people are at work on it, else the next on which they are."""
    while not is_workday(day):
        day += _DAY
    return day


def monday_of(day: date) -> date:
    """The Monday of the week that a day lies in."""
    return day - _DAY * day.weekday()
