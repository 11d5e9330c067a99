"""What is written to those who signed up. No mail repeats what a resident wrote: anybody can give anybody's
address, and must not be able to put words into our mails to them."""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from dialogue.base import i18n, letters, outbox
from dialogue.base.i18n import _, lazy
from dialogue.config import settings
from dialogue.meetings import rules
from dialogue.meetings.models import Meeting, Registration
from dialogue.residents.operations import follow_path, printed_code

NORWAY = "Europe/Oslo"


class News(Enum):
    """What a mail about a meeting tells; each is a template of that name."""

    SEAT = "seat"
    WAITING = "waiting"
    MOVED_UP = "moved_up"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    TAKEN_OFF = "taken_off"
    REMINDER = "reminder"
    REPORT = "report"


# What stands about it in the history, for the follow page.
MOVED_UP = lazy("A seat was given back, and it is yours. You are no longer on the waiting list.")
TAKEN_OFF = lazy("The organiser has cancelled your sign-up.")


def when(meeting: Meeting) -> str:
    """torsdag 26. november 2026 kl. 18.00–20.00, in the language of the moment."""
    return f"{i18n.show_datetime(meeting.starts_local)}–{i18n.show_time(rules.ends_local(meeting))}"


def when_there(meeting: Meeting) -> str:
    """The same, with whose clock it is that shows the time where that can be in doubt."""
    if meeting.zone == NORWAY:
        if not meeting.link:
            return when(meeting)
        return _("%(when)s, Norwegian time", when=when(meeting))
    return f"{when(meeting)}, {meeting.zone}"


def where(meeting: Meeting) -> str:
    """The place, that it is online, or both."""
    if not meeting.link:
        return meeting.place
    return _("%(place)s, and online", place=meeting.place) if meeting.place else _("Online")


def deadline(meeting: Meeting) -> datetime:
    """The last moment to sign up, as the clock on the wall shows it there."""
    return min(meeting.deadline_local, meeting.starts_local)


def page(meeting: Meeting, language: str, ending: str = "") -> str:
    """The address of a meeting's public page, or of its calendar file with ``.ics``."""
    return f"{settings().public_url}/{language}/meetings/{meeting.code}{ending}"


def tell(session: Session, meeting: Meeting, registration: Registration, news: News, once: str) -> bool:
    """Put a mail in the outbox for somebody who left an address; say whether there was one."""
    follow_code = registration.contribution.follow_code
    if follow_code is None or follow_code.contact is None:
        return False
    contact = follow_code.contact
    with i18n.speaking(contact.language):
        letter = letters.write(
            f"meetings/{news.value}",
            contact.language,
            meeting=meeting,
            when=when(meeting),
            where=where(meeting),
            follow=settings().public_url + follow_path(printed_code(follow_code), contact.language),
            calendar=page(meeting, contact.language, ".ics"),
            page=page(meeting, contact.language),
        )
    outbox.queue(session, contact.email, letter, once=once)
    return True


def tell_all(
    session: Session, meeting: Meeting, registrations: Iterable[Registration], news: News, occasion: str
) -> int:
    """Tell each of several people who left an address, once for this occasion; return how many."""
    return sum(
        tell(session, meeting, each, news, f"meeting-{news.value}-{each.contribution_id}-{occasion}")
        for each in registrations
    )
