"""What moderators did in a dialogue, read from the audit: when, who, what and why, and never a word of an idea."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from dialogue.base import clock, paging
from dialogue.base.audit import AuditEntry
from dialogue.base.i18n import Lazy, Translated, lazy
from dialogue.boards.models import Board, Idea, ReturnReason
from dialogue.boards.models_reading import HandoverWay
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.people.models import User

PAGE_SIZE = 100
# So many lines are taken out at once; a longer log is taken out by dates.
MOST_IN_A_FILE = 20_000

# What was done, by the verb of the audit; behind some verbs stands why or how.
DEEDS: dict[str, Lazy] = {
    "publish": lazy("Published"),
    "redact": lazy("Published without something"),
    "return": lazy("Sent back"),
    "undo": lazy("Undone"),
    "hold": lazy("Held for the duty routine"),
    "give back": lazy("Given back to the queue"),
    "hand over": lazy("Handed over by the duty officer"),
}
_WHY: dict[str, dict[str, Lazy]] = {
    "return": {reason.value: reason.label for reason in ReturnReason},
    "hand over": {way.value: way.label for way in HandoverWay},
}


@dataclass(frozen=True)
class Asked:
    """Which lines somebody wants: of a board, of a deed, of a person, from a day, until a day; all without."""

    board: str = ""
    deed: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Line:
    """One thing that somebody did."""

    at: datetime
    who: str
    deed: Lazy
    why: Lazy | str
    board: Translated
    idea: str


@dataclass(frozen=True)
class LogPage:
    """One page of the log, the latest first; pages count from 1."""

    lines: Sequence[Line]
    number: int
    pages: int
    total: int


def log(
    session: Session, dialogue: Dialogue, asked: Asked, number: int = 1, size: int = PAGE_SIZE
) -> LogPage:
    """One page of what was done with the ideas of a dialogue."""
    chosen = _chosen(dialogue, asked)
    counted = chosen.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    total = session.scalar(counted) or 0
    number, pages, offset = paging.place(number, total, size)
    rows = session.execute(chosen.limit(size).offset(offset))
    return LogPage([_line(*row) for row in rows], number, pages, total)


def people(session: Session, dialogue: Dialogue) -> list[tuple[str, str]]:
    """Who has done something there, as (code, name)."""
    rows = session.execute(
        _chosen(dialogue, Asked())
        .with_only_columns(User.code, User.name, maintain_column_froms=True)
        .order_by(None)
        .distinct()
    )
    return sorted(((code, name) for code, name in rows if code), key=lambda one: one[1])


def _chosen(dialogue: Dialogue, asked: Asked) -> Select[datetime, str, str, Translated, str]:
    verb = AuditEntry.verb
    chosen = (
        select(AuditEntry.at, User.name, verb, Board.title, Contribution.code)
        .join(Idea, Idea.contribution_id == AuditEntry.subject_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .join(Board, Board.id == Idea.board_id)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.subject_kind == "idea",
            AuditEntry.dialogue_id == dialogue.id,
            or_(*(_is_deed(deed) for deed in ([asked.deed] if asked.deed in DEEDS else DEEDS))),
        )
        .order_by(AuditEntry.id.desc())
    )
    if asked.board:
        chosen = chosen.where(Board.code == asked.board)
    if asked.who:
        chosen = chosen.where(User.code == asked.who)
    if asked.since:
        chosen = chosen.where(AuditEntry.at >= _midnight(asked.since))
    if asked.until:
        chosen = chosen.where(AuditEntry.at < _midnight(asked.until + timedelta(days=1)))
    return chosen


def _is_deed(deed: str) -> ColumnElement[bool]:
    return AuditEntry.verb.in_([deed, *(f"{deed} {why}" for why in _WHY.get(deed, {}))])


def _midnight(day: date) -> datetime:
    return clock.in_norway(datetime.combine(day, time()))


def _line(at: datetime, who: str | None, verb: str, board: Translated, idea: str) -> Line:
    deed = next(deed for deed in DEEDS if verb == deed or verb.startswith(f"{deed} "))
    why = _WHY.get(deed, {}).get(verb.removeprefix(deed).strip(), "")
    return Line(at, who or "", DEEDS[deed], why, board, idea)
