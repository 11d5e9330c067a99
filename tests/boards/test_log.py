"""The log of what moderators did: when, who, what and why, and never a word of an idea."""

import csv
from io import StringIO

import pytest

from dialogue.base import clock
from dialogue.boards import duty, moderation
from dialogue.boards.models import ReturnReason
from dialogue.boards.models_reading import HandoverWay
from dialogue.boards.redacting import Cut
from dialogue.dialogues.models import ContributionState
from dialogue.people.queries import actor_of
from dialogue.web.permissions import Role

SECRET = "skjulested"


@pytest.fixture
def officer(make):
    return make.user(Role.LEADER, name="=Vakt Eksempel")


@pytest.fixture
def moderator(make):
    return make.user(name="Moderator Eksempel")


@pytest.fixture
def dialogue(make, database, officer, moderator):
    """With one of everything that can be done."""
    dialogue = make.dialogue(duty_officer_id=officer.id)
    board, other = make.board(dialogue), make.board(dialogue)
    codes = [
        make.idea(board, f"{SECRET} {number}", ContributionState.RECEIVED).contribution.code
        for number in range(5)
    ]
    elsewhere = make.idea(other, SECRET, ContributionState.RECEIVED).contribution.code
    one, two = actor_of(moderator), actor_of(officer)
    steps = (
        lambda session: moderation.publish(session, one, codes[0], 1),
        lambda session: moderation.undo(session, one, codes[0]),
        lambda session: moderation.return_to_writer(
            session, one, codes[1], 1, ReturnReason.PERSON, f"It names {SECRET}"
        ),
        lambda session: moderation.redact(session, one, codes[2], 1, Cut((), [SECRET])),
        lambda session: duty.hold(session, one, codes[3], 1),
        lambda session: duty.give_back(session, two, codes[3]),
        lambda session: duty.hold(session, one, codes[4], 1),
        lambda session: duty.hand_over(session, two, codes[4], HandoverWay.CONTROL_ROOM, clock.today()),
        lambda session: moderation.publish(session, one, elsewhere, 1),
    )
    for step in steps:
        with database.writing() as session:
            step(session)
    return dialogue


def path(dialogue, ending="", query=""):
    return f"/en/desk/dialogues/{dialogue.code}/moderation-log{ending}{query}"


def lines(page):
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.html.select("tbody tr")
    ]


def test_everything_that_was_done_stands_there_the_latest_first_and_no_word_of_it(client, make, dialogue):
    client.sign_in(make.user())
    page = client.get(path(dialogue))
    assert [line[1:3] for line in lines(page)] == [
        ["Published", ""],
        ["Handed over by the duty officer", "Told the control room (112)"],
        ["Held for the duty routine", ""],
        ["Given back to the queue", ""],
        ["Held for the duty routine", ""],
        ["Published without something", ""],
        ["Sent back", "It mentions a person who can be recognised"],
        ["Undone", ""],
        ["Published", ""],
    ]
    assert SECRET not in page.response.text


def test_it_is_looked_through_by_board_deed_person_and_day(client, make, dialogue, officer):
    client.sign_in(make.user())
    everything = client.get(path(dialogue))
    form = everything.html.select_one("form.log__choice")
    boards = [option["value"] for option in form.select("select[name=board] option") if option["value"]]
    assert len(lines(client.get(path(dialogue, query=f"?board={boards[1]}")))) == 1
    assert len(lines(client.get(path(dialogue, query="?deed=hold")))) == 2
    assert len(lines(client.get(path(dialogue, query=f"?who={officer.code}")))) == 2
    today = clock.today().isoformat()
    assert len(lines(client.get(path(dialogue, query=f"?since={today}&until={today}")))) == 9
    for nonsense in ("since=0001-01-01", "until=9999-12-31", "since=x", "deed=read", "page=99999999999"):
        assert client.get(path(dialogue, query=f"?{nonsense}")).status == 200
    assert "Nothing to show" in client.get(path(dialogue, query="?until=2020-01-01")).text


def test_taken_out_it_is_the_same_lines_and_no_cell_is_a_formula(client, make, dialogue):
    client.sign_in(make.user())
    answer = client.get(path(dialogue, ".csv", "?deed=hand over")).response
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][1:4] == [
        "'=Vakt Eksempel",
        "Handed over by the duty officer",
        "Told the control room (112)",
    ]
    assert SECRET not in answer.text


def test_it_is_for_those_who_keep_the_boards(client, make, dialogue):
    client.sign_in(make.user(Role.LEADER))
    for ending in ("", ".csv"):
        assert client.get(path(dialogue, ending)).status in {403, 404}


def test_everybody_can_read_how_ideas_are_read(client, make, dialogue):
    board = make.board(dialogue)
    make.idea(board, state=ContributionState.RECEIVED)
    page = client.get(f"/en/boards/{board.code}")
    assert "1 idea waits to be read" in page.text
    rules = client.get(page.link("How we read ideas"))
    assert rules.status == 200
    for reason in ReturnReason:
        assert str(reason.label) in rules.text
    assert client.get(f"/en/boards/{board.code}/write").link("How we read ideas")
