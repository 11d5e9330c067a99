"""Taking a board out: what is in it, for whom, and what is asked first."""

import csv
import io
import zipfile
from datetime import timedelta

import openpyxl
import pypdf
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image
from sqlalchemy import select, update

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.i18n import speaking
from dialogue.base.text import tidy
from dialogue.boards.models import Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Channel, Contribution, ContributionState
from dialogue.entering import becoming, reading
from dialogue.entering.becoming import Chosen
from dialogue.exporting import jobs, operations, sheets
from dialogue.exporting.models import Export, ExportKind, Stage
from dialogue.exporting.queries import Taken
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client


@pytest.fixture
def organiser(house, make):
    def sign_in(board, role=Role.ORGANISER):
        return Client(house).sign_in(make.user(role, ScopeKind.DIALOGUE, board.dialogue_id))

    return sign_in


@pytest.fixture
def export(organiser):
    """Asks for an export as an organiser; gives the browser and the page that came."""

    def run(board, kind="csv", **values):
        browser = organiser(board)
        page = browser.get(f"/en/desk/boards/{board.code}/export")
        return browser, browser.send(page, {"kind": kind, **values})

    return run


def file(browser, page):
    return browser.browser.get(page.link("Save the file")).data


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_sheet_holds_what_everybody_can_read_and_nothing_else(export, make, read):
    board = make.board()
    make.idea(board, "Lights")
    make.idea(board, "Waiting", ContributionState.RECEIVED)
    make.idea(board, "Returned", ContributionState.RETURNED)
    browser, page = export(board)
    (row,) = rows(file(browser, page))
    assert (row["Title"], row["Question"], row["State"]) == ("Lights", "Prompt 1 (en)", "Published")
    assert read(select(AuditEntry.verb).where(AuditEntry.subject_kind.in_(["board", "export"]))) == [
        "export public",
        "download",
    ]


def test_the_team_gets_what_waits_too_and_of_what_was_taken_back_no_word(export, make, database):
    board = make.board()
    make.idea(board, "Lights")
    make.idea(board, "Waiting", ContributionState.RECEIVED)
    gone = make.idea(board, "Gone", ContributionState.WITHDRAWN)
    browser, page = export(board, audience="team")
    found = rows(file(browser, page))
    assert [row["Title"] for row in found] == ["Lights", "Waiting", ""]
    assert found[2]["Code"] == gone.contribution.code
    assert (found[2]["Text"], found[2]["State"]) == ("", "Withdrawn")


@pytest.mark.parametrize("kind", ["list", "wall", "picture"])
def test_what_hangs_on_a_wall_holds_only_what_everybody_can_read(export, make, read, kind):
    board = make.board()
    make.idea(board, "Lights")
    make.idea(board, "Waiting", ContributionState.RECEIVED)
    _browser, page = export(board, kind, audience="team")
    assert "with 1 idea" in page.text
    assert read(select(Export.audience)) == ["public"]


def test_a_comment_names_what_it_is_about_and_does_not_hang_on_the_wall(export, make):
    board = make.board()
    about = make.idea(board, "Lights")
    make.idea(board, "", text="Warm ones.", comment_on_id=about.contribution_id)
    found = rows(file(*export(board)))
    assert [(row["Text"], row["Comment on"]) for row in found] == [
        (about.text, ""),
        ("Warm ones.", about.contribution.code),
    ]
    for kind, is_there in (("list", True), ("wall", False)):
        pages = pypdf.PdfReader(io.BytesIO(file(*export(board, kind)))).pages
        assert ("Warm ones." in "".join(page.extract_text() for page in pages)) is is_there


def test_a_spreadsheet_is_read_back_as_it_was_and_calculates_nothing(export, make):
    board = make.board()
    make.idea(board, '=HYPERLINK("http://evil.example")')
    make.idea(board, "«Ærlig» 👩\u200d👧 العربية")
    browser, page = export(board, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(file(browser, page)))
    cells = {cell.value: cell.data_type for cell in book.active["C"][1:]}
    assert cells == {'\'=HYPERLINK("http://evil.example")': "s", "«Ærlig» 👩\u200d👧 العربية": "s"}
    assert not book.properties.creator


