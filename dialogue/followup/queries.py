"""Reads of themes, of where actions come from and of what came of a dialogue, with their loading plans."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.actions.models import Action
from dialogue.actions.queries import is_public
from dialogue.base import paging
from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.boards.models import Idea
from dialogue.boards.queries import IdeaPage
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    DialogueState,
)
from dialogue.followup import chain
from dialogue.followup.models import Decision, DecisionAction, Theme, ThemeContribution, ThemeDecision
from dialogue.followup.story import DecisionRecord
from dialogue.meetings.models import Meeting
from dialogue.surveys.models import Response, Survey

PAGE_SIZE = 40
IDEAS_SHOWN = 5

_can_be_seen = Dialogue.state != DialogueState.DRAFT
_has_versions = select(Dialogue.id, Dialogue.version).where(_can_be_seen)


@dataclass(frozen=True)
class ThemeStory:
    """A theme with what it gathers, and the decisions about it, oldest first, with their public actions."""

    theme: Theme
    heard: Mapping[Channel, int]
    decisions: tuple[DecisionRecord, ...]

    @property
    def total(self) -> int:
        """How many contributions it gathers."""
        return sum(self.heard.values())

    @property
    def in_force(self) -> tuple[DecisionRecord, ...]:
        """The decisions that stand."""
        return tuple(decision for decision in self.decisions if decision.in_force)

    @property
    def replaced(self) -> tuple[DecisionRecord, ...]:
        """The decisions that were made anew."""
        return tuple(decision for decision in self.decisions if not decision.in_force)


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


def dialogue_version(session: Session, code: str) -> Hashable | None:
    """What the page of what came of a dialogue hangs on; None for one that nobody may see."""
    return version_of(session, _has_versions.where(Dialogue.code == code))


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
        .options(joinedload(Action.dialogue), joinedload(Action.owner), selectinload(Action.updates))
    ).one_or_none()
    if action is None:
        raise NotFound
    return action


def public_dialogue(session: Session, code: str) -> Dialogue:
    """A dialogue that anybody may see. Raises NotFound."""
    dialogue = session.scalars(
        select(Dialogue)
        .where(Dialogue.code == code, _can_be_seen)
        .options(joinedload(Dialogue.promised_by), joinedload(Dialogue.organiser))
    ).one_or_none()
    if dialogue is None:
        raise NotFound
    return dialogue


def story_of(session: Session, theme: Theme) -> ThemeStory:
    """One theme with its counts and decisions."""
    return stories(session, [theme])[0]


def stories(session: Session, themes: Sequence[Theme]) -> list[ThemeStory]:
    """Themes with their counts and decisions."""
    ids = [theme.id for theme in themes]
    heard, decisions = chain.heard(session, ids), chain.decisions_of(session, ids)
    return [ThemeStory(theme, heard.get(theme.id, {}), decisions.get(theme.id, ())) for theme in themes]


def themes_in(session: Session, dialogue_id: int) -> Sequence[Theme]:
    """The themes of a dialogue in their order, without those that were retired."""
    return session.scalars(
        select(Theme)
        .where(Theme.dialogue_id == dialogue_id, Theme.retired_at.is_(None))
        .order_by(Theme.position, Theme.id)
    ).all()


def ideas_in(session: Session, theme_id: int, number: int = 1) -> IdeaPage:
    """One page of the published ideas in a theme, most supported first."""
    chosen = (
        select(Idea)
        .join(Idea.contribution)
        .join(ThemeContribution, ThemeContribution.contribution_id == Contribution.id)
        .where(
            ThemeContribution.theme_id == theme_id,
            ThemeContribution.removed_at.is_(None),
            Contribution.state == ContributionState.PUBLISHED,
        )
    )
    return _paged(session, chosen, number, (Idea.support_count.desc(), Idea.contribution_id))


def most_supported(session: Session, theme_ids: Iterable[int]) -> Sequence[Idea]:
    """The first few published ideas of some themes, most supported first."""
    return session.scalars(
        select(Idea)
        .join(Idea.contribution)
        .join(ThemeContribution, ThemeContribution.contribution_id == Contribution.id)
        .where(
            ThemeContribution.theme_id.in_(list(theme_ids)),
            ThemeContribution.removed_at.is_(None),
            Contribution.state == ContributionState.PUBLISHED,
        )
        .options(joinedload(Idea.contribution))
        .order_by(Idea.support_count.desc(), Idea.contribution_id)
        .limit(IDEAS_SHOWN)
    ).all()


def unplaced(session: Session, dialogue_id: int, number: int = 1, words: str = "") -> IdeaPage:
    """One page of the published ideas of a dialogue that lie in no theme, oldest first."""
    chosen = (
        select(Idea)
        .join(Idea.contribution)
        .where(
            Contribution.dialogue_id == dialogue_id,
            Contribution.state == ContributionState.PUBLISHED,
            is_unplaced(),
        )
    )
    if words:
        chosen = chosen.where(
            Idea.title.icontains(words, autoescape=True) | Idea.text.icontains(words, autoescape=True)
        )
    return _paged(session, chosen, number, (Idea.contribution_id,))


def count_unplaced(session: Session, dialogue_id: int) -> int:
    """How many published ideas of a dialogue lie in no theme."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Contribution)
            .where(
                Contribution.dialogue_id == dialogue_id,
                Contribution.kind == ContributionKind.IDEA,
                Contribution.state == ContributionState.PUBLISHED,
                is_unplaced(),
            )
        )
        or 0
    )


