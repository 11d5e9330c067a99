"""Groups: tables or rooms with a facilitator each, who sits where, and what each group says."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dialogue.base import audit
from dialogue.base.errors import Closed, Invalid, NotFound
from dialogue.base.i18n import Translated, _, in_all_languages, lazy
from dialogue.meetings import operations, queries_groups, rules
from dialogue.meetings.models import Group, GroupNote, Meeting, Registration
from dialogue.web.permissions import Actor

MOST_GROUPS = 60


def make_groups(session: Session, actor: Actor, meeting: Meeting, number: int) -> None:
    """Let a meeting have so many groups: new ones are added, the last ones removed.

    Raises Closed when a group that would go has notes.
    """
    operations.lock(session, actor, meeting)
    groups = _groups(session, meeting)
    for position in range(len(groups) + 1, number + 1):
        session.add(Group(meeting_id=meeting.id, position=position, name=group_name(position)))
    for group in groups[number:]:
        if group.summary or queries_groups.has_notes(session, group):
            raise Closed(
                lazy(
                    "%(group)s has notes. Keep it, or copy its notes and empty them first.", group=group.name
                )
            )
        for seated in (Registration, GroupNote):
            session.execute(update(seated).where(seated.group_id == group.id).values(group_id=None))
        session.delete(group)
    session.flush()
    session.expire(meeting, ["groups"])


def change_group(
    session: Session, actor: Actor, group: Group, name: Translated, facilitator_id: int | None
) -> None:
    """Name a group and say who leads it. Raises Invalid for somebody who may not lead groups here."""
    operations.lock(session, actor, group.meeting)
    allowed = {user.id for user in queries_groups.facilitators(session, group.meeting.dialogue)}
    if facilitator_id is not None and facilitator_id not in allowed:
        raise Invalid(lazy("Choose somebody who may lead groups in this dialogue."), "facilitator")
    current = _still_there(session, group)
    current.name = name
    current.facilitator_id = facilitator_id
    audit.record(session, actor.user_id, "change", "group", group.id, group.meeting.dialogue_id)


def distribute(session: Session, actor: Actor, meeting: Meeting) -> int:
    """Put everybody who has a seat and no group into the smallest group; return how many were placed.

    Raises Closed when there are no groups.
    """
    operations.lock(session, actor, meeting)
    groups = _groups(session, meeting)
    if not groups:
        raise Closed(lazy("Make the groups first."))
    people = queries_groups.seated(session, meeting)
    sizes = {group.id: sum(person.group_id == group.id for person in people) for group in groups}
    homeless = [person for person in people if person.group_id not in sizes]
    for person in homeless:
        # The first of the smallest ones, since a dictionary keeps the groups in their order.
        person.group_id = min(sizes, key=lambda group_id: sizes[group_id])
        sizes[person.group_id] += 1
    audit.record(session, actor.user_id, "distribute", "meeting", meeting.id, meeting.dialogue_id)
    return len(homeless)


def save_summary(session: Session, actor: Actor, group: Group, summary: str, revision: int) -> None:
    """Keep what a group says, by whoever leads it or plans the meeting.

    Raises Closed when somebody else has saved since ``revision``; nothing is overwritten then.
    """
    if not (rules.leads(actor, group) or rules.manages(actor, group.meeting)):
        raise NotFound
    saved = session.scalar(
        update(Group)
        .where(Group.id == group.id, Group.revision == revision)
        .values(summary=summary, revision=revision + 1)
        .returning(Group.id)
        .execution_options(synchronize_session=False)
    )
    current = _still_there(session, group)
    if saved is None and current.summary != summary:
        raise Closed(
            lazy(
                "Somebody else saved notes for this group at the same time. Both texts are below. Join them and save again."
            )
        )
    audit.record(session, actor.user_id, "write", "group", group.id, group.meeting.dialogue_id)


def group_name(position: int) -> Translated:
    """Group 4, in all languages."""
    return in_all_languages(lambda: _("Group %(number)s", number=position))


def _still_there(session: Session, group: Group) -> Group:
    """The group as it is now; somebody else may have removed it. Raises NotFound."""
    current = session.get(Group, group.id, populate_existing=True)
    if current is None:
        raise NotFound
    return current


def _groups(session: Session, meeting: Meeting) -> list[Group]:
    return list(
        session.scalars(
            select(Group)
            .where(Group.meeting_id == meeting.id)
            .order_by(Group.position, Group.id)
            .execution_options(populate_existing=True)
        )
    )
