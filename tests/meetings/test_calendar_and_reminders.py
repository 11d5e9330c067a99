"""The calendar file, the reminder, and how much a page asks of the database."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from dialogue.base import clock
from dialogue.base.outbox import OutboxMail
from dialogue.dialogues.models import Contribution
from dialogue.meetings import jobs
from dialogue.meetings.models import Group, Meeting, MeetingState, RunItem
from tests.meetings.support import sign_up, tomorrow_evening, wall
from tests.support.make import words


def event_of(client, meeting: Meeting, language: str = "en"):
    response = client.get(f"/{language}/meetings/{meeting.code}.ics").response
    assert response.mimetype == "text/calendar"
    calendar = Calendar.from_ical(response.data)
    return calendar, next(iter(calendar.walk("VEVENT")))


@pytest.mark.parametrize(
    ("starts", "offset"),
    [
        (wall("2027-03-27 18:00"), 1),
        (wall("2027-03-28 18:00"), 2),
        (wall("2027-10-30 18:00"), 2),
        (wall("2027-10-31 18:00"), 1),
        (wall("2027-12-31 22:00"), 1),
    ],
)
def test_the_calendar_file_has_the_right_time_on_both_sides_of_the_change_of_clocks(
    client, make, starts, offset
):
    meeting = make.meeting(starts_local=starts, deadline_local=starts)
    calendar, entry = event_of(client, meeting)
    begins = entry["dtstart"].dt
    assert begins.replace(tzinfo=None) == starts
    assert begins.utcoffset() == timedelta(hours=offset)
    # The file's own rules say the same, for programs that do not know the zone by name.
    [zone] = calendar.walk("VTIMEZONE")
    own = zone.to_tz(lookup_tzid=False)
    assert starts.replace(tzinfo=own).utcoffset() == timedelta(hours=offset)
    assert zone["tzid"] == entry["dtstart"].params["tzid"] == "Europe/Oslo"


def test_the_calendar_file_keeps_its_uid_and_counts_its_changes(client, make, session):
    meeting = make.meeting(link="https://video.example/room")
    _calendar, first = event_of(client, meeting)
    session.execute(update(Meeting).values(revision=3, state=MeetingState.CANCELLED))
    session.commit()
    _calendar, second = event_of(client, meeting, "nb")
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 3)
    assert (first["status"], second["status"]) == ("CONFIRMED", "CANCELLED")
    assert second["summary"] == "Evening talk (nb)"
    assert second["summary"].params["language"] == "nb"
    assert "video.example" not in first["description"]
    assert first["dtend"].dt - first["dtstart"].dt == timedelta(minutes=120)


def test_hostile_words_in_a_title_stay_inside_their_line(client, make):
    meeting = make.meeting(title=words("Talk\nATTENDEE:mailto:x@example.org; more, \\ and"))
    _calendar, entry = event_of(client, meeting)
    assert "attendee" not in entry
    assert entry["summary"].startswith("Talk\nATTENDEE")


def reminded(read) -> list[str]:
    return sorted(read(select(OutboxMail.to).where(OutboxMail.once.like("meeting-reminder-%"))))


def test_those_with_a_seat_and_an_address_are_reminded_the_day_before_once(make, database, session, read):
    soon = make.meeting(starts_local=tomorrow_evening(), deadline_local=tomorrow_evening(), capacity=2)
    later = make.meeting()
    for meeting in (soon, later):
        sign_up(database, meeting, "Kari", "kari@example.org")
        sign_up(database, meeting, "Nobody")
        sign_up(database, meeting, "Waiting", "waiting@example.org")
    session.execute(update(Contribution).values(received_at=clock.now() - timedelta(days=3)))
    session.commit()
    assert jobs.remind(database) == 1
    assert jobs.remind(database) == 0
    assert reminded(read) == ["kari@example.org"]


def test_who_signed_up_the_day_before_is_not_reminded(make, database, read):
    meeting = make.meeting(starts_local=tomorrow_evening(), deadline_local=tomorrow_evening())
    sign_up(database, meeting, "Kari", "kari@example.org")
    assert jobs.remind(database) == 0


def test_nobody_is_reminded_of_a_cancelled_meeting(make, database, session):
    meeting = make.meeting(starts_local=tomorrow_evening(), deadline_local=tomorrow_evening())
    sign_up(database, meeting, "Kari", "kari@example.org")
    session.execute(update(Contribution).values(received_at=clock.now() - timedelta(days=3)))
    session.execute(update(Meeting).values(state=MeetingState.CANCELLED))
    session.commit()
    assert jobs.remind(database) == 0


def test_a_mail_tells_the_time_as_the_receiver_writes_it(make, database, read):
    starts = clock.local(clock.now()).replace(
        tzinfo=None, hour=18, minute=0, second=0, microsecond=0
    ) + timedelta(days=9)
    meeting = make.meeting(starts_local=starts, deadline_local=starts)
    sign_up(database, meeting, "Kari", "kari@example.org", language="nb")
    [mail] = read(select(OutboxMail))
    assert str(starts.year) in mail.text
    assert "18.00–20.00" in mail.text
    assert starts.replace(tzinfo=ZoneInfo("Europe/Oslo"))


def test_pages_ask_the_same_number_of_questions_however_many_come(client, make, house, database, counting):
    meeting = make.meeting(capacity=200)
    with database.writing() as session:
        session.add(Group(meeting_id=meeting.id, position=1, name=words("Group 1")))
    small = statements(house, client, meeting, make, counting)
    with database.writing() as session:
        current = session.get_one(Meeting, meeting.id)
        for place in range(1, 12):
            current.run_items.append(RunItem(position=place, minutes=5, activity=words(f"Item {place}")))
    for each in range(30):
        sign_up(database, meeting, f"P{each}")
    client.send(client.get(f"/en/desk/meetings/{meeting.code}/groups"), {"number": 6}, action="/groups")
    client.send(client.get(f"/en/desk/meetings/{meeting.code}/groups"), action="/distribute")
    large = statements(house, client, meeting, make, counting)
    assert large == small
    assert max(large.values()) <= 12, large


def statements(house, client, meeting: Meeting, make, counting) -> dict[str, int]:
    """How many statements each page takes, rendered anew."""
    client.sign_in(make.user())
    counted = {}
    for name, path in {
        "public": f"/en/meetings/{meeting.code}",
        "sign-up": f"/en/meetings/{meeting.code}/sign-up",
        "desk": f"/en/desk/meetings/{meeting.code}",
        "registrations": f"/en/desk/meetings/{meeting.code}/registrations",
        "groups": f"/en/desk/meetings/{meeting.code}/groups",
        "paper": f"/en/desk/meetings/{meeting.code}/groups/print",
        "run sheet": f"/en/desk/meetings/{meeting.code}/run-sheet",
    }.items():
        house.pages.clear()
        with counting() as seen:
            client.get(path)
        counted[name] = len(seen)
    return counted
