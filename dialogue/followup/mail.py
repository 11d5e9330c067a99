"""What is written to residents who left an address, and to whom something was passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogue.actions.mail import harmless
from dialogue.base import letters
from dialogue.base.outbox import Letter
from dialogue.config import settings
from dialogue.followup.models import Decision


@dataclass(frozen=True)
class Line:
    """One thing that has happened; ``asks`` is where it can be answered whether it helped, ``meeting`` where
    one can sign up."""

    day: date
    title: str
    text: str = ""
    asks: str = ""
    meeting: str = ""


@dataclass(frozen=True)
class Way:
    """A follow code and the address of its page."""

    code: str
    address: str


@dataclass(frozen=True)
class News:
    """What has happened with one or several things given, which are known in the mail only by the days of that.

    The giver's own words are left out: nobody has checked that the address is theirs, and a mail of ours
    must not carry a stranger's text to it.
    """

    given_on: str
    lines: Sequence[Line]


def address_left(language: str, way: Way, *, at_once: bool) -> Letter:
    """The mail that says that we will tell."""
    return letters.write(
        "followup/address_left", language, code=way.code, address=way.address, at_once=at_once
    )


def news(language: str, given: Sequence[News], ways: Sequence[Way], stop: str, *, at_once: bool) -> Letter:
    """The mail that tells what has happened since the last one."""
    return letters.write("followup/news", language, given=given, ways=ways, stop=stop, at_once=at_once)


def passed_on(language: str, decision: Decision, title: str, link: str, *, is_reminder: bool) -> Letter:
    """The mail that asks an organisation whether it has taken what was passed on to it."""
    return letters.write(
        "followup/passed_on",
        language,
        title=harmless(title),
        body=harmless(decision.body.name.pick(language).text),
        organiser=harmless(decision.dialogue.organiser.name.pick(language).text),
        dialogue=harmless(decision.dialogue.title.pick(language).text),
        explanation=harmless(decision.explanation.pick(language).text),
        asked_at=decision.pass_asked_at,
        is_reminder=is_reminder,
        link=link,
    )


def passing_refused(language: str, decision: Decision, title: str) -> Letter:
    """The mail that tells the one who wrote the decision down that the organisation has not taken it."""
    organisation = decision.passed_to.name.pick(language).text if decision.passed_to else ""
    return letters.write(
        "followup/passing_refused",
        language,
        title=harmless(title),
        organisation=harmless(organisation),
        reply=harmless(decision.pass_reply),
        link=f"{settings().public_url}/{language}/desk/decisions/{decision.code}/passed-on",
    )
