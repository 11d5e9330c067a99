"""Pages on which a meeting is planned, cancelled and reported."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _, ngettext
from dialogue.dialogues.queries import for_desk as dialogue_for_desk
from dialogue.meetings import gatherings, mail, planning, queries, queries_groups, rules
from dialogue.meetings.forms import MeetingForm, ReportForm, values_for_new, values_of
from dialogue.web import access
from dialogue.web.forms import hidden_number, posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("meeting_desk", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/dialogues/<code>/meetings/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_MEETINGS)
def new(code: str) -> Response | tuple[str, int]:
    """Plan a meeting in a dialogue."""
    dialogue = dialogue_for_desk(session(), actor(), code, Permission.MANAGE_MEETINGS)
    form = MeetingForm(posted(), data=values_for_new())
    form.prepare(dialogue)
    if sent(form):
        try:
            made = planning.plan_meeting(
                session(), actor(), dialogue, form.plan(), form.submission_key.data or ""
            )
            flash(_("The meeting is planned. Next: how it goes."), "success")
            return redirect(url_for("meeting_desk.meeting", code=made.code))
        except DomainError as error:
            form.refuse(error)
            dialogue = dialogue_for_desk(session(), actor(), code, Permission.MANAGE_MEETINGS)
    return render_form("meetings/desk/edit.html", form, meeting=None, dialogue=dialogue)


@blueprint.get("/meetings/<code>")
@access.staff(Permission.MANAGE_MEETINGS, Permission.VIEW_DIALOGUE)
def meeting(code: str) -> str:
    """A meeting as its team sees it: where it stands and what comes next."""
    shown = queries.for_desk(session(), actor(), code, Permission.VIEW_DIALOGUE)
    now = clock.now()
    return render_template(
        "meetings/desk/meeting.html",
        meeting=shown,
        counts=queries.counts(session(), shown),
        when=mail.when(shown),
        where=mail.where(shown),
        manages=rules.manages(actor(), shown),
        is_over=rules.is_over(shown, now),
        is_coming=rules.is_coming(shown, now),
        is_cancelled=rules.is_cancelled(shown),
        hall_tools=gatherings.hall_tools(house().rooms, session(), actor(), shown),
    )


@blueprint.route("/meetings/<code>/edit", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_MEETINGS)
def edit(code: str) -> Response | tuple[str, int]:
    """Change a meeting."""
    shown = queries.for_desk(session(), actor(), code)
    form = MeetingForm(posted(), data=values_of(shown))
    form.prepare(shown.dialogue)
    if sent(form):
        try:
            seen = hidden_number(form.revision)
            told = planning.change_meeting(session(), actor(), shown, form.plan(), seen)
            flash(_("The meeting is saved."), "success")
            if told:
                flash(_told(told), "message")
            return redirect(url_for("meeting_desk.meeting", code=code))
        except DomainError as error:
            form.refuse(error)
            shown = queries.for_desk(session(), actor(), code)
    return render_form("meetings/desk/edit.html", form, meeting=shown, dialogue=shown.dialogue)


@blueprint.post("/meetings/<code>/cancel")
@access.staff(Permission.MANAGE_MEETINGS)
def cancel(code: str) -> Response:
    """Cancel a meeting and tell everybody."""
    told = planning.cancel_meeting(session(), actor(), queries.for_desk(session(), actor(), code))
    flash(_("The meeting is cancelled."), "success")
    if told:
        flash(_told(told), "message")
    return redirect(url_for("meeting_desk.meeting", code=code))


@blueprint.route("/meetings/<code>/report", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_MEETINGS)
def report(code: str) -> Response | tuple[str, int]:
    """Write what came of the meeting."""
    shown = queries.for_desk(session(), actor(), code)
    form = ReportForm(posted(), data={"report": shown.report})
    form.prepare(shown.dialogue)
    if sent(form):
        try:
            planning.publish_report(session(), actor(), shown, form.report.data)
            flash(_("The report is published."), "success")
            return redirect(url_for("meeting_desk.meeting", code=code))
        except DomainError as error:
            form.refuse(error)
            shown = queries.for_desk(session(), actor(), code)
    said = queries_groups.notes_of(session(), shown)
    return render_form("meetings/desk/report.html", form, meeting=shown, said=said)


def _told(number: int) -> str:
    return ngettext("%(num)s person was told by mail.", "%(num)s people were told by mail.", number)
