"""Reads of themes, of where actions come from and of what came of a dialogue, with their loading plans."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.models import Action
from dialogue.actions.queries import is_public, with_more
from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionKind,
    Dialogue,
    DialogueState,
)
from dialogue.followup import chain, gathered, placed
from dialogue.followup.models import (
    BodyPower,
    Decision,
    DecisionAction,
    LeftOut,
    Theme,
    ThemeDecision,
)
from dialogue.followup.records import DecisionRecord, HearingRecord
from dialogue.meetings.models import Meeting
from dialogue.surveys.models import Response, Survey
from dialogue.web import sources

_can_be_seen = Dialogue.state != DialogueState.DRAFT
_has_versions = select(Dialogue.id, Dialogue.version).where(_can_be_seen)


@dataclass(frozen=True)
class ThemeStory:
    """A theme with what it gathers, and the decisions about it, oldest first, with their public actions."""

    theme: Theme
    heard: Mapping[Channel, int]
    decisions: tuple[DecisionRecord, ...]
    kinds: Mapping[ContributionKind, int] = field(default_factory=dict)
    hearings: tuple[HearingRecord, ...] = ()

    @property
    def gathers(self) -> str:
        """What it gathers, in words: 12 ideas, 3 notes from groups."""
        return sources.in_words(self.kinds)

    @property
    def unshown(self) -> str:
        """What of it is counted only, in words; empty when everybody may read all of it."""
        shown = sources.shown()
        hidden = {kind: count for kind, count in self.kinds.items() if kind not in shown}
        return sources.in_words(hidden) if hidden else ""

    @property
    def total(self) -> int:
        """How many contributions it gathers."""
        return sum(self.heard.values())

    @property
    def in_force(self) -> tuple[DecisionRecord, ...]:
        """The decisions that stand."""
        return tuple(decision for decision in self.decisions if decision.in_force)

    @property
    def is_answered(self) -> bool:
        """Whether a body that decides has decided, in public."""
        return any(decision.power is BodyPower.DECIDES and decision.is_public for decision in self.in_force)

    @property
    def is_decided(self) -> bool:
        """Whether a body that decides has decided, though it may not be public yet."""
        return any(decision.power is BodyPower.DECIDES for decision in self.in_force)

    @property
    def replaced(self) -> tuple[DecisionRecord, ...]:
        """The decisions that were made anew."""
        return tuple(decision for decision in self.decisions if not decision.in_force)


@dataclass(frozen=True)
class NotPlaced:
    """What was given and lies in no theme: how many of each kind wait, how many were left out with a reason,
    and how many must be taken in before they can be placed."""

    waiting: Mapping[ContributionKind, int]
    left_out: int
    outside: int

    @property
    def total(self) -> int:
        """How many wait; those left out do not."""
        return sum(self.waiting.values())

    @property
    def is_empty(self) -> bool:
        """Whether nothing that was given lies outside without a reason."""
        return not self.total and not self.outside


@dataclass(frozen=True)
class Asked:
    """How many took part, by the way they did."""

    ideas: int
    sign_ups: int
    answers: int


@dataclass(frozen=True)
class Origin:
    """Where an action comes from: a decision about a theme, and how many contributions that gathers."""

    decision: Decision
    theme: Theme
    total: int


def theme_version(session: Session, code: str) -> Hashable | None:
    """What a theme's public page hangs on; None for one that nobody may see."""
    return version_of(session, _has_versions.join(Theme).where(Theme.code == code))


def action_version(session: Session, code: str) -> Hashable | None:
    """What an action's public page hangs on; None for one that nobody may see."""
    return version_of(session, _has_versions.join(Action).where(Action.code == code, is_public()))


def public_theme(session: Session, code: str) -> Theme:
    """A theme that anybody may see, with its dialogue. Raises NotFound."""
    theme = session.scalars(
        select(Theme)
        .join(Theme.dialogue)
        .where(Theme.code == code, _can_be_seen)
        .options(joinedload(Theme.dialogue).joinedload(Dialogue.promised_by))
    ).one_or_none()
    if theme is None:
        raise NotFound
    return theme


def public_action(session: Session, code: str) -> Action:
    """An action that anybody may see, with its owner, updates and dialogue. Raises NotFound."""
    action = session.scalars(
        select(Action)
        .join(Action.dialogue)
        .where(Action.code == code, _can_be_seen, is_public())
        .options(joinedload(Action.dialogue), *with_more())
    ).one_or_none()
    if action is None:
        raise NotFound
    return action


