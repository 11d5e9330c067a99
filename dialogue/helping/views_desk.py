"""Pages on which help is asked for, for owners and organisers at the desk."""

from typing import Any

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from dialogue.actions import queries as actions
from dialogue.actions.models import Action
from dialogue.helping import asking, queries
from dialogue.helping.asking import Way
from dialogue.helping.models import HelpSlot
from dialogue.web import access
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import note_read, session

blueprint = Blueprint("helping_desk", __name__, url_prefix="/<lang:lang>/desk")

_may_ask = access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS)


@blueprint.get("/actions/<code>/help")
@_may_ask
def slots(code: str) -> str:
    """When help is wanted with an action, and how many have joined in."""
    return asking.slots_page(_way_of(code))


@blueprint.route("/actions/<code>/help/new", methods=["GET", "POST"])
@_may_ask
def new(code: str) -> Response | tuple[str, int]:
    """Ask for help with an action."""
    return asking.new_page(_way_of(code))


@blueprint.route("/help/<code>/edit", methods=["GET", "POST"])
@_may_ask
def edit(code: str) -> Response | tuple[str, int]:
    """Change when, where or what."""
    return asking.edit_page(_way_to(code), code)


@blueprint.post("/help/<code>/cancel")
@_may_ask
def cancel(code: str) -> Response:
    """Cancel it and tell those who joined in."""
    return asking.cancel_now(_way_to(code), code)


@blueprint.get("/help/<code>/people")
@_may_ask
def people(code: str) -> str:
    """Who joins in; each look is written in the audit."""
    return asking.people_page(_way_to(code), code)


@blueprint.post("/help/<code>/people/<given>/take-off")
@_may_ask
def take_off(code: str, given: str) -> Response:
    """Free somebody's place on their behalf."""
    return asking.take_off_now(_way_to(code), code, given)


def _way_to(code: str) -> Way:
    return _way_of(queries.slot_with_code(session(), code).action.code)


def _way_of(code: str) -> Way:
    action = actions.for_desk(session(), actor(), code)

    def to(page: str, slot: HelpSlot | None = None, **values: Any) -> str:
        values.pop("said", None)
        return url_for(f"helping_desk.{page}", code=slot.code if slot else action.code, **values)

    return Way(
        who=actor(),
        action=action,
        to=to,
        action_page=url_for("actions.action", code=action.code),
        at_desk=True,
        note_look=lambda slot: _note_look(slot, action),
    )


def _note_look(slot: HelpSlot, action: Action) -> None:
    note_read(actor(), "read", "help", (slot.id, action.dialogue_id))
