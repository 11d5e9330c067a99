"""Reads of the chain for the desk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.errors import NotFound
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import (
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    DialogueState,
    Phase,
    PhaseKind,
)
from dialogue.dialogues.queries import reached_by
from dialogue.followup import queries
from dialogue.followup.models import Brief, Decision, DecisionAction, Theme, ThemeContribution, ThemeDecision
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission

Part = TypeVar("Part", Theme, Decision, Brief)


@dataclass(frozen=True)
class Waiting:
    """A dialogue in which something waits, and how many."""

    dialogue: Dialogue
    count: int


def theme(session: Session, actor: Actor, code: str, permission: Permission) -> Theme:
    """A theme for somebody of its dialogue's team. Raises NotFound, NotAllowed."""
    found = session.scalars(
        select(Theme)
        .join(Theme.dialogue)
        .where(Theme.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, permission))
        .options(_placed(Theme.dialogue))
    ).one_or_none()
    return _allowed(actor, found, permission)


def decision(session: Session, actor: Actor, code: str, permission: Permission) -> Decision:
    """A decision for somebody of its dialogue's team. Raises NotFound, NotAllowed."""
    found = session.scalars(
        select(Decision)
        .join(Decision.dialogue)
        .where(Decision.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, permission))
        .options(_placed(Decision.dialogue))
    ).one_or_none()
    return _allowed(actor, found, permission)


def brief(session: Session, actor: Actor, code: str) -> Brief:
    """A frozen brief for somebody of its dialogue's team. Raises NotFound."""
    found = session.scalars(
        select(Brief)
        .join(Brief.dialogue)
        .where(Brief.code == code, reached_by(actor, Permission.VIEW_DIALOGUE))
        .options(_placed(Brief.dialogue))
    ).one_or_none()
    return _allowed(actor, found, Permission.VIEW_DIALOGUE)


def last_body(session: Session, dialogue_id: int) -> Translated | None:
    """The body that decided last in a dialogue; most often it is the same one again."""
    return session.scalars(
        select(Decision.body).where(Decision.dialogue_id == dialogue_id).order_by(Decision.id.desc()).limit(1)
    ).first()


def briefs_of(session: Session, dialogue_id: int) -> Sequence[Brief]:
    """The frozen briefs of a dialogue, the newest first."""
    return session.scalars(
        select(Brief).where(Brief.dialogue_id == dialogue_id).order_by(Brief.number.desc())
    ).all()


def themes_about(session: Session, decision_id: int) -> Sequence[Theme]:
    """The themes that a decision is about, or was until it was made anew."""
    return session.scalars(
        select(Theme)
        .join(ThemeDecision, ThemeDecision.theme_id == Theme.id)
        .where(ThemeDecision.decision_id == decision_id)
        .order_by(ThemeDecision.id.desc())
    ).all()


def retired_in(session: Session, dialogue_id: int) -> Sequence[Theme]:
    """The themes that were put away or merged, the latest first."""
    return session.scalars(
        select(Theme)
        .where(Theme.dialogue_id == dialogue_id, Theme.retired_at.is_not(None))
        .order_by(Theme.retired_at.desc())
    ).all()


def actions_after(session: Session, theme_id: int) -> Mapping[str, Sequence[Action]]:
    """Every action that follows from a theme's decisions, those not public included, by decision's code."""
    found: dict[str, list[Action]] = defaultdict(list)
    for code, action in session.execute(
        select(Decision.code, Action)
        .join(DecisionAction, DecisionAction.decision_id == Decision.id)
        .join(Action, Action.id == DecisionAction.action_id)
        .join(ThemeDecision, ThemeDecision.decision_id == Decision.id)
        .where(ThemeDecision.theme_id == theme_id, DecisionAction.removed_at.is_(None))
        .options(joinedload(Action.owner))
        .order_by(Action.due_on, Action.id)
    ).all():
        found[code].append(action)
    return found


def to_decide(session: Session, actor: Actor, most: int) -> tuple[Sequence[Theme], int]:
    """The first few themes without a decision where one is due, and how many there are in all."""
    due = exists().where(
        Phase.dialogue_id == Dialogue.id, Phase.kind == PhaseKind.DECIDE, Phase.starts_on <= clock.today()
    )
    gathers = exists().where(ThemeContribution.theme_id == Theme.id, ThemeContribution.removed_at.is_(None))
    chosen = (
        select(Theme)
        .join(Theme.dialogue)
        .where(
            Theme.retired_at.is_(None),
            Dialogue.state == DialogueState.PUBLISHED,
            reached_by(actor, Permission.DECIDE),
            due,
            gathers,
            is_undecided(),
        )
    )
    count = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    first = session.scalars(
        chosen.options(joinedload(Theme.dialogue))
        .order_by(Dialogue.answer_by, Theme.position, Theme.id)
        .limit(most)
    ).all()
    return first, count


def to_place(session: Session, actor: Actor) -> list[Waiting]:
    """The dialogues at work in which published ideas lie in no theme, with how many."""
    waiting = (
        select(Contribution.dialogue_id, func.count().label("count"))
        .where(
            Contribution.kind == ContributionKind.IDEA,
            Contribution.state == ContributionState.PUBLISHED,
            queries.is_unplaced(),
        )
        .group_by(Contribution.dialogue_id)
        .subquery()
    )
    rows = session.execute(
        select(Dialogue, waiting.c.count)
        .join(waiting, waiting.c.dialogue_id == Dialogue.id)
        .where(Dialogue.state == DialogueState.PUBLISHED, reached_by(actor, Permission.CONDENSE))
        .order_by(Dialogue.answer_by, Dialogue.id)
    )
    return [Waiting(dialogue, count) for dialogue, count in rows]


def is_undecided() -> ColumnElement[bool]:
    """The condition on Theme that no decision about it is in force."""
    return ~exists().where(ThemeDecision.theme_id == Theme.id, ThemeDecision.removed_at.is_(None))


def _placed(dialogue: Any) -> Any:
    return joinedload(dialogue).joinedload(Dialogue.municipality).joinedload(Municipality.district)


def _allowed(actor: Actor, found: Part | None, permission: Permission) -> Part:
    if found is None:
        raise NotFound
    actor.require(permission, found.dialogue.scope())
    return found
