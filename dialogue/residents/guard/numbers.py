"""National identity numbers, e-mail addresses, phone numbers and number plates."""

import re

from dialogue.residents.guard.findings import Confidence, Spans

# Weights of the two control digits, from the Norwegian Tax Administration's description of the number.
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_MONTHS = frozenset(month + added for month in range(1, 13) for added in (0, 40, 65, 80))

_SPACE = "[ .\u00a0\u202f-]"
# Eleven digits in a row; people put a space, a full stop or a hyphen between some of them. The lookahead
# lets two candidates overlap, so that a digit in front hides nothing.
_ELEVEN_DIGITS = re.compile(rf"(?<!\d)(?=(\d(?:{_SPACE}?\d){{10}})(?!\d))")
_CALLED_ID = re.compile(
    r"(?<!\w)(?:fødsels(?:- og person)?n(?:umme)?r|person(?:numme|n)r|fnr|d-?n(?:umme)?r|national id)\w{0,2}\W{0,3}"
    r"(?:(?:mitt|min|hans|hennes|er|is) ){0,2}$",
    re.IGNORECASE,
)

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,20}")
# Written so that no program should find it: "kari (at) example.org".
_HIDDEN_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?(?:[(\[] ?(?:at|a|krøllalfa) ?[)\]]|krøllalfa) ?(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,20}",
    re.IGNORECASE,
)

# The first two digits of eight that belong to people: not 20, which begins a year, nor 8 of service numbers.
_PHONE_START = r"(?:2[1-9]|[3-79]\d)"
# The same sign stands between all the groups, or it is two times of the day: "22.00-23.30".
_PHONE = re.compile(
    rf"(?<![\d.,/-])(?:(?:\+|00)47{_SPACE}?)?(?:{_PHONE_START}\d{{6}}"
    rf"|{_PHONE_START}(?P<pairs>{_SPACE})\d\d(?P=pairs)\d\d(?P=pairs)\d\d"
    rf"|{_PHONE_START}\d(?P<three>{_SPACE})\d\d(?P=three)\d{{3}}"
    rf"|{_PHONE_START}\d\d ?\d{{4}}|{_PHONE_START}\d \d{{5}})(?![\d])"
    rf"|(?<![\d])(?:\+|00)[1-9]\d{{0,2}}(?:{_SPACE}?\d){{6,12}}(?!\d)"
)
# What other long numbers are called, just before them.
_NOT_A_PHONE = re.compile(
    r"(?<!\w)(?:kr|nok|kroner|sak\w{0,12}|ordre\w{0,8}|order|ref\w{0,9}|kid|konto\w{0,8}|org\.? ?n\w{0,8}|case|invoice)"
    r"[ .:#]{1,3}$",
    re.IGNORECASE,
)

# Two letters and five digits, or four on a trailer or motorcycle; in small letters only when written together.
# Letters that stand before the number of a road, a standard or the year of a championship are left out.
_PLATE = re.compile(
    r"(?<![^\W_])(?:(?!KR|NR|KL|RV|FV|PB|TV)[A-HJ-NPR-Z]{2}[ -]?(?:\d{5}|\d{2} \d{3}|\d{3} \d{2})"
    r"|(?!KR|NR|KL|RV|FV|PB|TV|VM|EM|NM|EU|FN|NS|AS|MC|CA|PC|PS|FK|SK|UM)[A-HJ-NPR-Z]{2}[ -]?\d{4}"
    r"|(?!kr|nr|kl|rv|fv|ca)[a-hj-npr-z]{2}\d{5})(?![^\W_])"
)
_SMALL_PLATE = re.compile(
    r"(?<!\w)(?i:skilt|skiltet|regnr|reg|bil|bilen|moped|mopeden|tilhenger|tilhengar|car|plate)[.:]? (?P<plate>[a-hj-npr-z]{2} ?\d{4,5})(?![^\W_])"
)


def is_national_id(digits: str) -> bool:
    """Whether eleven digits are a Norwegian national identity number or a D-number.

    Both control digits must be right (modulus 11) and the first six a date: a D-number has 4 added to the
    first digit; H-numbers and the numbers made for tests have 40, 65 or 80 added to the month.
    """
    return is_dated(digits) and all(
        sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11 == 0
        for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS)
    )


def is_dated(digits: str) -> bool:
    """Whether these are eleven digits that begin with the date of an identity number, of any sort."""
    if len(digits) != 11 or not digits.isdecimal():
        return False
    day, month = int(digits[:2]), int(digits[2:4])
    return (1 <= day <= 31 or 41 <= day <= 71) and month in _MONTHS


def national_ids(text: str) -> Spans:
    """Identity numbers; one that is called so is found although a digit of it is wrong."""
    for match in _ELEVEN_DIGITS.finditer(text):
        digits = "".join(letter for letter in match[1] if letter.isdecimal())
        if is_national_id(digits):
            yield *match.span(1), Confidence.HIGH
        elif is_dated(digits) and _CALLED_ID.search(text, max(0, match.start() - 50), match.start()):
            yield *match.span(1), Confidence.MEDIUM


def emails(text: str) -> Spans:
    """E-mail addresses, also those written with "(at)"."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield *match.span(), Confidence.HIGH
    for match in _HIDDEN_EMAIL.finditer(text):
        yield *match.span(), Confidence.MEDIUM


def phones(text: str) -> Spans:
    """Phone numbers of eight digits, and those with the number of a country."""
    for match in _PHONE.finditer(text):
        if match[0][0] in "+0":
            yield *match.span(), Confidence.HIGH
        elif not _NOT_A_PHONE.search(text, max(0, match.start() - 20), match.start()):
            yield *match.span(), Confidence.HIGH if match[0][0] in "49" else Confidence.MEDIUM


def plates(text: str) -> Spans:
    """Number plates of cars, trailers and motorcycles."""
    for match in _PLATE.finditer(text):
        yield *match.span(), Confidence.HIGH if match[0][-5:].isdecimal() else Confidence.MEDIUM
    for match in _SMALL_PLATE.finditer(text):
        yield *match.span("plate"), Confidence.MEDIUM
