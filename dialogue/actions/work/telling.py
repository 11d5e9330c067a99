"""A quick update: one tap, and a word for who has one."""

from datetime import timedelta

from sqlalchemy.orm import Session

from dialogue.actions import operations
from dialogue.actions.models import Action
from dialogue.actions.work import wording
from dialogue.actions.work.wording import Quick
from dialogue.base import clock
from dialogue.web.permissions import Actor

NEXT_UPDATE_AFTER = timedelta(weeks=4)


def tell_quickly(
    session: Session, actor: Actor, action: Action, revision: int, how: Quick, *, word: str, is_public: bool
) -> None:
    """Say with a standard sentence how it goes; the next update is expected four weeks from now.

    Raises what ``operations.report`` raises.
    """
    operations.report(
        session,
        actor,
        action,
        revision,
        wording.said(how, word),
        is_public,
        clock.today() + NEXT_UPDATE_AFTER,
    )
