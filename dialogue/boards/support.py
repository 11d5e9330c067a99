"""Giving an idea support, and taking it back. Each device counts once for each idea, and is known only by an HMAC."""

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session, joinedload

from dialogue.base import clock, tokens
from dialogue.base.db import insert_new
from dialogue.base.errors import Closed, Invalid, NotFound
from dialogue.base.i18n import lazy
from dialogue.boards import news, rules
from dialogue.boards.models import Board, Given, Idea, PlacedDots, Support, SupportKind
from dialogue.config import settings
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, Dialogue, DialogueState

STANCES = (Given.AGREE, Given.DISAGREE, Given.PASS)
# Which number of the idea each counts in.
_COUNTS = {
    Given.DOT: Idea.support_count,
    Given.COUNTED_DOT: Idea.support_count,
    Given.AGREE: Idea.support_count,
    Given.DISAGREE: Idea.disagree_count,
    Given.PASS: Idea.pass_count,
}


def give(session: Session, code: str, device: str) -> bool:
    """Count this device's dot for an idea; False when it was counted before.

    Two clicks at the same moment count once, because the row of support can be there only once. Raises
    NotFound for an idea that is not shown, Closed when the board takes no support or the device has placed all
    the dots it has there.
    """
    idea = _open_idea(session, code)
    given = _dot(idea.board)
    row = {"idea_id": idea.contribution_id, "device_hash": _hash(idea, given, device), "given": given}
    if insert_new(session, Support, row) is None:
        return False
    if given is Given.COUNTED_DOT:
        _place_one(session, idea.board, device)
    _move_counts(session, idea, {given: 1})
    return True


def take_stance(session: Session, code: str, device: str, answer: str) -> bool:
    """Say that this device agrees, disagrees or passes, instead of what it said before; False when it said so
    already. Raises NotFound and Closed as ``give`` does, Invalid for another answer or where dots are given."""
    idea = _open_idea(session, code)
    stance = next((one for one in STANCES if one.value == answer), None)
    if stance is None or idea.board.support_kind is not SupportKind.STANCE:
        raise Invalid(lazy("This board takes no such answer."))
    row = {"idea_id": idea.contribution_id, "device_hash": _hash(idea, stance, device)}
    if insert_new(session, Support, {**row, "given": stance}) is not None:
        _move_counts(session, idea, {stance: 1})
        return True
    there = (Support.idea_id == row["idea_id"], Support.device_hash == row["device_hash"])
    # Whoever changes it at the same moment waits here, and sees what the first has made of it.
    before = session.scalar(select(Support.given).where(*there).with_for_update())
    if before is None or before is stance:
        return False
    session.execute(
        update(Support).where(*there).values(given=stance).execution_options(synchronize_session=False)
    )
    _move_counts(session, idea, {before: -1, stance: 1})
    return True


def take_back(session: Session, code: str, device: str) -> bool:
    """Take back what this device has given an idea; False when there was none. Raises as ``give`` does."""
    idea = _open_idea(session, code)
    device_hash = _hash(idea, _dot(idea.board), device)
    given = session.scalar(
        delete(Support)
        .where(Support.idea_id == idea.contribution_id, Support.device_hash == device_hash)
        .returning(Support.given)
    )
    if given is None:
        return False
    if given is Given.COUNTED_DOT:
        _take_one_up(session, idea.board, device)
    _move_counts(session, idea, {given: -1})
    return True


def change_kind(session: Session, board: Board, kind: SupportKind, dots_each: int) -> None:
    """Let support be given otherwise from now on. What was given stays: dots of either sort are dots, and between
    dots and stances the number that is not asked for now is set aside. The caller has the right to it."""
    swaps = (board.support_kind is SupportKind.STANCE) is not (kind is SupportKind.STANCE)
    board.support_kind, board.dots_each = kind, dots_each
    if swaps:
        session.flush()
        session.execute(
            update(Idea)
            .where(Idea.board_id == board.id)
            .values(support_count=Idea.set_aside_count, set_aside_count=Idea.support_count)
            .execution_options(synchronize_session=False)
        )


def _dot(board: Board) -> Given:
    """What a device gives here by a single press."""
    return {
        SupportKind.DOT: Given.DOT,
        SupportKind.DOTS: Given.COUNTED_DOT,
        SupportKind.STANCE: Given.AGREE,
    }[board.support_kind]


def _place_one(session: Session, board: Board, device: str) -> None:
    """Count one more of the device's dots, unless it has placed them all: in one statement, so that no two presses
    place the last one."""
    key = _of_board(board, device)
    insert_new(session, PlacedDots, {**key, "placed": 0})
    placed = session.scalar(
        update(PlacedDots)
        .where(*_is(key), PlacedDots.placed < board.dots_each)
        .values(placed=PlacedDots.placed + 1)
        .returning(PlacedDots.placed)
        .execution_options(synchronize_session=False)
    )
    if placed is None:
        raise Closed(
            lazy(
                "You have placed all your dots (%(most)s). Take one back from another idea to place it here.",
                most=board.dots_each,
            )
        )


def _take_one_up(session: Session, board: Board, device: str) -> None:
    session.execute(
        update(PlacedDots)
        .where(*_is(_of_board(board, device)), PlacedDots.placed > 0)
        .values(placed=PlacedDots.placed - 1)
        .execution_options(synchronize_session=False)
    )


def _of_board(board: Board, device: str) -> dict[str, object]:
    # The groups of a plenary wall share one lot of dots.
    whole = board.plenary_id or board.id
    return {
        "board_id": whole,
        "device_hash": tokens.digest(settings().secret_key, "placed dots", f"{whole}\0{device}"),
    }


def _is(key: dict[str, object]) -> list[ColumnElement[bool]]:
    return [getattr(PlacedDots, name) == value for name, value in key.items()]


def _open_idea(session: Session, code: str) -> Idea:
    idea = session.scalars(
        select(Idea)
        .join(Idea.contribution)
        .join(Idea.board)
        .join(Board.dialogue)
        .where(
            Contribution.code == code,
            Idea.published_at.is_not(None),
            Idea.comment_on_id.is_(None),
            Dialogue.state != DialogueState.DRAFT,
        )
        .options(joinedload(Idea.board).joinedload(Board.dialogue))
    ).one_or_none()
    if idea is None:
        raise NotFound
    if not rules.takes_support(idea.board, clock.now()):
        raise Closed(lazy("Support cannot be given or taken back on this board now."))
    return idea


def _move_counts(session: Session, idea: Idea, by: dict[Given, int]) -> None:
    values = {_COUNTS[given].key: _COUNTS[given] + number for given, number in by.items()}
    session.execute(
        update(Idea)
        .where(Idea.contribution_id == idea.contribution_id)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    contributions.raise_version(session, idea.board.dialogue_id)
    news.support_changed(session, idea)


def _hash(idea: Idea, given: Given, device: str) -> bytes:
    # The idea is part of it, so that rows of one device cannot be put together; a dot and a stance are two rows.
    purpose = "stance" if given in STANCES else "support"
    return tokens.digest(settings().secret_key, purpose, f"{idea.contribution_id}\0{device}")
