"""Reads along the chain, from what was given to what came of it: public things only, in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.actions import rules
from dialogue.actions.models import Action
from dialogue.actions.queries import is_public, public_updates
from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Channel, Contribution, ContributionState, Dialogue, StatusChange
from dialogue.followup.models import Decision, DecisionAction, Theme, ThemeContribution, ThemeDecision
from dialogue.followup.story import (
    ActionRecord,
    ChangeRecord,
    DecisionRecord,
    Given,
    ThemeRecord,
    UpdateRecord,
)

# What a theme counts: what was taken back keeps its place, so that the counts stay true.
COUNTED = (ContributionState.PUBLISHED, ContributionState.WITHDRAWN)


def given_with(session: Session, follow_code_id: int) -> Sequence[Contribution]:
    """Everything that was given under one follow code, with its dialogue, oldest first."""
    return session.scalars(
        select(Contribution)
        .where(Contribution.follow_code_id == follow_code_id)
        .options(
            joinedload(Contribution.dialogue).joinedload(Dialogue.promised_by),
            joinedload(Contribution.dialogue).joinedload(Dialogue.municipality),
        )
        .order_by(Contribution.received_at, Contribution.id)
    ).all()


def records(session: Session, contributions: Sequence[Contribution]) -> dict[int, Given]:
    """What may be told of each contribution, by its id."""
    ids = [contribution.id for contribution in contributions]
    changes = _changes(session, ids)
    themes = themes_of(session, ids)
    told: dict[int, Given] = {}
    for contribution in contributions:
        promised_by = contribution.dialogue.promised_by
        told[contribution.id] = Given(
            kind=contribution.kind,
            state=contribution.state,
            received_at=contribution.received_at,
            answer_by=contribution.dialogue.answer_by,
            promised_by=promised_by.name if promised_by else "",
            changes=tuple(changes[contribution.id]),
            theme=themes.get(contribution.id),
        )
    return told


def themes_of(session: Session, contribution_ids: Sequence[int]) -> dict[int, ThemeRecord]:
    """The theme each contribution lies in now, with its decisions and their public actions."""
    rows = session.execute(
        select(ThemeContribution.contribution_id, ThemeContribution.placed_at, Theme)
        .join(Theme, Theme.id == ThemeContribution.theme_id)
        .where(
            ThemeContribution.contribution_id.in_(contribution_ids), ThemeContribution.removed_at.is_(None)
        )
    ).all()
    theme_ids = {theme.id for _, _, theme in rows}
    counts = totals(session, theme_ids)
    decisions = decisions_of(session, theme_ids)
    return {
        contribution_id: ThemeRecord(
            code=theme.code,
            title=theme.title,
            placed_at=placed_at,
            total=counts[theme.id],
            decisions=decisions[theme.id],
        )
        for contribution_id, placed_at, theme in rows
    }


def totals(session: Session, theme_ids: Iterable[int]) -> Mapping[int, int]:
    """How many contributions each theme gathers; 0 for a theme without any."""
    counted: dict[int, int] = defaultdict(int)
    for theme_id, channels in heard(session, theme_ids).items():
        counted[theme_id] = sum(channels.values())
    return counted


def heard(session: Session, theme_ids: Iterable[int]) -> dict[int, dict[Channel, int]]:
    """How many contributions each theme gathers by each channel."""
    counted: dict[int, dict[Channel, int]] = defaultdict(dict)
    for theme_id, channel, count in session.execute(
        select(ThemeContribution.theme_id, Contribution.channel, func.count())
        .join(Contribution, Contribution.id == ThemeContribution.contribution_id)
        .where(
            ThemeContribution.theme_id.in_(list(theme_ids)),
            ThemeContribution.removed_at.is_(None),
            Contribution.state.in_(COUNTED),
        )
        .group_by(ThemeContribution.theme_id, Contribution.channel)
        .order_by(func.count().desc(), Contribution.channel)
    ):
        counted[theme_id][channel] = count
    return counted


def decisions_of(session: Session, theme_ids: Iterable[int]) -> Mapping[int, tuple[DecisionRecord, ...]]:
    """The decisions about each theme, oldest first, those that were replaced included."""
    rows = session.execute(
        select(ThemeDecision.theme_id, ThemeDecision.removed_at, Decision)
        .join(Decision, Decision.id == ThemeDecision.decision_id)
        .where(ThemeDecision.theme_id.in_(list(theme_ids)))
        .options(joinedload(Decision.passed_to))
        .order_by(ThemeDecision.placed_at, ThemeDecision.id)
    ).all()
    actions = actions_of(session, {decision.id for _, _, decision in rows})
    found: dict[int, tuple[DecisionRecord, ...]] = defaultdict(tuple)
    for theme_id, removed_at, decision in rows:
        record = replace(decision_record(decision), in_force=removed_at is None, actions=actions[decision.id])
        found[theme_id] += (record,)
    return found


def actions_of(session: Session, decision_ids: Iterable[int]) -> Mapping[int, tuple[ActionRecord, ...]]:
    """The public actions that follow from each decision, by their date."""
    found: dict[int, tuple[ActionRecord, ...]] = defaultdict(tuple)
    for decision_id, action in session.execute(
        select(DecisionAction.decision_id, Action)
        .join(Action, Action.id == DecisionAction.action_id)
        .where(
            DecisionAction.decision_id.in_(list(decision_ids)),
            DecisionAction.removed_at.is_(None),
            is_public(),
        )
        .options(joinedload(Action.owner), selectinload(Action.updates))
        .order_by(Action.due_on, Action.id)
    ):
        found[decision_id] += (action_record(action),)
    return found


def decision_record(decision: Decision) -> DecisionRecord:
    """A decision as it is told."""
    return DecisionRecord(
        code=decision.code,
        outcome=decision.outcome,
        reason=decision.reason,
        explanation=decision.explanation,
        body=decision.body,
        power=decision.power,
        decided_on=decision.decided_on,
        passed_to=decision.passed_to.name if decision.passed_to else None,
    )


def action_record(action: Action) -> ActionRecord:
    """A public action as it is told, without its internal updates."""
    return ActionRecord(
        code=action.code,
        title=action.title,
        owner=action.owner.name,
        owner_role=action.owner_role,
        due_on=action.due_on,
        state=action.state,
        accepted_at=action.accepted_at,
        ended_on=action.ended_on,
        outcome=action.outcome if action.state in rules.ENDS else Translated(),
        updates=tuple(UpdateRecord(update.at, update.text) for update in reversed(public_updates(action))),
        is_late=rules.is_late(action, clock.today()),
    )


def _changes(session: Session, contribution_ids: Sequence[int]) -> Mapping[int, list[ChangeRecord]]:
    found: dict[Any, list[ChangeRecord]] = defaultdict(list)
    for change in session.scalars(
        select(StatusChange)
        .where(
            StatusChange.subject_kind == "contribution",
            StatusChange.subject_id.in_(contribution_ids),
            StatusChange.is_public,
        )
        .order_by(StatusChange.id)
    ):
        found[change.subject_id].append(
            ChangeRecord(change.at, change.from_state, change.to_state, change.public_text)
        )
    return found
