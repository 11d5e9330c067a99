"""What is written to residents who left an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogue.base import letters
from dialogue.base.outbox import Letter


@dataclass(frozen=True)
class Line:
    """One thing that has happened."""

    day: date
    title: str
    text: str = ""


@dataclass(frozen=True)
class News:
    """What has happened with one contribution, which is known in the mail only by the day it was given.

    The giver's own words are left out: nobody has checked that the address is theirs, and a mail of ours
    must not carry a stranger's text to it.
    """

    given_on: date
    lines: Sequence[Line]


def address_left(language: str, code: str, address: str) -> Letter:
    """The mail that says that we will tell."""
    return letters.write("followup/address_left", language, code=code, address=address)


def news(language: str, given: Sequence[News], code: str, address: str, stop: str) -> Letter:
    """The mail that tells what has happened since the last one."""
    return letters.write("followup/news", language, given=given, code=code, address=address, stop=stop)
