"""Pages that open by a signed link in a mail, without sign-in. Showing them changes nothing, since the
programs that check mail follow links too."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.actions import links, operations, queries, rules
from dialogue.actions.counter import SAID, Counter
from dialogue.actions.models import Action, ActionState
from dialogue.actions.rules import Side
from dialogue.base import clock
from dialogue.web import access
from dialogue.web.transaction import house, session

blueprint = Blueprint("action_links", __name__, url_prefix="/<lang:lang>/actions")


@blueprint.route("/by-link/<token>", methods=["GET", "POST"])
@access.mail_link
def by_link(token: str) -> Response | tuple[str, int]:
    """One action for its owner, with the same forms as at the desk."""
    opened = queries.by_link(session(), token)
    if opened.has_expired:
        address = url_for("action_links.new_link", token=token)
        return render_template("actions/expired.html", send_to=address, owner=opened.action.owner), 410
    counter = Counter(opened.holder, opened.action, [])
    if counter.take(session()) and counter.chosen is not None:
        return redirect(url_for("action_links.by_link", token=token, told=counter.chosen.value))
    counter.offer()
    return _page(token, opened.action, counter), counter.status


@blueprint.post("/by-link/<token>/new-link")
@access.mail_link
def new_link(token: str) -> Response:
    """Send a fresh link to the owner's own address, whoever asks."""
    operations.request_new_link(session(), queries.by_link(session(), token).action)
    return redirect(url_for("action_links.sent"))


@blueprint.get("/mine/<token>")
@access.mail_link
def mine(token: str) -> str | tuple[str, int]:
    """Everything an organisation has been asked to do."""
    owner, has_expired = queries.organisation_by_link(session(), token)
    if has_expired:
        address = url_for("action_links.new_list", token=token)
        return render_template("actions/expired.html", send_to=address, owner=owner), 410
    found = queries.owned(session(), {owner.id})
    return render_template(
        "actions/by_link_list.html",
        owner=owner,
        piles=rules.piles(found, Side.OWNER, clock.today()),
        address_of=lambda one: url_for("action_links.by_link", token=links.token_of_action(one)),
        today=clock.today(),
        is_late=rules.is_late,
    )


@blueprint.post("/mine/<token>/new-link")
@access.mail_link
def new_list(token: str) -> Response:
    """Send a fresh link to an organisation's list to its own address, whoever asks."""
    owner, _expired = queries.organisation_by_link(session(), token)
    operations.request_new_list(session(), owner)
    return redirect(url_for("action_links.sent"))


@blueprint.get("/link-sent")
@access.public
def sent() -> str:
    """That a new link is on its way."""
    return render_template("actions/link_sent.html")


def _page(token: str, action: Action, counter: Counter) -> str:
    told = {step.value: said for step, said in SAID.items()}.get(request.args.get("told", ""))
    return render_template(
        "actions/by_link.html",
        action=action,
        token=token,
        counter=counter,
        told=told if counter.form is None else None,
        has_errors=counter.form is not None and counter.form.has_errors,
        lines=queries.history(session(), action),
        labels={state.value: state.label for state in ActionState},
        sources=[
            link
            for room in house().rooms
            for make in room.sources_of_action
            for link in make(session(), action)
        ],
        is_late=rules.is_late(action, clock.today()),
        is_public=rules.is_public(action),
    )
