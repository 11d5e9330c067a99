"""Owners and organisers ask for help, change it and cancel it, at the desk or by the link in the mail."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from dialogue.actions import links
from dialogue.actions.models import Action
from dialogue.base import clock, signed_links
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import Closed, Invalid, NotAllowed
from dialogue.base.tokens import new_token
from dialogue.dialogues.models import StatusChange
from dialogue.helping import planning, queries
from dialogue.helping.models import HelpSlot, HelpTaker
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client


@pytest.fixture
def desk(house, scene):
    return Client(house).sign_in(scene.partner)


def filled(**values):
    return {
        "what-nb": "Gå langs stranda",
        "what-nn": "Gå langs stranda",
        "what-en": "Walk along the beach",
        "place-nb": "Ved kiosken",
        "place-nn": "Ved kiosken",
        "place-en": "By the kiosk",
        "date": (clock.today() + timedelta(9)).isoformat(),
        "time": "20:00",
        "minutes": "120",
        "wanted": "4",
        **values,
    }


def slots(read):
    return read(select(HelpSlot).order_by(HelpSlot.starts_local))


def test_an_owner_asks_for_help_every_week_from_the_actions_page(desk, scene, read):
    page = desk.get(f"/en/desk/actions/{scene.action.code}")
    assert "Can residents or volunteers lend a hand?" in page.text
    listed = desk.get(page.link("Ask for help"))
    assert listed.heading == "Join in"
    form = desk.get(listed.link("Ask for help"))
    done = desk.send(form, filled(weeks="3"))
    assert done.heading == "Join in"
    assert "Help is asked for 3 times." in done.text
    made = slots(read)
    assert [slot.starts_local - made[0].starts_local for slot in made] == [
        timedelta(weeks=week) for week in range(3)
    ]
    assert "0 of 12 places are taken." in desk.get(f"/en/desk/actions/{scene.action.code}").text
    changes = read(select(StatusChange.to_state).where(StatusChange.subject_kind == "help_slot"))
    assert changes == ["asked"] * 3


def test_the_same_page_sent_twice_asks_once(desk, scene, read):
    form = desk.get(f"/en/desk/actions/{scene.action.code}/help/new")
    desk.send(form, filled())
    desk.send(form, filled())
    assert len(slots(read)) == 1


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(desk, scene, read):
    form = desk.get(f"/en/desk/actions/{scene.action.code}/help/new")
    for wrong in (
        {"date": (clock.today() - timedelta(1)).isoformat()},
        {"wanted": "0"},
        {"minutes": ""},
        {"what-nn": ""},
        {"weeks": "99"},
    ):
        answer = desk.send(form, filled(**wrong))
        assert answer.status == 422, wrong
        assert answer.errors
        assert answer.html.find("input", attrs={"name": "place-en"})["value"] == "By the kiosk"
    assert slots(read) == []


def test_a_time_that_no_clock_shows_is_refused_in_whichever_week(scene):
    # Clocks are put forward on the last Sunday of March.
    year = clock.today().year + 1
    spring = next(day for each in range(31, 24, -1) if (day := date(year, 3, each)).weekday() == 6)
    before = datetime.combine(spring - timedelta(weeks=2), time(2, 30))
    with scene.database.writing() as session:
        action = session.get_one(Action, scene.action.id)
        with pytest.raises(Invalid):
            planning.ask(session, scene.owning, action, scene.plan(starts_local=before), 3, new_token())


def test_the_organiser_of_the_dialogue_asks_too_and_others_do_not(house, scene, make, read):
    organiser = Client(house).sign_in(scene.organiser)
    organiser.send(organiser.get(f"/en/desk/actions/{scene.action.code}/help/new"), filled())
    slot = slots(read)[0]
    other = Client(house).sign_in(scene.partner_of(scene.new_owner()))
    leader = Client(house).sign_in(make.user(Role.LEADER, ScopeKind.DIALOGUE, scene.dialogue.id))
    for stranger in (other, leader):
        for path in (
            f"/en/desk/actions/{scene.action.code}/help",
            f"/en/desk/actions/{scene.action.code}/help/new",
            f"/en/desk/help/{slot.code}/edit",
            f"/en/desk/help/{slot.code}/people",
        ):
            assert stranger.get(path).status in {403, 404}, path
        assert stranger.post(f"/en/desk/help/{slot.code}/cancel").status in {403, 404}
    assert slots(read)[0].cancelled_at is None


def test_help_is_asked_for_only_when_the_owner_has_said_yes(scene, make):
    asked = scene.proposed()
    stranger = make.actor(Role.PARTNER, ScopeKind.ORGANISATION, scene.new_owner().id)
    with scene.database.writing() as session:
        action = session.get_one(Action, asked.id)
        with pytest.raises(Closed):
            planning.ask(session, scene.owning, action, scene.plan(), 1, new_token())
        with pytest.raises(NotAllowed):
            planning.ask(session, stranger, action, scene.plan(), 1, new_token())


def test_those_who_joined_in_are_told_of_a_new_time_and_not_of_more_places(scene, client, subjects):
    slot = scene.slot()
    code = scene.join(slot, "Kari", "kari@helper.example")
    scene.join(slot, "Ola")
    subjects()
    assert scene.change(slot, scene.plan(wanted=6)) == 0
    assert subjects() == []
    later = scene.plan(wanted=6, starts_local=slot.starts_local + timedelta(hours=1))
    assert scene.change(slot, later) == 1
    assert subjects() == ["Changed: Walk along the beach (en)"]
    assert "The help has a new time or place" in client.get(f"/en/follow/{code}").text


def test_a_cancelled_slot_is_told_and_stays_on_its_page(desk, scene, client, subjects):
    slot = scene.slot()
    code = scene.join(slot, "Kari", "kari@helper.example")
    subjects()
    listed = desk.get(f"/en/desk/actions/{scene.action.code}/help")
    done = desk.send(listed, action="/cancel")
    assert "1 person was told by mail." in done.text
    assert subjects() == ["Cancelled: Walk along the beach (en)"]
    assert "This is cancelled." in client.get(f"/en/help/{slot.code}").text
    follow = client.get(f"/en/follow/{code}")
    assert "It is cancelled. You need not come." in follow.text
    assert "Walk along" not in client.get(f"/en/actions/{scene.action.code}").text
    with pytest.raises(Closed):
        scene.change(slot, scene.plan(minutes=30))


def test_there_cannot_be_fewer_places_than_those_who_have_joined_in(scene):
    slot = scene.slot()
    for name in ("Kari", "Ola"):
        scene.join(slot, name)
    with pytest.raises(Invalid, match="There cannot be fewer places"):
        scene.change(slot, scene.plan(wanted=1))
    scene.change(slot, scene.plan(wanted=2))


def test_of_two_who_change_it_at_once_the_second_sees_what_the_first_did(house, scene):
    slot = scene.slot()
    one, two = Client(house).sign_in(scene.partner), Client(house).sign_in(scene.organiser)
    first, second = (each.get(f"/en/desk/help/{slot.code}/edit") for each in (one, two))
    one.send(first, {"minutes": "60"})
    answer = two.send(second, {"minutes": "90"})
    assert answer.status == 422
    assert "Somebody else has changed this" in " ".join(answer.errors)
    assert scene.now_of(slot).minutes == 60


def test_who_joined_in_is_seen_at_the_desk_and_each_look_is_noted(desk, scene, read):
    slot = scene.slot()
    scene.join(slot, "Sprett", "kari@helper.example")
    page = desk.get(f"/en/desk/help/{slot.code}/people")
    assert "Sprett" in page.text
    assert "helper.example" not in page.response.text
    looks = read(select(AuditEntry).where(AuditEntry.subject_kind == "help"))
    assert [(look.verb, look.actor_id, look.subject_id) for look in looks] == [
        ("read", scene.partner.id, slot.id)
    ]


def test_a_place_is_freed_on_somebodys_behalf_and_they_are_told(desk, scene, client, subjects, read):
    slot = scene.slot()
    code = scene.join(slot, "Tulling", "kari@helper.example")
    subjects()
    page = desk.get(f"/en/desk/help/{slot.code}/people")
    done = desk.send(page, action="/take-off")
    assert "The place is free again" in done.text
    assert subjects() == ["You are taken off the list: Walk along the beach (en)"]
    assert scene.now_of(slot).taken == 0
    assert read(select(HelpTaker.name)) == [""]
    assert "The one who asked for help has taken you off the list." in client.get(f"/en/follow/{code}").text
    # A second click frees nothing more.
    desk.send(page, action="/take-off")
    assert scene.now_of(slot).taken == 0


def test_an_owner_without_an_account_does_all_of_it_by_the_link(client, scene, read, subjects):
    with scene.database.reading() as session:
        action = session.get_one(Action, scene.action.id)
        token = links.token_of_action(action)
    page = client.get(f"/en/actions/by-link/{token}")
    listed = client.get(page.link("Ask for help"))
    done = client.send(client.get(listed.link("Ask for help")), filled(weeks="2"))
    assert "Help is asked for." in done.text
    slot = slots(read)[0]
    scene.join(slot, "Sprett", "kari@helper.example")
    subjects()
    listed = client.get(f"/en/actions/by-link/{token}/help")
    people = client.get(listed.link("1 of 4"))
    assert "Sprett" in people.text
    assert read(select(AuditEntry.verb).where(AuditEntry.subject_kind == "help")) == ["read by link"]
    client.send(people, action="/take-off")
    assert scene.now_of(slot).taken == 0
    changed = client.send(client.get(f"/en/actions/by-link/{token}/help/{slot.code}/edit"), {"minutes": "45"})
    assert "It is saved." in changed.text
    assert scene.now_of(slot).minutes == 45
    assert "It is cancelled." in client.send(changed, action=f"{slot.code}/cancel").text
    assert scene.now_of(slot).cancelled_at is not None


def test_a_link_opens_the_help_of_its_own_action_only(client, scene, read):
    other = scene.accepted()
    slot = scene.slot()
    with scene.database.reading() as session:
        token = links.token_of_action(session.get_one(Action, other.id))
    base = f"/en/actions/by-link/{token}/help/{slot.code}"
    assert client.get(f"{base}/people").status == 404
    assert client.get(f"{base}/edit").status == 404
    assert client.post(f"{base}/cancel").status == 404
    assert scene.now_of(slot).cancelled_at is None


def test_an_old_link_leads_to_where_a_new_one_is_sent(client, scene):
    with scene.database.reading() as session:
        token = links.token_of_action(session.get_one(Action, scene.action.id))
    clock.move_to(signed_links.VALID_FOR + timedelta(days=1))
    answer = client.get(f"/en/actions/by-link/{token}/help")
    assert answer.status == 410
    assert client.post(f"/en/actions/by-link/{token}/help/new", filled(), follow=False).status == 302


def test_who_asked_for_help_sees_the_next_time_first_and_then_the_latest_that_was(scene, database):
    first = clock.today() + timedelta(2)
    made = [scene.slot(first + timedelta(day)) for day in (3, 0, 6, 9)]
    with (
        clock.standing_at(clock.in_norway(datetime.combine(first + timedelta(4), time(9)))),
        database.reading() as session,
    ):
        action = session.get_one(Action, scene.action.id)
        shown = [slot.id for slot in queries.of_action(session, action, 1).slots]
    assert shown == [made[place].id for place in (2, 3, 0, 1)]
