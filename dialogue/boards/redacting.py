"""Taking words out of a text, with a word of what stood there; pure."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dialogue.base.i18n import Lazy, lazy
from dialogue.residents import guard
from dialogue.residents.guard import Finding, FindingKind

OTHER = "other"
ANYTHING = "[…]"
# What stands where something was, in the language of the text.
STANDS_FOR: dict[FindingKind, Lazy] = {
    FindingKind.NATIONAL_ID: lazy("[identity number]"),
    FindingKind.EMAIL: lazy("[e-mail]"),
    FindingKind.PHONE: lazy("[phone]"),
    FindingKind.PLATE: lazy("[plate]"),
    FindingKind.ADDRESS: lazy("[address]"),
    FindingKind.PERSON: lazy("[name]"),
}


@dataclass(frozen=True)
class Cut:
    """What is to be taken out: findings of the guard by their words, and passages that somebody marked."""

    found: Collection[str]
    passages: Sequence[str] = ()


def offered(*texts: str) -> list[Finding]:
    """What the guard found in these texts, each word of it once."""
    findings = (finding for text in texts for finding in guard.check(text))
    return list({finding.text: finding for finding in findings}.values())


def redacted(text: str, cut: Cut, longest: int | None = None) -> tuple[str, list[str]]:
    """The text without what is cut, and what that was, by the stored words of its kinds.

    What would make it longer than ``longest`` is shortened to the sign for anything.
    """
    places = _places(text, cut)
    kinds = list(dict.fromkeys(kind.value if kind else OTHER for _start, _end, kind in places))
    left = _without(text, places)
    if longest is not None and len(left) > longest:
        left = _without(text, [(start, end, None) for start, end, _kind in places])
    return left[:longest], kinds


def _without(text: str, places: Iterable[tuple[int, int, FindingKind | None]]) -> str:
    pieces, at = [], 0
    for start, end, kind in places:
        pieces += [text[at:start], str(STANDS_FOR[kind]) if kind in STANDS_FOR else ANYTHING]
        at = end
    return "".join([*pieces, text[at:]])


def _places(text: str, cut: Cut) -> list[tuple[int, int, FindingKind | None]]:
    """Where something is taken out, in order; none overlaps another."""
    wanted: list[tuple[int, int, FindingKind | None]] = [
        (one.start, one.end, one.kind) for one in guard.check(text) if one.text in cut.found
    ]
    for passage in cut.passages:
        wanted += [(hit.start(), hit.end(), None) for hit in re.finditer(_whole(passage), text)]
    chosen: list[tuple[int, int, FindingKind | None]] = []
    for start, end, kind in sorted(wanted, key=lambda place: (place[0], -place[1])):
        if chosen and start < chosen[-1][1]:
            before = chosen[-1]
            chosen[-1] = (before[0], max(before[1], end), before[2] if end <= before[1] else None)
        else:
            chosen.append((start, end, kind))
    return chosen


def _whole(passage: str) -> str:
    """A passage as a pattern: whole words, with any space between them as it stands in the text."""
    words = r"\s+".join(re.escape(word) for word in passage.split())
    before = r"(?<!\w)" if passage[:1].isalnum() else ""
    after = r"(?!\w)" if passage[-1:].isalnum() else ""
    return f"{before}{words}{after}"
