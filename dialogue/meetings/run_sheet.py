"""The run sheet: what those who plan a meeting do with its items."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.errors import Closed, NotFound
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions
from dialogue.meetings import operations, rules
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
    opens: str = ""


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


def begin_item(
    session: Session, actor: Actor, meeting: Meeting, item: RunItem, opener: Callable[[str], str]
) -> str:
    """Begin an item on the evening, and let ``opener`` open what it opens; return what is said about that.

    Of two who press at once the second is told so. Raises NotFound for whoever neither plans the meeting nor leads
    a group in it, Closed when it or a later item has begun.
    """
    if not rules.manages(actor, meeting) and not any(rules.leads(actor, group) for group in meeting.groups):
        raise NotFound
    items = _held_items(session, meeting)
    current = next((one for one in items if one.id == item.id), None)
    if current is None:
        raise NotFound
    if any(one.begun_at for one in items[items.index(current) :]):
        raise Closed(lazy("This item, or a later one, has begun already. Nothing was done twice."))
    current.begun_at = clock.now()
    return opener(current.opens) if current.opens else ""


def begin_anew(session: Session, actor: Actor, meeting: Meeting) -> None:
    """Let no item have begun, such as after a rehearsal. What was opened stays open. Raises as ``lock`` does."""
    operations.lock(session, actor, meeting)
    session.execute(update(RunItem).where(RunItem.meeting_id == meeting.id).values(begun_at=None))


def item_of(meeting: Meeting, item_id: int) -> RunItem:
    """One item of a meeting's run sheet. Raises NotFound."""
    for item in meeting.run_items:
        if item.id == item_id:
            return item
    raise NotFound


def _held_items(session: Session, meeting: Meeting) -> list[RunItem]:
    """The items while nobody else begins one of them."""
    session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    return _items(session, meeting)


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
