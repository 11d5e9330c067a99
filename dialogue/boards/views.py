"""Pages of boards for residents."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n
from dialogue.base.errors import DomainError, NotFound
from dialogue.boards import operations, queries, rules
from dialogue.boards.forms import IdeaForm
from dialogue.residents.operations import follow_path
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.pagecache import cached
from dialogue.web.transaction import session

blueprint = Blueprint("boards", __name__, url_prefix="/<lang:lang>/boards")


@blueprint.get("/<code>")
@access.public
@cached(queries.public_version)
def board(code: str) -> str:
    """A board with its published ideas, newest first."""
    shown = queries.public_board(session(), code)
    column_id = request.args.get("column", type=int)
    page = queries.published_ideas(session(), shown, request.args.get("page", 1, type=int), column_id)
    return render_template(
        "boards/board.html", board=shown, page=page, column_id=column_id, is_open=rules.is_open(shown, clock.today())
    )


@blueprint.route("/<code>/write", methods=["GET", "POST"])
@access.public
def write(code: str) -> Response | tuple[str, int]:
    """Write an idea."""
    shown = queries.public_board(session(), code)
    form = IdeaForm(posted())
    form.offer_columns(shown)
    if sent(form):
        draft = operations.Draft(form.column.data, form.title.data or "", form.text.data or "", i18n.language())
        try:
            receipt = operations.write_idea(session(), shown, draft, form.submission_key.data or "")
            return redirect(follow_path(receipt.code, i18n.language()) + "?new=1")
        except DomainError as error:
            form.refuse(error)
    return render_form("boards/write.html", form, board=shown, is_open=rules.is_open(shown, clock.today()))


@blueprint.post("/ideas/<code>/support")
@access.public
def support(code: str) -> Response:
    """Give an idea a dot."""
    raise NotFound
