"""The desk's page on which films and slides are entered, and shown in a meeting."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.boards import queries_desk, rules
from dialogue.boards.operations import Draft
from dialogue.entering import films
from dialogue.entering.forms import FilmForm
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import session

blueprint = Blueprint("films", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/boards/<code>/films", methods=["GET", "POST"])
@access.staff(Permission.FACILITATE)
def of_board(code: str) -> Response | tuple[str, int]:
    """The films and slides of a board, and room to enter one more."""
    board = queries_desk.desk_board(session(), actor(), code, Permission.FACILITATE)
    form = FilmForm(posted(), data={"language": actor().language})
    form.offer_columns(board)
    if sent(form):
        url = form.url.data or ""
        draft = Draft(
            form.column.data,
            form.title.data or "",
            form.text.data or "",
            form.language.data,
            url if form.is_open.data else "",
        )
        try:
            key = form.submission_key.data or ""
            films.enter(session(), actor(), board, draft, form.label.data or "", url, key)
            flash(_("Saved. The link is shown here, for the meeting."), "success")
            return redirect(url_for("films.of_board", code=code))
        except DomainError as error:
            form.refuse(error)
            board = queries_desk.desk_board(session(), actor(), code, Permission.FACILITATE)
    return render_form(
        "entering/films.html",
        form,
        board=board,
        no_entries=rules.why_no_entries(board),
        films=films.to_show(session(), board),
        may_manage=actor().may(Permission.MANAGE_BOARDS, board.dialogue.scope()),
    )


@blueprint.post("/boards/<code>/films/<film>/forget")
@access.staff(Permission.FACILITATE)
def forget(code: str, film: str) -> Response:
    """Let go of a link; the idea stays."""
    board = queries_desk.desk_board(session(), actor(), code, Permission.FACILITATE)
    films.forget_link(session(), actor(), board, film)
    flash(_("The link is removed. The idea stays."), "success")
    return redirect(url_for("films.of_board", code=code))
