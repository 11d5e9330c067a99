"""Languages: catalogues, the language of the moment, and staff-written text in several languages.

Source strings are English. The language is a context variable, so that a request, a mail and a
document can each be written in its own, with or without a web request around it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal, Self

from babel import dates, numbers
from babel.support import NullTranslations, Translations

from dialogue.base import clock
from dialogue.base.files import data_dir

LANGUAGES: Mapping[str, str] = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
DEFAULT_LANGUAGE = "nb"
# Whoever reads one form of Norwegian reads the other more easily than English.
FALLBACKS: Mapping[str, tuple[str, ...]] = {"nb": ("nn", "en"), "nn": ("nb", "en"), "en": ("nb", "nn")}

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(str(data_dir("translations")), [language])


def language() -> str:
    """The code of the language that is being written now."""
    return _language.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Write in this language inside the block; an unknown code becomes bokmål."""
    token = _language.set(code if code in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


def speak(code: str) -> None:
    """Write in this language from here to the end of the context (one request)."""
    _language.set(code if code in LANGUAGES else DEFAULT_LANGUAGE)


def _(message: str, **values: object) -> str:
    """The message in the language of the moment, with ``%(name)s`` filled in."""
    text = _catalogue(_language.get()).ugettext(message) if message else ""
    return text % values if values else text


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """The singular or plural message for a number, with ``%(num)s`` and the rest filled in."""
    text = _catalogue(_language.get()).ungettext(singular, plural, num)
    return text % {"num": number(num), **values}


class Lazy:
    """A message that is put into words when it is shown, in the language of that moment."""

    __slots__ = ("message", "values")

    def __init__(self, message: str, **values: object) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return _(self.message, **self.values)

    def __mod__(self, values: Mapping[str, object]) -> str:
        return str(self) % values

    def __repr__(self) -> str:
        return f"lazy({self.message!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self.message)


def lazy(message: str, **values: object) -> Any:
    """A Lazy message. Typed as anything, since libraries that take texts ask for ``str`` and only show it."""
    return Lazy(message, **values)


_NO_LABEL = Lazy("")


class Labelled(StrEnum):
    """An enum of stored words, each with a label for people: ``OPEN = "open", lazy("Open")``."""

    label: Lazy

    # The label has a default only so that ``Kind("open")`` looks a member up; members always give one.
    def __new__(cls, value: str, label: Lazy = _NO_LABEL) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, Any]]:
        """(value, label) of every member, for a form."""
        return [(member.value, member.label) for member in cls]


@dataclass(frozen=True)
class Picked:
    """A text and the language it is in; ``is_fallback`` when that is not the reader's."""

    text: str
    language: str
    is_fallback: bool


@dataclass(frozen=True, init=False)
class Translated:
    """Text that staff wrote in one or more languages; empty texts are left out."""

    texts: tuple[tuple[str, str], ...]

    def __init__(self, texts: Mapping[str, str | None] | None = None, **by_language: str | None) -> None:
        given = {**(texts or {}), **by_language}
        kept = tuple(sorted((code, text.strip()) for code, text in given.items() if text and text.strip()))
        object.__setattr__(self, "texts", kept)

    @classmethod
    def as_stored(cls, texts: Mapping[str, str]) -> Self:
        """What ``as_dict`` gave, which is in order already and so need not be put in order again."""
        made = object.__new__(cls)
        object.__setattr__(made, "texts", tuple(texts.items()))
        return made

    def get(self, code: str) -> str:
        """The text in exactly this language, or an empty one."""
        return dict(self.texts).get(code, "")

    def pick(self, reader: str | None = None) -> Picked:
        """The text in the reader's language, else in the nearest one there is."""
        wanted = reader or language()
        by_language = dict(self.texts)
        for code in (wanted, *FALLBACKS.get(wanted, ())):
            if code in by_language:
                return Picked(by_language[code], code, code != wanted)
        if self.texts:
            code, text = self.texts[0]
            return Picked(text, code, True)
        return Picked("", wanted, False)

    def missing(self, required: tuple[str, ...] | list[str]) -> list[str]:
        """The languages of those required that have no text."""
        return [code for code in required if not self.get(code)]

    def __str__(self) -> str:
        return self.pick().text

    def __bool__(self) -> bool:
        return bool(self.texts)

    def as_dict(self) -> dict[str, str]:
        """Language to text, as it is stored."""
        return dict(self.texts)


def in_all_languages(say: Callable[[], object]) -> Translated:
    """What the product itself says, to be stored like what staff write: ``say`` is asked once in each language."""
    texts = {}
    for code in LANGUAGES:
        with speaking(code):
            texts[code] = str(say())
    return Translated(texts)


def show_date(day: date | datetime | None) -> str:
    """20. november 2026; a moment is shown by its date in Norway."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = clock.local(day).date() if day.tzinfo else day.date()
    return _date(day, "long", _locale())


def show_day(day: date) -> str:
    """tirsdag 1. desember 2026, for a day on which something is promised."""
    return _date(day, "full", _locale())


def show_period(first: date, last: date) -> str:
    """11.–24. sep. 2026, the month and the year said once where that is enough."""
    return _period(first, last, _locale())


def show_month(day: date) -> str:
    """november 2026."""
    return dates.format_skeleton("yMMMM", day, locale=_locale())


def show_weekday(day: date) -> str:
    """fredag 20., for a day whose month is known."""
    return f"{dates.format_date(day, 'EEEE', locale=_locale())} {day.day}."


def weekdays() -> list[str]:
    """mandag to søndag."""
    names = dates.get_day_names("wide", locale=_locale())
    return [names[day] for day in range(7)]


def show_time(moment: datetime) -> str:
    """18.00 in Norwegian, 18:00 in English; a moment is shown as the clock in Norway."""
    wall = clock.local(moment) if moment.tzinfo else moment
    return wall.strftime("%H:%M" if language() == "en" else "%H.%M")


def show_datetime(moment: datetime | None) -> str:
    """torsdag 26. november 2026 kl. 18.00."""
    if moment is None:
        return ""
    wall = clock.local(moment) if moment.tzinfo else moment
    day = _date(wall.date(), "full", _locale())
    return _("%(day)s at %(time)s", day=day, time=show_time(moment))


def begun_large(words: str) -> str:
    """Words that stand alone, with a large first letter; Norwegian weekdays and months have a small one."""
    return words[:1].upper() + words[1:]


def number(value: float) -> str:
    """12 345,6 with a no-break space in Norwegian, 12,345.6 in English."""
    return _number(value, _locale())


def percent(share: float) -> str:
    """25 % of a share between 0 and 1, without decimals."""
    return _percent(share, _locale())


# A page shows the same few numbers and days many times, and putting one into words takes long.
@lru_cache(maxsize=4096)
def _date(day: date, form: Literal["long", "full"], locale: str) -> str:
    return dates.format_date(day, form, locale=locale)


@lru_cache(maxsize=4096)
def _period(first: date, last: date, locale: str) -> str:
    return dates.format_interval(first, last, "yMMMd", locale=locale)


@lru_cache(maxsize=4096)
def _number(value: float, locale: str) -> str:
    return numbers.format_decimal(value, locale=locale)


@lru_cache(maxsize=4096)
def _percent(share: float, locale: str) -> str:
    return numbers.format_percent(share, locale=locale)


def _locale() -> str:
    return {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}[language()]


def template_globals() -> dict[str, Any]:
    """What every template, of a page or a mail, may say."""
    return {"_": _, "gettext": _, "ngettext": ngettext}
