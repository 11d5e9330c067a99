"""Reads of decisions that wait for somebody: to be public, or to be confirmed."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from dialogue.base import paging
from dialogue.dialogues.queries import reached_by
from dialogue.followup import passing, releasing
from dialogue.followup.models import Decision, PassState
from dialogue.web.permissions import Actor, Permission


def held(session: Session, dialogue_id: int) -> int:
    """How many decisions of a dialogue wait to be published together."""
    waiting = (Decision.dialogue_id == dialogue_id, Decision.is_held, releasing.waits())
    return session.scalar(select(func.count()).select_from(Decision).where(*waiting)) or 0


def unconfirmed(session: Session, actor: Actor, most: int) -> tuple[Sequence[Decision], int]:
    """The first few decisions that were passed on and that nobody has confirmed, those refused first, and how
    many there are in all."""
    chosen = (
        select(Decision)
        .join(Decision.dialogue)
        .where(reached_by(actor, Permission.DECIDE), passing.is_unconfirmed())
    )
    ordered = chosen.order_by(Decision.pass_state == PassState.ASKED, Decision.pass_asked_at, Decision.id)
    load = joinedload(Decision.passed_to), joinedload(Decision.dialogue)
    return paging.first_few(session, ordered, most, *load)
