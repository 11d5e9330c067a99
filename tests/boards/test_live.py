"""What the open pages of a board are told."""

import json
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from dialogue.boards import moderation, news, operations, stages, support
from dialogue.boards.models import Board, BoardStage, Column, Idea, ReturnReason
from dialogue.boards.operations import Draft
from dialogue.dialogues import operations as dialogues
from dialogue.dialogues.models import Contribution, ContributionState, DialogueState
from dialogue.people import operations as people
from dialogue.web.permissions import Role, ScopeKind


@pytest.fixture
def streams(house) -> Iterator[None]:
    house.hub.allow(4)
    yield
    house.hub.allow(0)


@pytest.fixture
def board(make):
    return make.board()


@pytest.fixture
def moderator(make):
    return make.actor(Role.ORGANISER, ScopeKind.EVERYTHING)


def changes(client, board, since, look="board"):
    answer = client.browser.get(f"/en/boards/{board.code}/live/changes?since={since}&look={look}")
    assert answer.status_code == 200
    return answer.json


def position(client, board) -> int:
    return int(client.get(f"/en/boards/{board.code}").html.select_one("[data-live]")["data-live-since"])


def write(database, board, title, channel=None) -> str:
    with database.writing() as session:
        here = session.get_one(Board, board.id)
        operations.write_idea(
            session, here, Draft(here.columns[0].id, title, "Because.", "en"), f"key {title}"
        )
        session.flush()
        return session.query(Contribution.code).join(Idea).filter(Idea.title == title).scalar()


def publish(database, moderator, code) -> None:
    with database.writing() as session:
        moderation.publish(session, moderator, code, 1)


class Stream:
    """One open page, which reads a message at a time."""

    def __init__(self, client, board, since=None, **headers) -> None:
        query = "" if since is None else f"?since={since}"
        self.answer = client.browser.get(f"/en/boards/{board.code}/live{query}", headers=headers)
        self._parts = iter(self.answer.response)

    def message(self) -> dict[str, object]:
        """The next message that is no beat."""
        for part in self._parts:
            lines = dict(line.split(": ", 1) for line in part.decode().strip().splitlines() if ": " in line)
            if lines.get("event") != "beat":
                return {**lines, "data": json.loads(lines["data"])}
        raise AssertionError("the stream ended")

    def close(self) -> None:
        self.answer.close()


def test_a_page_is_told_of_an_idea_when_it_is_published_and_not_before(client, database, board, moderator):
    since = position(client, board)
    code = write(database, board, "More light")
    write(database, board, "Fewer cars")
    assert changes(client, board, since) == {"upto": 0, "ideas": [], "gone": [], "counts": {}}
    publish(database, moderator, code)
    told = changes(client, board, since)
    assert [idea["code"] for idea in told["ideas"]] == [code]
    assert "More light" in told["ideas"][0]["html"]
    assert told["columns"][str(board.columns[0].id)] == 1
    assert told["waiting"].startswith("1 idea waits to be read.")
    assert changes(client, board, told["upto"])["ideas"] == []


def test_what_is_sent_is_what_the_page_shows(client, database, board, moderator):
    publish(database, moderator, code := write(database, board, "More light"))
    card = client.get(f"/en/boards/{board.code}").html.select_one(f"#idea-{code}")
    told = BeautifulSoup(changes(client, board, 0)["ideas"][0]["html"], "html.parser").article
    assert "".join(str(told).split()) == "".join(str(card).split())


@pytest.fixture
def plenary(make, database):
    """A plenary wall with two prompts, and the board of a group that feeds it."""
    wall = make.board(gathers=True)
    group = make.board(wall.dialogue, plenary_id=wall.id)
    with database.writing() as session:
        for fed, prompt in zip(group.columns, wall.columns, strict=True):
            session.get_one(Column, fed.id).feeds_id = prompt.id
    return wall, group


@pytest.mark.parametrize("look", ["board", "projector"])
def test_a_plenary_wall_is_told_of_its_groups_ideas_under_its_own_prompts(
    client, database, plenary, moderator, look
):
    wall, group = plenary
    since = position(client, wall)
    publish(database, moderator, write(database, group, "Lights"))
    told = changes(client, wall, since, look)
    assert [idea["column"] for idea in told["ideas"]] == [wall.columns[0].id]
    assert told["columns"] == {str(wall.columns[0].id): 1, str(wall.columns[1].id): 0}
    assert ("Prompt 1" in told["ideas"][0]["html"]) is (look == "projector")


def test_an_idea_that_is_shown_no_more_is_taken_off_the_page(client, database, board, moderator):
    publish(database, moderator, code := write(database, board, "More light"))
    since = position(client, board)
    with database.writing() as session:
        moderation.undo(session, moderator, code)
    told = changes(client, board, since)
    assert (told["ideas"], told["gone"]) == ([], [code])
    assert told["columns"][str(board.columns[0].id)] == 0


def test_of_an_idea_that_was_never_shown_nobody_is_told(client, database, board, moderator):
    code = write(database, board, "A name")
    with database.writing() as session:
        moderation.return_to_writer(session, moderator, code, 1, ReturnReason.PERSON, "")
    told = changes(client, board, 0)
    assert code not in json.dumps(told)
    assert (told["ideas"], told["gone"]) == ([], [])