def is_unplaced() -> ColumnElement[bool]:
    """The condition on Contribution that it lies in no theme."""
    return ~exists().where(
        ThemeContribution.contribution_id == Contribution.id, ThemeContribution.removed_at.is_(None)
    )


def asked(session: Session, dialogue_id: int) -> Asked:
    """How many ideas were published, how many signed up for meetings, how many answered surveys."""
    given = session.execute(
        select(Contribution.kind, func.count())
        .where(
            Contribution.dialogue_id == dialogue_id,
            (Contribution.kind == ContributionKind.REGISTRATION) | Contribution.state.in_(chain.COUNTED),
        )
        .group_by(Contribution.kind)
    )
    counts = dict(given.all())
    before = select(func.sum(Meeting.registered_before)).where(Meeting.dialogue_id == dialogue_id)
    answers = (
        select(func.count())
        .select_from(Response)
        .join(Survey, Survey.id == Response.survey_id)
        .where(Survey.dialogue_id == dialogue_id)
    )
    return Asked(
        ideas=counts.get(ContributionKind.IDEA, 0),
        sign_ups=counts.get(ContributionKind.REGISTRATION, 0) + (session.scalar(before) or 0),
        answers=session.scalar(answers) or 0,
    )


def origins(session: Session, action_id: int) -> list[Origin]:
    """The decisions that an action follows from, each with a theme that it is about."""
    rows = session.execute(
        select(Decision, Theme)
        .join(DecisionAction, DecisionAction.decision_id == Decision.id)
        .join(ThemeDecision, ThemeDecision.decision_id == Decision.id)
        .join(Theme, Theme.id == ThemeDecision.theme_id)
        .where(
            DecisionAction.action_id == action_id,
            DecisionAction.removed_at.is_(None),
            Theme.retired_at.is_(None),
        )
        .options(joinedload(Decision.passed_to))
        .order_by(Decision.decided_on, Decision.id, Theme.position)
    ).all()
    counts = chain.totals(session, {theme.id for _, theme in rows})
    return [Origin(decision, theme, counts[theme.id]) for decision, theme in rows]


def _paged(session: Session, chosen: Select[Idea], number: int, order: Sequence[Any]) -> IdeaPage:
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    ideas = session.scalars(
        chosen.options(joinedload(Idea.contribution), joinedload(Idea.board))
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset(offset)
    ).all()
    return IdeaPage(ideas, number, pages, total)
