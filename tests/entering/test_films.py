"""Films and slides that pupils made: a link for meetings, what is said in them for everybody."""

import pytest
from sqlalchemy import select

from dialogue.boards.models import Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.entering import jobs
from dialogue.entering.models import Film
from dialogue.web.permissions import Role

LINK = "https://film.example/abc"
FILM = {"url": LINK, "label": "Klasse A", "title": "Lights", "text": "It is dark by the stream."}


@pytest.fixture
def enter(organiser):
    def run(board, role=Role.ORGANISER, **values):
        browser = organiser(board, role)
        page = browser.get(f"/en/desk/boards/{board.code}/films")
        return browser, browser.send(page, {**FILM, **values}, action="/films")

    return run


def test_everybody_reads_what_is_said_and_only_the_team_has_the_link(enter, client, make, read):
    board = make.board()
    _browser, page = enter(board)
    assert page.link("Open it on film.example") == LINK
    (idea,) = read(select(Idea))
    assert (idea.text, idea.video_url, idea.published_at is not None) == (FILM["text"], "", True)
    (code,) = read(select(Contribution.code))
    for path in (f"/en/boards/{board.code}", f"/en/boards/ideas/{code}"):
        shown = client.get(path)
        assert "Lights" in shown.text
        assert "film.example" not in shown.response.text


def test_the_link_is_open_to_all_where_that_is_chosen(enter, client, make, read):
    board = make.board()
    enter(board, is_open="y")
    (code,) = read(select(Contribution.code))
    assert LINK in client.get(f"/en/boards/ideas/{code}").response.text


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"text": ""}, "What is said in it"),
        ({"url": "http://film.example/abc"}, "begins with https://"),
        ({"url": "javascript:alert(1)"}, "begins with https://"),
        ({"url": "https://10.0.0.1/"}, "begins with https://"),
        ({"label": ""}, "Who made it?"),
    ],
)
def test_a_film_needs_a_link_a_transcript_and_a_label(enter, make, read, wrong, error):
    _browser, page = enter(make.board(), **wrong)
    assert page.status == 422
    assert error in page.errors[0]
    assert read(select(Film.url)) == []


def test_a_facilitators_film_waits_to_be_read(enter, make, read):
    enter(make.board(), Role.FACILITATOR)
    assert read(select(Contribution.state)) == [ContributionState.RECEIVED]


def test_the_link_is_removed_and_the_idea_stays(enter, make, read):
    browser, page = enter(make.board(), is_open="y")
    browser.send(page, action="/forget")
    assert read(select(Film.url)) == []
    assert read(select(Idea.video_url)) == [""]
    assert read(select(Idea.title)) == ["Lights"]


def test_the_link_of_what_is_held_is_not_shown_and_that_of_what_is_gone_is_forgotten(
    enter, make, read, database
):
    browser, page = enter(make.board())
    for state, left in ((ContributionState.HELD, [LINK]), (ContributionState.HANDED_OVER, [])):
        with database.writing() as session:
            contributions.move(session, session.scalars(select(Contribution)).one(), state)
        assert "film.example" not in browser.get(page.path).text
        jobs.sweep(database)
        assert read(select(Film.url)) == left


def test_the_same_page_sent_twice_is_one_film(organiser, make, read):
    board = make.board()
    browser = organiser(board)
    page = browser.get(f"/en/desk/boards/{board.code}/films")
    browser.send(page, FILM, action="/films")
    browser.send(page, FILM, action="/films")
    assert len(read(select(Film.url))) == 1
