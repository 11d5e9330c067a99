"""Reads of boards with their loading plans."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.boards.models import Board, Idea
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, DialogueState

PAGE_SIZE = 40


@dataclass(frozen=True)
class IdeaPage:
    """One page of a board's published ideas, newest first."""

    ideas: Sequence[Idea]
    number: int
    pages: int
    published: int
    waiting: int


def public_version(session: Session, code: str) -> Hashable | None:
    """What a public board's page hangs on; None for a board nobody may see."""
    return version_of(
        session,
        select(Dialogue.id, Dialogue.version)
        .join(Board, Board.dialogue_id == Dialogue.id)
        .where(Board.code == code, Dialogue.state != DialogueState.DRAFT),
    )


def public_board(session: Session, code: str) -> Board:
    """A board that anybody may see, with its dialogue and columns. Raises NotFound."""
    board = session.scalars(
        _with_all(select(Board)).join(Board.dialogue).where(
            Board.code == code, Dialogue.state != DialogueState.DRAFT
        )
    ).one_or_none()
    if board is None:
        raise NotFound
    return board


def published_ideas(session: Session, board: Board, number: int, column_id: int | None = None) -> IdeaPage:
    """One page of what is published on a board, and how many wait to be read. Pages count from 1."""
    visible = [Idea.board_id == board.id, Idea.published_at.is_not(None)]
    if column_id is not None:
        visible.append(Idea.column_id == column_id)
    published = session.scalar(select(func.count()).select_from(Idea).where(*visible)) or 0
    waiting = (
        session.scalar(
            select(func.count())
            .select_from(Idea)
            .join(Idea.contribution)
            .where(Idea.board_id == board.id, Contribution.state == ContributionState.RECEIVED)
        )
        or 0
    )
    pages = max(1, -(-published // PAGE_SIZE))
    number = min(max(number, 1), pages)
    ideas = session.scalars(
        select(Idea)
        .where(*visible)
        .options(joinedload(Idea.contribution))
        .order_by(Idea.published_at.desc(), Idea.contribution_id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return IdeaPage(ideas, number, pages, published, waiting)


def _with_all(statement: Select[Board]) -> Select[Board]:
    return statement.options(
        joinedload(Board.dialogue).joinedload(Dialogue.municipality), selectinload(Board.columns)
    )
