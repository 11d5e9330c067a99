"""Reads of the pages that show several features."""

from collections.abc import Hashable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.dialogues.models import Dialogue, DialogueState


def front_version(session: Session) -> Hashable:
    """What the front page hangs on: how many dialogues there are and how often they have changed."""
    return version_of(
        session,
        select(func.count(Dialogue.id), func.sum(Dialogue.version)).where(Dialogue.state != DialogueState.DRAFT),
    )


def dialogue_version(session: Session, code: str) -> Hashable | None:
    """What a dialogue's public page hangs on; None for one that nobody may see."""
    return version_of(
        session,
        select(Dialogue.id, Dialogue.version).where(Dialogue.code == code, Dialogue.state != DialogueState.DRAFT),
    )


def public_dialogues(session: Session) -> Sequence[Dialogue]:
    """Every dialogue that anybody may see, the newest first, those at work before those that are closed."""
    return session.scalars(
        select(Dialogue)
        .where(Dialogue.state != DialogueState.DRAFT)
        .options(joinedload(Dialogue.municipality), selectinload(Dialogue.phases))
        .order_by(Dialogue.state.desc(), Dialogue.published_at.desc())
    ).all()


def public_dialogue(session: Session, code: str) -> Dialogue:
    """A dialogue that anybody may see, with what its page shows. Raises NotFound."""
    found = session.scalars(
        select(Dialogue)
        .where(Dialogue.code == code, Dialogue.state != DialogueState.DRAFT)
        .options(
            joinedload(Dialogue.municipality),
            joinedload(Dialogue.organiser),
            joinedload(Dialogue.controller),
            joinedload(Dialogue.promised_by),
            selectinload(Dialogue.phases),
            selectinload(Dialogue.team),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
