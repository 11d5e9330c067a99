"""State questions about actions, and the one table of what can be done with them; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import TypeAlias

from dialogue.actions.models import OPEN_STATES, Action, ActionState
from dialogue.base.i18n import Labelled, lazy
from dialogue.places.models import Organisation
from dialogue.web.permissions import Actor, Permission, ScopeKind

_S = ActionState

# What can come of an action.
ENDS = (_S.DONE, _S.PARTLY_DONE, _S.STOPPED)
# The owner has said yes and it is not finished.
AT_WORK = (_S.ACCEPTED, _S.UNDER_WAY)
# The owner has not said yes.
ASKED = (_S.PROPOSED, _S.NEW_DATE, _S.DECLINED)


# Something is still expected of somebody by the due date.
OPEN = OPEN_STATES


class Side(Enum):
    """The two who share an action: the one who is to do it, and the one who asked."""

    OWNER = auto()
    ORGANISER = auto()


class Step(Labelled):
    """One thing that can be done with an action, in the words of its button."""

    ACCEPT = "accept", lazy("Yes, we will do it")
    SUGGEST_DATE = "suggest-date", lazy("Suggest another date")
    DECLINE = "decline", lazy("No, we cannot do it")
    START = "start", lazy("We have begun")
    REPORT = "report", lazy("Tell what has happened")
    AS_PLANNED = "as-planned", lazy("It goes as planned")
    FINISH = "finish", lazy("It is finished")
    REOPEN = "reopen", lazy("It is not finished after all")
    ACCEPT_DATE = "accept-date", lazy("Agree to the new date")
    KEEP_DATE = "keep-date", lazy("Keep the date")
    PROPOSE_ANEW = "propose-anew", lazy("Ask again, or ask somebody else")
    SHOW = "show", lazy("Choose who can see it")
    WITHDRAW = "withdraw", lazy("Take the question back")
    HAND_OVER = "hand-over", lazy("Hand over to somebody else here")
    OFFER = "offer", lazy("Hand over to another organisation")
    KEEP_IT = "keep-it", lazy("We keep it after all")
    AGREE_OFFER = "agree-offer", lazy("Ask them instead")
    REFUSE_OFFER = "refuse-offer", lazy("Leave it where it is")
    FORGET_PERSON = "forget-person", lazy("Remove the person's name and address")
    SNOOZE = "snooze", lazy("Pause the reminders")
    EDIT = "edit", lazy("Change the action")


@dataclass(frozen=True)
class Move:
    """Who can take a step, and which states it leads to from each state in which it is possible."""

    sides: frozenset[Side]
    states: Mapping[ActionState, tuple[ActionState, ...]]


def _to(state: ActionState, *before: ActionState) -> dict[ActionState, tuple[ActionState, ...]]:
    return dict.fromkeys(before, (state,))


def _stay(*states: ActionState) -> dict[ActionState, tuple[ActionState, ...]]:
    return {state: (state,) for state in states}


_OWNER = frozenset({Side.OWNER})
_ORGANISER = frozenset({Side.ORGANISER})

MOVES: Mapping[Step, Move] = {
    Step.ACCEPT: Move(_OWNER, _to(_S.ACCEPTED, *ASKED)),
    # An owner at work who asks for more time goes on working meanwhile.
    Step.SUGGEST_DATE: Move(_OWNER, _to(_S.NEW_DATE, *ASKED) | _stay(*AT_WORK)),
    Step.DECLINE: Move(_OWNER, _to(_S.DECLINED, _S.PROPOSED, _S.NEW_DATE)),
    Step.START: Move(_OWNER, _to(_S.UNDER_WAY, _S.ACCEPTED)),
    Step.FINISH: Move(_OWNER, dict.fromkeys(AT_WORK, ENDS)),
    Step.REOPEN: Move(_OWNER, _to(_S.UNDER_WAY, _S.DONE, _S.PARTLY_DONE)),
    Step.REPORT: Move(_OWNER | _ORGANISER, _stay(*AT_WORK, *ENDS)),
    Step.ACCEPT_DATE: Move(_ORGANISER, _to(_S.ACCEPTED, _S.NEW_DATE) | _stay(*AT_WORK)),
    Step.KEEP_DATE: Move(_ORGANISER, _to(_S.PROPOSED, _S.NEW_DATE) | _stay(*AT_WORK)),
    Step.PROPOSE_ANEW: Move(_ORGANISER, _to(_S.PROPOSED, *ASKED)),
    Step.SHOW: Move(_ORGANISER, _stay(*_S)),
    Step.WITHDRAW: Move(_ORGANISER, _to(_S.STOPPED, *ASKED)),
    Step.AS_PLANNED: Move(_OWNER, _stay(*AT_WORK)),
    Step.HAND_OVER: Move(_OWNER, _stay(*OPEN)),
    Step.OFFER: Move(_OWNER, _stay(*OPEN)),
    Step.KEEP_IT: Move(_OWNER, _stay(*OPEN)),
    # The one it is offered to has been asked nothing until the organiser agrees; then they begin from the start.
    Step.AGREE_OFFER: Move(_ORGANISER, _to(_S.PROPOSED, *OPEN)),
    Step.REFUSE_OFFER: Move(_ORGANISER, _stay(*OPEN)),
    Step.FORGET_PERSON: Move(_OWNER | _ORGANISER, _stay(*_S)),
    Step.SNOOZE: Move(_OWNER | _ORGANISER, _stay(*OPEN)),
    Step.EDIT: Move(_ORGANISER, _stay(*_S)),
}

# These answer an owner's suggestion, so there must be one.
_ABOUT_SUGGESTION = frozenset({Step.ACCEPT_DATE, Step.KEEP_DATE})
# And these an owner's offer to somebody else.
_ABOUT_OFFER = frozenset({Step.KEEP_IT, Step.AGREE_OFFER, Step.REFUSE_OFFER})


@dataclass(frozen=True)
class LinkHolder:
    """Whoever holds the signed link that was mailed to an organisation about one action."""

    action_id: int
    organisation_id: int


Someone: TypeAlias = Actor | LinkHolder


def sides(someone: Someone, action: Action) -> frozenset[Side]:
    """On which sides of the action somebody stands."""
    if isinstance(someone, LinkHolder):
        is_theirs = (someone.action_id, someone.organisation_id) == (action.id, action.owner_id)
        return _OWNER if is_theirs else frozenset()
    found = set()
    if someone.may(Permission.OWN_ACTIONS, action.owner.scope()):
        found.add(Side.OWNER)
    if someone.may(Permission.MANAGE_ACTIONS, action.dialogue.scope()):
        found.add(Side.ORGANISER)
    return frozenset(found)


def is_possible(action: Action, step: Step) -> bool:
    """Whether the action is in a state in which this step can be taken, by whoever may."""
    if step in _ABOUT_SUGGESTION and action.suggested_due_on is None:
        return False
    if step in _ABOUT_OFFER and action.offered_to_id is None:
        return False
    if step is Step.FORGET_PERSON and not action.person_email:
        return False
    return action.state in MOVES[step].states


def steps(someone: Someone, action: Action) -> list[Step]:
    """What somebody can do with the action now, in the order in which it is offered."""
    standing = sides(someone, action)
    return [step for step, move in MOVES.items() if move.sides & standing and is_possible(action, step)]


def sees_all(actor: Actor, action: Action) -> bool:
    """Whether somebody is of the dialogue's team, from whom nothing of the action is kept."""
    scope = action.dialogue.scope()
    return actor.may(Permission.VIEW_DIALOGUE, scope) or actor.may(Permission.MANAGE_ACTIONS, scope)


