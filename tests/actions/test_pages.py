"""The pages of actions at the desk, as owner and organiser use them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogue.actions import desk, operations
from dialogue.actions.models import Action, ActionState, Update
from dialogue.base import clock
from dialogue.base.i18n import Translated, speaking
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words


def at(action):
    return f"/en/desk/actions/{action.code}"


def test_an_owner_says_yes_on_the_page(client, scene):
    action = scene.proposed()
    client.sign_in(scene.partner)
    page = client.get(at(action))
    assert page.heading == "Lights by the path (en)"
    for expected in ("Can you do this by", "Many asked for it. (en)", scene.organiser.name):
        assert expected in page.text
    after = client.send(page, action="step=accept")
    assert "Your yes is noted" in after.text
    assert scene.now(action).state is ActionState.ACCEPTED


def test_the_page_offers_exactly_what_can_be_done_now(client, scene):
    action = scene.accepted()
    client.sign_in(scene.partner)
    page = client.get(at(action))
    steps = [form["action"].split("step=")[1] for form in page.html.main.find_all("form")]
    assert sorted(steps) == [
        "as-planned", "finish", "hand-over", "offer", "report", "snooze", "start", "suggest-date"
    ]  # fmt: skip
    client.sign_in(scene.organiser)
    page = client.get(at(action))
    steps = [form["action"].split("step=")[1] for form in page.html.main.find_all("form")]
    assert sorted(steps) == ["report", "show", "snooze"]


def test_a_whole_run_from_question_to_outcome(client, scene):
    client.sign_in(scene.organiser)
    page = client.get(f"/en/desk/dialogues/{scene.dialogue.code}/actions/propose")
    values = {f"title-{code}": "Benches" for code in ("nb", "nn", "en")}
    values |= {f"why-{code}": "To rest." for code in ("nb", "nn", "en")}
    day = clock.today() + timedelta(20)
    page = client.send(page, values | {"owner": scene.owner.id, "due_on": day.isoformat()})
    assert "is asked" in page.text
    address = page.path
    client.sign_in(scene.partner)
    later = day + timedelta(10)
    page = client.send(
        client.get(address),
        {"suggest-date-new_date": later.isoformat(), "suggest-date-reply": "Snow."},
        action="step=suggest-date",
    )
    assert "You suggested" in page.text
    client.sign_in(scene.organiser)
    page = client.get(address)
    assert "Snow." in page.text
    page = client.send(page, action="step=accept-date")
    client.sign_in(scene.partner)
    page = client.send(client.get(address), action="step=start")
    page = client.send(page, {"report-text": "Two are up."}, action="step=report")
    assert "Two are up." in page.text
    page = client.send(
        page, {"finish-state": "done", "finish-outcome": "Four benches stand."}, action="step=finish"
    )
    assert "Four benches stand." in page.text
    assert "Done" in page.text


def test_somebody_elses_action_is_not_there(client, scene):
    action = scene.accepted()
    stranger = scene.partner_of(scene.new_owner())
    client.sign_in(stranger)
    assert client.get(at(action)).status == 404
    token = client.get("/en/desk/actions").html.find("input", attrs={"name": "csrf_token"})["value"]
    sent = client.post(
        at(action) + "?step=report",
        {"csrf_token": token, "report-revision": "2", "report-text": "x", "report-audience": "everybody"},
    )
    assert sent.status == 404
    assert scene.now(action).revision == 2


def test_a_partner_sees_only_their_own_in_the_list(client, scene):
    scene.accepted(title=words("Ours"))
    other = scene.new_owner()
    scene.proposed(title=words("Theirs"), owner_id=other.id)
    client.sign_in(scene.partner)
    page = client.get("/en/desk/actions?whose=all")
    assert "Ours" in page.text
    assert "Theirs" not in page.text
    assert client.get(f"/en/desk/dialogues/{scene.dialogue.code}/actions").status == 403


def test_an_organiser_sees_the_actions_of_their_dialogues_only(client, scene, make):
    scene.proposed(title=words("Ours"))
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id))
    assert "Ours" not in client.get("/en/desk/actions").text
    assert client.get(f"/en/desk/dialogues/{scene.dialogue.code}/actions").status == 404
    client.sign_in(scene.organiser)
    assert "Ours" in client.get("/en/desk/actions").text
    assert "Ours" in client.get(f"/en/desk/dialogues/{scene.dialogue.code}/actions").text


def test_a_leader_of_a_dialogue_reads_its_actions_and_changes_none(client, scene, make):
    action = scene.proposed(title=words("Ours"))
    client.sign_in(make.user(Role.LEADER, ScopeKind.DIALOGUE, scene.dialogue.id))
    assert "Ours" in client.get("/en/desk/actions").text
    page = client.get(at(action))
    assert page.status == 200
    assert page.html.main.find_all("form") == []


def test_a_facilitator_and_a_visitor_do_not_get_in(client, scene, make):
    action = scene.proposed()
    assert "/sign-in" in client.get(at(action)).path
    client.sign_in(make.user(Role.FACILITATOR))
    assert client.get(at(action)).status == 403
    assert client.get("/en/desk/actions").status == 403


def test_the_piles_say_what_is_to_do(client, scene):
    late = scene.accepted(title=words("Late one"))
    with scene.make.session() as session:
        session.get_one(Action, late.id).due_on = clock.today() - timedelta(3)
        session.commit()
    scene.proposed(title=words("Asked one"))
    waiting = scene.proposed(title=words("Waiting one"))
    scene.take(operations.suggest_date, scene.owning, waiting, clock.today() + timedelta(90), "")
    ended = scene.accepted(title=words("Ended one"))
    scene.take(operations.finish, scene.owning, ended, ActionState.STOPPED, Translated(en="No ground."))
    client.sign_in(scene.partner)
    page = client.get("/en/desk/actions").html.main
    # What one can choose among names the piles too.
    for form in page.find_all("form"):
        form.decompose()
    text = " ".join(page.get_text(" ").split())
    order = [
        "To answer",
        "Asked one",
        "Late (1)",
        "Late one",
        "Waiting for others",
        "Waiting one",
        "Ended",
        "Ended one",
    ]
    places = [text.index(words_) for words_ in order]
    assert places == sorted(places)


def test_the_second_of_two_is_told_and_loses_nothing(client, scene):
    action = scene.proposed()
    client.sign_in(scene.partner)
    page = client.get(at(action))
    scene.take(operations.accept, scene.owning, action)
    answer = client.send(page, {"decline-reply": "We have no money."}, action="step=decline")
    assert answer.status == 422
    assert "Somebody else changed this action" in answer.errors[0]
    assert "We have no money." in answer.text
    assert "has said yes" in answer.text
    assert scene.now(action).state is ActionState.ACCEPTED


def test_whoever_was_told_can_send_the_same_again(client, scene, read):
    action = scene.accepted()
    client.sign_in(scene.partner)
    page = client.get(at(action))
    scene.take(operations.report, scene.organising, action, Translated(en="We called them."), False)
    answer = client.send(page, {"report-text": "The poles are here."}, action="step=report")
    assert answer.status == 422
    assert "We called them." in answer.text
    again = client.send(answer, action="step=report")
    assert again.status == 200
    assert read(select(func.count(Update.id))) == [2]


def test_a_form_that_fails_twice_is_still_told_of_a_change(client, scene):
    action = scene.accepted()
    client.sign_in(scene.partner)
    page = client.get(at(action))
    scene.take(operations.report, scene.organising, action, Translated(en="We called them."), False)
    answer = client.send(page, {"report-text": ""}, action="step=report")
    answer = client.send(answer, {"report-text": "The poles are here."}, action="step=report")
    assert "Somebody else changed this action" in answer.errors[0]


def test_a_double_click_is_answered_like_the_first(client, scene):
    action = scene.proposed()
    client.sign_in(scene.partner)
    page = client.get(at(action))
    client.send(page, action="step=accept")
    assert "Your yes is noted" in client.send(page, action="step=accept").text
    assert scene.now(action).revision == 2


def test_an_end_needs_an_outcome(client, scene):
    action = scene.accepted()
    client.sign_in(scene.partner)
    page = client.send(client.get(at(action)), {"finish-state": "done"}, action="step=finish")
    assert page.status == 422
    assert any("What was done" in error for error in page.errors)
    page = client.send(client.get(at(action)), {"finish-outcome": "It is there."}, action="step=finish")
    assert page.status == 422
    assert "It is there." in page.text


@pytest.mark.parametrize(
    ("values", "step"),
    [
        ({"report-text": "x" * 2000}, "report"),
        ({"report-text": "fine", "report-audience": "the moon"}, "report"),
        ({"finish-state": "proposed", "finish-outcome": "x"}, "finish"),
        ({"suggest-date-new_date": "0001-01-01"}, "suggest-date"),
        ({"suggest-date-new_date": "9999-12-31"}, "suggest-date"),
        ({"suggest-date-new_date": "tomorrow"}, "suggest-date"),
        ({"report-text": "fine", "report-revision": "9" * 500}, "report"),
        ({"report-text": "fine", "report-revision": "²"}, "report"),
    ],
)
def test_wrong_values_are_refused_with_words(client, scene, values, step):
    action = scene.accepted()
    client.sign_in(scene.partner)
    page = client.send(client.get(at(action)), values, action=f"step={step}")
    assert page.status == 422
    assert page.errors
    assert scene.now(action).revision == 2


@pytest.mark.parametrize("address", ["", "?step=nonsense", "?step=withdraw"])
def test_a_step_that_is_not_offered_is_refused(client, scene, address):
    action = scene.accepted()
    client.sign_in(scene.partner)
    page = client.get(at(action))
    token = page.html.find("input", attrs={"name": "csrf_token"})["value"]
    assert client.post(at(action) + address, {"csrf_token": token, "withdraw-revision": "2"}).status in {
        404,
        422,
    }
    assert scene.now(action).revision == 2


def test_markup_in_an_update_is_shown_as_it_was_typed(client, scene):
    action = scene.accepted()
    client.sign_in(scene.partner)
    page = client.send(
        client.get(at(action)), {"report-text": "<script>alert(1)</script>=cmd()"}, action="step=report"
    )
    assert "<script>alert(1)" not in page.response.text
    assert "<script>alert(1)</script>=cmd()" in page.html.main.get_text()


def test_the_propose_form_keeps_what_was_typed(client, scene):
    client.sign_in(scene.organiser)
    page = client.get(f"/en/desk/dialogues/{scene.dialogue.code}/actions/propose")
    answer = client.send(page, {"title-nb": "Benker", "due_on": "2001-01-01", "owner": "0"})
    assert answer.status == 422
    assert "Benker" in answer.response.text
    assert len(answer.errors) >= 4


def test_lists_and_cards_take_the_same_number_of_statements_for_200_actions(client, scene, counting):
    def count(path):
        with counting() as statements:
            assert client.get(path).status == 200
        return len(statements)

    paths = ["/en/desk/actions", f"/en/desk/dialogues/{scene.dialogue.code}/actions"]
    client.sign_in(scene.organiser)
    scene.accepted()
    everybody = scene.make.user(Role.ORGANISER)
    few = [count(path) for path in paths]
    client.sign_in(everybody)
    few += [count(path) for path in paths]
    dialogues = [scene.dialogue, *(scene.make.dialogue() for _number in range(5))]
    owners = [scene.owner, *(scene.new_owner() for _number in range(5))]
    with scene.make.session() as session:
        for number in range(200):
            session.add(
                Action(
                    dialogue_id=dialogues[number % 6].id,
                    title=words(f"Action {number}"),
                    why=words("Because."),
                    owner_id=owners[number // 6 % 6].id,
                    due_on=clock.today() + timedelta(number - 100),
                    state=list(ActionState)[number % len(ActionState)],
                    asked_at=clock.now(),
                )
            )
        session.commit()
    client.sign_in(scene.organiser)
    many = [count(path) for path in paths]
    client.sign_in(everybody)
    many += [count(path) for path in paths]
    assert many == few
    assert max(many) <= 12


def test_the_desk_tells_owners_and_organisers_what_waits(client, scene):
    scene.proposed(title=words("Asked one"))
    refused = scene.proposed(title=words("Refused one"))
    scene.take(operations.decline, scene.owning, refused, "No.")
    with (
        client.house.database.reading() as session,
        client.house.test_request_context("/en/desk"),
        speaking("en"),
    ):
        of_owner = {
            card.key: [item.title for item in card.items] for card in desk.cards(session, scene.owning)
        }
        of_organiser = {card.key: card.count for card in desk.cards(session, scene.organising)}
    assert of_owner == {"actions-to-answer": ["Asked one (en)"], "actions-late": []}
    assert of_organiser == {"answers-from-owners": 1, "actions-overdue": 0}
