"""Cells of sheets that somebody opens in a spreadsheet: no words in them are taken for a formula. Pure."""

import re

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
