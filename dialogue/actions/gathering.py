"""The one mail of a day to an address: what it is reminded of, and at the beginning of the week its list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dialogue.actions import links, rules
from dialogue.actions.mail import harmless
from dialogue.actions.models import ReminderKind
from dialogue.actions.occasions import Occasion
from dialogue.actions.rules import Pile, Side
from dialogue.base import letters
from dialogue.base.i18n import Translated, speaking
from dialogue.base.outbox import Letter
from dialogue.config import settings

# How many of a pile the weekly list names; the rest are counted, and stand on the page.
NAMED = 5


@dataclass
class Gathered:
    """What one address is told on a day. The rows are those of ``jobs``: an action with its owner's columns."""

    address: str
    reminded: list[tuple[Any, Occasion]] = field(default_factory=list)
    to_leader: list[tuple[Any, Occasion]] = field(default_factory=list)
    listed: list[Any] = field(default_factory=list)
    ended: list[Any] = field(default_factory=list)

    @property
    def rows(self) -> list[Any]:
        """Every action that the mail names."""
        return [*(row for row, _occasion in (*self.reminded, *self.to_leader)), *self.listed]


@dataclass(frozen=True)
class Due:
    """One line of a reminder: which action, on which occasion, and the link that opens it; a leader has none."""

    title: str
    owner: str
    kind: ReminderKind
    due_on: date
    link: str


@dataclass(frozen=True)
class Heap:
    """One pile of a weekly list: the first few by title, date and link, and how many there are."""

    pile: Pile
    named: Sequence[tuple[str, date, str]]
    count: int

    @property
    def more(self) -> int:
        """How many there are besides those named."""
        return self.count - len(self.named)


def letter(gathered: Gathered, names: Mapping[int, Translated], today: date, stop: str | None) -> Letter:
    """The mail, in the language of the first organisation that it is about; ``names`` are those of the owners,
    ``stop`` is the ``stop_address``."""
    first = gathered.rows[0]
    language = first.language
    with speaking(language):
        dues = [_due(row, occasion, names, has_link=True) for row, occasion in gathered.reminded]
        late = [_due(row, occasion, names, has_link=False) for row, occasion in gathered.to_leader]
        heaps = _heaps(gathered, today)
        lists = _lists((row for row in gathered.rows if _is_holder(row, gathered.address)), names)
    return letters.write(
        "actions/reminder",
        language,
        dues=dues,
        late=late,
        heaps=heaps,
        open_count=sum(heap.count for heap in heaps if heap.pile is not Pile.ENDED),
        lists=lists,
        stop=stop,
        rules_link=links.of_rules(language),
    )


def stop_address(gathered: Gathered) -> str | None:
    """The address that stops the weekly list with one click; None for a mail that holds none."""
    if not gathered.listed:
        return None
    row = gathered.listed[0]
    return links.to_stop(row.language, row.owner_code, row.owner_id, row.person_email or row.email)


def _is_holder(row: Any, address: str) -> bool:
    return bool((row.person_email or row.email).casefold() == address.casefold())


def _due(row: Any, occasion: Occasion, names: Mapping[int, Translated], *, has_link: bool) -> Due:
    title, owner = harmless(row.title), harmless(names[row.owner_id])
    return Due(title, owner, occasion.kind, row.due_on, _link(row) if has_link else "")


def _heaps(gathered: Gathered, today: date) -> list[Heap]:
    found = rules.piles(gathered.listed, Side.OWNER, today)
    if gathered.listed and gathered.ended:
        found.append((Pile.ENDED, gathered.ended))
    return [
        Heap(pile, [(harmless(row.title), row.due_on, _link(row)) for row in lying[:NAMED]], len(lying))
        for pile, lying in found
    ]


def _link(row: Any) -> str:
    token = links.sign_action(row.code, row.owner_id, row.person_email or row.email)
    return f"{settings().public_url}/{row.language}/actions/by-link/{token}"


def _lists(rows: Iterable[Any], names: Mapping[int, Translated]) -> list[tuple[str, str]]:
    """(name, link) of each list that an address has: one for each organisation it looks after something in."""
    found: dict[tuple[int, str], tuple[str, str]] = {}
    for row in rows:
        key = (row.owner_id, row.person_email)
        if key not in found:
            token = links.sign_list(row.owner_code, row.owner_id, row.person_email or row.email)
            address = f"{settings().public_url}/{row.language}/actions/mine/{token}"
            found[key] = harmless(names[row.owner_id]), address
    return list(found.values())
