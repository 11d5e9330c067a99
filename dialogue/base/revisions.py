"""Of two who write the same thing at once the second sees both: the thing carries its revision, a number that
every change raises, and its form the revision that was shown."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.base.errors import Closed
from dialogue.base.i18n import Lazy


class Changed(Closed):
    """Somebody else changed the thing between the showing of a form and its sending."""


def is_as_shown(
    session: Session, thing: Any, revision: int, is_done: Callable[[], bool], refusal: Lazy
) -> bool:
    """Take hold of a thing: True when it still is as it was shown, False when it is not, but what is wanted has
    been done already, as by a second click.

    Raises Changed with this refusal when somebody else was first.
    """
    # Whoever comes at the same moment waits here, and then sees what the first one did.
    kind = type(thing)
    session.execute(select(kind.id).where(kind.id == thing.id).with_for_update())
    session.refresh(thing)
    if revision == thing.revision:
        return True
    if is_done():
        return False
    raise Changed(refusal)


def differing(thing: Any, written: Any) -> dict[str, Any]:
    """What stands in each part of a thing that is written otherwise, by the part's name."""
    return {
        name: getattr(thing, name) for name, value in vars(written).items() if getattr(thing, name) != value
    }
