"""A sheet from what somebody pasted or sent: lines, a CSV in whatever encoding, or a spreadsheet. Pure.

Nothing of a file is kept but its cells, and of those not what stands in a column that tells who somebody is.
"""

import codecs
import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dialogue.base import text
from dialogue.base.cells import unguarded
from dialogue.base.errors import Invalid
from dialogue.base.i18n import Lazy, lazy

LARGEST_FILE = 5 * 1024 * 1024
# A sheet of 2,000 ideas is about a megabyte when it is unpacked.
LARGEST_UNPACKED = 25 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 2_000
MOST_COLUMNS = 40
# A sheet may have empty rows between; so many are looked through.
MOST_LOOKED_THROUGH = 20_000
LONGEST_CELL = 5_000
SEPARATORS = ";,\t|"

NOT_READABLE = lazy("The file cannot be read. Choose a CSV or an XLSX; a spreadsheet can be saved as either.")
TOO_MANY = lazy("There are more than 2,000 rows. Divide them, and bring in one part at a time.")
TOO_WIDE = lazy("The sheet has more than 40 columns. Keep only those with ideas, and try again.")
TOO_LARGE = lazy(
    "The file is too large. It can be at most 5 MB; a spreadsheet without pictures is much smaller."
)
NOTHING_IN_IT = lazy("There is nothing in it. Look at the file, or paste the ideas as lines.")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Headings of columns that hold who wrote something, in nb, nn and en; such a column is not read at all.
PERSONAL = _set(
    "author authors forfatter forfattar navn namn name fornavn fornamn etternavn etternamn fullt fullname username "
    "brukernavn brukarnamn user bruker brukar email e-mail e-post epost mail telefon phone mobil mobile tlf "
    "fødselsnummer fødselsdato fødselsdag personnummer ip"
)


@dataclass(frozen=True)
class Sheet:
    """Cells in rows of equal length under a heading for each column; headings are empty where there are none.

    ``not_read`` names the columns that were left out since they tell who somebody is.
    """

    rows: Sequence[Sequence[str]]
    head: Sequence[str]
    not_read: Sequence[str] = field(default_factory=tuple)


def lines(pasted: str) -> Sheet:
    """One idea for each line, without the signs of a list. Raises Invalid."""
    found = [_without_bullet(line) for line in text.tidy(pasted).split("\n")]
    rows = [[line[:LONGEST_CELL]] for line in found if line]
    if not rows:
        raise Invalid(lazy("Write or paste at least one idea."), "lines")
    if len(rows) > MOST_ROWS:
        raise Invalid(TOO_MANY, "lines")
    return Sheet(rows, [""])


def file(content: bytes) -> Sheet:
    """The sheet in a file, told by its content and not by its name. Raises Invalid with what to do."""
    if len(content) > LARGEST_FILE:
        raise _refused(TOO_LARGE)
    rows = _spreadsheet(content) if content.startswith(b"PK\x03\x04") else _separated(_decoded(content))
    return _sheet(rows)


