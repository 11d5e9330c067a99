"""Making and changing boards."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogue.base import clock
from dialogue.base.i18n import Translated, speaking
from dialogue.boards import desk, room as declaration
from dialogue.boards.models import Board, BoardStage, Column
from dialogue.boards.walls import BoardWall
from dialogue.dialogues.models import ContributionState, Dialogue, DialogueState
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client

BOARDS = select(func.count()).select_from(Board)


@pytest.fixture
def organiser(client, make):
    return client.sign_in(make.user())


def texts(name, words):
    return {f"{name}-{code}": f"{words} {code}" for code in ("nb", "nn", "en")}


def filled(**values):
    return {
        **texts("title", "Board"),
        **texts("column-1-title", "First"),
        **texts("column-2-title", "Second"),
        **values,
    }


def test_a_board_is_made_with_its_prompts_and_can_be_written_on(organiser, make, read):
    dialogue = make.dialogue()
    page = organiser.get(f"/en/desk/dialogues/{dialogue.code}/boards/new")
    after = organiser.send(page, filled(**texts("intro", "About")))
    assert after.heading == "Board en"
    assert "The board has been made." in after.text
    (board,) = read(select(Board))
    assert board.wall is BoardWall.CAREFUL
    assert board.title == Translated(nb="Board nb", nn="Board nn", en="Board en")
    public = organiser.get(f"/en/boards/{board.code}")
    assert [title.get_text(" ", strip=True) for title in public.html.select(".wall__title")] == [
        "First en 0",
        "Second en 0",
    ]


def test_the_same_page_sent_twice_makes_one_board(organiser, make, read):
    page = organiser.get(f"/en/desk/dialogues/{make.dialogue().code}/boards/new")
    first, second = organiser.send(page, filled()), organiser.send(page, filled())
    assert first.path == second.path
    assert read(BOARDS) == [1]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title-nn": ""}, "Title of the board (Nynorsk) – Fill in this field."),
        ({"column-1-title-nb": ""}, "Question (Bokmål) – Fill in this field."),
        ({"intro-nb": "Kort"}, "What the board is about (Nynorsk) – Fill in this field."),
        ({"title-nb": "x" * 121}, "Title of the board (Bokmål) – Write at most 120 characters."),
        ({"column-2-position": "x"}, "Order – Not a valid integer value."),
        ({"column-2-position": "1000"}, "Order – Write a number from 1 to 99."),
        ({"closes_on": "tomorrow"}, "Last day for new ideas – Not a valid date value."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_written_is_kept(organiser, make, read, wrong, message):
    page = organiser.get(f"/en/desk/dialogues/{make.dialogue().code}/boards/new")
    answer = organiser.send(page, filled(**wrong))
    assert answer.errors == [message]
    assert "Second en" in answer.response.text
    assert read(BOARDS) == [0]


def test_a_board_without_a_prompt_is_refused(organiser, make):
    page = organiser.get(f"/en/desk/dialogues/{make.dialogue().code}/boards/new")
    assert organiser.send(page, texts("title", "Board")).errors == ["A board needs at least one question."]


def test_both_forms_of_norwegian_are_needed_and_english_is_not(organiser, make, read):
    page = organiser.get(f"/en/desk/dialogues/{make.dialogue(state=DialogueState.DRAFT).code}/boards/new")
    written = {"title-nb": "Tavle", "column-1-title-nb": "Hva?"}
    assert organiser.send(page, written).errors == [
        "Title of the board (Nynorsk) – Fill in this field.",
        "Question (Nynorsk) – Fill in this field.",
    ]
    organiser.send(page, {**written, "title-nn": "Tavle", "column-1-title-nn": "Kva?"})
    assert read(BOARDS) == [1]


def test_a_dialogue_in_one_language_asks_for_that_one(organiser, make, read):
    page = organiser.get(f"/en/desk/dialogues/{make.dialogue(languages=['nb']).code}/boards/new")
    assert page.html.select_one("[name=title-nn]") is None
    organiser.send(page, {"title-nb": "Tavle", "column-1-title-nb": "Hva?"})
    assert read(BOARDS) == [1]


def test_prompts_are_renamed_added_ordered_and_removed(organiser, make, read, database):
    board = make.board(columns=3)
    page = organiser.get(f"/en/desk/boards/{board.code}")
    values = {
        "column-1-position": 3,
        **texts("column-2-title", "Renamed"),
        "column-3-remove": "y",
        **texts("column-4-title", "New"),
        "column-4-position": 1,
    }
    after = organiser.send(page, values, action=f"/boards/{board.code}")
    assert "The board has been saved." in after.text
    titles = [str(title.get("en")) for title in read(select(Column.title).order_by(Column.position))]
    assert titles == ["New en", "Renamed en", "Prompt 1 (en)"]


def test_a_prompt_with_ideas_stays(organiser, make, read):
    board = make.board()
    make.idea(board, state=ContributionState.RETURNED)
    page = organiser.get(f"/en/desk/boards/{board.code}")
    assert "It has 1 idea and cannot be removed." in page.text
    assert page.html.select_one("[name=column-1-remove]") is None
    answer = organiser.send(page, {"column-1-remove": "y"}, action=f"/boards/{board.code}")
    assert answer.errors == ["A question that has ideas cannot be removed."]
    assert len(read(select(Column.id))) == 2


def test_a_change_is_seen_by_everybody_at_once(organiser, make):
    board = make.board()
    organiser.get(f"/en/boards/{board.code}")
    page = organiser.get(f"/en/desk/boards/{board.code}")
    organiser.send(page, texts("title", "Other"), action=f"/boards/{board.code}")
    assert organiser.get(f"/en/boards/{board.code}").heading == "Other en"


def test_closing_and_opening_again(organiser, make, read):
    board = make.board()
    page = organiser.get(f"/en/desk/boards/{board.code}")
    after = organiser.send(page, action="stage")
    assert read(select(Board.stage)) == [BoardStage.FREEZE]
    assert "closed for new ideas" in after.text
    assert "This board is closed" in organiser.get(f"/en/boards/{board.code}").text
    organiser.send(after, action="stage")
    assert read(select(Board.stage)) == [BoardStage.OPEN]
    assert "Give an idea" in organiser.get(f"/en/boards/{board.code}").text


def test_opening_again_after_the_last_day_says_what_is_in_the_way(organiser, make):
    board = make.board(stage=BoardStage.FREEZE, closes_on=clock.today() - timedelta(1))
    page = organiser.get(f"/en/desk/boards/{board.code}")
    assert "look at its last day" in organiser.send(page, action="stage").text


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.FACILITATOR, 403), (Role.PARTNER, 403), (Role.LEADER, 403), (Role.ORGANISER, 200)],
)
def test_only_organisers_keep_boards(house, make, role, status):
    board = make.board()
    browser = Client(house).sign_in(make.user(role, ScopeKind.DIALOGUE, board.dialogue_id))
    assert browser.get(f"/en/desk/boards/{board.code}").status == status
    assert browser.get(f"/en/desk/dialogues/{board.dialogue.code}/boards/new").status == status


def test_another_places_organiser_finds_no_board(house, make):
    board = make.board()
    browser = Client(house).sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, board.dialogue_id + 1))
    assert browser.get(f"/en/desk/boards/{board.code}").status == 404
    assert browser.get(f"/en/desk/dialogues/{board.dialogue.code}/boards/new").status == 404
    assert browser.get(f"/en/desk/boards/{board.code}/enter").status == 404


def test_a_playbook_makes_its_board(make, database, read):
    dialogue = make.dialogue()
    specification = {
        "title": {"nb": "Ideer", "nn": "Idear"},
        "intro": Translated(nb="Skriv kort."),
        "columns": [{"nb": "Hva er bra?"}, Translated(nb="Hva mangler?")],
    }
    with database.writing() as session:
        declaration.room.playbook_parts["board"](
            session, session.get_one(Dialogue, dialogue.id), specification
        )
    (board,) = read(select(Board))
    assert board.wall is BoardWall.CAREFUL
    assert board.title.get("nn") == "Idear"
    assert [title.get("nb") for title in read(select(Column.title).order_by(Column.position))] == [
        "Hva er bra?",
        "Hva mangler?",
    ]


def test_a_dialogue_offers_its_open_boards_and_those_with_something_to_read(house, make, database):
    dialogue = make.dialogue()
    fresh, full = make.board(dialogue), make.board(dialogue, closes_on=clock.today())
    over = make.board(dialogue, stage=BoardStage.FREEZE)
    make.board(dialogue, stage=BoardStage.FREEZE)
    make.idea(full)
    make.idea(over)
    with house.test_request_context("/en/"), speaking("en"), database.reading() as session:
        offers = desk.offers(session, session.get_one(Dialogue, dialogue.id))
    assert [(offer.url, offer.is_open) for offer in offers] == [
        (f"/en/boards/{fresh.code}/write", True),
        (f"/en/boards/{full.code}", True),
        (f"/en/boards/{over.code}", False),
    ]


def test_the_desk_lists_a_dialogues_boards(house, make, database):
    board = make.board()
    make.idea(board)
    make.idea(board, state=ContributionState.RECEIVED)
    organiser = make.actor()
    with house.test_request_context("/en/"), speaking("en"), database.reading() as session:
        part = desk.part(session, organiser, session.get_one(Dialogue, board.dialogue_id))
    assert [item.url for item in part.items] == [f"/en/desk/boards/{board.code}"]
    assert part.add_url == f"/en/desk/dialogues/{board.dialogue.code}/boards/new"
