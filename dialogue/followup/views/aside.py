"""The desk: what belongs to no theme is left out with a reason, and a step of regrouping is undone."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.dialogues import queries as dialogues
from dialogue.followup import queries_desk, regrouping
from dialogue.followup.forms_condensing import LeaveOutForm
from dialogue.followup.views import condensing
from dialogue.web import access
from dialogue.web.forms import sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import give_up, session

blueprint = Blueprint("aside", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.post("/dialogues/<code>/leave-out")
@access.staff(Permission.CONDENSE)
def leave_out(code: str) -> Response | tuple[str, int]:
    """Leave what was chosen out of every theme, and say why."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    form = LeaveOutForm(request.form)
    if sent(form):
        try:
            chosen, reason = request.form.getlist("chosen"), form.reason.data or ""
            regrouping.leave_out(session(), actor(), dialogue, chosen, reason)
            return condensing.back_to_unplaced(code)
        except DomainError as error:
            form.refuse(error)
            dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    return condensing.themes_page(dialogue, form, leave_form=form)


@blueprint.post("/dialogues/<code>/take-in")
@access.staff(Permission.CONDENSE)
def take_in(code: str) -> Response:
    """Let what was left out wait to be placed again."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    try:
        regrouping.take_in(session(), actor(), dialogue, request.form.getlist("chosen"))
    except DomainError as error:
        give_up(error)
    return condensing.back_to_unplaced(code)


@blueprint.post("/regroupings/<code>/undo")
@access.staff(Permission.CONDENSE)
def undo(code: str) -> Response:
    """Put back what one step moved."""
    step = queries_desk.regrouping(session(), actor(), code)
    dialogue_code = step.dialogue.code
    try:
        regrouping.undo(session(), actor(), step)
        flash(_("Undone. Everything lies where it was before."), "success")
    except DomainError as error:
        give_up(error)
    if request.form.get("came_from") == "suggestions":
        return redirect(url_for("suggest.groups", code=dialogue_code))
    return redirect(url_for("condense.all_themes", code=dialogue_code))
