"""A meeting as the rooms beside this one know it, and what it leads to in them."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.meetings import notes, queries
from dialogue.meetings.models import Meeting
from dialogue.web.gatherings import Gathering
from dialogue.web.permissions import Actor
from dialogue.web.rooms import DeskItem, Room


def gathering_for(session: Session, actor: Actor, code: str) -> Gathering:
    """A meeting and its groups, for whoever plans it. Raises NotFound, NotAllowed."""
    return gathering_of(queries.for_desk(session, actor, code))


def gathering_of(meeting: Meeting) -> Gathering:
    """A meeting and its groups."""
    return Gathering(
        meeting.code,
        meeting.title,
        meeting.dialogue,
        [notes.seat_of(group) for group in meeting.groups],
        url_for("groups.groups", code=meeting.code),
    )


def hall_tools(rooms: Sequence[Room], session: Session, actor: Actor, meeting: Meeting) -> list[DeskItem]:
    """Pages that lead to what can be shown on the wall of the hall."""
    gathered = gathering_of(meeting)
    return [tool for room in rooms for make in room.hall_tools for tool in make(session, actor, gathered)]
