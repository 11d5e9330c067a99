"""The brief as a DOCX: real headings, a table whose first row is repeated, links within the document."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dialogue.briefs.content import Content

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def write(content: Content, labels: dict[str, str]) -> bytes:
    """The document; ``labels`` is what it says of itself."""
    # As heavy as Typst, and like it loaded when the first document is made.
    import docx  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    made = BytesIO()
    sheet = _Sheet(docx.Document(), OxmlElement, qn, content, labels)
    sheet.prepare()
    sheet.page()
    sheet.annex()
    sheet.document.save(made)
    return made.getvalue()


class _Sheet:
    """The document as it is written. ``element`` makes a part of its XML, ``name`` writes out a part's name."""

    def __init__(
        self,
        document: "Document",
        element: Callable[[str], Any],
        name: Callable[[str], str],
        content: Content,
        labels: dict[str, str],
    ) -> None:
        self.document, self.element, self.name = document, element, name
        self.content, self.labels = content, labels
        # Places to link to have a number each, as the format wants it.
        self.places = 0

    def prepare(self) -> None:
        """The sheet's size, its language, and what the file says about itself."""
        about = self.document.core_properties
        about.title, about.subject = self.content["heading"], self.labels["heading"]
        about.language = _LOCALES[self.content["language"]]
        # The library signs with its own name; nobody's name stands in the file.
        about.author = about.last_modified_by = about.comments = ""
        section = self.document.sections[0]
        section.page_width, section.page_height = _mm(210), _mm(297)
        section.left_margin = section.right_margin = _mm(18)
        section.top_margin = section.bottom_margin = _mm(16)
        section.footer.paragraphs[0].text = self.content["foot"]
        normal: Any = self.document.styles["Normal"]
        normal.font.size, normal.paragraph_format.space_after = _points(10), _points(4)
        defaults = self.document.styles.element.find(self.name("w:docDefaults"))
        self.speak(defaults.find(self.name("w:rPrDefault")), self.content["language"])

    def page(self) -> None:
        """The one page."""
        write, labels = self.document.add_paragraph, self.labels
        write(f"{labels['heading']} · {self.content['when']}")
        self.document.add_heading(self.content["heading"], 1)
        write(self.content["question"])
        self.table()
        if self.content["also"]:
            also = write(f"{labels['also']}: ")
            for place, line in enumerate(self.content["also"]):
                also.add_run(", " if place else "")
                self.link(also, line["title"], _place(line))
        if self.content["outside"]:
            outside = write(f"{labels['outside']}: {self.content['outside'][0]} ")
            self.link(outside, labels["see"], "outside")

    def table(self) -> None:
        """The themes of the page, each with its three lines."""
        table = self.document.add_table(rows=1, cols=4)
        table.style = "Table Grid"
        for cell, name in zip(table.rows[0].cells, ("theme", "say", "propose", "who"), strict=True):
            cell.paragraphs[0].add_run(self.labels[name]).bold = True
        repeated = self.element("w:tblHeader")
        repeated.set(self.name("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        for line in self.content["themes"]:
            cells = table.add_row().cells
            self.link(cells[0].paragraphs[0], line["title"], _place(line))
            cells[0].add_paragraph(line["heard"])
            for cell, name in zip(cells[1:], ("says", "proposes", "who"), strict=True):
                cell.paragraphs[0].text = line[name] or self.labels["none"]

    def annex(self) -> None:
        """Where each line of the page comes from."""
        heading = self.document.add_heading
        heading(self.labels["annex"], 2).paragraph_format.page_break_before = True
        self.document.add_paragraph(self.labels["annex_lead"])
        for line in self.content["themes"]:
            self.annexed(line)
        if self.content["also"]:
            heading(self.labels["also"], 2)
            for line in self.content["also"]:
                self.annexed(line)
                self.part("say", line["says"])
        if self.content["outside"]:
            self.mark(heading(self.labels["outside"], 2), "outside")
            for words in self.content["outside"]:
                self.document.add_paragraph(words)

    def annexed(self, line: dict[str, Any]) -> None:
        """The annex of one theme."""
        annex, labels = line["annex"], self.labels
        self.mark(self.document.add_heading(f"{line['number']}. {line['title']}", 3), _place(line))
        self.document.add_paragraph(f"{line['heard']} ({annex['kinds']})")
        if annex["quotes"]:
            self.document.add_heading(labels["quotes"], 4)
        for piece in annex["quotes"]:
            said = self.document.add_paragraph(style="Quote")
            self.say(said, piece, "«{}»")
            said.add_run(f" {piece['who']} ")
            if piece["source"]:
                self.link(said, f"{line['number']}.{piece['source']}", _place(line, piece["source"]))
        for name in ("going_on", "minority", "options"):
            self.part(name, annex[name])
        if goal := annex["goal"]:
            words = f"{goal['number']} {goal['text']}".strip()
            self.part("goal", f"{words} ({goal['plan']}, {goal['years']})")
        self.part("open_questions", annex["open_questions"])
        if annex["sources"]:
            self.document.add_heading(labels["sources"], 4)
        for piece in annex["sources"]:
            few = f" ({labels['few']})" if piece["is_minority"] else ""
            number = f"{line['number']}.{piece['number']}"
            listed = self.document.add_paragraph(f"{number} {piece['label']}, {piece['who']}{few}: ")
            self.say(listed, piece, "{}")
            self.mark(listed, _place(line, piece["number"]))
        if annex["sources"] and line["more"]:
            self.document.add_paragraph(line["more"])

    def part(self, name: str, words: str) -> None:
        """A part of a theme's annex under its own heading; nothing without words."""
        if words:
            self.document.add_heading(self.labels[name], 4)
            for paragraph in filter(str.strip, words.splitlines()):
                self.document.add_paragraph(paragraph)

    def say(self, paragraph: "Paragraph", piece: dict[str, Any], form: str) -> None:
        """The words of a quote or a source in their own language, or that they are gone."""
        if piece["gone"]:
            paragraph.add_run(self.labels[piece["gone"]]).italic = True
        else:
            self.speak(paragraph.add_run(form.format(piece["text"]))._r, piece["language"])

    def speak(self, part: Any, language: str) -> None:
        """Mark what stands in a part of the document as being in a language."""
        properties = part.find(self.name("w:rPr"))
        if properties is None:
            properties = self.element("w:rPr")
            part.insert(0, properties)
        for old in properties.findall(self.name("w:lang")):
            properties.remove(old)
        marked = self.element("w:lang")
        marked.set(self.name("w:val"), _LOCALES.get(language, language))
        properties.append(marked)

    def link(self, paragraph: "Paragraph", words: str, place: str) -> None:
        """Words that lead to a place in the same document."""
        link = self.element("w:hyperlink")
        link.set(self.name("w:anchor"), place)
        run = paragraph.add_run(words)
        run.underline = True
        link.append(run._r)
        paragraph._p.append(link)

    def mark(self, paragraph: "Paragraph", place: str) -> None:
        """Let this paragraph be a place that can be linked to."""
        self.places += 1
        start, end = self.element("w:bookmarkStart"), self.element("w:bookmarkEnd")
        for edge in (start, end):
            edge.set(self.name("w:id"), str(self.places))
        start.set(self.name("w:name"), place)
        properties = paragraph._p.find(self.name("w:pPr"))
        paragraph._p.insert(0 if properties is None else 1, start)
        paragraph._p.append(end)


def _place(line: dict[str, Any], source: int | None = None) -> str:
    return f"theme_{line['number']}" if source is None else f"source_{line['number']}_{source}"


def _mm(length: float) -> Any:
    """A length in the units of the format: 36,000 to the millimetre."""
    return round(length * 36_000)


def _points(size: float) -> Any:
    """A size of letters in the units of the format: 12,700 to the point."""
    return round(size * 12_700)
