"""Reads for whoever reads ideas one by one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from dialogue.base import clock
from dialogue.boards import counting, queries
from dialogue.boards.models import Board, Idea
from dialogue.boards.models_reading import Claim
from dialogue.dialogues.models import Contribution
from dialogue.dialogues.queries import reached_by
from dialogue.web.permissions import Actor, Permission


@dataclass(frozen=True)
class Reading:
    """The idea that somebody has, until when, and how many wait in all, this one included."""

    idea: Idea | None
    until: datetime | None
    waiting: int
    with_others: int


def reading(session: Session, actor: Actor, board: Board | None = None) -> Reading:
    """What this person reads now; of one board or of all."""
    conditions = [reached_by(actor, Permission.MODERATE)]
    if board is not None:
        conditions.append(counting.is_on(board))
    now = clock.now()
    row = session.execute(
        queries.whole_idea()
        .add_columns(Claim.until)
        .join(Claim, Claim.idea_id == Idea.contribution_id)
        .join(Contribution.dialogue)
        .where(
            Claim.by_id == actor.user_id,
            Claim.skipped_at.is_(None),
            Claim.until > now,
            counting.waits(),
            *conditions,
        )
        .order_by(Claim.until.desc())
        .limit(1)
    ).first()
    others = select(Claim.idea_id).where(Claim.until > now, Claim.by_id != actor.user_id)
    return Reading(
        idea=row[0] if row else None,
        until=row[1] if row else None,
        waiting=counting.waiting(session, *conditions),
        with_others=counting.waiting(session, *conditions, Idea.contribution_id.in_(others)),
    )


def readers(session: Session, actor: Actor, idea_ids: Collection[int]) -> Mapping[int, str]:
    """Who else reads each of these ideas now, by its key."""
    rows = session.scalars(
        select(Claim)
        .where(Claim.idea_id.in_(idea_ids), Claim.until > clock.now(), Claim.by_id != actor.user_id)
        .options(joinedload(Claim.by))
    )
    return {claim.idea_id: claim.by.name for claim in rows}
