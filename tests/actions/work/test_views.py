"""The same choice as a board, a calendar, by owner and by goal."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.web.permissions import Role, ScopeKind
from tests.actions.work.conftest import LIST
from tests.support.make import words

BOARD = f"{LIST}/board"


def columns(page):
    """The titles in each column of the board."""
    return {
        column["data-column"]: [card.get_text().removesuffix(" (en)") for card in column.select("h3 a")]
        for column in page.html.select("[data-column]")
    }


def moves(page, title):
    """Where the buttons of a card lead to."""
    for card in page.html.select(".board__card"):
        if card.h3 and title in card.h3.get_text():
            return {
                way["data-moves-to"]: ("plain" if way.form else "words")
                for way in card.select("[data-moves-to]")
            }
    raise AssertionError(title)


def test_cards_lie_where_their_action_stands(client, scene, add):
    for state in ActionState:
        add(scene, state.value, state=state)
    client.sign_in(scene.organiser)
    assert columns(client.get(BOARD)) == {
        "asked": ["proposed"],
        "answered": ["new_date", "declined"],
        "accepted": ["accepted"],
        "under-way": ["under_way"],
        "ended": ["done", "partly_done", "stopped"],
    }


def test_of_what_has_ended_the_board_shows_the_last_few_and_leads_to_the_rest(client, scene, add):
    for day in range(7):
        add(scene, f"Deed {day}", state=ActionState.DONE, ended_on=clock.today() - timedelta(day))
    client.sign_in(scene.organiser)
    page = client.get(BOARD)
    assert columns(page)["ended"] == [f"Deed {day}" for day in range(5)]
    assert client.get(page.link("See 2 more in the list")).text.count("Deed") >= 7


def test_a_card_is_moved_by_its_button_where_nothing_has_to_be_said(client, scene, add, read):
    action = add(scene, "Lights")
    client.sign_in(scene.partner)
    page = client.get(f"{BOARD}?words=lights")
    assert moves(page, "Lights") == {"under-way": "plain", "ended": "words"}
    after = client.send(page, action=f"{action.code}/move?words=lights&seen=board")
    assert "It is noted that the work has begun." in after.text
    assert columns(after)["under-way"] == ["Lights"]
    assert after.html.find("input", attrs={"name": "words"})["value"] == "lights"
    assert read(select(Action.state)) == [ActionState.UNDER_WAY]


def test_a_move_that_needs_words_leads_to_its_form(client, scene, add):
    add(scene, "Lights", state=ActionState.UNDER_WAY)
    client.sign_in(scene.partner)
    page = client.get(BOARD)
    form = client.get(page.link("It is finished …"))
    assert form.html.find("details", open=True).find("textarea")


def test_the_organiser_moves_what_is_theirs_to_answer(client, scene, add):
    later = clock.today() + timedelta(40)
    add(scene, "Paint", state=ActionState.NEW_DATE, suggested_due_on=later)
    client.sign_in(scene.organiser)
    page = client.get(BOARD)
    assert moves(page, "Paint") == {"accepted": "plain", "asked": "words", "ended": "plain"}
    assert columns(client.send(page, {"step": "accept-date"}, action="move?seen=board"))["accepted"] == [
        "Paint"
    ]


def test_who_only_reads_has_nothing_to_move(client, scene, add, make):
    action = add(scene, "Lights")
    client.sign_in(make.user(Role.LEADER, ScopeKind.DIALOGUE, scene.dialogue.id))
    page = client.get(BOARD)
    assert moves(page, "Lights") == {}
    token = page.html.find("input", attrs={"name": "csrf_token"})["value"]
    sent = client.post(f"{LIST}/{action.code}/move", {"csrf_token": token, "step": "start", "revision": "1"})
    assert sent.status == 403


def test_a_card_that_somebody_else_has_moved_is_not_moved_again(client, scene, add, read, database):
    action = add(scene, "Lights")
    client.sign_in(scene.partner)
    page = client.get(BOARD)
    with database.writing() as session:
        other = session.get_one(Action, action.id)
        other.state, other.revision = ActionState.STOPPED, 7
    after = client.send(page, action="move?seen=board")
    assert "Somebody else changed this action" in after.text
    assert columns(after)["ended"] == ["Lights"]
    assert read(select(Action.revision)) == [7]


@pytest.mark.parametrize("step", ["", "finish", "withdraw-all", "report", "accept"])
def test_a_move_that_is_none_is_refused(client, scene, add, read, step):
    action = add(scene, "Lights")
    client.sign_in(scene.partner)
    page = client.get(BOARD)
    assert client.send(page, {"step": step}, action="move?seen=board").status in {200, 404}
    assert read(select(Action.state).where(Action.id == action.id)) == [ActionState.ACCEPTED]


def test_a_full_column_says_how_many_more_there_are(client, scene, add):
    for number in range(18):
        add(scene, f"Action {number:02}", number)
    client.sign_in(scene.organiser)
    page = client.get(BOARD)
    assert len(columns(page)["accepted"]) == 15
    assert len(client.get(page.link("See 3 more")).html.select(".action-row")) == 18


@time_machine.travel("2026-11-20T10:00:00+01:00", tick=False)
def test_a_month_shows_what_is_due_and_what_must_be_told(client, scene, add):
    add(scene, "Lights", 5, next_update_on=date(2026, 11, 23))
    add(scene, "Benches", -2)
    add(scene, "Paint", 20)
    add(scene, "Over", 1, state=ActionState.DONE)
    client.sign_in(scene.organiser)
    page = client.get(f"{LIST}/calendar")
    assert page.heading == "Actions in November 2026"
    days = {
        cell.time["datetime"]: [link.get_text().removesuffix(" (en)") for link in cell.select("li a")]
        for cell in page.html.select("td")
        if cell.select("li")
    }
    assert days == {"2026-11-18": ["Benches"], "2026-11-23": ["Lights"], "2026-11-25": ["Lights"]}
    assert "Update due" in page.text
    assert len(page.html.select("thead th")) == 7
    assert {len(row.select("td")) for row in page.html.select("tbody tr")} == {7}
    following = client.get(page.link("December 2026"))
    assert "Paint (en)" in following.text
    assert client.get(following.link("November 2026")).heading == page.heading


@time_machine.travel("2026-11-20T10:00:00+01:00", tick=False)
def test_a_crowded_day_leads_to_its_list(client, scene, add):
    for number in range(7):
        add(scene, f"Action {number}", 4)
    client.sign_in(scene.organiser)
    page = client.get(f"{LIST}/calendar?month=2026-11")
    assert len(page.html.select("td li")) == 5
    assert len(client.get(page.link("See 3 more")).html.select(".action-row")) == 7


@pytest.mark.parametrize(
    "month", ["", "x", "2026-13", "0001-01", "9999-12", "2026-11-20", "99999999-01", "0002-01", "9998-12"]
)
def test_a_month_that_is_none_is_this_one(client, scene, month):
    client.sign_in(scene.organiser)
    assert client.get(f"{LIST}/calendar?month={month}").status == 200


def test_owners_and_goals_are_told_with_their_numbers(client, scene, add, make):
    goal = make.plan().goals[0]
    busy = scene.new_owner(name=words("Roads"))
    add(scene, "Lights", -1, owner_id=busy.id, goal_id=goal.id)
    add(scene, "Paint", 5, owner_id=busy.id)
    add(scene, "Over", -9, owner_id=busy.id, state=ActionState.PARTLY_DONE)
    add(scene, "Benches", 5)
    client.sign_in(scene.organiser)

    def rows(page):
        return [
            [cell.get_text(strip=True) for cell in row.select("td")] for row in page.html.select("tbody tr")
        ]

    page = client.get(f"{LIST}/by-owner")
    assert rows(page) == [["2", "1", "1", "3"], ["1", "0", "0", "1"]]
    assert len(client.get(page.link("Roads")).html.select(".action-row")) == 3
    page = client.get(f"{LIST}/by-goal")
    assert rows(page) == [["1", "1", "0", "1"], ["2", "0", "1", "3"]]
    assert "No goal" in page.text
    assert len(client.get(page.link("Safe way home")).html.select(".action-row")) == 1


def test_the_choice_stays_when_it_is_seen_in_another_way(client, scene, add):
    add(scene, "Lights", -3)
    add(scene, "Paint")
    client.sign_in(scene.organiser)
    page = client.get(f"{LIST}?late=yes")
    for name in ("Board", "Calendar", "By owner", "By goal", "List"):
        page = client.get(page.link(name))
        assert page.html.find("a", attrs={"aria-current": "page"}) is not None
        assert "Paint (en)" not in page.text


def test_every_view_takes_the_same_number_of_statements_for_300_actions(client, scene, add, make, statements):
    seen = ["", "/board", "/calendar", "/by-owner", "/by-goal", "/round", "/round/end"]
    first = add(scene, "First", 3)
    client.sign_in(make.user(Role.ADMINISTRATOR))
    client.get(LIST)
    paths = [f"{LIST}{one}?whose=all&state=open" for one in seen]
    paths.append(f"{LIST}/round/{first.code}?whose=all")
    few = [statements(path) for path in paths]
    dialogues = [scene.dialogue, *(make.dialogue() for _number in range(5))]
    owners = [scene.owner, *(scene.new_owner() for _number in range(5))]
    goals = [make.plan().goals[0] for _number in range(4)]
    with make.session() as session:
        for number in range(300):
            session.add(
                Action(
                    dialogue_id=dialogues[number % 6].id,
                    title=words(f"Action {number}"),
                    why=words("Because."),
                    owner_id=owners[number // 6 % 6].id,
                    goal_id=goals[number % 4].id,
                    due_on=clock.today() + timedelta(number % 100 - 50),
                    next_update_on=clock.today() + timedelta(number % 20),
                    state=list(ActionState)[number % len(ActionState)],
                    asked_at=clock.now(),
                )
            )
        session.commit()
    assert [statements(path) for path in paths] == few
    assert max(few) <= 16
