"""Reads of boards with their loading plans."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload, selectinload

from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.boards import rules
from dialogue.boards.models import Board, Column, Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import (
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    DialogueState,
)
from dialogue.places.models import Municipality
from dialogue.residents.models import FollowCode
from dialogue.web.sources import SourceText


@dataclass(frozen=True)
class IdeaPage:
    """One page of ideas; ``total`` counts those of all pages."""

    ideas: Sequence[Idea]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class BoardCount:
    """How many ideas of a board are published, how many wait to be read, since when the oldest does, and how
    many are kept back until a reveal."""

    published: int = 0
    waiting: int = 0
    oldest: datetime | None = None
    kept_back: int = 0


def public_version(session: Session, code: str) -> Hashable | None:
    """What a public board's page hangs on; None for a board nobody may see."""
    return version_of(session, _BOARD_VERSION, code=code)


_BOARD_VERSION = (
    select(Dialogue.id, Dialogue.version)
    .join(Board, Board.dialogue_id == Dialogue.id)
    .where(Board.code == bindparam("code"), Dialogue.state != DialogueState.DRAFT)
)


def idea_version(session: Session, code: str) -> Hashable | None:
    """What a published idea's page hangs on; None for one nobody may see."""
    return version_of(
        session,
        select(Dialogue.id, Dialogue.version)
        .join(Contribution, Contribution.dialogue_id == Dialogue.id)
        .join(Idea, Idea.contribution_id == Contribution.id)
        .where(
            Contribution.code == code, Idea.published_at.is_not(None), Dialogue.state != DialogueState.DRAFT
        ),
    )


def public_board(session: Session, code: str) -> Board:
    """A board that anybody may see, with its dialogue and columns. Raises NotFound."""
    # Everybody who writes an idea needs this, so it is one statement; a board has a dozen columns at most.
    board = (
        session.scalars(
            select(Board)
            .join(Board.dialogue)
            .where(Board.code == code, Dialogue.state != DialogueState.DRAFT)
            .options(
                contains_eager(Board.dialogue).options(*(defer(text) for text in _LONG_TEXTS)),
                joinedload(Board.columns),
                joinedload(Board.stage_times),
            )
        )
        .unique()
        .one_or_none()
    )
    if board is None:
        raise NotFound
    return board


# Of the dialogue, a board shows the question only.
_LONG_TEXTS = (Dialogue.purpose, Dialogue.privacy_notice, Dialogue.note)


def public_idea(session: Session, code: str) -> Idea:
    """An idea that anybody may see, with its board, dialogue and column. Raises NotFound."""
    idea = session.scalars(
        whole_idea()
        .join(Board.dialogue)
        .where(
            Contribution.code == code, Idea.published_at.is_not(None), Dialogue.state != DialogueState.DRAFT
        )
    ).one_or_none()
    if idea is None:
        raise NotFound
    return idea


def public_picture(session: Session, code: str, size: str) -> str:
    """The address of the picture of an idea that anybody may see. Raises NotFound."""
    column = Idea.picture if size == "full" else Idea.picture_small
    address = session.scalar(
        select(column)
        .join(Idea.contribution)
        .join(Contribution.dialogue)
        .where(
            Contribution.code == code,
            Contribution.state == ContributionState.PUBLISHED,
            Idea.published_at.is_not(None),
            Dialogue.state != DialogueState.DRAFT,
        )
    )
    if not address:
        raise NotFound
    return address


def files_in_use(session: Session) -> set[str]:
    """The addresses of the files that ideas name."""
    rows = session.execute(select(Idea.picture, Idea.picture_small).where(Idea.picture != ""))
    return {address for row in rows for address in row}


def support_count(session: Session, code: str) -> int:
    """How many support an idea now."""
    return (
        session.scalar(select(Idea.support_count).join(Idea.contribution).where(Contribution.code == code))
        or 0
    )


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


def board_in(session: Session, dialogue: Dialogue, code: str) -> Board:
    """A board of a dialogue. Raises NotFound."""
    board = session.scalars(
        with_all(select(Board)).where(Board.dialogue_id == dialogue.id, Board.code == code)
    ).one_or_none()
    if board is None:
        raise NotFound
    return board


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
    counts = board_counts(session, Contribution.dialogue_id == dialogue.id) if boards else {}
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
    """Counts by board id of the ideas that meet conditions on contribution and dialogue."""
    received = Contribution.state == ContributionState.RECEIVED
    waits = and_(received, Idea.cleared_at.is_(None))
    rows = session.execute(
        select(
            Idea.board_id,
            func.count(Idea.published_at),
            func.count().filter(waits),
            func.min(Contribution.received_at).filter(waits),
            func.count().filter(received, Idea.cleared_at.is_not(None)),
        )
        .join(Idea.contribution)
        .join(Contribution.dialogue)
        .where(*conditions)
        .group_by(Idea.board_id)
    )
    return {row[0]: BoardCount(row[1], row[2], row[3], row[4]) for row in rows}


