"""While somebody writes: what others have said that looks like it, and supporting that instead."""

import pytest
from sqlalchemy import func, select

from dialogue.boards import operations, similar
from dialogue.boards.models import BoardStage, Given, Idea, Support, SupportKind
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.web import security
from tests.support.client import SAME_SITE, Page

BUS = "Sett opp nattbuss i helgene så ungdom kommer trygt hjem fra byen"
ALSO = "Vi vil ha nattbuss i helgene så ungdom kjem trygt heim frå byen"
OTHER = "Flere benker langs turstien rundt vannet"


@pytest.fixture
def board(make):
    board = make.board()
    make.idea(board, BUS)
    make.idea(board, OTHER)
    return board


def like(house, board, text, **values):
    with house.database.read_session() as session:
        return [idea.title for idea in similar.like(session, board, text, **values)]


def ask(client, board, path="similar", **values):
    sent = {"column": board.columns[0].id, "title": "", "text": ALSO, **values}
    return client.post(f"/en/boards/{board.code}/{path}", sent)


def ask_by_script(client, board):
    """The list alone, which is part of a page and no page."""
    path = f"/en/boards/{board.code}/similar"
    sent = {"column": board.columns[0].id, "text": ALSO, "only": "list"}
    return Page(client.browser.post(path, data=sent, headers=SAME_SITE), path)


def test_an_idea_that_says_the_same_is_found_on_its_board_only(house, make, board):
    make.idea(make.board(), BUS)
    assert like(house, board, ALSO) == [BUS]
    assert like(house, board, "Noe helt annet om fyrverkeri og dyr") == []


def test_the_most_alike_come_first_and_no_more_than_asked_for(house, make, board):
    for text in (f"{BUS} hver fredag", f"{BUS}, takk", f"{BUS} og hjem fra jobb om natta", ALSO):
        make.idea(board, text)
    found = like(house, board, BUS)
    assert found[0] == BUS
    assert len(found) == 3
    assert len(like(house, board, BUS, limit=2)) == 2


def test_ones_own_idea_is_left_out(house, make, board):
    mine = make.idea(board, BUS + " nå")
    assert like(house, board, BUS, exclude=mine.contribution_id) == [BUS]


@pytest.mark.parametrize(
    "state", [one for one in ContributionState if one is not ContributionState.PUBLISHED]
)
def test_what_is_not_published_is_never_shown_to_who_writes(house, make, state):
    board = make.board()
    make.idea(board, BUS, state)
    assert like(house, board, ALSO) == []


def test_a_moderator_is_shown_what_waits_too_but_nothing_that_was_taken_back(house, make, board):
    make.idea(board, f"{BUS} hver helg", ContributionState.RECEIVED)
    make.idea(board, f"{BUS} hver natt", ContributionState.WITHDRAWN)
    new = make.idea(board, ALSO, ContributionState.RECEIVED)
    with house.database.read_session() as session:
        found = similar.possible_duplicates(session, session.get_one(Idea, new.contribution_id))
        assert {idea.title for idea in found} == {BUS, f"{BUS} hver helg"}


def test_what_is_published_changed_or_taken_back_counts_from_then_on(house, make, board):
    waiting = make.idea(board, f"{BUS} hver natt", ContributionState.RECEIVED)
    assert like(house, board, ALSO) == [BUS]
    with house.database.writing() as session:
        operations.publish(session, session.get_one(Idea, waiting.contribution_id), None)
    assert set(like(house, board, ALSO)) == {BUS, f"{BUS} hver natt"}
    with house.database.writing() as session:
        operations.erase(session, session.get_one(Contribution, waiting.contribution_id))
    assert like(house, board, ALSO) == [BUS]


def test_no_more_prints_are_kept_than_there_is_room_for(house, make, monkeypatch):
    monkeypatch.setattr(similar, "MOST_KEPT", 3)
    boards = [make.board() for _ in range(4)]
    for board in boards:
        make.idea(board, BUS)
        make.idea(board, ALSO)
    for board in [*boards, *boards]:
        assert set(like(house, board, BUS)) == {BUS, ALSO}
    assert sum(len(one.revisions) for one in similar._kept.values()) <= 4


