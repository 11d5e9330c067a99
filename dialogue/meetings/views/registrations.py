"""Pages of sign-ups for those who plan the meeting. Each look at the names is written in the audit."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, tokens
from dialogue.base.errors import DomainError, Invalid
from dialogue.base.i18n import _, lazy
from dialogue.meetings import operations, queries, rules
from dialogue.meetings.forms import SignUpForm
from dialogue.meetings.models import RegistrationStatus
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import note_read, session

blueprint = Blueprint("registrations", __name__, url_prefix="/<lang:lang>/desk/meetings/<code>/registrations")


@blueprint.get("")
@access.staff(Permission.MANAGE_MEETINGS)
def registrations(code: str) -> str:
    """Who has a seat, and who is in line."""
    shown = queries.for_desk(session(), actor(), code)
    page = queries.registrations(session(), shown, request.args.get("page", 1, type=int))
    note_read(actor(), "read", "registrations", (shown.id, shown.dialogue_id))
    now = clock.now()
    return render_template(
        "meetings/desk/registrations.html",
        meeting=shown,
        page=page,
        counts=queries.counts(session(), shown),
        can_mark=rules.can_mark_attendance(shown, now),
        can_add=rules.why_nobody_is_added(shown, now) is None,
        can_cancel=not rules.is_cancelled(shown) and not rules.is_over(shown, now),
    )


@blueprint.route("/add", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_MEETINGS)
def add(code: str) -> Response | tuple[str, int]:
    """Sign somebody up who called or came to the door."""
    shown = queries.for_desk(session(), actor(), code)
    form = SignUpForm(posted())
    if sent(form):
        try:
            wish = form.wish(shown.dialogue.languages[0])
            receipt = operations.add_by_hand(session(), actor(), shown, wish, form.submission_key.data or "")
            flash(
                _(
                    "%(name)s is signed up. The follow code is %(code)s.",
                    name=wish.name,
                    code=tokens.in_groups(receipt.code),
                ),
                "success",
            )
            return redirect(url_for("registrations.registrations", code=code))
        except DomainError as error:
            form.refuse(error)
            shown = queries.for_desk(session(), actor(), code)
    return render_form("meetings/desk/add.html", form, meeting=shown, is_full=rules.is_full(shown))


@blueprint.post("/<given>/attendance")
@access.staff(Permission.MANAGE_MEETINGS)
def attendance(code: str, given: str) -> Response:
    """Tick somebody off, or take that back."""
    shown = queries.for_desk(session(), actor(), code)
    registration = queries.registration_of(session(), shown, given)
    wanted = request.form.get("status", "")
    if wanted not in {status.value for status in rules.SEATED}:
        raise Invalid(lazy("Choose whether they were there."))
    operations.mark_attendance(session(), actor(), shown, registration, RegistrationStatus(wanted))
    return redirect(url_for("registrations.registrations", code=code) + f"#{given}")


@blueprint.post("/<given>/cancel")
@access.staff(Permission.MANAGE_MEETINGS)
def cancel(code: str, given: str) -> Response:
    """Cancel somebody's sign-up on their behalf."""
    shown = queries.for_desk(session(), actor(), code)
    operations.cancel_for(session(), actor(), shown, queries.registration_of(session(), shown, given))
    flash(_("The sign-up is cancelled, and the name is removed."), "success")
    return redirect(url_for("registrations.registrations", code=code))
