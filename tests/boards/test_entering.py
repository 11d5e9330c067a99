"""Entering what was said in a meeting, at school or on paper."""

import pytest
from sqlalchemy import func, select

from dialogue.base.audit import AuditEntry
from dialogue.boards.models import BoardStage, Idea
from dialogue.boards.walls import BoardWall
from dialogue.dialogues.models import Channel, Contribution, ContributionState, DialogueState
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client

IDEAS = select(func.count()).select_from(Idea)
STATES = select(Contribution.state)


@pytest.fixture
def enter(house, make):
    """Enters an idea as somebody with this role in the board's dialogue."""

    def run(board, role=Role.FACILITATOR, **values):
        browser = Client(house).sign_in(make.user(role, ScopeKind.DIALOGUE, board.dialogue_id))
        page = browser.get(f"/en/desk/boards/{board.code}/enter")
        sent = {"column": board.columns[1].id, "title": "Lights", "text": "", "label": "Group 4", **values}
        return browser, browser.send(page, sent)

    return run


def test_an_entry_says_where_and_by_which_group_it_was_said(enter, make, read):
    enter(make.board(), channel="school", label="Class A")
    (given,) = read(select(Contribution))
    assert (given.channel, given.label, given.follow_code_id) == (Channel.SCHOOL, "Class A", None)
    assert read(select(AuditEntry.verb).where(AuditEntry.subject_kind == "idea")) == ["enter"]


@pytest.mark.parametrize(
    ("role", "wall", "text", "state"),
    [
        (Role.FACILITATOR, BoardWall.CAREFUL, "More.", ContributionState.RECEIVED),
        (Role.FACILITATOR, BoardWall.OPEN, "More.", ContributionState.PUBLISHED),
        (Role.ORGANISER, BoardWall.CAREFUL, "More.", ContributionState.PUBLISHED),
    ],
)
def test_an_organisers_entry_is_shown_at_once_and_a_facilitators_waits_where_ideas_wait(
    enter, make, read, role, wall, text, state
):
    _browser, page = enter(make.board(wall=wall), role, text=text)
    assert read(STATES) == [state]
    assert ("Saved and shown." in page.text) is (state is ContributionState.PUBLISHED)


def test_what_the_guard_found_waits_for_another_look_whoever_enters_it(enter, make, read):
    browser, page = enter(make.board(), Role.ORGANISER, text="Ring 99 88 77 66")
    assert page.status == 422
    assert "99 88 77 66" in page.text
    browser.send(page, {"send_anyway": "y"})
    assert read(STATES) == [ContributionState.RECEIVED]


def test_what_was_chosen_is_kept_for_the_next_idea(enter, make):
    board = make.board()
    _browser, page = enter(board, channel="paper", language="nn")
    assert page.html.find("input", {"name": "label"})["value"] == "Group 4"
    assert {box["name"]: box["value"] for box in page.html.select("input[type=radio][checked]")} == {
        "column": str(board.columns[1].id),
        "channel": "paper",
    }
    assert page.html.select_one("[name=language] [selected]")["value"] == "nn"
    assert page.html.find("input", {"name": "title"})["value"] == ""


def test_the_same_page_sent_twice_is_one_idea_and_the_next_page_another(enter, house, make, read):
    board = make.board()
    browser = Client(house).sign_in(make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, board.dialogue_id))
    page = browser.get(f"/en/desk/boards/{board.code}/enter")
    values = {"column": board.columns[0].id, "title": "Lights", "label": "Group 4"}
    browser.send(page, values)
    after = browser.send(page, values)
    assert read(IDEAS) == [1]
    browser.send(after, values)
    assert read(IDEAS) == [2]
    browser.send(after, {**values, "label": "Group 5"})
    assert read(IDEAS) == [3]


def test_a_board_closed_for_residents_still_takes_what_was_collected_on_paper(enter, make, read):
    enter(make.board(stage=BoardStage.FREEZE))
    assert read(IDEAS) == [1]


def test_when_the_dialogue_has_ended_the_text_is_kept_and_nothing_is_added(house, make, database, read):
    board = make.board()
    browser = Client(house).sign_in(make.user())
    page = browser.get(f"/en/desk/boards/{board.code}/enter")
    with database.writing() as session:
        session.merge(board.dialogue).state = DialogueState.CLOSED
    answer = browser.send(page, {"column": board.columns[0].id, "title": "Lights"})
    assert answer.errors == ["This dialogue has ended, so nothing can be added."]
    assert "Lights" in answer.response.text
    assert read(IDEAS) == [0]


@pytest.mark.parametrize("page", ["enter", "bring-in", "films"])
def test_a_plenary_wall_says_that_the_groups_boards_are_written_on(house, make, page):
    wall = make.board(gathers=True)
    browser = Client(house).sign_in(make.user())
    seen = browser.get(f"/en/desk/boards/{wall.code}/{page}")
    assert "Use the board of a group instead." in seen.text
    assert "has ended" not in seen.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "web"},
        {"channel": "x"},
        {"language": "xx"},
        {"label": "x" * 61},
        {"title": ""},
        {"column": "999"},
    ],
)
def test_what_is_wrong_is_refused(enter, make, read, wrong):
    _browser, page = enter(make.board(), **wrong)
    assert page.status == 422
    assert page.errors
    assert read(IDEAS) == [0]


@pytest.mark.parametrize("role", [Role.PARTNER, Role.LEADER])
def test_other_roles_enter_nothing(house, make, role):
    board = make.board()
    browser = Client(house).sign_in(make.user(role, ScopeKind.DIALOGUE, board.dialogue_id))
    assert browser.get(f"/en/desk/boards/{board.code}/enter").status == 403


def test_a_facilitator_of_another_dialogue_finds_no_board(house, make):
    board = make.board()
    browser = Client(house).sign_in(make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, board.dialogue_id + 1))
    assert browser.get(f"/en/desk/boards/{board.code}/enter").status == 404


def test_a_made_up_choice_in_the_address_changes_nothing(house, make):
    board = make.board()
    browser = Client(house).sign_in(make.user())
    page = browser.get(
        f"/en/desk/boards/{board.code}/enter?column=9{'9' * 30}&channel=web&language=xx&label={'x' * 500}"
    )
    assert page.status == 200
    assert len(page.html.find("input", {"name": "label"})["value"]) == 60
