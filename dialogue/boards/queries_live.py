"""Reads of boards for pages that are open: what the public may see at this moment of what may have changed."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from dialogue.base import live
from dialogue.boards import news
from dialogue.boards.counting import fed_prompts, is_under, per_prompt
from dialogue.boards.models import Board, Idea
from dialogue.boards.queries_wall import is_published_on
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, DialogueState, StatusChange


def version(session: Session, code: str) -> tuple[int, int, int] | None:
    """A public board's key, its dialogue's version and the number its stream has come to; None for a board that
    nobody may see."""
    found = session.connection().execute(_VERSION, {"code": code}).one_or_none()
    if found is None:
        return None
    return found.id, found.version, live.position(session, news.stream_of(found.id))


_VERSION = (
    select(Board.id, Dialogue.version)
    .join(Board.dialogue)
    .where(Board.code == bindparam("code"), Dialogue.state != DialogueState.DRAFT)
)


def shown_of(session: Session, board: Board, ids: Collection[int]) -> Sequence[Idea]:
    """Those of the ideas that are published, the one published first first."""
    if not ids:
        return []
    return session.scalars(
        select(Idea)
        .where(*is_published_on(board), Idea.contribution_id.in_(ids))
        .options(joinedload(Idea.contribution), joinedload(Idea.column))
        .order_by(Idea.published_at, Idea.contribution_id)
    ).all()


def shown_once(session: Session, ids: Collection[int]) -> list[str]:
    """The codes of those that have been published some time. Of one that never was, nobody is told that it is
    there."""
    if not ids:
        return []
    return list(
        session.scalars(
            select(Contribution.code)
            .join(StatusChange, StatusChange.subject_id == Contribution.id)
            .where(
                Contribution.id.in_(ids),
                StatusChange.subject_kind == "contribution",
                StatusChange.to_state == ContributionState.PUBLISHED.value,
            )
            .distinct()
        )
    )


def support_of(session: Session, board: Board, ids: Collection[int]) -> Mapping[str, int]:
    """How many support each of the ideas that is published, by its code."""
    if not ids:
        return {}
    rows = session.execute(
        select(Contribution.code, Idea.support_count)
        .join(Idea.contribution)
        .where(*is_published_on(board), Idea.contribution_id.in_(ids))
    )
    return {row.code: row.support_count for row in rows}


def per_column(session: Session, board: Board) -> Mapping[int, int]:
    """How many ideas are published under each prompt; 0 where none is."""
    counts = per_prompt(session, fed_prompts(session, board), is_published_on(board))
    return {column.id: counts[column.id] for column in board.columns}


MOST_ON_WALL = 60


def newest(session: Session, board: Board, column_id: int | None) -> Sequence[Idea]:
    """The published ideas of a board or of one of its prompts that were published last, the newest first."""
    statement = select(Idea).where(*is_published_on(board))
    if column_id is not None:
        statement = statement.where(is_under(column_id, fed_prompts(session, board)))
    return session.scalars(
        statement.options(joinedload(Idea.contribution), joinedload(Idea.column))
        .order_by(Idea.published_at.desc(), Idea.contribution_id.desc())
        .limit(MOST_ON_WALL)
    ).all()
