"""What the tests of entering share."""

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client, Page


@pytest.fixture
def organiser(house, make) -> Callable[..., Client]:
    """A browser of somebody with this role in the board's dialogue."""

    def sign_in(board, role=Role.ORGANISER):
        return Client(house).sign_in(make.user(role, ScopeKind.DIALOGUE, board.dialogue_id))

    return sign_in


@pytest.fixture
def bring(organiser) -> Callable[..., tuple[Client, Page]]:
    """Brings something in as an organiser and looks at the preview."""

    def run(board, lines="", file=None, name="ideas.csv", **values):
        browser = organiser(board)
        page = browser.get(f"/en/desk/boards/{board.code}/bring-in")
        sent = {"column": board.columns[0].id, "lines": lines, **values}
        if file is not None:
            sent["file"] = (io.BytesIO(file), name)
        return browser, browser.send(page, sent)

    return run


def xlsx(*rows: list[object]) -> bytes:
    """A spreadsheet with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
