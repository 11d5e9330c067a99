"""What the tests of boards share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from dialogue.base.db import Database
from dialogue.boards.models import Board
from tests.support.client import Client, Page


@pytest.fixture
def counting(database: Database) -> Callable[[], AbstractContextManager[list[str]]]:
    """Collects the statements that are run inside the block."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(database.engine, "before_cursor_execute", note)

    return count


@pytest.fixture
def give(client: Client) -> Callable[..., Page]:
    """Writes an idea as a resident does and returns the page's answer, not followed."""

    def write(board: Board, title: str = "Lights", text: str = "By the path.", **values: object) -> Page:
        page = client.get(f"/en/boards/{board.code}/write")
        return client.send(
            page, {"column": board.columns[0].id, "title": title, "text": text, **values}, follow=False
        )

    return write
