"""The three marks that every change of a dialogue leaves: history, audit, and the version of its pages."""

from sqlalchemy.orm import Session

from dialogue.base import audit
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue, Happening
from dialogue.web.permissions import Actor

# What the public is told of; the rest of the history is for the team.
_PUBLIC = frozenset({Happening.PUBLISHED, Happening.CLOSED, Happening.REOPENED, Happening.PROMISED})


def mark(session: Session, actor: Actor, dialogue: Dialogue, what: Happening, before: str = "") -> None:
    """Leave the marks of a change; ``before`` is the state it came from, where the state changed."""
    contributions.note_change(
        session,
        dialogue.id,
        ("dialogue", dialogue.id),
        (before, what.value),
        actor_id=actor.user_id,
        is_public=what in _PUBLIC,
    )
    audit.record(session, actor.user_id, what.value, "dialogue", dialogue.id, dialogue.id)
    contributions.raise_version(session, dialogue.id)
