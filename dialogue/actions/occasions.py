"""The rules of reminding, in one table: on which occasions, and which of them an action has reached; pure.

Where an action is asked for, a row of its columns does as well.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dialogue.actions.models import Action, ActionState, ReminderKind
from dialogue.actions.rules import AT_WORK, OPEN
from dialogue.base import clock
from dialogue.base.i18n import Labelled, Lazy, lazy, ngettext


class Anchor(Labelled):
    """The day from which an occasion is counted, in the words of the page that tells the rules."""

    ASKED = "asked", lazy("the question")
    DUE = "due", lazy("the date")
    UPDATE = "update", lazy("the day of the next update")
    PAUSE = "pause", lazy("the last day of the pause")

    def of(self, action: Action) -> date | None:
        """That day, for an action that has one."""
        if self is Anchor.ASKED:
            return clock.local(action.asked_at).date()
        if self is Anchor.UPDATE:
            return action.next_update_on
        return action.snoozed_until if self is Anchor.PAUSE else action.due_on


@dataclass(frozen=True)
class Occasion:
    """When somebody is reminded: so many days from a day, while the action is in one of the states."""

    kind: ReminderKind
    states: tuple[ActionState, ...]
    anchor: Anchor
    days: int
    to_leader: bool = False

    def day(self, action: Action) -> date | None:
        """The day of this occasion for an action, if it can come."""
        start = self.anchor.of(action)
        return None if start is None else start + timedelta(days=self.days)

    def counted_from(self, action: Action) -> date:
        """What tells two occasions of a kind apart: a new date brings new reminders. A question that is asked
        anew begins without any, so its date does as well as its own day."""
        start = action.due_on if self.anchor is Anchor.ASKED else self.anchor.of(action)
        return start or action.due_on

    @property
    def when(self) -> str:
        """The occasion in words."""
        anchor = self.anchor.label
        if self.days == 0:
            return str(_ON[self.anchor])
        if self.days < 0:
            return ngettext(
                "%(num)s day before %(day)s", "%(num)s days before %(day)s", -self.days, day=anchor
            )
        return ngettext("%(num)s day after %(day)s", "%(num)s days after %(day)s", self.days, day=anchor)


_ON: dict[Anchor, Lazy] = {
    Anchor.ASKED: lazy("On the day of the question"),
    Anchor.DUE: lazy("On the date"),
    Anchor.UPDATE: lazy("On the day of the next update"),
    Anchor.PAUSE: lazy("When the pause is over"),
}

# Of two that fall on the same day the one that stands last is told.
OCCASIONS = (
    Occasion(ReminderKind.UNANSWERED, (ActionState.PROPOSED,), Anchor.ASKED, days=5),
    Occasion(ReminderKind.AWAKE, OPEN, Anchor.PAUSE, days=0),
    Occasion(ReminderKind.UPDATE_LATE, AT_WORK, Anchor.UPDATE, days=1),
    Occasion(ReminderKind.BEFORE, AT_WORK, Anchor.DUE, days=-7),
    Occasion(ReminderKind.ON_DUE, AT_WORK, Anchor.DUE, days=0),
    Occasion(ReminderKind.LATE, AT_WORK, Anchor.DUE, days=7),
    Occasion(ReminderKind.LEADER, AT_WORK, Anchor.DUE, days=14, to_leader=True),
)


# The same by what is asked of thousands of actions at a time.
_POSSIBLE = {
    (state, to_leader): tuple(
        occasion for occasion in OCCASIONS if occasion.to_leader is to_leader and state in occasion.states
    )
    for state in OPEN
    for to_leader in (False, True)
}


def is_silent(action: Action, today: date) -> bool:
    """Whether nobody is reminded: the organiser is the one to answer now, or somebody has asked for a pause."""
    waits = action.suggested_due_on is not None or action.offered_to_id is not None
    return waits or (action.snoozed_until is not None and action.snoozed_until > today)


def occasion_for(action: Action, today: date, *, to_leader: bool = False) -> Occasion | None:
    """The latest occasion that an action has reached, for its owner or for the leader; earlier ones that were
    missed are not made up for."""
    possible = _POSSIBLE.get((action.state, to_leader))
    if possible is None or is_silent(action, today):
        return None
    latest: Occasion | None = None
    latest_day = date.min
    for occasion in possible:
        day = occasion.day(action)
        if day is not None and latest_day <= day <= today:
            latest, latest_day = occasion, day
    return latest


def next_day(action: Action, today: date) -> date | None:
    """The next day on which an action comes to an occasion for who looks after it, if nobody changes it; None for
    never. Until then there is nothing to tell that could not be told today."""
    days = (occasion.day(action) for occasion in _POSSIBLE.get((action.state, False), ()))
    return min((day for day in days if day is not None and day > today), default=None)
