"""Sign-ups and seats.

Seats are moved by one conditional UPDATE. Every transaction that moves a seat, or puts somebody in line,
holds the meeting's row from then on, and takes it before it touches any registration and after nothing that
another such transaction waits for; so two of them can neither pass each other nor block each other. What
depends on the line is read again under that lock.
"""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Closed
from dialogue.base.i18n import in_all_languages, lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Channel, Contribution, ContributionKind, ContributionState
from dialogue.meetings import mail, queries, rules
from dialogue.meetings.mail import News
from dialogue.meetings.models import Meeting, MeetingState, Registration, RegistrationStatus
from dialogue.residents import operations as residents
from dialogue.residents.models import FollowCode
from dialogue.residents.operations import Receipt
from dialogue.web.permissions import Actor, Permission


@dataclass(frozen=True)
class SignUp:
    """A sign-up as it is written; e-mail and needs may be empty."""

    name: str
    email: str
    needs: str
    language: str


def sign_up(session: Session, meeting: Meeting, wish: SignUp, submission_key: str) -> Receipt:
    """Give a resident a seat, or a place on the waiting list, and the code to follow it by.

    Raises Closed when the meeting takes no sign-ups now.
    """
    receipt = _receipt(session, meeting, wish, submission_key)
    if receipt.is_new:
        reason = rules.why_closed(meeting, clock.now())
        if reason is not None:
            raise Closed(reason)
        _enter(session, meeting, wish, receipt, Channel.WEB, None)
    return receipt


def add_by_hand(
    session: Session, actor: Actor, meeting: Meeting, wish: SignUp, submission_key: str
) -> Receipt:
    """Sign somebody up who called or came to the door, also after the deadline.

    Raises Closed when the meeting is cancelled or over, or the dialogue has ended.
    """
    actor.require(Permission.MANAGE_MEETINGS, meeting.dialogue.scope())
    receipt = _receipt(session, meeting, wish, submission_key)
    if receipt.is_new:
        reason = rules.why_nobody_is_added(meeting, clock.now())
        if reason is not None:
            raise Closed(reason)
        registration = _enter(session, meeting, wish, receipt, Channel.PAPER, actor.user_id)
        audit.record(
            session, actor.user_id, "add", "registration", registration.contribution_id, meeting.dialogue_id
        )
    return receipt


def cancel_for(session: Session, actor: Actor, meeting: Meeting, registration: Registration) -> None:
    """Cancel somebody's sign-up on their behalf; their seat goes to the first in line, and they are told."""
    actor.require(Permission.MANAGE_MEETINGS, meeting.dialogue.scope())
    current = _locked(session, meeting.id)
    session.refresh(registration, ["status"])
    if registration.status is RegistrationStatus.CANCELLED:
        return
    mail.tell(
        session, current, registration, News.TAKEN_OFF, f"meeting-taken_off-{registration.contribution_id}"
    )
    _give_up(session, current, registration)
    contributions.move(
        session,
        registration.contribution,
        ContributionState.WITHDRAWN,
        actor_id=actor.user_id,
        public_text=in_all_languages(lambda: mail.TAKEN_OFF),
    )
    if registration.contribution.follow_code_id is not None:
        residents.forget_address(session, registration.contribution.follow_code_id)
    audit.record(
        session, actor.user_id, "cancel", "registration", registration.contribution_id, meeting.dialogue_id
    )


def erase(session: Session, contribution: Contribution) -> None:
    """Take a sign-up back: its seat goes to the first in line, name and needs are removed."""
    registration = session.get_one(Registration, contribution.id)
    meeting = _locked(session, registration.meeting_id)
    session.refresh(registration, ["status"])
    if registration.status is not RegistrationStatus.CANCELLED:
        _give_up(session, meeting, registration)


def mark_attendance(
    session: Session, actor: Actor, meeting: Meeting, registration: Registration, status: RegistrationStatus
) -> None:
    """Note that somebody with a seat was there, or take that back.

    Raises Closed before the doors open and for somebody who has no seat.
    """
    actor.require(Permission.MANAGE_MEETINGS, meeting.dialogue.scope())
    if not rules.can_mark_attendance(meeting, clock.now()):
        raise Closed(lazy("You can tick people off from two hours before the meeting begins."))
    _locked(session, meeting.id)
    session.refresh(registration, ["status"])
    if registration.status not in rules.SEATED or status not in rules.SEATED:
        raise Closed(lazy("Only somebody with a seat can be ticked off."))
    registration.status = status
    audit.record(
        session, actor.user_id, "tick off", "registration", registration.contribution_id, meeting.dialogue_id
    )


def set_capacity(session: Session, meeting: Meeting, capacity: int) -> None:
    """Give a meeting more or fewer seats; those first in line move up. The caller holds the meeting's lock
    (``lock``) and has made sure that no taken seat is removed."""
    meeting.capacity = capacity
    session.flush()
    _fill(session, meeting)


