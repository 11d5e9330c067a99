"""The desk: the bodies of a dialogue."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.actions.forms import NOBODY
from dialogue.actions.queries import possible_owners
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.models import Dialogue
from dialogue.followup import bodies, queries_bodies
from dialogue.followup.bodies import PRESETS, BodyDraft
from dialogue.followup.forms_deciding import POWERS, BodyForm
from dialogue.followup.models import Body
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import give_up, session

blueprint = Blueprint("bodies", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.get("/dialogues/<code>/bodies")
@access.staff(Permission.DECIDE)
def of_dialogue(code: str) -> str:
    """The bodies of a dialogue, and suggestions for more."""
    dialogue = _dialogue(code)
    found = queries_bodies.in_use(session(), dialogue.id)
    taken = {str(body.name).casefold() for body in found}
    before = queries_bodies.used_before(session(), dialogue)
    suggested = [(body.code, str(body.name)) for body in before]
    known = taken | {name.casefold() for _code, name in suggested}
    suggested += [(one.key, str(one.name)) for one in PRESETS if str(one.name).casefold() not in known]
    return render_template(
        "followup/desk_bodies.html",
        dialogue=dialogue,
        bodies=found,
        retired=queries_bodies.retired(session(), dialogue.id),
        counts=queries_bodies.counts_by_body(session(), dialogue.id),
        suggested=[(key, name) for key, name in suggested if name.casefold() not in taken],
        powers=dict(POWERS),
    )


@blueprint.route("/dialogues/<code>/bodies/new", methods=["GET", "POST"])
@access.staff(Permission.DECIDE)
def add(code: str) -> Response | tuple[str, int]:
    """Add a body, from nothing or from a suggestion."""
    dialogue = _dialogue(code)
    form = BodyForm(posted(), **_values(_suggested(dialogue, request.args.get("like", ""))))
    form.prepare(dialogue, possible_owners(session(), dialogue))
    if sent(form):
        try:
            bodies.add(session(), actor(), dialogue, form.draft(), form.submission_key.data or "")
            flash(_("The body has been added."), "success")
            return redirect(url_for("bodies.of_dialogue", code=code))
        except DomainError as error:
            form.refuse(error)
            dialogue = _dialogue(code)
            form.prepare(dialogue, possible_owners(session(), dialogue))
    return render_form("followup/desk_body.html", form, dialogue=dialogue, body=None)


@blueprint.route("/bodies/<code>", methods=["GET", "POST"])
@access.staff(Permission.DECIDE)
def change(code: str) -> Response | tuple[str, int]:
    """Change a body."""
    body = _body(code)
    form = BodyForm(posted(), **_values(BodyDraft(body.name, body.power, body.organisation_id)))
    form.prepare(body.dialogue, possible_owners(session(), body.dialogue))
    if sent(form):
        try:
            bodies.change(session(), actor(), body, form.draft())
            flash(_("Saved."), "success")
            return redirect(url_for("bodies.of_dialogue", code=body.dialogue.code))
        except DomainError as error:
            form.refuse(error)
            body = _body(code)
            form.prepare(body.dialogue, possible_owners(session(), body.dialogue))
    return render_form("followup/desk_body.html", form, dialogue=body.dialogue, body=body)


@blueprint.post("/bodies/<code>/retire")
@access.staff(Permission.DECIDE)
def retire(code: str) -> Response:
    """Offer a body no more."""
    return _try(_body(code), bodies.retire)


@blueprint.post("/bodies/<code>/restore")
@access.staff(Permission.DECIDE)
def restore(code: str) -> Response:
    """Offer a body again."""
    return _try(_body(code), bodies.restore)


def _dialogue(code: str) -> Dialogue:
    """A dialogue in which this person decides."""
    dialogue = dialogues.for_desk(session(), actor(), code)
    actor().require(Permission.DECIDE, dialogue.scope())
    return dialogue


def _body(code: str) -> Body:
    return queries_bodies.body(session(), actor(), code)


def _suggested(dialogue: Dialogue, like: str) -> BodyDraft | None:
    """What somebody chose to begin with: a ready-made body, or one of an earlier dialogue of the municipality."""
    organisations = possible_owners(session(), dialogue)
    for preset in PRESETS:
        if preset.key == like:
            return bodies.like(preset, dialogue, organisations)
    for body in queries_bodies.used_before(session(), dialogue) if like else ():
        if body.code == like:
            possible = {one.id for one in organisations}
            organisation_id = body.organisation_id if body.organisation_id in possible else None
            return BodyDraft(body.name, body.power, organisation_id)
    return None


def _values(draft: BodyDraft | None) -> dict[str, Any]:
    """What stands in the form before anybody writes."""
    if draft is None:
        return {}
    return {
        "name": draft.name,
        "power": draft.power.value,
        "organisation": draft.organisation_id or NOBODY,
    }


def _try(body: Body, change: Callable[..., None]) -> Response:
    back = redirect(url_for("bodies.of_dialogue", code=body.dialogue.code))
    try:
        change(session(), actor(), body)
    except DomainError as error:
        give_up(error)
    return back
