"""The desk: a body decides about a theme or talks about it, and an action follows."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dialogue.actions.editing import goal_choices
from dialogue.actions.forms import ActionForm
from dialogue.actions.queries import possible_owners
from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _, ngettext, show_datetime
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.models import Dialogue
from dialogue.followup import deciding, hearing, queries, queries_bodies, queries_desk, releasing
from dialogue.followup.forms_deciding import ANOTHER, DecisionForm, HearingForm
from dialogue.followup.models import Body, BodyPower, Decision, Theme
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import give_up, session

blueprint = Blueprint("decide", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/themes/<code>/decide", methods=["GET", "POST"])
@access.staff(Permission.DECIDE)
def decide(code: str) -> Response | tuple[str, int]:
    """Write down what a body decided about a theme."""
    theme = _theme(code)
    form = DecisionForm(posted(), decided_on=clock.today(), body=_likely_body(theme.dialogue))
    _prepare(form, theme.dialogue)
    if sent(form):
        try:
            body_id = form.body_id(session(), actor(), theme.dialogue)
            draft, key = form.draft(body_id), form.submission_key.data or ""
            flash(_said(deciding.decide(session(), actor(), theme, draft, key)), "success")
            return redirect(url_for("condense.theme", code=code))
        except DomainError as error:
            form.refuse(error)
            theme = _theme(code)
            _prepare(form, theme.dialogue)
    return render_form(
        "followup/desk_decide.html", form, theme=theme, story=queries.story_at_desk(session(), theme)
    )


@blueprint.route("/themes/<code>/heard", methods=["GET", "POST"])
@access.staff(Permission.DECIDE)
def hear(code: str) -> Response | tuple[str, int]:
    """Note that a body has talked about a theme."""
    theme = _theme(code)
    known = queries_bodies.in_use(session(), theme.dialogue_id)
    form = HearingForm(posted(), heard_on=clock.today(), body=known[0].id if known else ANOTHER)
    _offer(form, theme.dialogue)
    if sent(form):
        try:
            body_id = form.body_id(session(), actor(), theme.dialogue)
            body = session().get_one(Body, body_id)
            hearing.hear(session(), actor(), [theme], body, form.heard_on.data, form.said.data)  # type: ignore[arg-type]
            flash(_("It is noted, and residents can see it."), "success")
            return redirect(url_for("condense.theme", code=code))
        except DomainError as error:
            form.refuse(error)
            theme = _theme(code)
            _offer(form, theme.dialogue)
    return render_form("followup/desk_hear.html", form, theme=theme)


@blueprint.post("/decisions/<code>/publish")
@access.staff(Permission.DECIDE)
def publish(code: str) -> Response:
    """Make a decision public that waits."""
    decision = queries_desk.decision(session(), actor(), code, Permission.DECIDE)
    themes = queries_desk.themes_about(session(), decision.id)
    back = redirect(url_for("condense.theme", code=themes[0].code))
    try:
        releasing.publish_now(session(), actor(), decision)
        flash(_said(decision), "success")
    except DomainError as error:
        give_up(error)
    return back


@blueprint.post("/dialogues/<code>/decisions/publish")
@access.staff(Permission.DECIDE)
def publish_all(code: str) -> Response:
    """Make public all decisions of a dialogue that wait for each other."""
    dialogue = dialogues.for_desk(session(), actor(), code)
    count = releasing.release_all(session(), actor(), dialogue)
    flash(ngettext("%(num)s decision is public now.", "%(num)s decisions are public now.", count), "success")
    return redirect(url_for("condense.all_themes", code=code))


@blueprint.route("/decisions/<code>/actions/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ACTIONS)
def propose(code: str) -> Response | tuple[str, int]:
    """Ask an organisation to do what was decided."""
    decision = queries_desk.decision(session(), actor(), code, Permission.MANAGE_ACTIONS)
    form = ActionForm(posted(), why=decision.explanation)
    _prepare_action(form, decision.dialogue)
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
            _prepare_action(form, decision.dialogue)
    return render_form("followup/desk_propose.html", form, decision=decision, themes=themes, back_url=back)


def _theme(code: str) -> Theme:
    return queries_desk.theme(session(), actor(), code, Permission.DECIDE)


def _likely_body(dialogue: Dialogue) -> int:
    """The body that the address names, else the one that decided last, else the first one that can decide."""
    found = _who_decide(dialogue)
    named = next((one.id for one in found if one.code == request.args.get("body")), None)
    last = queries_bodies.last_used(session(), dialogue.id)
    return named or last or next((one.id for one in found), ANOTHER)


def _who_decide(dialogue: Dialogue) -> list[Body]:
    return [
        body
        for body in queries_bodies.in_use(session(), dialogue.id)
        if body.power is not BodyPower.DISCUSSES
    ]


def _prepare_action(form: ActionForm, dialogue: Dialogue) -> None:
    form.prepare(dialogue, possible_owners(session(), dialogue), goal_choices(session(), dialogue))


def _prepare(form: DecisionForm, dialogue: Dialogue) -> None:
    form.prepare(dialogue, _who_decide(dialogue), possible_owners(session(), dialogue))


def _offer(form: HearingForm, dialogue: Dialogue) -> None:
    found = queries_bodies.in_use(session(), dialogue.id)
    form.offer(dialogue, found, possible_owners(session(), dialogue))


def _said(decision: Decision) -> str:
    if decision.released_at is not None:
        return _("The decision is public now, and those who gave the ideas are told.")
    if decision.is_held:
        return _("It is written down. It is public when you publish all that wait.")
    return _("It is written down. It is public from %(time)s.", time=show_datetime(decision.public_from))
