"""Whether an organisation has taken what was passed on to it: by the link in its mail, and noted at the desk."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.followup import passing, queries_desk
from dialogue.followup.forms_deciding import PassingForm
from dialogue.followup.models import Decision, PassState
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import give_up, session

blueprint = Blueprint("passing", __name__, url_prefix="/<lang:lang>")


@blueprint.route("/passed-on/<token>", methods=["GET", "POST"])
@access.mail_link
def answer(token: str) -> Response | tuple[str, int]:
    """The organisation says whether it has taken it."""
    found = passing.opened(session(), token)
    if found.has_expired:
        address = url_for("passing.new_link", token=token)
        return render_template("actions/expired.html", send_to=address, owner=found.organisation), 410
    form = PassingForm(posted())
    if sent(form):
        try:
            passing.answer(session(), found, PassState(form.state.data), form.reply.data or "")
            return redirect(url_for("passing.answer", token=token, told="yes"))
        except DomainError as error:
            form.refuse(error)
            found = passing.opened(session(), token)
    return render_form(
        "followup/passed_on.html", form, found=found, token=token, told=request.args.get("told") == "yes"
    )


@blueprint.post("/passed-on/<token>/new-link")
@access.mail_link
def new_link(token: str) -> Response:
    """Send a fresh link to the organisation's own address, whoever asks."""
    passing.send_again(session(), passing.opened(session(), token).decision)
    return redirect(url_for("action_links.sent"))


@blueprint.route("/desk/decisions/<code>/passed-on", methods=["GET", "POST"])
@access.staff(Permission.DECIDE)
def note(code: str) -> Response | tuple[str, int]:
    """What the organisation has said, noted by somebody of the team."""
    decision = _decision(code)
    form = PassingForm(
        posted(), state=decision.pass_state and decision.pass_state.value, reply=decision.pass_reply
    )
    if sent(form):
        try:
            state = PassState(form.state.data)
            passing.note_answer(session(), actor(), decision, state, form.reply.data or "")
            flash(_("It is noted."), "success")
            return redirect(url_for("passing.note", code=code))
        except DomainError as error:
            form.refuse(error)
            decision = _decision(code)
    return render_form(
        "followup/desk_passed_on.html",
        form,
        decision=decision,
        themes=queries_desk.themes_about(session(), decision.id),
    )


@blueprint.post("/desk/decisions/<code>/passed-on/ask")
@access.staff(Permission.DECIDE)
def ask_again(code: str) -> Response:
    """Send the question to the organisation once more."""
    decision = _decision(code)
    try:
        has_address = passing.ask_again(session(), actor(), decision)
        said = _("We have asked them again by e-mail. We send at most one such mail a day.")
        nobody = _("They have no e-mail address here. Ask them, and note the answer below.")
        flash(said if has_address else nobody, "success" if has_address else "error")
    except DomainError as error:
        give_up(error)
    return redirect(url_for("passing.note", code=code))


def _decision(code: str) -> Decision:
    return queries_desk.decision(session(), actor(), code, Permission.DECIDE)
