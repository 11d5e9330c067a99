"""The way of what residents gave: themes, answers, actions, what came of it. Where it stops is seen; pure.

Everything is measured in contributions, so that the picture grows thinner where something stops. A theme's
contributions go its way together; where several actions follow from it, they are shared out among these.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from dialogue.actions.models import ActionState
from dialogue.base.i18n import Labelled, Lazy, Translated, lazy
from dialogue.followup.models import DecisionOutcome
from dialogue.followup.story import LEADS_TO_ACTION

# So many themes stand by themselves; the others stand together.
THEMES_SHOWN = 7


class Column(Labelled):
    """The five steps, from left to right."""

    GIVEN = "given", lazy("What people said")
    THEMES = "themes", lazy("Themes")
    ANSWERS = "answers", lazy("Answers")
    ACTIONS = "actions", lazy("Actions")
    OUTCOMES = "outcomes", lazy("What came of it")


class Standing(Labelled):
    """What became of an action: the last column, the best first."""

    DONE = "done", lazy("Done")
    PARTLY_DONE = "partly_done", lazy("Partly done")
    UNDER_WAY = "under_way", lazy("Under way")
    LATE = "late", lazy("Late")
    STOPPED = "stopped", lazy("Stopped")


STANDINGS: Mapping[ActionState, Standing] = {
    ActionState.DONE: Standing.DONE,
    ActionState.PARTLY_DONE: Standing.PARTLY_DONE,
    ActionState.STOPPED: Standing.STOPPED,
}


def standing(state: ActionState, is_late: bool) -> Standing:
    """Where an action stands."""
    return Standing.LATE if is_late else STANDINGS.get(state, Standing.UNDER_WAY)


@dataclass(frozen=True)
class ThemeCount:
    """The answers that a theme has had, and its actions by where they stand: those that everybody may see, and
    those that the team sees."""

    answers: frozenset[DecisionOutcome] = frozenset()
    public: Mapping[Standing, int] = field(default_factory=dict)
    desk: Mapping[Standing, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FlowCount:
    """How far each theme of a dialogue has come, by its id, and the actions of all, each counted once."""

    themes: Mapping[int, ThemeCount] = field(default_factory=dict)
    public: Mapping[Standing, int] = field(default_factory=dict)
    desk: Mapping[Standing, int] = field(default_factory=dict)
    # How much was left out of every theme, with a reason.
    left_out: int = 0

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "themes": {
                str(key): [sorted(one.answers), dict(one.public), dict(one.desk)]
                for key, one in self.themes.items()
            },
            "public": dict(self.public),
            "desk": dict(self.desk),
            "left_out": self.left_out,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What ``as_json`` gave."""
        return cls(
            {
                int(key): ThemeCount(
                    frozenset(map(DecisionOutcome, answers)), _standings(public), _standings(desk)
                )
                for key, (answers, public, desk) in kept["themes"].items()
            },
            _standings(kept["public"]),
            _standings(kept["desk"]),
            # Missing in what was kept before it was counted, until that grows old.
            kept.get("left_out", 0),
        )


def _standings(kept: Mapping[str, int]) -> dict[Standing, int]:
    return {Standing(stands): count for stands, count in kept.items()}


@dataclass(frozen=True)
class ThemeFlow:
    """A theme: what it gathers, the answers it has had, and its actions by where they stand."""

    id: int
    code: str
    title: Translated
    gathered: int
    answers: frozenset[DecisionOutcome] = frozenset()
    actions: Mapping[Standing, int] = field(default_factory=dict)

    @property
    def answer(self) -> DecisionOutcome | None:
        """Of several answers the one that goes furthest."""
        return next((outcome for outcome in DecisionOutcome if outcome in self.answers), None)


@dataclass(frozen=True)
class Node:
    """One bar: ``weight`` contributions. ``count`` is how many themes or actions it stands for, None where that
    says nothing. At a bar that ``stops`` something waits to be done."""

    column: Column
    key: str
    title: str | Translated | Lazy
    weight: int
    count: int | None = None
    stops: bool = False
    theme_code: str = ""


@dataclass(frozen=True)
class Ribbon:
    """So many contributions that go from one bar to another."""

    source: Node
    target: Node
    weight: int


@dataclass(frozen=True)
class Flow:
    """The whole way."""

    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]

    def column(self, column: Column) -> list[Node]:
        """The bars of a step, from the top."""
        return [node for node in self.nodes if node.column is column]

    @property
    def columns(self) -> list[Column]:
        """The steps that anything has come to."""
        return [column for column in Column if self.column(column)]

    @property
    def total(self) -> int:
        """How many contributions there are in all."""
        return sum(node.weight for node in self.column(Column.GIVEN))


