"""A quick update in two taps, and the weekly round."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from dialogue.actions.models import Action, ActionState, Update
from dialogue.base import clock
from dialogue.dialogues.models import StatusChange
from dialogue.web.permissions import Role, ScopeKind
from tests.actions.work.conftest import LIST

ROUND = f"{LIST}/round"


def test_an_update_takes_two_taps(client, scene, add, read):
    action = add(scene, "Lights")
    client.sign_in(scene.partner)
    page = client.get(client.get(f"{LIST}?words=lights").link("Update it"))
    answers = [button.get_text() for button in page.html.main.select("button[name=how]")]
    assert answers == ["On track", "Delayed"]
    after = client.send(page, {"how": "on-track"})
    assert after.path == LIST
    assert after.html.find("input", attrs={"name": "words"})["value"] == "lights"
    (update,) = read(select(Update))
    assert update.text.as_dict() == {
        "nb": update.text.get("nb"),
        "nn": update.text.get("nn"),
        "en": "It goes as planned.",
    }
    assert update.is_public
    assert read(select(Action.next_update_on)) == [clock.today() + timedelta(weeks=4)]
    change = read(select(StatusChange).where(StatusChange.subject_id == action.id))[-1]
    assert change.public_text.get("en") == "It goes as planned."
    assert change.is_public is False  # Its owner has not said yes here, so the action is shown to nobody.


def test_a_word_goes_with_it_and_all_of_it_is_in_the_language_it_was_written_in(client, scene, add, read):
    action = add(scene, "Lights")
    client.sign_in(scene.partner)
    page = client.get(f"{LIST}/{action.code}/update")
    client.send(page, {"how": "delayed", "word": "Frost in the ground.", "is_internal": "y"})
    (update,) = read(select(Update))
    assert update.text.as_dict() == {
        "en": "It takes longer than planned. The work goes on. Frost in the ground."
    }
    assert update.is_public is False


def test_nobody_says_that_what_is_late_is_on_track(client, scene, add, read):
    action = add(scene, "Lights", -1)
    client.sign_in(scene.organiser)
    page = client.get(f"{LIST}/{action.code}/update")
    assert [button["value"] for button in page.html.main.select("button[name=how]")] == ["goes-on", "delayed"]
    assert client.send(page, {"how": "on-track"}).status == 422
    assert read(select(Update.id)) == []


def test_what_was_typed_is_kept_when_somebody_else_was_first(client, scene, add, read, database):
    action = add(scene, "Lights")
    client.sign_in(scene.partner)
    page = client.get(f"{LIST}/{action.code}/update")
    with database.writing() as session:
        session.get_one(Action, action.id).revision = 9
    again = client.send(page, {"how": "on-track", "word": "Nearly there."})
    assert again.status == 422
    assert "Somebody else changed this action" in again.text
    assert "Nearly there." in again.response.text
    assert client.send(again, {"how": "on-track"}).status == 200
    assert [update.text.get("en") for update in read(select(Update))] == ["It goes as planned. Nearly there."]


def test_the_same_update_sent_twice_is_told_once(client, scene, add, read):
    action = add(scene, "Lights")
    client.sign_in(scene.partner)
    page = client.get(f"{LIST}/{action.code}/update")
    for _tap in range(2):
        assert client.send(page, {"how": "on-track"}).status == 200
    assert len(read(select(Update.id))) == 1


@pytest.mark.parametrize("state", [ActionState.PROPOSED, ActionState.DONE, ActionState.DECLINED])
def test_what_is_not_at_work_has_no_quick_update(client, scene, add, state):
    action = add(scene, "Lights", state=state)
    client.sign_in(scene.organiser)
    assert client.get(f"{LIST}/{action.code}/update").html.main.select("button[name=how]") == []


def test_a_reader_updates_nothing(client, scene, add, make, read):
    action = add(scene, "Lights")
    client.sign_in(make.user(Role.LEADER, ScopeKind.DIALOGUE, scene.dialogue.id))
    page = client.get(f"{LIST}/{action.code}/update")
    assert page.html.main.select("button[name=how]") == []
    token = page.html.find("input", attrs={"name": "csrf_token"})["value"]
    values = {"csrf_token": token, "how": "on-track", "revision": "1"}
    for address in (f"{LIST}/{action.code}/update", f"{ROUND}/{action.code}"):
        assert client.post(address, values).status == 403
    assert read(select(Update.id)) == []


@time_machine.travel("2026-11-19T18:00:00+01:00", tick=False)
def test_a_round_goes_through_everything_open_and_ends_with_minutes(client, scene, add, read):
    add(scene, "Lights", -3)
    add(scene, "Benches", 5, state=ActionState.UNDER_WAY)
    add(scene, "Paint", 20)
    add(scene, "Over", 2, state=ActionState.DONE, ended_on=clock.today() - timedelta(1))
    organiser = scene.make.user(Role.ORGANISER)
    client.sign_in(organiser)
    start = client.get(client.get(f"{LIST}?whose=all").link("Go through them one by one"))
    page = client.get(start.link("Begin"))
    assert page.heading == "Lights (en)"
    assert "1 of 3" in page.text
    page = client.send(page, {"how": "goes-on", "word": "Poles are ordered."})
    assert page.heading == "Benches (en)"
    assert "2 of 3" in page.text
    assert client.get(page.link("Previous")).heading == "Lights (en)"
    page = client.send(
        page, {"finish-state": "done", "finish-outcome": "Four benches stand."}, action="step=finish"
    )
    assert page.heading == "Paint (en)"
    assert "3 of 3" in page.text
    minutes = client.get(page.link("End the round"))
    assert minutes.heading == "Told today"
    assert "November 19, 2026" in minutes.text or "19 November 2026" in minutes.text
    for told in (
        "The work goes on. Poles are ordered.",
        "Four benches stand.",
        "Lights (en)",
        "Benches (en)",
    ):
        assert told in minutes.text
    assert "Paint (en)" not in minutes.text
    with time_machine.travel("2026-11-20T08:00:00+01:00", tick=False):
        client.sign_in(organiser)
        assert "Nothing has been told today" in client.get(minutes.path).text


def test_skipping_changes_nothing_and_the_choice_goes_along(client, scene, add, read):
    for number in range(3):
        add(scene, f"Late {number}", -9 + number)
    add(scene, "Paint", 20)
    client.sign_in(scene.organiser)
    page = client.get(client.get(f"{ROUND}?late=yes").link("Begin"))
    seen = [page.heading]
    while following := page.html.find("a", rel="next"):
        assert "Skip" in following.get_text()
        page = client.get(following["href"])
        seen.append(page.heading)
    assert seen == [f"Late {number} (en)" for number in range(3)]
    assert "3 of 3" in page.text
    assert read(select(Update.id)) == []


def test_a_round_begins_with_a_kept_filter_or_a_dialogue(client, scene, add, make):
    add(scene, "Lights", -3)
    add(scene, "Paint", 20)
    user = make.user(Role.ADMINISTRATOR)
    add(scene, "Elsewhere", 1, dialogue_id=make.dialogue().id)
    client.sign_in(user)
    client.send(client.get(f"{LIST}?words=paint"), {"name": "Paint"}, action="filters/new")
    start = client.get(client.get(ROUND).link("Paint"))
    assert client.get(start.link("Begin")).heading == "Paint (en)"
    start = client.get(f"{ROUND}?dialogue={scene.dialogue.code}")
    page = client.get(start.link("Begin"))
    assert "1 of 2" in page.text


def test_a_form_of_the_round_that_is_wrong_is_shown_again(client, scene, add, read):
    action = add(scene, "Lights")
    client.sign_in(scene.partner)
    page = client.get(f"{ROUND}/{action.code}")
    wrong = client.send(page, {"finish-outcome": "Done and dusted."}, action="step=finish")
    assert wrong.status == 422
    assert "Done and dusted." in wrong.response.text
    assert wrong.html.title.get_text().startswith("Error")
    assert client.send(page, {"how": "x", "word": "A word."}).status == 422
    assert read(select(Action.state)) == [ActionState.ACCEPTED]


def test_an_owner_does_not_read_in_the_minutes_what_was_said_before_it_was_asked(
    client, scene, add, database, read
):
    action = add(scene, "Lights")
    with database.writing() as session:
        session.add(
            StatusChange(
                dialogue_id=scene.dialogue.id,
                subject_kind="action",
                subject_id=action.id,
                to_state="declined",
                at=clock.now(),
                is_public=False,
                internal_note="Said among others.",
            )
        )
        session.get_one(Action, action.id).owner_since = clock.now()
    client.sign_in(scene.partner)
    for path in (f"{ROUND}/end", f"{ROUND}/{action.code}"):
        assert "Said among others." not in client.get(path).text
    client.sign_in(scene.organiser)
    assert "Said among others." in client.get(f"{ROUND}/end").text
