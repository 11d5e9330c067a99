"""State questions about boards; pure."""

from datetime import date

from dialogue.boards.models import Board, BoardState
from dialogue.dialogues import rules as dialogue_rules


def is_open(board: Board, day: date) -> bool:
    """Whether residents can write and support on this day."""
    return (
        board.state is BoardState.OPEN
        and dialogue_rules.takes_input(board.dialogue)
        and (board.closes_on is None or day <= board.closes_on)
    )
