"""What the pages of a board are told while they are open, and to whom it may be shown.

Every operation after which a public board may look different calls one of these in its transaction. They say
only what may have changed: what is sent is read anew, as the public may see it at that moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.base import live
from dialogue.boards.models import Board, Idea
from dialogue.dialogues.models import Dialogue

_IDEA, _SUPPORT, _BOARD = "idea", "support", "board"


def stream_of(board_id: int) -> str:
    """The name of a board's stream."""
    return f"board {board_id}"


def idea_changed(session: Session, idea: Idea) -> None:
    """An idea may be shown now, be shown no more, or say something else."""
    _note(session, idea, _IDEA)


def support_changed(session: Session, idea: Idea) -> None:
    """Only an idea's count of support is another."""
    _note(session, idea, _SUPPORT)


def _note(session: Session, idea: Idea, kind: str) -> None:
    # Whoever reads the plenary wall sees what is on the boards that it gathers.
    plenary_id = idea.board.plenary_id
    # Of a comment a board shows only that the idea has it.
    shown_id = idea.comment_on_id or idea.contribution_id
    for board_id in (idea.board_id, *([plenary_id] if plenary_id else [])):
        live.note(session, stream_of(board_id), f"{kind} {shown_id}")


def board_changed(session: Session, board: Board) -> None:
    """The board itself is another: its texts, columns or stage, or more ideas at once than are told singly."""
    live.note(session, stream_of(board.id), _BOARD)


def opened_or_closed(session: Session, dialogue: Dialogue) -> None:
    """All boards of a dialogue take ideas and support from now on, or no more."""
    for board_id in session.scalars(select(Board.id).where(Board.dialogue_id == dialogue.id)):
        live.note(session, stream_of(board_id), _BOARD)


@dataclass
class Changed:
    """What may have changed on a board: ideas in the order of their last change."""

    board: bool = False
    ideas: list[int] = field(default_factory=list)
    supported: list[int] = field(default_factory=list)

    @classmethod
    def read(cls, subjects: Iterable[str]) -> Self:
        """From the subjects of events."""
        changed = cls()
        for subject in subjects:
            kind, _space, number = subject.partition(" ")
            if kind == _BOARD:
                changed.board = True
            else:
                (changed.ideas if kind == _IDEA else changed.supported).append(int(number))
        return changed
