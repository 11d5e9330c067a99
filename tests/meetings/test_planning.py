"""Planning a meeting: its form, its time, its change, its cancelling, its run sheet, its report."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated
from dialogue.base.outbox import OutboxMail
from dialogue.dialogues.models import StatusChange
from dialogue.meetings import planning, rules, run_sheet
from dialogue.meetings.models import Meeting, MeetingNews, MeetingState, RunItem
from dialogue.meetings.room import room
from dialogue.meetings.run_sheet import ItemText
from dialogue.web.permissions import Role, ScopeKind
from tests.meetings.support import local_now, sign_up, standing, wall
from tests.meetings.test_races import give_back
from tests.support.client import Client
from tests.support.make import words

FILLED = {
    "title-nb": "Kveldsprat",
    "title-nn": "Kveldsprat",
    "intro-nb": "Kom som du er.",
    "intro-nn": "Kom som du er.",
    "date": "2026-11-26",
    "time": "18:00",
    "minutes": "90",
    "place": "Grendehuset",
    "capacity": "30",
}


def plan_of(meeting: Meeting, **changes: object) -> planning.Plan:
    values = {name: getattr(meeting, name) for name in planning.Plan.__dataclass_fields__}
    return planning.Plan(**{**values, **changes})


def test_an_organiser_plans_a_meeting_and_it_is_public(client, make, read):
    dialogue = make.dialogue()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, dialogue.id))
    page = client.get(f"/en/desk/dialogues/{dialogue.code}/meetings/new")
    day = (clock.today() + timedelta(days=20)).isoformat()
    answer = client.send(page, {**FILLED, "date": day})
    assert answer.status == 200
    assert answer.heading == "Kveldsprat"
    [meeting] = read(select(Meeting))
    assert meeting.deadline_local == datetime.combine(
        date.fromisoformat(day), datetime.min.time()
    ) - timedelta(hours=12)
    assert client.get(f"/nb/meetings/{meeting.code}").heading == "Kveldsprat"


def test_the_same_page_sent_twice_plans_one_meeting(client, make, read):
    dialogue = make.dialogue()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, dialogue.id))
    page = client.get(f"/en/desk/dialogues/{dialogue.code}/meetings/new")
    filled = {**FILLED, "date": (clock.today() + timedelta(days=20)).isoformat()}
    first, second = (client.send(page, filled) for _ in range(2))
    assert first.path == second.path
    assert len(read(select(Meeting.id))) == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"title-nb": ""}, "Title"),
        ({"title-nn": ""}, "Title"),
        ({"date": "2026-02-30"}, "Date"),
        ({"date": "9999-01-01"}, "Date"),
        ({"time": "25:00"}, "Time"),
        ({"minutes": "-5"}, "minutes"),
        ({"capacity": "0"}, "Seats"),
        ({"capacity": "1" * 30}, "Seats"),
        ({"place": "", "link": ""}, "Place"),
        ({"link": "javascript:alert(1)"}, "Link"),
        ({"link": "https://"}, "Link"),
        ({"place": "x" * 200}, "Place"),
        ({"deadline": "2999-01-01T10:00"}, "Last moment"),
        ({"deadline": "soon"}, "Last moment"),
    ],
)
def test_what_is_wrong_in_a_plan_is_told_at_its_field(client, make, read, wrong, where):
    dialogue = make.dialogue()
    client.sign_in(make.user())
    page = client.get(f"/en/desk/dialogues/{dialogue.code}/meetings/new")
    answer = client.send(page, {**FILLED, **wrong})
    assert answer.status == 422
    assert any(where in error for error in answer.errors)
    assert read(select(Meeting.id)) == []


def test_a_time_that_no_clock_shows_is_refused(make, session):
    meeting = make.meeting()
    actor = make.actor()
    with pytest.raises(Invalid):
        planning.change_meeting(
            session,
            actor,
            meeting,
            plan_of(meeting, starts_local=wall("2027-03-28 02:30"), deadline_local=wall("2027-03-27 00:00")),
            0,
        )


def test_minutes_are_real_ones_on_the_night_when_clocks_are_put_back(make):
    meeting = make.meeting(starts_local=wall("2026-10-25 01:00"), minutes=180)
    meeting.run_items.append(RunItem(position=1, minutes=120, activity=words("Walk")))
    meeting.run_items.append(RunItem(position=2, minutes=60, activity=words("Soup")))
    assert meeting.ends_at.astimezone(UTC) - meeting.starts_at.astimezone(UTC) == timedelta(hours=3)
    assert rules.ends_local(meeting) == wall("2026-10-25 03:00")
    assert [slot.begins.hour for slot in rules.timetable(meeting)] == [1, 2]


def test_the_deadline_is_what_the_clock_on_the_wall_shows(make):
    meeting = make.meeting(starts_local=wall("2027-03-28 18:00"), deadline_local=wall("2027-03-28 12:00"))
    assert rules.why_closed(meeting, datetime(2027, 3, 28, 9, 59, tzinfo=UTC)) is None
    assert rules.why_closed(meeting, datetime(2027, 3, 28, 10, 0, tzinfo=UTC)) is not None


def test_a_new_time_is_told_to_those_who_left_an_address(make, database, session, read):
    meeting = make.meeting()
    actor = make.actor()
    sign_up(database, meeting, "Kari", "kari@example.org")
    sign_up(database, meeting, "Ola")
    current = session.get_one(Meeting, meeting.id)
    later = current.starts_local + timedelta(days=1)
    told = planning.change_meeting(session, actor, current, plan_of(current, starts_local=later), 0)
    session.commit()
    assert told == 1
    assert read(select(OutboxMail.to).where(OutboxMail.once.like("meeting-changed-%"))) == [
        "kari@example.org"
    ]
    assert read(select(StatusChange.to_state)).count(MeetingNews.CHANGED.value) == 2


def test_another_title_is_told_to_nobody(make, database, session):
    meeting = make.meeting()
    actor = make.actor()
    sign_up(database, meeting, "Kari", "kari@example.org")
    current = session.get_one(Meeting, meeting.id)
    assert planning.change_meeting(session, actor, current, plan_of(current, title=words("Other")), 0) == 0


def test_more_seats_move_the_first_in_line_up_and_fewer_than_taken_are_refused(make, database, session, read):
    meeting = make.meeting(capacity=1)
    actor = make.actor()
    for name in ("Kari", "Ola", "Nils", "Anne"):
        sign_up(database, meeting, name, f"{name.lower()}@example.org")
    current = session.get_one(Meeting, meeting.id)
    planning.change_meeting(session, actor, current, plan_of(current, capacity=3), 0)
    session.commit()
    assert standing(database, meeting) == (
        3,
        [("Kari", "registered"), ("Ola", "registered"), ("Nils", "registered"), ("Anne", "waiting")],
    )
    moved = read(select(OutboxMail.to).where(OutboxMail.once.like("meeting-moved_up-%")))
    assert moved == ["ola@example.org", "nils@example.org"]
    with pytest.raises(Invalid) as refused:
        planning.change_meeting(session, actor, current, plan_of(current, capacity=2), 1)
    assert refused.value.field == "capacity"


def test_of_two_who_change_a_meeting_at_once_the_second_is_told(client, make, house):
    meeting = make.meeting()
    other = Client(house).sign_in(make.user())
    client.sign_in(make.user())
    mine = client.get(f"/en/desk/meetings/{meeting.code}/edit")
    theirs = other.get(f"/en/desk/meetings/{meeting.code}/edit")
    assert other.send(theirs, {"place": "Skolen"}).status == 200
    answer = client.send(mine, {"place": "Kirken"})
    assert answer.status == 422
    assert any("Somebody else has changed this meeting" in error for error in answer.errors)
    assert 'value="Kirken"' in answer.response.text


def test_a_cancelled_meeting_tells_everybody_and_takes_nobody(client, make, database, read):
    meeting = make.meeting(capacity=1)
    code = sign_up(database, meeting, "Kari", "kari@example.org")
    sign_up(database, meeting, "Ola", "ola@example.org")
    client.sign_in(make.user())
    asked = client.send(client.get(f"/en/desk/meetings/{meeting.code}"), action="/cancel")
    answer = asked if "2 people were told" in asked.text else client.send(asked)
    assert "2 people were told by mail." in answer.text
    told = read(select(OutboxMail.to).where(OutboxMail.once.like("meeting-cancelled-%")))
    assert sorted(told) == ["kari@example.org", "ola@example.org"]
    page = client.get(f"/en/meetings/{meeting.code}")
    assert "This meeting is cancelled." in page.text
    assert "Sign up" not in page.html.main.text
    assert "The meeting is cancelled" in client.get(f"/en/follow/{code}").text
    assert client.post(f"/en/meetings/{meeting.code}/sign-up", {"name": "Nils"}).status == 422


def test_who_withdraws_from_a_cancelled_meeting_moves_nobody_up(make, database, session, read):
    meeting = make.meeting(capacity=1)
    code = sign_up(database, meeting, "Kari")
    sign_up(database, meeting, "Ola", "ola@example.org")
    session.execute(update(Meeting).values(state=MeetingState.CANCELLED))
    session.commit()
    give_back(database, code)
    assert standing(database, meeting) == (0, [("", "cancelled"), ("Ola", "waiting")])


def test_the_run_sheet_is_added_to_changed_moved_and_removed(client, make, read):
    meeting = make.meeting()
    client.sign_in(make.user())
    start = f"/en/desk/meetings/{meeting.code}/run-sheet"
    assert "The run sheet is empty" in client.get(start).text
    for minutes, name in ((10, "Velkommen"), (40, "Prat"), (5, "Takk")):
        page = client.get(f"{start}/new")
        client.send(page, {"minutes": minutes, "activity-nb": name, "activity-nn": name})
    ids = read(select(RunItem.id).order_by(RunItem.position))
    client.send(client.get(start), {"to": "earlier"}, action=f"/{ids[2]}/move")
    assert read(select(RunItem.id).order_by(RunItem.position)) == [ids[0], ids[2], ids[1]]
    page = client.get(start)
    assert "18:10 5 min Takk" in page.text
    assert "18:15 40 min Prat" in page.text
    client.post(
        f"{start}/{ids[0]}/move", {"to": "earlier", "csrf_token": page.form("/move").find("input")["value"]}
    )
    assert read(select(RunItem.id).order_by(RunItem.position)) == [ids[0], ids[2], ids[1]]
    client.send(client.get(f"{start}/{ids[0]}"), {"minutes": 15})
    assert "18:20 40 Prat" in client.get(f"{start}/print").text
    asked = client.send(client.get(f"{start}/{ids[0]}"), action="/remove")
    if read(select(RunItem.id).where(RunItem.id == ids[0])):
        client.send(asked)
    assert read(select(RunItem.id).where(RunItem.id == ids[0])) == []
    assert "Prat" in client.get(f"/nb/meetings/{meeting.code}").text


def test_an_item_that_somebody_else_removed_is_not_found(make, session):
    meeting = make.meeting()
    actor = make.actor()
    current = session.get_one(Meeting, meeting.id)
    item = run_sheet.add_item(session, actor, current, ItemText(10, Translated(nb="Velkommen")))
    session.flush()
    run_sheet.remove_item(session, actor, current, item)
    session.commit()
    client_item = RunItem(
        id=item.id, meeting_id=meeting.id, position=1, minutes=10, activity=Translated(nb="x")
    )
    with pytest.raises(run_sheet.NotFound):
        run_sheet.change_item(session, actor, current, client_item, ItemText(20, Translated(nb="Ny")))


def test_the_report_is_published_with_the_public_page_and_told_once(client, make, database, read):
    meeting = make.meeting()
    code = sign_up(database, meeting, "Kari", "kari@example.org")
    with database.writing() as session:
        session.execute(update(Meeting).values(starts_local=local_now() - timedelta(days=1)))
    client.sign_in(make.user())
    for text in ("## Lys\n\nMange vil ha **lys**. <script>x</script>", "Bedre tekst"):
        page = client.get(f"/en/desk/meetings/{meeting.code}/report")
        assert client.send(page, {"report-nb": text, "report-nn": text}).status == 200
        assert (
            text.split()[-1].strip("</script>.*") in client.get(f"/nb/meetings/{meeting.code}").response.text
        )
    assert "<script>x" not in client.get(f"/nb/meetings/{meeting.code}").response.text
    assert read(select(OutboxMail.to).where(OutboxMail.once.like("meeting-report-%"))) == ["kari@example.org"]
    assert client.get(f"/en/follow/{code}").status == 200


def test_there_is_no_report_before_the_meeting(make, session):
    meeting = make.meeting()
    actor = make.actor()
    with pytest.raises(Closed):
        planning.publish_report(session, actor, session.get_one(Meeting, meeting.id), words("Early"))


def test_a_playbook_makes_a_meeting_with_run_sheet_and_groups(make, session, read):
    dialogue = make.dialogue()
    specification = {
        "title": words("Talk"),
        "intro": words("Come."),
        "minutes": 120,
        "capacity": 80,
        "groups": 3,
        "run_items": ({"minutes": 10, "activity": words("Welcome"), "purpose": words("Why")},),
    }
    room.playbook_parts["meeting"](session, dialogue, specification)
    session.commit()
    [meeting] = session.scalars(select(Meeting)).all()
    assert (len(meeting.groups), len(meeting.run_items)) == (3, 1)
    assert meeting.groups[1].name.get("nb")
    assert meeting.starts_local.weekday() < 5
    assert meeting.deadline_local < meeting.starts_local
