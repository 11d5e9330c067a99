"""The desk's pages on which ideas are read before they are shown."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock
from dialogue.base.errors import Closed, NotFound
from dialogue.base.i18n import _
from dialogue.boards import duty, moderation, picturing, queries_desk, queries_duty, queries_reading, rules
from dialogue.boards.forms_reading import ReturnForm
from dialogue.boards.models import Board, Idea, ReturnReason
from dialogue.boards.views_pictures import sent_picture
from dialogue.dialogues.models import ON_DUTY
from dialogue.residents import guard
from dialogue.web import access, transaction
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import note_read, session

blueprint = Blueprint("moderation", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.get("/moderation")
@access.staff(Permission.MODERATE)
def queue() -> str:
    """All ideas that wait for this person, the oldest first."""
    return _queue(None)


@blueprint.get("/boards/<code>/moderation")
@access.staff(Permission.MODERATE)
def of_board(code: str) -> str:
    """The ideas of one board that wait to be read."""
    return _queue(queries_desk.desk_board(session(), actor(), code, Permission.MODERATE))


@blueprint.get("/ideas/<code>")
@access.staff(Permission.MODERATE)
def idea(code: str) -> tuple[str, int]:
    """One idea, shown or not, with what can be done about it."""
    shown = queries_desk.desk_idea(session(), actor(), code)
    if shown.contribution.state in ON_DUTY:
        hold = queries_duty.of_idea(session(), shown)
        return render_template("boards/desk/held.html", idea=shown, hold=hold), 200
    _note_read([shown])
    return _idea_page(shown, ReturnForm())


@blueprint.get("/ideas/<code>/picture/<any(full, small):size>")
@access.staff(Permission.MODERATE)
def picture(code: str, size: str) -> Response:
    """The picture of an idea, shown or not, for those who may read it first."""
    shown = queries_desk.desk_idea(session(), actor(), code)
    if shown.contribution.state in ON_DUTY and shown.board.dialogue.duty_officer_id != actor().user_id:
        raise NotFound
    address = picturing.address(shown, size)
    # The page on which a small one stands has been noted already.
    if size == "full":
        _note_read([shown])
    return sent_picture(address)


@blueprint.post("/ideas/<code>/publish")
@access.staff(Permission.MODERATE)
def publish(code: str) -> Response:
    """Let everybody see an idea."""
    try:
        moderation.publish(session(), actor(), code, _revision())
        flash(_("The idea is published. You can undo it below."), "success")
    except Closed as error:
        transaction.give_up(error, "warning")
    return _to_queue()


@blueprint.post("/ideas/<code>/return")
@access.staff(Permission.MODERATE)
def send_back(code: str) -> Response | tuple[str, int]:
    """Send an idea back to its writer with a reason."""
    form = ReturnForm(posted())
    if not sent(form):
        shown = queries_desk.desk_idea(session(), actor(), code)
        if shown.contribution.state in ON_DUTY:
            return redirect(url_for("moderation.idea", code=code))
        return _idea_page(shown, form)
    try:
        reason = ReturnReason(form.reason.data)
        moderation.return_to_writer(session(), actor(), code, _revision(), reason, form.note.data or "")
        flash(_("The idea is not shown, and its writer is told why. You can undo it below."), "success")
    except Closed as error:
        transaction.give_up(error, "warning")
    return _to_queue()


@blueprint.post("/ideas/<code>/hold")
@access.staff(Permission.MODERATE)
def hold(code: str) -> Response:
    """Hold an idea for the duty officer, who is told at once."""
    try:
        held = duty.hold(session(), actor(), code, _revision())
        officer = held.idea.board.dialogue.duty_officer
        flash(
            _(
                "Held. %(name)s is told, and nobody else can read it now.",
                name=officer.name if officer else "",
            ),
            "success",
        )
    except Closed as error:
        transaction.give_up(error, "warning")
    return _to_queue()


@blueprint.post("/ideas/<code>/undo")
@access.staff(Permission.MODERATE)
def undo(code: str) -> Response:
    """Let an idea wait again."""
    try:
        moderation.undo(session(), actor(), code)
        flash(_("The idea waits to be read again."), "success")
    except Closed as error:
        transaction.give_up(error, "warning")
    return _to_queue()


def _queue(board: Board | None) -> str:
    page = queries_desk.to_read(session(), actor(), request.args.get("page", 1, type=int), board)
    _note_read(page.ideas)
    return render_template(
        "boards/desk/moderation.html",
        page=page,
        board=board,
        readers=queries_reading.readers(session(), actor(), [idea.contribution_id for idea in page.ideas]),
        lately=queries_desk.lately_read(session(), actor()),
        now=clock.now(),
        today=clock.today(),
        rules=rules,
        segments=guard.segments,
    )


def _idea_page(shown: Idea, form: ReturnForm) -> tuple[str, int]:
    return render_form(
        "boards/desk/idea.html",
        form,
        idea=shown,
        now=clock.now(),
        today=clock.today(),
        rules=rules,
        segments=guard.segments,
    )


def _note_read(ideas: Sequence[Idea]) -> None:
    """What is not shown yet is personal data, so that it was read is noted, once for each idea."""
    unpublished = [shown.contribution for shown in ideas if shown.published_at is None]
    note_read(actor(), "read", "idea", *((given.id, given.dialogue_id) for given in unpublished))


def _revision() -> int:
    """Which version of the idea the moderator has in front of them."""
    return request.form.get("revision", 0, type=int)


def _to_queue() -> Response:
    """Back to the queue that the moderator works through."""
    board_code = request.form.get("queue")
    if board_code:
        return redirect(url_for("moderation.of_board", code=board_code))
    return redirect(url_for("moderation.queue"))
