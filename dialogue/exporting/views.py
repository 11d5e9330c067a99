"""The desk's pages on which a board is taken out."""

import io
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from dialogue.base import text
from dialogue.base.errors import Closed, DomainError, NotFound
from dialogue.boards import queries_desk
from dialogue.boards.models import Board
from dialogue.exporting import operations, queries
from dialogue.exporting.forms import ExportForm, PersonalForm
from dialogue.exporting.models import Audience, Export, ExportKind, Personal, Stage, Wish
from dialogue.exporting.operations import Made
from dialogue.residents import guard
from dialogue.web import access, transaction
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, note_read, session

blueprint = Blueprint("exporting", __name__, url_prefix="/<lang:lang>/desk")

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "zip": "application/zip",
}


@blueprint.route("/boards/<code>/export", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_BOARDS)
def begin(code: str) -> Response | tuple[str, int]:
    """Choose what to take out, and see what was taken out before."""
    board = queries_desk.desk_board(session(), actor(), code, Permission.MANAGE_BOARDS)
    form = ExportForm(posted(), data={"language": actor().language})
    if sent(form):
        try:
            wish = operations.wish(
                ExportKind(form.kind.data), Audience(form.audience.data), form.language.data
            )
            made = _made_at_once(board, wish)
            board = queries_desk.desk_board(session(), actor(), code, Permission.MANAGE_BOARDS)
            key = form.submission_key.data or ""
            asked = operations.ask_for(session(), actor(), board, wish, key)
            if made is not None:
                operations.keep(session(), asked.id, made)
            return redirect(url_for("exporting.export", code=asked.code))
        except DomainError as error:
            form.refuse(error)
            board = queries_desk.desk_board(session(), actor(), code, Permission.MANAGE_BOARDS)
    return render_form(
        "exporting/begin.html",
        form,
        board=board,
        public=queries.count(session(), board, Audience.PUBLIC),
        before=queries.of_board(session(), board),
    )


@blueprint.get("/exports/<code>")
@access.staff(Permission.MANAGE_BOARDS)
def export(code: str) -> tuple[str, int]:
    """How far an export has come, with what it asks, or its file."""
    return _page(queries.export(session(), actor(), code), PersonalForm(None))


@blueprint.post("/exports/<code>/answer")
@access.staff(Permission.MANAGE_BOARDS)
def answer(code: str) -> Response | tuple[str, int]:
    """Say what is done with what may be personal."""
    shown = queries.export(session(), actor(), code)
    form = PersonalForm(posted())
    if sent(form):
        try:
            personal, reason = Personal(form.personal.data), form.reason.data or ""
            operations.check_answer(shown, personal, reason)
            made = _made_at_once(shown.board, replace(shown.wish, personal=personal))
            shown = queries.export(session(), actor(), code, locked=True)
            operations.answer(session(), actor(), shown, personal, reason)
            if made is not None:
                operations.keep(session(), shown.id, made)
            return redirect(url_for("exporting.export", code=code))
        except Closed:
            transaction.begin_anew()
            return redirect(url_for("exporting.export", code=code))
        except DomainError as error:
            form.refuse(error)
    return _page(queries.export(session(), actor(), code), form)


@blueprint.get("/exports/<code>/file")
@access.staff(Permission.MANAGE_BOARDS)
def file(code: str) -> Response:
    """The file itself."""
    shown = queries.export(session(), actor(), code)
    if shown.file is None or queries.is_overtaken(session(), shown):
        raise NotFound
    try:
        content = house().files.get(shown.file)
    except FileNotFoundError:
        raise NotFound from None
    note_read(actor(), "download", "export", (shown.id, shown.dialogue_id))
    name = text.slug(str(shown.board.title)) or shown.board.code
    return send_file(
        io.BytesIO(content),
        mimetype=TYPES[shown.ending],
        download_name=f"{name}.{shown.ending}",
        as_attachment=True,
    )


def _made_at_once(board: Board, wish: Wish) -> Made | None:
    """What can be made while somebody waits, made before anything is written, so that nobody else waits for the
    database meanwhile; None for what is left to the job."""
    board_id, ideas = board.id, queries.count(session(), board, wish.audience)
    transaction.begin_anew()
    if not operations.is_quick(wish.kind, ideas):
        return None
    with house().database.reading() as reading:
        return operations.make(reading, house().files, reading.get_one(Board, board_id), wish)


def _page(shown: Export, form: PersonalForm) -> tuple[str, int]:
    asks = shown.stage is Stage.ASKS
    if asks and request.method == "GET":
        note_read(actor(), "read", "export", (shown.id, shown.dialogue_id))
    status = 422 if form.has_errors else 200
    return (
        render_template(
            "exporting/export.html",
            export=shown,
            board=shown.board,
            is_overtaken=shown.stage is Stage.READY and queries.is_overtaken(session(), shown),
            form=form,
            has_errors=form.has_errors,
            ideas=queries.found_ideas(session(), shown) if asks else [],
            segments=guard.segments,
            may_moderate=actor().may(Permission.MODERATE, shown.board.dialogue.scope()),
        ),
        status,
    )
