"""What is read of what somebody pasted or sent."""

import csv
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from dialogue.base.errors import Invalid
from dialogue.base.i18n import speaking
from dialogue.base.text import tidy
from dialogue.entering import reading
from tests.entering.conftest import xlsx

ROWS = 'Tittel;Tekst\r\nGåvei;Lys på stien, ærlig talt\r\n«Ånd»;"To\r\nlinjer; og «sitat»"\r\n'
READ = [["Gåvei", "Lys på stien, ærlig talt"], ["«Ånd»", "To\nlinjer; og «sitat»"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_in_whatever_encoding_a_spreadsheet_writes(encoding):
    sheet = reading.file(ROWS.encode(encoding))
    assert (list(sheet.head), list(sheet.rows)) == (["Tittel", "Tekst"], READ)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator):
    content = f'Title{separator}Text\nA{separator}"One, two; three"\nB{separator}Four\n'
    assert list(reading.file(content.encode()).rows) == [["A", "One, two; three"], ["B", "Four"]]


def test_a_spreadsheet_may_say_its_separator():
    assert list(reading.file(b"sep=,\nTitle,Text\nA;B,C\n").rows) == [["A;B", "C"]]


def test_a_spreadsheet_is_read_by_its_values():
    sheet = reading.file(xlsx(["Tittel", "Tekst"], ["Lys", 12.0], [None, None], ["Benk", None]))
    assert list(sheet.rows) == [["Lys", "12"], ["Benk", ""]]


def test_columns_that_tell_who_somebody_is_are_not_read():
    sheet = reading.file(b"Author,Subject,Body,E-mail address\nKari N,Lights,By the path,k@example.org\n")
    assert (list(sheet.head), list(sheet.not_read)) == (["Subject", "Body"], ["Author", "E-mail address"])
    assert "Kari N" not in repr(sheet)


def test_lines_are_read_without_the_signs_of_a_list():
    sheet = reading.lines("- Lights\n2. A bench\n\n• Paths – wider\n2030 is far away")
    assert [row[0] for row in sheet.rows] == ["Lights", "A bench", "Paths – wider", "2030 is far away"]


def bomb(size, parts=1):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(parts):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b"0" * size)
    return written.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def packed(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return made.getvalue()


SPREADSHEET = parts_of(xlsx(["Title", "On"], ["A", date(2026, 5, 1)], ["B", 2.5]))


def with_sheet(xml):
    """A spreadsheet whose sheet is this XML."""
    return packed({**SPREADSHEET, "xl/worksheets/sheet1.xml": xml})


@st.composite
def spoilt_spreadsheets(draw):
    """A spreadsheet in one of whose parts something else stands, or that is cut off, or lacks a part."""
    part = draw(st.sampled_from(sorted(SPREADSHEET)))
    content = SPREADSHEET[part]
    start = draw(st.integers(0, len(content)))
    end = draw(st.integers(start, min(len(content), start + 20)))
    written = draw(st.sampled_from([b"", b"-1", b"1e999", b"zz", b"<", b'"', b"\xff", b"&x;", b"9" * 400]))
    spoilt = packed({**SPREADSHEET, part: content[:start] + written + content[end:]})
    return draw(
        st.sampled_from(
            [
                spoilt,
                spoilt[: draw(st.integers(4, len(spoilt)))],
                packed({other: kept for other, kept in SPREADSHEET.items() if other != part}),
            ]
        )
    )


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet xmlns="http://schemas.openxmlformats.org/'
    b'spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>'
    b"</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (bomb(40 * 1024 * 1024), "too large"),
        (bomb(10, parts=600), "too large"),
        (b"x" * (reading.LARGEST_FILE + 1), "too large"),
        (with_sheet(LAUGHS), "cannot be read"),
        (with_sheet(b"<worksheet><unclosed>"), "cannot be read"),
        (b"PK\x03\x04 and then nothing of an archive", "cannot be read"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0an old spreadsheet", "cannot be read"),
        (b"Title,Text\nA\0B,C\n", "cannot be read"),
        (b"," * 1_000_000, "nothing in it"),
        (b"Title" + b",x" * 1_000_000 + b"\nA", "more than 40 columns"),
        (xlsx(["x"] * 16_384, ["A"]), "more than 40 columns"),
        (b"", "nothing in it"),
        (b"Title,Text\n", "nothing in it"),
        (b"Name,E-mail\nKari,k@example.org\n", "nothing in it"),
        (b"Title\n" + b"A\n" * 2_001, "more than 2,000 rows"),
        (b'Title,Text\n"' + b"x" * 200_000 + b'",b\n', "cannot be read"),
    ],
)
def test_what_is_hostile_or_no_sheet_is_refused_with_a_clear_message(content, says):
    with pytest.raises(Invalid) as refused:
        reading.file(content)
    with speaking("en"):
        assert says in str(refused.value.message)
    assert refused.value.field == "file"


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30).map(tidy)


@settings(max_examples=80)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8), st.sampled_from(";,\t"))
def test_what_a_csv_writer_writes_is_read_as_it_was(rows, separator):
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=separator)
    writer.writerows([("Title", "Text"), *rows])
    kept = [list(row) for row in rows if any(row)]
    try:
        read = list(reading.file(written.getvalue().encode()).rows)
    except Invalid:
        assert not kept
        return
    # A column in which nothing stands is passed over.
    used = [place for place in (0, 1) if any(row[place] for row in [["Title", "Text"], *kept])]
    assert read == [[row[place] for place in used] for row in kept]


@settings(max_examples=150)
@given(st.one_of(st.binary(max_size=400), spoilt_spreadsheets()))
def test_whatever_is_sent_is_read_or_refused(content):
    try:
        sheet = reading.file(content)
    except Invalid:
        return
    assert sheet.rows
    assert {len(row) for row in sheet.rows} == {len(sheet.head)}
