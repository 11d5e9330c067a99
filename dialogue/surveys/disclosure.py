"""Which counts must not be shown, so that nobody can be found in them. Pure; docs/decisions/0010.

All tables here are of one question: ``cells`` is how many gave each answer, ``base`` how many answered the
question at all. The base, and the cells that are shown, are shown exactly, so everything else must be safe
against somebody who knows them and these rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SMALL = 5
SMALL_WHEN_SENSITIVE = 10
# Below this base a percentage of a rounded base is too far from the truth to be worth showing.
SMALLEST_BASE_FOR_PERCENT = 50


@dataclass(frozen=True)
class Table:
    """The answers to one question from one group of people; ``exclusive`` when each gave one answer."""

    cells: tuple[int, ...]
    base: int
    exclusive: bool = True


def smallest_shown(is_sensitive: bool) -> int:
    """The smallest count that may be shown: k of the rules below."""
    return SMALL_WHEN_SENSITIVE if is_sensitive else SMALL


def hidden_cells(table: Table, k: int) -> frozenset[int]:
    """The places of the cells to hide: those that would tell of fewer than k people, and a second one.

    A cell tells of few when fewer than k gave the answer, zero included, or, where several answers can be
    chosen, when fewer than k did not. With it the next smallest is hidden, and every cell equal to that.

    Why no hidden cell can be worked out: what is shown depends on the hidden cells only through their sum,
    and stays the same when two of them change places. At least one hidden cell is small and one is not, so
    each can have the other's value. Where all cells are hidden, moving one person to another answer gives
    the same page.
    """
    hidden = {place for place in range(len(table.cells)) if _tells_of_few(table, place, k)}
    rest = [count for place, count in enumerate(table.cells) if place not in hidden]
    if hidden and rest:
        second = min(rest)
        hidden |= {place for place, count in enumerate(table.cells) if count == second}
    return frozenset(hidden)


def _tells_of_few(table: Table, place: int, k: int) -> bool:
    count = table.cells[place]
    return count < k or (not table.exclusive and table.base - count < k)


def groups_to_show(tables: Mapping[int, Table], k: int) -> frozenset[int]:
    """The groups (collectors) whose own table may be shown beside the table of all.

    Such a table hides nothing; otherwise the table of all, less the others, would give the hidden cell
    away. The groups that are not shown follow together as the difference, so together they too must have
    no cell that tells of few: the smallest shown group is given up until that is so.
    """
    answered = {key: table for key, table in tables.items() if table.base}
    shown = {key for key, table in answered.items() if not hidden_cells(table, k)}
    while shown:
        others = [table for key, table in answered.items() if key not in shown]
        if not others or not hidden_cells(together(others), k):
            break
        shown.remove(min(shown, key=lambda key: (answered[key].base, key)))
    return frozenset(shown)


def together(tables: Sequence[Table]) -> Table:
    """The table of several groups as one."""
    return Table(
        tuple(sum(column) for column in zip(*(table.cells for table in tables), strict=True)),
        sum(table.base for table in tables),
        tables[0].exclusive,
    )


def percent(count: int, base: int) -> int | None:
    """A shown count as whole percent of the base rounded to the nearest 5; None for a base below 50.

    It is made of two figures that are shown anyway, so it tells nothing new; the rounding keeps a percentage
    that is quoted without its count from pointing at one person.
    """
    if base < SMALLEST_BASE_FOR_PERCENT:
        return None
    rounded = 5 * ((base + 2) // 5)
    return min(100, (200 * count + rounded) // (2 * rounded))


def mean(total: int, base: int, k: int) -> float | None:
    """The mean with one decimal; None when fewer than k answered.

    For a scale it may be shown only when no cell is hidden: with two hidden cells, their sum and the mean
    are two equations for two unknown figures.
    """
    return None if base < k else round(total / base, 1)
