"""Whether a card was typed in the same way twice, and where not. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"[^\W_]+")
TEXTS = ("title", "text", "label")


@dataclass(frozen=True)
class Said:
    """What stands on a card: under which question, and the words."""

    column_id: int | None
    title: str
    text: str
    label: str


@dataclass(frozen=True)
class Piece:
    """Some of a text as it was typed, marked where the other one differs."""

    text: str
    is_marked: bool


def key(text: str) -> str:
    """A text as it is compared: its letters and digits alone, without case, signs and blanks.

    Between digits a gap stays, whatever sign made it: 10–12 is 10-12, and is not 1012.
    """
    compared = ""
    for word in words(text):
        gap = compared and compared[-1].isdigit() and word[0].isdigit()
        compared += f" {word}" if gap else word
    return compared


def words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    whole = unicodedata.normalize("NFC", text)
    return [_folded(whole[start:end]) for start, end in _spans(whole)]


def differing(one: Said, other: Said) -> set[str]:
    """The parts in which two typings of a card differ; empty where they agree."""
    parts = {name for name in TEXTS if key(getattr(one, name)) != key(getattr(other, name))}
    return parts | ({"column"} if one.column_id != other.column_id else set())


def marked(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, with the words marked that the other does not have in that place; none where the
    texts agree."""
    if key(one) == key(other):
        return _pieces(one, set()), _pieces(other, set())
    here, there = words(one), words(other)
    alike_here, alike_there = set[int](), set[int]()
    for block in SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks():
        alike_here.update(range(block.a, block.a + block.size))
        alike_there.update(range(block.b, block.b + block.size))
    return (
        _pieces(one, set(range(len(here))) - alike_here),
        _pieces(other, set(range(len(there))) - alike_there),
    )


def _spans(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _WORD.finditer(text)]


def _folded(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def _pieces(text: str, chosen: set[int]) -> list[Piece]:
    """A text with these of its words marked; what lies between two marked words is marked with them."""
    pieces: list[Piece] = []
    whole, at = unicodedata.normalize("NFC", text), 0
    for place, (start, end) in enumerate(_spans(whole)):
        is_marked = place in chosen
        pieces.append(Piece(whole[at:start], is_marked and place - 1 in chosen))
        pieces.append(Piece(whole[start:end], is_marked))
        at = end
    pieces.append(Piece(whole[at:], False))
    joined: list[Piece] = []
    for piece in (piece for piece in pieces if piece.text):
        if joined and joined[-1].is_marked == piece.is_marked:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.is_marked)
        else:
            joined.append(piece)
    return joined
