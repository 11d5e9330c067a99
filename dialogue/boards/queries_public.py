"""Reads of boards and ideas as everybody may see them."""

from collections.abc import Hashable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.boards.models import Board, Idea
from dialogue.boards.queries import whole_idea
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, DialogueState


def public_version(session: Session, code: str) -> Hashable | None:
    """What a public board's page hangs on; None for a board nobody may see."""
    return version_of(session, _BOARD_VERSION, code=code)


_BOARD_VERSION = (
    select(Dialogue.id, Dialogue.version)
    .join(Board, Board.dialogue_id == Dialogue.id)
    .where(Board.code == bindparam("code"), Dialogue.state != DialogueState.DRAFT)
)


def idea_version(session: Session, code: str) -> Hashable | None:
    """What a published idea's page hangs on; None for one nobody may see."""
    return version_of(
        session,
        select(Dialogue.id, Dialogue.version)
        .join(Contribution, Contribution.dialogue_id == Dialogue.id)
        .join(Idea, Idea.contribution_id == Contribution.id)
        .where(
            Contribution.code == code, Idea.published_at.is_not(None), Dialogue.state != DialogueState.DRAFT
        ),
    )


def public_board(session: Session, code: str) -> Board:
    """A board that anybody may see, with its dialogue and columns. Raises NotFound."""
    # Everybody who writes an idea needs this, so it is one statement; a board has a dozen columns at most.
    board = (
        session.scalars(
            select(Board)
            .join(Board.dialogue)
            .where(Board.code == code, Dialogue.state != DialogueState.DRAFT)
            .options(
                contains_eager(Board.dialogue).options(*(defer(text) for text in _LONG_TEXTS)),
                joinedload(Board.columns),
                joinedload(Board.stage_times),
            )
        )
        .unique()
        .one_or_none()
    )
    if board is None:
        raise NotFound
    return board


# Of the dialogue, a board shows the question only.
_LONG_TEXTS = (Dialogue.purpose, Dialogue.privacy_notice, Dialogue.note)


def public_idea(session: Session, code: str) -> Idea:
    """An idea that anybody may see, with its board, dialogue and column. Raises NotFound."""
    idea = session.scalars(
        whole_idea()
        .join(Board.dialogue)
        .where(
            Contribution.code == code, Idea.published_at.is_not(None), Dialogue.state != DialogueState.DRAFT
        )
    ).one_or_none()
    if idea is None:
        raise NotFound
    return idea


def public_picture(session: Session, code: str, size: str) -> str:
    """The address of the picture of an idea that anybody may see. Raises NotFound."""
    column = Idea.picture if size == "full" else Idea.picture_small
    address = session.scalar(
        select(column)
        .join(Idea.contribution)
        .join(Contribution.dialogue)
        .where(
            Contribution.code == code,
            Contribution.state == ContributionState.PUBLISHED,
            Idea.published_at.is_not(None),
            Dialogue.state != DialogueState.DRAFT,
        )
    )
    if not address:
        raise NotFound
    return address


def support_count(session: Session, code: str) -> int:
    """How many support an idea now."""
    return (
        session.scalar(select(Idea.support_count).join(Idea.contribution).where(Contribution.code == code))
        or 0
    )
