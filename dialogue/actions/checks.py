"""What is wrong with a date or a text that somebody gave; raised at the field it came from."""

from datetime import date, timedelta

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, lazy

FURTHEST_AHEAD = timedelta(days=3650)


def ahead(day: date, field: str) -> None:
    """A due date is today or later, and within ten years. Raises Invalid."""
    today = clock.today()
    if day < today:
        raise Invalid(lazy("This date has passed. Choose a later one."), field)
    if day > today + FURTHEST_AHEAD:
        raise Invalid(lazy("This date is too far ahead. Choose one within ten years."), field)


def still_ahead(day: date) -> None:
    """A date that somebody says yes to has not passed meanwhile. Raises Closed."""
    if day < clock.today():
        raise Closed(lazy("The date has passed. It needs another one."))


def words(written: Translated, longest: int, field: str) -> None:
    """Something is written, and in no language too much. Raises Invalid."""
    if not written:
        raise Invalid(lazy("Fill in this field."), field)
    translated(written, longest, field)


def translated(written: Translated, longest: int, field: str) -> None:
    """In no language it is too long; nothing need be written. Raises Invalid."""
    for _code, one in written.texts:
        length(one, longest, field)


def text(written: str, longest: int, field: str) -> None:
    """Something is written, and not too much. Raises Invalid."""
    if not written.strip():
        raise Invalid(lazy("Fill in this field."), field)
    length(written, longest, field)


def length(written: str, longest: int, field: str) -> None:
    """It is not too long. Raises Invalid."""
    if len(written) > longest:
        raise Invalid(lazy("Write at most %(max)s characters.", max=longest), field)
