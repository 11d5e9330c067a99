"""Whether an action helped: residents without a code say so on its page, and the team reads their words."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.actions.models import Action
from dialogue.base import i18n, text
from dialogue.base.errors import DomainError, NotFound
from dialogue.base.i18n import _, lazy
from dialogue.dialogues import queries as dialogues
from dialogue.followup import helped, queries, records
from dialogue.followup.forms_helped import HelpedForm
from dialogue.followup.models import Help
from dialogue.residents import guard
from dialogue.web import access, security
from dialogue.web.device import device, make_known
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.limits import Limit
from dialogue.web.pagecache import cached
from dialogue.web.permissions import Permission
from dialogue.web.transaction import session

public = Blueprint("helped", __name__, url_prefix="/<lang:lang>/actions")
desk = Blueprint("words", __name__, url_prefix="/<lang:lang>/desk")

# A school class with a device each stays below it; somebody who throws their cookies away does not.
NEW_ANSWERS = Limit(times=60, seconds=24 * 60 * 60)
NO_COOKIE = lazy(
    "Each device answers once, and your browser does not let us set the cookie for that. Use your follow code instead."
)


@public.get("/<code>/helped")
@access.public
@cached(queries.action_version)
def ask(code: str) -> str:
    """Ask whether an action helped."""
    page, _status = render_form("followup/helped.html", HelpedForm(), action=_asked_of(code))
    return page


@public.post("/<code>/helped")
@access.public
def answer(code: str) -> Response | tuple[str, int]:
    """Keep a device's answer. A device without its cookie is given one and sends the same form again with it,
    so that two first clicks count once, and a browser that keeps no cookies is told instead of counted."""
    action = _asked_of(code)
    form = HelpedForm(posted())
    if sent(form):
        try:
            cookie = device()
            if not cookie:
                return make_known(url_for("helped.answer", code=code, again=1), NO_COOKIE)
            voter = helped.device(cookie)
            if not helped.has_answered(session(), action, voter):
                security.count_against_network(f"helped {action.id}", NEW_ANSWERS)
            said = Help(form.answer.data)
            helped.answer(session(), action, voter, said, form.word.data or None, i18n.language())
            return redirect(url_for("helped.thanks", code=code))
        except DomainError as error:
            form.refuse(error)
            action = _asked_of(code)
    return render_form("followup/helped.html", form, action=action)


@public.get("/<code>/helped/thanks")
@access.public
@cached(queries.action_version)
def thanks(code: str) -> str:
    """Thanks, with what residents say so far."""
    action = _asked_of(code)
    return render_template(
        "followup/helped_thanks.html", action=action, said=helped.summary(session(), [action.id])[action.id]
    )


@desk.get("/dialogues/<code>/words")
@access.staff(Permission.MODERATE, Permission.MANAGE_DIALOGUE)
def words(code: str) -> str:
    """What residents wrote with their answers and nobody of the team has read."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.MODERATE)
    return render_template(
        "followup/desk_words.html",
        dialogue=dialogue,
        waiting=helped.words_to_read(session(), dialogue.id),
        segments=guard.segments,
    )


@desk.post("/words/<code>/<any(show, leave):change>")
@access.staff(Permission.MODERATE, Permission.MANAGE_DIALOGUE)
def decide(code: str, change: str) -> Response:
    """Show a word on the action's page, or leave it unshown."""
    seen = text.tidy(request.form.get("seen", ""))
    dialogue = helped.decide_word(session(), actor(), code, seen, show=change == "show")
    flash(_("It is shown with the action.") if change == "show" else _("It is not shown."), "success")
    return redirect(url_for("words.words", code=dialogue.code))


def _asked_of(code: str) -> Action:
    action = queries.public_action(session(), code)
    if action.state not in records.ASKED_OF:
        raise NotFound
    return action
