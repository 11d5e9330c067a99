"""What everybody sees of a board, and what nobody sees before it is read."""

from datetime import timedelta

import pytest

from dialogue.base import clock
from dialogue.boards.models import BoardStage, Idea
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    DialogueState,
)
from dialogue.followup.models import Theme, ThemeContribution
from tests.support.make import words

HIDDEN = [ContributionState.RECEIVED, ContributionState.RETURNED, ContributionState.WITHDRAWN]


def test_published_ideas_stand_under_their_prompts_with_their_numbers(client, make):
    board = make.board()
    make.idea(board, "Lights")
    make.idea(board, "Benches", column_id=board.columns[1].id)
    make.idea(board, "Music", column_id=board.columns[1].id)
    page = client.get(f"/en/boards/{board.code}")
    columns = page.html.select(".wall__column")
    assert [tab["href"] for tab in page.html.select(".tabs a")] == [f"#{column['id']}" for column in columns]
    said = [column.get_text(" ", strip=True) for column in columns]
    assert said[0].startswith("Prompt 1 (en) 1 Lights")
    assert said[1].startswith("Prompt 2 (en) 2 Music")
    assert "Benches" in said[1]
    assert [column.select_one(".wall__ideas")["id"] for column in columns] == [
        f"column-{column.id}-ideas" for column in board.columns
    ]
    second = client.get(f"/en/boards/{board.code}?column={board.columns[1].id}")
    assert [tab.get_text(" ", strip=True) for tab in second.html.select(".tabs a")] == [
        "All 3",
        "Prompt 1 (en) 1",
        "Prompt 2 (en) 2",
    ]
    assert "Music" in second.text
    assert "Lights" not in second.text


def test_each_prompt_has_a_way_to_write_under_it_while_the_board_is_open(client, make):
    board = make.board()
    make.idea(board)
    page = client.get(f"/en/boards/{board.code}")
    ways = [way["href"] for way in page.html.select(".wall__add")]
    assert ways == [f"/en/boards/{board.code}/write?column={column.id}" for column in board.columns]
    closed = make.board(stage=BoardStage.FREEZE)
    make.idea(closed)
    page = client.get(f"/en/boards/{closed.code}")
    assert not page.html.select(".wall__add, .wall-give")


def titles(page):
    return [title.get_text(strip=True) for title in page.html.select("article .card__title")]


def test_ideas_are_shown_newest_first_or_by_support_and_those_alike_newest_first(client, make):
    board, now = make.board(columns=1), clock.now()
    for minutes, (title, support) in enumerate((("A", 1), ("B", 5), ("C", 5), ("D", 0))):
        make.idea(board, title, support_count=support, published_at=now - timedelta(minutes=minutes))
    page = client.get(f"/en/boards/{board.code}")
    assert titles(page) == ["A", "B", "C", "D"]
    assert titles(client.get(page.link("Most supported"))) == ["B", "C", "A", "D"]
    # Which are new to a device only the device knows; without its script they are the newest.
    assert page.html.select_one("[data-unseen-choice]")["hidden"] == ""
    assert titles(client.get(f"/en/boards/{board.code}?sort=unseen")) == ["A", "B", "C", "D"]
    assert titles(client.get(f"/en/boards/{board.code}?sort=by-magic")) == ["A", "B", "C", "D"]


def under(make, board, title, *ideas, **values):
    """A theme that gathers these."""
    theme = Theme(
        dialogue_id=board.dialogue_id, position=1, title=words(title), created_at=clock.now(), **values
    )
    with make.session() as session:
        session.add(theme)
        session.flush()
        session.add_all(
            ThemeContribution(theme_id=theme.id, contribution_id=idea.contribution_id, placed_at=clock.now())
            for idea in ideas
        )
        session.commit()
        return theme.code


def test_a_board_is_narrowed_to_a_theme_and_keeps_what_else_was_chosen(client, make):
    board = make.board()
    lights = make.idea(board, "Lights", support_count=1)
    lamps = make.idea(board, "Lamps", support_count=3)
    bench = make.idea(board, "Bench", column_id=board.columns[1].id)
    secret = make.idea(board, "Secret", ContributionState.RECEIVED)
    code = under(make, board, "Dark places", lights, lamps)
    under(make, board, "Places to sit", bench)
    under(make, board, "Only what waits", secret)
    under(make, board, "Merged away", make.idea(board, "Table"), retired_at=clock.now())
    page = client.get(f"/en/boards/{board.code}?sort=supported")
    themes = [link.get_text(strip=True) for link in page.html.select(".wall-choices__themes a")]
    assert themes == ["All themes", "Dark places (en)", "Places to sit (en)"]
    page = client.get(page.link("Dark places"))
    assert titles(page) == ["Lamps", "Lights"]
    assert "No ideas here with this theme" in page.text
    page = client.get(f"/en/boards/{board.code}?theme={code}&column={board.columns[1].id}")
    assert titles(page) == []
    assert "Bench" in client.get(page.link("Show all themes")).text


