"""Meetings of the demo, by the room's own operations."""

from collections.abc import Iterable
from datetime import datetime

from dialogue.base.i18n import Translated
from dialogue.base.tokens import new_token
from dialogue.demo.content import Step
from dialogue.demo.stage import Stage
from dialogue.dialogues.models import Dialogue
from dialogue.meetings import grouping, operations as meetings, planning, run_sheet
from dialogue.meetings.models import Meeting
from dialogue.meetings.operations import SignUp
from dialogue.meetings.planning import Plan
from dialogue.meetings.run_sheet import ItemText


def plan(
    stage: Stage,
    dialogue: Dialogue,
    title: Translated,
    intro: Translated,
    starts: datetime,
    minutes: int,
    capacity: int,
    *,
    place: str = "",
    link: str = "",
    deadline: datetime | None = None,
    sheet: Iterable[Step] = (),
    groups: int = 0,
) -> Meeting:
    """Plan a meeting with its run sheet and groups. The caller sets the clock."""
    last = deadline or planning.default_deadline(starts)
    wish = Plan(title, intro, starts, minutes, place, link, capacity, last)
    meeting = planning.plan_meeting(stage.session, stage.organiser, dialogue, wish, key=new_token())
    for step in sheet:
        item = ItemText(step.minutes, step.activity, step.purpose, step.responsible, step.method)
        run_sheet.add_item(stage.session, stage.organiser, meeting, item)
    if groups:
        grouping.make_groups(stage.session, stage.organiser, meeting, groups)
    return meeting


def sign_up(stage: Stage, meeting: Meeting, wish: SignUp) -> None:
    """One resident signs up. The caller sets the clock."""
    meetings.sign_up(stage.session, meeting, wish, f"demo sign-up {meeting.code} {wish.name}")
    stage.session.flush()


def distribute(stage: Stage, meeting: Meeting) -> None:
    """Put everybody with a seat into a group. The caller sets the clock."""
    grouping.distribute(stage.session, stage.organiser, meeting)
