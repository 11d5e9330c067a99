"""Pages of long lists."""

import pytest
from sqlalchemy import select

from dialogue.base.paging import first_few, place
from dialogue.people.models import User


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


@pytest.mark.parametrize("there", [0, 1, 2, 3, 5])
def test_the_first_few_come_in_their_order_with_how_many_there_are(make, database, there):
    made = [make.user(name=f"Name {number}").name for number in range(there)]
    chosen = select(User).where(User.name.startswith("Name")).order_by(User.name.desc())
    with database.reading() as session:
        found, total = first_few(session, chosen, 3)
        assert [user.name for user in found] == made[::-1][:3]
    assert total == there
