"""The documents of a brief: a PDF and a DOCX."""

from dialogue.base import typeset
from dialogue.base.files import FileStore, data_dir
from dialogue.base.i18n import _, ngettext, speaking
from dialogue.briefs import docx
from dialogue.briefs.content import Content
from dialogue.briefs.operations import Documents

Labels = dict[str, str]


def store(files: FileStore, content: Content) -> Documents:
    """Make the documents of a content and keep them; takes a second or two."""
    return Documents(files.put(brief_pdf(content)), files.put(brief_docx(content)))


def brief_pdf(content: Content) -> bytes:
    """The brief as a tagged PDF, in the language of its content: one page, and the annex after it."""
    template = data_dir("templates") / "briefs" / "brief.typ"
    return typeset.pdf(template, _with_more(content), labels(content["language"]))


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
