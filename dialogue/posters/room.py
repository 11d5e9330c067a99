"""What the room of posters declares."""

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base.i18n import lazy, ngettext
from dialogue.dialogues import rules as dialogue_rules
from dialogue.dialogues.models import Dialogue
from dialogue.posters import queries, rules, views, views_desk
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskItem, MenuItem, Part, Room

SHOWN = 5


def part(session: Session, actor: Actor, dialogue: Dialogue) -> Part:
    """The posters that serve a dialogue, and the offer to let those that serve nothing do it too."""
    may_keep = actor.may(Permission.MANAGE_DIALOGUE, rules.place_of(dialogue))
    serving = queries.serving(session, dialogue)
    items = [
        DeskItem(str(poster.place), url_for("posters_desk.poster", code=poster.code) if may_keep else None)
        for poster in serving[:SHOWN]
    ]
    page = url_for("posters_desk.of_dialogue", code=dialogue.code)
    if len(serving) > SHOWN:
        more = len(serving) - SHOWN
        items.append(DeskItem(ngettext("%(num)s more", "%(num)s more", more), page if may_keep else None))
    empty = len(queries.empty_in(session, dialogue)) if may_keep else 0
    offers = bool(empty) and dialogue_rules.takes_input(dialogue)
    if offers:
        said = ngettext(
            "%(num)s poster here serves nothing now", "%(num)s posters here serve nothing now", empty
        )
        items.append(DeskItem(said, page))
    return Part(
        heading=lazy("Posters"),
        items=items,
        add_url=page if offers else url_for("posters_desk.new") if may_keep else None,
        add_label=lazy("Let them serve this dialogue") if offers else lazy("Make a poster"),
        empty=lazy(
            "No poster here yet. It hangs in one place for good: it asks, says when the answer comes, and tells what came of it."
        ),
    )


room = Room(
    "posters",
    blueprints=(views.blueprint, views_desk.blueprint),
    parts=(part,),
    menu=(MenuItem("posters", lazy("Posters"), "posters_desk.posters", (Permission.MANAGE_DIALOGUE,)),),
)
