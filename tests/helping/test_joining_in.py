"""Residents join in with an action, and give the place back."""

import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st
from sqlalchemy import select

from dialogue.actions import operations as actions
from dialogue.actions.models import ActionState
from dialogue.base import clock
from dialogue.base.errors import Closed, DomainError
from dialogue.dialogues.models import Contribution, ContributionKind, Dialogue
from dialogue.followup.queries import asked
from dialogue.followup.queries_untold import untold
from dialogue.helping.models import HelpSlot, HelpTaker


def test_a_resident_joins_in_gets_a_code_and_gives_the_place_back(scene, client, subjects):
    slot = scene.slot()
    page = client.get(f"/en/help/{slot.code}")
    assert page.heading == "Walk along the beach (en)"
    assert "0 of 4 places taken" in page.text
    done = client.send(page, {"name": "Sprett", "email": "kari@helper.example"})
    assert "The place is yours." in done.text
    assert "1 of 4" in done.text
    assert subjects() == ["You have joined in: Walk along the beach (en)"]
    assert "1 of 4 places taken" in client.get(f"/en/help/{slot.code}").text

    ask = client.get(done.link("Give the place back"))
    assert "The place is free for somebody else at once." in ask.text
    back = client.send(ask)
    assert "You have given the place back." in back.text
    assert "0 of 4 places taken" in client.get(f"/en/help/{slot.code}").text
    assert scene.names(slot) == []


def test_only_the_number_of_those_who_join_in_is_public(scene, client):
    slot = scene.slot()
    scene.join(slot, "Sprett", "kari@helper.example")
    for path in (
        f"/en/help/{slot.code}",
        f"/en/dialogues/{scene.dialogue.code}/help",
        f"/en/dialogues/{scene.dialogue.code}",
        f"/en/actions/{scene.action.code}",
        f"/en/help/{slot.code}.ics",
    ):
        shown = client.get(path)
        assert shown.status == 200, path
        assert "Sprett" not in shown.response.text, path
        assert "helper.example" not in shown.response.text, path


def test_what_help_is_wanted_stands_on_the_dialogue_the_action_and_a_page_of_its_own(scene, client):
    slot = scene.slot()
    dialogue = client.get(f"/en/dialogues/{scene.dialogue.code}")
    assert "4 places are free" in dialogue.text
    listed = client.get(dialogue.link("Join in"))
    assert listed.link("Walk along the beach") == f"/en/help/{slot.code}"
    action = client.get(f"/en/actions/{scene.action.code}")
    assert action.link("Walk along the beach") == f"/en/help/{slot.code}"


def test_without_a_nickname_nothing_typed_is_lost(scene, client):
    slot = scene.slot()
    page = client.get(f"/en/help/{slot.code}")
    again = client.send(page, {"name": "", "email": "kari@helper.example"})
    assert again.status == 422
    assert again.html.find("input", attrs={"name": "email"})["value"] == "kari@helper.example"
    assert scene.now_of(slot).taken == 0


def test_a_phone_number_as_a_name_is_asked_about_first(scene, client):
    slot = scene.slot()
    page = client.get(f"/en/help/{slot.code}")
    again = client.send(page, {"name": "Kari 41 23 45 67"})
    assert again.status == 422
    assert scene.now_of(slot).taken == 0


def test_ones_own_name_may_be_a_whole_name(scene, client):
    slot = scene.slot()
    page = client.get(f"/en/help/{slot.code}")
    assert client.send(page, {"name": "Kari Solheim"}, follow=False).status == 302
    assert scene.now_of(slot).taken == 1


def test_a_double_click_takes_one_place(scene, client):
    slot = scene.slot()
    page = client.get(f"/en/help/{slot.code}")
    first = client.send(page, {"name": "Kari"}, follow=False)
    second = client.send(page, {"name": "Kari"}, follow=False)
    assert first.response.location == second.response.location
    assert scene.now_of(slot).taken == 1


