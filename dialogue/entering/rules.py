"""State questions about paper cards; pure."""

from collections.abc import Sequence
from enum import Enum, auto

from dialogue.entering import comparing
from dialogue.entering.comparing import Said
from dialogue.entering.models_cards import CardEntry, CardStack, PaperCard


class Standing(Enum):
    """How far a card has come. ``ONCE`` waits to be typed the second time, ``DIFFERS`` for somebody to settle it,
    and what has ``GONE_ON`` lies in a preview or is an idea."""

    ONCE = auto()
    DIFFERS = auto()
    READY = auto()
    GONE_ON = auto()


def standing(card: PaperCard, stack: CardStack) -> Standing:
    """How far a card has come."""
    if card.batch_id is not None:
        return Standing.GONE_ON
    if card.settled_by_id is not None:
        return Standing.READY
    if len(card.entries) > 1:
        first, second = map(said, card.entries)
        return Standing.DIFFERS if comparing.differing(first, second) else Standing.READY
    return Standing.ONCE if stack.is_double else Standing.READY


def becomes(card: PaperCard) -> Said:
    """What a card that is ready says: what somebody settled on, else what was typed first."""
    return said(card if card.settled_by_id is not None else card.entries[0])


def said(typed: CardEntry | PaperCard) -> Said:
    """The words of a typing, or of what was settled on."""
    return Said(typed.column_id, typed.title, typed.text, typed.label)


def sees_words(card: PaperCard, stack: CardStack, user_id: int) -> bool:
    """Whether somebody may see what was typed: nobody but who typed it, until it was typed the second time."""
    return standing(card, stack) is not Standing.ONCE or card.entries[0].by_id == user_id


def next_new(cards: Sequence[PaperCard], highest: int, after: int) -> int:
    """The number that is likely to stand on the next card of a stack: the first free one after the card before, or
    after the stack's last; in an empty stack the one after the highest of the board."""
    numbers = {card.number for card in cards}
    number = (after if after in numbers else max(numbers, default=highest)) + 1
    while number in numbers:
        number += 1
    return number


def next_again(cards: Sequence[PaperCard], stack: CardStack, user_id: int, after: int) -> int | None:
    """The card that somebody types the second time next: one that another person typed first, where there is one,
    and the first after the card before."""
    waiting = [card for card in cards if standing(card, stack) is Standing.ONCE]
    others = [card.number for card in waiting if card.entries[0].by_id != user_id]
    numbers = others or [card.number for card in waiting]
    return next((number for number in numbers if number > after), min(numbers, default=None))
