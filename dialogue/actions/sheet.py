"""What a page of one action shows, at the desk and by a link in a mail alike."""

from typing import Any

from dialogue.actions import queries, queries_files, rules
from dialogue.actions.counter import Counter
from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.web.transaction import house, session


def shown(action: Action, counter: Counter, *, sees_all: bool) -> dict[str, Any]:
    """The action with its history and files, those of the team included where somebody ``sees_all``, with where
    it comes from and the steps that can be taken."""
    today = clock.today()
    return {
        "action": action,
        "counter": counter,
        "has_errors": counter.form is not None and counter.form.has_errors,
        "lines": queries.history(session(), action, sees_all=sees_all),
        "files": queries_files.attachments(action, sees_all=sees_all),
        "asks_wishes": rules.is_to_be_asked(counter.who, action),
        "labels": {state.value: state.label for state in ActionState},
        "sources": [
            link
            for room in house().rooms
            for make in room.sources_of_action
            for link in make(session(), action)
        ],
        "today": today,
        "is_late": rules.is_late(action, today),
        "is_public": rules.is_public(action),
    }


def tools(action: Action, token: str = "") -> list[Any]:
    """What else can be done about an action, by the link with this ``token`` or at the desk."""
    return [
        tool
        for room in house().rooms
        for make in room.action_tools
        for tool in make(session(), action, token)
    ]
