"""The free-text guard: what should not stand in something that residents write. Pure.

``check(text)`` finds it, ``check_all(*texts)`` in several texts at once, ``segments(text)`` cuts a text into
marked and plain pieces for whoever reads it before it is shown. It looks at writing only, so it may be wrong
both ways: the writer is told at once and may send it all the same, and then a person reads it first.

How a feature uses it:

* The form inherits ``dialogue.residents.forms.GuardedForm`` and names its free texts in ``guarded``. Sent
  with something found, it is not valid: the page comes back with 422, ``form.findings`` and a box to send it
  anyway, which ``{{ guard_warning(form) }}`` of ``components/guard.html`` shows above the fields.
* The operation itself asks ``check_all(...)``, and lets what has findings wait for a moderator, also where
  nothing else waits.
* The moderator's page shows ``{{ marked_text(segments) }}`` of the same component.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dialogue.base.i18n import Labelled, lazy


class FindingKind(Labelled):
    """What was found."""

    NATIONAL_ID = "national_id", lazy("National identity number")
    EMAIL = "email", lazy("E-mail address")
    PHONE = "phone", lazy("Phone number")
    PLATE = "plate", lazy("Number plate")
    ADDRESS = "address", lazy("Street address")
    CRIME = "crime", lazy("Perhaps a report of a crime")


@dataclass(frozen=True)
class Finding:
    """One thing found: its kind, where it stands in the text, and the found words themselves."""

    kind: FindingKind
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Segment:
    """A piece of a text; ``kind`` is None where nothing was found."""

    text: str
    kind: FindingKind | None = None


# Weights of the two control digits, from the Norwegian Tax Administration's description of the number.
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

_SPACE = "[ .\u00a0\u202f-]"
# Eleven digits in a row; people put a space, a full stop or a hyphen between some of them. The lookahead
# lets two candidates overlap, so that a digit in front hides nothing.
_ELEVEN_DIGITS = re.compile(rf"(?<!\d)(?=(\d(?:{_SPACE}?\d){{10}})(?!\d))")
_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,20}")
# The first two digits of eight that belong to people: not 20, which begins a year, nor 8 of service numbers.
_PHONE_START = r"(?:2[1-9]|[3-79]\d)"
_PHONE = re.compile(
    rf"(?<![\d.,-])(?:(?:\+|00)47{_SPACE}?)?"
    rf"(?:{_PHONE_START}\d{{6}}|{_PHONE_START}{_SPACE}\d\d{_SPACE}\d\d{_SPACE}\d\d"
    rf"|{_PHONE_START}\d{_SPACE}\d\d{_SPACE}\d{{3}})(?![\d])"
    rf"|(?<![\d])(?:\+|00)[1-9]\d{{0,2}}(?:{_SPACE}?\d){{6,12}}(?!\d)"
)
# Two letters and five digits, or four on a trailer or motorcycle. In small letters only when written together.
_PLATE = re.compile(
    r"(?<![^\W_])(?:(?!KR|NR|KL|RV|FV|PB|TV)[A-HJ-NPR-Z]{2}[ -]?\d{4,5}|(?!kr|nr|kl|rv|fv)[a-hj-npr-z]{2}\d{5})(?![^\W_])"
)
_STREETS = "veien|vegen|vei|veg|gata|gaten|gate|allé|alléen|alleen|stien|svingen|kroken|brygge|brygga|smauet"
# Ends of other words as well ("lekeplassen 2"), so these count only in a name.
_NAMED_STREETS = (
    "plass|plassen|torg|torget|bakken|bakke|haugen|tunet|lia|åsen|toppen|jordet|stubben|ringen|faret"
)
_HOUSE = r" ?\d{1,3}(?:[A-Za-z]|[ ][A-H])?(?![\w,.]?\d)(?!\w)"
_NOT_A_HOUSE = r"(?! ?(?:min|m\b|km|meter|gang|gong|time|dag|år|person|bil|stk|%|prosent|barn|meters|times|people|cars|years|days))"
_ADDRESS = re.compile(
    rf"(?<!\w)(?:[^\W\d_]{{2,30}}(?i:{_STREETS})|[A-ZÆØÅ][^\W\d_]{{1,30}}(?:{_NAMED_STREETS})"
    rf"|[A-ZÆØÅ][^\W\d_]{{1,30}}[ ](?i:{_STREETS}|{_NAMED_STREETS})){_HOUSE}{_NOT_A_HOUSE}"
    r"|(?<!\w)\d{1,4}[ ][A-Z][a-z]{1,30}[ ](?:[A-Z][a-z]{1,30}[ ])?(?:Street|Road|Lane|Avenue)(?!\w)"
)
# Words of somebody who tells of something that happened, in all three languages; not words such as "violence",
# which people need when they say what would make a place safer.
_CRIME = re.compile(
    r"(?<!\w)(?:"
    r"(?:politi)?anmeld(?:e|er|te|t|else|elsen|elser|ing|inga|ingar)"
    r"|(?:ble|blitt|blei|vart|vorte|har) (?:\w{1,20} )?(?:ranet|rana|slått|banket|banka|truet|trua|stukket|knivstukket|knivstukken|misbrukt|mishandla|mishandlet)"
    r"|(?:ranet|rana|slo|sparket|sparka|truet|trua|banket|banka|skallet|skalla) (?:meg|oss|han|henne|ho|ham|ned)"
    r"|voldt(?:ok|att|ekt|ekten)|valdt(?:ok|eken|ekt|atte)|overgrep(?:et)?|knivstakk|knivstukket"
    r"|stjal|stjålet|stal|stolen frå|tafs(?:er|et|a|ar)|befølt|beføler"
    r"|(?:selger|solgte|sel|selde|langer|langar) (?:\w{1,20} )?(?:dop|hasj|narkotika|narko|piller|stoff|kokain|amfetamin)"
    r"|narkolanger(?:en|e)?|(?:vil|vi|vill|skal) (?:tipse|tipsa)|(?:var|er) vitne til"
    r"|(?:was|were|been|got) (?:\w{1,20} )?(?:robbed|assaulted|attacked|raped|stabbed|beaten|threatened|molested|mugged)"
    r"|(?:robbed|assaulted|attacked|raped|stabbed|threatened|molested|mugged|hit) (?:me|us|him|her|my)"
    r"|stole (?:my|his|her|our|their|the)|(?:sells|selling|sold|deals|dealing) (?:\w{1,20} )?(?:drugs|weed|cocaine|hash|pills)"
    r"|drug dealers?|report (?:a|the|this) crime|witnessed"
    r")(?!\w)",
    re.IGNORECASE,
)


def is_national_id(digits: str) -> bool:
    """Whether eleven digits are a Norwegian national identity number or a D-number.

    Both control digits must be right (modulus 11) and the first six a date: a D-number has 4 added to the
    first digit; H-numbers and the numbers made for tests have 40, 65 or 80 added to the month.
    """
    if len(digits) != 11 or not digits.isdecimal():
        return False
    numbers = [int(digit) for digit in digits]
    day, month = numbers[0] * 10 + numbers[1], numbers[2] * 10 + numbers[3]
    if not (1 <= day <= 31 or 41 <= day <= 71) or month not in _MONTHS:
        return False
    return all(
        sum(weight * number for weight, number in zip(weights, numbers, strict=False)) % 11 == 0
        for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS)
    )


_MONTHS = frozenset(month + added for month in range(1, 13) for added in (0, 40, 65, 80))


def check(text: str) -> list[Finding]:
    """What should not stand in a text, in the order in which it stands there; none overlaps another."""
    found: list[Finding] = []
    taken = bytearray(len(text))
    for kind, spans in (
        (FindingKind.NATIONAL_ID, _national_ids(text)),
        (FindingKind.EMAIL, _spans(_EMAIL, text)),
        (FindingKind.PHONE, _spans(_PHONE, text)),
        (FindingKind.PLATE, _spans(_PLATE, text)),
        (FindingKind.ADDRESS, _spans(_ADDRESS, text)),
        (FindingKind.CRIME, _spans(_CRIME, text)),
    ):
        for start, end in spans:
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Finding(kind, start, end, text[start:end]))
    return sorted(found, key=lambda finding: finding.start)


def check_all(*texts: str | None) -> list[Finding]:
    """What should not stand in any of these texts; empty ones are skipped."""
    return [finding for text in texts if text for finding in check(text)]


def segments(text: str, findings: Sequence[Finding] | None = None) -> list[Segment]:
    """The text in pieces, those found with their kind, which together are the text again."""
    pieces: list[Segment] = []
    place = 0
    for finding in check(text) if findings is None else findings:
        if finding.start > place:
            pieces.append(Segment(text[place : finding.start]))
        pieces.append(Segment(finding.text, finding.kind))
        place = finding.end
    if place < len(text):
        pieces.append(Segment(text[place:]))
    return pieces


def _spans(pattern: re.Pattern[str], text: str) -> Iterable[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text))


def _national_ids(text: str) -> Iterable[tuple[int, int]]:
    for match in _ELEVEN_DIGITS.finditer(text):
        if is_national_id("".join(letter for letter in match[1] if letter.isdecimal())):
            yield match.span(1)
