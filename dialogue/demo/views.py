"""The demo's own pages: prepared tasks, one-click sign-in, the mailbox, and the clock."""

import flask
from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, outbox
from dialogue.base.errors import NotFound
from dialogue.demo import clockwork, operations, queries, tasks
from dialogue.demo.accounts import ROLES
from dialogue.people import operations as people
from dialogue.web import access, security
from dialogue.web.transaction import begin_anew, house, session

blueprint = Blueprint("demo", __name__, url_prefix="/<lang:lang>/demo")


@blueprint.before_app_request
def follow_the_clock() -> None:
    """Let every process see that the clock was moved, and forget pages from before it was."""
    if clockwork.follow_now_and_then(house().database):
        house().pages.clear()


@blueprint.app_context_processor
def _roles_of_the_bar() -> dict[str, object]:
    return {"demo_roles": [(task.role, task.who) for task in tasks.TASKS if task.role]}


@blueprint.get("/tasks")
@access.public
def tasks_page() -> str:
    """What to try, with a button for each that signs in and goes right there."""
    return render_template("demo/tasks.html", offered=tasks.offered(session()), now=clock.now())


@blueprint.post("/sign-in/<role>")
@access.public
def sign_in(role: str) -> Response:
    """Be one of the demo's people with one click, and come to their task or to what was pressed instead."""
    user = operations.find_account(session(), role) if role in ROLES else None
    if user is None:
        raise NotFound
    token = people.sign_in(session(), user)
    flask.session.clear()
    flask.session["token"] = token
    target = request.form.get("instead") or request.form.get("next")
    return redirect(security.safe_target(target, url_for("overview.desk")))


@blueprint.get("/mailbox")
@access.public
def mailbox() -> str:
    """Every mail that the demo has sent, the newest first."""
    page = queries.mailbox(session(), request.args.get("page", 1, type=int))
    return render_template(
        "demo/mailbox.html", page=page, now=clock.now(), sent=request.args.get("sent", type=int)
    )


@blueprint.get("/mailbox/<int:number>")
@access.public
def mail(number: int) -> str:
    """One mail, with links that work."""
    return render_template("demo/mail.html", mail=queries.mail(session(), number))


@blueprint.post("/week-ahead")
@access.public
def week_ahead() -> Response:
    """Let a week pass: the clock moves, and everything that falls due is done."""
    application = house()
    begin_anew()

    def send() -> int:
        return outbox.send_due(
            application.database, outbox.keep_in_mailbox, application.settings.mail_from, most=500
        )

    jobs = [job for room in application.rooms for job in room.jobs]
    sent = clockwork.a_week_passes(application.database, jobs, send)
    application.pages.clear()
    return redirect(url_for("demo.mailbox", sent=sent))
