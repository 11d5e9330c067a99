"""What the desk shows of dialogues: promises to sign, answers that are late, drafts to go on with."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base import clock, i18n
from dialogue.base.i18n import _, lazy
from dialogue.dialogues import queries
from dialogue.dialogues.models import Dialogue
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskCard, DeskItem

SHOWN = 5


def cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """The cards of this person; one without anything in it is left out by the desk."""
    made: list[DeskCard] = []
    if actor.has(Permission.SIGN_PROMISE):
        unsigned, count = queries.unsigned_promises(session, actor, SHOWN)
        made.append(
            DeskCard(
                "promises",
                lazy("Promises to sign"),
                [_item(dialogue, "dialogues.promise", _answer_by(dialogue)) for dialogue in unsigned],
                count,
            )
        )
    if actor.has(Permission.MANAGE_DIALOGUE) or actor.has(Permission.SIGN_PROMISE):
        late, count = queries.late_dialogues(session, actor, clock.today(), SHOWN)
        made.append(
            DeskCard(
                "late-answers",
                lazy("Answers that are late"),
                [_item(dialogue, "dialogues.dialogue", _answer_by(dialogue), late=True) for dialogue in late],
                count,
            )
        )
    if actor.has(Permission.MANAGE_DIALOGUE):
        unguarded, count = queries.without_duty_officer(session, actor, SHOWN)
        closed = _("Closed for ideas until somebody is named.")
        made.append(
            DeskCard(
                "no-duty-officer",
                lazy("Name a duty officer"),
                [_item(dialogue, "setting_up.framework", closed, late=True) for dialogue in unguarded],
                count,
            )
        )
        drafts, count = queries.drafts(session, actor, SHOWN)
        made.append(
            DeskCard(
                "drafts",
                lazy("Drafts"),
                [_item(dialogue, "dialogues.dialogue", "") for dialogue in drafts],
                count,
                can_wait=True,
            )
        )
    return made


def _item(dialogue: Dialogue, endpoint: str, detail: str, late: bool = False) -> DeskItem:
    return DeskItem(str(dialogue.title), url_for(endpoint, code=dialogue.code), detail=detail, late=late)


def _answer_by(dialogue: Dialogue) -> str:
    return _("Answer by %(date)s", date=i18n.show_date(dialogue.answer_by)) if dialogue.answer_by else ""
