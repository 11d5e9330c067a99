"""Ideas as a source of themes (docs/decisions/0011)."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dialogue.boards.models import Board, Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution
from dialogue.web.sources import SourceText


def source_texts(session: Session, ids: Collection[int]) -> dict[int, SourceText]:
    """The words of ideas by their contribution's id, for whoever gathers them under themes."""
    rows = session.execute(
        select(Idea.contribution_id, Idea.title, Idea.text, Idea.support_count, Board.title)
        .join(Idea.board)
        .where(Idea.contribution_id.in_(ids))
    )
    return {key: SourceText(text, title, str(where), support) for key, title, text, support, where in rows}


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
