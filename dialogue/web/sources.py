"""The kinds of source that themes gather, as the rooms declare them: ideas, notes from groups, answers.

A room that has a kind of its own names it in its ``room.py``; whoever gathers, counts and shows knows them by
this alone (docs/decisions/0011).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from dialogue.base import text as texts
from dialogue.base.i18n import Labelled, Translated, _, ngettext
from dialogue.web.permissions import Actor, Permission, Scope


@dataclass(frozen=True)
class SourceText:
    """The words of one source as somebody gave them. ``where`` names the board, the question or the meeting;
    ``support`` says how many support it, None where nobody can."""

    text: str
    title: str = ""
    where: str = ""
    support: int | None = None

    @property
    def heading(self) -> str:
        """What stands above it: the title, or how the text begins."""
        return texts.headed(self.title, self.text).heading

    @property
    def rest(self) -> str:
        """What is left of the text below the heading."""
        return texts.headed(self.title, self.text).rest


@dataclass(frozen=True)
class Outside:
    """Something that was given and is not a source yet, until somebody takes it in: what, how many, and the
    page on which it is done."""

    title: str
    count: int
    url: str


@dataclass(frozen=True)
class Grouping:
    """Something that contributions of a dialogue are gathered under, such as a theme, by which a list of them can be
    narrowed. ``members`` selects their ids."""

    code: str
    title: Translated
    members: Select[int]


@dataclass(frozen=True)
class Source:
    """A kind of source. Conditions and columns are those of a contribution of this kind."""

    # The kind of the contributions that anchor it.
    kind: Labelled
    # How so many of them are said: "3 ideas".
    counted: Callable[[int], str]
    # (session, contribution ids) -> their words, in one statement
    texts: Callable[[Session, Collection[int]], Mapping[int, SourceText]]
    # words searched for -> the condition that a contribution holds them
    holds: Callable[[str], ColumnElement[bool]]
    # how many support a contribution, where somebody can
    support: ColumnElement[int] | None = None
    # the public page of one, by its contribution's code
    page: str = ""
    # Whether its words are shown to everybody; it is counted in any case.
    is_shown: bool = True
    # What somebody must be allowed besides, to read its words; each reading is then noted.
    needs: Permission | None = None
    # (session, dialogue) -> what waits to be taken in
    outside: Callable[[Session, Any], Sequence[Outside]] | None = None


_declared: dict[str, Source] = {}


def declare(sources: Iterable[Source]) -> None:
    """Let these be the kinds there are, in the order in which their enum names them; called when the application
    is made."""
    _declared.clear()
    in_order = sorted(sources, key=_place)
    _declared.update((source.kind.value, source) for source in in_order)


def _place(source: Source) -> int:
    members: list[Labelled] = list(type(source.kind))
    return members.index(source.kind)


def declared() -> Sequence[Source]:
    """Every kind of source."""
    return list(_declared.values())


def kinds() -> list[Labelled]:
    """The kinds of contribution that themes gather."""
    return [source.kind for source in _declared.values()]


def shown() -> list[Labelled]:
    """The kinds whose words everybody may read."""
    return [source.kind for source in _declared.values() if source.is_shown]


def readable(actor: Actor, scope: Scope) -> list[Labelled]:
    """The kinds whose words somebody may read there."""
    return [
        source.kind for source in _declared.values() if source.needs is None or actor.may(source.needs, scope)
    ]


def of(kind: Labelled) -> Source:
    """The declaration of a kind."""
    return _declared[kind.value]


def in_words(counts: Mapping[Any, int]) -> str:
    """12 ideas, 3 notes from groups, 40 answers: how many of each kind."""
    parts = [source.counted(counts[source.kind]) for source in _declared.values() if counts.get(source.kind)]
    return ", ".join(parts) if parts else _("Nothing yet")


def contributions(number: int) -> str:
    """So many sources of whatever kind, in words."""
    return ngettext("%(num)s contribution", "%(num)s contributions", number)
