"""What the desk shows of reporting back: what is late where somebody leads, and the way to the pictures."""

from collections.abc import Sequence
from datetime import datetime, time

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base.clock import in_norway
from dialogue.base.i18n import _, lazy
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.rules import is_public
from dialogue.reporting import queries_leader
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskCard, DeskItem, Part


def cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """What is late of what was promised, for those who lead and follow up nothing themselves."""
    if not actor.has(Permission.SIGN_PROMISE):
        return []
    late, count = queries_leader.late_of_leader(session, actor)
    items = [
        DeskItem(
            title=str(action.title),
            url=url_for("actions.action", code=action.code),
            due=in_norway(datetime.combine(action.due_on, time(8))),
            detail=str(action.dialogue.title),
            late=True,
        )
        for action in late
    ]
    return [DeskCard("promises-late", lazy("Promises late"), items, count)]


def part(_session: Session, _actor: Actor, dialogue: Dialogue) -> Part:
    """The pictures of what came of a dialogue, on its desk page."""
    items = [DeskItem(_("Where it goes, and where it stops"), url_for("leader.flow", code=dialogue.code))]
    if is_public(dialogue):
        items.append(
            DeskItem(
                _("You said – we did"),
                url_for("reporting.what_came_of_it", code=dialogue.code),
                detail=_("What residents see"),
            )
        )
    return Part(
        heading=lazy("What came of it"),
        items=items,
        add_url=None,
        add_label=lazy("Where it goes, and where it stops"),
        empty=lazy("Nothing yet. First we listen."),
    )
