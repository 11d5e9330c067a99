"""Moving a board from stage to stage, by hand, by the clock and by a meeting's run sheet; and the reveal."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from dialogue.base import audit, clock
from dialogue.base.db import Database
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import lazy
from dialogue.boards import news, rules
from dialogue.boards.models import Board, BoardStage, BoardStageTime, Column, Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.web.permissions import Actor, Permission


def move(session: Session, actor: Actor, board: Board, to: BoardStage) -> None:
    """Bring a board to a stage by hand; a plenary wall takes its groups' boards with it.

    Nothing happens when it is there already, so that two who press at once move it once. Raises NotAllowed,
    Closed for a group's board, Invalid for a stage that the board does not go through.
    """
    actor.require(Permission.MANAGE_BOARDS, board.dialogue.scope())
    _move_by(session, actor, board, to)


def begin(session: Session, actor: Actor, board: Board, to: BoardStage) -> None:
    """Bring a board to the stage that the run sheet of a meeting names, for whoever leads the evening. Raises as
    ``move`` does."""
    actor.require(Permission.FACILITATE, board.dialogue.scope())
    _move_by(session, actor, board, to)


def plan(session: Session, actor: Actor, board: Board, times: Mapping[BoardStage, datetime]) -> None:
    """Say when a board goes to its stages by itself, instead of what was said before.

    Raises NotAllowed, Closed for a group's board, Invalid when a later stage would come before an earlier one, or
    a time has passed.
    """
    actor.require(Permission.MANAGE_BOARDS, board.dialogue.scope())
    boards = _locked(session, board)
    order = [stage for stage in rules.stages(boards[0]) if stage in times]
    if set(order) != set(times):
        raise Invalid(lazy("This board does not go through that stage."))
    moments = [times[stage] for stage in order]
    if any(moment <= clock.now() for moment in moments):
        raise Invalid(lazy("A time has passed already. Choose one that is still to come."))
    if any(later <= earlier for earlier, later in pairwise(moments)):
        raise Invalid(lazy("Each stage must begin after the one before it."))
    for one in boards:
        session.execute(delete(BoardStageTime).where(BoardStageTime.board_id == one.id))
        session.expire(one, ["stage_times"])
        one.stage_times = [BoardStageTime(stage=stage, at=at) for stage, at in times.items()]
    _changed(session, actor, "plan", boards)


def move_due(database: Database) -> int:
    """Move every board whose time has come; return how many. What is due counts from its moment on, also before
    this has run; what it brings is the reveal itself."""
    with database.reading() as session:
        due = select(BoardStageTime.board_id).where(BoardStageTime.at <= clock.now())
        ids = session.scalars(
            select(Board.id).where(Board.id.in_(due), Board.plenary_id.is_(None)).order_by(Board.id)
        ).all()
    return sum(_move_one_due(database, board_id) for board_id in ids)


def show_column(session: Session, actor: Actor, board: Board, column_id: int) -> int:
    """Show what has been kept back under one prompt, as far as the board itself is shown; return how many ideas
    became public. Raises NotAllowed, Closed for a group's board, Invalid when the prompt is not the board's."""
    actor.require(Permission.MANAGE_BOARDS, board.dialogue.scope())
    boards = _locked(session, board)
    if column_id not in {column.id for column in boards[0].columns}:
        raise Invalid(lazy("This question is not one of the board's."))
    for one in boards:
        for column in one.columns:
            if column_id in {column.id, column.feeds_id}:
                column.is_hidden = False
    session.flush()
    shown = publish_cleared(session, [one for one in boards if rules.is_revealed(one)])
    _changed(session, actor, "show", boards)
    return shown


def publish_cleared(session: Session, boards: Collection[Board]) -> int:
    """Let everybody see what was kept back on boards and may be shown; return how much it was.

    The caller has locked the boards. What the guard found something in, and nobody has read, waits on. However
    much it is, it takes one statement for each table.
    """
    ids = session.scalars(
        select(Idea.contribution_id)
        .join(Idea.contribution)
        .join(Idea.column)
        .where(
            Idea.board_id.in_([board.id for board in boards]),
            Idea.cleared_at.is_not(None),
            Contribution.state == ContributionState.RECEIVED,
            Column.is_hidden.is_(False),
        )
        .order_by(Idea.contribution_id)
        .with_for_update(of=(Contribution, Idea))
    ).all()
    if not ids:
        return 0
    now = clock.now()
    session.execute(
        update(Idea)
        .where(Idea.contribution_id.in_(ids))
        .values(published_at=now, cleared_at=None)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Contribution)
        .where(Contribution.id.in_(ids))
        .values(state=ContributionState.PUBLISHED)
        .execution_options(synchronize_session=False)
    )
    # Whoever leads the board shows all at once, and has not read it by that: no line names them.
    contributions.note_published(session, next(iter(boards)).dialogue_id, ids)
    session.expire_all()
    return len(ids)


def _locked(session: Session, board: Board) -> list[Board]:
    """A board and those that feed it, as they are once nobody else is moving or writing on them. Raises Closed for
    one that follows its plenary wall."""
    if board.plenary_id is not None:
        raise Closed(lazy("This board follows its plenary wall. Move that one."))
    return list(
        session.scalars(
            select(Board)
            .where((Board.id == board.id) | (Board.plenary_id == board.id))
            .order_by(Board.id)
            .options(selectinload(Board.columns))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _move_by(session: Session, actor: Actor, board: Board, to: BoardStage) -> None:
    boards = _locked(session, board)
    if to not in rules.stages(boards[0]):
        raise Invalid(lazy("This board does not go through that stage."))
    if _go(session, boards, to):
        _changed(session, actor, to.value, boards)


def _move_one_due(database: Database, board_id: int) -> bool:
    with database.writing() as session:
        boards = _locked(session, session.get_one(Board, board_id))
        to = rules.stage_at(boards[0], clock.now())
        moved = _go(session, boards, to)
        if moved:
            _tell(session, boards)
        return moved


def _go(session: Session, boards: Sequence[Board], to: BoardStage) -> bool:
    """Set the stage, forget the times that it has overtaken, and reveal what it is time for."""
    order = rules.stages(boards[0])
    place = order.index(to)
    overtaken = [
        time
        for board in boards
        for time in board.stage_times
        if time.stage not in order or order.index(time.stage) <= place
    ]
    if not overtaken and all(board.stage is to for board in boards):
        return False
    for board in boards:
        board.stage = to
        board.stage_times = [time for time in board.stage_times if time not in overtaken]
    is_shown_by_now = BoardStage.REVEAL in order and place >= order.index(BoardStage.REVEAL)
    if is_shown_by_now and not rules.is_revealed(boards[0]):
        for board in boards:
            board.revealed_at = clock.now()
    session.flush()
    if is_shown_by_now:
        publish_cleared(session, boards)
    return True


def _changed(session: Session, actor: Actor, verb: str, boards: Sequence[Board]) -> None:
    audit.record(session, actor.user_id, verb, "board", boards[0].id, boards[0].dialogue_id)
    _tell(session, boards)


def _tell(session: Session, boards: Sequence[Board]) -> None:
    session.flush()
    contributions.raise_version(session, boards[0].dialogue_id)
    for board in boards:
        news.board_changed(session, board)
