"""Reads of paper cards, each within what the person may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import QueryableAttribute, Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from dialogue.base.errors import NotFound
from dialogue.base.i18n import Translated
from dialogue.boards.models import Board
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.dialogues.queries import reached_by
from dialogue.entering import rules
from dialogue.entering.models import Batch, BatchRow
from dialogue.entering.models_cards import FIRST, SECOND, CardEntry, CardSheet, CardStack, PaperCard
from dialogue.entering.rules import Standing
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission

MOST_LISTED = 10


@dataclass(frozen=True)
class HowTyped:
    """How the cards of a batch were typed: twice by two people, twice by the same, or once; and how many of them
    somebody had to settle."""

    by_two: int
    by_one: int
    once: int
    settled: int

    @property
    def all(self) -> int:
        """How many cards there are."""
        return self.by_two + self.by_one + self.once


def stack(session: Session, actor: Actor, code: str, permission: Permission) -> CardStack:
    """A stack of cards for somebody who may do this. Raises NotFound, NotAllowed."""
    return _one(session, actor, _stack(actor, code, permission), permission)


def stack_locked(session: Session, actor: Actor, code: str, permission: Permission) -> CardStack:
    """The same, for writing in it: of two who do so at once the second sees what the first did."""
    locked = _stack(actor, code, permission).with_for_update(of=CardStack)
    return _one(session, actor, locked.execution_options(populate_existing=True), permission)


def _stack(actor: Actor, code: str, permission: Permission) -> Select[CardStack]:
    return (
        select(CardStack)
        .join(CardStack.board)
        .join(Board.dialogue)
        .where(CardStack.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, permission))
        .options(_whole(CardStack.board))
    )


def _whole(board: QueryableAttribute[Board]) -> ORMOption:
    """The board with what its pages show and its permissions ask for."""
    place = joinedload(Board.dialogue).joinedload(Dialogue.municipality).joinedload(Municipality.district)
    return joinedload(board).options(place, selectinload(Board.columns))


def _one(session: Session, actor: Actor, statement: Select[CardStack], permission: Permission) -> CardStack:
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    actor.require(permission, found.board.dialogue.scope())
    return found


def sheet(session: Session, actor: Actor, code: str) -> CardSheet:
    """A sheet of cards for somebody who may manage its board. Raises NotFound, NotAllowed."""
    found = session.scalars(
        select(CardSheet)
        .join(CardSheet.board)
        .join(Board.dialogue)
        .where(CardSheet.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, Permission.MANAGE_BOARDS))
        .options(_whole(CardSheet.board))
    ).one_or_none()
    if found is None:
        raise NotFound
    actor.require(Permission.MANAGE_BOARDS, found.board.dialogue.scope())
    return found


def sheets_of(session: Session, board: Board) -> Sequence[CardSheet]:
    """The last few sheets that were printed for a board, the newest first."""
    chosen = select(CardSheet).where(CardSheet.board_id == board.id).order_by(CardSheet.id.desc())
    return session.scalars(chosen.limit(MOST_LISTED)).all()


def stacks_of(session: Session, board: Board) -> Sequence[tuple[CardStack, int]]:
    """The last few stacks of a board, the newest first, and how many cards lie in each."""
    number = select(func.count()).where(PaperCard.stack_id == CardStack.id).scalar_subquery()
    chosen = select(CardStack, number).where(CardStack.board_id == board.id).order_by(CardStack.id.desc())
    return [(found, count) for found, count in session.execute(chosen.limit(MOST_LISTED))]


def next_number(session: Session, board: Board) -> int:
    """The number after the last that was printed or typed for a board."""
    printed = session.scalar(
        select(func.max(CardSheet.first_number + CardSheet.count - 1)).where(CardSheet.board_id == board.id)
    )
    return max(printed or 0, highest_typed(session, board)) + 1


def highest_typed(session: Session, board: Board) -> int:
    """The highest number of the cards that were typed for a board; 0 where there are none."""
    return session.scalar(select(func.max(PaperCard.number)).where(PaperCard.board_id == board.id)) or 0


def hold_numbers(session: Session, board: Board) -> None:
    """Let nobody else give out numbers of a board until this transaction ends."""
    session.execute(select(Board.id).where(Board.id == board.id).with_for_update())


def cards(session: Session, stack: CardStack) -> Sequence[PaperCard]:
    """The cards of a stack with what was typed, by their numbers."""
    return session.scalars(
        select(PaperCard)
        .where(PaperCard.stack_id == stack.id)
        .order_by(PaperCard.number)
        .execution_options(populate_existing=True)
    ).all()


def card(session: Session, stack: CardStack, number: int) -> PaperCard:
    """One card of a stack. Raises NotFound."""
    found = numbered(session, stack.board_id, number)
    if found is None or found.stack_id != stack.id:
        raise NotFound
    return found


def numbered(session: Session, board_id: int, number: int) -> PaperCard | None:
    """The card of a board with this number, in whichever stack."""
    return session.get(PaperCard, (board_id, number), populate_existing=True)


def by_standing(stack: CardStack, found: Sequence[PaperCard]) -> Mapping[Standing, list[PaperCard]]:
    """The cards of a stack by how far they have come."""
    sorted_out: dict[Standing, list[PaperCard]] = {standing: [] for standing in Standing}
    for one in found:
        sorted_out[rules.standing(one, stack)].append(one)
    return sorted_out


def newest_preview(session: Session, stack: CardStack) -> Batch | None:
    """The preview into which cards of a stack went last, while it is one."""
    return session.scalars(
        select(Batch)
        .join(PaperCard, PaperCard.batch_id == Batch.id)
        .where(PaperCard.stack_id == stack.id, Batch.stored_at.is_(None))
        .order_by(Batch.id.desc())
        .limit(1)
    ).first()


def how_typed(session: Session, batch: Batch) -> HowTyped | None:
    """How the cards were typed that a batch was made of; None where it was not made of cards."""
    found = session.scalars(select(PaperCard).where(PaperCard.batch_id == batch.id)).all()
    if not found:
        return None
    people = [{entry.by_id for entry in one.entries} for one in found]
    turns = [len(one.entries) for one in found]
    pairs = list(zip(turns, map(len, people), strict=True))
    return HowTyped(
        by_two=sum(two > 1 and who > 1 for two, who in pairs),
        by_one=sum(two > 1 and who == 1 for two, who in pairs),
        once=turns.count(1),
        settled=sum(one.settled_by_id is not None for one in found),
    )


def numbers_of(session: Session, batch: Batch) -> Mapping[int, tuple[int, str]]:
    """The number of the card that each row of a batch was made of, by its position, and the code of the idea that
    it has become; empty while it is none."""
    rows = session.execute(
        select(BatchRow.position, PaperCard.number, Contribution.code)
        .join(BatchRow, (BatchRow.batch_id == PaperCard.batch_id) & (BatchRow.position == PaperCard.position))
        .outerjoin(Contribution, Contribution.id == BatchRow.contribution_id)
        .where(PaperCard.batch_id == batch.id)
        .order_by(PaperCard.number)
    )
    return {position: (number, code or "") for position, number, code in rows}


@dataclass(frozen=True)
class Waiting:
    """A stack in which cards wait to be typed the second time, by its code and its board's title."""

    code: str
    board: Translated
    label: str
    cards: int


