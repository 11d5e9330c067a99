"""The desk's pages of paper cards: print them, type them twice, settle what differs, and hand them on."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import Closed, DomainError
from dialogue.base.i18n import _
from dialogue.boards import queries_desk, rules as board_rules
from dialogue.boards.models import Board
from dialogue.dialogues.models import Channel
from dialogue.entering import card_paper, cards, queries_cards, rules
from dialogue.entering.forms_cards import SheetForm, StackForm
from dialogue.entering.models_cards import CardStack
from dialogue.entering.rules import Standing
from dialogue.web import access, transaction
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("cards", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/boards/<code>/cards", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_BOARDS)
def of_board(code: str) -> Response | tuple[str, int]:
    """The paper cards of a board: print more, and begin to type a stack."""
    board = _board(code)
    form = _stack_form(posted())
    if sent(form):
        try:
            key = form.submission_key.data or ""
            begun = cards.begin(session(), actor(), board, form.about(), bool(form.is_double.data), key)
            return redirect(url_for("card_typing.enter", code=begun.code))
        except DomainError as error:
            form.refuse(error)
            board = _board(code)
    return _of_board(board, form, SheetForm())


@blueprint.post("/boards/<code>/card-sheets")
@access.staff(Permission.MANAGE_BOARDS)
def print_sheet(code: str) -> Response | tuple[str, int]:
    """Give out numbers for cards to be printed."""
    board, form = _board(code), SheetForm(request.form)
    if sent(form):
        try:
            key = form.submission_key.data or ""
            made = cards.print_sheet(session(), actor(), board, form.count.data or 0, key)
            return redirect(url_for("cards.sheet", code=made.code))
        except DomainError as error:
            form.refuse(error)
            board = _board(code)
    return _of_board(board, _stack_form(None), form)


@blueprint.get("/card-sheets/<code>")
@access.staff(Permission.MANAGE_BOARDS)
def sheet(code: str) -> str:
    """Cards on paper, in one of the dialogue's languages."""
    shown = queries_cards.sheet(session(), actor(), code)
    language = card_paper.language(shown.board, request.args.get("in", ""))
    path = url_for("boards.board", code=shown.board.code, lang=language)
    address = f"{house().settings.public_url}{path}".split("://", 1)[-1]
    return render_template(
        "entering/card_sheet.html",
        sheet=shown,
        board=shown.board,
        face=card_paper.face(shown.board, language, address),
        offered=card_paper.languages(shown.board),
    )


@blueprint.get("/card-stacks/<code>")
@access.staff(Permission.FACILITATE)
def stack(code: str) -> str:
    """A stack of cards, how far each has come, and what comes next."""
    shown = queries_cards.stack(session(), actor(), code, Permission.FACILITATE)
    found = queries_cards.cards(session(), shown)
    by_standing = queries_cards.by_standing(shown, found)
    once = by_standing[Standing.ONCE]
    return render_template(
        "entering/card_stack.html",
        stack=shown,
        board=shown.board,
        cards=[(card, rules.standing(card, shown)) for card in found],
        standings=Standing,
        found=by_standing,
        all_mine=bool(once) and all(card.entries[0].by_id == actor().user_id for card in once),
        preview=queries_cards.newest_preview(session(), shown),
        no_entries=board_rules.why_no_entries(shown.board),
        **may(shown),
    )


@blueprint.post("/card-stacks/<code>/times")
@access.staff(Permission.MANAGE_BOARDS)
def type_twice(code: str) -> Response:
    """Say whether each card is typed twice."""
    shown = _locked(code)
    is_double = request.form.get("times") == "twice"
    cards.type_twice(session(), actor(), shown, is_double)
    flash(
        _("Each card is typed twice.") if is_double else _("One typing of each card is enough now."),
        "success",
    )
    return _to(code)


@blueprint.post("/card-stacks/<code>/hand-on")
@access.staff(Permission.MANAGE_BOARDS)
def hand_on(code: str) -> Response:
    """Look at what the cards that are ready become."""
    shown = _locked(code)
    try:
        batch = cards.hand_on(session(), actor(), shown)
        return redirect(url_for("entering.preview", code=batch.code))
    except Closed as error:
        return told(code, error)


@blueprint.post("/card-stacks/<code>/throw-away")
@access.staff(Permission.MANAGE_BOARDS)
def throw_away(code: str) -> Response:
    """Forget what was typed in a stack and has not gone on."""
    shown = _locked(code)
    cards.throw_away(session(), actor(), shown)
    flash(_("What was typed is thrown away."), "success")
    return redirect(url_for("cards.of_board", code=shown.board.code))


def _stack_form(what: Any) -> StackForm:
    return StackForm(what, data={"language": actor().language, "channel": Channel.PAPER.value})


def _of_board(board: Board, form: StackForm, sheet_form: SheetForm) -> tuple[str, int]:
    return render_form(
        "entering/cards.html",
        form,
        board=board,
        sheet_form=sheet_form,
        no_entries=board_rules.why_no_entries(board),
        sheets=queries_cards.sheets_of(session(), board),
        stacks=queries_cards.stacks_of(session(), board),
    )


def may(shown: CardStack) -> dict[str, bool]:
    """What the person may do with a stack beside typing, as the pages ask for it."""
    scope = shown.board.dialogue.scope()
    return {
        "may_manage": actor().may(Permission.MANAGE_BOARDS, scope),
        "may_moderate": actor().may(Permission.MODERATE, scope),
    }


def _locked(code: str) -> CardStack:
    return queries_cards.stack_locked(session(), actor(), code, Permission.MANAGE_BOARDS)


def _board(code: str) -> Board:
    return queries_desk.desk_board(session(), actor(), code, Permission.MANAGE_BOARDS)


def _to(code: str) -> Response:
    return redirect(url_for("cards.stack", code=code))


def told(code: str, error: Closed) -> Response:
    """Back to the stack, with what stood in the way."""
    transaction.begin_anew()
    flash(str(error.message), "error")
    return _to(code)
