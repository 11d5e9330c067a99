"""A slot as a calendar knows it."""

from dialogue.base import calendar, clock, i18n
from dialogue.base.calendar import Appointment
from dialogue.helping import mail, rules
from dialogue.helping.models import HelpSlot


def write(slot: HelpSlot) -> bytes:
    """The slot's file in the language of the moment."""
    return calendar.write(
        Appointment(
            name=f"help-{slot.code}",
            title=slot.what.pick(),
            starts_local=slot.starts_local,
            zone=str(clock.NORWAY),
            ends_at=slot.ends_at,
            where=str(slot.place),
            lines=[str(slot.action.title)],
            address=mail.page(slot, i18n.language()),
            is_cancelled=rules.is_cancelled(slot),
            revision=slot.revision,
            changed_at=slot.changed_at,
        ),
        "Help",
    )
