"""Street addresses with the number of a house, and properties by their number."""

import re

from dialogue.residents.guard.findings import Confidence, Spans

_STREETS = (
    "veien|vegen|vei|veg|gata|gaten|gate|gt\\.?|allé|alléen|alleen|stien|svingen|kroken|brygge|brygga|smauet"
)
# Ends of other words as well ("lekeplassen 2"), so these count only in a name.
_NAMED_STREETS = "plass|plassen|torg|torget|bakken|bakke|haugen|tunet|lia|åsen|toppen|jordet|stubben|ringen|faret|løkka|kleiva|terrasse"
# Words for any place of that sort, and roads that have a number of their own.
_ANY_PLACE = (
    r"(?!(?i:riks|fylkes|europa|motor|gang|sykkel|tur|lys|lese|leke|idretts|holde|buss|parkerings|fotball|arbeids|kommunal|"
    r"barnehage|skole|møte)(?:vei|veg|plass|sti)\w{0,3} )"
)
_HOUSE = r" ?(?:(?:nr\.?|nummer) )?\d{1,3}(?:[A-Za-z]|[ ][A-H])?(?![\w,.]?\d)(?!\w)"
_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_NOT_A_HOUSE = (
    r"(?! ?(?:min|m\b|km|meter|gang|gong|time|dag|år|person|bil|stk|%|prosent|barn|meters|times|people|cars|years|days"
    rf"|uke|veke|kveld|lamp|lykt|stolp|bussh|ganger|etasj)|\. ?(?:{_MONTH}))"
)
_ADDRESS = re.compile(
    rf"(?<!\w){_ANY_PLACE}(?:[^\W\d_]{{2,30}}(?i:{_STREETS})|[A-ZÆØÅ][^\W\d_]{{1,30}}(?:{_NAMED_STREETS})"
    rf"|[A-ZÆØÅ][^\W\d_]{{1,30}}[ ](?i:{_STREETS}|{_NAMED_STREETS})|(?:Torget|Lia|Bakken|Haugen)(?=[ ]\d)){_HOUSE}{_NOT_A_HOUSE}",
)
_ENGLISH = re.compile(
    r"(?<!\w)\d{1,4}[ ][A-Z][a-z]{1,30}[ ](?:[A-Z][a-z]{1,30}[ ])?(?:Street|Road|Lane|Avenue)(?!\w)"
)
_PROPERTY = re.compile(
    r"(?<!\w)(?:gnr|gårdsnummer|gardsnummer)[. ]{1,2}\d{1,4},?[ ](?:og )?(?:bnr|bruksnummer)[. ]{1,2}\d{1,4}",
    re.IGNORECASE,
)


def addresses(text: str) -> Spans:
    """Street addresses; one in small letters is less sure, since a street is not all that has a number."""
    for match in _ADDRESS.finditer(text):
        yield *match.span(), Confidence.HIGH if match[0][0].isupper() else Confidence.MEDIUM
    for pattern in (_ENGLISH, _PROPERTY):
        for match in pattern.finditer(text):
            yield *match.span(), Confidence.HIGH
