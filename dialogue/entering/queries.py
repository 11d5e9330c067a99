"""Reads of batches, each within what the person may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base import paging
from dialogue.base.errors import NotFound
from dialogue.boards.models import Board, Idea
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue
from dialogue.dialogues.queries import reached_by
from dialogue.entering.models import Batch, BatchRow
from dialogue.followup.models import LeftOut, ThemeContribution
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission

PAGE_SIZE = 25
MOST_NOT_TAKEN = 200

# Which rows of a preview are shown, by the word that stands in the address.
SHOWN: Mapping[str, ColumnElement[bool]] = {
    "": BatchRow.position > 0,
    "wrong": BatchRow.problem.is_not(None) & ~BatchRow.is_left_out,
    "waits": BatchRow.has_findings & BatchRow.problem.is_(None) & ~BatchRow.is_left_out,
    "out": BatchRow.is_left_out.is_(True),
}


@dataclass(frozen=True)
class RowPage:
    """One page of rows; ``total`` counts those of all pages."""

    rows: Sequence[BatchRow]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class Counts:
    """How many rows of a preview become ideas, of these how many wait since the guard found something, how many
    have something to put right, and how many are left out."""

    all: int
    ready: int
    waiting: int
    wrong: int
    out: int


@dataclass(frozen=True)
class Outcome:
    """What a stored batch has become by now: how many are shown, wait for a reveal, wait to be read and were taken
    back, how many lie in a
    theme or were left out of all, and how many rows were not taken in."""

    shown: int
    cleared: int
    waiting: int
    taken_back: int
    other: int
    placed: int
    not_taken: int

    @property
    def came_in(self) -> int:
        """How many ideas the batch became."""
        return self.shown + self.cleared + self.waiting + self.taken_back + self.other


def batch(session: Session, actor: Actor, code: str) -> Batch:
    """A batch for somebody who may manage its board. Raises NotFound, NotAllowed."""
    return _one(session, actor, _batch(actor, code))


def batch_locked(session: Session, actor: Actor, code: str) -> Batch:
    """The same, for storing or undoing it: of two who do so at once the second sees what the first did."""
    statement = _batch(actor, code).with_for_update(of=Batch).execution_options(populate_existing=True)
    return _one(session, actor, statement)


def _batch(actor: Actor, code: str) -> Select[Batch]:
    return (
        select(Batch)
        .join(Batch.board)
        .join(Board.dialogue)
        .where(Batch.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, Permission.MANAGE_BOARDS))
        .options(
            joinedload(Batch.board).options(
                joinedload(Board.dialogue)
                .joinedload(Dialogue.municipality)
                .joinedload(Municipality.district),
                selectinload(Board.columns),
            )
        )
    )


def _one(session: Session, actor: Actor, statement: Select[Batch]) -> Batch:
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    actor.require(Permission.MANAGE_BOARDS, found.board.dialogue.scope())
    return found


def of_board(session: Session, board: Board, most: int) -> Sequence[Batch]:
    """The last few batches of a board, the newest first."""
    chosen = select(Batch).where(Batch.board_id == board.id).order_by(Batch.id.desc()).limit(most)
    return session.scalars(chosen).all()


def rows(session: Session, batch: Batch, number: int, shown: str = "") -> RowPage:
    """One page of a preview's rows, in the order of the sheet. Pages count from 1."""
    chosen = select(BatchRow).where(BatchRow.batch_id == batch.id, SHOWN.get(shown, SHOWN[""]))
    total = session.scalar(chosen.with_only_columns(func.count())) or 0
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    found = session.scalars(chosen.order_by(BatchRow.position).limit(PAGE_SIZE).offset(offset)).all()
    return RowPage(found, number, pages, total)


