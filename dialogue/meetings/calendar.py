"""A meeting as an iCalendar file (RFC 5545)."""

from datetime import date
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from dialogue.base import i18n
from dialogue.base.i18n import _
from dialogue.config import settings
from dialogue.meetings import mail, rules
from dialogue.meetings.models import Meeting


def write(meeting: Meeting) -> bytes:
    """The file in the language of the moment. Its UID is the same in all languages and for ever, so that a
    later file replaces an earlier one. The link for those who signed up is not in it, since anybody may
    fetch it."""
    zone = ZoneInfo(meeting.zone)
    language = i18n.language()
    event = Event()
    event.add("uid", f"meeting-{meeting.code}@{urlsplit(settings().public_url).hostname}")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.revision)
    event.add("dtstart", meeting.starts_local.replace(tzinfo=zone))
    event.add("dtend", meeting.ends_at)
    event.add("status", "CANCELLED" if rules.is_cancelled(meeting) else "CONFIRMED")
    title = meeting.title.pick()
    event.add("summary", title.text, parameters={"language": title.language})
    event.add("location", mail.where(meeting), parameters={"language": language})
    address = mail.page(meeting, language)
    lines = [
        str(meeting.intro),
        _("The link is on your page, which your follow code opens.") if meeting.link else "",
    ]
    event.add(
        "description",
        "\n\n".join([*(line for line in lines if line), address]),
        parameters={"language": language},
    )
    event.add("url", address)
    calendar = Calendar()
    calendar.add("prodid", f"-//Dialogue//Meetings//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_timezone(zone, meeting.starts_local.year))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _timezone(zone: ZoneInfo, year: int) -> Timezone:
    # The rules of the meeting's own year and the next are enough, since a meeting lasts a day at most.
    described = Timezone.from_tzinfo(zone, first_date=date(year, 1, 1), last_date=date(year + 2, 1, 1))
    described.pop("comment", None)
    return described
