"""Groups, sign-ups at the desk, and who may see what."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from dialogue.base.audit import AuditEntry
from dialogue.base.outbox import OutboxMail
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, DialogueState
from dialogue.meetings.models import Group, Meeting, Registration
from dialogue.meetings.room import desk_cards
from dialogue.people.models import UserGrant
from dialogue.people.queries import actor_of
from dialogue.residents.models import Contact
from dialogue.web.permissions import Role, ScopeKind
from tests.meetings.support import local_now, sign_up, standing
from tests.support.client import Client
from tests.support.make import words


@pytest.fixture
def planned(client, make):
    """A meeting and a browser signed in as its organiser."""
    meeting = make.meeting()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, meeting.dialogue_id))
    return meeting


def make_groups(client: Client, meeting: Meeting, number: int) -> None:
    answer = client.send(
        client.get(f"/en/desk/meetings/{meeting.code}/groups"), {"number": number}, action="/groups"
    )
    assert answer.status == 200, answer.errors


def give_facilitator(client: Client, group: Group, user_id: int):
    return client.send(client.get(f"/en/desk/groups/{group.code}/edit"), {"facilitator": user_id})


def test_people_are_distributed_evenly_and_late_ones_go_to_the_smallest_group(
    client, planned, database, read
):
    make_groups(client, planned, 3)
    for each in range(7):
        sign_up(database, planned, f"P{each}")
    page = f"/en/desk/meetings/{planned.code}/groups"
    assert "7 people were given a group." in client.send(client.get(page), action="/distribute").text
    sizes = select(func.count()).select_from(Registration).group_by(Registration.group_id)
    assert sorted(read(sizes)) == [2, 2, 3]
    sign_up(database, planned, "Late")
    assert "1 person was given a group." in client.send(client.get(page), action="/distribute").text
    assert sorted(read(sizes)) == [2, 3, 3]
    assert "Everybody has a group already." in client.send(client.get(page), action="/distribute").text
    assert "Late" in client.get(f"/en/desk/meetings/{planned.code}/groups/print").text


def test_a_group_with_notes_is_not_removed(client, planned, session, read):
    make_groups(client, planned, 2)
    session.execute(update(Group).where(Group.position == 2).values(summary="Lights"))
    session.commit()
    page = client.get(f"/en/desk/meetings/{planned.code}/groups")
    answer = client.send(page, {"number": 1}, action="/groups")
    assert answer.status == 422
    assert any("has notes" in error for error in answer.errors)
    assert read(select(func.count()).select_from(Group)) == [2]


def test_a_facilitator_sees_only_their_own_group(client, planned, make, house, database, read):
    make_groups(client, planned, 2)
    sign_up(database, planned, "Kari")
    client.send(client.get(f"/en/desk/meetings/{planned.code}/groups"), action="/distribute")
    first, second = read(select(Group).order_by(Group.position))
    leader = make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, planned.dialogue_id)
    assert give_facilitator(client, first, leader.id).status == 200
    facilitator = Client(house).sign_in(leader)
    page = facilitator.get(f"/en/desk/groups/{first.code}")
    assert page.heading == "Group 1"
    assert "Kari" in page.text
    assert facilitator.get(f"/en/desk/groups/{second.code}").status == 404
    assert facilitator.get(f"/en/desk/meetings/{planned.code}/run-sheet/print").status == 200
    for ending in ("", "/registrations", "/groups", "/edit", "/run-sheet", "/report"):
        assert facilitator.get(f"/en/desk/meetings/{planned.code}{ending}").status == 403
    assert facilitator.get(f"/en/desk/groups/{first.code}/edit").status == 403


def test_only_who_may_lead_groups_here_can_be_chosen(client, planned, make, read):
    make_groups(client, planned, 1)
    [group] = read(select(Group))
    other = make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, make.dialogue().id)
    assert give_facilitator(client, group, other.id).status == 422


def test_who_no_longer_may_facilitate_no_longer_sees_the_group(make, house, session):
    meeting = make.meeting()
    leader = make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, meeting.dialogue_id)
    session.add(
        Group(code="abcdefgh", meeting_id=meeting.id, position=1, name=words("G"), facilitator_id=leader.id)
    )
    session.commit()
    browser = Client(house).sign_in(leader)
    assert browser.get("/en/desk/groups/abcdefgh").status == 200
    session.execute(
        update(UserGrant).where(UserGrant.user_id == leader.id).values(scope_id=make.dialogue().id)
    )
    session.commit()
    assert browser.get("/en/desk/groups/abcdefgh").status == 404


def test_of_two_who_save_notes_at_once_the_second_sees_both_texts(client, planned, make, house, read):
    make_groups(client, planned, 1)
    [group] = read(select(Group))
    leader = make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, planned.dialogue_id)
    give_facilitator(client, group, leader.id)
    other = Client(house).sign_in(leader)
    address = f"/en/desk/groups/{group.code}"
    mine, theirs = client.get(address), other.get(address)
    assert other.send(theirs, {"summary": "More lights"}, action=address).status == 200
    answer = client.send(mine, {"summary": "A night bus"}, action=address)
    assert answer.status == 422
    assert "More lights" in answer.text
    assert answer.html.find("textarea", {"name": "summary"}).text.strip() == "A night bus"
    assert read(select(Group.summary)) == ["More lights"]
    assert client.send(answer, {"summary": "More lights\nA night bus"}, action=address).status == 200
    assert read(select(Group.summary)) == ["More lights\nA night bus"]


def test_the_organiser_of_another_dialogue_finds_nothing(client, planned, make, house, database, read):
    make_groups(client, planned, 1)
    [group] = read(select(Group))
    sign_up(database, planned, "Kari")
    [given] = read(select(Contribution.code))
    stranger = Client(house).sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id))
    desk = f"/en/desk/meetings/{planned.code}"
    for path in (
        desk,
        f"{desk}/edit",
        f"{desk}/registrations",
        f"{desk}/registrations/add",
        f"{desk}/groups",
        f"{desk}/groups/print",
        f"{desk}/run-sheet",
        f"{desk}/run-sheet/new",
        f"{desk}/run-sheet/print",
        f"{desk}/report",
        f"/en/desk/groups/{group.code}",
        f"/en/desk/groups/{group.code}/edit",
        f"/en/desk/dialogues/{planned.dialogue.code}/meetings/new",
    ):
        assert stranger.get(path).status == 404, path
    token = client.get(f"{desk}/groups").form("/groups").find("input", {"name": "csrf_token"})["value"]
    for path in (
        "cancel",
        "groups/distribute",
        f"registrations/{given}/cancel",
        f"registrations/{given}/attendance",
    ):
        # The stranger's own token, from a page of theirs.
        own = stranger.get("/en/desk").html.find("input", {"name": "csrf_token"})
        answer = stranger.post(
            f"{desk}/{path}", {"csrf_token": own["value"] if own else token, "status": "attended"}
        )
        assert answer.status in {403, 404}, path
    assert standing(database, planned) == (1, [("Kari", "registered")])


def test_a_leader_sees_the_meeting_but_not_who_comes(make, house):
    meeting = make.meeting()
    leader = Client(house).sign_in(make.user(Role.LEADER, ScopeKind.DIALOGUE, meeting.dialogue_id))
    page = leader.get(f"/en/desk/meetings/{meeting.code}")
    assert page.status == 200
    assert "Cancel the meeting" not in page.text
    assert leader.get(f"/en/desk/meetings/{meeting.code}/registrations").status == 403


def test_somebody_is_signed_up_by_hand_after_the_deadline_and_gets_a_code(client, planned, session, database):
    session.execute(update(Meeting).values(deadline_local=local_now() - timedelta(hours=1)))
    session.commit()
    page = client.get(f"/en/desk/meetings/{planned.code}/registrations/add")
    answer = client.send(page, {"name": "Walk-in"})
    assert "The follow code is" in answer.text
    assert standing(database, planned) == (1, [("Walk-in", "registered")])


def test_when_the_dialogue_has_ended_nobody_is_added_but_who_asks_is_taken_off(
    client, planned, session, database
):
    sign_up(database, planned, "Kari")
    people = f"/en/desk/meetings/{planned.code}/registrations"
    page = client.get(f"{people}/add")
    session.execute(update(Dialogue).values(state=DialogueState.CLOSED))
    session.commit()
    answer = client.send(page, {"name": "Walk-in"})
    assert answer.status == 422
    assert "This dialogue has ended, so nothing can be added." in answer.text
    assert standing(database, planned) == (1, [("Kari", "registered")])
    listed = client.get(people)
    assert "Sign somebody up" not in listed.text
    client.send(listed, {"confirmed": "yes"}, action="/cancel")
    assert standing(database, planned) == (0, [("", "cancelled")])


def test_the_desk_cancels_for_somebody_who_is_told_and_then_forgotten(client, planned, database, read):
    sign_up(database, planned, "Kari", "kari@example.org")
    page = client.get(f"/en/desk/meetings/{planned.code}/registrations")
    assert "kari@example.org" not in page.response.text
    asked = client.send(page, action="/cancel")
    if standing(database, planned)[0]:
        client.send(asked)
    assert standing(database, planned) == (0, [("", "cancelled")])
    assert read(select(OutboxMail.to).where(OutboxMail.once.like("meeting-taken_off-%"))) == [
        "kari@example.org"
    ]
    assert read(select(Contact.id)) == []
    assert read(select(Contribution.state)) == [ContributionState.WITHDRAWN]


def test_people_are_ticked_off_at_the_door_and_not_before(client, planned, session, database):
    sign_up(database, planned, "Kari")
    page = f"/en/desk/meetings/{planned.code}/registrations"
    assert "Was there" not in client.get(page).text
    session.execute(update(Meeting).values(starts_local=local_now() - timedelta(minutes=5)))
    session.commit()
    client.send(client.get(page), action="/attendance")
    assert standing(database, planned) == (1, [("Kari", "attended")])
    client.send(client.get(page), action="/attendance")
    assert standing(database, planned) == (1, [("Kari", "registered")])


def test_each_look_at_the_names_is_in_the_audit(client, planned, database, read):
    sign_up(database, planned, "Kari")
    client.get(f"/en/desk/meetings/{planned.code}/registrations")
    client.get(f"/en/desk/meetings/{planned.code}/groups/print")
    entries = read(select(AuditEntry.subject_kind).where(AuditEntry.subject_id == planned.id))
    assert {"registrations", "groups"} <= set(entries)


def test_the_desk_shows_coming_meetings_and_my_groups(client, planned, make, house, database, read):
    make_groups(client, planned, 1)
    [group] = read(select(Group))
    leader = make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, planned.dialogue_id)
    give_facilitator(client, group, leader.id)
    with house.test_request_context("/en/desk"), database.reading() as session:
        [groups] = desk_cards(session, actor_of(leader))
        assert (groups.key, groups.count) == ("groups", 1)
        organiser = make.actor(Role.ORGANISER, ScopeKind.DIALOGUE, planned.dialogue_id)
        [meetings] = desk_cards(session, organiser)
        assert (meetings.key, meetings.count) == ("meetings", 1)
        assert (
            desk_cards(session, make.actor(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id))[0].count
            == 0
        )


def test_a_facilitator_is_led_to_the_board_to_write_for_the_group(client, planned, make, house, read):
    make_groups(client, planned, 1)
    [group] = read(select(Group))
    board = make.board(planned.dialogue)
    leader = make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, planned.dialogue_id)
    give_facilitator(client, group, leader.id)
    facilitator = Client(house).sign_in(leader)
    address = facilitator.get(f"/en/desk/groups/{group.code}").link("Write ideas on")
    assert f"/boards/{board.code}/enter" in address
    page = facilitator.get(address)
    assert page.status == 200
    assert page.html.find(attrs={"name": "label"})["value"] in {"Gruppe 1", "Group 1"}
