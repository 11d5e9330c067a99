"""Making and changing boards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.boards import news, rules, support
from dialogue.boards.models import Board, BoardStage, Column, Idea, SupportKind
from dialogue.boards.walls import TERMS, BoardWall
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue, PhaseKind
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
    is_hidden: bool = False


@dataclass(frozen=True)
class BoardPlan:
    """A board as it should be."""

    title: Translated
    intro: Translated
    columns: Sequence[ColumnPlan] = field(default_factory=tuple)
    wall: BoardWall = BoardWall.CAREFUL
    # None for what the wall is usually like.
    in_stages: bool | None = None
    closes_on: date | None = None
    label_for_writers: str = ""
    support_kind: SupportKind = SupportKind.DOT
    dots_each: int = 3
    takes_comments: bool = False
    # Names of neighbourhoods that an idea can be about.
    places: Sequence[str] = ()

    @property
    def goes_in_stages(self) -> bool:
        """Whether one thing is done after the other. Where things are kept back until a reveal, always."""
        terms = TERMS[self.wall]
        if terms.keeps_back or self.in_stages is None:
            return terms.in_stages
        return self.in_stages


def make_board(session: Session, actor: Actor, dialogue: Dialogue, plan: BoardPlan, key: str) -> Board:
    """Make a board, open for writing at once; the same page sent twice makes one.

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
    """Change a board's texts, prompts and terms; a plenary wall changes its groups' boards with it.

    What was written and kept back when a board becomes a wall that keeps nothing back waits to be read. Raises
    NotAllowed; Closed for a group's board; Invalid when no prompt would be left, or one is removed that has ideas.
    """
    actor.require(Permission.MANAGE_BOARDS, board.dialogue.scope())
    if board.plenary_id is not None:
        raise Closed(lazy("This board follows its plenary wall. Change that one."))
    columns = _planned(plan)
    _set_columns(session, board, plan, columns)
    board.title, board.intro = plan.title, plan.intro
    for one in (board, *board.group_boards):
        _set_terms(session, one, plan)
    if not board.gathers:
        board.label_for_writers = plan.label_for_writers
    _changed(session, actor, "change", board)


def _set_columns(session: Session, board: Board, plan: BoardPlan, columns: Sequence[ColumnPlan]) -> None:
    there = {column.id: column for column in board.columns}
    for gone in (entry.column_id for entry in plan.columns if entry.remove and entry.column_id in there):
        if session.scalar(select(Idea.contribution_id).where(_is_under(gone or 0)).limit(1)) is not None:
            raise Invalid(lazy("A question that has ideas cannot be removed."), "columns")
        board.columns.remove(there[gone or 0])
    for place, entry in enumerate(columns, start=1):
        column = there.get(entry.column_id or 0)
        if column is None:
            board.columns.append(Column(position=place, title=entry.title, is_hidden=entry.is_hidden))
        else:
            column.position, column.title = place, entry.title
            column.is_hidden = column.is_hidden or entry.is_hidden
    session.flush()
    for fed in board.group_boards:
        feed(fed, board)


def _is_under(column_id: int) -> ColumnElement[bool]:
    """The condition on Idea that it answers a prompt, also on a group's board that feeds it."""
    return Idea.column_id.in_(
        select(Column.id).where((Column.id == column_id) | (Column.feeds_id == column_id))
    )


def feed(board: Board, plenary: Board) -> None:
    """Give a group's board the prompts of its plenary wall, and its places."""
    board.places = plenary.places
    fed = {column.feeds_id: column for column in board.columns}
    board.columns[:] = [
        _fed(fed.get(prompt.id) or Column(feeds_id=prompt.id), prompt) for prompt in plenary.columns
    ]


def _fed(column: Column, prompt: Column) -> Column:
    column.position, column.title, column.is_hidden = prompt.position, prompt.title, prompt.is_hidden
    return column


def _set_terms(session: Session, board: Board, plan: BoardPlan) -> None:
    was_kept_back = not rules.is_revealed(board)
    board.wall, board.in_stages, board.closes_on = plan.wall, plan.goes_in_stages, plan.closes_on
    board.takes_comments, board.places = plan.takes_comments, "\n".join(plan.places)
    if board.stage not in rules.stages(board):
        board.stage = rules.stages(board)[0]
    board.stage_times = [time for time in board.stage_times if time.stage in rules.stages(board)]
    if was_kept_back and rules.is_revealed(board):
        session.execute(update(Idea).where(Idea.board_id == board.id).values(cleared_at=None))
    if (board.support_kind, board.dots_each) != (plan.support_kind, plan.dots_each):
        support.change_kind(session, board, plan.support_kind, plan.dots_each)


def board_from_playbook(session: Session, dialogue: Dialogue, specification: Mapping[str, Any]) -> None:
    """Make the board that a playbook describes: ``title`` (else the dialogue's question), ``intro`` and
    ``columns`` (a list), each a Translated or a mapping from language to text; ``wall`` may be given. It closes
    with the phase in which the dialogue collects."""
    columns = [
        ColumnPlan(_words(title), place) for place, title in enumerate(specification["columns"], start=1)
    ]
    plan = BoardPlan(
        title=_words(specification.get("title", dialogue.question)),
        intro=_words(specification.get("intro", {})),
        columns=columns,
        wall=BoardWall(specification.get("wall", BoardWall.CAREFUL)),
        closes_on=last_day(dialogue),
    )
    _new(session, dialogue, plan, columns)


def last_day(dialogue: Dialogue) -> date | None:
    """The day on which a new board closes unless somebody says otherwise: the last of the phase in which the
    dialogue collects, if that is still to come (docs/decisions/0029)."""
    ends = [phase.ends_on for phase in dialogue.phases if phase.kind is PhaseKind.COLLECT]
    return ends[0] if ends and ends[0] >= clock.today() else None


def _new(session: Session, dialogue: Dialogue, plan: BoardPlan, columns: Sequence[ColumnPlan]) -> Board:
    board = Board(
        dialogue_id=dialogue.id,
        title=plan.title,
        intro=plan.intro,
        wall=plan.wall,
        in_stages=plan.goes_in_stages,
        stage=BoardStage.WRITE if plan.goes_in_stages else BoardStage.OPEN,
        closes_on=plan.closes_on,
        label_for_writers=plan.label_for_writers,
        support_kind=plan.support_kind,
        dots_each=plan.dots_each,
        takes_comments=plan.takes_comments,
        places="\n".join(plan.places),
        columns=[
            Column(position=place, title=entry.title, is_hidden=entry.is_hidden)
            for place, entry in enumerate(columns, start=1)
        ],
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


def _changed(session: Session, actor: Actor, verb: str, board: Board) -> None:
    session.flush()
    contributions.raise_version(session, board.dialogue_id)
    news.board_changed(session, board)
    audit.record(session, actor.user_id, verb, "board", board.id, board.dialogue_id)


def _words(value: Translated | Mapping[str, str]) -> Translated:
    return value if isinstance(value, Translated) else Translated(value)
