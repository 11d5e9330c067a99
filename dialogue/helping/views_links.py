"""The same pages for an owner without an account, who comes by the link in the mail about an action. Showing
them changes nothing but the audit, since the programs that check mail follow links too."""

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from dialogue.actions import queries as actions
from dialogue.actions.models import Action
from dialogue.base import audit
from dialogue.helping import asking
from dialogue.helping.asking import Way
from dialogue.helping.models import HelpSlot
from dialogue.web import access
from dialogue.web.transaction import house, session

blueprint = Blueprint("helping_links", __name__, url_prefix="/<lang:lang>/actions/by-link/<token>/help")


@blueprint.get("")
@access.mail_link
def slots(token: str) -> Response | str:
    """When help is wanted, and how many have joined in."""
    way = _way(token)
    return asking.slots_page(way) if way else _to_action(token)


@blueprint.route("/new", methods=["GET", "POST"])
@access.mail_link
def new(token: str) -> Response | tuple[str, int]:
    """Ask for help."""
    way = _way(token)
    return asking.new_page(way) if way else _to_action(token)


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
@access.mail_link
def edit(token: str, code: str) -> Response | tuple[str, int]:
    """Change when, where or what."""
    way = _way(token)
    return asking.edit_page(way, code) if way else _to_action(token)


@blueprint.post("/<code>/cancel")
@access.mail_link
def cancel(token: str, code: str) -> Response:
    """Cancel it and tell those who joined in."""
    way = _way(token)
    return asking.cancel_now(way, code) if way else _to_action(token)


@blueprint.get("/<code>/people")
@access.mail_link
def people(token: str, code: str) -> Response | str:
    """Who joins in."""
    way = _way(token)
    return asking.people_page(way, code) if way else _to_action(token)


@blueprint.post("/<code>/people/<given>/take-off")
@access.mail_link
def take_off(token: str, code: str, given: str) -> Response:
    """Free somebody's place on their behalf."""
    way = _way(token)
    return asking.take_off_now(way, code, given) if way else _to_action(token)


def _way(token: str) -> Way | None:
    """The way of whoever holds the link; None when it has grown too old."""
    opened = actions.by_link(session(), token)
    action = opened.action

    def to(page: str, slot: HelpSlot | None = None, **values: Any) -> str:
        if slot is not None:
            values["code"] = slot.code
        return url_for(f"helping_links.{page}", token=token, **values)

    if opened.has_expired:
        return None
    return Way(
        who=opened.holder,
        action=action,
        to=to,
        action_page=_action_page(token),
        at_desk=False,
        note_look=lambda slot: _note_look(slot, action),
    )


def _action_page(token: str) -> str:
    return url_for("action_links.by_link", token=token)


def _to_action(token: str) -> Response:
    """The page of the action, which offers a new link."""
    return redirect(_action_page(token))


def _note_look(slot: HelpSlot, action: Action) -> None:
    with house().database.writing() as writing:
        audit.record(writing, None, "read by link", "help", slot.id, action.dialogue_id)
