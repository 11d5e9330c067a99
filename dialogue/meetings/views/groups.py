"""Pages of groups: for those who plan the meeting, and for the facilitator of one."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import i18n
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _, ngettext
from dialogue.meetings import gatherings, grouping, mail, notes, queries, queries_groups, rules
from dialogue.meetings.forms import (
    NOBODY,
    GroupForm,
    GroupsForm,
    NoteForm,
    NotesForm,
    SummaryForm,
    values_of_note,
)
from dialogue.meetings.models import Group, GroupNote
from dialogue.web import access
from dialogue.web.forms import Form, hidden_number, posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.rooms import DeskItem
from dialogue.web.transaction import house, note_read, session

blueprint = Blueprint("groups", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/meetings/<code>/groups", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_MEETINGS)
def groups(code: str) -> Response | tuple[str, int]:
    """The groups of a meeting, and how many there are to be."""
    shown = queries.for_desk(session(), actor(), code)
    form = GroupsForm(posted(), data={"number": len(shown.groups) or None})
    if sent(form):
        try:
            grouping.make_groups(session(), actor(), shown, form.number.data or 0)
            flash(_("The groups are ready."), "success")
            return redirect(url_for("groups.groups", code=code))
        except DomainError as error:
            form.refuse(error)
            shown = queries.for_desk(session(), actor(), code)
    sizes = queries_groups.group_sizes(session(), shown)
    gathered = gatherings.gathering_of(shown)
    tools = [
        tool
        for room in house().rooms
        for make in room.gathering_tools
        for tool in make(session(), actor(), gathered)
    ]
    return render_form("meetings/desk/groups.html", form, meeting=shown, sizes=sizes, tools=tools)


@blueprint.post("/meetings/<code>/groups/distribute")
@access.staff(Permission.MANAGE_MEETINGS)
def distribute(code: str) -> Response:
    """Put those who have a seat and no group into the smallest groups."""
    placed = grouping.distribute(session(), actor(), queries.for_desk(session(), actor(), code))
    text = ngettext("%(num)s person was given a group.", "%(num)s people were given a group.", placed)
    flash(text if placed else _("Everybody has a group already."), "success" if placed else "message")
    return redirect(url_for("groups.groups", code=code))


@blueprint.get("/meetings/<code>/groups/print")
@access.staff(Permission.MANAGE_MEETINGS)
def paper(code: str) -> str:
    """Who sits where, on paper."""
    shown = queries.for_desk(session(), actor(), code)
    note_read(actor(), "print", "groups", (shown.id, shown.dialogue_id))
    return render_template(
        "meetings/desk/groups_print.html",
        meeting=shown,
        people=queries_groups.seated(session(), shown),
        when=mail.when(shown),
    )


@blueprint.route("/groups/<code>/edit", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_MEETINGS)
def edit(code: str) -> Response | tuple[str, int]:
    """Name a group and choose who leads it."""
    shown = queries_groups.group_to_change(session(), actor(), code)
    form = GroupForm(posted(), data={"name": shown.name, "facilitator": shown.facilitator_id or NOBODY})
    leaders = queries_groups.facilitators(session(), shown.meeting.dialogue)
    form.facilitator.choices = [(NOBODY, _("Nobody yet")), *((leader.id, leader.name) for leader in leaders)]
    if sent(form):
        try:
            grouping.change_group(session(), actor(), shown, form.name.data, form.facilitator.data or None)
            flash(_("The group is saved."), "success")
            return redirect(url_for("groups.groups", code=shown.meeting.code))
        except DomainError as error:
            form.refuse(error)
            shown = queries_groups.group_to_change(session(), actor(), code)
    return render_form("meetings/desk/group_edit.html", form, group=shown)


@blueprint.route("/groups/<code>", methods=["GET", "POST"])
@access.staff(Permission.FACILITATE, Permission.MANAGE_MEETINGS)
def group(code: str) -> Response | tuple[str, int]:
    """The facilitator's page: who is in my group, how the meeting goes, what the group says."""
    shown = queries_groups.group_for(session(), actor(), code)
    form = SummaryForm(posted(), data=_summary_of(shown))
    theirs = ""
    if sent(form):
        try:
            seen = hidden_number(form.revision)
            grouping.save_summary(session(), actor(), shown, form.summary.data or "", seen)
            flash(_("The notes are saved."), "success")
            return redirect(url_for("groups.group", code=code))
        except DomainError as error:
            form.refuse(error)
            shown = queries_groups.group_for(session(), actor(), code)
            # Saving once more is then a choice made with both texts in view.
            theirs, form.revision.data = shown.summary, str(shown.revision)
    if request.method == "GET":
        note_read(actor(), "read", "group", (shown.id, shown.meeting.dialogue_id))
    return _page(shown, form, summary_form=form, notes_form=NotesForm(), theirs=theirs)


