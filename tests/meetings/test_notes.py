"""What a group says, in short notes."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import Closed, Invalid, NotFound
from dialogue.dialogues.models import Channel, Contribution, ContributionKind, ContributionState
from dialogue.meetings import grouping, notes
from dialogue.meetings.models import Group, GroupNote, Meeting
from dialogue.meetings.notes import Said
from dialogue.people.queries import actor_of
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client
from tests.support.make import words


@pytest.fixture
def meeting(make):
    return make.meeting()


@pytest.fixture
def leader(make, meeting):
    return make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, meeting.dialogue_id)


@pytest.fixture
def group(database, meeting, leader):
    with database.writing() as session:
        made = Group(position=1, name=words("Group 4"), facilitator_id=leader.id)
        held = session.get_one(Meeting, meeting.id)
        held.groups.append(made)
        session.flush()
        return made


@pytest.fixture
def page(client, group, leader):
    """The facilitator's own page."""
    return client.sign_in(leader).get(f"/en/desk/groups/{group.code}")


def organiser(client, make, meeting) -> Client:
    return Client(client.house).sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, meeting.dialogue_id))


def said(read) -> list[str]:
    return read(select(GroupNote.text).order_by(GroupNote.contribution_id))


def test_each_line_becomes_a_note_that_is_public_under_the_groups_name(client, page, group, read):
    page = client.send(page, {"notes": "More lights\n\n  A night bus  \n"}, action="/notes")
    assert said(read) == ["More lights", "A night bus"]
    for one in read(select(Contribution)):
        assert (one.kind, one.channel) == (ContributionKind.NOTE, Channel.MEETING)
        assert (one.state, one.label) == (ContributionState.PUBLISHED, "Group 4 (nb)")
        assert one.follow_code_id is None
    assert "More lights" in page.text
    assert page.html.select_one("[name=notes]").text.strip() == ""
    assert read(select(AuditEntry.verb)).count("write") == 2


def test_a_page_sent_twice_is_kept_once(client, page, read):
    for _ in range(2):
        client.send(page, {"notes": "More lights"}, action="/notes")
    assert said(read) == ["More lights"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "Write at least one thing"),
        ("x" * 401, "at most 400 characters"),
        ("\n".join(map(str, range(31))), "at most 30 lines"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, page, read, text, error):
    page = client.send(page, {"notes": text}, action="/notes")
    assert page.status == 422
    assert any(error in line for line in page.errors)
    assert page.html.select_one("[name=notes]").text.strip() == text
    assert said(read) == []


def test_a_facilitator_writes_it_without_what_the_guard_finds(client, page, read):
    values = {"notes": "Ring Kari på 912 34 567", "send_anyway": "y"}
    page = client.send(page, values, action="/notes")
    assert page.status == 422
    assert "912 34 567" in page.text
    assert page.html.select_one("main [name=send_anyway]") is None
    assert said(read) == []


def test_no_box_lets_a_facilitator_publish_what_the_guard_finds(make, meeting, group, leader, database):
    held = Said(["Bilen AB 12345"], "nb", looked_at=True)
    for insists in (held, Said(held.lines, "nb")):
        who = actor_of(leader) if insists.looked_at else make.actor()
        with pytest.raises(Invalid), database.writing() as session:
            notes.write_notes(session, who, session.get_one(Group, group.id), insists, "key")


def test_whoever_may_publish_is_asked_and_may_stand_by_it(client, make, meeting, group, read):
    desk = organiser(client, make, meeting)
    page = desk.get(f"/en/desk/groups/{group.code}")
    page = desk.send(page, {"notes": "Bilen AB 12345"}, action="/notes")
    assert page.status == 422
    assert said(read) == []
    desk.send(page, {"send_anyway": "y"}, action="/notes")
    assert said(read) == ["Bilen AB 12345"]


