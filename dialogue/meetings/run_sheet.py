"""The run sheet: what those who plan a meeting do with its items."""

from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dialogue.base.errors import NotFound
from dialogue.base.i18n import Translated
from dialogue.dialogues import contributions
from dialogue.meetings import operations
from dialogue.meetings.models import Meeting, RunItem
from dialogue.web.permissions import Actor


@dataclass(frozen=True)
class ItemText:
    """An item of the run sheet as it is written."""

    minutes: int
    activity: Translated
    purpose: Translated = field(default_factory=Translated)
    responsible: Translated = field(default_factory=Translated)
    method: Translated = field(default_factory=Translated)


def add_item(session: Session, actor: Actor, meeting: Meeting, written: ItemText) -> RunItem:
    """Add an item at the end of the run sheet."""
    current = operations.lock(session, actor, meeting)
    last = session.scalar(select(func.max(RunItem.position)).where(RunItem.meeting_id == current.id)) or 0
    item = RunItem(meeting_id=current.id, position=last + 1, **vars(written))
    session.add(item)
    contributions.raise_version(session, current.dialogue_id)
    return item


def change_item(session: Session, actor: Actor, meeting: Meeting, item: RunItem, written: ItemText) -> None:
    """Change an item of the run sheet. Raises NotFound when somebody else has removed it."""
    operations.lock(session, actor, meeting)
    current = _item(session, item.id)
    for name, value in vars(written).items():
        setattr(current, name, value)
    contributions.raise_version(session, meeting.dialogue_id)


def move_item(session: Session, actor: Actor, meeting: Meeting, item: RunItem, steps: int) -> None:
    """Move an item earlier (-1) or later (+1); at either end nothing happens.

    Raises NotFound when somebody else has removed it."""
    operations.lock(session, actor, meeting)
    items = _items(session, meeting)
    place = items.index(_item(session, item.id))
    target = min(max(place + steps, 0), len(items) - 1)
    items.insert(target, items.pop(place))
    for position, each in enumerate(items, start=1):
        each.position = position
    contributions.raise_version(session, meeting.dialogue_id)


def remove_item(session: Session, actor: Actor, meeting: Meeting, item: RunItem) -> None:
    """Take an item off the run sheet. Raises NotFound when somebody else has."""
    operations.lock(session, actor, meeting)
    session.delete(_item(session, item.id))
    contributions.raise_version(session, meeting.dialogue_id)


def item_of(meeting: Meeting, item_id: int) -> RunItem:
    """One item of a meeting's run sheet. Raises NotFound."""
    for item in meeting.run_items:
        if item.id == item_id:
            return item
    raise NotFound


def _item(session: Session, item_id: int) -> RunItem:
    """The item as it is now; somebody else may have removed it. Raises NotFound."""
    item = session.get(RunItem, item_id, populate_existing=True)
    if item is None:
        raise NotFound
    return item


def _items(session: Session, meeting: Meeting) -> list[RunItem]:
    return list(
        session.scalars(
            select(RunItem)
            .where(RunItem.meeting_id == meeting.id)
            .order_by(RunItem.position, RunItem.id)
            .execution_options(populate_existing=True)
        )
    )
