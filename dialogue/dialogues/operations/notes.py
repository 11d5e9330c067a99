"""The three marks that every change of a dialogue leaves: history, audit, and the version of its pages; and whom
it is told to when residents can give something from now on, or no more."""

from collections.abc import Callable, Iterable

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


_opened_or_closed: list[Callable[[Session, Dialogue], None]] = []


def call_when_opened_or_closed(listeners: Iterable[Callable[[Session, Dialogue], None]]) -> None:
    """Let these be told of every dialogue that takes or refuses what residents give from now on; called when the
    application is made."""
    _opened_or_closed[:] = listeners


def tell_opened_or_closed(session: Session, dialogue: Dialogue) -> None:
    """Tell of such a dialogue, in the transaction that changes it."""
    for listener in _opened_or_closed:
        listener(session, dialogue)
