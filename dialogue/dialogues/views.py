"""The desk's pages of dialogues: the list, one dialogue, and what its team does with it."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.base.i18n import DEFAULT_LANGUAGE, _
from dialogue.base.qr import svg
from dialogue.dialogues import operations, queries, rules
from dialogue.dialogues.forms import MemberForm, PromiseForm, ask_in_its_languages
from dialogue.dialogues.models import Dialogue
from dialogue.web import access
from dialogue.web.forms import Form, posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission, Role
from dialogue.web.rooms import Part
from dialogue.web.transaction import house, session

blueprint = Blueprint("dialogues", __name__, url_prefix="/<lang:lang>/desk/dialogues")


@blueprint.get("/")
@access.staff(Permission.VIEW_DIALOGUE)
def dialogues() -> str:
    """The dialogues of this person, and the way to a new one."""
    return render_template(
        "dialogues/dialogues.html",
        page=queries.summaries(session(), actor(), clock.today(), request.args.get("page", 1, type=int)),
        may_create=actor().has(Permission.CREATE_DIALOGUE),
    )


@blueprint.get("/<code>")
@access.staff(Permission.VIEW_DIALOGUE)
def dialogue(code: str) -> str:
    """One dialogue for its team: what comes next, what is missing, and everything it has."""
    shown = queries.for_desk(session(), actor(), code)
    today = clock.today()
    is_answered = bool(queries.answered(session(), [shown.id]))
    return render_template(
        "dialogues/dialogue.html",
        dialogue=shown,
        parts=_parts(shown),
        phase=rules.current_phase(shown, today),
        next=rules.next_step(shown, today),
        steps=rules.NextStep,
        missing=rules.missing_for_publishing(shown),
        is_late=rules.is_late(shown, today, is_answered),
        may_manage=actor().may(Permission.MANAGE_DIALOGUE, shown.scope()),
        may_sign=actor().may(Permission.SIGN_PROMISE, shown.scope()),
        may_read=actor().may(Permission.MODERATE, shown.scope()),
        may_condense=actor().may(Permission.CONDENSE, shown.scope()),
    )


@blueprint.get("/<code>/sheet")
@access.staff(Permission.VIEW_DIALOGUE)
def sheet(code: str) -> str:
    """A sheet with the question and its code, to print and put up."""
    shown = queries.for_desk(session(), actor(), code)
    return render_template("dialogues/sheet.html", dialogue=shown, address=_public_address(shown))


@blueprint.get("/<code>/qr.svg")
@access.staff(Permission.VIEW_DIALOGUE)
def qr(code: str) -> Response:
    """The QR code of a dialogue's public page."""
    response = make_response(svg(_public_address(queries.for_desk(session(), actor(), code))))
    response.mimetype = "image/svg+xml"
    return response


@blueprint.get("/<code>/plan")
@access.staff(Permission.VIEW_DIALOGUE)
def one_page_plan(code: str) -> str:
    """The plan on one page, to print."""
    shown = queries.for_desk(session(), actor(), code)
    return render_template(
        "dialogues/plan.html",
        dialogue=shown,
        parts=_parts(shown),
        public_url=house().settings.public_url + url_for("overview.dialogue", code=shown.code),
    )


@blueprint.get("/<code>/history")
@access.staff(Permission.VIEW_DIALOGUE)
def history(code: str) -> str:
    """What has happened to the dialogue, when, and by whom."""
    shown = queries.for_desk(session(), actor(), code)
    return render_template("dialogues/history.html", dialogue=shown, lines=queries.history(session(), shown))


@blueprint.route("/<code>/promise", methods=["GET", "POST"])
@access.staff(Permission.SIGN_PROMISE)
def promise(code: str) -> Response | tuple[str, int]:
    """A leader promises residents an answer."""
    shown = queries.for_desk(session(), actor(), code, Permission.SIGN_PROMISE)
    form = PromiseForm(posted(), data={"answer_by": shown.answer_by})
    if sent(form) and form.answer_by.data is not None:
        try:
            operations.sign_promise(session(), actor(), shown, form.answer_by.data)
            flash(_("Your promise is signed."), "success")
            return _to(shown)
        except DomainError as error:
            form.refuse(error)
    return render_form("dialogues/promise.html", form, dialogue=shown)