@pytest.mark.parametrize("state", [ContributionState.RECEIVED, ContributionState.RETURNED])
def test_what_waits_never_comes_whatever_is_told_of_it(client, database, make, board, state):
    idea = make.idea(board, "Hidden words", state)
    with database.writing() as session:
        told = session.get_one(Idea, idea.contribution_id)
        news.idea_changed(session, told)
        news.support_changed(session, told)
    for look in ("board", "projector"):
        said = json.dumps(changes(client, board, 0, look))
        assert "Hidden words" not in said
        assert idea.contribution.code not in said


def test_support_is_told_as_a_number(client, database, make, board):
    idea = make.idea(board, "More light")
    since = position(client, board)
    with database.writing() as session:
        support.give(session, idea.contribution.code, "a device")
    told = changes(client, board, since)
    assert told["counts"] == {idea.contribution.code: 1}
    assert told["ideas"] == []


def test_a_board_that_closes_is_read_anew(client, database, board, moderator):
    since = position(client, board)
    with database.writing() as session:
        stages.move(session, moderator, session.get_one(Board, board.id), BoardStage.FREEZE)
    told = changes(client, board, since)
    assert told["reload"] is True
    assert position(client, board) == told["upto"]


def test_who_has_the_page_open_is_told_when_the_dialogue_ends_and_is_taken_up_again(
    client, database, board, moderator
):
    for change in (dialogues.close, dialogues.reopen):
        since = position(client, board)
        with database.writing() as session:
            change(session, moderator, session.get_one(Board, board.id).dialogue)
        assert changes(client, board, since)["reload"] is True


def test_who_has_the_page_open_is_told_when_there_is_nobody_on_duty(client, database, make, board, moderator):
    since, administrator = position(client, board), make.actor(Role.ADMINISTRATOR, ScopeKind.EVERYTHING)
    with database.writing() as session:
        officer = session.get_one(Board, board.id).dialogue.duty_officer
        people.set_active(session, administrator, officer, False)
    assert changes(client, board, since)["reload"] is True


@pytest.mark.parametrize("since", ["", "x", "99", "-1", "9" * 40])
def test_a_number_that_says_nothing_leads_to_the_page_anew(client, board, since):
    assert changes(client, board, since)["reload"] is True


def test_asking_again_costs_nothing_while_nothing_has_happened(client, board):
    path = f"/en/boards/{board.code}/live/changes?since=0"
    first = client.browser.get(path)
    again = client.browser.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Set-Cookie" not in first.headers


def test_a_stream_begins_where_the_page_was_made(client, database, board, moderator, streams):
    since = position(client, board)
    publish(database, moderator, first := write(database, board, "First"))
    stream = Stream(client, board, since)
    assert stream.answer.headers["Content-Type"].startswith("text/event-stream")
    assert stream.answer.headers["X-Accel-Buffering"] == "no"
    assert "no-store" in stream.answer.headers["Cache-Control"]
    assert "Set-Cookie" not in stream.answer.headers
    told = stream.message()
    assert [idea["code"] for idea in told["data"]["ideas"]] == [first]
    publish(database, moderator, second := write(database, board, "Second"))
    told = stream.message()
    assert [idea["code"] for idea in told["data"]["ideas"]] == [second]
    stream.close()


def test_who_comes_back_misses_nothing_and_gets_nothing_twice(client, database, board, moderator, streams):
    stream = Stream(client, board, 0)
    publish(database, moderator, write(database, board, "First"))
    came_to = stream.message()["id"]
    stream.close()
    missed = [write(database, board, title) for title in ("Second", "Third")]
    for code in missed:
        publish(database, moderator, code)
    # The address is that of the page; the header says what has been told since.
    back = Stream(client, board, 0, **{"Last-Event-ID": came_to})
    assert [idea["code"] for idea in back.message()["data"]["ideas"]] == missed
    publish(database, moderator, last := write(database, board, "Fourth"))
    assert [idea["code"] for idea in back.message()["data"]["ideas"]] == [last]
    back.close()


def test_who_was_away_too_long_is_told_to_read_the_page_anew(client, board, streams):
    stream = Stream(client, board, 17)
    told = stream.message()
    assert (told["event"], told["id"]) == ("reload", "0")
    stream.close()


def test_when_no_more_can_be_held_the_answer_is_plain_and_short(client, house, board, streams):
    open_pages = [Stream(client, board) for _ in range(4)]
    refused = client.browser.get(f"/en/boards/{board.code}/live")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    open_pages.pop().close()
    after = Stream(client, board)
    assert after.answer.status_code == 200
    for page in (*open_pages, after):
        page.close()
    assert house.hub.listeners == 0


def test_a_stream_holds_no_connection_to_the_database(client, house, board, streams):
    before = house.database.engine.pool.checkedout()
    stream = Stream(client, board)
    next(stream._parts)
    assert house.database.engine.pool.checkedout() <= before + 1
    stream.close()


def test_the_board_of_a_draft_is_told_to_nobody(client, make, streams):
    board = make.board(make.dialogue(state=DialogueState.DRAFT))
    for path in ("live", "live?since=0", "live/changes?since=0"):
        assert client.browser.get(f"/en/boards/{board.code}/{path}").status_code == 404
