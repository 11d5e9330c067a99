"""Giving an idea a dot, and taking it back. One dot from each device, which is known only by an HMAC."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from dialogue.base import clock, tokens
from dialogue.base.db import insert_new
from dialogue.base.errors import Closed, NotFound
from dialogue.base.i18n import lazy
from dialogue.boards import news, rules
from dialogue.boards.models import Board, Idea, Support
from dialogue.config import settings
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, Dialogue, DialogueState


def give(session: Session, code: str, device: str) -> bool:
    """Count this device's support for an idea; False when it was counted before.

    Two clicks at the same moment count once, because the row of support can be there only once. Raises
    NotFound for an idea that is not shown, Closed when the board is closed.
    """
    idea = _open_idea(session, code)
    key = insert_new(session, Support, {"idea_id": idea.contribution_id, "device_hash": _hash(idea, device)})
    if key is None:
        return False
    _move_count(session, idea, 1)
    return True


def take_back(session: Session, code: str, device: str) -> bool:
    """Take this device's support for an idea back; False when there was none. Raises as ``give`` does."""
    idea = _open_idea(session, code)
    key = session.scalar(
        delete(Support)
        .where(Support.idea_id == idea.contribution_id, Support.device_hash == _hash(idea, device))
        .returning(Support.idea_id)
    )
    if key is None:
        return False
    _move_count(session, idea, -1)
    return True


def _open_idea(session: Session, code: str) -> Idea:
    idea = session.scalars(
        select(Idea)
        .join(Idea.contribution)
        .join(Idea.board)
        .join(Board.dialogue)
        .where(
            Contribution.code == code, Idea.published_at.is_not(None), Dialogue.state != DialogueState.DRAFT
        )
        .options(joinedload(Idea.board).joinedload(Board.dialogue))
    ).one_or_none()
    if idea is None:
        raise NotFound
    if not rules.is_open(idea.board, clock.today()):
        raise Closed(lazy("This board is closed, so support can no longer be given or taken back."))
    return idea


def _move_count(session: Session, idea: Idea, by: int) -> None:
    session.execute(
        update(Idea)
        .where(Idea.contribution_id == idea.contribution_id)
        .values(support_count=Idea.support_count + by)
        .execution_options(synchronize_session=False)
    )
    contributions.raise_version(session, idea.board.dialogue_id)
    news.support_changed(session, idea)


def _hash(idea: Idea, device: str) -> bytes:
    # The idea is part of it, so that rows of one device cannot be put together.
    return tokens.digest(settings().secret_key, "support", f"{idea.contribution_id}\0{device}")
