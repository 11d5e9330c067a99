"""What the desk shows of actions: to owners what to answer and what is late, to organisers what to see to."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.actions import queries, queries_piles, rules
from dialogue.actions.models import Action, ActionState
from dialogue.base import clock, i18n
from dialogue.base.i18n import Lazy, _, lazy, ngettext
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.rules import is_public
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskCard, DeskItem, Part

SHOWN = 5

_Read: TypeAlias = Callable[[Session, Actor, int], tuple[Sequence[Action], int]]


def cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """The cards of owners and of organisers, for whoever is one or both."""
    made: list[DeskCard] = []
    if queries.own_organisations(actor):
        made.append(
            _card(
                session,
                actor,
                "actions-to-answer",
                lazy("Actions to answer"),
                queries.to_answer,
            )
        )
        made.append(
            _card(
                session,
                actor,
                "actions-late",
                lazy("Your late actions"),
                queries.late_of_owner,
            )
        )
    if actor.has(Permission.MANAGE_ACTIONS):
        made.append(
            _card(
                session,
                actor,
                "answers-from-owners",
                lazy("Answers from owners"),
                queries.answers_of_owners,
            )
        )
        made.append(
            _card(
                session,
                actor,
                "actions-overdue",
                lazy("Overdue actions"),
                queries.late_of_organiser,
            )
        )
    return made


def part(session: Session, actor: Actor, dialogue: Dialogue) -> Part:
    """The actions on a dialogue's desk page, what needs somebody first."""
    may_propose = actor.may(Permission.MANAGE_ACTIONS, dialogue.scope()) and is_public(dialogue)
    urgent, count = queries_piles.urgent_of_dialogue(session, dialogue.id, SHOWN)
    everything = DeskItem(
        ngettext("See the list with %(num)s action", "See the list with all %(num)s actions", count),
        url_for("actions.of_dialogue", code=dialogue.code),
    )
    return Part(
        lazy("Actions"),
        [*map(_item, urgent), everything] if count else [],
        url_for("actions.propose", code=dialogue.code) if may_propose else None,
        lazy("Propose an action"),
        lazy("No actions yet. They follow when something has been decided."),
    )


def _card(session: Session, actor: Actor, key: str, heading: Lazy, read: _Read) -> DeskCard:
    first, count = read(session, actor, SHOWN)
    return DeskCard(key, heading, [_item(action) for action in first], count)


def _item(action: Action) -> DeskItem:
    if action.state is ActionState.DECLINED:
        said = _("%(owner)s said no", owner=action.owner.name)
    elif action.suggested_due_on is not None:
        said = _(
            "%(owner)s suggests %(date)s",
            owner=action.owner.name,
            date=i18n.show_date(action.suggested_due_on),
        )
    else:
        said = f"{action.owner.name} · {action.state.label} · {i18n.show_date(action.due_on)}"
    return DeskItem(
        str(action.title),
        url_for("actions.action", code=action.code),
        detail=said,
        late=rules.is_late(action, clock.today()),
    )
