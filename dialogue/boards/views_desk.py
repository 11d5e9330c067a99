"""The desk's pages of boards: making and changing them, and entering what was said elsewhere."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, qr
from dialogue.base.errors import DomainError, NotFound
from dialogue.base.i18n import _, ngettext
from dialogue.boards import counting, gathering, keeping, operations, queries_desk, rules, stages, wording
from dialogue.boards.forms import EntryForm
from dialogue.boards.forms_desk import BoardForm, StageTimesForm
from dialogue.boards.models import Board, BoardStage
from dialogue.boards.walls import TERMS
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.models import Channel
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.gatherings import Gathering
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("boards_desk", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/dialogues/<code>/boards/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_BOARDS)
def new(code: str) -> Response | tuple[str, int]:
    """Make a board."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.MANAGE_BOARDS)
    form = BoardForm(posted(), dialogue)
    if sent(form):
        try:
            key = form.submission_key.data or ""
            made = keeping.make_board(session(), actor(), dialogue, form.plan(), key)
            flash(_("The board has been made."), "success")
            return _to(made)
        except DomainError as error:
            form.refuse(error)
    return render_form("boards/desk/new.html", form, dialogue=dialogue, terms=TERMS)


@blueprint.route("/boards/<code>", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_BOARDS)
def board(code: str) -> Response | tuple[str, int]:
    """A board as its team sees it: what is on it, and its texts, prompts and terms to change."""
    shown = queries_desk.desk_board(session(), actor(), code, Permission.MANAGE_BOARDS)
    form, now = BoardForm(posted(), shown.dialogue, shown), clock.now()
    if sent(form):
        try:
            keeping.change_board(session(), actor(), shown, form.plan())
            flash(_("The board has been saved."), "success")
            return _to(shown)
        except DomainError as error:
            form.refuse(error)
    return render_form(
        "boards/desk/board.html",
        form,
        board=shown,
        counts=counting.count_of(session(), shown),
        per_column=queries_desk.ideas_per_column(session(), shown),
        stage=rules.stage_at(shown, now),
        order=rules.stages(shown),
        next_stage=rules.next_stage(shown, now),
        stage_before=rules.stage_before(shown, now),
        takes_ideas=rules.takes_ideas(shown, now),
        takes_support=rules.takes_support(shown, now),
        may_enter=rules.takes_entries(shown),
        terms=TERMS,
        go_to=wording.GO_TO,
        coming=wording.stage_line(shown, now),
        tools=[
            tool
            for room in house().rooms
            for make in room.board_tools
            for tool in make(session(), actor(), shown)
        ],
    )


@blueprint.post("/boards/<code>/stage")
@access.staff(Permission.MANAGE_BOARDS)
def stage(code: str) -> Response:
    """Bring a board to one of its stages."""
    shown = queries_desk.desk_board(session(), actor(), code, Permission.MANAGE_BOARDS)
    to = _asked_stage()
    stages.move(session(), actor(), shown, to)
    if to in rules.WRITTEN_IN and not rules.takes_ideas(shown, clock.now()):
        flash(
            _("The board takes no ideas yet: look at its last day, and whether the dialogue is published."),
            "warning",
        )
    else:
        flash(str(wording.SINCE_MOVED[to]), "success")
    return _to(shown)


@blueprint.post("/boards/<code>/columns/<int:column_id>/show")
@access.staff(Permission.MANAGE_BOARDS)
def show_column(code: str, column_id: int) -> Response:
    """Show what has been kept back under one prompt."""
    shown = queries_desk.desk_board(session(), actor(), code, Permission.MANAGE_BOARDS)
    number = stages.show_column(session(), actor(), shown, column_id)
    flash(ngettext("%(num)s answer is shown.", "%(num)s answers are shown.", number), "success")
    return _to(shown)


@blueprint.route("/boards/<code>/times", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_BOARDS)
def times(code: str) -> Response | tuple[str, int]:
    """Say when a board goes to its stages by itself."""
    shown = queries_desk.desk_board(session(), actor(), code, Permission.MANAGE_BOARDS)
    form = StageTimesForm(posted(), shown)
    if sent(form):
        try:
            stages.plan(session(), actor(), shown, form.times())
            flash(_("The times are saved."), "success")
            return _to(shown)
        except DomainError as error:
            form.refuse(error)
    return render_form("boards/desk/times.html", form, board=shown)