def followed_idea(session: Session, follow_code: FollowCode) -> Idea:
    """The idea that the holder of a code gave. Raises NotFound when they gave something else."""
    return _first(session, _followed(follow_code))


def followed_idea_locked(session: Session, follow_code: FollowCode) -> Idea:
    """The same, for changing it: nobody else can change or publish it until this transaction ends."""
    hold_boards(
        session,
        select(Idea.board_id).join(Idea.contribution).where(Contribution.follow_code_id == follow_code.id),
    )
    return _first(session, locked(_followed(follow_code)))


def locked(statement: Select[Idea]) -> Select[Idea]:
    """Ideas as they are once nobody else is changing them. Both rows are locked: of a joined row that is
    not, PostgreSQL would show what it was before the wait."""
    return statement.with_for_update(of=(Contribution, Idea)).execution_options(populate_existing=True)


def hold(session: Session, board: Board) -> None:
    """Let a board that keeps something back stand as it is until this transaction ends, and read anew how it
    stands: an idea that is stored at the moment of the reveal is then either before or after it."""
    if rules.keeps_back(board):
        hold_boards(session, select(Board.id).where(Board.id == board.id))
        session.expire(board, ["stage", "revealed_at", "stage_times"])
        for column in board.columns:
            session.expire(column, ["is_hidden"])


def hold_boards(session: Session, ids: Select[int]) -> None:
    """Let boards stand as they are until this transaction ends. Always before what is on them is locked, which
    is the order of the reveal."""
    session.execute(select(Board.id).where(Board.id.in_(ids)).with_for_update(read=True))


def _followed(follow_code: FollowCode) -> Select[Idea]:
    return whole_idea().where(Contribution.follow_code_id == follow_code.id)


def _first(session: Session, statement: Select[Idea]) -> Idea:
    idea = session.scalars(statement).first()
    if idea is None:
        raise NotFound
    return idea


def idea_of(session: Session, contribution: Contribution) -> Idea:
    """The idea that a contribution anchors, with its board and column."""
    return session.scalars(whole_idea().where(Idea.contribution_id == contribution.id)).one()


def whole_idea() -> Select[Idea]:
    """Selects ideas with their contribution, board, dialogue and column."""
    return (
        select(Idea)
        .join(Idea.contribution)
        .join(Idea.board)
        .options(
            contains_eager(Idea.contribution),
            contains_eager(Idea.board).options(joinedload(Board.dialogue), selectinload(Board.columns)),
            joinedload(Idea.column),
        )
    )


def source_texts(session: Session, ids: Collection[int]) -> dict[int, SourceText]:
    """The words of ideas by their contribution's id, for whoever gathers them under themes."""
    rows = session.execute(
        select(Idea.contribution_id, Idea.title, Idea.text, Idea.support_count, Board.title)
        .join(Idea.board)
        .where(Idea.contribution_id.in_(ids))
    )
    return {key: SourceText(text, title, str(where), support) for key, title, text, support, where in rows}


def holds_words(words: str) -> ColumnElement[bool]:
    """The condition on Contribution that it is an idea with these words."""
    said = select(Idea.title + "\n" + Idea.text).where(Idea.contribution_id == Contribution.id)
    return contributions.says(said, words)


def support_of_contribution() -> ColumnElement[int]:
    """How many support the idea of a Contribution; NULL for something else."""
    return (
        select(Idea.support_count)
        .where(Idea.contribution_id == Contribution.id)
        .correlate(Contribution)
        .scalar_subquery()
    )


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
                Contribution.state == ContributionState.RECEIVED,
                Idea.cleared_at.is_(None),
                *conditions,
            )
        )
        or 0
    )


def waiting_on(session: Session, board: Board) -> int:
    """How many ideas wait to be read on a board, or on the boards that it gathers."""
    return waiting(session, is_on(board), Idea.published_at.is_(None))


def with_all(statement: Select[Board]) -> Select[Board]:
    """The statement with what a board's rules and rights need: its dialogue, place and columns."""
    return statement.options(
        joinedload(Board.dialogue).joinedload(Dialogue.municipality).joinedload(Municipality.district),
        selectinload(Board.columns),
    )
