"""Open pages over real HTTP, served by threads and by greenlets, on both databases."""

import http.client
import json
import time
from collections.abc import Iterator

import pytest

from dialogue.boards import operations
from dialogue.boards.models import Board
from dialogue.boards.operations import Draft
from dialogue.boards.walls import BoardWall
from tests.server.conftest import Installation

SERVERS = {"threads": ("serve", "--workers", "1"), "greenlets": ("live",)}


@pytest.fixture(params=list(SERVERS))
def port(request: pytest.FixtureRequest, installation: Installation) -> Iterator[int]:
    with installation.serve(*SERVERS[request.param], STREAMS="40") as server:
        yield server.port


class OpenPage:
    """One connection that is told what changes."""

    def __init__(self, port: int, code: str, since: int | str = 0, **headers: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._connection.request("GET", f"/en/boards/{code}/live?since={since}", headers=headers)
        self.answer = self._connection.getresponse()
        self.last = ""

    def messages(self) -> Iterator[dict[str, object]]:
        """What comes, without the beats between."""
        said: dict[str, str] = {}
        for line in self.answer:
            words = line.decode().strip()
            if words:
                name, _colon, value = words.partition(": ")
                said[name] = value
                continue
            if said.get("event") == "changes":
                self.last = said["id"]
                yield json.loads(said["data"])
            said = {}

    def titles(self, until: str) -> list[str]:
        """The ideas that come, in order, until one with this title has come."""
        seen: list[str] = []
        for message in self.messages():
            seen += [idea["html"].split("Idea ")[1].split("<")[0] for idea in message["ideas"]]  # type: ignore[index]
            if until in seen:
                return seen
        raise AssertionError("the connection ended")

    def close(self) -> None:
        self._connection.close()


def write(installation: Installation, board: Board, name: int) -> None:
    with installation.database.writing() as session:
        here = session.get_one(Board, board.id)
        draft = Draft(here.columns[0].id, f"Idea {name}", "Because.", "en")
        operations.write_idea(session, here, draft, f"key {name}")


def test_everybody_who_looks_sees_every_idea_once_and_in_order(installation, port):
    board = installation.make.board(columns=1, wall=BoardWall.OPEN)
    pages = [OpenPage(port, board.code) for _ in range(20)]
    for name in range(12):
        write(installation, board, name)
        time.sleep(0.03)
    for page in pages:
        assert page.titles("11") == [str(name) for name in range(12)]
        page.close()


def test_who_comes_back_to_another_process_misses_nothing_and_gets_nothing_twice(installation, port):
    board = installation.make.board(columns=1, wall=BoardWall.OPEN)
    page = OpenPage(port, board.code)
    write(installation, board, 0)
    assert page.titles("0") == ["0"]
    page.close()
    write(installation, board, 1)
    with installation.serve("serve", "--workers", "1") as other:
        back = OpenPage(other.port, board.code, **{"Last-Event-ID": page.last})
        write(installation, board, 2)
        assert back.titles("2") == ["1", "2"]
        back.close()


def test_a_server_that_stops_does_not_wait_for_those_who_look(installation):
    board = installation.make.board()
    for arguments in SERVERS.values():
        with installation.serve(*arguments) as server:
            page = OpenPage(server.port, board.code)
            assert page.answer.status == 200
            began = time.monotonic()
            server.process.terminate()
            server.process.wait(30)
            assert time.monotonic() - began < 8
            page.close()


def test_pages_come_while_many_look_and_who_finds_no_room_is_told_at_once(installation):
    board = installation.make.board()
    with installation.serve("serve", "--workers", "1", STREAMS="30", THREADS="2") as server:
        pages = [OpenPage(server.port, board.code) for _ in range(30)]
        assert {page.answer.status for page in pages} == {200}
        assert OpenPage(server.port, board.code).answer.status == 429
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", f"/en/boards/{board.code}")
        answer = connection.getresponse()
        assert answer.status == 200
        assert b"data-live" in answer.read()
        for page in pages:
            page.close()
