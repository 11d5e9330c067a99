"""Pages of meetings for residents."""

from typing import Any

from flask import Blueprint, Response as FlaskResponse, redirect, render_template, request
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n
from dialogue.base.errors import DomainError
from dialogue.meetings import calendar, mail, operations, queries, rules
from dialogue.meetings.forms import SignUpForm
from dialogue.meetings.models import Meeting
from dialogue.residents.addresses import count_mail_to
from dialogue.residents.operations import follow_path
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.pagecache import cached
from dialogue.web.transaction import session

blueprint = Blueprint("meetings", __name__, url_prefix="/<lang:lang>/meetings")


@blueprint.get("/<code>")
@access.public
@cached(queries.public_version)
def meeting(code: str) -> str:
    """A meeting: what, when, where, whether there are seats, how it goes, and what came of it."""
    shown = queries.public_meeting(session(), code)
    return render_template("meetings/meeting.html", slots=rules.timetable(shown), **_shown(shown))


@blueprint.get("/<code>.ics")
@access.public
def calendar_file(code: str) -> Response:
    """A meeting for one's own calendar."""
    shown = queries.public_meeting(session(), code)
    response = FlaskResponse(calendar.write(shown), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="meeting-{shown.code}.ics"'
    response.headers["Content-Language"] = i18n.language()
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/<code>/sign-up")
@access.public
@cached(queries.sign_up_version)
def sign_up(code: str) -> str:
    """The form to sign up with; says whether it gives a seat or a place on the waiting list."""
    shown = queries.public_meeting(session(), code)
    return render_template("meetings/sign_up.html", form=SignUpForm(), has_errors=False, **_shown(shown))


@blueprint.post("/<code>/sign-up")
@access.public
def send_sign_up(code: str) -> Response | tuple[str, int]:
    """Sign up."""
    shown = queries.public_meeting(session(), code)
    form = SignUpForm(posted())
    if sent(form):
        try:
            count_mail_to(form.email.data or "")
            receipt = operations.sign_up(
                session(), shown, form.wish(i18n.language()), form.submission_key.data or ""
            )
            return redirect(follow_path(receipt.code, i18n.language()) + "?new=1")
        except DomainError as error:
            form.refuse(error)
            shown = queries.public_meeting(session(), code)
    return render_form("meetings/sign_up.html", form, **_shown(shown))


def _shown(shown: Meeting) -> dict[str, Any]:
    now = clock.now()
    return {
        "meeting": shown,
        "when": mail.when(shown),
        "when_there": mail.when_there(shown),
        "where": mail.where(shown),
        "deadline": mail.deadline(shown),
        "why_closed": rules.why_closed(shown, now),
        "is_over": rules.is_over(shown, now),
        "is_cancelled": rules.is_cancelled(shown),
        "is_full": rules.is_full(shown),
    }
