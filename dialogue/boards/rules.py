"""State questions about boards; pure."""

from datetime import date, datetime, timedelta

from dialogue.base import clock, workdays
from dialogue.base.i18n import Lazy, _, lazy, ngettext
from dialogue.boards.models import Board, BoardStage, Column, Idea
from dialogue.boards.walls import TERMS
from dialogue.dialogues import rules as dialogue_rules
from dialogue.dialogues.models import ContributionState, DialogueState

# What is done on a board one after the other, and what each stage lets residents do.
IN_STAGES = (BoardStage.WRITE, BoardStage.REVEAL, BoardStage.SORT, BoardStage.SUPPORT, BoardStage.FREEZE)
ALL_AT_ONCE = (BoardStage.OPEN, BoardStage.FREEZE)
WRITTEN_IN = frozenset({BoardStage.OPEN, BoardStage.WRITE})
SUPPORTED_IN = frozenset({BoardStage.OPEN, BoardStage.SUPPORT})


def stages(board: Board) -> tuple[BoardStage, ...]:
    """The stages that a board goes through, in their order. Nothing has to be revealed where nothing is kept
    back."""
    if not board.in_stages:
        return ALL_AT_ONCE
    if TERMS[board.wall].keeps_back:
        return IN_STAGES
    return tuple(stage for stage in IN_STAGES if stage is not BoardStage.REVEAL)


def stage_at(board: Board, now: datetime) -> BoardStage:
    """The stage that a board is in: the one it was set to, or that a set time has brought since."""
    due = [time for time in board.stage_times if time.at <= now]
    return max(due, key=lambda time: time.at).stage if due else board.stage


def next_stage(board: Board, now: datetime) -> BoardStage | None:
    """The stage that comes after the present one; None after the last."""
    return _beside(board, now, 1)


def stage_before(board: Board, now: datetime) -> BoardStage | None:
    """The stage before the present one; None before the first."""
    return _beside(board, now, -1)


def _beside(board: Board, now: datetime, steps: int) -> BoardStage | None:
    order, stage = stages(board), stage_at(board, now)
    place = order.index(stage) + steps if stage in order else 0
    return order[place] if 0 <= place < len(order) else None


def takes_ideas(board: Board, now: datetime) -> bool:
    """Whether residents can write now. On a plenary wall nobody writes: it shows what the groups have written."""
    return not board.gathers and stage_at(board, now) in WRITTEN_IN and _is_in_time(board, now)


def takes_comments(board: Board, now: datetime) -> bool:
    """Whether residents can comment on each other's ideas now: as long as a board that takes comments is open."""
    return board.takes_comments and stage_at(board, now) is not BoardStage.FREEZE and _is_in_time(board, now)


def takes_support(board: Board, now: datetime) -> bool:
    """Whether residents can give support, and take it back, now."""
    return stage_at(board, now) in SUPPORTED_IN and _is_in_time(board, now)


def _is_in_time(board: Board, now: datetime) -> bool:
    return dialogue_rules.takes_free_text(board.dialogue) and (
        board.closes_on is None or clock.local(now).date() <= board.closes_on
    )


def is_revealed(board: Board) -> bool:
    """Whether what is written on a board is shown, as far as its wall goes; a column can be hidden besides."""
    return board.revealed_at is not None or not TERMS[board.wall].keeps_back


def is_kept_back(board: Board, column: Column) -> bool:
    """Whether an idea under this prompt waits for a reveal, also when it may be shown."""
    return column.is_hidden or not is_revealed(board)


def keeps_back(board: Board) -> bool:
    """Whether anything on a board is kept back."""
    return any(is_kept_back(board, column) for column in board.columns)


def may_change_wall(board: Board) -> bool:
    """Whether a board can become another kind of wall. A group's board is what its plenary wall is."""
    return board.plenary_id is None and not board.gathers


def takes_entries(board: Board) -> bool:
    """Whether the team can enter what was said elsewhere. A board that is closed for residents still takes
    what was collected on paper until then."""
    return why_no_entries(board) is None


def why_no_entries(board: Board) -> Lazy | None:
    """Why the team cannot enter what was said elsewhere; None when they can."""
    reasons: list[tuple[bool, Lazy]] = [
        (
            board.gathers,
            lazy("The plenary wall shows what the groups have written. Use the board of a group instead."),
        ),
        (
            board.dialogue.state is DialogueState.CLOSED,
            lazy("This dialogue has ended, so nothing can be added."),
        ),
    ]
    return next((why for holds, why in reasons if holds), None)


def can_change(idea: Idea) -> bool:
    """Whether the writer can change the idea and send it again: as long as nobody else has seen it.

    It was given in time, so the board's own closing does not stand in the way, only the dialogue's end.
    """
    return idea.contribution.state in {
        ContributionState.RECEIVED,
        ContributionState.RETURNED,
    } and dialogue_rules.takes_input(idea.board.dialogue)


def read_by(received_at: datetime) -> date:
    """The day by which we promised to have read an idea: the working day after the one it came."""
    return workdays.first_workday_from(clock.local(received_at).date() + timedelta(days=1))


def is_late(received_at: datetime, today: date) -> bool:
    """Whether an idea has waited longer than we promised."""
    return today > read_by(received_at)


def waited(received_at: datetime, now: datetime) -> str:
    """How long an idea has waited, in whole hours or days."""
    hours = int((now - received_at) / timedelta(hours=1))
    if hours < 1:
        return _("Came just now")
    if hours < 24:
        return ngettext("Has waited %(num)s hour", "Has waited %(num)s hours", hours)
    return ngettext("Has waited %(num)s day", "Has waited %(num)s days", hours // 24)
