"""Whoever gave something is told on the follow page when it is left out of every theme, and when it is taken in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogue.base import clock
from dialogue.boards import operations as boards
from dialogue.boards.models import Idea
from dialogue.dialogues.models import Dialogue
from dialogue.followup import queries_desk, regrouping, themes

INTERNAL = "About the teacher in class 8"


@pytest.fixture
def given(client, a_round, database):
    """An idea that is published, with its follow page's path."""
    page = client.get(f"/en/boards/{a_round.board.code}/write")
    values = {"column": a_round.board.columns[0].id, "title": "Lights", "text": "By the path."}
    path = client.send(page, values, follow=False).response.location.removesuffix("?new=1")
    with database.writing() as session:
        idea = session.scalars(select(Idea)).one()
        boards.publish(session, idea, None)
        return idea.contribution.code, path


@pytest.fixture
def do(a_round, database):
    """Do something with the idea as the organiser, so many days from now."""

    def run(operation, *values, days=0):
        clock.move_to(clock.ahead() + timedelta(days))
        with database.writing() as session:
            dialogue = session.get_one(Dialogue, a_round.dialogue.id)
            return operation(session, a_round.organiser, dialogue, *values)

    return run


def steps(client, path):
    """The titles of the story with their days, for what has happened."""
    items = client.get(path).html.select(".timeline__item")
    return [(item.select_one(".timeline__title").text, item.time["datetime"]) for item in items if item.time]


def test_the_follow_page_tells_that_it_was_left_out_and_keeps_the_teams_reason(client, given, do):
    code, path = given
    do(regrouping.leave_out, [code], INTERNAL)
    page = client.get(path)
    assert steps(client, path)[-1] == ("Not placed under any theme", clock.today().isoformat())
    assert "That does not mean that it was wrong to say it." in page.text
    for gone in (INTERNAL, "You get an answer", "Placed together"):
        assert gone not in page.text


def test_the_follow_page_tells_that_it_was_taken_in_again(client, given, do):
    code, path = given
    do(regrouping.leave_out, [code], INTERNAL)
    first = clock.today().isoformat()
    do(regrouping.take_in, [code], days=2)
    assert steps(client, path)[-2:] == [
        ("Not placed under any theme", first),
        ("Taken in again", clock.today().isoformat()),
    ]
    assert "You get an answer" in client.get(path).text


def test_a_placing_that_is_undone_leaves_it_left_out_since_the_day_it_was(client, a_round, given, do):
    code, path = given
    do(regrouping.leave_out, [code], INTERNAL)
    first = clock.today().isoformat()
    theme = a_round.theme("Light")

    def place_and_undo(session, actor, dialogue):
        themes.place(session, actor, session.merge(theme), [code])
        step = queries_desk.last_regrouping(session, actor, dialogue.id, clock.now() - timedelta(minutes=1))
        regrouping.undo(session, actor, step)

    do(place_and_undo, days=1)
    assert steps(client, path)[-1] == ("Not placed under any theme", first)
