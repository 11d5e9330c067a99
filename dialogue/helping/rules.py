"""State questions about joining in; pure."""

from datetime import datetime

from dialogue.actions import rules as action_rules
from dialogue.actions.models import Action, ActionState
from dialogue.actions.rules import Someone
from dialogue.base.i18n import Lazy, lazy
from dialogue.dialogues import rules as dialogue_rules
from dialogue.helping.models import HelpSlot


def wants_help(action: Action) -> bool:
    """Whether help can be asked for and given: the action is public, not stopped, and its dialogue goes on.

    What has begun well may go on every week, so an action that is done can still want help.
    """
    return (
        action_rules.is_public(action)
        and action.state is not ActionState.STOPPED
        and dialogue_rules.takes_input(action.dialogue)
    )


def manages(someone: Someone, action: Action) -> bool:
    """Whether somebody asks for help with the action: for its owner, or for those who organise the dialogue."""
    return bool(action_rules.sides(someone, action))


def is_cancelled(slot: HelpSlot) -> bool:
    """Whether nothing will be done then."""
    return slot.cancelled_at is not None


def is_over(slot: HelpSlot, now: datetime) -> bool:
    """Whether it has been."""
    return not is_cancelled(slot) and now >= slot.ends_at


def is_coming(slot: HelpSlot, now: datetime) -> bool:
    """Whether it stands and has not begun."""
    return not is_cancelled(slot) and now < slot.starts_at


def is_full(slot: HelpSlot) -> bool:
    """Whether all places are taken."""
    return slot.taken >= slot.wanted


def why_closed(slot: HelpSlot, now: datetime) -> Lazy | None:
    """Why nobody can join in now, or None when somebody can; that all places are taken is asked for itself."""
    reasons: list[tuple[bool, Lazy]] = [
        (is_cancelled(slot), lazy("This is cancelled, so nobody can join in.")),
        (now >= slot.starts_at, lazy("This has begun or is over, so you can no longer join in.")),
        (not wants_help(slot.action), lazy("No more help is wanted with this.")),
    ]
    return next((why for holds, why in reasons if holds), None)


def ends_local(slot: HelpSlot) -> datetime:
    """What the clock on the wall shows when it ends."""
    return slot.ends_at.replace(tzinfo=None)
