"""Searching in the ideas of a board: only what everybody may see is found, by whichever way it came to be hidden."""

from urllib.parse import quote

import pytest
from sqlalchemy import delete, select

from dialogue.base import search
from dialogue.base.search import Documents, SearchDocument
from dialogue.boards import searching
from dialogue.boards.models import Idea
from dialogue.dialogues.models import Contribution, ContributionState, DialogueState
from tests.boards.test_public import fill

HIDDEN = [state for state in ContributionState if state is not ContributionState.PUBLISHED]


def titles(page):
    return [title.get_text(" ", strip=True) for title in page.html.select("article .card__title")]


def look(client, board, typed):
    return client.get(f"/en/boards/{board.code}/search?q={quote(typed)}")


def test_an_idea_is_found_from_the_boards_page_with_its_words_marked(client, make):
    board = make.board()
    make.idea(board, "Lys på gangvegen", text="Det er mørkt der.")
    make.idea(board, "Benker")
    page = client.get(f"/en/boards/{board.code}")
    field = page.html.select_one("form[role=search]")
    assert field["action"] == f"/en/boards/{board.code}/search"
    found = look(client, board, "gangveien mørk")
    assert "1 idea found" in found.text
    assert titles(found) == ["Lys på gangvegen"]
    assert [mark.text for mark in found.html.select("mark")] == ["gangvegen", "mørkt"]
    assert found.html.select_one("form[role=search] input")["value"] == "gangveien mørk"
    # It can be supported where it is found.
    assert found.html.select("[data-supported]")


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_published_is_not_found(client, make, state):
    board = make.board()
    make.idea(board, "Secret", state)
    assert "No ideas with these words" in look(client, board, "secret").text


def test_what_is_hidden_later_is_not_found_either(client, make, database):
    board = make.board()
    idea = make.idea(board, "Lights")
    assert titles(look(client, board, "lights")) == ["Lights"]
    with database.writing() as session:
        kept = session.get_one(Idea, idea.contribution_id)
        kept.published_at = None
    assert titles(look(client, board, "lights")) == []


def test_an_idea_that_is_changed_is_found_by_what_it_says_now_and_an_erased_one_leaves_no_word(
    client, make, database, read
):
    board = make.board()
    idea = make.idea(board, "Lights")
    with database.writing() as session:
        session.get_one(Idea, idea.contribution_id).title = "Benches"
        session.get_one(Idea, idea.contribution_id).text = ""
    assert titles(look(client, board, "lights")) == []
    assert titles(look(client, board, "bench")) == ["Benches"]
    with database.writing() as session:
        session.get_one(Idea, idea.contribution_id).title = ""
    assert read(select(SearchDocument)) == []


def test_other_boards_and_drafts_are_not_searched(client, make):
    board, other = make.board(), make.board()
    make.idea(other, "Elsewhere")
    assert titles(look(client, board, "elsewhere")) == []
    draft = make.board(make.dialogue(state=DialogueState.DRAFT))
    assert look(client, draft, "x").status == 404


def test_without_a_word_it_is_said_what_to_write_and_without_a_find_how_to_go_on(client, make):
    board = make.board()
    for typed in ("", "  ", '"*', "!?"):
        assert "Write one or more words." in look(client, board, typed).text
    page = look(client, board, "nothing")
    assert "Try fewer words, or other ones for the same." in page.text
    assert page.link("Read all the ideas") == f"/en/boards/{board.code}"
    assert page.link("Give an idea")


def test_what_is_looked_for_is_kept_nowhere(client, make, house):
    board = make.board()
    make.idea(board, "Lights")
    before = len(house.pages._pages)
    page = look(client, board, "lights")
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.response.headers
    assert len(house.pages._pages) == before


def test_many_finds_come_in_pages_and_cost_the_same_few_statements(client, make, database, counting):
    board, small = make.board(), make.board()
    fill(database, board, 500)
    fill(database, small, 30)
    with database.writing() as session:
        search.rebuild(session, [Documents(searching.KIND, searching.documents)])
    seen = []
    for shown in (small, board):
        with counting() as statements:
            page = look(client, shown, "idea")
        assert len(page.html.select("article")) == 20
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 5
    assert "500 ideas found" in page.text
    second = client.get(page.link("Next"))
    assert "Page 2 of 25" in second.text
    assert not set(titles(page)) & set(titles(second))
    assert len(titles(client.get(f"/en/boards/{board.code}/search?q=idea&page=99999999999999999999"))) == 20


def test_a_database_older_than_the_index_is_searched_after_it_was_rebuilt(client, make, database):
    board = make.board()
    make.idea(board, "Lights")
    with database.writing() as session:
        session.execute(delete(SearchDocument))
        assert search.is_empty(session)
        search.rebuild(session, [Documents(searching.KIND, searching.documents)])
    assert titles(look(client, board, "lights")) == ["Lights"]


def test_the_index_says_what_the_ideas_say(client, make, give, read):
    """Written by residents, by whoever comes next: each idea with words has its document."""
    board = make.board()
    give(board, "Lamps", "By the lake.")
    make.idea(board, "Benches")
    ideas = read(select(Idea.contribution_id).join(Contribution))
    assert sorted(read(select(SearchDocument.subject_id))) == sorted(ideas)


def test_a_plenary_wall_finds_what_its_groups_have_written_and_a_group_only_its_own(client, make):
    plenary = make.board(gathers=True)
    groups = [make.board(plenary.dialogue, plenary_id=plenary.id) for _ in range(2)]
    for number, group in enumerate(groups):
        make.idea(group, f"Lights {number}")
    make.idea(make.board(plenary.dialogue), "Lights elsewhere")
    assert sorted(titles(look(client, plenary, "lights"))) == ["Lights 0", "Lights 1"]
    assert titles(look(client, groups[0], "lights")) == ["Lights 0"]
