"""Reminders to owners: on which occasions, and one mail for each organisation and day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions import mail
from dialogue.actions.models import Action, ActionState, Reminder, ReminderKind
from dialogue.actions.rules import AT_WORK
from dialogue.base import clock, outbox
from dialogue.base.db import Database, insert_new
from dialogue.base.outbox import OutboxMail
from dialogue.places.models import Organisation


@dataclass(frozen=True)
class Occasion:
    """When an owner is reminded: so many days after they were asked, or from the due date."""

    kind: ReminderKind
    states: tuple[ActionState, ...]
    from_due: bool
    days: int

    def day(self, action: Action) -> date:
        """The day of this occasion for an action."""
        start = action.due_on if self.from_due else clock.local(action.asked_at).date()
        return start + timedelta(days=self.days)


OCCASIONS = (
    Occasion(ReminderKind.UNANSWERED, (ActionState.PROPOSED,), from_due=False, days=5),
    Occasion(ReminderKind.BEFORE, AT_WORK, from_due=True, days=-7),
    Occasion(ReminderKind.ON_DUE, AT_WORK, from_due=True, days=0),
    Occasion(ReminderKind.LATE, AT_WORK, from_due=True, days=7),
)
_EARLIEST = timedelta(days=max(-occasion.days for occasion in OCCASIONS))


def occasion_for(action: Action, today: date) -> ReminderKind | None:
    """The latest occasion that an action has reached; earlier ones that were missed are not made up for."""
    if action.suggested_due_on is not None:
        return None  # The organiser is the one to answer now.
    reached = [
        occasion
        for occasion in OCCASIONS
        if action.state in occasion.states and occasion.day(action) <= today
    ]
    return max(reached, key=lambda occasion: occasion.day(action)).kind if reached else None


def remind(database: Database) -> int:
    """Remind every owner of what has come to an occasion; return how many mails were written.

    It can be run as often as one likes, by several processes at once: an owner is reminded once of each
    occasion and due date, in at most one mail a day.
    """
    today = clock.today()
    with database.reading() as session:
        due = _due(session, today)
    by_owner = groupby(sorted(due, key=lambda action: action.owner_id), key=lambda action: action.owner_id)
    return sum(_remind_owner(database, owner_id, list(actions), today) for owner_id, actions in by_owner)


def _due(session: Session, today: date) -> list[Action]:
    """The actions with an occasion of which their owner has not been reminded."""
    candidates = session.scalars(
        select(Action)
        .join(Action.owner)
        .where(
            Organisation.email != "",
            or_(
                Action.state == ActionState.PROPOSED,
                and_(Action.state.in_(AT_WORK), Action.due_on <= today + _EARLIEST),
            ),
        )
        .order_by(Action.due_on, Action.id)
    ).all()
    reminded = _reminded(session, candidates)
    return [
        action
        for action in candidates
        if (kind := occasion_for(action, today)) is not None
        and (action.id, kind, action.due_on) not in reminded
    ]


def _reminded(session: Session, actions: Iterable[Action]) -> set[tuple[int, ReminderKind, date]]:
    ids = [action.id for action in actions]
    rows = session.execute(
        select(Reminder.action_id, Reminder.kind, Reminder.due_on).where(Reminder.action_id.in_(ids))
    ).all()
    return {(row[0], row[1], row[2]) for row in rows}


def _remind_owner(database: Database, owner_id: int, due: list[Action], today: date) -> bool:
    """Write one mail about these actions, unless this organisation has had its mail of the day."""
    occasion = f"action reminder {owner_id} {today}"
    with database.writing() as session:
        # Whoever runs at the same time waits for this row, and then finds the mail.
        owner = session.scalars(
            select(Organisation).where(Organisation.id == owner_id).with_for_update()
        ).one()
        if session.scalar(select(OutboxMail.id).where(OutboxMail.once == occasion)) is not None:
            return False
        current = session.scalars(
            select(Action)
            .where(Action.id.in_([action.id for action in due]), Action.owner_id == owner_id)
            .options(joinedload(Action.owner))
            .order_by(Action.due_on, Action.id)
        ).all()
        told = []
        for action in current:
            kind = occasion_for(action, today)
            if kind is not None and _note(session, action, kind):
                told.append((action, kind))
        if told:
            outbox.queue(session, owner.email, mail.reminder(owner, told), once=occasion)
        return bool(told)


def _note(session: Session, action: Action, kind: ReminderKind) -> bool:
    values = {"action_id": action.id, "kind": kind, "due_on": action.due_on, "sent_at": clock.now()}
    return insert_new(session, Reminder, values) is not None
