"""What stands on the desk of telling back: words to read, days that matter, and codes for classes and groups."""

from collections.abc import Sequence
from datetime import datetime, time

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base.clock import in_norway
from dialogue.base.i18n import _, lazy, ngettext
from dialogue.dialogues.models import Dialogue
from dialogue.followup import groups, helped, queries_desk
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskCard, DeskItem, Part

MOST_ON_CARD = 5


def cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """Themes without an answer before a day that matters, and words that residents wrote with their answers."""
    made = []
    if actor.has(Permission.DECIDE):
        waiting = queries_desk.to_answer_before(session, actor)
        items = [
            DeskItem(
                title=_("Answer before %(what)s", what=one.dialogue.tell_before_what),
                url=url_for("condense.all_themes", code=one.dialogue.code),
                due=_morning(one.dialogue),
                detail=_(
                    "%(dialogue)s: %(themes)s undecided",
                    dialogue=one.dialogue.title,
                    themes=ngettext("%(num)s theme", "%(num)s themes", one.count),
                ),
            )
            for one in waiting[:MOST_ON_CARD]
        ]
        made.append(DeskCard("before", lazy("Before a day that matters"), items, len(waiting)))
    if actor.has(Permission.MODERATE) or actor.has(Permission.MANAGE_DIALOGUE):
        unread = helped.to_read(session, actor)
        items = [
            DeskItem(
                title=str(dialogue.title),
                url=url_for("words.words", code=dialogue.code),
                detail=_words(count),
            )
            for dialogue, count in unread[:MOST_ON_CARD]
        ]
        total = sum(count for _dialogue, count in unread)
        made.append(DeskCard("words", lazy("Words to read"), items, total, counts_items=False, can_wait=True))
    return made


def part(session: Session, actor: Actor, dialogue: Dialogue) -> Part:
    """How a dialogue tells back, on its desk page."""
    may_manage = actor.may(Permission.MANAGE_DIALOGUE, dialogue.scope())
    known = groups.labels(session, dialogue)
    with_code = sum(label.group_id is not None for label in known)
    unread = len(helped.words_to_read(session, dialogue.id))
    codes = url_for("group_codes.codes", code=dialogue.code)
    words = url_for("words.words", code=dialogue.code)
    return Part(
        heading=lazy("Telling back"),
        items=[
            DeskItem(
                title=_("Codes for classes and groups"),
                url=codes if may_manage else None,
                detail=_("%(number)s of %(all)s have one", number=with_code, all=len(known)),
            ),
            DeskItem(title=_("Words to read"), url=words if may_manage else None, detail=_words(unread)),
        ],
        add_url=None,
        add_label=lazy("Telling back"),
        empty=lazy("Nothing yet"),
    )


def _words(count: int) -> str:
    return ngettext("%(num)s has written something", "%(num)s have written something", count)


def _morning(dialogue: Dialogue) -> datetime | None:
    return in_norway(datetime.combine(dialogue.tell_before, time(8))) if dialogue.tell_before else None
