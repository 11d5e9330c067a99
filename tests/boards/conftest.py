"""What the tests of boards share."""

from collections.abc import Callable

import pytest

from dialogue.boards.models import Board
from tests.support.client import Client, Page


@pytest.fixture
def give(client: Client) -> Callable[..., Page]:
    """Writes an idea as a resident does and returns the page's answer, not followed."""

    def write(board: Board, title: str = "Lights", text: str = "By the path.", **values: object) -> Page:
        page = client.get(f"/en/boards/{board.code}/write")
        return client.send(
            page, {"column": board.columns[0].id, "title": title, "text": text, **values}, follow=False
        )

    return write
