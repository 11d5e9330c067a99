"""Sheets that somebody opens in a spreadsheet: no words in their cells are taken for a formula. Pure."""

import csv
import io
import re
from collections.abc import Iterable

# A spreadsheet in Norwegian opens this by itself: the comma stands in its numbers, so a semicolon parts the cells.
SEPARATOR = ";"

# The signs by which a spreadsheet knows a formula or a call to another program, the wide ones included. See the
# Open Worldwide Application Security Project on CSV injection. Apostrophes before them count as well, so that
# what was guarded can be told from what somebody wrote with one.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def guarded(words: str) -> str:
    """Words that no spreadsheet takes for a formula: an apostrophe stands before those that one would."""
    return f"'{words}" if _FORMULA.match(words) else words


def unguarded(cell: str) -> str:
    """The words of a cell as they were before they were guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def as_csv(rows: Iterable[Iterable[str | int]]) -> bytes:
    """A CSV of guarded cells, in UTF-8 with its mark, by which a spreadsheet knows the letters of Norwegian."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=SEPARATOR).writerows(
        [guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return written.getvalue().encode("utf-8-sig")
