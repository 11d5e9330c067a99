"""A meeting as a calendar knows it."""

from dialogue.base import calendar, i18n
from dialogue.base.calendar import Appointment
from dialogue.base.i18n import _
from dialogue.meetings import mail, rules
from dialogue.meetings.models import Meeting


def write(meeting: Meeting) -> bytes:
    """The meeting's file in the language of the moment. The link for those who signed up is not in it, since
    anybody may fetch it."""
    lines = [
        str(meeting.intro),
        _("The link is on your page, which your follow code opens.") if meeting.link else "",
    ]
    return calendar.write(
        Appointment(
            name=f"meeting-{meeting.code}",
            title=meeting.title.pick(),
            starts_local=meeting.starts_local,
            zone=meeting.zone,
            ends_at=meeting.ends_at,
            where=mail.where(meeting),
            lines=lines,
            address=mail.page(meeting, i18n.language()),
            is_cancelled=rules.is_cancelled(meeting),
            revision=meeting.revision,
            changed_at=meeting.changed_at,
        ),
        "Meetings",
    )