def test_another_groups_facilitator_finds_nothing(client, make, meeting, group, page):
    client.send(page, {"notes": "More lights"}, action="/notes")
    code = client.get(f"/en/desk/groups/{group.code}").link("Change").rsplit("/", 1)[-1]
    other = make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, meeting.dialogue_id)
    stranger = Client(client.house).sign_in(other)
    assert stranger.get(f"/en/desk/notes/{code}").status == 404
    actor = make.actor(Role.FACILITATOR, ScopeKind.DIALOGUE, meeting.dialogue_id)
    with pytest.raises(NotFound), client.house.database.writing() as session:
        notes.write_notes(session, actor, session.get_one(Group, group.id), Said(["x"], "nb"), "k")


def test_a_note_is_worded_anew_and_of_two_who_do_it_at_once_the_second_sees_both(
    client, make, meeting, group, page, read
):
    client.send(page, {"notes": "More lights"}, action="/notes")
    address = client.get(f"/en/desk/groups/{group.code}").link("Change")
    desk = organiser(client, make, meeting)
    mine, theirs = client.get(address), desk.get(address)
    assert desk.send(theirs, {"notes": "More lights by the path"}).status == 200
    answer = client.send(mine, {"notes": "Brighter lights"})
    assert answer.status == 422
    assert "More lights by the path" in answer.text
    assert answer.html.select_one("[name=notes]")["value"] == "Brighter lights"
    assert said(read) == ["More lights by the path"]
    client.send(answer, {})
    assert said(read) == ["Brighter lights"]


def test_when_the_report_is_published_notes_stand_but_can_be_taken_back(client, group, page, read, database):
    client.send(page, {"notes": "More lights\nKari is loud"}, action="/notes")
    with database.writing() as session:
        session.execute(update(Meeting).values(report_at=clock.now()))
    late = client.send(page, {"notes": "Too late"}, action="/notes")
    assert late.status == 422
    assert "its notes stand as they are" in late.text
    page = client.get(f"/en/desk/groups/{group.code}")
    assert page.html.select_one("[name=notes]") is None
    client.send(page, action="/take-back")
    assert said(read) == ["", "Kari is loud"]


def test_a_note_taken_back_is_blanked_and_its_anchor_stays(client, group, page, read):
    client.send(page, {"notes": "More lights"}, action="/notes")
    page = client.get(f"/en/desk/groups/{group.code}")
    for _ in range(2):
        client.send(page, action="/take-back")
    assert said(read) == [""]
    assert read(select(Contribution.state)) == [ContributionState.WITHDRAWN]
    assert "More lights" not in client.get(f"/en/desk/groups/{group.code}").text


def test_a_note_that_was_taken_back_is_not_changed(client, group, page, make, read, database):
    client.send(page, {"notes": "More lights"}, action="/notes")
    actor = make.actor()
    with database.writing() as session:
        note = session.scalars(select(GroupNote)).one()
        notes.take_back(session, actor, note)
        session.flush()
        with pytest.raises(Closed):
            notes.change_note(session, actor, note, Said(["Back again"], "nb"), 0)


def test_a_group_with_notes_is_not_removed_before_they_are_taken_back(client, group, page, make, database):
    client.send(page, {"notes": "More lights"}, action="/notes")
    actor = make.actor()
    with pytest.raises(Closed), database.writing() as session:
        grouping.make_groups(session, actor, session.get_one(Group, group.id).meeting, 0)
    client.send(client.get(f"/en/desk/groups/{group.code}"), action="/take-back")
    with database.writing() as session:
        grouping.make_groups(session, actor, session.get_one(Group, group.id).meeting, 0)
        assert session.scalars(select(GroupNote.group_id)).all() == [None]


def test_the_notes_stand_before_whoever_writes_the_report(client, make, meeting, page, database):
    client.send(page, {"notes": "More lights"}, action="/notes")
    with database.writing() as session:
        begun = clock.local(clock.now()).replace(tzinfo=None) - timedelta(hours=3)
        session.execute(update(Meeting).values(starts_local=begun))
    desk = organiser(client, make, meeting)
    assert "More lights" in desk.get(f"/en/desk/meetings/{meeting.code}/report").text
