"""What may stand in a quote, and which months of the patrols are told; pure."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from dialogue.base.clock import local
from dialogue.base.errors import Invalid
from dialogue.base.i18n import LANGUAGES, _, lazy, speaking
from dialogue.base.text import shorten
from dialogue.briefs.models import PatrolWish
from dialogue.residents import guard

LONGEST_QUOTE = 300
MOST_WISHES = 6
MOST_MONTHS = 12

_ELLIPSIS = "…"
_WORD = re.compile(r"\w+")


def check_quote(original: str, quote: str) -> None:
    """Refuse a quote that says anything else than what was said.

    A quote may only be shorter. Every word of it stands in the original, in the same order, and wherever
    words are left out, at the ends too, an ellipsis or "[removed]" says so. Raises Invalid.
    """
    if not any(_pieces(quote)):
        raise Invalid(lazy("Leave some of the words, or do not use it."))
    if len(quote) > LONGEST_QUOTE:
        raise Invalid(lazy("Write at most %(max)s characters.", max=LONGEST_QUOTE))
    if not stands_in(original, quote):
        raise Invalid(
            lazy(
                "The words must be those that were said, in the same order. Write … or [removed] where you leave something out."
            )
        )
    found = guard.check_all(quote)
    if found:
        raise Invalid(
            lazy("Replace “%(found)s” by [removed]. %(kind)s.", found=found[0].text, kind=found[0].kind.label)
        )


def stands_in(original: str, quote: str) -> bool:
    """Whether a quote says nothing but what was said, in the same order, and marks where it leaves something out."""
    return _fits(_words(original), _pieces(quote))


def proposed(original: str, language: str) -> str:
    """A quote to begin with: what was said, without what the guard finds, cut to the length of a quote."""
    pieces = guard.segments(original)
    text = "".join(removed(language) if piece.kind else piece.text for piece in pieces)
    return shorten(text, LONGEST_QUOTE)


def removed(language: str) -> str:
    """What stands in a quote where something was taken out, in the language of the quote."""
    with speaking(language):
        return _("[removed]")


def first_words(text: str) -> str:
    """The beginning of something given, to be known by in a list of sources."""
    return shorten(proposed(text, "nb"), 80)


def told_months(wish: PatrolWish, today: date) -> list[tuple[date, int]]:
    """The months of a patrol's line that everybody may know, oldest first, each with how often patrols were there.

    A month is told when it has ended, also when nobody was there; one in which patrols were asked for a part of
    it only when something was counted. The last twelve are told.
    """
    counted = {month.month: month.times for month in wish.months}
    ended = _asked_until(wish)
    month, told = wish.begins_on.replace(day=1), []
    while (after := next_month(month)) <= today:
        is_whole = month >= wish.begins_on and (ended is None or after <= ended + timedelta(days=1))
        if is_whole or counted.get(month):
            told.append((month, counted.get(month, 0)))
        month = after
    return told[-MOST_MONTHS:]


def next_month(month: date) -> date:
    """The first day of the month after this one."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def is_over(wish: PatrolWish, today: date) -> bool:
    """Whether patrols are asked no more."""
    return wish.ended_at is not None or (wish.ends_on is not None and wish.ends_on < today)


def _asked_until(wish: PatrolWish) -> date | None:
    """The last day on which patrols were asked; None while they still are, without an end."""
    days = [wish.ends_on, local(wish.ended_at).date() if wish.ended_at else None]
    return min((day for day in days if day), default=None)


def _left_out() -> re.Pattern[str]:
    """What says in a quote that something is left out, in any language of the product."""
    markers: Mapping[str, None] = {removed(language): None for language in LANGUAGES}
    return re.compile("|".join(map(re.escape, (*markers, "[…]", "[...]", "...", _ELLIPSIS))), re.IGNORECASE)


def _pieces(quote: str) -> list[list[str]]:
    return [_words(piece) for piece in _left_out().split(quote)]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _fits(whole: list[str], pieces: list[list[str]]) -> bool:
    """Whether the pieces stand in the whole one after the other, the first at its beginning and the last at its
    end; an empty piece there means that something is left out."""
    if len(pieces) == 1:
        return pieces[0] == whole
    first, *between, last = pieces
    end = len(whole) - len(last)
    if whole[: len(first)] != first or end < len(first) or whole[end:] != last:
        return False
    place = len(first)
    for piece in between:
        found = next(
            (
                start
                for start in range(place, end - len(piece) + 1)
                if whole[start : start + len(piece)] == piece
            ),
            None,
        )
        if found is None:
            return False
        place = found + len(piece)
    return True
