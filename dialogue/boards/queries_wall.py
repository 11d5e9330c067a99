"""Reads of the page on which everybody sees a board: its prompts beside each other, or one of them in pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, select, union_all
from sqlalchemy.orm import Session, joinedload

from dialogue.base import paging
from dialogue.base.i18n import Labelled, lazy
from dialogue.boards import counting
from dialogue.boards.models import Board, Column, Idea
from dialogue.web.sources import Grouping

PAGE_SIZE = 40
# Of each prompt, where several stand beside each other.
FEWEST_FIRST = 6


class Sort(Labelled):
    """In which order ideas are shown. What is not yet seen is known to the reader's own device alone, which picks
    it from the newest; the server only passes the choice on."""

    NEWEST = "newest", lazy("Newest")
    SUPPORTED = "supported", lazy("Most supported")
    UNSEEN = "unseen", lazy("Not yet seen")


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see of a board, as the address says it. Pages count from 1."""

    sort: Sort = Sort.NEWEST
    column_id: int | None = None
    theme: Grouping | None = None
    number: int = 1

    @property
    def begins_with_new(self) -> bool:
        """Whether what is published now belongs at the top."""
        return self.sort is Sort.NEWEST and self.theme is None and self.number == 1

    def address(self, **changed: Any) -> dict[str, Any]:
        """The query of the address for this, with some of it changed; the page is the first unless it is named."""
        wanted = replace(self, **{"number": 1, **changed})
        return {
            "column": wanted.column_id,
            "sort": wanted.sort.value if wanted.sort is not Sort.NEWEST else None,
            "theme": wanted.theme.code if wanted.theme else None,
            "page": wanted.number if wanted.number > 1 else None,
        }


@dataclass(frozen=True)
class Shown:
    """Some ideas of one prompt, and how many there are of it with what is wanted."""

    column: Column
    ideas: Sequence[Idea]
    total: int

    @property
    def rest(self) -> int:
        """How many there are besides."""
        return self.total - len(self.ideas)


@dataclass(frozen=True)
class Wall:
    """What a board's page shows: the first ideas of every prompt, or one page of a single one.

    ``total`` counts the ideas in the prompts that are shown, ``waiting`` those that wait to be read.
    """

    shown: Sequence[Shown]
    counts: dict[int, int]
    number: int
    pages: int
    waiting: int

    @property
    def total(self) -> int:
        """How many ideas there are under the prompts that are shown."""
        return sum(one.total for one in self.shown)

    @property
    def published(self) -> int:
        """How many there are under all prompts, with what is wanted."""
        return sum(self.counts.values())


def is_published_on(board: Board) -> tuple[ColumnElement[bool], ...]:
    """The conditions on Idea that everybody may see it on this board. Comments stand on their idea's own page."""
    return (counting.is_on(board), Idea.published_at.is_not(None), Idea.comment_on_id.is_(None))


def published_on(board: Board) -> Select[int]:
    """Selects the contributions of the ideas that everybody may see on this board."""
    return select(Idea.contribution_id).where(*is_published_on(board))


def wall(session: Session, board: Board, wanted: Wanted) -> Wall:
    """What the page of a board shows. However many ideas there are, it is read with as many statements."""
    conditions = is_published_on(board)
    if board.gathers:
        # Each idea asks its own board how it is supported, so they are read at once.
        session.scalars(select(Board).where(Board.plenary_id == board.id)).all()
    if wanted.theme is not None:
        conditions = (*conditions, Idea.contribution_id.in_(wanted.theme.members))
    prompt_of = counting.fed_prompts(session, board)
    counts = counting.per_prompt(session, prompt_of, conditions)
    waiting = counting.waiting_on(session, board)
    chosen = [column for column in board.columns if wanted.column_id in (None, column.id)]
    if len(chosen) == 1:
        number, pages, offset = paging.place(wanted.number, counts.get(chosen[0].id, 0), PAGE_SIZE)
        size = PAGE_SIZE
    else:
        number, pages, offset = 1, 1, 0
        size = max(FEWEST_FIRST, PAGE_SIZE // len(chosen))
    order = _order(wanted.sort)
    # The keys are found in an index alone, so that what is passed over on the way to a late page is not read.
    keys = [
        select(Idea.contribution_id)
        .where(*conditions, counting.is_under(column.id, prompt_of))
        .order_by(*order)
        .limit(size)
        .offset(offset)
        .subquery()
        for column in chosen
    ]
    ideas = session.scalars(
        select(Idea)
        .where(Idea.contribution_id.in_(union_all(*(select(one.c.contribution_id) for one in keys))))
        .options(joinedload(Idea.contribution))
        .order_by(*order)
    ).all()
    shown = [
        Shown(
            column,
            [idea for idea in ideas if prompt_of.get(idea.column_id, idea.column_id) == column.id],
            counts.get(column.id, 0),
        )
        for column in chosen
    ]
    return Wall(shown, counts, number, pages, waiting)


def _order(sort: Sort) -> tuple[UnaryExpression[Any], ...]:
    """Of two that stand alike the newer comes first, and their keys decide the rest, so that nothing stands on two
    pages or on none."""
    newest = (Idea.published_at.desc(), Idea.contribution_id.desc())
    return (Idea.support_count.desc(), *newest) if sort is Sort.SUPPORTED else newest
