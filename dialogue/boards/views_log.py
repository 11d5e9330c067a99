"""The log of what moderators did, to look through, to print and to take out."""

from datetime import date

from flask import Blueprint, Response, render_template, request

from dialogue.base import cells, clock
from dialogue.base.i18n import _
from dialogue.boards import counting, queries_log
from dialogue.boards.queries_log import Asked, Line
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.models import Dialogue
from dialogue.web import access
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import session

blueprint = Blueprint("moderation_log", __name__, url_prefix="/<lang:lang>/desk/dialogues")


@blueprint.get("/<code>/moderation-log")
@access.staff(Permission.MANAGE_BOARDS)
def log(code: str) -> str:
    """What was done with the ideas of a dialogue, the latest first."""
    dialogue, asked = _dialogue(code), _asked()
    return render_template(
        "boards/desk/log.html",
        dialogue=dialogue,
        asked=asked,
        page=queries_log.log(session(), dialogue, asked, request.args.get("page", 1, type=int)),
        boards=[board for board, _counts in counting.of_dialogue(session(), dialogue)],
        people=queries_log.people(session(), dialogue),
        deeds=queries_log.DEEDS,
        query={name: value for name, value in request.args.items() if name in _NAMES and value},
    )


@blueprint.get("/<code>/moderation-log.csv")
@access.staff(Permission.MANAGE_BOARDS)
def as_csv(code: str) -> Response:
    """The same lines as a file for a spreadsheet."""
    dialogue = _dialogue(code)
    found = queries_log.log(session(), dialogue, _asked(), size=queries_log.MOST_IN_A_FILE)
    head = [_("When"), _("Who"), _("What was done"), _("Why, or how"), _("Board"), _("Idea")]
    name = f"moderation-{dialogue.code}-{clock.today().isoformat()}.csv"
    return Response(
        cells.as_csv([head, *map(_cells, found.lines)]),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


_NAMES = ("board", "deed", "who", "since", "until")


def _cells(line: Line) -> list[str]:
    at = clock.local(line.at).strftime("%Y-%m-%d %H:%M")
    return [at, line.who, str(line.deed), str(line.why), str(line.board), line.idea]


def _dialogue(code: str) -> Dialogue:
    return dialogues.for_desk(session(), actor(), code, Permission.MANAGE_BOARDS)


def _asked() -> Asked:
    """What the address asks for; a day that is none is left out."""
    board, deed, who = (request.args.get(name, "")[:40] for name in ("board", "deed", "who"))
    return Asked(board, deed, who, _day("since"), _day("until"))


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    # Days at the ends of the calendar have no midnight in another zone.
    return day if date.min.year < day.year < date.max.year else None
