"""Deciding about themes, and asking for the actions that follow."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.actions import operations as actions
from dialogue.actions.models import Action
from dialogue.actions.operations import ActionDraft
from dialogue.actions.queries import possible_owners
from dialogue.base import audit, clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.rules import required_languages
from dialogue.followup import releasing, rules
from dialogue.followup.models import (
    Body,
    BodyPower,
    Decision,
    DecisionAction,
    DecisionOutcome,
    DecisionReason,
    Theme,
    ThemeDecision,
)
from dialogue.followup.themes import take_turns
from dialogue.residents.operations import first_time
from dialogue.web.permissions import Actor, Permission

LONGEST_EXPLANATION = 1200


@dataclass(frozen=True)
class DecisionDraft:
    """A decision as it is written down. ``passed_to_id`` is the organisation it was passed on to.

    It is public at once, from ``public_from``, or with ``is_held`` when all that wait are published together.
    """

    outcome: DecisionOutcome
    reason: DecisionReason
    explanation: Translated
    body_id: int
    decided_on: date
    passed_to_id: int | None = None
    public_from: datetime | None = None
    is_held: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is made public later."""
        return self.is_held or self.public_from is not None


def decide(
    session: Session, actor: Actor, theme: Theme, draft: DecisionDraft, submission_key: str
) -> Decision:
    """Write down what a body decided about a theme.

    What the same body decided before is no longer in force when this is public, and stays in the history; what
    other bodies decided stands. Raises NotAllowed, Closed for a theme that was put away, Invalid.
    """
    dialogue = theme.dialogue
    actor.require(Permission.DECIDE, dialogue.scope())
    take_turns(session, dialogue, theme)
    if theme.retired_at is not None:
        raise Closed(lazy("This theme has been put away. Choose another one."))
    _check(session, dialogue, draft)
    is_first = first_time(session, submission_key, f"decision\0{theme.id}\0{draft!r}")
    earlier = releasing.present(session, [theme.id], draft.body_id)
    if earlier and not is_first:
        return earlier[-1].decision
    decision = Decision(dialogue=dialogue, by_id=actor.user_id, created_at=clock.now(), **vars(draft))
    session.add(decision)
    session.flush()
    session.add(
        ThemeDecision(theme_id=theme.id, decision_id=decision.id, placed_at=clock.now(), by_id=actor.user_id)
    )
    session.flush()
    audit.record(session, actor.user_id, "decide", "decision", decision.id, dialogue.id)
    for link in earlier:
        if link.decision.released_at is None:
            _give_up(session, actor, link, decision)
    if draft.waits:
        releasing.note(session, decision, earlier, actor.user_id, is_public=False)
    else:
        releasing.release(session, decision, actor.user_id)
    return decision


def propose_action(session: Session, actor: Actor, decision: Decision, draft: ActionDraft) -> Action:
    """Ask an organisation to do what a decision leads to, and tie the two.

    Of a decision that is not public yet the action waits to be shown with it. Raises as ``actions.propose``.
    """
    action = actions.propose(session, actor, decision.dialogue, draft)
    tied = select(DecisionAction.id).where(
        DecisionAction.decision_id == decision.id,
        DecisionAction.action_id == action.id,
        DecisionAction.removed_at.is_(None),
    )
    if session.scalar(tied) is None:
        action.waits_for_decision = decision.released_at is None
        _tie(session, actor, decision, action.id)
        contributions.raise_version(session, decision.dialogue_id)
    return action


def _give_up(session: Session, actor: Actor, link: ThemeDecision, instead: Decision) -> None:
    """Replace a decision that was never public: the new one takes over what has been asked because of it."""
    link.removed_at = clock.now()
    for tie in session.scalars(
        select(DecisionAction).where(
            DecisionAction.decision_id == link.decision_id, DecisionAction.removed_at.is_(None)
        )
    ).all():
        tie.removed_at = clock.now()
        _tie(session, actor, instead, tie.action_id)


def _tie(session: Session, actor: Actor, decision: Decision, action_id: int) -> None:
    session.add(
        DecisionAction(
            decision_id=decision.id, action_id=action_id, placed_at=clock.now(), by_id=actor.user_id
        )
    )
    session.flush()


def _check(session: Session, dialogue: Dialogue, draft: DecisionDraft) -> None:
    if draft.decided_on > clock.today():
        raise Invalid(
            lazy("A decision cannot be dated ahead. Write it down when it has been made."), "decided_on"
        )
    body = session.get(Body, draft.body_id)
    if body is None or body.dialogue_id != dialogue.id or body.retired_at is not None:
        raise Invalid(lazy("Choose which body."), "body")
    if body.power is BodyPower.DISCUSSES:
        raise Invalid(lazy("This body talks about it and decides nothing. Note the day instead."), "outcome")
    if draft.reason not in rules.REASONS[draft.outcome]:
        raise Invalid(lazy("This reason does not fit what was decided. Choose another."), "reason")
    if draft.explanation.missing(required_languages(dialogue)):
        raise Invalid(lazy("Residents read the explanation. Write it in bokmål and nynorsk."), "explanation")
    if draft.public_from is not None and draft.public_from <= clock.now():
        raise Invalid(lazy("Choose a time that is yet to come."), "public_from")
    if draft.outcome is DecisionOutcome.PASS_ON:
        if draft.passed_to_id not in {one.id for one in possible_owners(session, dialogue)}:
            raise Invalid(lazy("Choose who it is passed on to."), "passed_to")
    elif draft.passed_to_id is not None:
        raise Invalid(lazy("Leave this empty unless it is passed on."), "passed_to")
