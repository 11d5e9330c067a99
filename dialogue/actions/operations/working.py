"""The owner acts, tells how it goes, and in the end what came of it."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from dialogue.actions import checks, mail, rules, wording
from dialogue.actions.models import (
    LONGEST_MEASURED,
    LONGEST_UPDATE,
    Action,
    ActionState,
    Update,
)
from dialogue.actions.rules import Someone, Step
from dialogue.actions.taking import goes_on, move
from dialogue.base import clock
from dialogue.base.errors import Invalid
from dialogue.base.i18n import Translated, lazy


@dataclass(frozen=True)
class Found:
    """What came of an action besides what was done: what changed, what was learned, and what was measured."""

    changed: Translated = field(default_factory=Translated)
    learned: Translated = field(default_factory=Translated)
    measured_after: str = ""


NOTHING_FOUND = Found()


def start(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The owner has begun."""
    if goes_on(session, who, action, Step.START, revision, lambda: action.state is ActionState.UNDER_WAY):
        move(session, who, action, ActionState.UNDER_WAY, wording.begun())


def reopen(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The owner takes up again what was called finished too early."""
    if goes_on(session, who, action, Step.REOPEN, revision, lambda: action.state is ActionState.UNDER_WAY):
        action.ended_on = None
        action.outcome = action.changed = action.learned = Translated()
        action.measured_after = ""
        move(session, who, action, ActionState.UNDER_WAY, wording.reopened())


def report(
    session: Session,
    who: Someone,
    action: Action,
    revision: int,
    text: Translated,
    is_public: bool,
    next_update_on: date | None = None,
) -> None:
    """Tell what has happened, to everybody or to the team and the owner only, and when there will be more.

    The update that was expected has come with it. Raises Invalid when empty, or for a wrong date.
    """
    checks.words(text, LONGEST_UPDATE, "text")
    if next_update_on is not None:
        checks.ahead(next_update_on, "next_update_on")

    def is_done() -> bool:
        last = action.updates[-1] if action.updates else None
        return last is not None and (last.text, last.is_public) == (text, is_public)

    if goes_on(session, who, action, Step.REPORT, revision, is_done):
        _tell(session, who, action, text, is_public)
        action.next_update_on = next_update_on


def as_planned(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The owner says in one tap that it goes as planned, for everybody to read."""
    text = wording.as_planned()

    def is_done() -> bool:
        return bool(action.updates) and action.updates[-1].text == text

    if goes_on(session, who, action, Step.AS_PLANNED, revision, is_done):
        _tell(session, who, action, text, True)
        action.next_update_on = None


def finish(
    session: Session,
    who: Someone,
    action: Action,
    revision: int,
    state: ActionState,
    outcome: Translated,
    found: Found = NOTHING_FOUND,
) -> None:
    """The owner says how it ended, what was done or why it stopped, and what else came of it. Raises Invalid
    without an outcome."""
    if state not in rules.ENDS:
        raise Invalid(lazy("Choose how it ended."), "state")
    checks.words(outcome, LONGEST_UPDATE, "outcome")
    for name, text in (("changed", found.changed), ("learned", found.learned)):
        checks.translated(text, LONGEST_UPDATE, name)
    checks.length(found.measured_after, LONGEST_MEASURED, "measured_after")

    def is_done() -> bool:
        return (action.state, action.outcome) == (state, outcome)

    if goes_on(session, who, action, Step.FINISH, revision, is_done):
        action.outcome = outcome
        action.changed, action.learned = found.changed, found.learned
        action.measured_after = found.measured_after
        action.ended_on = clock.today()
        action.suggested_due_on = None
        action.offered_to, action.offer_note = None, ""
        action.snoozed_until, action.snooze_reason = None, ""
        move(session, who, action, state, outcome)
        mail.tell_organiser(session, action)


def _tell(session: Session, who: Someone, action: Action, text: Translated, is_public: bool) -> None:
    user_id = getattr(who, "user_id", None)
    action.updates.append(Update(at=clock.now(), text=text, is_public=is_public, user_id=user_id))
    move(session, who, action, action.state, text, is_public=is_public)
