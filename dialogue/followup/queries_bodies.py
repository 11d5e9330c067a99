"""Reads of the bodies of a dialogue."""

from collections.abc import Mapping, Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from dialogue.base.errors import NotFound
from dialogue.dialogues.models import Dialogue, DialogueState
from dialogue.dialogues.queries import reached_by
from dialogue.followup.models import Body, Decision
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission

MOST_SUGGESTED = 12


def in_use(session: Session, dialogue_id: int) -> Sequence[Body]:
    """The bodies that a dialogue offers, in the order in which they were added."""
    return session.scalars(
        select(Body)
        .where(Body.dialogue_id == dialogue_id, Body.retired_at.is_(None))
        .options(joinedload(Body.organisation))
        .order_by(Body.id)
    ).all()


def retired(session: Session, dialogue_id: int) -> Sequence[Body]:
    """The bodies that are offered no more, the latest first."""
    return session.scalars(
        select(Body)
        .where(Body.dialogue_id == dialogue_id, Body.retired_at.is_not(None))
        .options(joinedload(Body.organisation))
        .order_by(Body.retired_at.desc(), Body.id)
    ).all()


def body(session: Session, actor: Actor, code: str) -> Body:
    """A body for somebody who decides in its dialogue. Raises NotFound, NotAllowed."""
    found = session.scalars(
        select(Body)
        .join(Body.dialogue)
        .where(Body.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, Permission.DECIDE))
        .options(
            joinedload(Body.organisation),
            joinedload(Body.dialogue).joinedload(Dialogue.municipality).joinedload(Municipality.district),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    actor.require(Permission.DECIDE, found.dialogue.scope())
    return found


def has_decided(session: Session, body_id: int) -> bool:
    """Whether a body has decided or recommended anything."""
    return bool(session.scalar(select(exists().where(Decision.body_id == body_id))))


def last_used(session: Session, dialogue_id: int) -> int | None:
    """The body that decided last in a dialogue and is still in use; most often it is the same one again."""
    return session.scalar(
        select(Decision.body_id)
        .join(Decision.body)
        .where(Decision.dialogue_id == dialogue_id, Body.retired_at.is_(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def used_before(session: Session, dialogue: Dialogue) -> Sequence[Body]:
    """Bodies of other dialogues of the same municipality, the latest of each name; some of them."""
    rows = session.scalars(
        select(Body)
        .join(Body.dialogue)
        .where(
            Dialogue.municipality_id == dialogue.municipality_id,
            Dialogue.id != dialogue.id,
            Dialogue.state != DialogueState.DRAFT,
        )
        .options(joinedload(Body.organisation))
        .order_by(Body.id.desc())
        .limit(100)
    )
    by_name: dict[str, Body] = {}
    for one in rows:
        by_name.setdefault(one.name.pick("nb").text.casefold(), one)
    return list(by_name.values())[:MOST_SUGGESTED]


def counts_by_body(session: Session, dialogue_id: int) -> Mapping[int, int]:
    """How many decisions and recommendations each body of a dialogue has made."""
    return dict(
        session.execute(
            select(Decision.body_id, func.count())
            .where(Decision.dialogue_id == dialogue_id)
            .group_by(Decision.body_id)
        ).all()
    )
