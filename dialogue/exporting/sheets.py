"""A board as a sheet. Cells that a spreadsheet would take for a formula are guarded."""

import io
from collections.abc import Iterable, Sequence

from dialogue.base import cells, clock, tongues
from dialogue.base.i18n import _
from dialogue.exporting.queries import Taken


def head() -> list[str]:
    """The headings, in the language of the moment; whoever brings a sheet in again is understood by them."""
    return [
        _("Code"), _("Question"), _("Title"), _("Text"), _("What the picture shows"), _("Link to a video"), _("Group"),
        _("Language"), _("Channel"), _("Support"), _("State"), _("Published"), _("Theme"), _("Decision"), _("Comment on"),
    ]  # fmt: skip


def _cells(idea: Taken) -> list[str | int]:
    return [
        idea.code,
        idea.prompt,
        idea.title,
        idea.text,
        idea.picture_words,
        idea.video_url,
        idea.label,
        tongues.name(idea.language),
        str(idea.channel.label),
        idea.support,
        str(idea.state.label),
        clock.local(idea.published_at).date().isoformat() if idea.published_at else "",
        idea.theme,
        idea.decision,
        idea.comment_on or "",
    ]


def as_csv(ideas: Iterable[Taken]) -> bytes:
    """The sheet as a CSV."""
    return cells.as_csv(_rows(ideas))


def as_xlsx(ideas: Sequence[Taken], title: str) -> bytes:
    """The same as a spreadsheet, its headings fixed and what can be sorted ready to be."""
    # Loaded where a spreadsheet is made, since every process would carry it.
    import xlsxwriter  # noqa: PLC0415

    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as book:
        # Nobody's name stands in the file.
        book.set_properties({"title": title, "author": "", "company": ""})
        sheet = book.add_worksheet()
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        last = 0
        for last, row in enumerate(_rows(ideas)):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(last, place, cell, wrapped)
                else:
                    sheet.write_string(last, place, cells.guarded(cell), wrapped if last else bold)
        for place, width in enumerate((12, 24, 32, 60, 32, 32, 16, 12, 12, 9, 14, 12, 24, 32, 12)):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(head()) - 1)
    return written.getvalue()


def _rows(ideas: Iterable[Taken]) -> Iterable[list[str | int]]:
    yield [*head()]
    yield from map(_cells, ideas)