def test_who_comes_too_late_for_the_last_place_keeps_what_was_typed(scene, client):
    slot = scene.slot(wanted=1)
    page = client.get(f"/en/help/{slot.code}")
    scene.join(slot, "Ola")
    late = client.send(page, {"name": "Kari", "email": "kari@helper.example"})
    assert late.status == 422
    assert "Others were first, and all places are taken now." in " ".join(late.errors)
    assert late.html.find("input", attrs={"name": "name"})["value"] == "Kari"
    assert scene.names(slot) == ["Ola"]
    # When another place is wanted, the same page can be sent again as it stands.
    scene.change(slot, scene.plan(wanted=2))
    assert "The place is yours." in client.send(late).text
    assert scene.names(slot) == ["Ola", "Kari"]


def test_a_full_slot_says_so_and_opens_again_when_a_place_is_given_back(scene, client):
    slot = scene.slot(wanted=1)
    code = scene.join(slot)
    full = client.get(f"/en/help/{slot.code}")
    assert "All places are taken" in full.text
    assert full.html.find("input", attrs={"name": "name"}) is None
    assert "places are free" not in client.get(f"/en/dialogues/{scene.dialogue.code}").text
    scene.give_back(code)
    assert client.get(f"/en/help/{slot.code}").html.find("input", attrs={"name": "name"}) is not None


def at_once(*acts):
    gate, errors = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            act()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_the_last_place_taken_by_two_at_once_is_taken_by_one(scene):
    for _round in range(5):
        slot = scene.slot(wanted=1)
        errors = at_once(
            lambda slot=slot: scene.join(slot, "Kari"), lambda slot=slot: scene.join(slot, "Ola")
        )
        assert [type(error) for error in errors] == [Closed]
        assert scene.now_of(slot).taken == 1
        assert len(scene.names(slot)) == 1


def test_places_given_back_while_others_join_in_and_the_slot_is_changed_never_block_each_other(scene):
    for _round in range(4):
        slot = scene.slot(wanted=3)
        codes = [scene.join(slot, f"P{each}") for each in range(3)]
        errors = at_once(
            *[lambda code=code: scene.give_back(code) for code in codes],
            lambda slot=slot: scene.join(slot, "New"),
            lambda slot=slot: scene.change(slot, scene.plan(minutes=60)),
        )
        assert all(isinstance(error, Closed) for error in errors), errors
        assert scene.now_of(slot).taken == len(scene.names(slot))


def test_a_place_given_back_by_two_clicks_at_once_is_given_back_once(scene):
    slot = scene.slot()
    scene.join(slot, "Stays")
    code = scene.join(slot, "Goes")
    errors = at_once(lambda: scene.give_back(code), lambda: scene.give_back(code))
    assert all(isinstance(error, Closed) for error in errors)
    assert scene.now_of(slot).taken == 1
    assert scene.names(slot) == ["Stays"]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.integers(0, 1)),
        st.tuples(st.just("back"), st.integers(0, 9)),
        st.tuples(st.just("wanted"), st.integers(1, 3)),
        st.tuples(st.just("cancel"), st.integers(0, 1)),
    ),
    max_size=12,
)


@given(steps=STEPS)
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_number_taken_is_always_that_of_those_who_have_a_place(scene, steps):
    slots = [scene.slot(wanted=2), scene.slot(wanted=1)]
    codes: list[str] = []
    for step, number in steps:
        try:
            if step == "join":
                codes.append(scene.join(slots[number]))
            elif step == "back" and codes:
                scene.give_back(codes[number % len(codes)])
            elif step == "wanted":
                scene.change(slots[0], scene.plan(wanted=number))
            elif step == "cancel":
                scene.cancel(slots[number])
        except DomainError:
            pass
        for slot in map(scene.now_of, slots):
            assert slot.taken == len(scene.names(slot)) <= slot.wanted