def to_type_again(session: Session, actor: Actor) -> list[Waiting]:
    """Where cards wait to be typed the second time that somebody else typed first; what has waited longest first."""
    of_card = (CardEntry.board_id == PaperCard.board_id) & (CardEntry.number == PaperCard.number)
    twice = select(CardEntry.turn).where(of_card, CardEntry.turn == SECOND).correlate(PaperCard).exists()
    by_others = (
        select(CardEntry.turn)
        .where(of_card, CardEntry.turn == FIRST, CardEntry.by_id != actor.user_id)
        .correlate(PaperCard)
        .exists()
    )
    rows = session.execute(
        select(CardStack.code, Board.title, CardStack.label, func.count())
        .join(PaperCard, PaperCard.stack_id == CardStack.id)
        .join(CardStack.board)
        .join(Board.dialogue)
        .where(
            CardStack.is_double,
            PaperCard.batch_id.is_(None),
            by_others,
            ~twice,
            reached_by(actor, Permission.FACILITATE),
        )
        .group_by(CardStack.id, Board.id)
        .order_by(CardStack.touched_at)
    )
    return [Waiting(*row) for row in rows]


def files_in_use(session: Session) -> set[str]:
    """The addresses of the pictures of cards."""
    return set(session.scalars(select(PaperCard.photo).where(PaperCard.photo != "")))
