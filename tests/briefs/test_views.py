"""The brief at the desk, from the themes to the version that was sent, and its documents."""

import io
import zipfile
from datetime import timedelta

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from sqlalchemy import select

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.briefs import documents, jobs
from dialogue.briefs.content import LONGEST_CELL, LONGEST_WHO
from dialogue.briefs.models import Brief, BriefSending, Quote
from dialogue.dialogues.models import Channel, Contribution, ContributionKind, ContributionState
from dialogue.followup.models import Body, Theme, ThemeContribution
from dialogue.web import sources
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words


def at(a_round, rest: str = "") -> str:
    return f"/en/desk/dialogues/{a_round.dialogue.code}/brief{rest}"


def send_it(desk, a_round, language="nb", **values):
    body = a_round.body()
    page = desk.get(at(a_round, "/send"))
    return desk.send(page, {f"to-{body.code}": "y", "language": language, **values}, action="/send")


def test_the_whole_path_is_words_quotes_receivers_and_send(desk, a_round, read):
    idea = a_round.idea("Lights by the path")
    theme = a_round.theme("Light", idea)
    page = desk.get(at(a_round))
    assert "1 theme lacks a line." in page.text
    page = desk.get(page.link("Write"))
    lines = {f"says-{theme.code}": "It is dark", f"proposes-{theme.code}": "Lamps", f"who-{theme.code}": "Us"}
    page = desk.send(page, lines)
    page = desk.get(page.link("Choose quotes"))
    page = desk.send(page, {f"use-{idea.contribution.code}": "y"}, action="/quotes")
    assert read(select(Quote.text)) == ["Lights by the path, please."]
    assert page.link("Write down the bodies")
    body = a_round.body()
    page = desk.get(desk.get(at(a_round)).link("Choose who gets it"))
    day = clock.today() + timedelta(12)
    page = desk.send(page, {f"to-{body.code}": "y", f"on-{body.code}": day.isoformat()}, action="/send")
    assert page.heading == "Version 1 of the brief"
    assert [one.meets_on for one in read(select(BriefSending))] == [day]
    assert "freeze" in read(select(AuditEntry.verb))
    assert "The police council" in desk.get(at(a_round)).text


def test_what_lies_in_no_theme_must_be_placed_or_explained(desk, a_round, read):
    a_round.theme("Light", a_round.idea())
    a_round.idea("Benches")
    page = send_it(desk, a_round)
    assert page.status == 422
    assert "say why it stays outside" in page.errors[0]
    assert read(select(Brief)) == []
    send_it(desk, a_round, left_out="It came after the meeting.")
    brief = read(select(Brief))[0]
    assert "It came after the meeting." in desk.get(f"/en/desk/briefs/{brief.code}").text


def test_nothing_typed_is_lost_when_nobody_was_chosen(desk, a_round):
    a_round.theme("Light", a_round.idea())
    a_round.idea("Benches")
    a_round.body()
    page = desk.send(
        desk.get(at(a_round, "/send")), {"left_out": "It came late.", "language": "en"}, action="/send"
    )
    assert page.status == 422
    assert "It came late." in page.html.find("textarea", {"name": "left_out"}).text


def test_a_frozen_brief_never_changes_and_its_pdf_reads_in_norwegian(desk, a_round, house, read):
    theme = a_round.worded("Blåbær på øya, æsj", a_round.idea())
    send_it(desk, a_round)
    brief = read(select(Brief))[0]
    before = desk.get(f"/en/desk/briefs/{brief.code}/pdf").response
    assert before.mimetype == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(before.data))
    assert "Blåbær på øya, æsj" in reader.pages[0].extract_text()
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "nb"
    with house.database.writing() as session:
        session.get_one(Theme, theme.id).title = words("Something else")
    assert desk.get(f"/en/desk/briefs/{brief.code}/pdf").response.data == before.data
    assert "Blåbær" in desk.get(f"/en/desk/briefs/{brief.code}").text