def counts(session: Session, batch: Batch) -> Counts:
    """What the rows of a preview become, in numbers."""
    taken = ~BatchRow.is_left_out
    right = BatchRow.problem.is_(None)
    row = session.execute(
        select(
            func.count(),
            func.count().filter(taken & right),
            func.count().filter(SHOWN["waits"]),
            func.count().filter(SHOWN["wrong"]),
            func.count().filter(SHOWN["out"]),
        ).where(BatchRow.batch_id == batch.id)
    ).one()
    return Counts(*row)


def first_rows(session: Session, batch: Batch, most: int) -> Sequence[BatchRow]:
    """The first few rows, as examples of what stands in each column."""
    chosen = select(BatchRow).where(BatchRow.batch_id == batch.id).order_by(BatchRow.position).limit(most)
    return session.scalars(chosen).all()


def outcome(session: Session, batch: Batch) -> Outcome:
    """What has become of a stored batch."""
    by_state: dict[ContributionState, int] = dict(
        session.execute(
            select(Contribution.state, func.count())
            .join(BatchRow, BatchRow.contribution_id == Contribution.id)
            .where(BatchRow.batch_id == batch.id)
            .group_by(Contribution.state)
        ).all()
    )
    named = {ContributionState.PUBLISHED, ContributionState.RECEIVED, ContributionState.WITHDRAWN}
    not_taken = select(func.count()).where(BatchRow.batch_id == batch.id, BatchRow.contribution_id.is_(None))
    cleared = session.scalar(
        select(func.count())
        .select_from(Idea)
        .join(BatchRow, BatchRow.contribution_id == Idea.contribution_id)
        .where(BatchRow.batch_id == batch.id, Idea.cleared_at.is_not(None), Idea.published_at.is_(None))
    )
    return Outcome(
        shown=by_state.get(ContributionState.PUBLISHED, 0),
        cleared=cleared or 0,
        waiting=by_state.get(ContributionState.RECEIVED, 0) - (cleared or 0),
        taken_back=by_state.get(ContributionState.WITHDRAWN, 0),
        other=sum(count for state, count in by_state.items() if state not in named),
        placed=placed(session, batch),
        not_taken=session.scalar(not_taken) or 0,
    )


def placed(session: Session, batch: Batch) -> int:
    """How many ideas of a batch lie in a theme, or were left out of all, so that somebody has worked with them."""
    mine = select(BatchRow.contribution_id).where(
        BatchRow.batch_id == batch.id, BatchRow.contribution_id.is_not(None)
    )
    links = (ThemeContribution, LeftOut)
    return sum(
        session.scalar(
            select(func.count(link.contribution_id.distinct())).where(
                link.contribution_id.in_(mine), link.removed_at.is_(None)
            )
        )
        or 0
        for link in links
    )


def ideas_locked(session: Session, batch: Batch) -> Sequence[Idea]:
    """The ideas of a batch with their contributions, for taking them back: nobody changes them meanwhile."""
    return session.scalars(
        select(Idea)
        .join(Idea.contribution)
        .join(BatchRow, BatchRow.contribution_id == Contribution.id)
        .where(BatchRow.batch_id == batch.id)
        .options(joinedload(Idea.contribution))
        .order_by(Idea.contribution_id)
        .with_for_update(of=(Contribution, Idea))
        .execution_options(populate_existing=True)
    ).all()


def rows_at(session: Session, batch: Batch, positions: Sequence[int]) -> list[BatchRow]:
    """The rows at these places of the sheet."""
    chosen = select(BatchRow).where(BatchRow.batch_id == batch.id, BatchRow.position.in_(positions))
    return list(session.scalars(chosen.order_by(BatchRow.position)))


def not_taken(session: Session, batch: Batch) -> Sequence[BatchRow]:
    """The rows of a stored batch that were not taken in, as long as they are kept."""
    chosen = select(BatchRow).where(BatchRow.batch_id == batch.id, BatchRow.contribution_id.is_(None))
    return session.scalars(chosen.order_by(BatchRow.position).limit(MOST_NOT_TAKEN)).all()
