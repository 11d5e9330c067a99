"""The desk: a theme is decided, and an action follows."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from dialogue.actions.forms import ActionForm
from dialogue.actions.queries import possible_owners
from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.followup import deciding, queries, queries_desk
from dialogue.followup.forms import DecisionForm
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import session

blueprint = Blueprint("decide", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/themes/<code>/decide", methods=["GET", "POST"])
@access.staff(Permission.DECIDE)
def decide(code: str) -> Response | tuple[str, int]:
    """Write down what was decided about a theme."""
    theme = queries_desk.theme(session(), actor(), code, Permission.DECIDE)
    form = DecisionForm(
        posted(), decided_on=clock.today(), body=queries_desk.last_body(session(), theme.dialogue_id)
    )
    form.prepare(theme.dialogue, possible_owners(session(), theme.dialogue))
    if sent(form):
        try:
            deciding.decide(session(), actor(), theme, form.draft(), form.submission_key.data or "")
            flash(_("The decision is public now, and those who gave the ideas are told."), "success")
            return redirect(url_for("condense.theme", code=code))
        except DomainError as error:
            form.refuse(error)
            theme = queries_desk.theme(session(), actor(), code, Permission.DECIDE)
            form.prepare(theme.dialogue, possible_owners(session(), theme.dialogue))
    return render_form(
        "followup/desk_decide.html", form, theme=theme, story=queries.story_of(session(), theme)
    )


@blueprint.route("/decisions/<code>/actions/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ACTIONS)
def propose(code: str) -> Response | tuple[str, int]:
    """Ask an organisation to do what was decided."""
    decision = queries_desk.decision(session(), actor(), code, Permission.MANAGE_ACTIONS)
    form = ActionForm(posted(), why=decision.explanation)
    form.prepare(decision.dialogue, possible_owners(session(), decision.dialogue))
    themes = queries_desk.themes_about(session(), decision.id)
    back = url_for("condense.theme", code=themes[0].code) if themes else url_for("overview.desk")
    if sent(form):
        try:
            deciding.propose_action(session(), actor(), decision, form.draft())
            flash(
                _("The owner has been asked. The action is shown to residents when the owner says yes."),
                "success",
            )
            return redirect(back)
        except DomainError as error:
            form.refuse(error)
            decision = queries_desk.decision(session(), actor(), code, Permission.MANAGE_ACTIONS)
            form.prepare(decision.dialogue, possible_owners(session(), decision.dialogue))
    return render_form("followup/desk_propose.html", form, decision=decision, themes=themes, back_url=back)