def story_of(session: Session, theme: Theme) -> ThemeStory:
    """One theme with its counts and what has been decided about it in public."""
    return stories(session, [theme])[0]


def story_at_desk(session: Session, theme: Theme) -> ThemeStory:
    """One theme with its counts and decisions, those that are not public yet included; for the desk only."""
    return stories_at_desk(session, [theme])[0]


def stories(session: Session, themes: Sequence[Theme]) -> list[ThemeStory]:
    """Themes with their counts and what has been decided about them in public."""
    return _stories(session, themes, chain.decisions_of)


def stories_at_desk(session: Session, themes: Sequence[Theme]) -> list[ThemeStory]:
    """Themes with their counts and decisions, those that are not public yet included; for the desk only."""
    return _stories(session, themes, chain.decisions_at_desk)


def _stories(
    session: Session,
    themes: Sequence[Theme],
    decided: Callable[[Session, Sequence[int]], Mapping[int, tuple[DecisionRecord, ...]]],
) -> list[ThemeStory]:
    ids = [theme.id for theme in themes]
    counts, decisions = chain.gathered(session, ids), decided(session, ids)
    hearings = chain.hearings_of(session, ids)
    return [
        ThemeStory(
            theme, found.by_channel, decisions.get(theme.id, ()), found.by_kind, hearings.get(theme.id, ())
        )
        for theme, found in ((theme, counts[theme.id]) for theme in themes)
    ]


def themes_in(session: Session, dialogue_id: int, *conditions: ColumnElement[bool]) -> Sequence[Theme]:
    """The themes of a dialogue in their order, without those that were retired."""
    return session.scalars(
        select(Theme)
        .where(Theme.dialogue_id == dialogue_id, Theme.retired_at.is_(None), *conditions)
        .order_by(Theme.position, Theme.id)
    ).all()


def not_placed(session: Session, dialogue: Dialogue) -> NotPlaced:
    """What lies in no theme, so that nothing hides: what waits, what was left out with a reason, and what is
    still outside."""
    left_out = (
        select(func.count())
        .select_from(LeftOut)
        .join(LeftOut.contribution)
        .where(Contribution.dialogue_id == dialogue.id, placed.can_be_placed(), LeftOut.removed_at.is_(None))
    )
    outside = sum(one.count for one in gathered.outside(session, dialogue))
    return NotPlaced(_waiting(session, dialogue.id), session.scalar(left_out) or 0, outside)


def _waiting(session: Session, dialogue_id: int) -> dict[ContributionKind, int]:
    rows = session.execute(
        select(Contribution.kind, func.count())
        .where(*placed.waits_for_theme(dialogue_id))
        .group_by(Contribution.kind)
    )
    return dict(rows.all())


def asked(session: Session, dialogue_id: int) -> Asked:
    """How many ideas were published, how many signed up for meetings, how many answered surveys."""
    of_kind = select(func.count()).select_from(Contribution).where(Contribution.dialogue_id == dialogue_id)
    ideas = of_kind.where(Contribution.kind == ContributionKind.IDEA, Contribution.state.in_(chain.COUNTED))
    sign_ups = of_kind.where(Contribution.kind == ContributionKind.REGISTRATION)
    before = select(func.coalesce(func.sum(Meeting.registered_before), 0)).where(
        Meeting.dialogue_id == dialogue_id
    )
    answers = (
        select(func.count())
        .select_from(Response)
        .join(Survey, Survey.id == Response.survey_id)
        .where(Survey.dialogue_id == dialogue_id)
    )
    row = session.execute(
        select(*(one.scalar_subquery() for one in (ideas, sign_ups, before, answers)))
    ).one()
    return Asked(ideas=row[0], sign_ups=row[1] + row[2], answers=row[3])


def origins(session: Session, action_id: int) -> list[Origin]:
    """The public decisions that an action follows from, each with the theme that it is about now."""
    rows = session.execute(
        select(Decision, Theme)
        .join(DecisionAction, DecisionAction.decision_id == Decision.id)
        .join(ThemeDecision, ThemeDecision.decision_id == Decision.id)
        .join(Theme, Theme.id == ThemeDecision.theme_id)
        .where(
            DecisionAction.action_id == action_id,
            DecisionAction.removed_at.is_(None),
            chain.is_told_of(),
            chain.is_released(),
        )
        .options(joinedload(Decision.body), joinedload(Decision.passed_to))
        .order_by(Decision.decided_on, Decision.id, Theme.position)
    ).all()
    counts = chain.totals(session, {theme.id for _, theme in rows})
    return [Origin(decision, theme, counts[theme.id]) for decision, theme in rows]
