"""Ideas as a source of themes (docs/decisions/0011)."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from dialogue.base import text as texts
from dialogue.base.i18n import _
from dialogue.boards.models import Board, Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution
from dialogue.web.sources import SourceText


def source_texts(session: Session, ids: Collection[int]) -> dict[int, SourceText]:
    """The words of ideas by their contribution's id, for whoever gathers them under themes."""
    about = aliased(Idea)
    rows = session.execute(
        select(
            Idea.contribution_id.label("key"),
            Idea.title,
            Idea.text,
            Idea.support_count,
            Idea.comment_on_id,
            Board.title.label("board"),
            about.title.label("about_title"),
            about.text.label("about_text"),
        )
        .join(Idea.board)
        .outerjoin(about, (about.contribution_id == Idea.comment_on_id) & about.published_at.is_not(None))
        .where(Idea.contribution_id.in_(ids))
    )
    return {row.key: _source_text(row) for row in rows}


def _source_text(row: Any) -> SourceText:
    if row.comment_on_id is None:
        return SourceText(row.text, row.title, str(row.board), row.support_count)
    # What somebody has agreed with cannot be understood without it.
    about = texts.headed(row.about_title or "", row.about_text or "").heading
    said_on = (
        _("A comment on “%(idea)s”", idea=about) if about else _("A comment on an idea that is not shown")
    )
    return SourceText(row.text, row.title, f"{row.board} · {said_on}")


def holds_words(words: str) -> ColumnElement[bool]:
    """The condition on Contribution that it is an idea with these words."""
    said = select(Idea.title + "\n" + Idea.text).where(Idea.contribution_id == Contribution.id)
    return contributions.says(said, words)


def support_of_contribution() -> ColumnElement[int]:
    """How many support the idea of a Contribution; NULL for something else."""
    return (
        select(Idea.support_count)
        .where(Idea.contribution_id == Contribution.id)
        .correlate(Contribution)
        .scalar_subquery()
    )