def test_the_page_leads_from_each_line_to_its_annex_and_from_there_to_what_was_given(desk, a_round, read):
    idea = a_round.idea("Lights by the path")
    a_round.worded("Light", idea, going_on=words("New lamps are ordered"))
    a_round.quote(idea, "Lights by the path …")
    send_it(desk, a_round, "en")
    page = desk.get(f"/en/desk/briefs/{read(select(Brief.code))[0]}")
    line = page.html.select_one('table a[href="#theme-1"]')
    annex = page.html.select_one("#theme-1")
    assert line is not None
    assert "New lamps are ordered" in annex.text
    assert annex.select_one('figcaption a[href="#source-1-1"]') is not None
    source = annex.select_one("#source-1-1 a")
    assert idea.contribution.code in source["href"]
    assert desk.get(source["href"]).status == 200


def test_everything_that_lay_in_a_theme_can_be_followed_page_by_page(desk, a_round, read):
    ideas = [a_round.idea(f"Idea {number}") for number in range(53)]
    a_round.worded("Light", *ideas)
    send_it(desk, a_round)
    a_round.withdraw(ideas[0])
    page = desk.get(f"/en/desk/briefs/{read(select(Brief.code))[0]}")
    page = desk.get(page.link("All sources of theme 1"))
    assert "Taken back by the one who said it." in page.text
    assert "Idea 49" in page.text
    assert "Idea 52" in desk.get(f"{page.path}?page=2").text


def full_content(count=9):
    """A content whose seven themes hold as much as can be written."""
    sentence = (
        "Mange ønsker flere voksne til stede på kveldene, bedre lys langs stien og et sted å være sammen. "
    )
    cell = (sentence * 4)[:LONGEST_CELL]

    def line(number):
        sources_ = [
            {
                "number": place,
                "code": f"c{number}x{place}",
                "kind": "idea",
                "label": "Innspill",
                "who": "Nettside",
                "text": sentence[:80],
                "language": "nb",
                "is_minority": place == 2,
                "gone": "withdrawn" if place == 3 else "",
            }
            for place in range(1, 41)
        ]
        quote = {
            "code": f"c{number}x1",
            "text": "Vi vil ha lys …",
            "language": "nn",
            "who": "Klasse A",
            "source": 1,
            "gone": "",
        }
        return {
            "number": number,
            "code": f"theme{number}",
            "title": f"Tema {number}: {cell}"[:80],
            "total": 60,
            "heard": "160 innspill · Nettside 40 · Skole 20 · Møte 30 · Papir 50 · Plakat 20",
            "says": cell,
            "proposes": cell,
            "who": cell[:LONGEST_WHO],
            "annex": {
                "kinds": "40 ideer",
                "going_on": f"Dette er i gang {number}",
                "minority": "Noen få vil ha mørke",
                "options": "Lys eller vakt",
                "open_questions": "Hvem betaler?",
                "goal": {"number": "3", "text": "Trygge kvelder", "plan": "Planen", "years": "2021–2023"},
                "sources": sources_,
                "more": 20,
                "quotes": [quote, {**quote, "text": "", "gone": "withdrawn", "source": 3}],
            },
        }

    lines = [line(number) for number in range(1, count + 1)]
    return {
        "language": "nb",
        "heading": cell[:100],
        "question": cell[:200],
        "when": "3. desember 2026",
        "foot": "Stranda, politiet",
        "themes": lines[:7],
        "also": lines[7:],
        "unplaced": 3,
        "not_taken_in": 0,
        "left_out": "De kom etter at temaene var laget.",
        "aside": [{"reason": "Hilsener", "count": 2}],
    }


def test_seven_full_themes_are_one_page_and_the_annex_follows():
    pages = pypdf.PdfReader(io.BytesIO(documents.brief_pdf(full_content()))).pages
    first = pages[0].extract_text()
    assert all(f"Tema {number}:" in first for number in range(1, 8))
    assert "3. desember 2026" in first
    assert "Dette er i gang" not in first
    assert "Dette er i gang 1" in pages[1].extract_text()
    assert "Tema 1:" in pages[1].extract_text()


