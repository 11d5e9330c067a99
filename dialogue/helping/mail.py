"""What is written to those who join in. No mail repeats what a resident wrote: anybody can give anybody's
address, and must not be able to put words into our mails to them."""

from collections.abc import Iterable
from enum import Enum

from sqlalchemy.orm import Session

from dialogue.base import i18n, letters, outbox
from dialogue.base.i18n import lazy
from dialogue.config import settings
from dialogue.helping import rules
from dialogue.helping.models import HelpSlot, HelpTaker
from dialogue.residents.operations import follow_path, printed_code


class News(Enum):
    """What a mail about joining in tells; each is a template of that name."""

    JOINED = "joined"
    CHANGED = "slot_changed"
    CANCELLED = "slot_cancelled"
    TAKEN_OFF = "place_freed"
    REMINDER = "help_reminder"


# What stands about it in the history, for the follow page.
TAKEN_OFF = lazy("The one who asked for help has taken you off the list.")


def when(slot: HelpSlot) -> str:
    """fredag 27. november 2026 kl. 20.00–22.00, in the language of the moment."""
    return f"{i18n.show_datetime(slot.starts_local)}–{i18n.show_time(rules.ends_local(slot))}"


def page(slot: HelpSlot, language: str, ending: str = "") -> str:
    """The address of a slot's public page, or of its calendar file with ``.ics``."""
    return f"{settings().public_url}/{language}/help/{slot.code}{ending}"


def tell(session: Session, slot: HelpSlot, taker: HelpTaker, news: News, once: str) -> bool:
    """Put a mail in the outbox for somebody who left an address; say whether there was one."""
    follow_code = taker.contribution.follow_code
    if follow_code is None or follow_code.contact is None:
        return False
    contact = follow_code.contact
    with i18n.speaking(contact.language):
        letter = letters.write(
            f"helping/{news.value}",
            contact.language,
            slot=slot,
            when=when(slot),
            follow=settings().public_url + follow_path(printed_code(follow_code), contact.language),
            calendar=page(slot, contact.language, ".ics"),
            page=page(slot, contact.language),
        )
    outbox.queue(session, contact.email, letter, once=once)
    return True


def tell_all(session: Session, slot: HelpSlot, takers: Iterable[HelpTaker], news: News, occasion: str) -> int:
    """Tell each of several people who left an address, once for this occasion; return how many."""
    return sum(
        tell(session, slot, each, news, f"help-{news.value}-{each.contribution_id}-{occasion}")
        for each in takers
    )
