"""Reads of groups, of who is in them and who may lead them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base.errors import NotFound
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.queries import reached_by
from dialogue.meetings import rules
from dialogue.meetings.models import Group, Meeting, MeetingState, Registration
from dialogue.people.models import User, UserGrant
from dialogue.web.permissions import ALLOWED, Actor, Permission, ScopeKind


def group_to_change(session: Session, actor: Actor, code: str) -> Group:
    """A group for whoever plans its meeting. Raises NotFound for everybody else."""
    group = group_for(session, actor, code)
    if not rules.manages(actor, group.meeting):
        raise NotFound
    return group


def group_for(session: Session, actor: Actor, code: str) -> Group:
    """A group for whoever leads it or plans its meeting. Raises NotFound for everybody else."""
    group = session.scalars(
        select(Group)
        .where(Group.code == code)
        .options(
            joinedload(Group.facilitator),
            joinedload(Group.meeting).options(
                joinedload(Meeting.dialogue).joinedload(Dialogue.municipality),
                selectinload(Meeting.run_items),
            ),
        )
    ).one_or_none()
    if group is None or not (rules.leads(actor, group) or rules.manages(actor, group.meeting)):
        raise NotFound
    return group


def members(session: Session, group: Group) -> Sequence[Registration]:
    """Those with a seat who were put in a group."""
    return session.scalars(
        select(Registration)
        .where(Registration.group_id == group.id, Registration.status.in_(rules.SEATED))
        .order_by(Registration.contribution_id)
    ).all()


def group_sizes(session: Session, meeting: Meeting) -> dict[int | None, int]:
    """How many with a seat are in each group; None for those without one."""
    rows = session.execute(
        select(Registration.group_id, func.count())
        .where(Registration.meeting_id == meeting.id, Registration.status.in_(rules.SEATED))
        .group_by(Registration.group_id)
    )
    return dict(rows.all())


def seated(session: Session, meeting: Meeting) -> Sequence[Registration]:
    """All who have a seat, in the order in which they signed up."""
    return session.scalars(
        select(Registration)
        .where(Registration.meeting_id == meeting.id, Registration.status.in_(rules.SEATED))
        .order_by(Registration.contribution_id)
    ).all()


def groups_led_by(session: Session, actor: Actor, after: datetime) -> Sequence[Group]:
    """The groups somebody leads in meetings that began after a wall-clock time."""
    return session.scalars(
        select(Group)
        .join(Group.meeting)
        .join(Meeting.dialogue)
        .where(
            Group.facilitator_id == actor.user_id,
            reached_by(actor, Permission.FACILITATE),
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_local > after,
        )
        .options(joinedload(Group.meeting))
        .order_by(Meeting.starts_local, Group.position)
    ).all()


def facilitators(session: Session, dialogue: Dialogue) -> Sequence[User]:
    """The people who may lead a group in this dialogue, by name."""
    scope = dialogue.scope()
    reaches = [
        and_(UserGrant.scope_kind == kind, UserGrant.scope_id == getattr(scope, f"{kind.value}_id"))
        for kind in ScopeKind
        if kind is not ScopeKind.EVERYTHING
    ]
    granted = select(UserGrant.user_id).where(
        UserGrant.role.in_([role for role, allowed in ALLOWED.items() if Permission.FACILITATE in allowed]),
        or_(UserGrant.scope_kind == ScopeKind.EVERYTHING, *reaches),
    )
    return session.scalars(
        select(User).where(User.is_active, User.id.in_(granted)).order_by(User.name, User.id)
    ).all()
