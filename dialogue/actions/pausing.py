"""A pause in the reminders about an action, with a reason."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from dialogue.actions import checks, wording
from dialogue.actions.models import LONGEST_SNOOZE, Action
from dialogue.actions.rules import Someone, Step
from dialogue.actions.taking import goes_on, move
from dialogue.base import clock
from dialogue.base.errors import Invalid
from dialogue.base.i18n import lazy

LONGEST_PAUSE = timedelta(days=60)


def snooze(session: Session, who: Someone, action: Action, revision: int, until: date, reason: str) -> None:
    """Nobody is reminded of the action before a day. Raises Invalid without a reason, or for a day that has
    come or is too far ahead."""
    checks.text(reason, LONGEST_SNOOZE, "reason")
    today = clock.today()
    if not today < until <= today + LONGEST_PAUSE:
        raise Invalid(
            lazy("Choose a day from tomorrow to %(days)s days ahead.", days=LONGEST_PAUSE.days), "until"
        )

    def is_done() -> bool:
        return (action.snoozed_until, action.snooze_reason) == (until, reason)

    if goes_on(session, who, action, Step.SNOOZE, revision, is_done):
        action.snoozed_until, action.snooze_reason = until, reason
        words = wording.paused(until)
        move(session, who, action, action.state, words, is_public=False, internal_note=reason)
