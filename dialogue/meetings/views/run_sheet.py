"""Pages of the run sheet."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError, NotFound
from dialogue.base.i18n import _
from dialogue.meetings import gatherings, mail, queries, rules, run_sheet
from dialogue.meetings.forms import RunItemForm
from dialogue.meetings.models import Meeting
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("run_sheet", __name__, url_prefix="/<lang:lang>/desk/meetings/<code>/run-sheet")


@blueprint.get("")
@access.staff(Permission.MANAGE_MEETINGS)
def sheet(code: str) -> str:
    """The run sheet with running clock times, where its items are changed and moved."""
    shown = queries.for_desk(session(), actor(), code)
    slots = rules.timetable(shown)
    return render_template(
        "meetings/desk/run_sheet.html",
        meeting=shown,
        slots=slots,
        total=sum(slot.item.minutes for slot in slots),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_MEETINGS)
def new(code: str) -> Response | tuple[str, int]:
    """Add an item."""
    shown = queries.for_desk(session(), actor(), code)
    form = RunItemForm(posted(), data={"minutes": 15})
    form.prepare(shown.dialogue, _openings(shown))
    if sent(form):
        run_sheet.add_item(session(), actor(), shown, form.item())
        flash(_("The item is added."), "success")
        return _back(code)
    return render_form("meetings/desk/run_item.html", form, meeting=shown, item=None)


@blueprint.route("/<int:item_id>", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_MEETINGS)
def item(code: str, item_id: int) -> Response | tuple[str, int]:
    """Change an item."""
    shown = queries.for_desk(session(), actor(), code)
    changed = run_sheet.item_of(shown, item_id)
    form = RunItemForm(posted(), obj=changed)
    form.prepare(shown.dialogue, _openings(shown))
    if sent(form):
        try:
            run_sheet.change_item(session(), actor(), shown, changed, form.item())
            flash(_("The item is saved."), "success")
            return _back(code)
        except DomainError as error:
            form.refuse(error)
    return render_form("meetings/desk/run_item.html", form, meeting=shown, item=changed)


@blueprint.post("/<int:item_id>/move")
@access.staff(Permission.MANAGE_MEETINGS)
def move(code: str, item_id: int) -> Response:
    """Move an item one place earlier or later."""
    shown = queries.for_desk(session(), actor(), code)
    steps = -1 if request.form.get("to") == "earlier" else 1
    run_sheet.move_item(session(), actor(), shown, run_sheet.item_of(shown, item_id), steps)
    return _back(code)


@blueprint.post("/<int:item_id>/remove")
@access.staff(Permission.MANAGE_MEETINGS)
def remove(code: str, item_id: int) -> Response:
    """Take an item off."""
    shown = queries.for_desk(session(), actor(), code)
    run_sheet.remove_item(session(), actor(), shown, run_sheet.item_of(shown, item_id))
    flash(_("The item is removed."), "success")
    return _back(code)


@blueprint.get("/print")
@access.staff(Permission.MANAGE_MEETINGS, Permission.FACILITATE)
def paper(code: str) -> str:
    """The run sheet on paper, for whoever plans the meeting or leads a group in it."""
    shown = queries.for_its_people(session(), actor(), code)
    return render_template(
        "meetings/desk/run_sheet_print.html",
        meeting=shown,
        slots=rules.timetable(shown),
        when=mail.when(shown),
        where=mail.where(shown),
        manages=rules.manages(actor(), shown),
    )


@blueprint.get("/evening")
@access.staff(Permission.MANAGE_MEETINGS, Permission.FACILITATE)
def evening(code: str) -> str:
    """The run sheet on the evening: what is done now, and the one thing to begin next."""
    shown = queries.for_its_people(session(), actor(), code)
    slots = rules.timetable(shown)
    begun = [place for place, slot in enumerate(slots) if slot.item.begun_at]
    current = begun[-1] if begun else -1
    return render_template(
        "meetings/desk/evening.html",
        meeting=shown,
        slots=slots,
        current=current,
        opens=dict(_openings(shown)),
        hall_tools=gatherings.hall_tools(house().rooms, session(), actor(), shown),
        manages=rules.manages(actor(), shown),
    )


@blueprint.post("/<int:item_id>/begin")
@access.staff(Permission.MANAGE_MEETINGS, Permission.FACILITATE)
def begin(code: str, item_id: int) -> Response:
    """Begin an item, which opens what it opens."""
    shown = queries.for_its_people(session(), actor(), code)

    def opener(key: str) -> str:
        found = next(
            (
                one
                for room in house().rooms
                for one in room.openings
                if one.room == key.split("/", maxsplit=1)[0]
            ),
            None,
        )
        if found is None:
            raise NotFound
        return found.open(session(), actor(), shown.dialogue, key)

    said = run_sheet.begin_item(session(), actor(), shown, run_sheet.item_of(shown, item_id), opener)
    flash(said or _("The item has begun."), "success")
    return redirect(url_for("run_sheet.evening", code=code))


@blueprint.post("/anew")
@access.staff(Permission.MANAGE_MEETINGS)
def anew(code: str) -> Response:
    """Let no item have begun."""
    run_sheet.begin_anew(session(), actor(), queries.for_desk(session(), actor(), code))
    flash(_("The run sheet begins with its first item again. What was opened stays open."), "success")
    return redirect(url_for("run_sheet.evening", code=code))


def _openings(shown: Meeting) -> list[tuple[str, str]]:
    """What the items of a meeting's run sheet can open in the other rooms."""
    return [
        choice
        for room in house().rooms
        for openings in room.openings
        for choice in openings.choices(session(), shown.dialogue)
    ]


def _back(code: str) -> Response:
    return redirect(url_for("run_sheet.sheet", code=code))
