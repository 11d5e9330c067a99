"""When decisions become public: at once, at a set time, or all together."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions import rules as action_rules, wording
from dialogue.actions.models import Action
from dialogue.base import audit, clock
from dialogue.base.db import Database
from dialogue.base.errors import Closed
from dialogue.base.i18n import lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.followup import passing, rules
from dialogue.followup.models import Decision, DecisionAction, ThemeDecision
from dialogue.followup.themes import take_turns
from dialogue.web.permissions import Actor, Permission


def release(session: Session, decision: Decision, actor_id: int | None) -> None:
    """Make a decision public, in the place of what its body decided before about the same themes.

    The caller has seen to it that nobody else decides in the dialogue at the same moment.
    """
    now = clock.now()
    themes = session.scalars(
        select(ThemeDecision.theme_id).where(
            ThemeDecision.decision_id == decision.id, ThemeDecision.removed_at.is_(None)
        )
    ).all()
    earlier = [
        link
        for link in present(session, themes, decision.body_id)
        if link.decision_id != decision.id and link.decision.released_at is not None
    ]
    for link in earlier:
        link.removed_at = now
    decision.released_at = now
    note(session, decision, earlier, actor_id, is_public=True)
    _show_actions(session, decision)
    passing.ask(session, decision)
    session.flush()
    contributions.raise_version(session, decision.dialogue_id)


def publish_now(session: Session, actor: Actor, decision: Decision) -> None:
    """Make one decision public that waits; a second click changes nothing.

    Raises NotAllowed, Closed for one that was replaced before it was public.
    """
    actor.require(Permission.DECIDE, decision.dialogue.scope())
    take_turns(session, decision.dialogue)
    session.refresh(decision, ["released_at"])
    if decision.released_at is not None:
        return
    waiting = select(Decision.id).where(Decision.id == decision.id, waits())
    if session.scalar(waiting) is None:
        raise Closed(lazy("Another decision has taken the place of this one."))
    audit.record(session, actor.user_id, "publish", "decision", decision.id, decision.dialogue_id)
    release(session, decision, actor.user_id)


def release_all(session: Session, actor: Actor, dialogue: Dialogue) -> int:
    """Make public, in one moment, every decision of a dialogue that waits for the others; return how many.

    Raises NotAllowed.
    """
    actor.require(Permission.DECIDE, dialogue.scope())
    take_turns(session, dialogue)
    held = session.scalars(
        select(Decision)
        .where(Decision.dialogue_id == dialogue.id, Decision.is_held, waits())
        .options(joinedload(Decision.body))
        .order_by(Decision.id)
    ).all()
    for decision in held:
        audit.record(session, actor.user_id, "publish", "decision", decision.id, dialogue.id)
        release(session, decision, actor.user_id)
    return len(held)


def release_due(database: Database) -> int:
    """Make public every decision whose time has come; return how many. Called by the scheduler."""
    with database.reading() as session:
        due = session.scalars(select(Decision.id).where(_is_due()).order_by(Decision.public_from)).all()
    return sum(_release_due(database, decision_id) for decision_id in due)


def _release_due(database: Database, decision_id: int) -> bool:
    with database.writing() as session:
        decision = session.get_one(Decision, decision_id, options=[joinedload(Decision.body)])
        take_turns(session, decision.dialogue)
        # Whoever was first has released it, or decided anew.
        still = session.scalar(select(Decision.id).where(Decision.id == decision_id, _is_due()))
        if still is not None:
            release(session, decision, None)
        return still is not None


def present(session: Session, theme_ids: Iterable[int], body_id: int) -> Sequence[ThemeDecision]:
    """What a body has decided about some themes and not replaced, oldest first, not yet public included."""
    return session.scalars(
        select(ThemeDecision)
        .join(ThemeDecision.decision)
        .where(
            ThemeDecision.theme_id.in_(list(theme_ids)),
            ThemeDecision.removed_at.is_(None),
            Decision.body_id == body_id,
        )
        .options(joinedload(ThemeDecision.decision))
        .order_by(ThemeDecision.id)
    ).all()


def waits() -> ColumnElement[bool]:
    """The condition on Decision that it is yet to be made public."""
    return Decision.released_at.is_(None) & exists().where(
        ThemeDecision.decision_id == Decision.id, ThemeDecision.removed_at.is_(None)
    )


def note(
    session: Session,
    decision: Decision,
    earlier: Sequence[ThemeDecision],
    actor_id: int | None,
    *,
    is_public: bool,
) -> None:
    """Write the line of history of a decision, from what its body had decided before."""
    contributions.note_change(
        session,
        decision.dialogue_id,
        (rules.SUBJECTS[decision.body.power], decision.id),
        (earlier[-1].decision.outcome.value if earlier else "", decision.outcome.value),
        actor_id=actor_id,
        public_text=decision.explanation,
        is_public=is_public,
    )


def _is_due() -> ColumnElement[bool]:
    return waits() & Decision.is_held.is_(False) & (Decision.public_from <= clock.now())


def _show_actions(session: Session, decision: Decision) -> None:
    """Let the actions be shown that waited for the decision; those already agreed are told from now on."""
    waiting = session.scalars(
        select(Action)
        .join(DecisionAction, DecisionAction.action_id == Action.id)
        .where(
            DecisionAction.decision_id == decision.id,
            DecisionAction.removed_at.is_(None),
            Action.waits_for_decision,
        )
        .options(joinedload(Action.owner))
    ).all()
    for action in waiting:
        action.waits_for_decision = False
        if action_rules.is_public(action):
            contributions.note_change(
                session,
                action.dialogue_id,
                ("action", action.id),
                ("", action.state.value),
                public_text=action.outcome or wording.accepted(action.owner.name, action.due_on),
            )
