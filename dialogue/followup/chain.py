"""Reads along the chain, from what was given to what came of it: public things only, in few statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from dialogue.actions import rules
from dialogue.actions.models import Action
from dialogue.actions.queries import is_public, public_updates
from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import (
    GONE,
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    StatusChange,
)
from dialogue.followup import helped
from dialogue.followup.models import (
    Body,
    BodyPower,
    Decision,
    DecisionAction,
    Hearing,
    LeftOut,
    Theme,
    ThemeContribution,
    ThemeDecision,
)
from dialogue.followup.records import (
    ActionRecord,
    ChangeRecord,
    DecisionRecord,
    Given,
    HearingRecord,
    HelpedCount,
    LeftOutRecord,
    ThemeRecord,
    UpdateRecord,
)

# What a theme counts: what was taken back or handed over keeps its place, so that the counts stay true.
COUNTED = (ContributionState.PUBLISHED, *GONE)


@dataclass(frozen=True)
class Gathering:
    """How many contributions there are by each channel and of each kind."""

    by_channel: dict[Channel, int] = field(default_factory=dict)
    by_kind: dict[ContributionKind, int] = field(default_factory=dict)


def lying_in(theme_id: int) -> Select[int]:
    """Selects the contributions that lie in a theme now."""
    return select(ThemeContribution.contribution_id).where(
        ThemeContribution.theme_id == theme_id, ThemeContribution.removed_at.is_(None)
    )


def gathers_some_of(among: Select[int]) -> ColumnElement[bool]:
    """The condition on Theme that some of these contributions lie in it now."""
    return exists().where(
        ThemeContribution.theme_id == Theme.id,
        ThemeContribution.removed_at.is_(None),
        ThemeContribution.contribution_id.in_(among),
    )


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
    themes, left_out = themes_of(session, ids), _left_out(session, ids)
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
            left_out=left_out[contribution.id],
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
    if not rows:
        return {}
    theme_ids = {theme.id for _, _, theme in rows}
    counts = totals(session, theme_ids)
    decisions, hearings = decisions_of(session, theme_ids), hearings_of(session, theme_ids)
    return {
        contribution_id: ThemeRecord(
            code=theme.code,
            title=theme.title,
            placed_at=placed_at,
            total=counts[theme.id],
            decisions=decisions[theme.id],
            hearings=hearings[theme.id],
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
    """How many contributions each theme gathers by each channel; a theme without any is left out."""
    return {theme_id: found.by_channel for theme_id, found in gathered(session, theme_ids).items()}


def gathered(session: Session, theme_ids: Iterable[int]) -> Mapping[int, Gathering]:
    """What each theme gathers, counted; nothing for a theme without any."""
    counted: dict[int, Gathering] = defaultdict(Gathering)
    ids = list(theme_ids)
    for theme_id, channel, kind, count in session.execute(
        select(ThemeContribution.theme_id, Contribution.channel, Contribution.kind, func.count())
        .join(Contribution, Contribution.id == ThemeContribution.contribution_id)
        .where(
            ThemeContribution.theme_id.in_(ids),
            ThemeContribution.removed_at.is_(None),
            Contribution.state.in_(COUNTED),
            # Where they must be from, so that nobody looks through those of a whole country.
            Contribution.dialogue_id.in_(select(Theme.dialogue_id).where(Theme.id.in_(ids))),
        )
        .group_by(ThemeContribution.theme_id, Contribution.channel, Contribution.kind)
        .order_by(func.count().desc(), Contribution.channel, Contribution.kind)
    ):
        found = counted[theme_id]
        found.by_channel[channel] = found.by_channel.get(channel, 0) + count
        found.by_kind[kind] = found.by_kind.get(kind, 0) + count
    return counted


def decisions_of(session: Session, theme_ids: Iterable[int]) -> Mapping[int, tuple[DecisionRecord, ...]]:
    """The public decisions about each theme, oldest first, those that were replaced included."""
    decided = _decided(session, theme_ids, is_released())
    return _records(decided, actions_of(session, {decision.id for _, _, decision in decided}))


def decisions_at_desk(session: Session, theme_ids: Iterable[int]) -> Mapping[int, tuple[DecisionRecord, ...]]:
    """Every decision about each theme, those that are not public yet included; for the desk only.

    Without what follows from them: the desk has its own list of actions, with those that nobody accepted yet.
    """
    return _records(_decided(session, theme_ids), {})


def hearings_of(session: Session, theme_ids: Iterable[int]) -> Mapping[int, tuple[HearingRecord, ...]]:
    """When which body talked about each theme, oldest first."""
    found: dict[int, tuple[HearingRecord, ...]] = defaultdict(tuple)
    for hearing in session.scalars(
        select(Hearing)
        .where(Hearing.theme_id.in_(list(theme_ids)))
        .options(joinedload(Hearing.body))
        .order_by(Hearing.heard_on, Hearing.id)
    ):
        record = HearingRecord(hearing.body.name, hearing.heard_on, hearing.said)
        found[hearing.theme_id] += (record,)
    return found


def is_released() -> ColumnElement[bool]:
    """The condition on Decision that everybody may read it."""
    return Decision.released_at.is_not(None)


def is_told_of() -> ColumnElement[bool]:
    """The condition on ThemeDecision that its theme tells of the decision. What went along with a merge, or came
    back when that was undone, is told of where it is now, and no other theme says that it was decided anew."""
    later = aliased(ThemeDecision)
    return ~exists().where(
        later.decision_id == ThemeDecision.decision_id, later.id > ThemeDecision.id
    ).correlate(ThemeDecision)


def is_answered() -> ColumnElement[bool]:
    """The condition on Theme that residents have their answer: a body that decides has decided, in public."""
    return (
        exists()
        .where(
            ThemeDecision.theme_id == Theme.id,
            ThemeDecision.removed_at.is_(None),
            ThemeDecision.decision_id == Decision.id,
            Decision.body_id == Body.id,
            Body.power == BodyPower.DECIDES,
            is_released(),
        )
        .correlate(Theme)
    )


def _decided(session: Session, theme_ids: Iterable[int], *conditions: ColumnElement[bool]) -> Sequence[Any]:
    return session.execute(
        select(ThemeDecision.theme_id, ThemeDecision.removed_at, Decision)
        .join(Decision, Decision.id == ThemeDecision.decision_id)
        .where(ThemeDecision.theme_id.in_(list(theme_ids)), is_told_of(), *conditions)
        .options(joinedload(Decision.body), joinedload(Decision.passed_to))
        .order_by(ThemeDecision.placed_at, ThemeDecision.id)
    ).all()


def _records(
    decided: Sequence[Any], actions: Mapping[int, tuple[ActionRecord, ...]]
) -> Mapping[int, tuple[DecisionRecord, ...]]:
    found: dict[int, tuple[DecisionRecord, ...]] = defaultdict(tuple)
    for theme_id, removed_at, decision in decided:
        record = replace(
            decision_record(decision), in_force=removed_at is None, actions=actions.get(decision.id, ())
        )
        found[theme_id] += (record,)
    return found


def actions_of(session: Session, decision_ids: Collection[int]) -> Mapping[int, tuple[ActionRecord, ...]]:
    """The public actions that follow from each decision, by their date."""
    found: dict[int, tuple[ActionRecord, ...]] = defaultdict(tuple)
    if not decision_ids:
        return found
    rows = session.execute(
        select(DecisionAction.decision_id, Action)
        .join(Action, Action.id == DecisionAction.action_id)
        .where(
            DecisionAction.decision_id.in_(list(decision_ids)),
            DecisionAction.removed_at.is_(None),
            is_public(),
        )
        .options(joinedload(Action.owner), joinedload(Action.dialogue), selectinload(Action.updates))
        .order_by(Action.due_on, Action.id)
    ).all()
    said = helped.summary(session, {action.id for _, action in rows})
    for decision_id, action in rows:
        found[decision_id] += (action_record(action, said[action.id]),)
    return found


def decision_record(decision: Decision) -> DecisionRecord:
    """A decision as it is told."""
    return DecisionRecord(
        code=decision.code,
        outcome=decision.outcome,
        reason=decision.reason,
        explanation=decision.explanation,
        body=decision.body.name,
        body_code=decision.body.code,
        power=decision.body.power,
        decided_on=decision.decided_on,
        is_public=decision.released_at is not None,
        public_from=decision.public_from,
        passed_to=decision.passed_to.name if decision.passed_to else None,
        pass_state=decision.pass_state,
        pass_answered_on=clock.local(decision.pass_answered_at).date() if decision.pass_answered_at else None,
    )


def action_record(action: Action, residents_say: HelpedCount) -> ActionRecord:
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
        changed=action.changed if action.state in rules.ENDS else Translated(),
        updates=tuple(UpdateRecord(update.at, update.text) for update in reversed(public_updates(action))),
        is_late=rules.shows_late(action, clock.today()),
        residents_say=residents_say,
    )


def _left_out(session: Session, contribution_ids: Sequence[int]) -> Mapping[int, tuple[LeftOutRecord, ...]]:
    """When each was left out of every theme. Taken in and left out again within a day, as when a step is undone,
    it was left out all the time."""
    found: dict[int, tuple[LeftOutRecord, ...]] = defaultdict(tuple)
    for row in session.scalars(
        select(LeftOut).where(LeftOut.contribution_id.in_(contribution_ids)).order_by(LeftOut.id)
    ):
        since = clock.local(row.placed_at).date()
        until = clock.local(row.removed_at).date() if row.removed_at else None
        before = found[row.contribution_id]
        if before and before[-1].until == since:
            found[row.contribution_id] = (*before[:-1], replace(before[-1], until=until))
        else:
            found[row.contribution_id] = (*before, LeftOutRecord(since, until))
    return found


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
            ChangeRecord(
                change.at,
                change.from_state,
                change.to_state,
                change.public_text,
                change.actor_id is not None,
            )
        )
    return found
