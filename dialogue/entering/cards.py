"""Paper cards: printed with numbers, typed twice, settled where that differs, and handed on as a preview."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.db import insert_new
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import _, lazy
from dialogue.base.tokens import new_code
from dialogue.boards.models import Board
from dialogue.entering import operations, queries_cards, rules
from dialogue.entering.comparing import Said
from dialogue.entering.models import Batch
from dialogue.entering.models_cards import FIRST, SECOND, CardEntry, CardSheet, CardStack, PaperCard
from dialogue.entering.operations import About
from dialogue.entering.reading import Sheet
from dialogue.entering.rules import Standing
from dialogue.residents import operations as residents
from dialogue.web.permissions import Actor, Permission

MOST_ON_SHEETS = 200
MOST_IN_STACK = 500
HIGHEST_NUMBER = 99_999


def print_sheet(session: Session, actor: Actor, board: Board, count: int, key: str) -> CardSheet:
    """Give out the next so many numbers to be printed; the same page sent twice gives them out once.

    Raises NotAllowed, Closed when the dialogue has ended.
    """
    actor.require(Permission.MANAGE_BOARDS, board.dialogue.scope())
    operations.check_open(board)
    queries_cards.hold_numbers(session, board)
    if not residents.first_time(session, key, f"card sheet\0{board.id}\0{count}"):
        mine = select(CardSheet).where(CardSheet.board_id == board.id, CardSheet.made_by_id == actor.user_id)
        return session.scalars(mine.order_by(CardSheet.id.desc()).limit(1)).one()
    sheet = CardSheet(
        dialogue_id=board.dialogue_id,
        board_id=board.id,
        first_number=queries_cards.next_number(session, board),
        count=count,
        made_by_id=actor.user_id,
        made_at=clock.now(),
    )
    session.add(sheet)
    session.flush()
    return sheet


def begin(session: Session, actor: Actor, board: Board, about: About, is_double: bool, key: str) -> CardStack:
    """Begin a stack of cards; the same page sent twice begins one. Raises NotAllowed, Closed."""
    actor.require(Permission.MANAGE_BOARDS, board.dialogue.scope())
    operations.check_open(board)
    if not residents.first_time(session, key, f"card stack\0{board.id}\0{about!r}\0{is_double}"):
        mine = select(CardStack).where(CardStack.board_id == board.id, CardStack.made_by_id == actor.user_id)
        return session.scalars(mine.order_by(CardStack.id.desc()).limit(1)).one()
    now = clock.now()
    stack = CardStack(
        dialogue_id=board.dialogue_id,
        board_id=board.id,
        made_by_id=actor.user_id,
        made_at=now,
        touched_at=now,
        channel=about.channel,
        label=about.label,
        language=about.language,
        is_double=is_double,
    )
    session.add(stack)
    session.flush()
    return stack


def enter(
    session: Session, actor: Actor, stack: CardStack, number: int, said: Said, turn: int, key: str
) -> Standing:
    """Keep a card as it was typed, and return how far it has come; the same page sent twice keeps it once.

    What another person has typed already is typed the second time by this, whichever ``turn`` it was meant for, so
    that both are kept. Raises NotAllowed, Closed when the dialogue has ended, Invalid for a number that is taken
    and for a question that is not one of the board's.
    """
    actor.require(Permission.FACILITATE, stack.board.dialogue.scope())
    operations.check_open(stack.board)
    _check_column(stack, said)
    is_new = residents.first_time(session, key, f"card\0{stack.id}\0{number}\0{turn}\0{said!r}")
    card = queries_cards.numbered(session, stack.board_id, number)
    if card is None:
        card = _new_card(session, stack, number)
        return _typed(session, actor, stack, card, said, FIRST)
    if card.stack_id == stack.id and not is_new:
        return rules.standing(card, stack)
    _check_number(actor, stack, card, turn)
    return _typed(session, actor, stack, card, said, SECOND)


def _new_card(session: Session, stack: CardStack, number: int) -> PaperCard:
    if len(queries_cards.cards(session, stack)) >= MOST_IN_STACK:
        raise Invalid(lazy("There are 500 cards in this stack. Begin another one for the rest."), "number")
    values = {"board_id": stack.board_id, "number": number, "stack_id": stack.id}
    empty = {"photo": "", "title": "", "text": "", "label": ""}
    if insert_new(session, PaperCard, {**values, **empty}) is None:
        raise _in_another_stack(number)
    return queries_cards.card(session, stack, number)


def _typed(
    session: Session, actor: Actor, stack: CardStack, card: PaperCard, said: Said, turn: int
) -> Standing:
    now = clock.now()
    entry = CardEntry(turn=turn, by_id=actor.user_id, at=now)
    _write(entry, said)
    card.entries.append(entry)
    session.flush()
    alone = turn == SECOND and card.entries[0].by_id == actor.user_id
    verb = "type" if turn == FIRST else "type again alone" if alone else "type again"
    _touched(session, actor, stack, verb)
    return rules.standing(card, stack)


def _check_column(stack: CardStack, said: Said) -> None:
    if said.column_id not in {column.id for column in stack.board.columns}:
        raise Invalid(lazy("Choose which question the card answers."), "column")


def _check_number(actor: Actor, stack: CardStack, card: PaperCard, turn: int) -> None:
    if card.stack_id != stack.id:
        raise _in_another_stack(card.number)
    if rules.standing(card, stack) is Standing.GONE_ON:
        raise Invalid(
            lazy("Card %(number)s has gone on to become an idea. Look at the number.", number=card.number),
            "number",
        )
    if len(card.entries) > 1:
        raise Invalid(
            lazy("Card %(number)s has been typed twice already. Look at the number.", number=card.number),
            "number",
        )
    if turn == FIRST and card.entries[0].by_id == actor.user_id:
        raise Invalid(
            lazy(
                "You have typed card %(number)s already. Look at the number, or open that card to change it.",
                number=card.number,
            ),
            "number",
        )


def _in_another_stack(number: int) -> Invalid:
    message = lazy("Card %(number)s lies in another stack of this board. Look at the number.", number=number)
    return Invalid(message, "number")


def put_right(session: Session, actor: Actor, stack: CardStack, card: PaperCard, said: Said) -> None:
    """Say what a card says: of one that was typed twice what is settled on, else what one typed oneself anew.

    Raises NotAllowed, Closed for what has gone on or what another person is to type, Invalid for the question.
    """
    actor.require(Permission.FACILITATE, stack.board.dialogue.scope())
    _check_column(stack, said)
    _check_here(card, stack)
    if len(card.entries) > 1:
        _write(card, said)
        card.settled_by_id = actor.user_id
        _touched(session, actor, stack, "settle")
        return
    if not rules.sees_words(card, stack, actor.user_id):
        raise Closed(lazy("This card has been typed once. Type it the second time before you see it."))
    _write(card.entries[0], said)
    _touched(session, actor, stack, "change")


def attach(session: Session, actor: Actor, stack: CardStack, card: PaperCard, address: str) -> None:
    """Let the second person read a card from its picture. Raises NotAllowed, Closed for what has gone on."""
    actor.require(Permission.MODERATE, stack.board.dialogue.scope())
    _check_here(card, stack)
    card.photo = address
    _touched(session, actor, stack, "attach a picture")


def remove(session: Session, actor: Actor, stack: CardStack, card: PaperCard) -> None:
    """Forget a card that was typed, such as one with a wrong number. Raises NotAllowed, Closed for what has gone on."""
    actor.require(Permission.FACILITATE, stack.board.dialogue.scope())
    _check_here(card, stack)
    session.delete(card)
    _touched(session, actor, stack, "remove")


def type_twice(session: Session, actor: Actor, stack: CardStack, is_double: bool) -> None:
    """Say whether each card of a stack is typed twice. Raises NotAllowed."""
    actor.require(Permission.MANAGE_BOARDS, stack.board.dialogue.scope())
    if stack.is_double != is_double:
        stack.is_double = is_double
        _touched(session, actor, stack, "type twice" if is_double else "type once")


def hand_on(session: Session, actor: Actor, stack: CardStack) -> Batch:
    """Let the cards that are ready be looked at together before they become ideas; the others stay in the stack.

    A second time gives the same preview. Raises NotAllowed, Closed when the dialogue has ended or none is ready.
    """
    actor.require(Permission.MANAGE_BOARDS, stack.board.dialogue.scope())
    operations.check_open(stack.board)
    found = queries_cards.by_standing(stack, queries_cards.cards(session, stack))
    ready = found[Standing.READY]
    if not ready:
        before = queries_cards.newest_preview(session, stack)
        if before is None:
            raise Closed(lazy("No card is ready yet. Type them the second time, and settle what differs."))
        return before
    about = About(None, stack.channel, stack.label, stack.language)
    # A second time is told by the cards, which are ready no more, so each preview has a key of its own.
    sheet, name = _sheet(stack, ready), _name(ready)
    batch = operations.begin(session, actor, stack.board, sheet, about, name, new_code())
    for position, card in enumerate(ready, start=1):
        card.batch_id, card.position = batch.id, position
    _touched(session, actor, stack, "hand on")
    return batch


def _sheet(stack: CardStack, ready: list[PaperCard]) -> Sheet:
    """The cards as a sheet, with headings by which each column is known."""
    titles = {column.id: str(column.title) for column in stack.board.columns}
    rows = []
    for card in ready:
        said = rules.becomes(card)
        asked = titles.get(said.column_id, "") if said.column_id is not None else ""
        rows.append([str(card.number), asked, said.title, said.text, said.label])
    return Sheet(rows, [_("Card"), _("Question"), _("Title"), _("Text"), _("Group")])


def _name(ready: list[PaperCard]) -> str:
    if len(ready) == 1:
        return _("Card %(number)s", number=ready[0].number)
    return _("Cards %(first)s–%(last)s", first=ready[0].number, last=ready[-1].number)


def throw_away(session: Session, actor: Actor, stack: CardStack) -> None:
    """Forget what was typed in a stack and has not gone on. Raises NotAllowed."""
    actor.require(Permission.MANAGE_BOARDS, stack.board.dialogue.scope())
    session.execute(delete(PaperCard).where(PaperCard.stack_id == stack.id, PaperCard.batch_id.is_(None)))
    _touched(session, actor, stack, "throw away")


def sweep(session: Session) -> int:
    """Forget what was typed and has lain long enough without going on, and the stacks in which nothing is left;
    return how many cards went. It comes after previews have been forgotten."""
    old = select(CardStack.id).where(CardStack.touched_at < clock.now() - operations.PREVIEW_KEPT)
    lain = delete(PaperCard).where(PaperCard.stack_id.in_(old), PaperCard.batch_id.is_(None))
    gone = session.execute(lain.returning(PaperCard.number)).all()
    used = select(PaperCard.stack_id)
    session.execute(delete(CardStack).where(CardStack.id.in_(old), CardStack.id.not_in(used)))
    return len(gone)


def _check_here(card: PaperCard, stack: CardStack) -> None:
    if rules.standing(card, stack) is Standing.GONE_ON:
        raise Closed(lazy("This card has gone on to become an idea. Change it there."))


def _write(typed: CardEntry | PaperCard, said: Said) -> None:
    typed.column_id, typed.title, typed.text, typed.label = said.column_id, said.title, said.text, said.label


def _touched(session: Session, actor: Actor, stack: CardStack, verb: str) -> None:
    session.flush()
    stack.touched_at = clock.now()
    audit.record(session, actor.user_id, verb, "cards", stack.id, stack.dialogue_id)
