"""Bringing in many ideas at once: read, put right, stored together, and taken back together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import _, in_all_languages, lazy
from dialogue.boards import news, operations as writing, queries as boards, rules
from dialogue.boards.models import Board, Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.contributions import Given
from dialogue.dialogues.models import Channel, ContributionKind, ContributionState
from dialogue.entering import becoming, forgetting, queries
from dialogue.entering.becoming import Becomes, Chosen
from dialogue.entering.models import Batch, BatchRow, Field
from dialogue.entering.reading import Sheet
from dialogue.residents import operations as residents
from dialogue.web.permissions import Actor, Permission

# Questions that a sheet names and the board does not have; more than these are put right row by row.
MOST_PROMPTS = 20
# A preview holds what people said before anybody has taken it in, so it is not kept long.
PREVIEW_KEPT = timedelta(days=2)
UNDO_KEPT = timedelta(days=30)
CAN_BE_TAKEN_BACK = {ContributionState.RECEIVED, ContributionState.PUBLISHED, ContributionState.RETURNED}


@dataclass(frozen=True)
class About:
    """What is so of all ideas of a batch unless a row says otherwise."""

    column_id: int | None
    channel: Channel
    label: str
    language: str
    all_wait: bool = False


@dataclass(frozen=True)
class RowChange:
    """A row as somebody has put it right."""

    title: str
    text: str
    column_id: int | None
    is_left_out: bool


def begin(
    session: Session, actor: Actor, board: Board, sheet: Sheet, about: About, name: str, key: str
) -> Batch:
    """Keep a sheet as a preview; the same page sent twice makes one. Raises NotAllowed, Closed."""
    actor.require(Permission.MANAGE_BOARDS, board.dialogue.scope())
    check_open(board)
    if not residents.first_time(session, key, f"batch\0{board.id}\0{sheet!r}\0{about!r}"):
        mine = select(Batch).where(Batch.board_id == board.id, Batch.made_by_id == actor.user_id)
        return session.scalars(mine.order_by(Batch.id.desc()).limit(1)).one()
    batch = Batch(
        dialogue_id=board.dialogue_id,
        board_id=board.id,
        made_by_id=actor.user_id,
        made_at=clock.now(),
        name=name[:80],
        head=list(sheet.head),
        fields=[kind.value for kind in becoming.guess(sheet)],
        not_read=list(sheet.not_read),
        prompts={},
        column_id=about.column_id,
        channel=about.channel,
        label=about.label,
        language=about.language,
        all_wait=about.all_wait,
    )
    session.add(batch)
    session.flush()
    session.execute(
        insert(BatchRow),
        [
            {"batch_id": batch.id, "position": place, "cells": list(cells)}
            for place, cells in enumerate(sheet.rows, start=1)
        ],
    )
    _make_anew(session, batch, board)
    return batch


def arrange(
    session: Session,
    actor: Actor,
    batch: Batch,
    fields: Sequence[Field],
    prompts: Mapping[str, int | None],
    about: About,
) -> None:
    """Say what the columns become; rows that were put right by hand stay as they are.

    Raises Closed when the batch is stored already.
    """
    actor.require(Permission.MANAGE_BOARDS, batch.board.dialogue.scope())
    _check_preview(batch)
    known = {column.id for column in batch.board.columns}
    batch.fields = [kind.value for kind in fields]
    batch.prompts = {
        asked: prompts.get(asked) if prompts.get(asked) in known else None for asked in batch.prompts
    }
    batch.column_id = about.column_id if about.column_id in known else None
    batch.channel, batch.label, batch.language = about.channel, about.label, about.language
    batch.all_wait = about.all_wait
    _make_anew(session, batch, batch.board)


def put_right(session: Session, actor: Actor, batch: Batch, changes: Mapping[int, RowChange]) -> None:
    """Change rows of a preview, by their positions. Raises Closed when the batch is stored already."""
    actor.require(Permission.MANAGE_BOARDS, batch.board.dialogue.scope())
    _check_preview(batch)
    known = {column.id for column in batch.board.columns}
    chosen = select(BatchRow).where(BatchRow.batch_id == batch.id, BatchRow.position.in_(changes))
    for row in session.scalars(chosen):
        change = changes[row.position]
        row.is_left_out = change.is_left_out
        column_id = change.column_id if change.column_id in known else None
        if (change.title, change.text, column_id) != (row.title, row.text, row.column_id):
            row.is_changed = True
            _take(row, Becomes(change.title, change.text, row.label, row.language, column_id))
    session.flush()


def store(session: Session, actor: Actor, code: str) -> Batch:
    """Make an idea of each row that is right and not left out, all or none; a second time changes nothing.

    What the guard found something in waits to be read, and all of it where that was chosen; what is kept back on
    the board is shown at its reveal. Raises NotFound, NotAllowed, Closed when the dialogue has ended, Invalid when no row is right.
    """
    batch = queries.batch_locked(session, actor, code)
    if batch.stored_at is not None:
        return batch
    # A reveal at the same moment shows them, or comes first.
    boards.hold(session, batch.board)
    check_open(batch.board)
    ready = session.scalars(
        select(BatchRow)
        .where(BatchRow.batch_id == batch.id, BatchRow.problem.is_(None), ~BatchRow.is_left_out)
        .order_by(BatchRow.position)
    ).all()
    if not ready:
        raise Invalid(
            lazy("No row can become an idea yet. Put right what is marked, or choose other columns.")
        )
    _make_ideas(session, actor, batch, ready)
    for row in ready:
        row.cells, row.title, row.text, row.label = [], "", "", ""
    forgetting.blank(session, batch)
    batch.stored_at = clock.now()
    _changed(session, actor, "bring in", batch)
    return batch


def _make_ideas(session: Session, actor: Actor, batch: Batch, ready: Sequence[BatchRow]) -> None:
    """An idea for each of these rows, shown at once where nobody has to read it and nothing keeps it back."""
    made = contributions.receive_many(
        session,
        batch.dialogue_id,
        ContributionKind.IDEA,
        [Given(batch.channel, row.label, row.language) for row in ready],
        actor_id=actor.user_id,
    )
    moment = clock.now()
    at_once = not batch.all_wait and actor.may(Permission.MODERATE, batch.board.dialogue.scope())
    kept_back = {column.id for column in batch.board.columns if rules.is_kept_back(batch.board, column)}
    shown = []
    for row, one in zip(ready, made, strict=True):
        row.contribution_id = one.id
        is_clear = at_once and not row.has_findings
        is_shown = is_clear and row.column_id not in kept_back
        if is_shown:
            shown.append(one)
        idea = Idea(
            contribution=one,
            board_id=batch.board_id,
            column_id=row.column_id,
            title=row.title,
            text=row.text,
            published_at=moment if is_shown else None,
            cleared_at=moment if is_clear and not is_shown else None,
        )
        session.add(idea)
    contributions.move_many(session, shown, ContributionState.PUBLISHED, actor_id=actor.user_id)


def undo(session: Session, actor: Actor, code: str) -> Batch:
    """Take back every idea of a batch, as long as nobody has placed one in a theme; a second time changes nothing.

    Raises NotFound, NotAllowed, Closed when ideas of it have been placed.
    """
    batch = queries.batch_locked(session, actor, code)
    if batch.stored_at is None or batch.undone_at is not None:
        return batch
    ideas = [
        idea for idea in queries.ideas_locked(session, batch) if idea.contribution.state in CAN_BE_TAKEN_BACK
    ]
    if queries.placed(session, batch):
        raise Closed(
            lazy("Some of these ideas have been placed in a theme or left out. Take them out there first.")
        )
    contributions.move_many(
        session,
        [idea.contribution for idea in ideas],
        ContributionState.WITHDRAWN,
        actor_id=actor.user_id,
        public_text=in_all_languages(lambda: _("Taken back by those who entered it.")),
    )
    writing.blank(session, ideas)
    forgetting.remove(session, batch)
    batch.undone_at = clock.now()
    _changed(session, actor, "undo", batch)
    return batch


def throw_away(session: Session, actor: Actor, batch: Batch) -> None:
    """Forget a preview. Raises Closed when it has been stored."""
    actor.require(Permission.MANAGE_BOARDS, batch.board.dialogue.scope())
    _check_preview(batch)
    session.delete(batch)


def _make_anew(session: Session, batch: Batch, board: Board) -> None:
    """Let each row that was not put right by hand become what the columns now say."""
    fields = [Field(value) for value in batch.fields]
    titles = {
        becoming.plain(title): column.id for column in board.columns for _code, title in column.title.texts
    }
    rows = session.scalars(
        select(BatchRow).where(BatchRow.batch_id == batch.id).order_by(BatchRow.position)
    ).all()
    asked = {
        words: becoming.plain(words)
        for row in rows
        if (
            words := " ".join(
                cell for cell, kind in zip(row.cells, fields, strict=False) if kind is Field.PROMPT
            )
        )
    }
    unknown = list(dict.fromkeys(words for words, plain in asked.items() if plain not in titles))
    batch.prompts = {words: batch.prompts.get(words) for words in unknown[:MOST_PROMPTS]}
    told = {becoming.plain(words): key for words, key in batch.prompts.items() if key is not None}
    chosen = Chosen(batch.column_id, batch.label, batch.language, titles | told)
    for row in rows:
        if not row.is_changed:
            _take(row, becoming.become(row.cells, fields, chosen))
    session.flush()


def _take(row: BatchRow, becomes: Becomes) -> None:
    row.title, row.text, row.label = becomes.title, becomes.text, becomes.label
    row.language, row.column_id = becomes.language, becomes.column_id
    row.problem, row.has_findings = becomes.problem, becomes.has_findings


def check_open(board: Board) -> None:
    """Raise Closed when nothing can be brought onto a board any more."""
    if why := rules.why_no_entries(board):
        raise Closed(why)


def _check_preview(batch: Batch) -> None:
    if batch.stored_at is not None:
        raise Closed(lazy("These ideas have been stored already. Nothing was done twice."))


def _changed(session: Session, actor: Actor, verb: str, batch: Batch) -> None:
    session.flush()
    contributions.raise_version(session, batch.dialogue_id)
    news.board_changed(session, batch.board)
    audit.record(session, actor.user_id, verb, "batch", batch.id, batch.dialogue_id)


def sweep(session: Session) -> int:
    """Forget what has lain long enough: previews that nobody stored, rows that were not taken in, and in time the
    memory of which ideas came together, after which a batch can be undone no more. Return how many rows went."""
    now = clock.now()
    old = select(Batch.id).where(Batch.stored_at.is_(None), Batch.made_at < now - PREVIEW_KEPT)
    stored = select(Batch.id).where(Batch.stored_at < now - PREVIEW_KEPT)
    done = select(Batch.id).where(Batch.stored_at < now - UNDO_KEPT)
    rows = delete(BatchRow).where(
        BatchRow.batch_id.in_(old)
        | BatchRow.batch_id.in_(done)
        | (BatchRow.batch_id.in_(stored) & BatchRow.contribution_id.is_(None))
    )
    gone = session.execute(rows.returning(BatchRow.position)).all()
    session.execute(delete(Batch).where(Batch.id.in_(old) | Batch.id.in_(done)))
    return len(gone)
