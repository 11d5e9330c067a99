"""Deciding about themes, and asking for the actions that follow."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.actions import operations as actions
from dialogue.actions.models import Action
from dialogue.actions.operations import ActionDraft
from dialogue.actions.queries import possible_owners
from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.rules import required_languages
from dialogue.followup.models import (
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

LONGEST_BODY = 120
LONGEST_EXPLANATION = 1200


@dataclass(frozen=True)
class DecisionDraft:
    """A decision as it is written down. ``passed_to_id`` is the organisation it was passed on to."""

    outcome: DecisionOutcome
    reason: DecisionReason
    explanation: Translated
    body: Translated
    power: BodyPower
    decided_on: date
    passed_to_id: int | None = None


def decide(
    session: Session, actor: Actor, theme: Theme, draft: DecisionDraft, submission_key: str
) -> Decision:
    """Write down what was decided about a theme; public at once. An earlier decision is no longer in force
    and stays in the history.

    Raises NotAllowed, Closed for a theme that was put away, Invalid.
    """
    dialogue = theme.dialogue
    actor.require(Permission.DECIDE, dialogue.scope())
    take_turns(session, dialogue, theme)
    if theme.retired_at is not None:
        raise Closed(lazy("This theme has been put away. Choose another one."))
    _check(session, dialogue, draft)
    is_first = first_time(session, submission_key, f"decision\0{theme.id}\0{draft!r}")
    earlier = session.scalars(
        select(ThemeDecision)
        .where(ThemeDecision.theme_id == theme.id, ThemeDecision.removed_at.is_(None))
        .order_by(ThemeDecision.id)
    ).all()
    if earlier and not is_first:
        return earlier[-1].decision
    for link in earlier:
        link.removed_at = clock.now()
    decision = Decision(dialogue=dialogue, created_at=clock.now(), **vars(draft))
    session.add(decision)
    session.flush()
    session.add(
        ThemeDecision(theme_id=theme.id, decision_id=decision.id, placed_at=clock.now(), by_id=actor.user_id)
    )
    contributions.note_change(
        session,
        dialogue.id,
        ("decision", decision.id),
        (earlier[-1].decision.outcome.value if earlier else "", decision.outcome.value),
        actor_id=actor.user_id,
        public_text=draft.explanation,
    )
    session.flush()
    contributions.raise_version(session, dialogue.id)
    return decision


def propose_action(session: Session, actor: Actor, decision: Decision, draft: ActionDraft) -> Action:
    """Ask an organisation to do what a decision leads to, and tie the two. Raises as ``actions.propose``."""
    action = actions.propose(session, actor, decision.dialogue, draft)
    tied = select(DecisionAction.id).where(
        DecisionAction.decision_id == decision.id,
        DecisionAction.action_id == action.id,
        DecisionAction.removed_at.is_(None),
    )
    if session.scalar(tied) is None:
        session.add(
            DecisionAction(
                decision_id=decision.id, action_id=action.id, placed_at=clock.now(), by_id=actor.user_id
            )
        )
        session.flush()
        contributions.raise_version(session, decision.dialogue_id)
    return action


def _check(session: Session, dialogue: Dialogue, draft: DecisionDraft) -> None:
    if draft.decided_on > clock.today():
        raise Invalid(
            lazy("A decision cannot be dated ahead. Write it down when it has been made."), "decided_on"
        )
    if draft.body.missing(required_languages(dialogue)):
        raise Invalid(lazy("Say which body, in bokmål and nynorsk."), "body")
    if draft.explanation.missing(required_languages(dialogue)):
        raise Invalid(lazy("Residents read the explanation. Write it in bokmål and nynorsk."), "explanation")
    if draft.outcome is DecisionOutcome.PASS_ON:
        if draft.passed_to_id not in {one.id for one in possible_owners(session, dialogue)}:
            raise Invalid(lazy("Choose who it is passed on to."), "passed_to")
    elif draft.passed_to_id is not None:
        raise Invalid(lazy("Leave this empty unless it is passed on."), "passed_to")
