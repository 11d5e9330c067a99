"""State questions about meetings; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dialogue.base.i18n import Lazy, lazy
from dialogue.dialogues import rules as dialogue_rules
from dialogue.dialogues.models import DialogueState
from dialogue.meetings.models import Group, Meeting, MeetingState, RegistrationStatus, RunItem
from dialogue.web.permissions import Actor, Permission

SEATED = frozenset({RegistrationStatus.REGISTERED, RegistrationStatus.ATTENDED})
"""The statuses that take a seat."""

# People are ticked off at the door, so a little before the meeting begins.
DOORS_OPEN_BEFORE = timedelta(hours=2)


@dataclass(frozen=True)
class Slot:
    """An item of the run sheet and when it begins and ends, as the clock on the wall shows it there."""

    begins: datetime
    ends: datetime
    item: RunItem


def is_cancelled(meeting: Meeting) -> bool:
    """Whether it will not be held."""
    return meeting.state is MeetingState.CANCELLED


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether it has been held."""
    return not is_cancelled(meeting) and now >= meeting.ends_at


def is_coming(meeting: Meeting, now: datetime) -> bool:
    """Whether it stands and has not begun."""
    return not is_cancelled(meeting) and now < meeting.starts_at


def is_full(meeting: Meeting) -> bool:
    """Whether the next one gets on the waiting list."""
    return meeting.seats_taken >= meeting.capacity


def why_closed(meeting: Meeting, now: datetime) -> Lazy | None:
    """Why residents cannot sign up now, or None when they can."""
    reasons: list[tuple[bool, Lazy]] = [
        (is_cancelled(meeting), lazy("This meeting is cancelled, so you cannot sign up.")),
        (now >= meeting.starts_at, lazy("This meeting has begun or is over, so you cannot sign up.")),
        (now >= meeting.deadline, lazy("The deadline for signing up has passed.")),
        (
            not dialogue_rules.takes_input(meeting.dialogue),
            lazy("This dialogue is closed, so you cannot sign up."),
        ),
    ]
    return next((why for holds, why in reasons if holds), None)


def why_nobody_is_added(meeting: Meeting, now: datetime) -> Lazy | None:
    """Why the team can sign nobody up, who may still do so after the deadline, or None when they can."""
    is_ended = meeting.dialogue.state is DialogueState.CLOSED
    reasons: list[tuple[bool, Lazy]] = [
        (
            is_cancelled(meeting) or is_over(meeting, now),
            lazy("This meeting is cancelled or over, so nobody can be signed up."),
        ),
        (is_ended, lazy("This dialogue has ended, so nothing can be added.")),
    ]
    return next((why for holds, why in reasons if holds), None)


def can_mark_attendance(meeting: Meeting, now: datetime) -> bool:
    """Whether those who come can be ticked off."""
    return not is_cancelled(meeting) and now >= meeting.starts_at - DOORS_OPEN_BEFORE


def why_notes_closed(meeting: Meeting) -> Lazy | None:
    """Why what a group said can no longer be written down or changed, or None when it can."""
    is_ended = meeting.dialogue.state is DialogueState.CLOSED
    reasons: list[tuple[bool, Lazy]] = [
        (is_cancelled(meeting), lazy("This meeting is cancelled.")),
        (
            meeting.report_at is not None,
            lazy("The report from the meeting is published, so its notes stand as they are."),
        ),
        (is_ended, lazy("This dialogue has ended, so nothing can be added.")),
    ]
    return next((why for holds, why in reasons if holds), None)


def clock_skips(wall: datetime, zone: str) -> bool:
    """Whether no clock shows this time there, because clocks are put forward past it."""
    there = ZoneInfo(zone)
    back = wall.replace(tzinfo=there).astimezone(UTC).astimezone(there)
    return back.replace(tzinfo=None) != wall


def timetable(meeting: Meeting) -> Sequence[Slot]:
    """The run sheet with running clock times."""
    there = ZoneInfo(meeting.zone)
    slots = []
    begins = meeting.starts_at.astimezone(UTC)
    for item in meeting.run_items:
        ends = begins + timedelta(minutes=item.minutes)
        slots.append(Slot(_wall(begins, there), _wall(ends, there), item))
        begins = ends
    return slots


def ends_local(meeting: Meeting) -> datetime:
    """What the clock on the wall shows when it ends."""
    return meeting.ends_at.replace(tzinfo=None)


def manages(actor: Actor, meeting: Meeting) -> bool:
    """Whether somebody plans this meeting."""
    return actor.may(Permission.MANAGE_MEETINGS, meeting.dialogue.scope())


def leads(actor: Actor, group: Group) -> bool:
    """Whether somebody leads this group and still may."""
    return group.facilitator_id == actor.user_id and actor.may(
        Permission.FACILITATE, group.meeting.dialogue.scope()
    )


def may_insist(actor: Actor, meeting: Meeting) -> bool:
    """Whether somebody may publish a note although the guard found something in it."""
    return actor.may(Permission.MODERATE, meeting.dialogue.scope())


def _wall(moment: datetime, there: ZoneInfo) -> datetime:
    return moment.astimezone(there).replace(tzinfo=None)
