"""A board on paper: a list in A4, a wall in A3, and the wall as pictures."""

import io
import zipfile
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from dialogue.base import clock, text, typeset
from dialogue.base.files import data_dir
from dialogue.base.i18n import _, language, ngettext, show_date
from dialogue.boards.models import Board
from dialogue.exporting.queries import Taken

# A3 in so many points to an inch is sharp at arm's length, and 2,480 points wide.
DOTS_PER_INCH = 150


def list_pdf(board: Board, ideas: Iterable[Taken]) -> bytes:
    """The board as a tagged PDF to read from."""
    return typeset.pdf(_template("list.typ"), _content(board, ideas), _labels())


def wall_pdf(board: Board, ideas: Iterable[Taken]) -> bytes:
    """The board as a tagged PDF to hang up."""
    return typeset.pdf(_template("wall.typ"), _content(board, _on_wall(ideas)), _labels())


def wall_pictures(board: Board, ideas: Iterable[Taken]) -> list[bytes]:
    """The wall as a PNG of each page."""
    return typeset.pictures(_template("wall.typ"), _content(board, _on_wall(ideas)), _labels(), DOTS_PER_INCH)


def archive(name: str, pages: list[bytes]) -> bytes:
    """Several pictures in one file, numbered in their order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as packed:
        for number, page in enumerate(pages, start=1):
            packed.writestr(f"{name}-{number:03}.png", page)
    return written.getvalue()


def _template(name: str) -> Any:
    return data_dir("templates") / "exporting" / name


def _content(board: Board, ideas: Iterable[Taken]) -> dict[str, Any]:
    """What stands on the paper, in the language of the moment."""
    told = list(ideas)
    return {
        "language": language(),
        "title": str(board.title),
        "question": str(board.dialogue.question),
        "foot": f"{board.dialogue.title} · {show_date(clock.today())}",
        "count": ngettext("%(num)s idea", "%(num)s ideas", len(told)),
        "prompts": [
            {"title": prompt, "ideas": [_idea(one) for one in together]}
            for prompt, together in groupby(told, key=lambda one: one.prompt)
        ],
    }


def _on_wall(ideas: Iterable[Taken]) -> Iterable[Taken]:
    """What stands on the board itself: comments stand with their ideas."""
    return (idea for idea in ideas if idea.comment_on is None)


def _idea(idea: Taken) -> dict[str, str]:
    support = ngettext("%(num)s supports this", "%(num)s support this", idea.support) if idea.support else ""
    comment = _("Comment") if idea.comment_on else ""
    said = text.headed(idea.title, idea.text)
    return {
        "title": said.heading,
        "text": said.rest,
        "picture": _("In the picture: %(words)s", words=idea.picture_words) if idea.picture_words else "",
        "video": idea.video_url,
        "language": idea.language,
        "about": " · ".join(filter(None, (comment, idea.label, support, idea.theme))),
    }


def _labels() -> dict[str, str]:
    return {"none": _("No ideas yet")}
