"""Reads of the demo: where the prepared tasks begin, and the mailbox."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from dialogue.actions.models import Action, ActionState
from dialogue.base.errors import NotFound
from dialogue.base.outbox import OutboxMail
from dialogue.boards.models import Board
from dialogue.demo import accounts
from dialogue.demo.eksempelvik import case
from dialogue.dialogues.models import Dialogue
from dialogue.meetings.models import Group
from dialogue.people.models import User
from dialogue.places.models import Municipality, Organisation

PAGE_SIZE = 25


@dataclass(frozen=True)
class Targets:
    """The public codes of what the prepared tasks are about."""

    board: str
    group: str
    action: str
    draft: str


@dataclass(frozen=True)
class MailPage:
    """One page of the mailbox, the newest mail first."""

    mails: Sequence[OutboxMail]
    number: int
    pages: int
    total: int


def targets(session: Session) -> Targets | None:
    """Where the prepared tasks begin; None when the demo is not loaded.

    They are found by what the loading made first, so that what visitors add changes nothing.
    """
    here = select(Dialogue.id).join(Dialogue.municipality).where(Municipality.number == case.NUMBER)
    dialogues = session.execute(
        select(Dialogue.id, Dialogue.code).where(Dialogue.id.in_(here)).order_by(Dialogue.id).limit(2)
    ).all()
    if len(dialogues) < 2:
        return None
    running, draft = dialogues
    board = session.scalar(
        select(Board.code).where(Board.dialogue_id == running.id).order_by(Board.id).limit(1)
    )
    group = session.scalar(
        select(Group.code)
        .join(User, User.id == Group.facilitator_id)
        .where(User.email == accounts.address("facilitator"))
        .order_by(Group.id)
        .limit(1)
    )
    action = session.scalar(_asked_action(running.id))
    if board is None or group is None or action is None:
        return None
    return Targets(board, group, action, draft.code)


def mailbox(session: Session, number: int) -> MailPage:
    """One page of the mails the demo has written. Pages count from 1."""
    total = session.scalar(select(func.count()).select_from(OutboxMail)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(number, 1), pages)
    mails = session.scalars(
        select(OutboxMail)
        .order_by(OutboxMail.created_at.desc(), OutboxMail.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return MailPage(mails, number, pages, total)


def mail(session: Session, number: int) -> OutboxMail:
    """One mail by its number. Raises NotFound."""
    found = session.get(OutboxMail, number)
    if found is None:
        raise NotFound
    return found


def _asked_action(dialogue_id: int) -> Select[str]:
    """The partner's action: the one that waits for an answer, else the last they were asked."""
    partner = select(Organisation.id).where(Organisation.email == accounts.address("partner"))
    return (
        select(Action.code)
        .where(Action.dialogue_id == dialogue_id, Action.owner_id.in_(partner))
        .order_by(Action.state != ActionState.PROPOSED, Action.asked_at.desc())
        .limit(1)
    )
