"""The desk's pages on which many ideas are brought in at once: choose, look, put right, store, undo."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from dialogue.base.errors import Closed, DomainError, Invalid
from dialogue.base.i18n import _, lazy, ngettext
from dialogue.boards import queries_desk, rules
from dialogue.boards.models import Board
from dialogue.entering import operations, queries, queries_cards, reading
from dialogue.entering.forms import ArrangeForm, BeginForm, row_changes
from dialogue.entering.models import Batch, Field
from dialogue.entering.reading import Sheet
from dialogue.web import access, transaction
from dialogue.web.forms import render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import note_read, session

blueprint = Blueprint("entering", __name__, url_prefix="/<lang:lang>/desk")

# The file, and what the form around it takes.
LARGEST_BODY = reading.LARGEST_FILE + 1024 * 1024
MOST_BEFORE = 10
EXAMPLES = 3


@blueprint.route("/boards/<code>/bring-in", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_BOARDS)
@access.takes_files(LARGEST_BODY)
def begin(code: str) -> Response | tuple[str, int]:
    """Paste lines or choose a file."""
    board = _board(code)
    form = BeginForm(_posted(), data={"language": actor().language})
    form.offer_columns(board)
    if sent(form):
        try:
            name, content = form.sent_file
            # A large sheet takes a moment to read, in which nobody else should wait.
            transaction.begin_anew()
            sheet = _sheet(form.lines.data or "", content)
            key = form.submission_key.data or ""
            batch = operations.begin(session(), actor(), _board(code), sheet, form.about(), name, key)
            return redirect(url_for("entering.preview", code=batch.code))
        except DomainError as error:
            form.refuse(error)
            board = _board(code)
    return render_form(
        "entering/begin.html",
        form,
        board=board,
        no_entries=rules.why_no_entries(board),
        before=queries.of_board(session(), board, MOST_BEFORE),
    )


def _posted() -> CombinedMultiDict[str, Any] | None:
    return CombinedMultiDict([request.files, request.form]) if request.method == "POST" else None


def _sheet(lines: str, content: bytes) -> Sheet:
    if content and lines:
        raise Invalid(lazy("Paste lines or choose a file, not both at once."), "file")
    return reading.file(content) if content else reading.lines(lines)


@blueprint.get("/batches/<code>")
@access.staff(Permission.MANAGE_BOARDS)
def preview(code: str) -> str | tuple[str, int]:
    """What becomes what before it is stored, and afterwards what came in."""
    batch = queries.batch(session(), actor(), code)
    if batch.stored_at is not None:
        return render_template(
            "entering/stored.html",
            batch=batch,
            outcome=queries.outcome(session(), batch),
            rows=queries.not_taken(session(), batch),
            typed=queries_cards.how_typed(session(), batch),
            card_of=queries_cards.numbers_of(session(), batch),
        )
    return _preview(batch, ArrangeForm(None, batch))


@blueprint.post("/batches/<code>/arrange")
@access.staff(Permission.MANAGE_BOARDS)
def arrange(code: str) -> Response | tuple[str, int]:
    """Say what the columns become."""
    batch = queries.batch_locked(session(), actor(), code)
    form = ArrangeForm(request.form, batch)
    if not sent(form):
        return _preview(batch, form)
    try:
        operations.arrange(session(), actor(), batch, form.fields(), form.prompts(), form.about())
    except Closed as error:
        return _told(batch, error)
    return redirect(url_for("entering.preview", code=code))


@blueprint.post("/batches/<code>/rows")
@access.staff(Permission.MANAGE_BOARDS)
def rows(code: str) -> Response:
    """Keep what was put right on a page of the preview, then go on: to another page, or to storing it all."""
    batch = queries.batch_locked(session(), actor(), code)
    number, shown = request.form.get("page", 1, type=int), request.form.get("show", "")
    then = request.form.get("then", "")
    try:
        page = queries.rows_at(session(), batch, _positions())
        operations.put_right(session(), actor(), batch, row_changes(request.form, page))
        if then == "store":
            operations.store(session(), actor(), code)
            return redirect(url_for("entering.preview", code=code))
    except Closed as error:
        return _told(batch, error)
    except Invalid as error:
        # What was put right is kept all the same.
        flash(str(error.message), "warning")
    turned = {"next": number + 1, "previous": number - 1}.get(then, number)
    return redirect(url_for("entering.preview", code=code, page=turned, show=shown or None))


@blueprint.post("/batches/<code>/undo")
@access.staff(Permission.MANAGE_BOARDS)
def undo(code: str) -> Response:
    """Take back every idea of a batch."""
    batch = queries.batch(session(), actor(), code)
    try:
        operations.undo(session(), actor(), code)
        flash(_("All of it is taken back."), "success")
    except Closed as error:
        return _told(batch, error)
    return redirect(url_for("entering.preview", code=code))


@blueprint.post("/batches/<code>/throw-away")
@access.staff(Permission.MANAGE_BOARDS)
def throw_away(code: str) -> Response:
    """Forget a preview."""
    batch = queries.batch_locked(session(), actor(), code)
    board_code = batch.board.code
    try:
        operations.throw_away(session(), actor(), batch)
    except Closed as error:
        return _told(batch, error)
    flash(_("It is thrown away. Nothing was stored."), "success")
    return redirect(url_for("entering.begin", code=board_code))


def _preview(batch: Batch, form: ArrangeForm) -> tuple[str, int]:
    shown = request.values.get("show", "")
    page = queries.rows(session(), batch, request.values.get("page", 1, type=int), shown)
    counts = queries.counts(session(), batch)
    status = 422 if request.method == "POST" else 200
    if request.method == "GET":
        # What is not shown to anybody yet is personal data, so that it was read is noted.
        note_read(actor(), "read", "batch", (batch.id, batch.dialogue_id))
    return (
        render_template(
            "entering/preview.html",
            batch=batch,
            board=batch.board,
            form=form,
            has_errors=form.has_errors,
            page=page,
            shown=shown if shown in queries.SHOWN else "",
            counts=counts,
            kept_back=[
                column.id for column in batch.board.columns if rules.is_kept_back(batch.board, column)
            ],
            fields=list(Field),
            examples=queries.first_rows(session(), batch, EXAMPLES),
            typed=queries_cards.how_typed(session(), batch),
            card_of=queries_cards.numbers_of(session(), batch),
            store_label=ngettext("Store %(num)s idea", "Store %(num)s ideas", counts.ready),
        ),
        status,
    )


def _positions() -> list[int]:
    """The rows that stood on the page that was sent."""
    names = (name.removeprefix("there-") for name in request.form if name.startswith("there-"))
    return [int(name) for name in names if name.isascii() and name.isdecimal() and len(name) < 6]


def _told(batch: Batch, error: Closed) -> Response:
    transaction.begin_anew()
    flash(str(error.message), "warning")
    return redirect(url_for("entering.preview", code=batch.code))


def _board(code: str) -> Board:
    return queries_desk.desk_board(session(), actor(), code, Permission.MANAGE_BOARDS)
