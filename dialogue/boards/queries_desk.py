"""Reads of boards for the desk, each within what the person may see."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from dialogue.base import clock, paging
from dialogue.base.errors import NotFound
from dialogue.boards import counting, queries
from dialogue.boards.counting import BoardCount
from dialogue.boards.models import Board, Idea
from dialogue.boards.queries import IdeaPage
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, StatusChange
from dialogue.dialogues.queries import reached_by
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission

QUEUE_SIZE = 20
LATELY = timedelta(days=1)
MOST_LATELY = 10


def boards_to_read(session: Session, actor: Actor) -> list[tuple[Board, BoardCount]]:
    """The boards on which ideas wait for this person, the one with the oldest first."""
    counts = counting.board_counts(session, counting.waits(), reached_by(actor, Permission.MODERATE))
    boards = session.scalars(
        select(Board).where(Board.id.in_(counts)).options(joinedload(Board.dialogue))
    ).all()
    waiting = [(board, counts[board.id]) for board in boards]
    return sorted(waiting, key=lambda entry: entry[1].oldest or clock.now())


def desk_board(session: Session, actor: Actor, code: str, permission: Permission) -> Board:
    """A board for somebody of the team. Raises NotFound for one they may not know of, NotAllowed when they
    may see it but not do this."""
    board = session.scalars(
        queries.with_all(select(Board))
        .join(Board.dialogue)
        .where(Board.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, permission))
    ).one_or_none()
    if board is None:
        raise NotFound
    actor.require(permission, board.dialogue.scope())
    return board


def ideas_per_column(session: Session, board: Board) -> Mapping[int, int]:
    """How many ideas, shown or not, there are under each prompt."""
    return counting.per_prompt(session, counting.fed_prompts(session, board), [counting.is_on(board)])


def to_read(session: Session, actor: Actor, number: int, board: Board | None = None) -> IdeaPage:
    """One page of the ideas that wait for this person, the oldest first; of one board or of all."""
    conditions = [reached_by(actor, Permission.MODERATE)]
    if board is not None:
        conditions.append(counting.is_on(board))
    total = counting.waiting(session, *conditions)
    number, pages, offset = paging.place(number, total, QUEUE_SIZE)
    ideas = session.scalars(
        queries.whole_idea()
        .join(Contribution.dialogue)
        .where(counting.waits(), *conditions)
        .order_by(Contribution.received_at, Contribution.id)
        .limit(QUEUE_SIZE)
        .offset(offset)
    ).all()
    return IdeaPage(ideas, number, pages, total)


def lately_read(session: Session, actor: Actor) -> list[Idea]:
    """What this person published or sent back within the last day and can still undo, the latest first."""
    rows = session.execute(
        queries.whole_idea()
        .add_columns(StatusChange.id)
        .join(Contribution.dialogue)
        .join(
            StatusChange,
            (StatusChange.subject_kind == "contribution")
            & (StatusChange.subject_id == Contribution.id)
            & (StatusChange.from_state != "")
            & (StatusChange.actor_id == actor.user_id)
            & (StatusChange.at > clock.now() - LATELY),
        )
        .where(
            Contribution.state.in_((ContributionState.PUBLISHED, ContributionState.RETURNED)),
            reached_by(actor, Permission.MODERATE),
        )
        .order_by(StatusChange.at.desc(), StatusChange.id.desc())
        .limit(MOST_LATELY)
    )
    return list(dict.fromkeys(idea for idea, _change in rows))


def desk_idea(session: Session, actor: Actor, code: str) -> Idea:
    """An idea, shown or not, for somebody who may moderate it. Raises NotFound, NotAllowed."""
    return _one(session, actor, _desk_idea(actor, code))


def desk_idea_locked(session: Session, actor: Actor, code: str) -> Idea:
    """The same, for deciding about it: of two who do so at once the second sees what the first did."""
    queries.hold_boards(
        session, select(Idea.board_id).join(Idea.contribution).where(Contribution.code == code)
    )
    return _one(session, actor, queries.locked(_desk_idea(actor, code)))


def _desk_idea(actor: Actor, code: str) -> Select[Idea]:
    return (
        queries.whole_idea()
        .join(Contribution.dialogue)
        .where(Contribution.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, Permission.MODERATE))
        .options(
            joinedload(Idea.board, Board.dialogue, Dialogue.municipality).joinedload(Municipality.district)
        )
    )


def _one(session: Session, actor: Actor, statement: Select[Idea]) -> Idea:
    idea = session.scalars(statement).one_or_none()
    if idea is None:
        raise NotFound
    actor.require(Permission.MODERATE, idea.board.dialogue.scope())
    return idea