class _Making:
    """Collects how much goes from where to where."""

    def __init__(self) -> None:
        self.weights: Counter[tuple[Column, str]] = Counter()
        self.counts: Counter[tuple[Column, str]] = Counter()
        self.ways: Counter[tuple[tuple[Column, str], tuple[Column, str]]] = Counter()

    def go(self, source: tuple[Column, str], target: tuple[Column, str], weight: int) -> None:
        self.weights[target] += weight
        self.ways[source, target] += weight


def flow(themes: Sequence[ThemeFlow], unplaced: int, left_out: int, actions: Mapping[Standing, int]) -> Flow:
    """The way of what a dialogue was given: into themes, or left out of all of them, which ends it.

    ``actions`` is how many actions there are by where they stand, each once however many themes it comes from.
    """
    largest = sorted(
        (theme for theme in themes if theme.gathered), key=lambda theme: (-theme.gathered, theme.id)
    )
    rest = largest[THEMES_SHOWN:]
    making = _Making()
    given = (Column.GIVEN, "given")
    making.weights[given] = sum(theme.gathered for theme in largest) + unplaced + left_out
    for place, theme in enumerate(largest):
        key = (Column.THEMES, str(theme.id) if place < THEMES_SHOWN else "rest")
        making.counts[key] += 1
        making.go(given, key, theme.gathered)
        _follow(making, key, theme)
    if unplaced:
        making.go(given, (Column.THEMES, "unplaced"), unplaced)
    if left_out:
        making.go(given, (Column.THEMES, "left_out"), left_out)
    for stands, count in actions.items():
        making.counts[Column.OUTCOMES, stands.value] = count
    making.counts[Column.ACTIONS, "agreed"] = sum(actions.values())
    return _finished(making, {str(theme.id): theme for theme in largest[:THEMES_SHOWN]}, len(rest))


def _follow(making: _Making, key: tuple[Column, str], theme: ThemeFlow) -> None:
    answer = (Column.ANSWERS, theme.answer.value if theme.answer else "undecided")
    making.counts[answer] += 1
    making.go(key, answer, theme.gathered)
    if any(theme.actions.values()):
        agreed = (Column.ACTIONS, "agreed")
        making.go(answer, agreed, theme.gathered)
        for stands, weight in shared_out(theme.gathered, theme.actions).items():
            making.go(agreed, (Column.OUTCOMES, stands.value), weight)
    elif theme.answer in LEADS_TO_ACTION:
        missing = (Column.ACTIONS, "missing")
        making.counts[missing] += 1
        making.go(answer, missing, theme.gathered)


def shared_out(weight: int, counts: Mapping[Standing, int]) -> dict[Standing, int]:
    """A number shared out in whole parts by these counts, so that the parts make up the number."""
    total = sum(counts.values())
    parts = {key: weight * count // total for key, count in counts.items()}
    owed = sorted(counts, key=lambda key: (-(weight * counts[key] % total), list(Standing).index(key)))
    for key in owed[: weight - sum(parts.values())]:
        parts[key] += 1
    return {key: part for key, part in parts.items() if part}


_STOPS = {"unplaced", "undecided", "missing", Standing.LATE.value}
_TITLES: Mapping[str, Lazy] = {
    "given": lazy("Contributions"),
    "unplaced": lazy("Not placed yet"),
    "left_out": lazy("Left out, with a reason"),
    "undecided": lazy("Not decided yet"),
    "agreed": lazy("Actions agreed"),
    "missing": lazy("No action yet"),
    **{outcome.value: outcome.label for outcome in DecisionOutcome},
    **{stands.value: stands.label for stands in Standing},
}
_ORDER = [*DecisionOutcome, "undecided", "agreed", "missing", *(stands.value for stands in Standing)]


def _finished(making: _Making, themes: Mapping[str, ThemeFlow], others: int) -> Flow:
    by_column: dict[Column, list[Node]] = defaultdict(list)
    for (column, key), weight in making.weights.items():
        theme = themes.get(key) if column is Column.THEMES else None
        title: str | Translated | Lazy
        if theme is not None:
            title = theme.title
        elif key == "rest":
            title = lazy("%(number)s other themes", number=others) if others > 1 else lazy("1 other theme")
        else:
            title = _TITLES[key]
        count = None if theme is not None else making.counts.get((column, key))
        by_column[column].append(
            Node(column, key, title, weight, count, key in _STOPS, theme.code if theme else "")
        )
    for column in (Column.ANSWERS, Column.ACTIONS, Column.OUTCOMES):
        by_column[column].sort(key=lambda node: _ORDER.index(node.key))
    nodes = {(node.column, node.key): node for column in Column for node in by_column[column]}
    ribbons = tuple(
        Ribbon(nodes[source], nodes[target], weight)
        for (source, target), weight in sorted(
            making.ways.items(), key=lambda way: [list(nodes).index(end) for end in way[0]]
        )
        if weight
    )
    return Flow(tuple(nodes.values()), ribbons)