def test_the_script_gets_the_list_alone_and_nothing_is_stored_or_kept(client, house, make, board):
    with house.database.read_session() as session:
        before = session.scalar(select(func.count()).select_from(Contribution))
    page = ask_by_script(client, board)
    assert page.status == 200
    assert page.html.h2.get_text() == "1 idea looks like this one"
    assert BUS in page.text
    assert OTHER not in page.text
    assert "<html" not in page.response.text
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.response.headers
    with house.database.read_session() as session:
        assert session.scalar(select(func.count()).select_from(Contribution)) == before
    assert client.get(f"/en/boards/{board.code}/similar?text={BUS}").status == 405


def test_without_script_the_page_comes_again_with_all_that_was_typed(client, board):
    page = ask(client, board, title="Nattbuss", column=board.columns[1].id)
    assert page.heading == "Give an idea"
    assert page.html.find("textarea", {"name": "text"}).get_text().strip() == ALSO
    assert page.html.find("input", {"name": "title"})["value"] == "Nattbuss"
    assert page.html.find("input", {"name": "column", "checked": True})["value"] == str(board.columns[1].id)
    assert "1 idea looks like this one" in page.text
    none = ask(client, board, text="Noe helt annet om fyrverkeri og dyr")
    assert "Nobody has said the same in such words yet." in none.text


def test_supporting_instead_counts_once_and_keeps_what_was_written(client, house, board):
    client.browser.set_cookie(security.DEVICE_COOKIE, "this one")
    page = ask(client, board)
    button = page.html.find("button", {"name": "support"})
    assert button["form"] == page.form("write")["id"]
    for told in ("Your support is counted.", "You already support this idea"):
        page = client.post(
            button["formaction"],
            {"column": board.columns[0].id, "title": "", "text": ALSO, "support": button["value"]},
        )
        assert page.status == 200
        assert told in page.text
        assert page.html.find("textarea", {"name": "text"}).get_text().strip() == ALSO
        assert page.link("I am done") == f"/en/boards/{board.code}"
    with house.database.read_session() as session:
        assert session.scalar(select(func.count()).select_from(Support)) == 1
        assert session.scalar(select(Idea.support_count).where(Idea.title == BUS)) == 1


def test_where_one_agrees_instead_of_giving_dots_that_is_what_counts(client, house, make):
    client.browser.set_cookie(security.DEVICE_COOKIE, "this one")
    board = make.board(support_kind=SupportKind.STANCE)
    code = make.idea(board, BUS).contribution.code
    assert "Your support is counted." in ask(client, board, "write/support", support=code).text
    with house.database.read_session() as session:
        assert session.scalar(select(Support.given)) == Given.AGREE


def test_before_support_is_open_what_looks_alike_is_shown_without_it(client, make):
    board = make.board(stage=BoardStage.WRITE)
    make.idea(board, BUS)
    page = ask(client, board)
    assert BUS in page.text
    assert "Support this instead" not in page.text


def test_supporting_what_is_gone_is_said_and_what_was_written_stays(client, make, board):
    client.browser.set_cookie(security.DEVICE_COOKIE, "this one")
    hidden = make.idea(board, "Hidden", ContributionState.RECEIVED)
    page = ask(client, board, "write/support", support=hidden.contribution.code)
    assert page.status == 422
    assert page.html.find("textarea", {"name": "text"}).get_text().strip() == ALSO


def test_on_a_closed_board_nothing_typed_is_lost(client, make):
    board = make.board(stage=BoardStage.FREEZE)
    make.idea(board, BUS)
    page = ask(client, board)
    assert "This board is closed for new ideas." in page.text
    assert page.html.find("textarea", {"name": "text"}).get_text().strip() == ALSO
    assert ask_by_script(client, board).text == ""


def test_asking_is_limited_and_takes_nothing_from_what_may_be_sent(client, board, monkeypatch, give):
    monkeypatch.setattr(security, "ASKED_PER_NETWORK", security.Limit(times=3, seconds=600))
    assert [ask_by_script(client, board).status for _ in range(5)] == [200, 200, 200, 429, 429]
    assert give(board).status == 302
