"""Pages of actions at the desk, for owners and organisers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.actions import operations, queries, rules
from dialogue.actions.counter import SAID, Counter
from dialogue.actions.forms import ActionForm
from dialogue.actions.models import Action, ActionState
from dialogue.actions.rules import Side
from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.dialogues.queries import for_desk
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("actions", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.get("/actions")
@access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS)
def mine() -> str:
    """The actions of somebody's organisations, or for who oversees dialogues those of the dialogues."""
    own = queries.own_organisations(actor())
    oversees = actor().has(Permission.VIEW_DIALOGUE)
    whose = request.args.get("whose", "ours" if own else "all")
    side = Side.ORGANISER if oversees and whose == "all" else Side.OWNER
    found = (
        queries.owned(session(), own) if side is Side.OWNER else queries.in_dialogues_of(session(), actor())
    )
    return render_template(
        "actions/mine.html",
        piles=rules.piles(found, side, clock.today()),
        is_organiser=side is Side.ORGANISER,
        has_both=oversees and bool(own),
        with_owner=side is Side.ORGANISER or len(own) > 1,
        today=clock.today(),
        is_late=rules.is_late,
        address_of=_address_of,
    )


@blueprint.route("/actions/<code>", methods=["GET", "POST"])
@access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS, Permission.VIEW_DIALOGUE)
def action(code: str) -> Response | tuple[str, int]:
    """One action, with what the one who looks can do with it now."""
    shown = queries.for_desk(session(), actor(), code)
    sides = rules.sides(actor(), shown)
    owners = queries.possible_owners(session(), shown.dialogue) if Side.ORGANISER in sides else []
    counter = Counter(actor(), shown, owners)
    if counter.take(session()) and counter.chosen is not None:
        flash(str(SAID[counter.chosen]), "success")
        return redirect(url_for("actions.action", code=code))
    counter.offer()
    page = render_template(
        "actions/action.html",
        action=shown,
        counter=counter,
        has_errors=counter.form is not None and counter.form.has_errors,
        lines=queries.history(session(), shown),
        labels={state.value: state.label for state in ActionState},
        sources=[
            link
            for room in house().rooms
            for make in room.sources_of_action
            for link in make(session(), shown)
        ],
        is_owner=shown.owner_id in queries.own_organisations(actor()),
        sees_dialogue=actor().may(Permission.VIEW_DIALOGUE, shown.dialogue.scope()),
        is_organiser=Side.ORGANISER in sides,
        is_late=rules.is_late(shown, clock.today()),
        is_public=rules.is_public(shown),
    )
    return page, counter.status


@blueprint.get("/dialogues/<code>/actions")
@access.staff(Permission.VIEW_DIALOGUE)
def of_dialogue(code: str) -> str:
    """Every action of a dialogue."""
    shown = for_desk(session(), actor(), code)
    return render_template(
        "actions/of_dialogue.html",
        dialogue=shown,
        piles=rules.piles(queries.of_dialogue(session(), shown.id), Side.ORGANISER, clock.today()),
        may_propose=actor().may(Permission.MANAGE_ACTIONS, shown.scope()),
        address_of=_address_of,
        today=clock.today(),
        is_late=rules.is_late,
    )


@blueprint.route("/dialogues/<code>/actions/propose", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ACTIONS)
def propose(code: str) -> Response | tuple[str, int]:
    """Ask an organisation to do something that no single decision stands behind."""
    shown = for_desk(session(), actor(), code, Permission.MANAGE_ACTIONS)
    form = ActionForm(posted())
    form.prepare(shown, queries.possible_owners(session(), shown))
    if sent(form):
        try:
            made = operations.propose(session(), actor(), shown, form.draft())
            flash(_("%(owner)s is asked.", owner=made.owner.name), "success")
            return redirect(url_for("actions.action", code=made.code))
        except DomainError as error:
            form.refuse(error)
    return render_form("actions/propose.html", form, dialogue=shown)


def _address_of(action: Action) -> str:
    return url_for("actions.action", code=action.code)
