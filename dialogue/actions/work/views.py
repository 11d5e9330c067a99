"""One choice among actions, seen as a list, a board, a calendar, by owner and by goal; and a card's plain move."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.actions import queries as actions, queries_links, rules
from dialogue.actions.counter import OPERATIONS, SAID
from dialogue.actions.rules import Side
from dialogue.actions.work import cards, grouping, keeping, offering, queries
from dialogue.actions.work.addresses import LABELS, Sight
from dialogue.actions.work.choosing import Choice, Kind
from dialogue.actions.work.forms import KeepForm, MoveForm, choice_form
from dialogue.actions.work.queries import Worker
from dialogue.base import clock, i18n
from dialogue.base.errors import Closed, NotFound
from dialogue.web import access, transaction
from dialogue.web.forms import hidden_number, posted
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.rooms import OnDay
from dialogue.web.transaction import house, session

blueprint = Blueprint("work", __name__, url_prefix="/<lang:lang>/desk/actions")

staff = access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS)


@blueprint.get("")
@staff
def listed() -> Response | str:
    """The actions of somebody's organisations, or of the dialogues they oversee: a list in its piles.

    Without a choice in the address it begins with the filter that somebody wants to open first.
    """
    if not request.args:
        first = keeping.first_of(session(), actor())
        if first is not None:
            return redirect(Sight.of_query(first.query).address)
    worker = _worker()
    found = queries.page(session(), worker, request.args.get("page", 1, type=int))
    own = queries_links.own_organisations(session(), worker.actor)
    return _page("actions/work/list.html", Kind.LIST, worker, found=found, own=own)


@blueprint.get("/board")
@staff
def board() -> str:
    """The same as cards in columns, by where each action stands."""
    worker = _worker()
    found = queries.board(session(), worker, tuple(cards.STATES.values()))
    return _page(
        "actions/work/board.html",
        Kind.BOARD,
        worker,
        columns=[(column, *lying) for column, lying in zip(cards.STATES, found, strict=True)],
        states=cards.STATES,
        moves_of=lambda action: cards.moves(worker.actor, action),
    )


@blueprint.get("/calendar")
@staff
def calendar() -> str:
    """The same by the days on which they are due, or an update is, with what else falls on them."""
    worker = _worker()
    first = _month(request.args.get("month", ""), worker.today)
    last = _next_month(first) - timedelta(days=1)
    days, counts = queries.calendar(session(), worker, first, last)
    monday = first - timedelta(days=first.weekday())
    weeks = [
        [monday + timedelta(days=7 * week + day) for day in range(7)]
        for week in range((last - monday).days // 7 + 1)
    ]
    return _page(
        "actions/work/calendar.html",
        Kind.CALENDAR,
        worker,
        first=first,
        before=_month_before(first),
        after=_next_month(first),
        weeks=weeks,
        days=days,
        counts=counts,
        besides=_besides(worker, first, last),
        weekdays=i18n.weekdays(),
        show_month=i18n.show_month,
        show_weekday=i18n.show_weekday,
    )


@blueprint.get("/by-owner")
@staff
def by_owner() -> str:
    """How many there are of each owner, and how they stand."""
    worker = _worker()
    groups, number, pages = grouping.by_owner(session(), worker, request.args.get("page", 1, type=int))
    return _page(
        "actions/work/by_owner.html", Kind.BY_OWNER, worker, groups=groups, number=number, pages=pages
    )


@blueprint.get("/by-goal")
@staff
def by_goal() -> str:
    """How many there are for each goal, and how they stand."""
    worker = _worker()
    return _page(
        "actions/work/by_goal.html", Kind.BY_GOAL, worker, groups=grouping.by_goal(session(), worker)
    )


@blueprint.post("/<code>/move")
@staff
def move(code: str) -> Response:
    """Move a card that nothing has to be filled in for; back to the board."""
    action = actions.for_desk(session(), actor(), code)
    form = MoveForm(posted())
    step = cards.plain_move(actor(), action, form.step.data or "")
    if step is None:
        raise NotFound
    try:
        OPERATIONS[step](session(), actor(), action, hidden_number(form.revision))
        flash(str(SAID[step]), "success")
    except Closed as error:
        # Somebody else was first: the board shows how it stands now.
        transaction.give_up(error)
    return redirect(Sight(Choice.read(request.args), Kind.BOARD).address)


def _besides(worker: Worker, first: date, last: date) -> dict[date, list[OnDay]]:
    """What other rooms know of that falls on the days of a month."""
    found: dict[date, list[OnDay]] = {}
    ids = queries.chosen_ids(worker)
    for room in house().rooms:
        for find in room.action_days:
            for day, others in find(session(), worker.actor, ids, first, last).items():
                found.setdefault(day, []).append(others)
    return found


def _worker() -> Worker:
    return Worker(actor(), Choice.read(request.args), clock.today())


def _page(template: str, kind: Kind, worker: Worker, **values: Any) -> str:
    sight = Sight(worker.choice, kind)
    has_both = worker.oversees and bool(actions.own_organisations(worker.actor))
    form = choice_form(worker.choice, worker.side, has_both)
    form.offer(offering.offered(session(), worker), worker.side)
    return render_template(
        template,
        sight=sight,
        ways=[(LABELS[each], sight.seen(each), each is kind) for each in Kind],
        form=form,
        keep_form=KeepForm(data={"query": sight.kept}),
        views=[(view, Sight.of_query(view.query)) for view in keeping.views_of(session(), worker.actor)],
        is_organiser=worker.side is Side.ORGANISER,
        today=worker.today,
        is_late=rules.is_late,
        can_update=lambda action: action.state in rules.AT_WORK,
        round_address=url_for("round.start", **sight.query),
        **values,
    )


def _month(written: str, today: date) -> date:
    try:
        named = date.fromisoformat(f"{written}-01")
    except ValueError:
        named = today
    # So far from any calendar's ends that there is a month on either side.
    return named.replace(day=1) if date.min.year < named.year < date.max.year else today.replace(day=1)


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
