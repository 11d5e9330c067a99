"""What lies where, as conditions and in counts, whatever its kind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from dialogue.dialogues.models import Channel, Contribution, ContributionKind, ContributionState
from dialogue.followup import chain
from dialogue.followup.models import LeftOut, Theme, ThemeContribution
from dialogue.web import sources


@dataclass(frozen=True)
class Share:
    """How many contributions of one kind came by one channel from one group, or from nobody of a group."""

    kind: ContributionKind
    channel: Channel
    label: str
    count: int


@dataclass(frozen=True)
class Spread:
    """How many contributions there are of each kind, by each channel and from each group; those of nobody of a
    group stand under an empty label."""

    kinds: dict[ContributionKind, int]
    channels: dict[Channel, int]
    labels: dict[str, int]


def in_theme(theme_id: int) -> Select[Contribution]:
    """Selects what lies in a theme, whatever its state."""
    return (
        select(Contribution)
        .join(ThemeContribution, ThemeContribution.contribution_id == Contribution.id)
        .where(ThemeContribution.theme_id == theme_id, ThemeContribution.removed_at.is_(None))
    )


def waits_for_theme(*dialogue_ids: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions on Contribution that it was given in one of these dialogues, can be placed and is not."""
    # Said of the dialogues' own themes, where it must lie, so that nobody looks through those of a whole country.
    its_own = ThemeContribution.theme_id.in_(select(Theme.id).where(Theme.dialogue_id.in_(dialogue_ids)))
    return (Contribution.dialogue_id.in_(dialogue_ids), can_be_placed(), is_unplaced(its_own))


def can_be_placed() -> ColumnElement[bool]:
    """The condition on Contribution that it is of a kind that themes gather, and published."""
    return and_(Contribution.kind.in_(sources.kinds()), Contribution.state == ContributionState.PUBLISHED)


def is_unplaced(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition on Contribution that it lies in no theme, nor in one of those that conditions name, and was
    not left out."""
    return and_(
        ~exists().where(
            ThemeContribution.contribution_id == Contribution.id,
            ThemeContribution.removed_at.is_(None),
            *where,
        ),
        ~exists().where(LeftOut.contribution_id == Contribution.id, LeftOut.removed_at.is_(None)),
    )


def shares_unplaced(session: Session, dialogue_id: int) -> list[Share]:
    """How what lies in no theme is spread over kinds, channels and groups, the most first."""
    return _shares(session, select(Contribution).where(*waits_for_theme(dialogue_id)))


def shares_in(session: Session, theme_id: int) -> list[Share]:
    """How what a theme gathers is spread over kinds, channels and groups, the most first."""
    return _shares(session, in_theme(theme_id).where(Contribution.state.in_(chain.COUNTED)))


def spread(shares: Iterable[Share]) -> Spread:
    """The same, counted by each of the three alone."""
    found = Spread(defaultdict(int), defaultdict(int), defaultdict(int))
    for share in shares:
        found.kinds[share.kind] += share.count
        found.channels[share.channel] += share.count
        found.labels[share.label] += share.count
    return found


def _shares(session: Session, chosen: Select[Any]) -> list[Share]:
    parts = (Contribution.kind, Contribution.channel, Contribution.label)
    rows = session.execute(
        chosen.with_only_columns(*parts, func.count(), maintain_column_froms=True)
        .group_by(*parts)
        .order_by(func.count().desc(), *parts)
    )
    return [Share(*row) for row in rows]
