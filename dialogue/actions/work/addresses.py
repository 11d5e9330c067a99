"""The addresses of a choice among actions: each way of seeing it, and what leads away from it and back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import url_for

from dialogue.actions.work.choosing import Choice, Kind
from dialogue.base.i18n import Lazy, lazy

ENDPOINTS: Mapping[Kind, str] = {
    Kind.LIST: "work.listed",
    Kind.BOARD: "work.board",
    Kind.CALENDAR: "work.calendar",
    Kind.BY_OWNER: "work.by_owner",
    Kind.BY_GOAL: "work.by_goal",
}
LABELS: Mapping[Kind, Lazy] = {
    Kind.LIST: lazy("List"),
    Kind.BOARD: lazy("Board"),
    Kind.CALENDAR: lazy("Calendar"),
    Kind.BY_OWNER: lazy("By owner"),
    Kind.BY_GOAL: lazy("By goal"),
}
# More than any choice has.
MOST_FIELDS = 50
# Names the way of seeing in the addresses of pages that lead back to it.
SEEN_AS = "seen"


@dataclass(frozen=True)
class Sight:
    """A choice and the way in which it is seen."""

    choice: Choice
    kind: Kind = Kind.LIST

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Sight":
        """The choice and the way of seeing that an address's query names."""
        named = query.get(SEEN_AS, "")
        return cls(Choice.read(query), Kind(named) if named in {kind.value for kind in Kind} else Kind.LIST)

    @classmethod
    def of_query(cls, query: str) -> "Sight":
        """The same from a query that was kept, or that a form says was shown."""
        try:
            return cls.read(dict(parse_qsl(query, max_num_fields=MOST_FIELDS)))
        except ValueError:
            return cls(Choice())

    @property
    def query(self) -> dict[str, Any]:
        """What stands in the address of a page that leads back here."""
        return {**self.choice.query(), SEEN_AS: self.kind.value}

    @property
    def kept(self) -> str:
        """The same as it is kept under a name."""
        return urlencode(self.query)

    @property
    def address(self) -> str:
        """The page that shows it. Something always stands in its query, so that it is told from no choice."""
        return self.seen(self.kind)

    @property
    def plain(self) -> str:
        """The page itself, to which a form adds what it chooses."""
        return url_for(ENDPOINTS[self.kind])

    @property
    def everything(self) -> str:
        """The same with nothing left out."""
        return Sight(Choice(whose=self.choice.whose), self.kind).address

    def seen(self, kind: Kind, **further: str | int) -> str:
        """The address at which the same choice is seen in another way, or on another page of it."""
        query: dict[str, Any] = {SEEN_AS: kind.value, **self.choice.query(), **further}
        return url_for(ENDPOINTS[kind], **query)

    def listed(self, **changed: str) -> str:
        """The address of the list of this choice with some of it changed."""
        return Sight(replace(self.choice, **changed)).seen(Kind.LIST)  # type: ignore[arg-type]