def speaks_for(someone: Someone, owner: Organisation) -> bool:
    """Whether somebody is of an organisation, rather than of those who may answer in its place."""
    if isinstance(someone, LinkHolder):
        return someone.organisation_id == owner.id
    return owner.id in someone.ids(ScopeKind.ORGANISATION, (Permission.OWN_ACTIONS,))


def chooses_for(actor: Actor, owner: Organisation) -> bool:
    """Whether somebody may change what an organisation chooses itself: who is of it, or looks after it in its own
    place."""
    return speaks_for(actor, owner) or actor.may(Permission.MANAGE_ORGANISATIONS, owner.scope_of_choices())


def is_to_be_asked(someone: Someone, action: Action) -> bool:
    """Whether an owner who says yes is asked how it wants lateness to be told: by whom it concerns, and once.
    The dialogue's own organiser has no choice there."""
    owner = action.owner
    return (
        owner.shows_lateness is None
        and owner.id != action.dialogue.organiser_id
        and speaks_for(someone, owner)
    )


def holder(action: Action) -> str:
    """The address that mails about an action go to: its person's, else the organisation's; empty for none."""
    return action.person_email or action.owner.email


def is_public(action: Action) -> bool:
    """Whether anybody may see the action: its owner has said yes, it is not kept internal, and what it follows
    from is public."""
    return action.accepted_at is not None and not action.is_internal and not action.waits_for_decision


def is_late(action: Action, today: date) -> bool:
    """Whether its date has passed while something was still expected."""
    return action.state in OPEN and action.due_on < today


def shows_lateness(action: Action) -> bool:
    """Whether everybody may be told when the action is late: its owner has said yes to that, or is the
    dialogue's own organiser."""
    return action.owner.shows_lateness is True or action.owner_id == action.dialogue.organiser_id


def shows_late(action: Action, today: date) -> bool:
    """Whether everybody is told now that the action is late."""
    return is_late(action, today) and shows_lateness(action)


def waits_for_organiser(action: Action) -> bool:
    """Whether the owner has answered with something other than yes, which somebody must answer in turn."""
    has_answered = action.suggested_due_on is not None or action.offered_to_id is not None
    return action.state is _S.DECLINED or (has_answered and action.state in OPEN)


class Pile(Labelled):
    """Where an action lies in somebody's list."""

    ANSWER = "answer", lazy("To answer")
    LATE = "late", lazy("Late")
    UNDER_WAY = "under-way", lazy("Under way")
    WAITING = "waiting", lazy("Waiting for others")
    ENDED = "ended", lazy("Ended")


def pile(action: Action, side: Side, today: date) -> Pile:
    """Where an action lies in the list of its owner, or of the organiser; what needs them comes first."""
    if action.state in ENDS or (side is Side.OWNER and action.state is _S.DECLINED):
        return Pile.ENDED
    if waits_for_organiser(action):
        return Pile.ANSWER if side is Side.ORGANISER else Pile.WAITING
    if action.state is _S.PROPOSED and side is Side.OWNER:
        return Pile.ANSWER
    if is_late(action, today):
        return Pile.LATE
    waits = action.state is _S.PROPOSED or (side is Side.OWNER and bool(action.waits_for))
    return Pile.WAITING if waits else Pile.UNDER_WAY


def piles(actions: Iterable[Action], side: Side, today: date) -> list[tuple[Pile, list[Action]]]:
    """A list sorted into its piles, empty ones left out."""
    found: dict[Pile, list[Action]] = {kind: [] for kind in Pile}
    for action in actions:
        found[pile(action, side, today)].append(action)
    return [(kind, lying) for kind, lying in found.items() if lying]