@pytest.mark.parametrize("kind", ["list", "wall"])
def test_paper_is_tagged_and_has_a_language_and_every_idea(export, make, kind):
    board = make.board()
    for number in range(30):
        make.idea(board, f"Idea {number} 😀 العربية")
    browser, page = export(board, kind, language="nn")
    pdf = pypdf.PdfReader(io.BytesIO(file(browser, page)))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "nn"
    shown = " ".join(one.extract_text() for one in pdf.pages)
    assert all(f"Idea {number}" in shown for number in range(30))
    width, height = pdf.pages[0].mediabox.width, pdf.pages[0].mediabox.height
    assert (round(width), round(height)) == {"list": (595, 842), "wall": (1191, 842)}[kind]


VIDEO, SHOWN = "https://video.example.org/path", "A dark path by the school"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "list"])
def test_the_link_to_a_video_and_what_a_picture_shows_come_along(export, make, kind):
    board = make.board()
    make.idea(board, "Lights", video_url=VIDEO, picture_words=SHOWN)
    browser, page = export(board, kind)
    content = file(browser, page)
    if kind == "list":
        pdf = pypdf.PdfReader(io.BytesIO(content)).pages[0]
        assert SHOWN in pdf.extract_text()
        assert VIDEO in [note["/A"]["/URI"] for note in pdf["/Annots"]]
        return
    told = (
        rows(content)[0].values()
        if kind == "csv"
        else [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content)).active[2]]
    )
    assert {VIDEO, SHOWN} <= set(told)


def test_what_a_picture_shows_may_be_personal_too(export, make):
    board = make.board()
    make.idea(board, "Lights", picture_words="Ring 99 88 77 66")
    _browser, page = export(board)
    assert "1 idea may hold personal data" in page.text
    assert "99 88 77 66" in page.html.select_one("#found mark").get_text()


def test_a_picture_is_sharp_enough_for_a3_and_many_pages_lie_in_one_file(export, make):
    board = make.board()
    make.idea(board, "Lights")
    browser, page = export(board, "picture")
    picture = Image.open(io.BytesIO(file(browser, page)))
    assert (picture.format, picture.size) == ("PNG", (2480, 1754))
    for number in range(35):
        make.idea(board, f"Idea {number}", text="A long text. " * 40)
    browser, page = export(board, "picture")
    packed = zipfile.ZipFile(io.BytesIO(file(browser, page)))
    assert len(packed.namelist()) > 1


def test_what_may_be_personal_is_asked_about_first_and_left_out_unless_there_is_a_reason(export, make, read):
    board = make.board()
    make.idea(board, "Lights")
    make.idea(board, "Ring 99 88 77 66")
    browser, page = export(board)
    assert "1 idea may hold personal data" in page.text
    assert "99 88 77 66" in page.text
    refused = browser.send(page, {"personal": "take_along"}, action="/answer")
    assert refused.status == 422
    assert "It is kept with your name." in refused.errors[0]
    page = browser.send(page, {}, action="/answer")
    assert [row["Title"] for row in rows(file(browser, page))] == ["Lights"]
    assert "1 idea left out" in page.text


def test_personal_data_is_taken_along_with_a_reason_that_is_kept(export, make, read):
    board = make.board()
    make.idea(board, "Ring 99 88 77 66")
    browser, page = export(board)
    page = browser.send(page, {"personal": "take_along", "reason": "The number is ours."}, action="/answer")
    assert [row["Title"] for row in rows(file(browser, page))] == ["Ring 99 88 77 66"]
    assert read(select(Export.reason)) == ["The number is ours."]
    assert "export take_along" in read(select(AuditEntry.verb))
    listed = browser.get(f"/en/desk/boards/{board.code}/export")
    assert "Taken along: The number is ours." in listed.text