@blueprint.route("/meetings/<code>/boards", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_BOARDS)
def of_meeting(code: str) -> Response | str:
    """The boards of a meeting's groups: make them, and from then on find them."""
    meeting = _gathering(code)
    if request.method == "POST":
        made = gathering.make_for_groups(session(), actor(), meeting.dialogue, meeting)
        flash(_("Each group has a board, and the plenary wall gathers them."), "success")
        return _to(made)
    plenary = gathering.plenary_of(session(), meeting.dialogue, meeting.code)
    made_for = {board.made_for for board in plenary.group_boards} if plenary else set()
    missing = [seat for seat in meeting.seats if seat.code not in made_for]
    return render_template("boards/desk/of_meeting.html", meeting=meeting, plenary=plenary, missing=missing)


@blueprint.get("/boards/<code>/slips")
@access.staff(Permission.FACILITATE)
def slips(code: str) -> str:
    """Slips for the tables: whoever scans one writes for that group."""
    shown = queries_desk.desk_board(session(), actor(), code, Permission.FACILITATE)
    boards = shown.group_boards if shown.gathers else [shown]
    addresses = {
        board.id: house().settings.public_url + url_for("boards.write", code=board.code) for board in boards
    }
    return render_template(
        "boards/desk/slips.html",
        board=shown,
        boards=boards,
        addresses=addresses,
        pictures={key: qr.data_uri(address) for key, address in addresses.items()},
        may_manage=actor().may(Permission.MANAGE_BOARDS, shown.dialogue.scope()),
    )


def _gathering(code: str) -> Gathering:
    """A meeting with its groups, as the room that has it tells. Raises NotFound."""
    for room in house().rooms:
        for find in room.gatherings:
            return find(session(), actor(), code)
    raise NotFound


@blueprint.route("/boards/<code>/enter", methods=["GET", "POST"])
@access.staff(Permission.FACILITATE)
def enter(code: str) -> Response | tuple[str, int]:
    """Enter an idea that was said in a meeting, at school or on paper; what was chosen last is kept."""
    shown = queries_desk.desk_board(session(), actor(), code, Permission.FACILITATE)
    form = EntryForm(posted(), data=_chosen_before(shown))
    form.offer_columns(shown)
    if sent(form):
        draft = form.draft()
        source = operations.Source(Channel(form.channel.data), form.label.data or "")
        try:
            key = form.submission_key.data or ""
            is_shown = operations.enter_idea(session(), actor(), shown, draft, source, key)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(
                _("Saved and shown. Here is room for the next one.")
                if is_shown
                else _("Saved. It is shown when it has been read. Here is room for the next one."),
                "success",
            )
            chosen: dict[str, Any] = {
                "column": draft.column_id,
                "channel": source.channel,
                "label": source.label,
                "language": draft.language,
            }
            return redirect(url_for("boards_desk.enter", code=code, **chosen))
    return render_form(
        "boards/desk/enter.html",
        form,
        board=shown,
        no_entries=rules.why_no_entries(shown),
        may_manage=actor().may(Permission.MANAGE_BOARDS, shown.dialogue.scope()),
    )


def _asked_stage() -> BoardStage:
    """The stage that the form names. Raises NotFound for a word that names none."""
    try:
        return BoardStage(request.form.get("to", ""))
    except ValueError:
        raise NotFound from None


def _chosen_before(shown: Board) -> dict[str, object]:
    """What the last entry chose, as it stands in the address."""
    column_id = request.args.get("column", type=int)
    channels = {channel.value for channel in Channel} - {Channel.WEB.value}
    asked = request.args.get("channel")
    return {
        "column": column_id if column_id in {column.id for column in shown.columns} else None,
        "channel": asked if asked in channels else Channel.MEETING.value,
        "label": request.args.get("label", "")[:60],
        "language": request.args.get("language") or actor().language,
    }


def _to(shown: Board) -> Response:
    return redirect(url_for("boards_desk.board", code=shown.code))
