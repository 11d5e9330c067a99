"""Taking a board out: asked for, looked through for personal data, made, kept for a day, forgotten."""

import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from dialogue.base import audit, clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.files import FileStore
from dialogue.base.i18n import lazy, speaking
from dialogue.boards.models import Board
from dialogue.exporting import papers, queries, sheets
from dialogue.exporting.models import Audience, Export, ExportKind, Personal, Stage, Wish
from dialogue.exporting.queries import Taken
from dialogue.residents import guard, operations as residents
from dialogue.web.permissions import Actor, Permission

KEPT = timedelta(days=1)
# So many ideas are looked through and made while somebody waits; a job does what takes longer.
AT_ONCE = {ExportKind.PICTURE: 40, ExportKind.LIST: 300, ExportKind.WALL: 300}
MOST_AT_ONCE = 1_000
MOST_IN_PICTURE = 500
ON_PAPER = frozenset({ExportKind.LIST, ExportKind.WALL, ExportKind.PICTURE})


@dataclass(frozen=True)
class Made:
    """What came of looking through and making: what was found that may be personal, or a file."""

    found: list[int]
    count: int = 0
    ending: str = ""
    file: str | None = None


def wish(kind: ExportKind, audience: Audience, language: str) -> Wish:
    """What somebody asks for. What hangs on a wall is for everybody, so it holds only what everybody can read."""
    return Wish(kind, Audience.PUBLIC if kind in ON_PAPER else audience, language)


def ask_for(session: Session, actor: Actor, board: Board, asked: Wish, key: str) -> Export:
    """Ask for an export; the same page sent twice asks once.

    Raises NotAllowed, Invalid where a picture would be too long.
    """
    actor.require(Permission.MANAGE_BOARDS, board.dialogue.scope())
    if asked.audience is Audience.TEAM:
        actor.require(Permission.MODERATE, board.dialogue.scope())
    if asked.kind is ExportKind.PICTURE and queries.count(session, board, asked.audience) > MOST_IN_PICTURE:
        raise Invalid(
            lazy("A picture holds at most 500 ideas. Choose the wall on paper, which holds all."), "kind"
        )
    if not residents.first_time(session, key, f"export\0{board.id}\0{asked!r}"):
        mine = select(Export).where(Export.board_id == board.id, Export.made_by_id == actor.user_id)
        return session.scalars(mine.order_by(Export.id.desc()).limit(1)).one()
    made = Export(
        dialogue_id=board.dialogue_id,
        board_id=board.id,
        made_by_id=actor.user_id,
        made_at=clock.now(),
        kind=asked.kind,
        audience=asked.audience,
        language=asked.language,
        found=[],
        stage=Stage.WAITING,
    )
    session.add(made)
    session.flush()
    audit.record(
        session, actor.user_id, f"export {asked.audience.value}", "board", board.id, board.dialogue_id
    )
    return made


def answer(session: Session, actor: Actor, export: Export, personal: Personal, reason: str) -> None:
    """Say what is done with what may be personal. Raises NotAllowed, and as ``check_answer`` does."""
    actor.require(Permission.MANAGE_BOARDS, export.board.dialogue.scope())
    check_answer(export, personal, reason)
    export.personal = personal
    export.reason = reason if personal is Personal.TAKE_ALONG else ""
    export.stage = Stage.WAITING
    audit.record(
        session, actor.user_id, f"export {personal.value}", "board", export.board_id, export.dialogue_id
    )
    session.flush()


def check_answer(export: Export, personal: Personal, reason: str) -> None:
    """Raise Closed when it has been answered, Invalid without a reason for taking personal data along."""
    if export.stage is not Stage.ASKS:
        raise Closed(lazy("This has been answered already. Nothing was done twice."))
    if personal is Personal.TAKE_ALONG and not reason:
        raise Invalid(lazy("Write why they are taken along. It is kept with your name."), "reason")


def is_quick(kind: ExportKind, ideas: int) -> bool:
    """Whether so many ideas can be made while somebody waits."""
    return ideas <= AT_ONCE.get(kind, MOST_AT_ONCE)


def make(session: Session, files: FileStore, board: Board, asked: Wish) -> Made:
    """Look through an export and make its file, unless something was found and nobody has said what to do with it.

    Only reads the database, and takes up to some minutes for ten thousand ideas.
    """
    with speaking(asked.language):
        ideas = queries.taken(session, board, asked.audience)
        found = [] if asked.personal is Personal.TAKE_ALONG else [one.id for one in ideas if _is_found(one)]
        if found and asked.personal is None:
            return Made(found)
        # What is found between the answer and now is left out too.
        left_out = set(found)
        kept = [one for one in ideas if one.id not in left_out]
        ending, content = _file(asked.kind, board, kept)
    return Made(found, len(kept), ending, files.put(content))


def keep(session: Session, export_id: int, made: Made) -> bool:
    """Keep what came of it, unless another process was first; return whether it was kept."""
    values = {"found": made.found, "count": made.count, "ending": made.ending, "file": made.file}
    if made.file is None:
        values = {"found": made.found}
    stage = Stage.ASKS if made.file is None else Stage.READY
    return _move(session, export_id, Stage.WAITING, stage=stage, **values)


def fail(session: Session, export_id: int) -> bool:
    """Say that an export could not be made."""
    return _move(session, export_id, Stage.WAITING, stage=Stage.FAILED)


def waiting(session: Session) -> list[Export]:
    """The exports that are to be made, the oldest first, with their boards."""
    chosen = select(Export).where(Export.stage == Stage.WAITING).order_by(Export.id)
    return list(session.scalars(chosen.options(joinedload(Export.board, Board.dialogue))))


def forget(session: Session) -> int:
    """Let go of files that have been kept long enough, and of questions that nobody answered; that there was an
    export, of what and why, stays. Return how many."""
    old = (Export.made_at < clock.now() - KEPT, Export.stage.in_({Stage.READY, Stage.ASKS}))
    gone = session.scalars(
        update(Export)
        .where(*old)
        .values(stage=Stage.FORGOTTEN, file=None, found=[])
        .returning(Export.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def _move(session: Session, export_id: int, before: Stage, **values: object) -> bool:
    moved = session.scalar(
        update(Export)
        .where(Export.id == export_id, Export.stage == before)
        .values(**values)
        .returning(Export.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


def _is_found(idea: Taken) -> bool:
    return bool(guard.check_all(idea.title, idea.text, idea.picture_words, idea.label))


def _file(kind: ExportKind, board: Board, ideas: list[Taken]) -> tuple[str, bytes]:
    if kind is ExportKind.CSV:
        return "csv", sheets.as_csv(ideas)
    if kind is ExportKind.XLSX:
        return "xlsx", sheets.as_xlsx(ideas, str(board.title))
    if kind is ExportKind.LIST:
        return "pdf", papers.list_pdf(board, ideas)
    if kind is ExportKind.WALL:
        return "pdf", papers.wall_pdf(board, ideas)
    pages = papers.wall_pictures(board, ideas)
    if len(pages) == 1:
        return "png", pages[0]
    return "zip", papers.archive(re.sub(r"\W+", "-", board.code), pages)