def test_what_takes_long_is_made_by_the_job_and_the_page_says_when_it_is_ready(
    export, make, database, monkeypatch
):
    monkeypatch.setattr(operations, "MOST_AT_ONCE", 0)
    board = make.board()
    make.idea(board, "Lights")
    browser, page = export(board)
    assert "It is being made" in page.text
    assert jobs.make_waiting(database) == 1
    assert jobs.make_waiting(database) == 0
    page = browser.get(page.path)
    assert [row["Title"] for row in rows(file(browser, page))] == ["Lights"]


def test_files_are_kept_for_a_day_and_what_was_done_for_good(export, make, database, read):
    board = make.board()
    make.idea(board, "Lights")
    browser, page = export(board)
    address = page.link("Save the file")
    assert jobs.forget(database) == 0
    with database.writing() as session:
        session.execute(update(Export).values(made_at=clock.now() - timedelta(days=2)))
    assert jobs.forget(database) == 1
    assert browser.browser.get(address).status_code == 404
    assert "no longer kept" in browser.get(page.path).text
    assert read(select(Export.stage)) == [Stage.FORGOTTEN]


def test_a_file_with_words_that_were_taken_back_since_is_given_to_nobody(export, make, database):
    board = make.board()
    given = make.idea(board, "Lights").contribution
    browser, page = export(board)
    address = page.link("Save the file")
    with database.writing() as session:
        contributions.move(session, session.get_one(Contribution, given.id), ContributionState.HELD)
    assert browser.browser.get(address).status_code == 404
    assert "may have been taken back since" in browser.get(page.path).text


def test_the_same_page_sent_twice_is_one_export(organiser, make, read):
    board = make.board()
    browser = organiser(board)
    page = browser.get(f"/en/desk/boards/{board.code}/export")
    assert browser.send(page, {"kind": "csv"}).path == browser.send(page, {"kind": "csv"}).path
    assert len(read(select(Export.id))) == 1


def test_exports_are_for_those_who_manage_the_board(export, organiser, make):
    board = make.board()
    make.idea(board, "Lights")
    _browser, page = export(board)
    for path in (page.path, page.link("Save the file"), f"/en/desk/boards/{board.code}/export"):
        for role in (Role.FACILITATOR, Role.LEADER):
            assert organiser(board, role).browser.get(path).status_code == 403
        assert organiser(make.board()).browser.get(path).status_code == 404


def idea(title, text):
    return Taken(
        1, "abc", "Prompt", title, text, "", "nb", Channel.PAPER, 0, ContributionState.PUBLISHED, clock.now()
    )


written = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=40) | st.sampled_from(
    [
        "=1+1",
        "+47",
        "-a",
        "@SUM(1)",
        "'=x",
        "'",
        "''=x",
        "line\nline",
        'say "so"; then, go',
        "👩\u200d👧",
        "العربية",
    ]
)


@settings(max_examples=120)
@given(written.map(tidy), written.map(tidy), st.sampled_from(ExportKind))
def test_what_is_taken_out_and_brought_in_again_says_the_same(title, text, kind):
    title = " ".join(title.split())
    if not (title and text):
        title, text = title or "Lights", text or "By the path"
    make = sheets.as_csv if kind is ExportKind.CSV else lambda ideas: sheets.as_xlsx(ideas, "Board")
    with speaking("nn"):
        sheet = reading.file(make([idea(title, text)]))
    fields = becoming.guess(sheet)
    became = becoming.become(sheet.rows[0], fields, Chosen(None, "", "nb", {"prompt": 7}))
    assert (became.title, became.text, became.column_id) == (title, text, 7)


def test_the_codes_of_a_board_are_those_of_its_ideas(export, make, read):
    board = make.board()
    make.idea(board, "Lights")
    browser, page = export(board)
    assert [row["Code"] for row in rows(file(browser, page))] == read(
        select(Contribution.code).join(Idea, Idea.contribution_id == Contribution.id)
    )
