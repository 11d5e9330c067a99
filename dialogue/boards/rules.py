"""State questions about boards; pure."""

from datetime import date, datetime, timedelta

from dialogue.base import clock
from dialogue.base.i18n import _, ngettext
from dialogue.boards.models import Board, BoardState, Idea
from dialogue.dialogues import rules as dialogue_rules
from dialogue.dialogues.models import ContributionState, DialogueState

SATURDAY = 5


def is_open(board: Board, day: date) -> bool:
    """Whether residents can write and support on this day."""
    return (
        board.state is BoardState.OPEN
        and dialogue_rules.takes_free_text(board.dialogue)
        and (board.closes_on is None or day <= board.closes_on)
    )


def takes_entries(board: Board) -> bool:
    """Whether the team can enter what was said elsewhere. A board that is closed for residents still takes
    what was collected on paper until then."""
    return board.dialogue.state is not DialogueState.CLOSED


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
    day = clock.local(received_at).date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


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
