"""Reads of meetings with their loading plans."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base import paging
from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.dialogues.models import Contribution, Dialogue, DialogueState
from dialogue.dialogues.queries import reached_by
from dialogue.meetings import rules
from dialogue.meetings.models import Group, Meeting, MeetingState, Registration, RegistrationStatus
from dialogue.places.models import Municipality
from dialogue.residents.models import FollowCode
from dialogue.web.permissions import Actor, Permission

PAGE_SIZE = 100


@dataclass(frozen=True)
class RegistrationPage:
    """One page of a meeting's sign-ups: those with a seat first, then the waiting list in its order."""

    registrations: Sequence[Registration]
    number: int
    pages: int
    total: int


def public_version(session: Session, code: str) -> Hashable | None:
    """What a meeting's public pages hang on; None for one that nobody may see.

    The seats stand in it, so that a sign-up need not touch the dialogue's row, which all would wait for.
    """
    return version_of(session, _MEETING_VERSION, code=code)


def sign_up_version(session: Session, code: str) -> Hashable | None:
    """What the form to sign up hangs on: whether there are seats, not how many, so that it is not made anew
    for each of those who sign up at the same time."""
    return version_of(session, _SIGN_UP_VERSION, code=code)


_VERSION = (
    select(Meeting.id, Dialogue.version)
    .join(Dialogue, Dialogue.id == Meeting.dialogue_id)
    .where(Meeting.code == bindparam("code"), Dialogue.state != DialogueState.DRAFT)
)
_MEETING_VERSION = _VERSION.add_columns(Meeting.seats_taken)
_SIGN_UP_VERSION = _VERSION.add_columns(Meeting.seats_taken < Meeting.capacity)


def public_meeting(session: Session, code: str) -> Meeting:
    """A meeting that anybody may see, with its dialogue. Raises NotFound.

    The run sheet is read when it is shown, which is on one page only.
    """
    return _one(
        session,
        select(Meeting)
        .join(Meeting.dialogue)
        .where(Meeting.code == code, Dialogue.state != DialogueState.DRAFT)
        .options(joinedload(Meeting.dialogue).joinedload(Dialogue.municipality)),
    )


def of_dialogue(session: Session, dialogue: Dialogue) -> Sequence[Meeting]:
    """A dialogue's meetings, the first one first."""
    return session.scalars(
        select(Meeting).where(Meeting.dialogue_id == dialogue.id).order_by(Meeting.starts_local, Meeting.id)
    ).all()


def for_desk(
    session: Session, actor: Actor, code: str, permission: Permission = Permission.MANAGE_MEETINGS
) -> Meeting:
    """A meeting for somebody of its dialogue's team. Raises NotFound for one they may not know of, NotAllowed
    when they may see it but not do this."""
    meeting = _one(
        session,
        _for_team(select(Meeting).join(Meeting.dialogue)).where(
            Meeting.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, permission)
        ),
    )
    actor.require(permission, meeting.dialogue.scope())
    return meeting


def for_its_people(session: Session, actor: Actor, code: str) -> Meeting:
    """A meeting for those who plan it or lead a group in it. Raises NotFound for everybody else."""
    meeting = _one(session, _for_team(select(Meeting)).where(Meeting.code == code))
    if not rules.manages(actor, meeting) and not any(rules.leads(actor, group) for group in meeting.groups):
        raise NotFound
    return meeting


def registrations(session: Session, meeting: Meeting, number: int) -> RegistrationPage:
    """One page of those with a seat or in line. Pages count from 1."""
    wanted = and_(Registration.meeting_id == meeting.id, Registration.status != RegistrationStatus.CANCELLED)
    total = session.scalar(select(func.count()).select_from(Registration).where(wanted)) or 0
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    found = session.scalars(
        select(Registration)
        .where(wanted)
        .options(joinedload(Registration.contribution), joinedload(Registration.group))
        .order_by(Registration.status == RegistrationStatus.WAITING, Registration.contribution_id)
        .limit(PAGE_SIZE)
        .offset(offset)
    ).all()
    return RegistrationPage(found, number, pages, total)


def registration_of(session: Session, meeting: Meeting, code: str) -> Registration:
    """One sign-up of this meeting by its contribution's code. Raises NotFound."""
    found = session.scalars(
        with_address(select(Registration).join(Registration.contribution)).where(
            Contribution.code == code, Registration.meeting_id == meeting.id
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def counts(session: Session, meeting: Meeting) -> dict[RegistrationStatus, int]:
    """How many sign-ups there are of each status."""
    rows = session.execute(
        select(Registration.status, func.count())
        .where(Registration.meeting_id == meeting.id)
        .group_by(Registration.status)
    )
    found = dict(rows.all())
    return {status: found.get(status, 0) for status in RegistrationStatus}


def place_in_line(session: Session, registration: Registration) -> int:
    """Which number somebody has on the waiting list, counted from 1."""
    before = session.scalar(
        select(func.count())
        .select_from(Registration)
        .where(
            Registration.meeting_id == registration.meeting_id,
            Registration.status == RegistrationStatus.WAITING,
            Registration.contribution_id < registration.contribution_id,
        )
    )
    return (before or 0) + 1


def coming_for(session: Session, actor: Actor, after: datetime) -> Sequence[Meeting]:
    """The meetings somebody plans that have not ended by a wall-clock time, the first one first."""
    return session.scalars(
        select(Meeting)
        .join(Meeting.dialogue)
        .where(
            reached_by(actor, Permission.MANAGE_MEETINGS),
            Dialogue.state != DialogueState.CLOSED,
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_local > after,
        )
        .order_by(Meeting.starts_local, Meeting.id)
    ).all()


def with_address(statement: Select[Registration]) -> Select[Registration]:
    """Load what is needed to write to those who signed up."""
    return statement.options(
        joinedload(Registration.contribution)
        .joinedload(Contribution.follow_code)
        .joinedload(FollowCode.contact)
    )


def to_remind(session: Session, earliest: datetime, latest: datetime) -> Sequence[Meeting]:
    """The meetings that stand and begin between two wall-clock times."""
    return session.scalars(
        select(Meeting)
        .join(Meeting.dialogue)
        .where(
            Meeting.state == MeetingState.PLANNED,
            Dialogue.state == DialogueState.PUBLISHED,
            Meeting.starts_local > earliest,
            Meeting.starts_local < latest,
        )
        .order_by(Meeting.id)
    ).all()


def _for_team(statement: Select[Meeting]) -> Select[Meeting]:
    return statement.options(
        joinedload(Meeting.dialogue).joinedload(Dialogue.municipality).joinedload(Municipality.district),
        selectinload(Meeting.run_items),
        selectinload(Meeting.groups).joinedload(Group.facilitator),
    )


def _one(session: Session, statement: Select[Meeting]) -> Meeting:
    meeting = session.scalars(statement).one_or_none()
    if meeting is None:
        raise NotFound
    return meeting
