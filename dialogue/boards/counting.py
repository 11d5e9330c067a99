"""How many ideas are shown, wait and are kept back, board by board; and which ideas are a board's."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from dialogue.boards.models import Board, Column, Idea
from dialogue.dialogues.models import Contribution, ContributionKind, ContributionState, Dialogue


@dataclass(frozen=True)
class BoardCount:
    """How many ideas of a board are published; and with the comments on them how many wait to be read, since when
    the oldest does, and how many are kept back until a reveal."""

    published: int = 0
    waiting: int = 0
    oldest: datetime | None = None
    kept_back: int = 0


def count_of(session: Session, board: Board) -> BoardCount:
    """The counts of one board; of a plenary wall, those of the boards that it gathers."""
    return _together(board_counts(session, is_on(board)).values())


def is_on(board: Board) -> ColumnElement[bool]:
    """The condition on Idea that it is on a board; on a plenary wall are those of the boards it gathers."""
    if not board.gathers:
        return Idea.board_id == board.id
    return Idea.board_id.in_(select(Board.id).where(or_(Board.id == board.id, Board.plenary_id == board.id)))


def fed_prompts(session: Session, board: Board) -> dict[int, int]:
    """Of a plenary wall, which of its prompts each prompt of its groups' boards feeds; of another board nothing."""
    if not board.gathers:
        return {}
    own = [column.id for column in board.columns]
    rows = session.execute(select(Column.id, Column.feeds_id).where(Column.feeds_id.in_(own)))
    return {key: fed for key, fed in rows if fed is not None}


def per_prompt(
    session: Session, prompt_of: Mapping[int, int], conditions: Sequence[ColumnElement[bool]]
) -> Counter[int]:
    """How many ideas meet conditions, by prompt; 0 where there is none."""
    counts = Counter[int]()
    counted = select(Idea.column_id, func.count()).where(*conditions).group_by(Idea.column_id)
    for column_id, number in session.execute(counted):
        counts[prompt_of.get(column_id, column_id)] += number
    return counts


def is_under(prompt_id: int, prompt_of: Mapping[int, int]) -> ColumnElement[bool]:
    """The condition on Idea that it answers a prompt, on a plenary wall also on the boards that feed it."""
    if not prompt_of:
        return Idea.column_id == prompt_id
    return Idea.column_id.in_([prompt_id, *(key for key, prompt in prompt_of.items() if prompt == prompt_id)])


def of_dialogue(session: Session, dialogue: Dialogue) -> list[tuple[Board, BoardCount]]:
    """A dialogue's boards in the order they were made, each with its counts. Those of groups stand for nothing of
    their own: their plenary wall shows and counts what is on them."""
    boards = (
        session.scalars(
            select(Board)
            .where(Board.dialogue_id == dialogue.id)
            .order_by(Board.id)
            .options(joinedload(Board.stage_times))
        )
        .unique()
        .all()
    )
    # Of both its halves, so that a database reads no more of either than this.
    is_here = (Contribution.dialogue_id == dialogue.id, Idea.board_id.in_([board.id for board in boards]))
    counts = board_counts(session, *is_here) if boards else {}
    return [
        (
            board,
            _together(
                counts[one.id] for one in boards if one.id in counts and board.id in {one.id, one.plenary_id}
            ),
        )
        for board in boards
        if board.plenary_id is None
    ]


def _together(counts: Iterable[BoardCount]) -> BoardCount:
    there = list(counts)
    return BoardCount(
        sum(one.published for one in there),
        sum(one.waiting for one in there),
        min((one.oldest for one in there if one.oldest), default=None),
        sum(one.kept_back for one in there),
    )


def board_counts(session: Session, *conditions: ColumnElement[bool]) -> dict[int, BoardCount]:
    """Counts by board id of the ideas that meet conditions on idea, contribution and dialogue."""
    received = Contribution.state == ContributionState.RECEIVED
    rows = session.execute(
        select(
            Idea.board_id,
            func.count(Idea.published_at).filter(Idea.comment_on_id.is_(None)),
            func.count().filter(waits()),
            func.min(Contribution.received_at).filter(waits()),
            func.count().filter(received, Idea.cleared_at.is_not(None)),
        )
        .join(Idea.contribution)
        .join(Contribution.dialogue)
        .where(*conditions)
        .group_by(Idea.board_id)
    )
    return {row[0]: BoardCount(row[1], row[2], row[3], row[4]) for row in rows}


def waits() -> ColumnElement[bool]:
    """The condition on Contribution and Idea that it waits to be read."""
    return and_(Contribution.state == ContributionState.RECEIVED, Idea.cleared_at.is_(None))


def waiting(session: Session, *conditions: ColumnElement[bool]) -> int:
    """How many ideas wait to be read, of those that meet conditions on idea, contribution and dialogue."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Idea)
            .join(Idea.contribution)
            .join(Contribution.dialogue)
            .where(
                Contribution.kind == ContributionKind.IDEA,
                waits(),
                *conditions,
            )
        )
        or 0
    )


def waiting_on(session: Session, board: Board) -> int:
    """How many ideas wait to be read on a board, or on the boards that it gathers."""
    return waiting(session, is_on(board), Idea.published_at.is_(None))
