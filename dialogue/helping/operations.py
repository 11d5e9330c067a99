"""Joining in, and giving the place back.

Places are moved by one conditional UPDATE. Every transaction that moves one holds the slot's row from then on,
and takes it before it touches any of those who joined in; so two of them can neither pass each other nor block
each other.
"""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from dialogue.actions.rules import Someone
from dialogue.base import audit, clock
from dialogue.base.errors import Closed, NotAllowed
from dialogue.base.i18n import in_all_languages, lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Channel, Contribution, ContributionKind, ContributionState
from dialogue.helping import mail, queries, rules
from dialogue.helping.mail import News
from dialogue.helping.models import HelpSlot, HelpTaker
from dialogue.residents import operations as residents
from dialogue.residents.models import FollowCode
from dialogue.residents.operations import Receipt


@dataclass(frozen=True)
class Joining:
    """Somebody who wants to join in, as it is written; the address may be empty."""

    name: str
    email: str
    language: str


def join_in(session: Session, slot: HelpSlot, joining: Joining, submission_key: str) -> Receipt:
    """Give somebody one of a slot's places, and the code to follow it by.

    Raises Closed when nobody can join in now, or when all places are taken.
    """
    content = f"help\0{slot.id}\0{joining.name}\0{joining.email}"
    receipt = residents.issue_code(session, submission_key, content, joining.language)
    if receipt.is_new:
        reason = rules.why_closed(slot, clock.now())
        if reason is not None:
            raise Closed(reason)
        _take_place(session, slot)
        _enter(session, slot, joining, receipt)
        contributions.raise_version(session, slot.action.dialogue_id)
    return receipt


def erase(session: Session, contribution: Contribution) -> None:
    """Give a place back, so that the next one can have it at once; the name is removed.

    When it is over the place stays counted, so that the number of those who joined in is true.
    """
    taker = session.get_one(HelpTaker, contribution.id)
    slot = queries.locked(session, taker.slot_id)
    session.refresh(taker)
    # Of two who give the same place back at once, the second finds that it is given back.
    session.refresh(contribution, ["state"])
    _give_back(session, slot, taker)


def take_off(session: Session, who: Someone, slot: HelpSlot, taker: HelpTaker) -> None:
    """Free somebody's place on their behalf; they are told. Raises NotAllowed for who does not ask for help
    with this action, Closed when it is over."""
    if not rules.manages(who, slot.action):
        raise NotAllowed
    current = queries.locked(session, slot.id)
    if rules.is_over(current, clock.now()):
        raise Closed(lazy("This is over, so the number of those who joined in stays as it is."))
    session.refresh(taker, ["given_back_at", "name"])
    if taker.given_back_at is not None:
        return
    mail.tell(session, current, taker, News.TAKEN_OFF, f"help-taken_off-{taker.contribution_id}")
    _give_back(session, current, taker)
    actor_id = getattr(who, "user_id", None)
    contributions.move(
        session,
        taker.contribution,
        ContributionState.WITHDRAWN,
        actor_id=actor_id,
        public_text=in_all_languages(lambda: mail.TAKEN_OFF),
    )
    if taker.contribution.follow_code_id is not None:
        residents.forget_address(session, taker.contribution.follow_code_id)
    contributions.raise_version(session, slot.action.dialogue_id)
    audit.record(session, actor_id, "take off", "help", taker.contribution_id, slot.action.dialogue_id)


def forget(session: Session, taker: HelpTaker) -> None:
    """Remove the name and the address of somebody, some time after they joined in; the number stays."""
    taker.name = ""
    if taker.contribution.follow_code_id is not None:
        residents.forget_address(session, taker.contribution.follow_code_id)


def _take_place(session: Session, slot: HelpSlot) -> None:
    took = session.execute(
        update(HelpSlot)
        .where(
            HelpSlot.id == slot.id,
            HelpSlot.taken < HelpSlot.wanted,
            HelpSlot.cancelled_at.is_(None),
        )
        .values(taken=HelpSlot.taken + 1)
        .returning(HelpSlot.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if took is None:
        raise Closed(
            lazy(
                "Others were first, and all places are taken now. Thank you all the same! See what else there is."
            )
        )
    session.expire(slot, ["taken"])


def _enter(session: Session, slot: HelpSlot, joining: Joining, receipt: Receipt) -> None:
    contribution = contributions.receive(
        session,
        slot.action.dialogue_id,
        ContributionKind.HELP,
        Channel.WEB,
        joining.language,
        follow_code_id=receipt.follow_code_id,
    )
    if joining.email:
        follow_code = session.get_one(FollowCode, receipt.follow_code_id)
        residents.leave_address(session, follow_code, joining.email, joining.language)
        session.flush()
        session.expire(follow_code, ["contact"])
    taker = HelpTaker(contribution=contribution, slot_id=slot.id, name=joining.name)
    session.add(taker)
    session.flush()
    if joining.email:
        mail.tell(session, slot, taker, News.JOINED, f"help-joined-{contribution.id}")


def _give_back(session: Session, slot: HelpSlot, taker: HelpTaker) -> None:
    taker.name = ""
    if taker.given_back_at is not None or rules.is_over(slot, clock.now()):
        return
    taker.given_back_at = clock.now()
    slot.taken -= 1
    session.flush()
