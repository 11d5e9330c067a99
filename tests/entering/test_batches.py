"""Bringing in many ideas: looked at, put right, stored together, taken back together."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.boards.models import Board, Idea
from dialogue.boards.walls import BoardWall
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionState,
    Dialogue,
    DialogueState,
    StatusChange,
)
from dialogue.entering import operations, reading
from dialogue.entering.models import Batch, BatchRow
from dialogue.followup import themes
from dialogue.web.permissions import Role
from tests.entering.conftest import xlsx
from tests.support.make import words

IDEAS = select(func.count()).select_from(Idea)
STATES = select(Contribution.state).order_by(Contribution.id)
STORE = {"then": "store"}


def test_pasted_lines_are_shown_before_anything_is_stored_and_then_stored(bring, make, read):
    board = make.board()
    browser, page = bring(
        board, "Lights – by the path\nA bench\nRing 99 88 77 66", channel="school", label="Class A"
    )
    assert page.heading == "Look before it is stored"
    assert "by the path" in page.text
    assert read(IDEAS) == [0]
    page = browser.send(page, STORE, action="/rows")
    assert page.heading == "3 ideas came in"
    found = read(select(Idea).order_by(Idea.contribution_id))
    assert [(idea.title, idea.text) for idea in found] == [
        ("Lights", "by the path"),
        ("", "A bench"),
        ("", "Ring 99 88 77 66"),
    ]
    assert read(STATES) == [ContributionState.PUBLISHED] * 2 + [ContributionState.RECEIVED]
    assert set(read(select(Contribution.channel))) == {Channel.SCHOOL}
    assert set(read(select(Contribution.label))) == {"Class A"}
    assert "bring in" in read(select(AuditEntry.verb).where(AuditEntry.subject_kind == "batch"))


def test_the_history_of_each_begins_as_that_of_any_other(bring, make, read):
    browser, page = bring(make.board(), "Lights\nA bench")
    browser.send(page, STORE, action="/rows")
    (first, second) = read(select(Contribution.id).order_by(Contribution.id))
    lines = read(
        select(StatusChange).where(StatusChange.subject_kind == "contribution").order_by(StatusChange.id)
    )
    assert [(one.subject_id, one.from_state, one.to_state) for one in lines] == [
        (first, "", "received"),
        (second, "", "received"),
        (first, "received", "published"),
        (second, "received", "published"),
    ]


def test_a_double_click_stores_once(bring, make, read):
    browser, page = bring(make.board(), "Lights\nA bench")
    first = browser.send(page, STORE, action="/rows")
    again = browser.send(page, STORE, action="/rows")
    assert read(IDEAS) == [2]
    assert first.heading == again.heading == "2 ideas came in"


def test_the_same_page_sent_twice_is_one_preview(organiser, make, read):
    board = make.board()
    browser = organiser(board)
    page = browser.get(f"/en/desk/boards/{board.code}/bring-in")
    sent = {"lines": "Lights", "column": board.columns[0].id}
    assert browser.send(page, sent).path == browser.send(page, sent).path
    assert read(select(func.count()).select_from(Batch)) == [1]


def test_a_spreadsheet_is_read_by_its_headings_which_can_be_chosen_anew(bring, make, read):
    board = make.board()
    file = xlsx(
        ["Notater", "Tittel", "Spørsmål"],
        ["By the path", "Lights", "Prompt 2 (en)"],
        ["x", "A bench", "The moon"],
    )
    browser, page = bring(board, file=file, name="ideas.xlsx", column="")
    assert "1 row has something to put right" in page.text
    page = browser.send(page, {"field-0": "text", "prompt-0": board.columns[0].id}, action="/arrange")
    page = browser.send(page, STORE, action="/rows")
    assert page.heading == "2 ideas came in"
    found = read(
        select(
            Idea.title,
        ).order_by(Idea.contribution_id)
    )
    assert found == ["Lights", "A bench"]
    assert read(select(Idea.text).order_by(Idea.contribution_id)) == ["By the path", "x"]
    assert read(select(Idea.column_id).order_by(Idea.contribution_id)) == [
        board.columns[1].id,
        board.columns[0].id,
    ]


def test_rows_are_put_right_or_left_out_and_what_is_wrong_is_not_stored(bring, make, read):
    browser, page = bring(make.board(), f"Lights\n{'x' * 1001}\n{'y' * 1001}\nA bench")
    assert "2 rows have something to put right" in page.text
    page = browser.send(page, {"title-2": "Shorter", "text-2": "By far", "out-4": "on"}, action="/rows")
    assert "1 row has something to put right" in page.text
    # What was put right by hand stays when the columns are read anew.
    page = browser.send(page, {"field-0": "text"}, action="/arrange")
    page = browser.send(page, STORE, action="/rows")
    assert [idea.heading for idea in read(select(Idea).order_by(Idea.contribution_id))] == [
        "Lights",
        "Shorter",
    ]
    assert "y" * 1001 in page.response.text
    assert "A bench" in page.text


def test_what_was_changed_on_the_page_is_stored_with_it(bring, make, read):
    browser, page = bring(make.board(), "Lights")
    browser.send(page, {"title-1": "Lamps", **STORE}, action="/rows")
    assert read(select(Idea.title)) == ["Lamps"]


def test_what_is_wrong_with_the_choices_is_told_beside_the_rows(bring, make):
    browser, page = bring(make.board(), "Lights")
    page = browser.send(page, {"label": "x" * 61}, action="/arrange")
    assert page.status == 422
    assert "Write at most 60 characters." in page.errors[0]
    assert "Lights" in page.text


def test_turning_the_page_keeps_what_was_changed(bring, make, read):
    browser, page = bring(make.board(), "\n".join(f"Idea {number}" for number in range(30)))
    page = browser.send(page, {"title-1": "First", "then": "next"}, action="/rows")
    assert "Idea 29" in page.text
    assert "Idea 3 " not in page.text
    page = browser.send(page, {"then": "previous"}, action="/rows")
    assert "First" in page.text


def test_all_can_wait_to_be_read(bring, make, read):
    browser, page = bring(make.board(), "Lights\nA bench", all_wait="y")
    page = browser.send(page, STORE, action="/rows")
    assert read(STATES) == [ContributionState.RECEIVED] * 2
    assert page.link("Read the ideas that wait")


def test_what_a_meeting_keeps_back_is_shown_at_its_reveal(bring, make, read):
    browser, page = bring(make.board(wall=BoardWall.MEETING), "Lights\nRing 99 88 77 66")
    assert "Shown when all ideas are shown" in page.text
    browser.send(page, STORE, action="/rows")
    assert read(select(Idea.published_at)) == [None, None]
    cleared = read(select(Idea.cleared_at).order_by(Idea.contribution_id))
    assert [moment is not None for moment in cleared] == [True, False]


def test_a_batch_is_taken_back_and_nothing_else(bring, make, read, database):
    board = make.board()
    other = make.idea(board, "Another")
    browser, page = bring(board, "Lights\nRing 99 88 77 66")
    page = browser.send(page, STORE, action="/rows")
    after = browser.send(page, action="/undo")
    assert after.heading == "Taken back"
    assert browser.send(page, action="/undo").heading == "Taken back"
    by_id = dict(read_all(database, select(Contribution.id, Contribution.state)))
    assert by_id.pop(other.contribution_id) is ContributionState.PUBLISHED
    assert set(by_id.values()) == {ContributionState.WITHDRAWN}
    assert {idea.title + idea.text for idea in read(select(Idea))} == {"AnotherAnother, please.", ""}


def read_all(database, statement):
    with database.reading() as session:
        return session.execute(statement).all()


def test_what_lies_in_a_theme_is_not_taken_back(bring, make, read, database):
    board = make.board()
    browser, page = bring(board, "Lights\nA bench")
    page = browser.send(page, STORE, action="/rows")
    actor = make.actor()
    with database.writing() as session:
        dialogue = session.get_one(Dialogue, board.dialogue_id)
        theme = themes.create(session, actor, dialogue, words("Light"), "t")
        code = session.scalars(select(Contribution.code).limit(1)).one()
        themes.place(session, actor, theme, [code])
    after = browser.send(page, action="/undo")
    assert "Some of these ideas have been placed" in after.text
    assert "so the batch cannot be taken back" in after.text
    assert read(STATES) == [ContributionState.PUBLISHED] * 2


def test_a_preview_is_thrown_away(bring, make, read):
    browser, page = bring(make.board(), "Lights")
    page = browser.send(page, action="/throw-away")
    assert "Nothing was stored" in page.text
    assert read(select(func.count()).select_from(BatchRow)) == [0]


def test_nothing_is_lost_when_the_dialogue_ends_meanwhile(bring, make, database, read):
    board = make.board()
    browser, page = bring(board, "Lights")
    with database.writing() as session:
        session.execute(update(Dialogue).values(state=DialogueState.CLOSED))
    page = browser.send(page, {"title-1": "Lamps", **STORE}, action="/rows")
    assert "This dialogue has ended" in page.text
    assert "Lights" in page.text
    assert read(IDEAS) == [0]


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"lines": ""}, "Write or paste at least one idea."),
        ({"lines": "x", "label": "x" * 61}, "Write at most 60 characters."),
        ({"lines": "\n".join("x" * 2001)}, "There are more than 2,000 rows. Divide them, and bring in one part at a time."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_what_was_pasted_is_kept(bring, make, read, sent, error):
    _browser, page = bring(make.board(), **sent)
    assert page.status == 422
    assert error in page.errors[0]
    assert page.html.find("textarea", {"name": "lines"}).text.strip() == sent["lines"]


def test_a_batch_is_for_those_who_manage_the_board(bring, organiser, make):
    board = make.board()
    _browser, page = bring(board, "Lights")
    assert organiser(board, Role.FACILITATOR).get(page.path).status == 403
    assert organiser(make.board()).get(page.path).status == 404
    assert organiser(board, Role.FACILITATOR).get(f"/en/desk/boards/{board.code}/bring-in").status == 403


def test_what_has_lain_long_enough_is_forgotten(bring, make, read, database):
    browser, page = bring(make.board(), "Never stored")
    browser, page = bring(make.board(), f"Stored\n{'x' * 1001}")
    browser.send(page, STORE, action="/rows")

    def age(days):
        with database.writing() as session:
            then = clock.now() - timedelta(days=days)
            session.execute(update(Batch).values(made_at=then))
            session.execute(update(Batch).where(Batch.stored_at.is_not(None)).values(stored_at=then))
            return operations.sweep(session)

    assert age(1) == 0
    assert age(3) == 2
    assert read(select(BatchRow.position)) == [1]
    assert age(31) == 1
    assert read(select(Batch.id)) == []
    assert read(IDEAS) == [1]


def test_two_thousand_rows_come_in_within_seconds(make, database):
    board, actor = make.board(), make.actor()
    sheet = reading.lines(
        "\n".join(f"Idea {number} – more light by the path to the school" for number in range(2000))
    )
    about = operations.About(board.columns[0].id, Channel.PAPER, "Class A", "en")
    begun = time.process_time()
    with database.writing() as session:
        batch = operations.begin(session, actor, session.get_one(Board, board.id), sheet, about, "", "k")
        code = batch.code
    with database.writing() as session:
        operations.store(session, actor, code)
    with database.writing() as session:
        operations.undo(session, actor, code)
    # Counted in time of the processor, since other tests run beside this one.
    assert time.process_time() - begun < 30
