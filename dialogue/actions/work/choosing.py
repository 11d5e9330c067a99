"""A choice among actions, which lives in the query of an address; pure.

Whatever the query holds, reading it gives a choice that can be shown: a value that is none is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Self

from dialogue.actions.models import ActionState
from dialogue.actions.rules import Pile
from dialogue.base.i18n import Labelled, lazy

LONGEST_WORDS = 80
LONGEST_CODE = 16


class Whose(Labelled):
    """Among which actions somebody chooses: their own organisations', or those of their dialogues."""

    OURS = "ours", lazy("Yours")
    ALL = "all", lazy("All in your dialogues")


class Kind(StrEnum):
    """The ways in which the same choice is seen, as they stand in the address."""

    LIST = "list"
    BOARD = "board"
    CALENDAR = "calendar"
    BY_OWNER = "by-owner"
    BY_GOAL = "by-goal"


# Everything that is not ended, beside the piles and the states themselves.
OPEN = "open"
STATES = (OPEN, *(pile.value for pile in Pile), *(state.value for state in ActionState))
# Days ahead within which something is due.
WITHIN = (7, 14, 30, 90)


@dataclass(frozen=True)
class Choice:
    """Which actions somebody wants to see. Owner, dialogue and goal by their codes, municipality by its number;
    empty for all of them. ``state`` is one of STATES, ``on`` a day on which something is due."""

    whose: str = ""
    state: str = ""
    owner: str = ""
    dialogue: str = ""
    municipality: str = ""
    goal: str = ""
    late: bool = False
    within: int = 0
    on: date | None = None
    words: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """The choice that an address's query, or a form, names."""

        def code(name: str) -> str:
            value = query.get(name, "").strip()
            return value if value.isascii() and value.isalnum() and len(value) <= LONGEST_CODE else ""

        def one_of(name: str, known: tuple[str, ...]) -> str:
            value = query.get(name, "")
            return value if value in known else ""

        within = one_of("within", tuple(str(days) for days in WITHIN))
        return cls(
            whose=one_of("whose", tuple(whose.value for whose in Whose)),
            state=one_of("state", STATES),
            owner=code("owner"),
            dialogue=code("dialogue"),
            municipality=code("municipality"),
            goal=code("goal"),
            late=bool(query.get("late", "")),
            within=int(within) if within else 0,
            on=_day(query.get("on", "")),
            words=" ".join(query.get("words", "").split())[:LONGEST_WORDS],
        )

    def query(self) -> dict[str, Any]:
        """What stands in an address that leads to this choice."""
        found = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                found[field.name] = "yes" if value is True else str(value)
        return found

    @property
    def narrows(self) -> bool:
        """Whether something is left out, beside the question whose they are."""
        return set(self.query()) > {"whose"} or (bool(self.query()) and not self.whose)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
