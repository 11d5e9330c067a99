"""Documents on paper. Typst weighs as much as the rest of a worker together, so it is loaded when the first
document is made."""

import json
import re
import unicodedata
from collections.abc import Set
from pathlib import Path

from dialogue.base.files import FileStore, data_dir
from dialogue.base.i18n import _, ngettext, speaking
from dialogue.briefs import docx
from dialogue.briefs.content import Content
from dialogue.briefs.operations import Documents

Labels = dict[str, str]

# Stands on paper for a letter that no font of Typst has, such as an emoji. Without it there would be no PDF:
# PDF/UA allows no letter that is not shown.
NOT_SHOWN = "□"
# Every letter in a paragraph of its own, so that Typst names all of those that its fonts lack.
_LETTERS = b"""#set document(title: "Letters")
#set text(font: "Libertinus Serif")
#for letter in json(bytes(sys.inputs.letters)) [#par(letter)]"""
_LACKING = re.compile(r'the text `"(?:(.)|\\u\{([0-9a-f]+)\})"` could not be displayed')


def store(files: FileStore, content: Content) -> Documents:
    """Make the documents of a content and keep them; takes a second or two."""
    return Documents(files.put(brief_pdf(content)), files.put(brief_docx(content)))


def brief_pdf(content: Content) -> bytes:
    """The brief as a tagged PDF (PDF/UA-1), in the language of its content: one page, and the annex after it.

    The content reaches the document as data only, so nothing in it is read as markup.
    """
    import typst  # noqa: PLC0415 - see above

    words = json.dumps(_with_more(content), ensure_ascii=False)
    shown = words.translate(dict.fromkeys(_lacking(set(words)), NOT_SHOWN))
    try:
        return _brief(content["language"], shown)
    except typst.TypstError:
        # A mark upon a letter of another font, which only somebody at play writes.
        return _brief(content["language"], _without_marks(shown))


def _brief(language: str, content: str) -> bytes:
    template = data_dir("templates") / "briefs" / "brief.typ"
    return _typeset(template, content=content, labels=json.dumps(labels(language)))


def _without_marks(words: str) -> str:
    """The words without the marks that stand apart from the letters they belong to."""
    composed = unicodedata.normalize("NFC", words)
    return "".join(letter for letter in composed if not unicodedata.category(letter).startswith("M"))


def _lacking(letters: Set[str]) -> set[int]:
    """Those of the letters that no font of Typst has."""
    import typst  # noqa: PLC0415 - see above

    try:
        _typeset(_LETTERS, letters=json.dumps(sorted(letters)))
    except typst.TypstError as problem:
        named = _LACKING.findall(problem.diagnostic)
        return {ord(letter) if letter else int(number, 16) for letter, number in named}
    return set()


def _typeset(source: Path | bytes, **inputs: str) -> bytes:
    import typst  # noqa: PLC0415 - see above

    return typst.compile(
        source,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards="ua-1",
        # The fonts that Typst brings along; what a machine has installed must not change a document.
        ignore_system_fonts=True,
    )


def brief_docx(content: Content) -> bytes:
    """The same as a DOCX, for those who work on in it."""
    return docx.write(_with_more(content), labels(content["language"]))


def labels(language: str) -> Labels:
    """What the documents themselves say."""
    with speaking(language):
        return {
            "heading": _("Decision brief"),
            "themes": _("Themes"),
            "theme": _("Theme"),
            "say": _("What people say"),
            "propose": _("What we propose"),
            "who": _("Who"),
            "none": _("Not written yet"),
            "annex": _("Annex: where it comes from"),
            "annex_lead": _("Each theme with quotes, options and everything it is made of."),
            "also": _("Also heard"),
            "quotes": _("Quotes"),
            "going_on": _("Already going on"),
            "minority": _("What a few see otherwise"),
            "options": _("What can be chosen between"),
            "goal": _("The goal it serves"),
            "open_questions": _("Open questions"),
            "sources": _("Sources"),
            "few": _("a few"),
            "outside": _("Not in a theme"),
            "see": _("Why: see the annex."),
            "withdrawn": _("Taken back by the one who said it."),
            "hidden": _("No longer shown."),
        }


def _with_more(content: Content) -> Content:
    """The content with what a document says in words where a page links on."""
    with speaking(content["language"]):
        return {
            **content,
            "outside": outside(content),
            **{
                part: [
                    {**line, "more": _more(line["annex"]["more"]) if line["annex"]["more"] > 0 else ""}
                    for line in content[part]
                ]
                for part in ("themes", "also")
            },
        }


def outside(content: Content) -> list[str]:
    """What lies in no theme, and why, in the language of the moment."""
    lines = []
    if content["unplaced"]:
        lines.append(
            ngettext(
                "%(num)s contribution is not placed.",
                "%(num)s contributions are not placed.",
                content["unplaced"],
            )
        )
    if content["not_taken_in"]:
        lines.append(
            ngettext(
                "%(num)s answer in a survey has not been taken in.",
                "%(num)s answers in surveys have not been taken in.",
                content["not_taken_in"],
            )
        )
    if content["left_out"]:
        lines.append(content["left_out"])
    lines += [f"{one['reason']}: {one['count']}" for one in content["aside"]]
    return lines


def _more(count: int) -> str:
    return ngettext("and %(num)s more", "and %(num)s more", count)
