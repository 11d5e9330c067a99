"""All that is found in a text, and the text in pieces."""

from dataclasses import dataclass

from dialogue.residents.guard.addresses import addresses
from dialogue.residents.guard.crimes import crimes
from dialogue.residents.guard.findings import Confidence, Finding, FindingKind
from dialogue.residents.guard.names import persons
from dialogue.residents.guard.numbers import emails, national_ids, phones, plates

# In the order of their claim to a piece of text: the digits of an identity number are not a phone number too.
_SEARCHES = (
    (FindingKind.NATIONAL_ID, national_ids),
    (FindingKind.EMAIL, emails),
    (FindingKind.PHONE, phones),
    (FindingKind.PLATE, plates),
    (FindingKind.ADDRESS, addresses),
    (FindingKind.PERSON, persons),
    (FindingKind.CRIME, crimes),
)


@dataclass(frozen=True)
class Segment:
    """A piece of a text; ``kind`` is None where nothing was found."""

    text: str
    kind: FindingKind | None = None


def check(text: str) -> list[Finding]:
    """What should not stand in a text, in the order in which it stands there; none overlaps another."""
    found: list[Finding] = []
    taken = bytearray(len(text))
    for kind, search in _SEARCHES:
        for start, end, confidence in search(text):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Finding(kind, start, end, text[start:end], confidence))
    return sorted(found, key=lambda finding: finding.start)


def check_all(*texts: str | None) -> list[Finding]:
    """What the writer of these texts must look at again: all but what is least sure. Empty texts are skipped."""
    return [
        finding for text in texts if text for finding in check(text) if finding.confidence > Confidence.LOW
    ]


def segments(text: str) -> list[Segment]:
    """The text in pieces, those found with their kind, which together are the text again."""
    pieces: list[Segment] = []
    place = 0
    for finding in check(text):
        if finding.start > place:
            pieces.append(Segment(text[place : finding.start]))
        pieces.append(Segment(finding.text, finding.kind))
        place = finding.end
    if place < len(text):
        pieces.append(Segment(text[place:]))
    return pieces
