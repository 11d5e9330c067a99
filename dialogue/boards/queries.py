"""Reads of boards and ideas with their loading plans, and the locks under which they are changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from dialogue.base.errors import NotFound
from dialogue.boards import rules
from dialogue.boards.models import Board, Idea
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.places.models import Municipality
from dialogue.residents.models import FollowCode


@dataclass(frozen=True)
class IdeaPage:
    """One page of ideas; ``total`` counts those of all pages."""

    ideas: Sequence[Idea]
    number: int
    pages: int
    total: int


def files_in_use(session: Session) -> set[str]:
    """The addresses of the files that ideas name."""
    rows = session.execute(select(Idea.picture, Idea.picture_small).where(Idea.picture != ""))
    return {address for row in rows for address in row}


def board_in(session: Session, dialogue: Dialogue, code: str) -> Board:
    """A board of a dialogue. Raises NotFound."""
    board = session.scalars(
        with_all(select(Board)).where(Board.dialogue_id == dialogue.id, Board.code == code)
    ).one_or_none()
    if board is None:
        raise NotFound
    return board


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
    """Selects ideas with their contribution, board, dialogue and column, and what they are comments on."""
    return (
        select(Idea)
        .join(Idea.contribution)
        .join(Idea.board)
        .options(
            contains_eager(Idea.contribution),
            contains_eager(Idea.board).options(joinedload(Board.dialogue), selectinload(Board.columns)),
            joinedload(Idea.column),
            joinedload(Idea.comment_on),
        )
    )


def with_all(statement: Select[Board]) -> Select[Board]:
    """The statement with what a board's rules and rights need: its dialogue, place and columns."""
    return statement.options(
        joinedload(Board.dialogue).joinedload(Dialogue.municipality).joinedload(Municipality.district),
        selectinload(Board.columns),
    )
