"""What residents do on a board."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import lazy
from dialogue.boards import rules
from dialogue.boards.models import Board, Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Channel, ContributionKind, ContributionState
from dialogue.residents import operations as residents
from dialogue.residents.operations import Receipt


@dataclass(frozen=True)
class Draft:
    """An idea as it is written."""

    column_id: int
    title: str
    text: str
    language: str


def write_idea(session: Session, board: Board, draft: Draft, submission_key: str) -> Receipt:
    """Store a resident's idea and give them the code to follow it by.

    Raises Closed when the board takes no ideas now, Invalid when the column is not one of the board's.
    """
    if not rules.is_open(board, clock.today()):
        raise Closed(lazy("This board is closed for new ideas. What you wrote is still here, so you can copy it."))
    if draft.column_id not in {column.id for column in board.columns}:
        raise Invalid(lazy("Choose which question your idea answers."), "column")
    content = f"idea\0{board.id}\0{draft.column_id}\0{draft.title}\0{draft.text}"
    receipt = residents.issue_code(session, submission_key, content, draft.language)
    if receipt.is_new:
        contribution = contributions.receive(
            session,
            board.dialogue_id,
            ContributionKind.IDEA,
            Channel.WEB,
            draft.language,
            follow_code_id=receipt.follow_code_id,
        )
        idea = Idea(
            contribution=contribution,
            board_id=board.id,
            column_id=draft.column_id,
            title=draft.title,
            text=draft.text,
        )
        session.add(idea)
        if not board.moderated:
            publish(session, idea, None)
    return receipt


def publish(session: Session, idea: Idea, actor_id: int | None) -> None:
    """Let everybody see an idea."""
    idea.published_at = clock.now()
    contributions.move(session, idea.contribution, ContributionState.PUBLISHED, actor_id=actor_id)
    contributions.raise_version(session, idea.contribution.dialogue_id)
