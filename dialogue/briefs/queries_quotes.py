"""Reads of what lies in the themes, for choosing quotes and for following a frozen brief to its sources."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from dialogue.base import paging
from dialogue.base.i18n import Labelled
from dialogue.briefs import sources
from dialogue.briefs.models import Quote
from dialogue.briefs.sources import Said
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.followup.models import Theme, ThemeContribution
from dialogue.web import sources as declared

PAGE_SIZE = 10
SOURCES_ON_PAGE = 50
# A theme with so many quotes has no more proposed.
ENOUGH = 2


@dataclass(frozen=True)
class SaidPage:
    """One page of what was given, and the quotes taken from it, by its id."""

    said: Sequence[Said]
    number: int
    pages: int
    total: int
    quotes: Mapping[int, Quote] = field(default_factory=dict)


def quotes_in(session: Session, theme_ids: Collection[int]) -> dict[int, list[Quote]]:
    """The quotes of each theme, in the order in which they were chosen."""
    found: dict[int, list[Quote]] = {}
    for theme_id, quote in session.execute(
        select(ThemeContribution.theme_id, Quote)
        .join(Quote, Quote.contribution_id == ThemeContribution.contribution_id)
        .join(Quote.contribution)
        .where(
            ThemeContribution.theme_id.in_(theme_ids),
            ThemeContribution.removed_at.is_(None),
            Contribution.state == ContributionState.PUBLISHED,
        )
        .options(contains_eager(Quote.contribution))
        .order_by(Quote.id)
    ):
        found.setdefault(theme_id, []).append(quote)
    return found


def proposed(session: Session, theme_ids: Collection[int]) -> dict[int, list[Said]]:
    """Two of what each theme holds that are shown to everybody and not quoted yet: those with most support, else
    the first."""
    supports = [one.support for one in declared.declared() if one.support is not None]
    order = [func.coalesce(*supports, 0).desc()] if supports else []
    ranked = (
        select(
            ThemeContribution.theme_id,
            Contribution.id,
            func.row_number()
            .over(partition_by=ThemeContribution.theme_id, order_by=(*order, Contribution.id))
            .label("place"),
        )
        .join(Contribution, Contribution.id == ThemeContribution.contribution_id)
        .outerjoin(Quote, Quote.contribution_id == Contribution.id)
        .where(
            ThemeContribution.theme_id.in_(theme_ids),
            ThemeContribution.removed_at.is_(None),
            Contribution.state == ContributionState.PUBLISHED,
            Contribution.kind.in_(declared.shown()),
            Quote.id.is_(None),
        )
        .subquery()
    )
    rows = session.execute(
        select(ranked.c.theme_id, Contribution)
        .join(ranked, ranked.c.id == Contribution.id)
        .where(ranked.c.place <= ENOUGH)
        .order_by(ranked.c.theme_id, ranked.c.place)
    ).all()
    said = sources.read(session, [one for _theme_id, one in rows])
    found: dict[int, list[Said]] = {}
    for theme_id, one in rows:
        found.setdefault(theme_id, []).append(said[one.id])
    return found


def in_theme(
    session: Session, theme: Theme, kinds: Sequence[Labelled], number: int = 1, words: str = ""
) -> SaidPage:
    """One page of what a theme holds of these kinds, the first that came first."""
    chosen = (
        select(Contribution)
        .join(ThemeContribution, ThemeContribution.contribution_id == Contribution.id)
        .where(
            ThemeContribution.theme_id == theme.id,
            ThemeContribution.removed_at.is_(None),
            Contribution.state == ContributionState.PUBLISHED,
            Contribution.kind.in_(kinds),
        )
    )
    if words:
        chosen = chosen.where(_holds(kinds, words))
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    given = session.scalars(chosen.order_by(Contribution.id).limit(PAGE_SIZE).offset(offset)).all()
    said = sources.read(session, given)
    ids = [one.id for one in given]
    quotes = session.scalars(select(Quote).where(Quote.contribution_id.in_(ids)))
    by_id = {quote.contribution_id: quote for quote in quotes}
    return SaidPage([said[one.id] for one in given], number, pages, total, by_id)


def chosen(
    session: Session, dialogue_id: int, kinds: Sequence[Labelled], codes: Collection[str]
) -> list[Said]:
    """What has these codes in a dialogue and lies in a theme, of these kinds."""
    given = session.scalars(
        select(Contribution)
        .join(ThemeContribution, ThemeContribution.contribution_id == Contribution.id)
        .where(
            Contribution.dialogue_id == dialogue_id,
            Contribution.code.in_(codes),
            Contribution.kind.in_(kinds),
            Contribution.state == ContributionState.PUBLISHED,
            ThemeContribution.removed_at.is_(None),
        )
        .order_by(Contribution.id)
    ).all()
    said = sources.read(session, given)
    return [said[one.id] for one in given]


def with_codes(session: Session, dialogue_id: int, codes: Sequence[str], number: int = 1) -> SaidPage:
    """One page of what has these codes; what is shown no more is without its words."""
    number, pages, offset = paging.place(number, len(codes), SOURCES_ON_PAGE)
    given = session.scalars(
        select(Contribution)
        .where(
            Contribution.code.in_(codes[offset : offset + SOURCES_ON_PAGE]),
            Contribution.dialogue_id == dialogue_id,
        )
        .order_by(Contribution.id)
    ).all()
    shown = [one for one in given if one.state is ContributionState.PUBLISHED]
    said = sources.read(session, shown)
    return SaidPage([said.get(one.id, Said(one, "")) for one in given], number, pages, len(codes))


def _holds(kinds: Sequence[Labelled], words: str) -> ColumnElement[bool]:
    conditions = [declared.of(kind).holds(words) for kind in kinds]
    return or_(*conditions) if conditions else false()