def lock(session: Session, actor: Actor, meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from other changes until the transaction ends, for whoever plans it."""
    actor.require(Permission.MANAGE_MEETINGS, meeting.dialogue.scope())
    return _locked(session, meeting.id)


def _receipt(session: Session, meeting: Meeting, wish: SignUp, submission_key: str) -> Receipt:
    content = f"registration\0{meeting.id}\0{wish.name}\0{wish.email}\0{wish.needs}"
    return residents.issue_code(session, submission_key, content, wish.language)


def _enter(
    session: Session, meeting: Meeting, wish: SignUp, receipt: Receipt, channel: Channel, actor_id: int | None
) -> Registration:
    contribution = contributions.receive(
        session,
        meeting.dialogue_id,
        ContributionKind.REGISTRATION,
        channel,
        wish.language,
        follow_code_id=receipt.follow_code_id,
        actor_id=actor_id,
    )
    if wish.email:
        follow_code = session.get_one(FollowCode, receipt.follow_code_id)
        residents.leave_address(session, follow_code, wish.email, wish.language)
        session.flush()
        session.expire(follow_code, ["contact"])
    has_seat = _take_seat(session, meeting)
    registration = Registration(
        contribution=contribution,
        meeting_id=meeting.id,
        name=wish.name,
        needs=wish.needs,
        status=RegistrationStatus.REGISTERED if has_seat else RegistrationStatus.WAITING,
    )
    session.add(registration)
    session.flush()
    if wish.email:
        news = News.SEAT if has_seat else News.WAITING
        mail.tell(session, meeting, registration, news, f"meeting-signed-up-{contribution.id}")
    return registration


def _take_seat(session: Session, meeting: Meeting) -> bool:
    """Take a seat and say so, or hold the full meeting's row so that no seat is given back unseen before
    this transaction has put somebody in line."""
    if _count_seat(session, meeting):
        return True
    current = _locked(session, meeting.id)
    if current.state is MeetingState.CANCELLED:
        raise Closed(lazy("This meeting is cancelled, so you cannot sign up."))
    # Another gave a seat back between the attempt and the lock.
    return _count_seat(session, meeting)


def _count_seat(session: Session, meeting: Meeting) -> bool:
    row = session.execute(
        update(Meeting)
        .where(
            Meeting.id == meeting.id,
            Meeting.seats_taken < Meeting.capacity,
            Meeting.state == MeetingState.PLANNED,
        )
        .values(seats_taken=Meeting.seats_taken + 1)
        .returning(Meeting.seats_taken, Meeting.capacity)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if row is None:
        return False
    session.expire(meeting, ["seats_taken"])
    if row.seats_taken == row.capacity:
        # From now on the dialogue's page says that the meeting is full.
        contributions.raise_version(session, meeting.dialogue_id)
    return True


def _locked(session: Session, meeting_id: int) -> Meeting:
    """The meeting as it is now; on PostgreSQL its row is held, on SQLite the whole database already is."""
    return session.scalars(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def _give_up(session: Session, meeting: Meeting, registration: Registration) -> None:
    """Blank a sign-up. After the meeting the seat stays counted, so that the count of those who came is true."""
    registration.name = ""
    registration.needs = ""
    if rules.is_over(meeting, clock.now()):
        return
    had_seat = registration.status in rules.SEATED
    registration.status = RegistrationStatus.CANCELLED
    registration.group_id = None
    if had_seat:
        meeting.seats_taken -= 1
        session.flush()
        _fill(session, meeting)
        contributions.raise_version(session, meeting.dialogue_id)


def _fill(session: Session, meeting: Meeting) -> None:
    """Let those first in line have the free seats of a coming meeting, and tell them."""
    free = meeting.capacity - meeting.seats_taken
    if free <= 0 or rules.is_cancelled(meeting) or rules.is_over(meeting, clock.now()):
        return
    first_in_line = session.scalars(
        queries.with_address(select(Registration))
        .where(Registration.meeting_id == meeting.id, Registration.status == RegistrationStatus.WAITING)
        .order_by(Registration.contribution_id)
        .limit(free)
        .execution_options(populate_existing=True)
    ).all()
    for registration in first_in_line:
        registration.status = RegistrationStatus.REGISTERED
        contributions.note_change(
            session,
            meeting.dialogue_id,
            ("contribution", registration.contribution_id),
            (RegistrationStatus.WAITING.value, RegistrationStatus.REGISTERED.value),
            public_text=in_all_languages(lambda: mail.MOVED_UP),
        )
        mail.tell(
            session, meeting, registration, News.MOVED_UP, f"meeting-moved_up-{registration.contribution_id}"
        )
    meeting.seats_taken += len(first_in_line)
    session.flush()