@blueprint.route("/<code>/publish", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_DIALOGUE)
def publish(code: str) -> Response | tuple[str, int]:
    """Publish a draft, or see what is missing for it."""
    shown = queries.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    form = Form(posted())
    if sent(form):
        try:
            operations.publish(session(), actor(), shown)
            flash(_("The dialogue is published. Everybody can see it now."), "success")
            return _to(shown)
        except DomainError as error:
            form.refuse(error)
    return render_form(
        "dialogues/publish.html",
        form,
        dialogue=shown,
        missing=rules.missing_for_publishing(shown),
        may_sign=actor().may(Permission.SIGN_PROMISE, shown.scope()),
    )


@blueprint.route("/<code>/close", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_DIALOGUE)
def close(code: str) -> Response | tuple[str, int]:
    """Close a dialogue, after saying what that means."""
    shown = queries.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    form = Form(posted())
    if sent(form):
        try:
            operations.close(session(), actor(), shown)
            flash(_("The dialogue is closed. You can open it again."), "success")
            return _to(shown)
        except DomainError as error:
            form.refuse(error)
    is_answered = bool(queries.answered(session(), [shown.id]))
    return render_form("dialogues/close.html", form, dialogue=shown, is_answered=is_answered)


@blueprint.post("/<code>/reopen")
@access.staff(Permission.MANAGE_DIALOGUE)
def reopen(code: str) -> Response:
    """Take a closed dialogue up again."""
    shown = queries.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    operations.reopen(session(), actor(), shown)
    flash(_("The dialogue is open again."), "success")
    return _to(shown)


@blueprint.post("/<code>/checklist")
@access.staff(Permission.MANAGE_DIALOGUE)
def checklist(code: str) -> Response:
    """Tick what is done."""
    shown = queries.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    done = request.form.getlist("done", type=int)
    operations.tick_checklist(session(), actor(), shown, set(done))
    flash(_("The checklist is saved."), "success")
    return _to(shown)


@blueprint.route("/<code>/team", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_DIALOGUE)
def team(code: str) -> Response | tuple[str, int]:
    """The team: who plays which part; add one."""
    shown = queries.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    form = MemberForm(posted())
    ask_in_its_languages(form, shown, form.part)
    roles = rules.grantable_roles(actor(), shown.scope())
    form.offer(queries.organisations_of(session(), shown), roles)
    if sent(form):
        try:
            operations.add_member(
                session(),
                actor(),
                shown,
                form.part.data,
                form.organisation_id.data,
                email=form.email.data or "",
                role=Role(form.role.data),
            )
            return redirect(url_for("dialogues.team", code=code))
        except DomainError as error:
            form.refuse(error)
    return render_form("dialogues/team.html", form, dialogue=shown, roles=roles)


@blueprint.post("/<code>/team/<int:member_id>/remove")
@access.staff(Permission.MANAGE_DIALOGUE)
def remove_member(code: str, member_id: int) -> Response:
    """Take a part out of the team."""
    shown = queries.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    operations.remove_member(session(), actor(), shown, member_id)
    flash(_("Removed from the team."), "success")
    return redirect(url_for("dialogues.team", code=code))


def _parts(shown: Dialogue) -> list[Part]:
    return [make(session(), actor(), shown) for room in house().rooms for make in room.parts]


def _to(shown: Dialogue) -> Response:
    return redirect(url_for("dialogues.dialogue", code=shown.code))


def _public_address(shown: Dialogue) -> str:
    return house().settings.public_url + url_for("overview.dialogue", code=shown.code, lang=DEFAULT_LANGUAGE)
