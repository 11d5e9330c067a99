"""Where the bars and ribbons of the picture of the flow stand; pure. All lengths are units of the drawing."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogue.reporting.flow import Column, Flow, Node, Ribbon

WIDTH = 1100
# The height of all contributions together; small bars still leave room for their words.
FULL = 300
THINNEST = 3
SLOT = 50
GAP = 8
TOP = 34
BAR = 16
# Where each column's bars begin; the words of a bar stand after it.
STARTS: Mapping[Column, int] = {column: place * 222 for place, column in enumerate(Column)}
LONGEST_LINE = 23


@dataclass(frozen=True)
class Bar:
    """A bar with its words."""

    node: Node
    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    text_x: float

    @property
    def words_at(self) -> list[tuple[float, str]]:
        """The lines of its name, each with how far down it stands."""
        return [(self.y + 14 + 17 * place, line) for place, line in enumerate(self.lines)]

    @property
    def number_at(self) -> float:
        """How far down its number stands, under its name."""
        return self.y + 14 + 17 * len(self.lines)


@dataclass(frozen=True)
class Band:
    """A ribbon, as the path of its outline."""

    ribbon: Ribbon
    path: str


@dataclass(frozen=True)
class Drawing:
    """The picture: as wide as ``WIDTH``."""

    width: int
    height: float
    heads: tuple[tuple[float, Column], ...]
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]


def draw(flow: Flow, *, right_to_left: bool) -> Drawing:
    """Place everything; in a language that is read from right to left the picture is turned round."""
    scale = FULL / max(1, flow.total)
    bars: dict[Node, Bar] = {}
    lowest = 0.0
    for column in Column:
        y = float(TOP)
        for node in flow.column(column):
            height = max(THINNEST, node.weight * scale)
            lines = tuple(in_lines(str(node.title)))
            x = STARTS[column]
            bars[node] = Bar(
                node,
                _turned(x + BAR, right_to_left) if right_to_left else x,
                round(y, 1),
                round(height, 1),
                lines,
                _turned(x + BAR + 6, right_to_left),
            )
            y += max(height, SLOT + 17 * (len(lines) - 1)) + GAP
        lowest = max(lowest, y)
    heads = tuple((_turned(STARTS[column], right_to_left), column) for column in flow.columns)
    bands = _bands(flow, bars, scale, right_to_left)
    return Drawing(WIDTH, round(lowest, 1), heads, tuple(bars.values()), bands)


def _turned(x: float, is_turned: bool) -> float:
    return WIDTH - x if is_turned else x


def _bands(flow: Flow, bars: Mapping[Node, Bar], scale: float, right_to_left: bool) -> tuple[Band, ...]:
    """Ribbons leave and reach a bar from the top, in the order of the bars at their other end."""
    left: dict[Node, float] = {node: bar.y for node, bar in bars.items()}
    reached = dict(left)
    order = {node: place for place, node in enumerate(flow.nodes)}
    bands = []
    for ribbon in sorted(flow.ribbons, key=lambda one: (order[one.source], order[one.target])):
        height = ribbon.weight * scale
        y1, y2 = left[ribbon.source], reached[ribbon.target]
        left[ribbon.source] += height
        reached[ribbon.target] += height
        x1, x2 = STARTS[ribbon.source.column] + BAR, STARTS[ribbon.target.column]
        ends = (_turned(x1, right_to_left), _turned(x2, right_to_left))
        bands.append(Band(ribbon, _outline(ends, (y1, y2), max(1.0, height))))
    return tuple(bands)


def _outline(ends: tuple[float, float], tops: tuple[float, float], height: float) -> str:
    (x1, x2), (y1, y2) = ends, tops
    middle = (x1 + x2) / 2
    return (
        f"M{x1:g} {y1:.1f}C{middle:g} {y1:.1f} {middle:g} {y2:.1f} {x2:g} {y2:.1f}"
        f"V{y2 + height:.1f}C{middle:g} {y2 + height:.1f} {middle:g} {y1 + height:.1f} {x1:g} {y1 + height:.1f}Z"
    )


def in_lines(words: str) -> list[str]:
    """A name on at most two lines, cut where it is longer."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LONGEST_LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…" for line in lines[:2]]
    if len(lines) > 2:
        kept[1] = f"{kept[1][: LONGEST_LINE - 1].rstrip('…')}…"
    return kept
