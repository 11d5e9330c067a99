"""What rooms that know nothing of meetings learn of one, and what an item of a run sheet can open in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from dialogue.base.i18n import Translated
from dialogue.web.permissions import Actor


@dataclass(frozen=True)
class Seat:
    """One group of a meeting. ``label`` is what its people are called beside what they say, never a person."""

    code: str
    name: Translated
    label: str


@dataclass(frozen=True)
class Gathering:
    """A meeting and its groups, in their order. ``dialogue`` is the one it belongs to, ``url`` its page of groups."""

    code: str
    title: Translated
    dialogue: Any
    seats: Sequence[Seat]
    url: str


@dataclass(frozen=True)
class Openings:
    """What items of a run sheet can open in a room.

    ``choices`` (session, dialogue) are keys with a label each; a key begins with the room's name, and an item keeps
    it. ``open`` (session, actor, dialogue, key) opens one, for whoever leads the evening, and says what is open now.
    It raises a DomainError when it cannot be opened, such as NotFound when it is there no more.
    """

    room: str
    choices: Callable[[Session, Any], Sequence[tuple[str, str]]]
    open: Callable[[Session, Actor, Any, str], str]
