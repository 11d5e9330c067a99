"""A quick update, and the weekly round that takes one action after the other."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.actions import queries as actions, rules
from dialogue.actions.counter import SAID, Counter
from dialogue.actions.models import Action, ActionState
from dialogue.actions.rules import Side, Step
from dialogue.actions.work import keeping, offering, rounds, telling, wording
from dialogue.actions.work.addresses import Sight
from dialogue.actions.work.choosing import Choice
from dialogue.actions.work.forms import QuickForm, choice_form
from dialogue.actions.work.queries import Worker
from dialogue.actions.work.wording import Quick
from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import _
from dialogue.web import access
from dialogue.web.forms import hidden_number, posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import session

blueprint = Blueprint("round", __name__, url_prefix="/<lang:lang>/desk/actions")

staff = access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS)

# What can be done at a meeting besides a quick update; the rest is for the action's own page.
AT_A_MEETING = (
    Step.FINISH,
    Step.START,
    Step.ACCEPT_DATE,
    Step.KEEP_DATE,
    Step.SUGGEST_DATE,
    Step.PROPOSE_ANEW,
)


@blueprint.route("/<code>/update", methods=["GET", "POST"])
@staff
def update(code: str) -> Response | tuple[str, int]:
    """Say in one tap how an action goes, and go back to where one came from."""
    shown = actions.for_desk(session(), actor(), code)
    sight = Sight.read(request.args)
    form = _quick_form(shown)
    if _is_told(form, shown):
        flash(_("Saved. The next update is expected in four weeks."), "success")
        return redirect(sight.address)
    return render_form(
        "actions/work/update.html",
        form,
        action=shown,
        sight=sight,
        steps={step.value for step in rules.steps(actor(), shown)},
        can_update=_can_update(shown),
        is_late=rules.is_late(shown, clock.today()),
    )


@blueprint.get("/round")
@staff
def start() -> str:
    """Choose what a round goes through: a filter that is kept, a dialogue, or what one comes from."""
    worker = _worker()
    form = choice_form(worker.choice, worker.side, has_both=False)
    form.offer(offering.offered(session(), worker), worker.side)
    sight = Sight(worker.choice)
    return render_template(
        "actions/work/round_start.html",
        form=form,
        sight=sight,
        first=rounds.first(session(), worker),
        views=[(view, Sight.of_query(view.query)) for view in keeping.views_of(session(), worker.actor)],
    )


@blueprint.route("/round/<code>", methods=["GET", "POST"])
@staff
def one(code: str) -> Response | tuple[str, int]:
    """One action of a round: how it stands, a quick update, and on to the next."""
    worker = _worker()
    shown = actions.for_desk(session(), actor(), code)
    owners = _owners(shown)
    form = _quick_form(shown)
    if _is_told(form, shown):
        flash(_("Saved. The next update is expected in four weeks."), "success")
        return _onwards(worker, shown)
    # The quick update is no step of the counter's, so a page that it could not be saved from is without them.
    counter = None if _is_quick() else Counter(actor(), shown, owners)
    if counter is not None:
        if counter.take(session()) and counter.chosen is not None:
            flash(str(SAID[counter.chosen]), "success")
            return _onwards(worker, shown)
        counter.offer()
    lines = actions.history(session(), shown, sees_all=rules.sees_all(actor(), shown))
    page = render_template(
        "actions/work/round.html",
        action=shown,
        form=form,
        counter=counter,
        has_errors=form.has_errors or bool(counter and counter.form and counter.form.has_errors),
        steps=[(step, counter.forms[step]) for step in AT_A_MEETING if step in counter.forms]
        if counter
        else [],
        can_update=_can_update(shown),
        place=rounds.place(session(), worker, shown),
        query=worker.choice.query(),
        last_lines=lines[:-4:-1],
        labels={state.value: state.label for state in ActionState},
        is_late=rules.is_late(shown, clock.today()),
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.get("/round/end")
@staff
def end() -> str:
    """What was told today of what the round goes through, to be printed as minutes."""
    worker = _worker()
    lines = rounds.told_today(session(), worker)
    by_action: dict[int, list[rounds.Line]] = {}
    for line in lines:
        by_action.setdefault(line.action.id, []).append(line)
    return render_template(
        "actions/work/round_end.html",
        told=list(by_action.values()),
        sight=Sight(worker.choice),
        today=worker.today,
        labels={state.value: state.label for state in ActionState},
    )


def _worker() -> Worker:
    return Worker(actor(), Choice.read(request.args), clock.today())


def _owners(action: Action) -> list[Any]:
    is_organiser = Side.ORGANISER in rules.sides(actor(), action)
    return actions.possible_owners(session(), action.dialogue) if is_organiser else []


def _quick_form(action: Action) -> QuickForm:
    form = QuickForm(posted() if _is_quick() else None, data={"revision": str(action.revision)})
    form.offer(wording.offered(rules.is_late(action, clock.today())))
    return form


def _is_quick() -> bool:
    """Whether a quick update was sent, rather than a step that the address names."""
    return request.method == "POST" and not request.args.get("step")


def _can_update(action: Action) -> bool:
    return action.state in rules.AT_WORK and Step.REPORT in rules.steps(actor(), action)


def _is_told(form: QuickForm, action: Action) -> bool:
    """Save a quick update that was sent; False when something has to be put right first."""
    if not _is_quick() or not sent(form):
        return False
    try:
        telling.tell_quickly(
            session(),
            actor(),
            action,
            hidden_number(form.revision),
            Quick(form.how.data),
            word=form.word.data or "",
            is_public=not form.is_internal.data,
        )
        return True
    except (Closed, Invalid) as error:
        form.refuse(error)
        if isinstance(error, Closed):
            # They are told now, so what they send next is sent knowingly.
            form.revision.data = str(action.revision)
        return False


def _onwards(worker: Worker, action: Action) -> Response:
    after = rounds.place(session(), worker, action).after
    query = worker.choice.query()
    return redirect(url_for("round.one", code=after, **query) if after else url_for("round.end", **query))