def test_the_pdf_leads_from_each_theme_to_its_annex_and_from_each_quote_to_its_source():
    pages = pypdf.PdfReader(io.BytesIO(documents.brief_pdf(full_content()))).pages
    links = [
        note.get_object() for note in pages[0].get("/Annots", []) if note.get_object()["/Subtype"] == "/Link"
    ]
    assert len(links) >= 9
    assert all("/Dest" in link or link["/A"]["/S"] == "/GoTo" for link in links)


@pytest.mark.parametrize(
    "written",
    [
        "Takk 👍🏽 for lyset 👩\u200d👩\u200d👧 ❤️",
        "வெளிச்சம் வேண்டும்",
        "مزید روشنی چاہیے ٹڈے",
        "e\u0301 a\u1ac3 «\u064b ت\u0303",
        # A writing from right to left that no font has, over more than one line.
        " ".join("\U00010f30\U00010f31\U00010f32" for _ in range(80)),
    ],
)
def test_no_letter_that_a_resident_writes_keeps_the_brief_from_being_made(written):
    content = full_content()
    content["themes"][0]["annex"]["sources"][0]["text"] = f"Så fint {written} i parken"
    file = documents.brief_pdf(content)
    paper = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages)
    assert "Så fint" in paper
    assert "i parken" in paper
    assert docx.Document(io.BytesIO(documents.brief_docx(content))).paragraphs


def test_the_docx_has_real_headings_a_repeated_first_row_and_its_language():
    file = documents.brief_docx(full_content())
    document = docx.Document(io.BytesIO(file))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name != "Normal"]
    assert styles[0] == "Heading 1"
    assert {"Heading 2", "Heading 3", "Heading 4"} <= set(styles)
    table = document.tables[0]
    assert len(table.rows) == 8
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.core_properties.language == "nb-NO"
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert [lang.get(qn("w:val")) for lang in defaults.iter(qn("w:lang"))] == ["nb-NO"]
    xml = zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()
    anchors = {link.split('"')[1] for link in xml.split("w:hyperlink ")[1:]}
    names = {mark.split('w:name="')[1].split('"')[0] for mark in xml.split("<w:bookmarkStart")[1:]}
    assert {"theme_1", "source_1_1"} <= anchors <= names
    assert 'w:val="nn-NO"' in xml


def test_the_docx_says_who_made_it_nowhere():
    properties = docx.Document(io.BytesIO(documents.brief_docx(full_content()))).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")


def test_page_pdf_and_docx_say_the_same(desk, a_round, read):
    idea = a_round.idea("Lights by the path")
    a_round.worded(
        "Light", idea, options=words("Lamps or torches"), open_questions=words("Who pays for the lamps?")
    )
    a_round.quote(idea, "Lights by the path …")
    send_it(desk, a_round, "en")
    code = read(select(Brief.code))[0]
    page = desk.get(f"/en/desk/briefs/{code}").text
    pdf = pypdf.PdfReader(io.BytesIO(desk.get(f"/en/desk/briefs/{code}/pdf").response.data))
    file = docx.Document(io.BytesIO(desk.get(f"/en/desk/briefs/{code}/docx").response.data))
    paper = " ".join(sheet.extract_text() for sheet in pdf.pages)
    written = " ".join(paragraph.text for paragraph in file.paragraphs)
    for said in ("Lamps or torches", "Who pays for the lamps?", "Lights by the path …"):
        assert said in page
        assert said in " ".join(paper.split())
        assert said in written


def test_documents_are_named_after_the_dialogue_alone(desk, a_round, read):
    a_round.worded("Light", a_round.idea())
    send_it(desk, a_round)
    brief = read(select(Brief))[0]
    for ending in ("pdf", "docx"):
        header = desk.get(f"/en/desk/briefs/{brief.code}/{ending}").response.headers["Content-Disposition"]
        assert header.endswith(f'filename="brief-{a_round.dialogue.slug}-1.{ending}"')


