"""Pages that open by a signed link in a mail, without sign-in. Showing them changes nothing, since the
programs that check mail follow links too."""

from contextlib import suppress

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.actions import (
    choosing,
    links,
    occasions,
    operations,
    queries,
    queries_links,
    rules,
    sheet,
    wishes,
)
from dialogue.actions.counter import ENDS_LINK, SAID, Counter, named_step
from dialogue.actions.models import Action
from dialogue.actions.pausing import LONGEST_PAUSE
from dialogue.actions.rules import Side
from dialogue.base import clock, workdays
from dialogue.base.errors import DomainError, NotFound
from dialogue.web import access
from dialogue.web.forms import render_form, sent as was_sent
from dialogue.web.transaction import session

blueprint = Blueprint("action_links", __name__, url_prefix="/<lang:lang>/actions")


@blueprint.route("/by-link/<token>", methods=["GET", "POST"])
@access.mail_link
def by_link(token: str) -> Response | tuple[str, int]:
    """One action for its owner, with the same forms as at the desk."""
    try:
        opened = queries.by_link(session(), token)
    except NotFound:
        # The second click on a button that has handed it over comes with a link that has died meanwhile.
        if request.method != "POST" or named_step() not in ENDS_LINK:
            raise
        links.read_action(token)
        return redirect(url_for("action_links.handed_over"))
    if opened.has_expired:
        address = url_for("action_links.new_link", token=token)
        return render_template("actions/expired.html", send_to=address, owner=opened.action.owner), 410
    counter = Counter(
        opened.holder, opened.action, queries.possible_owners(session(), opened.action.dialogue)
    )
    if counter.take(session()) and counter.chosen is not None:
        if counter.chosen in ENDS_LINK:
            return redirect(url_for("action_links.handed_over"))
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
    opened = queries_links.list_by_link(session(), token)
    owner = opened.owner
    if opened.has_expired:
        address = url_for("action_links.new_list", token=token)
        return render_template("actions/expired.html", send_to=address, owner=owner), 410
    found = queries_links.listed(session(), opened)
    return render_template(
        "actions/by_link_list.html",
        owner=owner,
        token=token,
        opened=opened,
        saved="saved" in request.args,
        piles=rules.piles(found, Side.OWNER, clock.today()),
        address_of=lambda one: url_for("action_links.by_link", token=links.token_of_action(one)),
        today=clock.today(),
        is_late=rules.is_late,
    )


@blueprint.post("/mine/<token>/new-link")
@access.mail_link
def new_list(token: str) -> Response:
    """Send a fresh link to an organisation's list to its own address, whoever asks."""
    operations.request_new_list(session(), queries_links.list_by_link(session(), token))
    return redirect(url_for("action_links.sent"))


@blueprint.route("/mine/<token>/choices", methods=["GET", "POST"])
@access.mail_link
def choices(token: str) -> Response | tuple[str, int]:
    """What an organisation chooses about lateness and mails; of a person there only their own mails."""
    opened = queries_links.list_by_link(session(), token)
    if opened.has_expired:
        return redirect(url_for("action_links.mine", token=token))
    holder = wishes.ListHolder(opened.owner.id, opened.person)
    form = choosing.form_of_list(session(), opened)
    if was_sent(form):
        try:
            choosing.save(session(), holder, opened.owner, form)
            return redirect(url_for("action_links.mine", token=token, saved=""))
        except DomainError as error:
            form.refuse(error)
    return render_form("actions/choices_link.html", form, owner=opened.owner, token=token)


@blueprint.get("/weekly-list/stop/<token>")
@access.mail_link
def stop_weekly_list(token: str) -> str:
    """A button, since programs that check mail open links too."""
    try:
        gets_it = queries_links.gets_any_list(session(), queries_links.stopped_by_link(session(), token))
    except NotFound:
        gets_it = False
    return render_template("actions/stop_weekly_list.html", token=token, gets_it=gets_it)


@blueprint.post("/weekly-list/stop/<token>")
@access.machine
def stop_weekly_list_now(token: str) -> str:
    """Stop the weekly lists; called by a mail program with one click, or by the button."""
    with suppress(NotFound):
        wishes.stop_weekly_lists(session(), queries_links.stopped_by_link(session(), token))
    return render_template("actions/stop_weekly_list.html", token=token, gets_it=False)


@blueprint.get("/how-we-remind")
@access.public
def how_we_remind() -> str:
    """The rules of reminding, as the job follows them."""
    return render_template(
        "actions/how_we_remind.html",
        occasions=occasions.OCCASIONS,
        hours=(workdays.FROM_HOUR, workdays.TO_HOUR),
        longest_pause=LONGEST_PAUSE.days,
    )


@blueprint.get("/handed-over")
@access.public
def handed_over() -> str:
    """That an action is in other hands now."""
    return render_template("actions/handed_over.html")


@blueprint.get("/link-sent")
@access.public
def sent() -> str:
    """That a new link is on its way."""
    return render_template("actions/link_sent.html")


def _page(token: str, action: Action, counter: Counter) -> str:
    told = {step.value: said for step, said in SAID.items()}.get(request.args.get("told", ""))
    return render_template(
        "actions/by_link.html",
        **sheet.shown(action, counter, sees_all=False),
        token=token,
        told=told if counter.form is None else None,
        open_file=lambda file: url_for("action_files.open_by_link", token=token, file=file.code),
        files_url=url_for("action_files.by_link", token=token),
        tools=sheet.tools(action, token),
    )
