"""Reads of what residents say about each other's ideas."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from dialogue.base.errors import NotFound
from dialogue.boards import queries_public
from dialogue.boards.models import Idea


def comments(session: Session, idea: Idea) -> Sequence[Idea]:
    """The comments on an idea that everybody may see, the oldest first, as people talk."""
    return session.scalars(
        select(Idea)
        .join(Idea.contribution)
        .where(Idea.comment_on_id == idea.contribution_id, Idea.published_at.is_not(None))
        .options(contains_eager(Idea.contribution))
        .order_by(Idea.published_at, Idea.contribution_id)
    ).all()


def commented(session: Session, code: str) -> Idea:
    """An idea that anybody may see and comment on. Raises NotFound, also for a comment."""
    idea = queries_public.public_idea(session, code)
    if idea.comment_on_id is not None:
        raise NotFound
    return idea


def shown_above(idea: Idea) -> Idea | None:
    """The idea that a comment is about, as long as everybody may see that."""
    about = idea.comment_on
    return about if about is not None and about.published_at is not None else None
