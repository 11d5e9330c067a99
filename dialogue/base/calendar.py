"""An appointment as an iCalendar file (RFC 5545)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from dialogue.base import i18n
from dialogue.base.i18n import Picked
from dialogue.config import settings


@dataclass(frozen=True)
class Appointment:
    """What a calendar is told. ``name`` is the same in all languages and for ever, and ``revision`` is raised
    with each change, so that a later file replaces an earlier one. Anybody may fetch the file, so nothing
    secret belongs in it."""

    name: str
    title: Picked
    starts_local: datetime
    zone: str
    ends_at: datetime
    where: str
    lines: Sequence[str]
    address: str
    is_cancelled: bool
    revision: int
    changed_at: datetime


def write(appointment: Appointment, made_by: str) -> bytes:
    """The file in the language of the moment. ``made_by`` names the part of the product, in English."""
    zone = ZoneInfo(appointment.zone)
    language = i18n.language()
    event = Event()
    event.add("uid", f"{appointment.name}@{urlsplit(settings().public_url).hostname}")
    event.add("dtstamp", appointment.changed_at)
    event.add("last-modified", appointment.changed_at)
    event.add("sequence", appointment.revision)
    event.add("dtstart", appointment.starts_local.replace(tzinfo=zone))
    event.add("dtend", appointment.ends_at)
    event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    event.add("summary", appointment.title.text, parameters={"language": appointment.title.language})
    event.add("location", appointment.where, parameters={"language": language})
    event.add(
        "description",
        "\n\n".join([*(line for line in appointment.lines if line), appointment.address]),
        parameters={"language": language},
    )
    event.add("url", appointment.address)
    calendar = Calendar()
    calendar.add("prodid", f"-//Dialogue//{made_by}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_timezone(zone, appointment.starts_local.year))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _timezone(zone: ZoneInfo, year: int) -> Timezone:
    # The rules of the appointment's own year and the next are enough, since it lasts a day at most.
    described = Timezone.from_tzinfo(zone, first_date=date(year, 1, 1), last_date=date(year + 2, 1, 1))
    described.pop("comment", None)
    return described