def test_documents_are_not_offered_while_they_hold_what_was_taken_back(desk, a_round, read, database):
    idea = a_round.idea("Mine alone")
    a_round.worded("Light", idea)
    a_round.quote(idea, "Mine alone, please.")
    send_it(desk, a_round)
    code = read(select(Brief.code))[0]
    a_round.withdraw(idea)
    assert desk.get(f"/en/desk/briefs/{code}/pdf").status == 409
    page = desk.get(f"/en/desk/briefs/{code}")
    assert "Mine alone" not in page.text
    assert "Taken back by the one who said it." in page.text
    assert "The documents are made anew" in desk.get(f"/en/desk/briefs/{code}/sent-to").text
    jobs.remake_documents(database)
    file = desk.get(f"/en/desk/briefs/{code}/pdf").response
    shown = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.data)).pages)
    assert "Mine alone" not in shown


def test_a_frozen_brief_is_not_for_others(client, desk, make, a_round, read):
    a_round.worded("Light", a_round.idea())
    send_it(desk, a_round)
    code = read(select(Brief.code))[0]
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id))
    for path in ("", "/pdf", "/docx", "/sent-to", "/sources/1"):
        assert client.get(f"/en/desk/briefs/{code}{path}").status == 404


def test_a_leader_reads_the_brief_and_does_not_change_it(client, make, a_round):
    a_round.worded("Light", a_round.idea())
    client.sign_in(make.user(Role.LEADER, ScopeKind.DIALOGUE, a_round.dialogue.id))
    assert client.get(at(a_round)).status == 200
    assert client.get(at(a_round, "/print")).status == 200
    for path in ("/words", "/quotes", "/send"):
        assert client.get(at(a_round, path)).status == 403


def test_markup_in_a_theme_is_only_text_in_the_document(desk, a_round, read):
    a_round.theme('#sys.inputs "x" *bold* $y$ \\')
    send_it(desk, a_round, "en")
    code = read(select(Brief.code))[0]
    shown = pypdf.PdfReader(io.BytesIO(desk.get(f"/en/desk/briefs/{code}/pdf").response.data)).pages[0]
    assert "#sys.inputs" in shown.extract_text()
    assert "*bold* $y$" in shown.extract_text()


def test_what_came_of_it_is_noted_for_each_body(desk, a_round, read):
    theme = a_round.worded("Light", a_round.idea())
    send_it(desk, a_round)
    sending = read(select(BriefSending))[0]
    page = desk.get(f"/en/desk/sendings/{sending.code}")
    page = desk.send(page, {"outcome": "They want lamps first."})
    assert "They want lamps first." in page.text
    body = read(select(Body))[0]
    assert f"{body.name.get('en')}" in desk.get(f"/en/themes/{theme.code}").text


def test_a_quote_with_something_that_must_not_stand_there_comes_back_with_what_was_typed(desk, a_round, read):
    idea = a_round.make.idea(a_round.board, "Call me", text="Call me on 41 23 45 67, I want lights.")
    a_round.theme("Light", idea)
    code = idea.contribution.code
    page = desk.get(at(a_round, "/quotes"))
    proposed = page.html.find("textarea", {"name": f"text-{code}"}).text.strip()
    assert "41 23" not in proposed
    assert page.html.find("mark") is not None
    typed = "Call me on 41 23 45 67, I want lights."
    page = desk.send(page, {f"text-{code}": typed, f"use-{code}": "y"}, action="/quotes")
    assert page.status == 422
    assert typed in page.html.find("textarea", {"name": f"text-{code}"}).text
    assert read(select(Quote)) == []


def test_nobody_is_quoted_with_words_they_did_not_say(desk, a_round, read):
    idea = a_round.idea("Lights")
    a_round.theme("Light", idea)
    code = idea.contribution.code
    page = desk.get(at(a_round, "/quotes"))
    page = desk.send(page, {f"text-{code}": "More police, please.", f"use-{code}": "y"}, action="/quotes")
    assert page.status == 422
    assert read(select(Quote)) == []


