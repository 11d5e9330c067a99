"""What the holder of a follow code does: leave an address, take it away, take back what was given."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dialogue.base import tokens
from dialogue.base.errors import Closed
from dialogue.base.i18n import lazy
from dialogue.config import settings
from dialogue.dialogues import contributions
from dialogue.dialogues.models import GONE, ON_DUTY, Contribution, ContributionKind, ContributionState
from dialogue.followup import feedback, helped
from dialogue.residents import operations as residents
from dialogue.residents.models import Contact, FollowCode

Eraser = Callable[[Session, Any], None]


def leave_address(
    session: Session, follow_code: FollowCode, email: str, language: str, *, at_once: bool = False
) -> None:
    """Tell the holder of a code by mail from now on, and say so in a first mail with the link.

    What has happened until now stands on the follow page in front of them, so it is not mailed again.
    """
    residents.leave_address(session, follow_code, email, language, at_once=at_once)
    session.flush()
    contact = session.scalars(select(Contact).where(Contact.follow_code_id == follow_code.id)).one()
    feedback.mark_told(session, follow_code.id)
    # Once for each code and address, so that nobody can fill a stranger's mailbox from one page.
    occasion = tokens.digest(settings().secret_key, "address left", f"{follow_code.id}\0{email}").hex()
    feedback.write_first(session, contact, occasion)


def withdraw(session: Session, contribution: Contribution, erase: Eraser) -> None:
    """Take back what was given: its content is blanked, its place in the chain and the counts stay.

    The address, and the words written when asked whether something helped, are forgotten when nothing else is
    left under the code. Raises Closed when it was taken back before, or is with the person on duty.
    """
    if contribution.kind is ContributionKind.IDEA:
        # A moderator who reads it at the same moment waits, and then sees that it is gone. What belongs to
        # a sign-up is locked by its eraser, the meeting first.
        session.execute(select(Contribution.id).where(Contribution.id == contribution.id).with_for_update())
        session.refresh(contribution, ["state"])
    if _is_withdrawn(contribution):
        raise Closed(lazy("You have already taken this back."))
    if contribution.state in ON_DUTY:
        raise Closed(lazy("This has been passed on to the person on duty, so it cannot be taken back here."))
    erase(session, contribution)
    if not _is_withdrawn(contribution):
        contributions.move(session, contribution, ContributionState.WITHDRAWN)
    contributions.raise_version(session, contribution.dialogue_id)
    session.flush()
    left = session.scalar(
        select(func.count())
        .select_from(Contribution)
        .where(
            Contribution.follow_code_id == contribution.follow_code_id,
            Contribution.state.not_in(GONE),
        )
    )
    if not left and contribution.follow_code_id is not None:
        residents.forget_address(session, contribution.follow_code_id)
        helped.forget_words(session, contribution.dialogue_id, contribution.follow_code_id)


def _is_withdrawn(contribution: Contribution) -> bool:
    return contribution.state is ContributionState.WITHDRAWN
