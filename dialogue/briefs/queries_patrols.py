"""Reads of the note for patrols, and of what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base import clock
from dialogue.base.errors import NotFound
from dialogue.base.i18n import Translated
from dialogue.briefs import rules
from dialogue.briefs.models import PatrolLink, PatrolWish
from dialogue.dialogues.models import Dialogue, DialogueState
from dialogue.dialogues.queries import reached_by
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission

ENDED_SHOWN = 24


@dataclass(frozen=True)
class PatrolCount:
    """What everybody may know of a line of the note: the months that have ended, oldest first, each with how
    often patrols were there."""

    what: Translated
    where: Translated
    when: Translated
    months: Sequence[tuple[date, int]]


def patrol_counts(session: Session, dialogue_id: int) -> list[PatrolCount]:
    """What everybody may know of where patrols have been for a dialogue: its latest lines with a month that has
    ended."""
    today = clock.today()
    latest = session.scalars(
        select(PatrolWish)
        .where(PatrolWish.dialogue_id == dialogue_id)
        .options(selectinload(PatrolWish.months))
        .order_by(PatrolWish.position.desc())
        .limit(ENDED_SHOWN)
    ).all()
    wishes = reversed(latest)
    counts = [
        PatrolCount(wish.what, wish.where, wish.when, rules.told_months(wish, today)) for wish in wishes
    ]
    return [count for count in counts if count.months]


def asked(session: Session, dialogue_id: int) -> Sequence[PatrolWish]:
    """The lines that patrols are asked about now, in their order."""
    return session.scalars(
        select(PatrolWish)
        .where(
            PatrolWish.dialogue_id == dialogue_id,
            PatrolWish.ended_at.is_(None),
            or_(PatrolWish.ends_on.is_(None), PatrolWish.ends_on >= clock.today()),
        )
        .options(joinedload(PatrolWish.theme), selectinload(PatrolWish.months))
        .order_by(PatrolWish.position)
    ).all()


def ended(session: Session, dialogue_id: int) -> Sequence[PatrolWish]:
    """The lines that patrols are asked about no more, the latest first; some of them."""
    return session.scalars(
        select(PatrolWish)
        .where(
            PatrolWish.dialogue_id == dialogue_id,
            or_(PatrolWish.ended_at.is_not(None), PatrolWish.ends_on < clock.today()),
        )
        .options(joinedload(PatrolWish.theme), selectinload(PatrolWish.months))
        .order_by(PatrolWish.position.desc())
        .limit(ENDED_SHOWN)
    ).all()


def wish(session: Session, actor: Actor, code: str) -> PatrolWish:
    """A line for somebody who condenses in its dialogue. Raises NotFound, NotAllowed."""
    found = session.scalars(
        select(PatrolWish)
        .join(PatrolWish.dialogue)
        .where(PatrolWish.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, Permission.CONDENSE))
        .options(
            joinedload(PatrolWish.theme),
            joinedload(PatrolWish.dialogue)
            .joinedload(Dialogue.municipality)
            .joinedload(Municipality.district),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    actor.require(Permission.CONDENSE, found.dialogue.scope())
    return found


def link_of(session: Session, dialogue_id: int) -> PatrolLink | None:
    """The link by which patrols answer; there is one from the first line on."""
    return session.get(PatrolLink, dialogue_id)


def link_by_hash(session: Session, token_hash: bytes) -> PatrolLink | None:
    """The link with this hash, of a dialogue that everybody may see."""
    return session.scalars(
        select(PatrolLink)
        .join(PatrolLink.dialogue)
        .where(PatrolLink.token_hash == token_hash, Dialogue.state != DialogueState.DRAFT)
        .options(joinedload(PatrolLink.dialogue))
    ).one_or_none()
