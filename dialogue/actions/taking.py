"""How any step with an action is taken: whoever comes second is told, and the history is written."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from dialogue.actions import rules
from dialogue.actions.models import Action, ActionState
from dialogue.actions.rules import Someone, Step
from dialogue.base import audit
from dialogue.base.errors import Closed, NotAllowed
from dialogue.base.i18n import Translated, lazy
from dialogue.base.revisions import is_as_shown
from dialogue.dialogues import contributions

CHANGED = lazy(
    "Somebody else changed this action while you wrote. Read what is new below, and send again if it still holds."
)


def goes_on(
    session: Session, who: Someone, action: Action, step: Step, revision: int, is_done: Callable[[], bool]
) -> bool:
    """Take hold of the action for one step: True when it is to be taken, False when this very step has
    been taken already, as by a second click.

    Raises NotAllowed, Changed when somebody else was first, Closed when the step is not possible now.
    """
    if not rules.MOVES[step].sides & rules.sides(who, action):
        raise NotAllowed
    if not is_as_shown(session, action, revision, is_done, CHANGED):
        return False
    if not rules.is_possible(action, step):
        raise Closed(lazy("This cannot be done now. See below where the action stands."))
    action.revision += 1
    audit.record(session, getattr(who, "user_id", None), step.value, "action", action.id, action.dialogue_id)
    return True


def move(
    session: Session,
    who: Someone,
    action: Action,
    to: ActionState,
    words: Translated | None = None,
    *,
    is_public: bool = True,
    internal_note: str = "",
) -> None:
    """Change the state, write its line of history, and renew the public pages that show it."""
    before = action.state.value
    action.state = to
    note(session, who, action, before, words, is_public=is_public, internal_note=internal_note)
    if rules.is_public(action):
        contributions.raise_version(session, action.dialogue_id)


def note(
    session: Session,
    who: Someone,
    action: Action,
    before: str,
    words: Translated | None,
    *,
    is_public: bool = True,
    internal_note: str = "",
) -> None:
    """Write a line of history, public only where the action itself is."""
    contributions.note_change(
        session,
        action.dialogue_id,
        ("action", action.id),
        (before, action.state.value),
        actor_id=getattr(who, "user_id", None),
        public_text=words,
        is_public=is_public and rules.is_public(action),
        internal_note=internal_note,
    )
