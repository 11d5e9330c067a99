"""Making and changing boards, and closing them for new ideas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.base import audit
from dialogue.base.errors import Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.boards import news
from dialogue.boards.models import Board, BoardState, Column, Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.residents import operations as residents
from dialogue.web.permissions import Actor, Permission

MOST_COLUMNS = 12


@dataclass(frozen=True)
class ColumnPlan:
    """One prompt as it should be: ``column_id`` is None for a new one."""

    title: Translated
    position: int
    column_id: int | None = None
    remove: bool = False


@dataclass(frozen=True)
class BoardPlan:
    """A board as it should be."""

    title: Translated
    intro: Translated
    columns: Sequence[ColumnPlan] = field(default_factory=tuple)
    moderated: bool = True
    closes_on: date | None = None


def make_board(session: Session, actor: Actor, dialogue: Dialogue, plan: BoardPlan, key: str) -> Board:
    """Make a board, open at once; the same page sent twice makes one.

    Raises NotAllowed, Invalid without a prompt.
    """
    actor.require(Permission.MANAGE_BOARDS, dialogue.scope())
    columns = _planned(plan)
    if not residents.first_time(session, key, f"board\0{dialogue.id}\0{plan!r}"):
        newest = select(Board).where(Board.dialogue_id == dialogue.id).order_by(Board.id.desc()).limit(1)
        return session.scalars(newest).one()
    board = _new(session, dialogue, plan, columns)
    audit.record(session, actor.user_id, "make", "board", board.id, dialogue.id)
    return board


def change_board(session: Session, actor: Actor, board: Board, plan: BoardPlan) -> None:
    """Change a board's texts, prompts and terms.

    Raises NotAllowed; Invalid when no prompt would be left, or one is removed that has ideas.
    """
    actor.require(Permission.MANAGE_BOARDS, board.dialogue.scope())
    columns = _planned(plan)
    there = {column.id: column for column in board.columns}
    for gone in (entry.column_id for entry in plan.columns if entry.remove and entry.column_id in there):
        if session.scalar(select(Idea.contribution_id).where(Idea.column_id == gone).limit(1)) is not None:
            raise Invalid(lazy("A question that has ideas cannot be removed."), "columns")
        board.columns.remove(there[gone or 0])
    for place, entry in enumerate(columns, start=1):
        column = there.get(entry.column_id or 0)
        if column is None:
            board.columns.append(Column(position=place, title=entry.title))
        else:
            column.position, column.title = place, entry.title
    board.title, board.intro = plan.title, plan.intro
    board.moderated, board.closes_on = plan.moderated, plan.closes_on
    _changed(session, actor, "change", board)


def freeze(session: Session, actor: Actor, board: Board) -> None:
    """Close a board for new ideas and support; what is there stays readable. Raises NotAllowed."""
    _set_state(session, actor, board, BoardState.FROZEN)


def reopen(session: Session, actor: Actor, board: Board) -> None:
    """Open a board again; a closing date that has passed must be moved as well. Raises NotAllowed."""
    _set_state(session, actor, board, BoardState.OPEN)


def board_from_playbook(session: Session, dialogue: Dialogue, specification: Mapping[str, Any]) -> None:
    """Make the board that a playbook describes: ``title`` (else the dialogue's question), ``intro`` and
    ``columns`` (a list), each a Translated or a mapping from language to text; ``moderated`` may be given."""
    columns = [
        ColumnPlan(_words(title), place) for place, title in enumerate(specification["columns"], start=1)
    ]
    plan = BoardPlan(
        title=_words(specification.get("title", dialogue.question)),
        intro=_words(specification.get("intro", {})),
        columns=columns,
        moderated=specification.get("moderated", True),
    )
    _new(session, dialogue, plan, columns)


def _new(session: Session, dialogue: Dialogue, plan: BoardPlan, columns: Sequence[ColumnPlan]) -> Board:
    board = Board(
        dialogue_id=dialogue.id,
        title=plan.title,
        intro=plan.intro,
        moderated=plan.moderated,
        closes_on=plan.closes_on,
        columns=[Column(position=place, title=entry.title) for place, entry in enumerate(columns, start=1)],
    )
    session.add(board)
    session.flush()
    contributions.raise_version(session, dialogue.id)
    return board


def _planned(plan: BoardPlan) -> list[ColumnPlan]:
    kept = sorted((entry for entry in plan.columns if not entry.remove), key=lambda entry: entry.position)
    if not kept:
        raise Invalid(lazy("A board needs at least one question."), "columns")
    if len(kept) > MOST_COLUMNS:
        raise Invalid(lazy("A board has at most %(most)s questions.", most=MOST_COLUMNS), "columns")
    return kept


def _set_state(session: Session, actor: Actor, board: Board, state: BoardState) -> None:
    actor.require(Permission.MANAGE_BOARDS, board.dialogue.scope())
    if board.state is not state:
        board.state = state
        _changed(session, actor, state.value, board)


def _changed(session: Session, actor: Actor, verb: str, board: Board) -> None:
    session.flush()
    contributions.raise_version(session, board.dialogue_id)
    news.board_changed(session, board)
    audit.record(session, actor.user_id, verb, "board", board.id, board.dialogue_id)


def _words(value: Translated | Mapping[str, str]) -> Translated:
    return value if isinstance(value, Translated) else Translated(value)
