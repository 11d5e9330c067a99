"""Reading ideas one by one: each decision brings the next, and two moderators never have the same one."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, tongues
from dialogue.base.errors import Closed, DomainError, Invalid
from dialogue.base.i18n import _
from dialogue.boards import claims, duty, moderation, queries_desk, queries_reading, rules, similar
from dialogue.boards.forms_reading import CutForm
from dialogue.boards.models import Board, Idea, ReturnReason
from dialogue.residents import guard
from dialogue.web import access, transaction
from dialogue.web.forms import hidden_number, posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import note_read, session

blueprint = Blueprint("reading", __name__, url_prefix="/<lang:lang>/desk/reading")

staff = access.staff(Permission.MODERATE)


@blueprint.get("")
@staff
def one() -> tuple[str, int]:
    """The idea that this person has, with everything that can be done about it."""
    return _page(CutForm())


@blueprint.post("/next")
@staff
def take() -> Response:
    """Be given the oldest idea that waits and is with nobody else."""
    return _next()


@blueprint.post("/<code>/publish")
@staff
def publish(code: str) -> Response:
    """Let everybody see it, and go on to the next."""
    is_done = _decide(lambda: moderation.publish(session(), actor(), code, _revision()))
    return _next(code, _("Published.")) if is_done else _next()


@blueprint.post("/<code>/return")
@staff
def send_back(code: str) -> Response:
    """Send it back for the reason whose button was pressed, and go on to the next."""
    reason, note = _reason(), request.form.get("note", "").strip()[:500]
    if reason is None:
        queries_desk.desk_idea(session(), actor(), code)
        flash(_("Choose why it is not shown."), "error")
        return redirect(url_for("reading.one", board=_board_code()))
    is_done = _decide(
        lambda: moderation.return_to_writer(session(), actor(), code, _revision(), reason, note)
    )
    return _next(code, _("Sent back: %(reason)s.", reason=reason.label)) if is_done else _next()


@blueprint.post("/<code>/same")
@staff
def same(code: str) -> Response:
    """Send it back because another idea says the same, and go on to the next."""
    other = request.form.get("other", "")[:40]
    try:
        moderation.return_as_same(session(), actor(), code, _revision(), other)
    except (Closed, Invalid) as error:
        transaction.give_up(error, "warning")
        return redirect(url_for("reading.one", board=_board_code()))
    return _next(code, _("Sent back: %(reason)s.", reason=ReturnReason.DUPLICATE.label))


@blueprint.post("/<code>/redact")
@staff
def redact(code: str) -> Response | tuple[str, int]:
    """Take something out, let everybody see the rest, and go on to the next."""
    form = CutForm(posted())
    idea = queries_desk.desk_idea(session(), actor(), code)
    form.offer(idea, is_sent=True)
    if sent(form):
        try:
            revision = hidden_number(form.revision)
            moderation.redact(session(), actor(), code, revision, form.cut())
            return _next(code, _("Published without what you took out."))
        except Closed as error:
            transaction.give_up(error, "warning")
            return _next()
        except DomainError as error:
            form.refuse(error)
    return _page(form)


@blueprint.post("/<code>/hold")
@staff
def hold(code: str) -> Response:
    """Hold it for the duty officer, who is told at once, and go on to the next."""
    is_done = _decide(lambda: duty.hold(session(), actor(), code, _revision()))
    # That cannot be undone here, so the next page does not offer it.
    said = _("Held. The duty officer is told, and nobody else can read it now.")
    return _next(said=said) if is_done else _next()


@blueprint.post("/<code>/skip")
@staff
def skip(code: str) -> Response:
    """Leave it to others, and go on to the next."""
    claims.skip(session(), actor(), queries_desk.desk_idea_locked(session(), actor(), code))
    return _next()


@blueprint.post("/<code>/undo")
@staff
def undo(code: str) -> Response:
    """Let what was decided last wait again, and read it once more."""
    if _decide(lambda: moderation.undo(session(), actor(), code)):
        idea = queries_desk.desk_idea(session(), actor(), code)
        claims.take(session(), actor(), idea)
        flash(_("The idea waits to be read again."), "success")
    return redirect(url_for("reading.one", board=_board_code()))


@blueprint.post("/<code>/renew")
@staff
def renew(code: str) -> Response:
    """Keep an idea while its page is open; asked by the page's script."""
    queries_desk.desk_idea(session(), actor(), code)
    return Response(status=204 if claims.renew(session(), actor(), code) else 409)


def _decide(decision: Callable[[], object]) -> bool:
    try:
        decision()
    except Closed as error:
        transaction.give_up(error, "warning")
        return False
    return True


def _next(done: str | None = None, said: str = "") -> Response:
    """On to the next idea, which is taken in the same transaction as the decision about this one.

    ``done`` is the code of the idea whose decision can be undone there.
    """
    claims.take_next(session(), actor(), _board())
    if said:
        flash(said, "success")
    return redirect(url_for("reading.one", board=_board_code(), done=done))


def _page(form: CutForm) -> tuple[str, int]:
    board = _board()
    found = queries_reading.reading(session(), actor(), board)
    if found.idea is not None:
        form.offer(found.idea, is_sent=request.method == "POST")
        if request.method == "GET":
            given = found.idea.contribution
            note_read(actor(), "read", "idea", (given.id, given.dialogue_id))
    return render_form(
        "boards/desk/reading.html",
        form,
        reading=found,
        idea=found.idea,
        board=board,
        done=request.args.get("done", ""),
        reasons=[reason for reason in ReturnReason if reason is not ReturnReason.DUPLICATE],
        alike=_alike(found.idea),
        tongue=tongues.name,
        now=clock.now(),
        today=clock.today(),
        rules=rules,
        segments=guard.segments,
    )


def _alike(idea: Idea | None) -> list[Idea]:
    """Ideas that are shown and say much the same as the one in front."""
    found = similar.possible_duplicates(session(), idea) if idea is not None else []
    return [one for one in found if one.published_at is not None]


def _reason() -> ReturnReason | None:
    """Whose button was pressed."""
    return next((reason for reason in ReturnReason if reason.value == request.form.get("reason")), None)


def _revision() -> int:
    return request.form.get("revision", 0, type=int)


def _board_code() -> str | None:
    """The board that somebody reads, if it is one; it goes along from page to page."""
    return request.values.get("board") or None


def _board() -> Board | None:
    code = _board_code()
    return queries_desk.desk_board(session(), actor(), code, Permission.MODERATE) if code else None
