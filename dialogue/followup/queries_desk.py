"""Reads of the chain for the desk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.models import Action
from dialogue.base import clock, paging
from dialogue.base.errors import NotFound
from dialogue.dialogues.models import (
    Contribution,
    ContributionKind,
    Dialogue,
    DialogueState,
    Phase,
    PhaseKind,
)
from dialogue.dialogues.queries import reached_by
from dialogue.followup import chain, placed
from dialogue.followup.models import (
    Body,
    BodyPower,
    Decision,
    DecisionAction,
    Regrouping,
    Theme,
    ThemeContribution,
    ThemeDecision,
)
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission

# The team is reminded so long before a day that matters to those who gave something.
REMINDED_BEFORE = timedelta(days=14)
# Of what waits in many dialogues, more than this is "1 000+": nobody acts differently on the exact number.
MOST_COUNTED = 1000

Part = TypeVar("Part", Theme, Decision, Regrouping)


@dataclass(frozen=True)
class Waiting:
    """A dialogue in which something waits, and how many."""

    dialogue: Dialogue
    count: int


@dataclass(frozen=True)
class ToPlace:
    """A dialogue in which something lies in no theme, and how much of each kind."""

    dialogue: Dialogue
    kinds: dict[ContributionKind, int]


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
        .options(_placed(Decision.dialogue), joinedload(Decision.body), joinedload(Decision.passed_to))
    ).one_or_none()
    return _allowed(actor, found, permission)


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
        .where(ThemeDecision.theme_id == theme_id, chain.is_told_of(), DecisionAction.removed_at.is_(None))
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
    ordered = chosen.order_by(Dialogue.answer_by, Theme.position, Theme.id)
    return paging.first_few(session, ordered, most, joinedload(Theme.dialogue))


def to_answer_before(session: Session, actor: Actor) -> list[Waiting]:
    """The dialogues in which themes have no public answer two weeks before a day that matters to those who gave
    something, with how many."""
    today = clock.today()
    # Of each of these few dialogues, rather than of all themes of a country.
    waiting = (
        select(func.count())
        .select_from(Theme)
        .where(
            Theme.dialogue_id == Dialogue.id,
            Theme.retired_at.is_(None),
            exists().where(ThemeContribution.theme_id == Theme.id, ThemeContribution.removed_at.is_(None)),
            ~chain.is_answered(),
        )
        .correlate(Dialogue)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Dialogue, waiting)
        .where(
            Dialogue.state == DialogueState.PUBLISHED,
            Dialogue.tell_before > today,
            Dialogue.tell_before <= today + REMINDED_BEFORE,
            reached_by(actor, Permission.DECIDE),
        )
        .order_by(Dialogue.tell_before, Dialogue.id)
    )
    return [Waiting(dialogue, count) for dialogue, count in rows if count]


def regrouping(session: Session, actor: Actor, code: str) -> Regrouping:
    """A step of regrouping for somebody who condenses. Raises NotFound, NotAllowed."""
    found = session.scalars(
        select(Regrouping)
        .join(Regrouping.dialogue)
        .where(Regrouping.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, Permission.CONDENSE))
        .options(_placed(Regrouping.dialogue), joinedload(Regrouping.theme))
    ).one_or_none()
    return _allowed(actor, found, Permission.CONDENSE)


def last_regrouping(session: Session, actor: Actor, dialogue_id: int, since: datetime) -> Regrouping | None:
    """The last step that somebody took in a dialogue since a moment; None when it was undone."""
    last = session.scalars(
        select(Regrouping)
        .where(Regrouping.dialogue_id == dialogue_id, Regrouping.by_id == actor.user_id)
        .options(joinedload(Regrouping.theme))
        .order_by(Regrouping.id.desc())
        .limit(1)
    ).first()
    return None if last is None or last.undone_at or last.at < since else last


def to_place(session: Session, actor: Actor, most: int) -> tuple[list[ToPlace], int]:
    """The first few dialogues at work in which something lies in no theme, with how much of each kind, and how
    much lies so in all of them, counted no further than ``MOST_COUNTED``."""
    at_work = (Dialogue.state == DialogueState.PUBLISHED, reached_by(actor, Permission.CONDENSE))
    waits = (placed.can_be_placed(), placed.is_unplaced())
    some = select(Contribution.id).join(Contribution.dialogue).where(*at_work, *waits).limit(MOST_COUNTED)
    total = session.scalar(select(func.count()).select_from(some.subquery())) or 0
    if not total:
        return [], 0
    # The limit keeps the databases from working it out for all dialogues of a country, when five are shown.
    one = select(Contribution.id).where(Contribution.dialogue_id == Dialogue.id, *waits).limit(1)
    dialogues = session.scalars(
        select(Dialogue)
        .where(*at_work, one.correlate(Dialogue).scalar_subquery().is_not(None))
        .order_by(Dialogue.answer_by, Dialogue.id)
        .limit(most)
    ).all()
    counted = session.execute(
        select(Contribution.dialogue_id, Contribution.kind, func.count())
        .where(*placed.waits_for_theme(*(dialogue.id for dialogue in dialogues)))
        .group_by(Contribution.dialogue_id, Contribution.kind)
    )
    kinds: dict[int, dict[ContributionKind, int]] = defaultdict(dict)
    for dialogue_id, kind, count in counted:
        kinds[dialogue_id][kind] = count
    return [ToPlace(dialogue, kinds[dialogue.id]) for dialogue in dialogues], total


def is_undecided() -> ColumnElement[bool]:
    """The condition on Theme that no body that decides has decided, be it public or not."""
    return ~exists().where(
        ThemeDecision.theme_id == Theme.id,
        ThemeDecision.removed_at.is_(None),
        ThemeDecision.decision_id == Decision.id,
        Decision.body_id == Body.id,
        Body.power == BodyPower.DECIDES,
    ).correlate(Theme)


def _placed(dialogue: Any) -> Any:
    return joinedload(dialogue).joinedload(Dialogue.municipality).joinedload(Municipality.district)


def _allowed(actor: Actor, found: Part | None, permission: Permission) -> Part:
    if found is None:
        raise NotFound
    actor.require(permission, found.dialogue.scope())
    return found