@blueprint.post("/groups/<code>/notes")
@access.staff(Permission.FACILITATE, Permission.MANAGE_MEETINGS)
def write_notes(code: str) -> Response | tuple[str, int]:
    """Write down what the group said, one thing on each line, to be placed under themes."""
    shown = queries_groups.group_for(session(), actor(), code)
    form = NotesForm(posted())
    form.may_insist = rules.may_insist(actor(), shown.meeting)
    if sent(form):
        try:
            said, key = form.said(i18n.language()), form.submission_key.data or ""
            added = notes.write_notes(session(), actor(), shown, said, key)
            return redirect(url_for("groups.group", code=code, added=added, _anchor="said"))
        except DomainError as error:
            form.refuse(error)
            shown = queries_groups.group_for(session(), actor(), code)
    return _page(shown, form, summary_form=SummaryForm(data=_summary_of(shown)), notes_form=form)


@blueprint.route("/notes/<code>", methods=["GET", "POST"])
@access.staff(Permission.FACILITATE, Permission.MANAGE_MEETINGS)
def note(code: str) -> Response | tuple[str, int]:
    """Word a note anew."""
    shown = queries_groups.note_for(session(), actor(), code)
    form = NoteForm(posted(), data=values_of_note(shown))
    form.may_insist = rules.may_insist(actor(), shown.meeting)
    theirs = ""
    if sent(form):
        try:
            said, seen = form.said(shown.contribution.language), hidden_number(form.revision)
            notes.change_note(session(), actor(), shown, said, seen)
            return _to_group(shown)
        except DomainError as error:
            form.refuse(error)
            shown = queries_groups.note_for(session(), actor(), code)
            theirs, form.revision.data = shown.text, str(shown.revision)
    return render_form("meetings/desk/note.html", form, note=shown, theirs=theirs)


@blueprint.post("/notes/<code>/take-back")
@access.staff(Permission.FACILITATE, Permission.MANAGE_MEETINGS)
def take_back(code: str) -> Response:
    """Take a note back."""
    shown = queries_groups.note_for(session(), actor(), code)
    notes.take_back(session(), actor(), shown)
    flash(_("The note has been taken back."), "success")
    return _to_group(shown)


def _page(shown: Group, form: Form, **values: Any) -> tuple[str, int]:
    return render_form(
        "meetings/desk/group.html",
        form,
        group=shown,
        notes=queries_groups.notes_of(session(), shown.meeting).get(shown.id, []),
        why_notes_closed=rules.why_notes_closed(shown.meeting),
        members=queries_groups.members(session(), shown),
        slots=rules.timetable(shown.meeting),
        when=mail.when(shown.meeting),
        where=mail.where(shown.meeting),
        tools=_tools(shown),
        manages=rules.manages(actor(), shown.meeting),
        **values,
    )


def _summary_of(shown: Group) -> dict[str, str]:
    return {"summary": shown.summary, "revision": str(shown.revision)}


def _to_group(shown: GroupNote) -> Response:
    # Whoever may change a note found its group.
    code = shown.group.code if shown.group else ""
    return redirect(url_for("groups.group", code=code, _anchor="said"))


def _tools(shown: Group) -> list[DeskItem]:
    return [
        tool
        for room in house().rooms
        for make in room.group_tools
        for tool in make(session(), shown.meeting.dialogue, notes.seat_of(shown))
    ]
