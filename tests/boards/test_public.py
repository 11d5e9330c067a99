"""What everybody sees of a board, and what nobody sees before it is read."""

from datetime import timedelta

import pytest

from dialogue.base import clock
from dialogue.boards.models import BoardState, Idea
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    DialogueState,
)

HIDDEN = [ContributionState.RECEIVED, ContributionState.RETURNED, ContributionState.WITHDRAWN]


def test_published_ideas_stand_under_their_prompts_with_their_numbers(client, make):
    board = make.board()
    make.idea(board, "Lights")
    make.idea(board, "Benches", column_id=board.columns[1].id)
    make.idea(board, "Music", column_id=board.columns[1].id)
    page = client.get(f"/en/boards/{board.code}")
    assert [tab.get_text(" ", strip=True) for tab in page.html.select(".tabs a")] == [
        "All 3",
        "Prompt 1 (en) 1",
        "Prompt 2 (en) 2",
    ]
    second = client.get(page.link("Prompt 2"))
    assert "Music" in second.text
    assert "Lights" not in second.text


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_published_is_seen_nowhere(client, make, state):
    board = make.board()
    idea = make.idea(board, "My secret", state)
    code = idea.contribution.code
    assert "My secret" not in client.get(f"/en/boards/{board.code}").text
    assert "My secret" not in client.get(f"/en/boards/{board.code}?column={board.columns[0].id}").text
    assert client.get(f"/en/boards/ideas/{code}").status == 404
    assert client.get(f"/en/boards/ideas/{code}/supported").status == 404
    assert client.post(f"/en/boards/ideas/{code}/support").status == 404


def test_how_many_wait_is_told_and_nothing_else_of_them(client, make):
    board = make.board()
    make.idea(board, "My secret", ContributionState.RECEIVED)
    make.idea(board, "Sent back", ContributionState.RETURNED)
    page = client.get(f"/en/boards/{board.code}")
    assert "1 idea waits to be read. We read within one working day." in page.text
    assert next(tab.get_text(" ", strip=True) for tab in page.html.select(".tabs a")) == "All 0"


def test_an_idea_has_a_page_of_its_own(client, make):
    board = make.board()
    idea = make.idea(board, "Lights by the path", support_count=4)
    page = client.get(client.get(f"/en/boards/{board.code}").link("Lights by the path"))
    assert page.heading == "Lights by the path"
    assert "Lights by the path, please." in page.text
    assert "Prompt 1 (en)" in page.text
    assert page.html.select_one(".support__count").text == "4"
    assert page.html.h1["lang"] == "nb"
    assert page.link("Board (en)").endswith(f"/en/boards/{board.code}#idea-{idea.contribution.code}")


def test_a_group_is_named_with_what_it_said(client, make, database):
    board = make.board()
    idea = make.idea(board)
    with database.writing() as session:
        session.get_one(Contribution, idea.contribution_id).label = "Group 4"
    assert "Group 4" in client.get(f"/en/boards/{board.code}").text
    assert "Group 4" in client.get(f"/en/boards/ideas/{idea.contribution.code}").text


@pytest.mark.parametrize(
    "closed",
    [{"state": BoardState.FROZEN}, {"closes_on": clock.today() - timedelta(1)}],
    ids=["by hand", "by date"],
)
def test_a_closed_board_can_be_read_but_not_changed(client, make, closed):
    board = make.board(**closed)
    make.idea(board, "Lights", support_count=2)
    page = client.get(f"/en/boards/{board.code}")
    assert "This board is closed for new ideas." in page.text
    assert "Lights" in page.text
    assert not page.html.select("main form")
    assert "2 support this" in page.text
    assert "Send the idea" not in client.get(f"/en/boards/{board.code}/write").text


def test_a_board_without_ideas_invites_the_first(client, make):
    page = client.get(f"/en/boards/{make.board().code}")
    assert "No ideas yet" in page.text
    assert "Be the first" in page.text


def test_the_board_of_a_draft_is_seen_by_nobody(client, make):
    board = make.board(make.dialogue(state=DialogueState.DRAFT))
    idea = make.idea(board)
    assert client.get(f"/en/boards/{board.code}").status == 404
    assert client.get(f"/en/boards/ideas/{idea.contribution.code}").status == 404


@pytest.mark.parametrize(
    "query",
    ["?page=0", "?page=-4", "?page=999999999999999999999", "?page=x", "?column=9" + "9" * 25, "?column=x"],
)
def test_a_made_up_page_or_prompt_shows_the_board_all_the_same(client, make, query):
    board = make.board()
    make.idea(board, "Lights")
    page = client.get(f"/en/boards/{board.code}{query}")
    assert page.status == 200
    assert "Lights" in page.text


def fill(database, board, number):
    moment = clock.now()
    with database.writing() as session:
        given = [
            Contribution(
                dialogue_id=board.dialogue_id,
                kind=ContributionKind.IDEA,
                channel=Channel.WEB,
                language="nb",
                state=ContributionState.PUBLISHED,
                received_at=moment,
            )
            for _ in range(number)
        ]
        session.add_all(given)
        session.flush()
        session.add_all(
            Idea(
                contribution_id=contribution.id,
                board_id=board.id,
                column_id=board.columns[place % 2].id,
                title=f"Idea {place}",
                text="Text",
                published_at=moment - timedelta(minutes=place),
            )
            for place, contribution in enumerate(given)
        )


def test_a_board_shows_forty_at_a_time_and_reads_them_with_the_same_few_statements(
    client, make, database, counting, house
):
    board, small = make.board(), make.board()
    fill(database, board, 2000)
    fill(database, small, 40)
    seen = []
    for shown in (small, board):
        house.pages.clear()
        with counting() as statements:
            page = client.get(f"/en/boards/{shown.code}")
        assert len(page.html.select("article")) == 40
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 12
    assert "Page 1 of 50" in page.text
    last = client.get(f"/en/boards/{board.code}?page=50")
    assert "Idea 1999" in last.text
    assert "Page 50 of 50" in last.text
    narrowed = client.get(f"/en/boards/{board.code}?column={board.columns[1].id}&page=25")
    assert "Page 25 of 25" in narrowed.text
    assert "Idea 1999" in narrowed.text


def test_a_kept_page_costs_one_statement_and_is_the_same_for_everybody(client, make, counting):
    board = make.board()
    make.idea(board)
    first = client.get(f"/en/boards/{board.code}").response
    with counting() as statements:
        second = client.get(f"/en/boards/{board.code}").response
    assert first.data == second.data
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
    assert "Set-Cookie" not in second.headers
