"""The desk's pages on which paper cards are typed, compared and settled."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import Closed, DomainError, NotFound
from dialogue.base.i18n import _
from dialogue.boards import picturing, rules as board_rules
from dialogue.boards.views_pictures import sent_picture
from dialogue.entering import cards, comparing, queries_cards, rules
from dialogue.entering.forms_cards import CardForm, PhotoForm, WordsForm
from dialogue.entering.models_cards import FIRST, SECOND, CardStack, PaperCard
from dialogue.entering.rules import Standing
from dialogue.entering.views_cards import may, told
from dialogue.web import access, transaction
from dialogue.web.forms import posted, posted_with_files, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, note_read, session

blueprint = Blueprint("card_typing", __name__, url_prefix="/<lang:lang>/desk")

LARGEST_BODY = picturing.LARGEST + 64 * 1024


@blueprint.route("/card-stacks/<code>/type", methods=["GET", "POST"])
@access.staff(Permission.FACILITATE)
def enter(code: str) -> Response | tuple[str, int]:
    """Type the cards of a stack, one after the other."""
    return _type(code, FIRST)


@blueprint.route("/card-stacks/<code>/type-again", methods=["GET", "POST"])
@access.staff(Permission.FACILITATE)
def enter_again(code: str) -> Response | tuple[str, int]:
    """Type them the second time, without seeing what was typed the first."""
    return _type(code, SECOND)


@blueprint.route("/card-stacks/<code>/<int:card>", methods=["GET", "POST"])
@access.staff(Permission.FACILITATE)
def card(code: str, card: int) -> Response | tuple[str, int]:
    """One card: both typings beside each other, and what it is to say."""
    shown = _locked(code) if request.method == "POST" else _stack(code)
    found = queries_cards.card(session(), shown, card)
    form = WordsForm(posted(), data=_now(found))
    form.offer_columns(shown.board)
    if sent(form):
        try:
            cards.put_right(session(), actor(), shown, found, form.said())
            flash(_("Card %(number)s is saved.", number=card), "success")
            return redirect(_next(shown, found))
        except DomainError as error:
            form.refuse(error)
            shown = _stack(code)
            found = queries_cards.card(session(), shown, card)
    return _card(shown, found, form)


@blueprint.post("/card-stacks/<code>/<int:card>/remove")
@access.staff(Permission.FACILITATE)
def remove(code: str, card: int) -> Response:
    """Forget a card that was typed."""
    shown = _locked(code)
    try:
        cards.remove(session(), actor(), shown, queries_cards.card(session(), shown, card))
        flash(_("Card %(number)s is removed.", number=card), "success")
    except Closed as error:
        return told(code, error)
    return redirect(url_for("cards.stack", code=code))


@blueprint.get("/card-stacks/<code>/<int:card>/picture")
@access.staff(Permission.MODERATE)
def picture(code: str, card: int) -> Response:
    """The picture of a card, for those who may read ideas first."""
    shown = _stack(code, Permission.MODERATE)
    found = queries_cards.card(session(), shown, card)
    if not found.photo:
        raise NotFound
    note_read(actor(), "read", "cards", (shown.id, shown.dialogue_id))
    return sent_picture(found.photo)


@blueprint.post("/card-stacks/<code>/<int:card>/picture")
@access.staff(Permission.MODERATE)
@access.takes_files(LARGEST_BODY)
def attach(code: str, card: int) -> Response | tuple[str, int]:
    """Keep a picture of a card until it becomes an idea."""
    shown = _stack(code, Permission.MODERATE)
    found = queries_cards.card(session(), shown, card)
    form = PhotoForm(posted_with_files())
    if sent(form):
        try:
            content = form.picture.data.read()
            # A picture takes a moment to be made clean, in which nobody else should wait.
            transaction.begin_anew()
            address = picturing.keep_full(house().files, content)
            shown = _locked(code, Permission.MODERATE)
            cards.attach(session(), actor(), shown, queries_cards.card(session(), shown, card), address)
            flash(_("The picture is there for whoever types the card the second time."), "success")
            return redirect(url_for("card_typing.card", code=code, card=card))
        except DomainError as error:
            form.refuse(error)
            shown = _stack(code)
            found = queries_cards.card(session(), shown, card)
    words = WordsForm(None, data=_now(found))
    words.offer_columns(shown.board)
    return _card(shown, found, words, form)


def _type(code: str, turn: int) -> Response | tuple[str, int]:
    shown = _locked(code) if request.method == "POST" else _stack(code)
    form = CardForm(posted(), data=_suggested(shown, turn))
    form.offer_columns(shown.board)
    if sent(form):
        number, key = form.number.data or 0, form.submission_key.data or ""
        try:
            standing = cards.enter(session(), actor(), shown, number, form.said(), turn, key)
            return _typed(shown, number, form, standing, turn)
        except DomainError as error:
            form.refuse(error)
            shown = _stack(code)
    found = queries_cards.cards(session(), shown)
    at_hand = next((one for one in found if one.number == form.number.data), None)
    return render_form(
        "entering/card_type.html",
        form,
        stack=shown,
        board=shown.board,
        is_second=turn == SECOND,
        at_hand=at_hand,
        goes_on="after" in request.args,
        typed_by_me=bool(
            turn == SECOND
            and at_hand
            and at_hand.entries[0].by_id == actor().user_id
            and rules.standing(at_hand, shown) is Standing.ONCE
        ),
        left=len(queries_cards.by_standing(shown, found)[Standing.ONCE]),
        number_of=len(found),
        no_entries=board_rules.why_no_entries(shown.board),
        **may(shown),
    )


def _typed(shown: CardStack, number: int, form: CardForm, standing: Standing, turn: int) -> Response:
    """To the next card; or first to this one, where it was typed in two ways and is at hand."""
    if standing is Standing.DIFFERS:
        flash(
            _("Card %(number)s was typed in two ways. Look at the card, and choose.", number=number), "info"
        )
        return redirect(url_for("card_typing.card", code=shown.code, card=number))
    if turn == SECOND and standing is Standing.READY:
        flash(_("Card %(number)s agrees.", number=number), "success")
        return redirect(_next(shown, queries_cards.card(session(), shown, number)))
    flash(_("Card %(number)s is saved.", number=number), "success")
    chosen = {"after": number, "column": form.column.data, "label": form.label.data or None}
    page = "card_typing.enter" if turn == FIRST else "card_typing.enter_again"
    return redirect(url_for(page, code=shown.code, **chosen))


def _next(shown: CardStack, done: PaperCard) -> str:
    """Where one goes on after a card of the second time: to the next that waits, else to the stack."""
    waiting = queries_cards.by_standing(shown, queries_cards.cards(session(), shown))[Standing.ONCE]
    if len(done.entries) > 1 and waiting:
        return url_for("card_typing.enter_again", code=shown.code, after=done.number)
    return url_for("cards.stack", code=shown.code)


def _suggested(shown: CardStack, turn: int) -> dict[str, Any]:
    """The number that is likely to come next, and what the card before had chosen."""
    after = request.args.get("after", 0, type=int)
    column_id = request.args.get("column", type=int)
    asked = request.args.get("card", type=int)
    found = queries_cards.cards(session(), shown)
    coming = (
        rules.next_new(found, queries_cards.highest_typed(session(), shown.board), after)
        if turn == FIRST
        else rules.next_again(found, shown, actor().user_id, after)
    )
    return {
        "number": asked or coming,
        "column": column_id if column_id in {column.id for column in shown.board.columns} else None,
        "label": request.args.get("label", "")[:60],
    }


def _card(
    shown: CardStack, found: PaperCard, form: WordsForm, photo_form: PhotoForm | None = None
) -> tuple[str, int]:
    sees = rules.sees_words(found, shown, actor().user_id)
    if sees and request.method == "GET":
        # What is no idea yet is personal data, so that it was read is noted.
        note_read(actor(), "read", "cards", (shown.id, shown.dialogue_id))
    entries = found.entries if sees else []
    said = [rules.said(entry) for entry in entries]
    titles = {column.id: column.title for column in shown.board.columns}
    return render_form(
        "entering/card.html",
        form,
        stack=shown,
        board=shown.board,
        card=found,
        standing=rules.standing(found, shown),
        standings=Standing,
        entries=entries,
        differing=comparing.differing(*said) if len(said) > 1 else set(),
        parts=[
            (name, comparing.marked(*(getattr(one, name) for one in said)))
            for name in comparing.TEXTS
            if len(said) > 1
        ],
        titles=titles,
        said=said,
        photo_form=photo_form or PhotoForm(),
        **may(shown),
    )


def _now(found: PaperCard) -> dict[str, Any]:
    """What the form of a card begins with: what it says by now."""
    said = rules.becomes(found)
    return {"column": said.column_id, "title": said.title, "text": said.text, "label": said.label}


def _stack(code: str, permission: Permission = Permission.FACILITATE) -> CardStack:
    return queries_cards.stack(session(), actor(), code, permission)


def _locked(code: str, permission: Permission = Permission.FACILITATE) -> CardStack:
    return queries_cards.stack_locked(session(), actor(), code, permission)
