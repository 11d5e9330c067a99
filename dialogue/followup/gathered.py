"""Reads of what residents gave, of whatever kind: what lies in a theme, in none, or was left out.

Which kinds there are, and what their words are, the rooms declare (``web.sources``). A page takes one statement
for each kind that stands on it, however many lie there.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from dialogue.base import paging
from dialogue.base.i18n import Labelled
from dialogue.dialogues.models import (
    GONE,
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
)
from dialogue.followup import placed
from dialogue.followup.models import LeftOut, ThemeContribution
from dialogue.residents import guard
from dialogue.residents.guard import Segment
from dialogue.web import sources
from dialogue.web.sources import Outside, Source, SourceText

PAGE_SIZE = 40
MOST_LEFT_OUT = 200
MOST_MINORITY = 20
# An answer with fewer letters says hardly anything: "-", "no".
FEWEST_LETTERS = 4
NO_TEXT = SourceText("")


@dataclass(frozen=True)
class Gathered:
    """One contribution with its words."""

    contribution: Contribution
    said: SourceText
    is_minority: bool = False

    @property
    def source(self) -> Source:
        """The declaration of its kind."""
        return sources.of(self.contribution.kind)

    @property
    def who(self) -> str:
        """Who speaks, or how it came."""
        return self.contribution.label or str(self.contribution.channel.label)

    @property
    def segments(self) -> list[Segment]:
        """Its text in pieces, those marked that the guard finds."""
        return guard.segments(self.said.text)

    @property
    def says_little(self) -> bool:
        """Whether it has hardly any letters."""
        return sum(map(str.isalpha, self.said.title + self.said.text)) < FEWEST_LETTERS


@dataclass(frozen=True)
class GatheredPage:
    """One page of contributions; ``total`` counts those of all pages."""

    items: Sequence[Gathered]
    number: int = 1
    pages: int = 1
    total: int = 0

    @property
    def needs_note(self) -> bool:
        """Whether the reading of it is noted, since its words are for a few only."""
        return any(one.source.needs for one in self.items)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among what is not placed; empty for all of it."""

    words: str = ""
    kind: ContributionKind | None = None
    channel: Channel | None = None
    label: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions on Contribution, but for its words."""
        chosen = []
        if self.kind is not None:
            chosen.append(Contribution.kind == self.kind)
        if self.channel is not None:
            chosen.append(Contribution.channel == self.channel)
        if self.label:
            chosen.append(Contribution.label == self.label)
        return chosen

    def fits(self, share: placed.Share) -> bool:
        """Whether contributions of this share are looked for, whatever their words."""
        return (
            self.kind in (None, share.kind)
            and self.channel in (None, share.channel)
            and self.label in ("", share.label)
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.kind or self.channel or self.label)


def unplaced(
    session: Session,
    dialogue_id: int,
    number: int = 1,
    wanted: Wanted | None = None,
    readable: Collection[Labelled] | None = None,
    shares: Sequence[placed.Share] | None = None,
) -> GatheredPage:
    """One page of what was given in a dialogue and lies in no theme, oldest first; of the kinds that somebody
    may read, or of all. ``shares`` are those of ``placed.shares_unplaced``, which spare counting it once more."""
    looked_for = wanted or Wanted()
    chosen = select(Contribution).where(*placed.waits_for_theme(dialogue_id), *looked_for.conditions())
    if readable is not None:
        chosen = chosen.where(Contribution.kind.in_(readable))
    if looked_for.words:
        return _with_these_words(session, chosen, looked_for.words, number)
    if shares is None:
        total = _count(session, chosen)
    else:
        total = sum(
            one.count for one in shares if looked_for.fits(one) and (readable is None or one.kind in readable)
        )
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    found = session.scalars(chosen.order_by(Contribution.id).limit(PAGE_SIZE).offset(offset)).all()
    return GatheredPage(with_words(session, found), number, pages, total)


def _with_these_words(
    session: Session, chosen: Select[Contribution], words: str, number: int
) -> GatheredPage:
    """One page of those chosen that have words in them. Their words are looked through once, for count and page,
    and only theirs: PostgreSQL would else search the whole dialogue before it asks what is placed."""
    among = chosen.with_only_columns(Contribution.id).cte("chosen").prefix_with("MATERIALIZED")
    holding = select(Contribution.id).join(among, among.c.id == Contribution.id).where(_holds(words))
    ids = session.scalars(holding.order_by(Contribution.id)).all()
    number, pages, offset = paging.place(number, len(ids), PAGE_SIZE)
    shown = Contribution.id.in_(ids[offset : offset + PAGE_SIZE])
    found = session.scalars(select(Contribution).where(shown).order_by(Contribution.id)).all()
    return GatheredPage(with_words(session, found), number, pages, len(ids))


def in_theme(
    session: Session, theme_id: int, number: int = 1, readable: Collection[Labelled] | None = None
) -> GatheredPage:
    """One page of what lies in a theme, most supported first; of the kinds that somebody may read, or of all."""
    chosen = _visible(theme_id, readable)
    return _page(session, chosen, number)


def shown_in(session: Session, theme_id: int, number: int = 1) -> GatheredPage:
    """One page of what everybody may read in a theme, without minority views, most supported first."""
    chosen = _visible(theme_id, sources.shown()).where(~ThemeContribution.is_minority)
    return _page(session, chosen, number)


def minority_in(session: Session, theme_id: int) -> GatheredPage:
    """The minority views in a theme that everybody may read, the first few of them."""
    chosen = _visible(theme_id, sources.shown()).where(ThemeContribution.is_minority)
    rows = session.execute(chosen.order_by(Contribution.id).limit(MOST_MINORITY)).all()
    return GatheredPage(_marked(session, rows), total=len(rows))


def gone_from(session: Session, theme_id: int) -> int:
    """How much of what a theme counts was taken back or removed, so that it is shown no more."""
    return _count(session, placed.in_theme(theme_id).where(Contribution.state.in_(GONE)))


def most_supported(session: Session, theme_ids: Iterable[int], most: int) -> list[Gathered]:
    """The first few things in some themes that everybody may read, most supported first."""
    chosen = (
        select(Contribution)
        .join(ThemeContribution, ThemeContribution.contribution_id == Contribution.id)
        .where(
            ThemeContribution.theme_id.in_(list(theme_ids)),
            ThemeContribution.removed_at.is_(None),
            Contribution.state == ContributionState.PUBLISHED,
            Contribution.kind.in_(sources.shown()),
        )
    )
    return with_words(session, session.scalars(chosen.order_by(*_most_supported()).limit(most)).all())


def left_out(
    session: Session, dialogue_id: int, readable: Collection[Labelled]
) -> list[tuple[LeftOut, Gathered]]:
    """What was left out of every theme, with its reason, the latest first; of the kinds that somebody may
    read."""
    rows = session.scalars(
        select(LeftOut)
        .join(LeftOut.contribution)
        .where(
            Contribution.dialogue_id == dialogue_id,
            Contribution.state == ContributionState.PUBLISHED,
            Contribution.kind.in_(readable),
            LeftOut.removed_at.is_(None),
        )
        .options(contains_eager(LeftOut.contribution))
        .order_by(LeftOut.id.desc())
        .limit(MOST_LEFT_OUT)
    ).all()
    found = with_words(session, [row.contribution for row in rows])
    return list(zip(rows, found, strict=True))


def outside(session: Session, dialogue: Dialogue) -> list[Outside]:
    """What was given in a dialogue and must be taken in before it can be placed."""
    return [
        one
        for source in sources.declared()
        if source.outside is not None
        for one in source.outside(session, dialogue)
    ]


def with_words(session: Session, contributions: Sequence[Contribution]) -> list[Gathered]:
    """These contributions with their words, in their order; one statement for each kind among them."""
    by_kind: dict[ContributionKind, list[int]] = {}
    for one in contributions:
        by_kind.setdefault(one.kind, []).append(one.id)
    said: dict[int, SourceText] = {}
    for kind, ids in by_kind.items():
        said |= sources.of(kind).texts(session, ids)
    return [Gathered(one, said.get(one.id, NO_TEXT)) for one in contributions]


def _visible(theme_id: int, kinds: Collection[Labelled] | None) -> Select[Contribution, bool]:
    chosen = placed.in_theme(theme_id).where(Contribution.state == ContributionState.PUBLISHED)
    if kinds is not None:
        chosen = chosen.where(Contribution.kind.in_(kinds))
    return chosen.add_columns(ThemeContribution.is_minority)


def _page(session: Session, chosen: Select[Contribution, bool], number: int) -> GatheredPage:
    total = _count(session, chosen)
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    rows = session.execute(chosen.order_by(*_most_supported()).limit(PAGE_SIZE).offset(offset)).all()
    return GatheredPage(_marked(session, rows), number, pages, total)


def _marked(session: Session, rows: Sequence[Any]) -> list[Gathered]:
    found = with_words(session, [contribution for contribution, _ in rows])
    return [
        Gathered(one.contribution, one.said, is_minority)
        for one, (_, is_minority) in zip(found, rows, strict=True)
    ]


def _most_supported() -> list[Any]:
    supports = [source.support for source in sources.declared() if source.support is not None]
    return [func.coalesce(*supports, 0).desc(), Contribution.id]


def _holds(words: str) -> ColumnElement[bool]:
    return or_(
        *(and_(Contribution.kind == source.kind, source.holds(words)) for source in sources.declared())
    )


def _count(session: Session, chosen: Any) -> int:
    return session.scalar(chosen.with_only_columns(func.count(), maintain_column_froms=True)) or 0