def _sheet(rows: Iterable[Sequence[str]]) -> Sheet:
    kept: list[list[str]] = []
    for looked, row in enumerate(rows):
        cells = [unguarded(text.tidy(cell))[:LONGEST_CELL] for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise _refused(TOO_WIDE)
        if cells:
            kept.append(cells)
        # The first row is the headings.
        if len(kept) > MOST_ROWS + 1 or looked > MOST_LOOKED_THROUGH:
            raise _refused(TOO_MANY)
    if not kept:
        raise _refused(NOTHING_IN_IT)
    width = max(map(len, kept))
    even = [[*row, *[""] * (width - len(row))] for row in kept]
    head = [" ".join(cell.split())[:80] for cell in even[0]]
    personal = {place for place, name in enumerate(head) if is_personal(name)}
    used = [place for place in range(width) if place not in personal and any(row[place] for row in even)]
    if len(even) == 1 or not used:
        raise _refused(NOTHING_IN_IT)
    return Sheet(
        [[row[place] for place in used] for row in even[1:]],
        [head[place] for place in used],
        [head[place] for place in sorted(personal)],
    )


def is_personal(heading: str) -> bool:
    """Whether what stands under a heading tells who somebody is."""
    words = heading.casefold().replace("_", " ").replace("(", " ").replace(")", " ").split()
    return any(word.strip(".:") in PERSONAL for word in words)


def _without_bullet(line: str) -> str:
    plain = line.strip()
    for mark in ("- ", "* ", "• ", "– ", "· "):
        if plain.startswith(mark):
            return plain[len(mark) :].strip()
    number, dot, rest = plain.partition(" ")
    if dot and number[:-1].isdecimal() and len(number) < 6 and number[-1] in ".)":
        return rest.strip()
    return plain


def _decoded(content: bytes) -> str:
    """The text of a file: UTF-8 and UTF-16 by their marks, UTF-8 where it is that, else Windows-1252, which a
    spreadsheet in Norwegian writes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        decoded = content.decode("utf-16", errors="replace")
    else:
        try:
            decoded = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            decoded = content.decode("cp1252", errors="replace")
    # A picture, a PDF or an old spreadsheet has letters that no text has.
    strange = sum(1 for letter in decoded[:10_000] if letter < " " and letter not in "\t\r\n\f\v")
    if strange or "\0" in decoded:
        raise _refused(NOT_READABLE)
    return decoded


def _separated(content: str) -> Iterator[Sequence[str]]:
    """The rows of a CSV. Spreadsheets may say the separator in a first line, sep=;"""
    first, _end, rest = content.partition("\n")
    told = first.strip().casefold().removeprefix("sep=")
    if first.strip().casefold().startswith("sep=") and len(told) == 1:
        content, separator = rest, told
    else:
        separator = _separator(content)
    with _parsing():
        yield from csv.reader(io.StringIO(content, newline=""), delimiter=separator)


def _separator(content: str) -> str:
    """The sign by which most of the first rows fall into the same number of cells, and more than one."""
    best, most = ",", 0.0
    for sign in SEPARATORS:
        try:
            reader = csv.reader(io.StringIO(content[:50_000], newline=""), delimiter=sign)
            widths = [len(row) for _number, row in zip(range(30), reader, strict=False) if row]
        except csv.Error:
            continue
        if not widths:
            continue
        # Headings have no sign in them that does not separate, so theirs is the number that counts.
        agree = Counter(widths)[widths[0]] / len(widths)
        fits = (widths[0] - 1) * agree
        if fits > most:
            best, most = sign, fits
    return best


def _spreadsheet(content: bytes) -> Iterator[Sequence[str]]:
    """The rows of the first sheet of an XLSX that has any."""
    _check_unpacked(content)
    # Heavy, and needed by nobody who brings in no spreadsheet.
    from openpyxl import load_workbook  # noqa: PLC0415

    with _parsing():
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            found = False
            cells = sheet.iter_rows(
                max_row=MOST_LOOKED_THROUGH + 2, max_col=MOST_COLUMNS + 1, values_only=True
            )
            for row in cells:
                said = [_said(value) for value in row]
                found = found or any(said)
                yield said
            if found:
                return


def _check_unpacked(content: bytes) -> None:
    """Refuse a spreadsheet that is small only as long as it is packed. Raises Invalid.

    What an archive says of its own sizes may be a lie, so each part is unpacked and counted.
    """
    left = LARGEST_UNPACKED
    with _parsing(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise _refused(TOO_LARGE)
        for part in parts:
            with archive.open(part) as opened:
                while piece := opened.read(65_536):
                    left -= len(piece)
                    if left < 0:
                        raise _refused(TOO_LARGE)


@contextmanager
def _parsing() -> Iterator[None]:
    """Whatever a parser makes of a file that it cannot read, the file is refused.

    None of them says what it raises. A broken or hostile file makes archives, XML, and a sheet's own numbers and
    styles fail each in a way of its own, so that a list of them would never be complete.
    """
    try:
        yield
    except Invalid:
        raise
    except Exception as error:
        raise _refused(NOT_READABLE) from error


def _said(value: Any) -> str:
    """A cell in words: a day without its midnight, a number without needless zeros."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _refused(message: Lazy) -> Invalid:
    return Invalid(message, "file")
