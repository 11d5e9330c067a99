"""Reads of groups, of who is in them and who may lead them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from dialogue.base.errors import NotFound
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue
from dialogue.dialogues.queries import reached_by
from dialogue.meetings import rules
from dialogue.meetings.models import Group, GroupNote, Meeting, MeetingState, Registration
from dialogue.people.models import User, UserGrant
from dialogue.web.permissions import ALLOWED, Actor, Permission, ScopeKind
from dialogue.web.sources import SourceText


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


def notes_of(session: Session, meeting: Meeting) -> dict[int | None, list[GroupNote]]:
    """What each group of a meeting said, by the group's id, in the order in which it was written."""
    found: dict[int | None, list[GroupNote]] = {}
    for note in session.scalars(_present(select(GroupNote)).where(GroupNote.meeting_id == meeting.id)):
        found.setdefault(note.group_id, []).append(note)
    return found


def has_notes(session: Session, group: Group) -> bool:
    """Whether a group has notes that were not taken back."""
    wanted = _present(select(GroupNote)).where(GroupNote.group_id == group.id).limit(1)
    return session.scalars(wanted).first() is not None


def note_for(session: Session, actor: Actor, code: str) -> GroupNote:
    """A note for whoever leads its group or plans its meeting. Raises NotFound for everybody else, and when it
    was taken back."""
    note = session.scalars(
        _present(select(GroupNote))
        .where(Contribution.code == code)
        .options(
            joinedload(GroupNote.group),
            joinedload(GroupNote.meeting).joinedload(Meeting.dialogue).joinedload(Dialogue.municipality),
        )
    ).one_or_none()
    if note is None or note.group is None:
        raise NotFound
    if not (rules.leads(actor, note.group) or rules.manages(actor, note.meeting)):
        raise NotFound
    return note


def source_texts(session: Session, ids: Collection[int]) -> dict[int, SourceText]:
    """The words of notes by their contribution's id, for whoever gathers them under themes."""
    rows = session.execute(
        select(GroupNote.contribution_id, GroupNote.text, Meeting.title)
        .join(GroupNote.meeting)
        .where(GroupNote.contribution_id.in_(ids))
    )
    return {key: SourceText(text, where=str(meeting)) for key, text, meeting in rows}


def holds_words(words: str) -> ColumnElement[bool]:
    """The condition on Contribution that it is a note with these words."""
    return contributions.says(
        select(GroupNote.text).where(GroupNote.contribution_id == Contribution.id), words
    )


def _present(statement: Select[GroupNote]) -> Select[GroupNote]:
    return (
        statement.join(GroupNote.contribution)
        .where(Contribution.state == ContributionState.PUBLISHED)
        .options(contains_eager(GroupNote.contribution))
        .order_by(GroupNote.contribution_id)
    )
