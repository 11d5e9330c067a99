"""Pages of long lists."""

import pytest

from dialogue.base.paging import place


@pytest.mark.parametrize(
    ("asked", "total", "gets"),
    [
        (1, 0, (1, 1, 0)),
        (1, 40, (1, 1, 0)),
        (2, 41, (2, 2, 40)),
        (99, 41, (2, 2, 40)),
        (0, 41, (1, 2, 0)),
        (-5, 41, (1, 2, 0)),
    ],
)
def test_a_page_that_is_not_there_becomes_the_nearest_one(asked, total, gets):
    assert place(asked, total, 40) == gets
