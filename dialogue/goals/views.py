"""Pages of plans and goals, for those who look after them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.base.revisions import Changed, differing
from dialogue.goals import operations, queries, rules
from dialogue.goals.forms import GoalForm, PlanForm
from dialogue.places import queries as places
from dialogue.web import access
from dialogue.web.forms import hidden_number, posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission, ScopeKind
from dialogue.web.transaction import house, session

blueprint = Blueprint("goals", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.get("/plans")
@access.staff(Permission.MANAGE_ORGANISATIONS)
def plans() -> str:
    """The plans that hold in my places."""
    today = clock.today()
    found = queries.plans_for_desk(session(), actor())
    return render_template(
        "goals/plans.html",
        plans=[(plan, number, rules.validity(plan, today)) for plan, number in found],
    )


@blueprint.route("/plans/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ORGANISATIONS)
def new_plan() -> Response | tuple[str, int]:
    """Add a plan of one's own municipality or police district."""
    form = PlanForm(posted())
    _offer_places(form)
    if sent(form):
        try:
            made = operations.make_plan(session(), actor(), form.facts())
            flash(_("%(name)s is saved.", name=made.name), "success")
            return redirect(url_for("goals.plan", code=made.code))
        except DomainError as error:
            form.refuse(error)
    return render_form("goals/new_plan.html", form, there={})


@blueprint.get("/plans/<code>")
@access.staff(Permission.MANAGE_ORGANISATIONS)
def plan(code: str) -> str:
    """A plan with its goals."""
    shown = queries.plan_for_desk(session(), actor(), code)
    return render_template(
        "goals/plan.html",
        plan=shown,
        validity=rules.validity(shown, clock.today()),
        areas=rules.by_area(goal for goal in shown.goals if goal.retired_on is None),
        retired=[goal for goal in shown.goals if goal.retired_on is not None],
        may_keep=rules.may_keep(actor(), shown),
    )


@blueprint.route("/plans/<code>/change", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ORGANISATIONS)
def change_plan(code: str) -> Response | tuple[str, int]:
    """Change a plan's name and the years it is valid."""
    shown = queries.plan_for_desk(session(), actor(), code)
    operations.require_keeper(actor(), shown)
    form = PlanForm(posted(), obj=shown)
    del form.place
    there: dict[str, Any] = {}
    if sent(form):
        try:
            seen = hidden_number(form.revision)
            operations.change_plan(session(), actor(), shown, seen, form.facts(), _renew())
            flash(_("%(name)s is saved.", name=shown.name), "success")
            return redirect(url_for("goals.plan", code=code))
        except DomainError as error:
            form.refuse(error)
            shown = queries.plan_for_desk(session(), actor(), code)
            if isinstance(error, Changed):
                # They see now what the other wrote, so what they send next is sent knowingly.
                form.revision.data = str(shown.revision)
                there = operations.otherwise(shown, form.facts())
    return render_form("goals/change_plan.html", form, plan=shown, there=there)


@blueprint.route("/plans/<code>/goals/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ORGANISATIONS)
def new_goal(code: str) -> Response | tuple[str, int]:
    """Add a goal to a plan."""
    shown = queries.plan_for_desk(session(), actor(), code)
    operations.require_keeper(actor(), shown)
    # Goals are written one after the other, so the next most often stands under the heading of the last.
    form = GoalForm(posted(), data={"area": shown.goals[-1].area} if shown.goals else None)
    if sent(form):
        try:
            operations.add_goal(session(), actor(), shown, form.facts())
            flash(_("The goal is saved."), "success")
            return redirect(url_for("goals.plan", code=code))
        except DomainError as error:
            form.refuse(error)
    return render_form("goals/goal.html", form, plan=shown, goal=None, there={})


@blueprint.route("/goals/<code>", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ORGANISATIONS)
def goal(code: str) -> Response | tuple[str, int]:
    """Change a goal."""
    shown = queries.goal_for_desk(session(), actor(), code)
    operations.require_keeper(actor(), shown.plan)
    form = GoalForm(posted(), obj=shown)
    there: dict[str, Any] = {}
    if sent(form):
        try:
            seen = hidden_number(form.revision)
            operations.change_goal(session(), actor(), shown, seen, form.facts(), _renew())
            flash(_("The goal is saved."), "success")
            return redirect(url_for("goals.plan", code=shown.plan.code))
        except DomainError as error:
            form.refuse(error)
            shown = queries.goal_for_desk(session(), actor(), code)
            if isinstance(error, Changed):
                # They see now what the other wrote, so what they send next is sent knowingly.
                form.revision.data = str(shown.revision)
                there = differing(shown, form.facts())
    return render_form("goals/goal.html", form, plan=shown.plan, goal=shown, there=there)


@blueprint.post("/goals/<code>/remove")
@access.staff(Permission.MANAGE_ORGANISATIONS)
def remove_goal(code: str) -> Response:
    """Remove a goal; one that something is tied to is offered no longer."""
    shown = queries.goal_for_desk(session(), actor(), code)
    address = url_for("goals.plan", code=shown.plan.code)
    is_gone = operations.remove_goal(session(), actor(), shown)
    flash(_("The goal is removed.") if is_gone else _("The goal is out of use."), "success")
    return redirect(address)


@blueprint.post("/goals/<code>/offer-again")
@access.staff(Permission.MANAGE_ORGANISATIONS)
def offer_again(code: str) -> Response:
    """Take a goal into use again."""
    shown = queries.goal_for_desk(session(), actor(), code)
    operations.offer_again(session(), actor(), shown)
    flash(_("The goal is saved."), "success")
    return redirect(url_for("goals.plan", code=shown.plan.code))


def _renew() -> operations.Renew:
    return [renew for room in house().rooms for renew in room.goals_changed]


def _offer_places(form: PlanForm) -> None:
    permission = Permission.MANAGE_ORGANISATIONS
    reached = places.municipalities_reached(session(), actor(), permission, clock.today())
    nationwide = actor().everywhere(permission)
    own = actor().ids(ScopeKind.DISTRICT, [permission])
    districts = [each for each, _number in places.districts(session()) if nationwide or each.id in own]
    form.offer_places(reached, districts, nationwide)
