"""The follow page: what became of what somebody gave, for whoever holds its code."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n
from dialogue.base.errors import NotFound
from dialogue.dialogues.models import Contribution
from dialogue.followup import chain, feedback, operations, story
from dialogue.followup.forms import AddressForm, CodeForm
from dialogue.residents import operations as residents
from dialogue.residents.entrance import holder_of
from dialogue.residents.models import FollowCode
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.transaction import house, session

blueprint = Blueprint("followup", __name__, url_prefix="/<lang:lang>")


@blueprint.route("/follow", methods=["GET", "POST"])
@access.public
def enter() -> Response | tuple[str, int]:
    """Enter a follow code."""
    form = CodeForm(posted())
    if sent(form):
        try:
            found = holder_of(form.code.data or "")
            return redirect(residents.follow_path(residents.printed_code(found), i18n.language()))
        except NotFound as error:
            form.refuse(error)
    return render_form("followup/enter.html", form)


@blueprint.get("/follow/<code>")
@access.follow_code
def follow(code: str) -> str | tuple[str, int]:
    """What was given under a code, its story and what comes next."""
    try:
        found = holder_of(code)
    except NotFound as error:
        form = CodeForm(data={"code": code[:40]})
        form.refuse(error)
        return render_template("followup/enter.html", form=form, has_errors=True), 404
    return render_template("followup/follow.html", **_page(found), form=AddressForm())


@blueprint.post("/follow/<code>/address")
@access.follow_code
def leave_address(code: str) -> Response | tuple[str, int]:
    """Leave an e-mail address, or another one, so as to be told."""
    found = holder_of(code)
    form = AddressForm(posted())
    if sent(form):
        operations.leave_address(session(), found, form.email.data or "", i18n.language())
        return _back(found, "told")
    return render_form("followup/follow.html", form, **_page(found))


@blueprint.post("/follow/<code>/address/remove")
@access.follow_code
def remove_address(code: str) -> Response:
    """Be told no more."""
    found = holder_of(code)
    residents.forget_address(session(), found.id)
    return _back(found, "not-told")


@blueprint.route("/follow/<code>/withdraw/<given>", methods=["GET", "POST"])
@access.follow_code
def withdraw(code: str, given: str) -> Response | str | tuple[str, int]:
    """Take back what was given, after a question."""
    found = holder_of(code)
    contribution = next((one for one in chain.given_with(session(), found.id) if one.code == given), None)
    part = _part(contribution, residents.printed_code(found)) if contribution else None
    if contribution is None or part is None or not part.withdraw_label:
        raise NotFound
    if request.method == "POST":
        operations.withdraw(session(), contribution, _eraser(contribution))
        return _back(found, "taken-back")
    return render_template(
        "followup/withdraw.html", contribution=contribution, part=part, code=residents.printed_code(found)
    )


@blueprint.get("/unsubscribe/<token>")
@access.mail_link
def unsubscribe(token: str) -> str:
    """A button, since programs that check mail open links too."""
    known = feedback.find_subscription(session(), token) is not None
    return render_template("followup/unsubscribe.html", token=token, known=known)


@blueprint.post("/unsubscribe/<token>")
@access.machine
def unsubscribe_now(token: str) -> str:
    """Stop the mails; called by a mail program with one click, or by the button."""
    contact = feedback.find_subscription(session(), token)
    if contact is not None:
        residents.forget_address(session(), contact.follow_code_id)
    return render_template("followup/unsubscribe.html", token=token, known=False)


def _page(found: FollowCode) -> dict[str, Any]:
    given = chain.given_with(session(), found.id)
    records = chain.records(session(), given)
    code = residents.printed_code(found)
    today = clock.today()
    things = [
        {"contribution": one, "part": _part(one, code), "steps": story.steps(records[one.id], today)}
        for one in given
    ]
    return {
        "things": things,
        "code": code,
        "contact": found.contact,
        "is_new": request.args.get("new") == "1",
        "just": request.args.get("just", ""),
        "path": residents.follow_path(code, i18n.language()),
    }


def _part(contribution: Contribution, code: str) -> Any:
    for room in house().rooms:
        if contribution.kind.value in room.follow_parts:
            return room.follow_parts[contribution.kind.value](session(), contribution, code)
    return None


def _eraser(contribution: Contribution) -> operations.Eraser:
    for room in house().rooms:
        if contribution.kind.value in room.erasers:
            return room.erasers[contribution.kind.value]
    raise NotFound


def _back(found: FollowCode, just: str) -> Response:
    return redirect(url_for("followup.follow", code=residents.printed_code(found), just=just))
