"""Pages of joining in for residents."""

from typing import Any

from flask import Blueprint, Response as FlaskResponse, redirect, render_template, request
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n
from dialogue.base.errors import DomainError
from dialogue.helping import calendar, mail, operations, queries, rules
from dialogue.helping.forms import JoinForm
from dialogue.helping.models import HelpSlot
from dialogue.residents.addresses import count_mail_to
from dialogue.residents.operations import follow_path
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.pagecache import cached
from dialogue.web.transaction import session

blueprint = Blueprint("helping", __name__, url_prefix="/<lang:lang>")


@blueprint.get("/dialogues/<code>/help")
@access.public
@cached(queries.dialogue_version, "page")
def wanted(code: str) -> str:
    """Where help is wanted in a dialogue, the first occasion first."""
    dialogue = queries.public_dialogue(session(), code)
    return render_template(
        "helping/wanted.html",
        dialogue=dialogue,
        page=queries.coming_in(session(), dialogue, request.args.get("page", 1, type=int)),
        when=mail.when,
    )


@blueprint.get("/help/<code>")
@access.public
@cached(queries.public_version)
def slot(code: str) -> str:
    """One occasion: what, when, where, how many places are left, and the form to join in."""
    shown = queries.public_slot(session(), code)
    return render_template("helping/slot.html", form=JoinForm(), has_errors=False, **_shown(shown))


@blueprint.post("/help/<code>")
@access.public
def join_in(code: str) -> Response | tuple[str, int]:
    """Take one of the places."""
    shown = queries.public_slot(session(), code)
    form = JoinForm(posted())
    if sent(form):
        try:
            count_mail_to(form.email.data or "")
            receipt = operations.join_in(
                session(), shown, form.joining(i18n.language()), form.submission_key.data or ""
            )
            return redirect(follow_path(receipt.code, i18n.language()) + "?new=1")
        except DomainError as error:
            form.refuse(error)
            shown = queries.public_slot(session(), code)
    return render_form("helping/slot.html", form, **_shown(shown))


@blueprint.get("/help/<code>.ics")
@access.public
def calendar_file(code: str) -> Response:
    """An occasion for one's own calendar."""
    shown = queries.public_slot(session(), code)
    response = FlaskResponse(calendar.write(shown), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="help-{shown.code}.ics"'
    response.headers["Content-Language"] = i18n.language()
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    return response.make_conditional(request)


def _shown(shown: HelpSlot) -> dict[str, Any]:
    now = clock.now()
    return {
        "slot": shown,
        "when": mail.when(shown),
        "why_closed": rules.why_closed(shown, now),
        "is_cancelled": rules.is_cancelled(shown),
        "is_over": rules.is_over(shown, now),
        "is_full": rules.is_full(shown),
    }
