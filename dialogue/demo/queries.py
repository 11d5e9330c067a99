"""Reads of the demo: where the prepared tasks begin, and the mailbox."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from dialogue.actions.models import Action, ActionState
from dialogue.base.errors import NotFound
from dialogue.base.outbox import OutboxMail
from dialogue.boards.models import Board
from dialogue.demo import accounts
from dialogue.demo.eksempelvik import case
from dialogue.demo.models import DemoClock
from dialogue.dialogues.models import Dialogue
from dialogue.followup.models import Theme, ThemeDecision
from dialogue.helping.models import HelpSlot
from dialogue.meetings.models import Group
from dialogue.people.models import User
from dialogue.places.models import Municipality, Organisation
from dialogue.posters.models import Poster
from dialogue.residents import operations as residents
from dialogue.residents.models import Contact, FollowCode

PAGE_SIZE = 25


@dataclass(frozen=True)
class Targets:
    """The public codes of what the prepared tasks are about; ``mail`` is the number of the mail that asks the
    partner, ``municipality`` the words in its address."""

    board: str
    group: str
    action: str
    draft: str
    dialogue: str
    theme: str
    slot: str
    poster: str
    follow_code: str
    mail: int
    municipality: str


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
    try:
        return Targets(
            board=session.scalars(_board(running.id)).one(),
            group=session.scalars(_group()).one(),
            action=session.scalars(_asked_action(running.id)).one(),
            draft=draft.code,
            dialogue=running.code,
            theme=session.scalars(_theme_to_decide(running.id)).one(),
            slot=session.scalars(_last_slot(running.id)).one(),
            poster=session.scalars(_poster()).one(),
            follow_code=residents.printed_code(session.scalars(_follower()).one()),
            mail=session.scalars(_asking_mail()).one(),
            municipality=case.SLUG,
        )
    except NoResultFound:
        return None


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


def _board(dialogue_id: int) -> Select[str]:
    # The one for everybody, not those of an evening's groups.
    is_for_all = (Board.gathers.is_(False), Board.plenary_id.is_(None))
    board = select(Board.code).where(Board.dialogue_id == dialogue_id, *is_for_all)
    return board.order_by(Board.id).limit(1)


def _group() -> Select[str]:
    """The group that the facilitator leads."""
    return (
        select(Group.code)
        .join(User, User.id == Group.facilitator_id)
        .where(User.email == accounts.address("facilitator"))
        .order_by(Group.id)
        .limit(1)
    )


def _poster() -> Select[str]:
    here = select(Municipality.id).where(Municipality.number == case.NUMBER)
    return select(Poster.code).where(Poster.municipality_id.in_(here)).order_by(Poster.id).limit(1)


def _asked_action(dialogue_id: int) -> Select[str]:
    """The partner's action: the one that waits for an answer, else the last they were asked."""
    partner = select(Organisation.id).where(Organisation.email == accounts.address("partner"))
    return (
        select(Action.code)
        .where(Action.dialogue_id == dialogue_id, Action.owner_id.in_(partner))
        .order_by(Action.state != ActionState.PROPOSED, Action.asked_at.desc())
        .limit(1)
    )


def _theme_to_decide(dialogue_id: int) -> Select[str]:
    """The first theme that nothing is decided about, else the first."""
    decided = exists().where(ThemeDecision.theme_id == Theme.id, ThemeDecision.removed_at.is_(None))
    return (
        select(Theme.code)
        .where(Theme.dialogue_id == dialogue_id, Theme.retired_at.is_(None))
        .order_by(decided, Theme.id)
        .limit(1)
    )


def _last_slot(dialogue_id: int) -> Select[str]:
    """The last occasion on which help is wanted: it stays ahead the longest."""
    return (
        select(HelpSlot.code)
        .join(HelpSlot.action)
        .where(Action.dialogue_id == dialogue_id)
        .order_by(HelpSlot.starts_local.desc())
        .limit(1)
    )


def _follower() -> Select[FollowCode]:
    """The code of the first resident who left an address: what they gave has come to something that is done."""
    return select(FollowCode).join(FollowCode.contact).where(Contact.email == accounts.follower(1)).limit(1)


def _asking_mail() -> Select[int]:
    """The last mail of the loading in which the partner is asked to do something."""
    return (
        select(OutboxMail.id)
        .where(
            OutboxMail.to == accounts.address("partner"),
            OutboxMail.once.is_(None),
            OutboxMail.created_at <= select(DemoClock.loaded_at).scalar_subquery(),
        )
        .order_by(OutboxMail.created_at.desc(), OutboxMail.id.desc())
        .limit(1)
    )
