"""What the guard finds, and how sure it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from dialogue.base.i18n import Labelled, lazy


class FindingKind(Labelled):
    """What was found."""

    NATIONAL_ID = "national_id", lazy("National identity number")
    EMAIL = "email", lazy("E-mail address")
    PHONE = "phone", lazy("Phone number")
    PLATE = "plate", lazy("Number plate")
    ADDRESS = "address", lazy("Street address")
    PERSON = "person", lazy("Name of a person")
    CRIME = "crime", lazy("Perhaps a report of a crime")


class Confidence(IntEnum):
    """How sure a finding is.

    HIGH: its form can hardly mean anything else, such as a control digit that is right.
    MEDIUM: it mostly means this; the writer is told.
    LOW: it may as well be harmless. It stops nobody, and is marked for whoever reads the text anyway.
    """

    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True)
class Finding:
    """One thing found: its kind, where it stands in the text, the found words themselves, and how sure it is."""

    kind: FindingKind
    start: int
    end: int
    text: str
    confidence: Confidence


# Where something stands, from its first letter to the one after its last, and how sure that is.
Spans = Iterator[tuple[int, int, Confidence]]