def test_what_is_not_ticked_is_not_kept(desk, a_round, read):
    first, second = a_round.idea("Lights"), a_round.idea("Benches")
    a_round.theme("Light", first, second)
    page = desk.get(at(a_round, "/quotes"))
    desk.send(page, {f"use-{second.contribution.code}": "y"}, action="/quotes")
    assert read(select(Quote.contribution_id)) == [second.contribution_id]


def test_a_quote_is_removed_and_what_it_was_taken_from_stays(desk, a_round, read):
    idea = a_round.idea("Lights")
    a_round.theme("Light", idea)
    a_round.quote(idea, "Lights, please.")
    page = desk.get(at(a_round, "/quotes"))
    desk.send(page, action="/remove")
    assert read(select(Quote)) == []
    assert desk.get(at(a_round, "/quotes")).html.find("textarea") is not None


def test_any_of_a_themes_contributions_can_be_quoted(desk, a_round, read):
    ideas = [a_round.idea(f"Idea {number}") for number in range(12)]
    theme = a_round.theme("Light", *ideas)
    path = f"/en/desk/themes/{theme.code}/quotes"
    last = ideas[-1].contribution.code
    page = desk.get(f"{path}?page=2")
    desk.send(page, {f"use-{last}": "y"}, action="page=2")
    assert read(select(Quote.contribution_id)) == [ideas[-1].contribution_id]
    assert "Idea 7" in desk.get(f"{path}?q=Idea 7").text


def test_answers_in_surveys_are_counted_and_quoted_and_never_listed(desk, a_round, make, read):
    theme = a_round.worded("Light", a_round.idea())
    with make.database.writing() as session:
        given = Contribution(
            dialogue_id=a_round.dialogue.id,
            kind=ContributionKind.ANSWER,
            channel=Channel.WEB,
            language="nb",
            state=ContributionState.PUBLISHED,
            received_at=clock.now(),
        )
        session.add(given)
        session.flush()
        session.add(ThemeContribution(theme_id=theme.id, contribution_id=given.id, placed_at=clock.now()))
        code = given.code
    assert not sources.of(ContributionKind.ANSWER).is_shown
    line = a_round.content()["themes"][0]
    assert line["total"] == 2
    assert code not in str(line["annex"]["sources"])
    assert line["annex"]["more"] == 1
    desk.get(f"/en/desk/themes/{theme.code}/quotes")
    assert "read" in read(select(AuditEntry.verb))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_words_are_written_for_one_language_at_a_time(desk, a_round, read, language):
    theme = a_round.worded("Light")
    page = desk.get(f"{at(a_round, '/words')}?in={language}")
    assert f"It is dark ({language})" in page.html.find("textarea", {"name": f"says-{theme.code}"}).text
    desk.send(page, {f"says-{theme.code}": "Changed"})
    said = read(select(Theme.what_people_say))[0]
    assert said.get(language) == "Changed"
    assert len(said.texts) == 3


def test_of_two_who_write_the_words_the_second_sees_both(desk, a_round, read):
    theme = a_round.worded("Light")
    name = f"says-{theme.code}"
    page = desk.get(at(a_round, "/words"))
    desk.send(page, {name: "First"})
    second = desk.send(page, {name: "Second"})
    assert second.status == 422
    assert "“First”" in second.text
    assert "Second" in second.html.find("textarea", {"name": name}).text
    desk.send(second)
    assert read(select(Theme.what_people_say))[0].get("en") == "Second"


def test_the_dialogues_desk_page_leads_to_the_brief_and_the_patrols_note(desk, a_round):
    page = desk.get(f"/en/desk/dialogues/{a_round.dialogue.code}")
    assert desk.get(page.link("The brief, on one page")).status == 200
    assert desk.get(page.link("Note for patrols")).status == 200
