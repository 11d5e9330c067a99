"""Boards for the groups of a meeting, one each, and the plenary wall that gathers them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.base import audit
from dialogue.base.errors import Closed
from dialogue.base.i18n import Translated, lazy
from dialogue.boards.keeping import feed
from dialogue.boards.models import LONGEST_LABEL, Board, BoardStage, BoardStageTime, Column
from dialogue.boards.walls import BoardWall
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.web.gatherings import Gathering, Seat
from dialogue.web.permissions import Actor, Permission


def make_for_groups(session: Session, actor: Actor, dialogue: Dialogue, gathering: Gathering) -> Board:
    """Make a board for each group of a meeting that has none, and once the plenary wall that gathers them; return
    the plenary wall. Pressed twice, it makes nothing twice.

    It asks the dialogue's question until somebody changes that. Raises NotAllowed, Closed without groups.
    """
    actor.require(Permission.MANAGE_BOARDS, dialogue.scope())
    if not gathering.seats:
        raise Closed(lazy("Make the groups first."))
    # Of two who press at once the second waits here, and then finds what the first has made.
    session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    plenary = plenary_of(session, dialogue, gathering.code) or _make_plenary(session, dialogue, gathering)
    there = {board.made_for for board in plenary.group_boards}
    for seat in gathering.seats:
        if seat.code not in there:
            plenary.group_boards.append(_board_for(plenary, seat))
    session.flush()
    contributions.raise_version(session, dialogue.id)
    audit.record(session, actor.user_id, "make", "board", plenary.id, dialogue.id)
    return plenary


def plenary_of(session: Session, dialogue: Dialogue, meeting_code: str) -> Board | None:
    """The plenary wall of a meeting, if it has one."""
    return session.scalars(
        select(Board).where(
            Board.dialogue_id == dialogue.id, Board.made_for == meeting_code, Board.gathers.is_(True)
        )
    ).first()


def board_of(session: Session, dialogue: Dialogue, group_code: str) -> Board | None:
    """The board of a group of a meeting, if it has one."""
    return session.scalars(
        select(Board).where(
            Board.dialogue_id == dialogue.id, Board.made_for == group_code, Board.plenary_id.is_not(None)
        )
    ).first()


def _make_plenary(session: Session, dialogue: Dialogue, gathering: Gathering) -> Board:
    plenary = Board(
        dialogue_id=dialogue.id,
        title=gathering.title,
        intro=Translated(),
        wall=BoardWall.MEETING,
        in_stages=True,
        stage=BoardStage.WRITE,
        gathers=True,
        made_for=gathering.code,
        columns=[Column(position=1, title=dialogue.question)],
    )
    session.add(plenary)
    session.flush()
    return plenary


def _board_for(plenary: Board, seat: Seat) -> Board:
    board = Board(
        dialogue_id=plenary.dialogue_id,
        title=seat.name,
        intro=plenary.intro,
        wall=plenary.wall,
        in_stages=plenary.in_stages,
        stage=plenary.stage,
        revealed_at=plenary.revealed_at,
        closes_on=plenary.closes_on,
        support_kind=plenary.support_kind,
        dots_each=plenary.dots_each,
        takes_comments=plenary.takes_comments,
        label_for_writers=seat.label[:LONGEST_LABEL],
        made_for=seat.code,
        stage_times=[BoardStageTime(stage=time.stage, at=time.at) for time in plenary.stage_times],
    )
    feed(board, plenary)
    return board
