"""No hidden count can be worked out from what is shown."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, strategies as st

from dialogue.surveys import disclosure
from dialogue.surveys.disclosure import Table

K = 5


def shown(table: Table, k: int) -> tuple[object, ...]:
    """Everything a page tells of a table: the base, the counts that are shown and their percentages."""
    hidden = disclosure.hidden_cells(table, k)
    counts = tuple(None if place in hidden else count for place, count in enumerate(table.cells))
    shares = tuple(None if count is None else disclosure.percent(count, table.base) for count in counts)
    return (table.base, counts, shares)


def test_a_small_count_is_hidden_together_with_the_next_smallest():
    assert disclosure.hidden_cells(Table((90, 3, 40, 12), 145), K) == {1, 3}


def test_counts_of_five_or_more_are_all_shown():
    assert disclosure.hidden_cells(Table((90, 5, 6), 101), K) == set()


def test_nobody_is_a_small_count_too():
    assert disclosure.hidden_cells(Table((90, 0, 40), 130), K) == {1, 2}


def test_two_small_counts_are_hidden_with_a_third_that_is_not_small():
    assert disclosure.hidden_cells(Table((4, 4, 30, 9), 47), K) == {0, 1, 3}


def test_cells_equal_to_the_second_are_hidden_with_it():
    assert disclosure.hidden_cells(Table((2, 8, 8, 30), 48), K) == {0, 1, 2}


def test_children_and_sensitive_questions_need_ten():
    k = disclosure.smallest_shown(True)
    assert k == 10
    assert disclosure.hidden_cells(Table((9, 30, 50), 89), k) == {0, 1}


def test_where_several_can_be_chosen_a_few_who_did_not_are_hidden_too():
    assert disclosure.hidden_cells(Table((97, 50, 60), 100, exclusive=False), K) == {0, 1}


@pytest.mark.parametrize("k", [2, 3, 5])
@pytest.mark.parametrize(("cells", "most"), [(2, 22), (3, 20), (4, 17)])
def test_every_table_of_one_choice_leaves_at_least_two_values_for_each_hidden_cell(k, cells, most):
    # All tables with these bases stand here, so what is left are all that fit, also for somebody who knows
    # the rules by heart.
    tables = [Table(counts, sum(counts)) for counts in product(range(most + 1), repeat=cells)]
    holds_for([table for table in tables if 0 < table.base <= most], k)


@pytest.mark.parametrize("k", [2, 3, 5])
@pytest.mark.parametrize(("cells", "most"), [(2, 14), (3, 13), (4, 8)])
def test_every_table_of_several_choices_leaves_at_least_two_values_for_each_hidden_cell(k, cells, most):
    tables = [
        Table(counts, base, exclusive=False)
        for base in range(1, most + 1)
        for counts in product(range(base + 1), repeat=cells)
        # Whoever answered chose at least one.
        if sum(counts) >= base
    ]
    holds_for(tables, k)


def holds_for(tables: list[Table], k: int) -> None:
    """Every table that hides something looks like another one in each of its hidden cells."""
    alike = defaultdict(list)
    for table in tables:
        alike[shown(table, k)].append(table)
    for same in alike.values():
        for place in disclosure.hidden_cells(same[0], k):
            assert len({table.cells[place] for table in same}) > 1, (same[0], place)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=8), st.sampled_from([5, 10]))
def test_two_hidden_cells_can_change_places_without_changing_the_page(counts, k):
    table = Table(tuple(counts), sum(counts))
    hidden = sorted(disclosure.hidden_cells(table, k))
    small = [place for place in hidden if counts[place] < k]
    large = [place for place in hidden if counts[place] >= k]
    if not hidden or not large:
        return
    for place in hidden:
        # A small cell and one that is not exist both, so each hidden cell has one unlike itself.
        other = (large if place in small else small)[0]
        swapped = list(counts)
        swapped[place], swapped[other] = swapped[other], swapped[place]
        assert shown(Table(tuple(swapped), table.base), k) == shown(table, k)
        assert swapped[place] != counts[place]


@st.composite
def channels(draw):
    cells = draw(st.integers(2, 4))
    count = draw(st.integers(1, 4))
    counts = st.one_of(st.integers(0, 4), st.integers(0, 40))
    tables = [draw(st.tuples(*[counts] * cells)) for _channel in range(count)]
    return {key: Table(cells, sum(cells)) for key, cells in enumerate(tables)}


@given(channels(), st.sampled_from([5, 10]))
def test_no_sum_or_difference_of_channels_tells_of_few(tables, k):
    chosen = disclosure.groups_to_show(tables, k)
    together = disclosure.together(list(tables.values()))
    if not chosen:
        return
    # With any channel shown, nothing of all answers is hidden, and what follows as the rest is not small.
    assert not disclosure.hidden_cells(together, k)
    rest = [table for key, table in tables.items() if key not in chosen and table.base]
    for table in [tables[key] for key in chosen] + ([disclosure.together(rest)] if rest else []):
        assert min(table.cells) >= k


def test_a_channel_is_not_shown_when_the_other_would_follow_from_it():
    tables = {1: Table((50, 60), 110), 2: Table((3, 20), 23)}
    assert disclosure.groups_to_show(tables, K) == set()


def test_channels_are_shown_when_all_their_counts_are_large():
    tables = {1: Table((50, 60), 110), 2: Table((8, 20), 28), 3: Table((0, 0), 0)}
    assert disclosure.groups_to_show(tables, K) == {1, 2}


def test_two_small_channels_may_hide_in_each_other():
    tables = {1: Table((50, 60), 110), 2: Table((3, 20), 23), 3: Table((9, 4), 13)}
    assert disclosure.groups_to_show(tables, K) == {1}


@pytest.mark.parametrize(
    ("count", "base", "percent"),
    [
        (1881, 2067, 91),
        (186, 2067, 9),
        (765, 2067, 37),
        (50, 52, 100),
        (52, 52, 100),
        (30, 49, None),
        (26, 71, 37),
    ],
)
def test_percentages_are_of_the_base_rounded_to_the_nearest_five(count, base, percent):
    assert disclosure.percent(count, base) == percent


def test_the_mean_of_few_is_not_shown():
    assert disclosure.mean(12, 4, K) is None
    assert disclosure.mean(12, 5, K) == 2.4