@pytest.mark.parametrize("end", ["cancelled", "begun", "stopped", "internal", "closed dialogue"])
def test_nobody_joins_in_with_what_is_not_wanted_any_more(scene, client, database, end):
    slot = scene.slot()
    page = client.get(f"/en/help/{slot.code}")
    if end == "cancelled":
        scene.cancel(slot)
    elif end == "begun":
        clock.move_to(timedelta(days=8))
        client.house.pages.clear()
    else:
        with database.writing() as session:
            current = session.get_one(HelpSlot, slot.id)
            if end == "stopped":
                current.action.state = ActionState.STOPPED
            elif end == "internal":
                current.action.is_internal = True
            else:
                current.action.dialogue.state = "closed"
            session.get_one(Dialogue, scene.dialogue.id).version += 1
    answer = client.send(page, {"name": "Kari"})
    assert answer.status == (404 if end == "internal" else 422)
    assert scene.now_of(slot).taken == 0
    assert "Walk along" not in client.get(f"/en/dialogues/{scene.dialogue.code}/help").text
    if end != "internal":
        shown = client.get(f"/en/help/{slot.code}")
        assert shown.html.find("input", attrs={"name": "name"}) is None


def test_help_counts_as_help_and_never_as_an_idea(scene, client, database):
    slot = scene.slot()
    with database.reading() as session:
        before = asked(session, scene.dialogue.id)
    done = client.send(client.get(f"/en/help/{slot.code}"), {"name": "Kari", "email": "kari@helper.example"})
    assert "Waits to be read" not in done.text
    with database.reading() as session:
        assert asked(session, scene.dialogue.id) == before
        kinds = set(session.scalars(select(Contribution.kind)))
    assert kinds == {ContributionKind.HELP}
    # Whoever helps is told by mails of their own, not by those about ideas.
    with database.reading() as session:
        assert untold(session) == []


def test_the_calendar_file_is_renewed_by_a_change(scene, client):
    slot = scene.slot()
    first = client.get(f"/en/help/{slot.code}.ics").response.text
    assert "SUMMARY;LANGUAGE=en:Walk along the beach (en)" in first
    assert "SEQUENCE:0" in first
    scene.change(slot, scene.plan(minutes=60))
    second = client.get(f"/en/help/{slot.code}.ics").response.text
    assert "SEQUENCE:1" in second
    assert f"UID:help-{slot.code}@localhost" in first
    assert f"UID:help-{slot.code}@localhost" in second


def test_the_list_is_paged_and_its_statements_do_not_grow(scene, client, counting):
    def statements() -> int:
        client.house.pages.clear()
        with counting() as seen:
            assert client.get(f"/en/dialogues/{scene.dialogue.code}/help").status == 200
        return len(seen)

    scene.slot()
    few = statements()
    scene.slot(weeks=26)
    assert statements() <= few
    assert "Page 1 of 2" in client.get(f"/en/dialogues/{scene.dialogue.code}/help").text


def test_somebody_elses_code_gives_back_nothing(scene, client, make):
    slot = scene.slot()
    scene.join(slot, "Kari")
    mine = scene.join(slot, "Ola")
    with scene.database.reading() as session:
        theirs = session.scalars(
            select(Contribution.code).join(HelpTaker).where(HelpTaker.name == "Kari")
        ).one()
    answer = client.post(f"/en/follow/{mine}/withdraw/{theirs}", {"confirmed": "yes"})
    assert answer.status == 404
    assert scene.names(slot) == ["Kari", "Ola"]


def test_owner_steps_do_not_disturb_slots(scene, client):
    """An action that is done goes on wanting help every week."""
    slot = scene.slot()
    scene.take(actions.start, scene.owning, scene.action)
    with scene.database.writing() as session:
        session.get_one(HelpSlot, slot.id).action.state = ActionState.DONE
        session.get_one(Dialogue, scene.dialogue.id).version += 1
    assert client.get(f"/en/help/{slot.code}").html.find("input", attrs={"name": "name"}) is not None
