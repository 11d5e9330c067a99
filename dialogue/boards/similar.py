"""Ideas that say much the same as a text: for whoever writes one, and for the moderator who reads one.

What looks alike is a matter of letters (docs/decisions/0017), so nothing is done because of it: people are shown
and choose. Each process keeps the prints of the boards that are asked about, never the words, and reads anew only
the ideas that have changed since.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, contains_eager

from dialogue.base.likeness import Index
from dialogue.boards.models import Board, Idea
from dialogue.dialogues.models import Contribution, ContributionState

# So many ideas' prints are kept in a process, some 350 bytes each; the boards asked about longest ago go first.
MOST_KEPT = 60_000
# Texts are read in portions, so that no statement names more keys than a database takes.
_PORTION = 500
# What a moderator compares with. What is held for the duty routine, taken back or handed over is read by nobody.
_READ_BY_MODERATORS = (ContributionState.RECEIVED, ContributionState.RETURNED, ContributionState.PUBLISHED)


def like(session: Session, board: Board, text: str, limit: int = 3, exclude: int | None = None) -> list[Idea]:
    """The published ideas of a board that say much the same as a text, the most alike first; without one of
    them, by its key."""
    return _like(session, board, _SHOWN, text, limit, exclude)


def possible_duplicates(session: Session, idea: Idea, limit: int = 3) -> list[Idea]:
    """The ideas of its board that say much the same as one, those not published included: for moderators only."""
    return _like(session, idea.board, _ALL, _words(idea.title, idea.text), limit, idea.contribution_id)


@dataclass
class _Kept:
    """The prints of some ideas of a board, and which revision of each they are of."""

    index: Index[int] = field(default_factory=Index)
    revisions: dict[int, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class _Among:
    """Among which ideas of a board is looked."""

    name: str
    conditions: tuple[ColumnElement[bool], ...]

    def of(self, board: Board) -> Select[Idea]:
        """Selects them, with their contribution."""
        return (
            select(Idea)
            .join(Idea.contribution)
            .where(Idea.board_id == board.id, Idea.comment_on_id.is_(None), *self.conditions)
        )


_SHOWN = _Among("shown", (Idea.published_at.is_not(None),))
_ALL = _Among("all", (Contribution.state.in_(_READ_BY_MODERATORS),))
_kept: OrderedDict[Hashable, _Kept] = OrderedDict()
_kept_lock = threading.Lock()


def _like(
    session: Session, board: Board, among: _Among, text: str, limit: int, exclude: int | None
) -> list[Idea]:
    kept = _kept_for(board, among)
    with kept.lock:
        _bring_up_to_date(session, kept, among.of(board))
        found = [match.key for match in kept.index.like(text) if match.key != exclude][:limit]
    if not found:
        return []
    # Asked for once more with the conditions, so that what stood among them a moment ago does not slip through.
    chosen = among.of(board).where(Idea.contribution_id.in_(found)).options(contains_eager(Idea.contribution))
    return sorted(session.scalars(chosen), key=lambda idea: found.index(idea.contribution_id))


def _kept_for(board: Board, among: _Among) -> _Kept:
    key = (board.code, among.name)
    with _kept_lock:
        kept = _kept.setdefault(key, _Kept())
        _kept.move_to_end(key)
        room = sum(len(one.revisions) for one in _kept.values())
        while room > MOST_KEPT and len(_kept) > 1:
            _gone, oldest = _kept.popitem(last=False)
            room -= len(oldest.revisions)
    return kept


def _bring_up_to_date(session: Session, kept: _Kept, chosen: Select[Idea]) -> None:
    now = dict(session.execute(chosen.with_only_columns(Idea.contribution_id, Idea.revision)).all())
    if now == kept.revisions:
        return
    for gone in kept.revisions.keys() - now.keys():
        kept.index.remove(gone)
    changed = [key for key, revision in now.items() if kept.revisions.get(key) != revision]
    for start in range(0, len(changed), _PORTION):
        portion = Idea.contribution_id.in_(changed[start : start + _PORTION])
        columns = (Idea.contribution_id, Idea.title, Idea.text)
        for key, title, text in session.execute(chosen.with_only_columns(*columns).where(portion)):
            kept.index.add(key, _words(title, text))
    kept.revisions = now


def _words(title: str, text: str) -> str:
    return f"{title}\n{text}"