def test_a_theme_of_another_dialogue_or_a_made_up_one_narrows_nothing(client, make):
    board, other = make.board(), make.board()
    make.idea(board, "Lights")
    code = under(make, other, "Elsewhere", make.idea(other, "Far away"))
    for theme in (code, "x" * 16):
        page = client.get(f"/en/boards/{board.code}?theme={theme}")
        assert titles(page) == ["Lights"]
        assert "Elsewhere" not in page.text


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
    assert [count.text for count in page.html.select(".wall__count, .tabs__count")] == ["0"] * 4


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
    [{"stage": BoardStage.FREEZE}, {"closes_on": clock.today() - timedelta(1)}],
    ids=["by hand", "by date"],
)
def test_a_closed_board_can_be_read_but_not_changed(client, make, closed):
    board = make.board(**closed)
    make.idea(board, "Lights", support_count=2)
    page = client.get(f"/en/boards/{board.code}")
    assert "This board is closed for new ideas." in page.text
    assert "Lights" in page.text
    assert not page.html.select("main form[method=post]")
    assert "2 support this" in page.text
    assert "Send the idea" not in client.get(f"/en/boards/{board.code}/write").text


def test_a_board_without_ideas_invites_the_first(client, make):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}")
    step = page.html.select_one(".next-step")
    assert "Be the first to give an idea" in step.text
    assert step.a["href"] == f"/en/boards/{board.code}/write"
    assert "Prompt 2 (en)" in page.text
    closed = client.get(f"/en/boards/{make.board(stage=BoardStage.FREEZE).code}")
    assert not closed.html.select(".next-step")


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


@pytest.mark.parametrize("query", ["", "?sort=supported", "?column=", "?column=&sort=supported&page=2"])
def test_a_board_of_thousands_is_read_with_the_same_few_statements_as_one_of_forty(
    client, make, database, counting, house, query
):
    board, small = make.board(), make.board()
    fill(database, board, 2000)
    fill(database, small, 80)
    seen = []
    for shown in (small, board):
        house.pages.clear()
        with counting() as statements:
            client.get(f"/en/boards/{shown.code}{query.replace('column=', f'column={shown.columns[0].id}')}")
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 10


def test_a_prompt_of_many_ideas_shows_the_first_of_them_and_has_the_rest_in_pages(client, make, database):
    board = make.board()
    fill(database, board, 2000)
    page = client.get(f"/en/boards/{board.code}")
    assert [len(column.select("article")) for column in page.html.select(".wall__column")] == [20, 20]
    narrowed = client.get(page.link("See all 1000"))
    assert len(narrowed.html.select("article")) == 40
    assert "Page 1 of 25" in narrowed.text
    last = client.get(f"/en/boards/{board.code}?column={board.columns[1].id}&page=25")
    assert "Page 25 of 25" in last.text
    assert "Idea 1999" in last.text
    # Together the pages show every idea once, also where many are supported alike.
    seen = [
        title
        for number in range(1, 26)
        for title in titles(
            client.get(f"/en/boards/{board.code}?column={board.columns[0].id}&sort=supported&page={number}")
        )
    ]
    assert sorted(seen) == sorted(f"Idea {number}" for number in range(0, 2000, 2))


def test_twelve_prompts_are_read_with_one_statement(client, make, database, counting):
    board = make.board(columns=12)
    for column in board.columns:
        make.idea(board, f"Of {column.id}", column_id=column.id)
    address = f"/en/boards/{board.code}"
    with counting() as statements:
        page = client.get(address)
    assert len(page.html.select("article")) == 12
    assert len(statements) <= 10


def test_a_kept_page_costs_one_statement_and_is_the_same_for_everybody(client, make, counting):
    board = make.board()
    make.idea(board)
    first = client.get(f"/en/boards/{board.code}").response
    with counting() as statements:
        second = client.get(f"/en/boards/{board.code}").response
    assert first.data == second.data
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
    assert "Set-Cookie" not in second.headers
