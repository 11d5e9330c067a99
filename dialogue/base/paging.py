"""Long lists in pages, and the first few of them. Pages count from 1."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ExecutableOption

from dialogue.base.db import among

Found = TypeVar("Found")


def place(number: int, total: int, size: int) -> tuple[int, int, int]:
    """The page number within bounds, how many pages there are, and how many things to skip.

    There is always one page, so that an empty list can say that it is.
    """
    pages = max(1, -(-total // size))
    number = min(max(number, 1), pages)
    return number, pages, (number - 1) * size


def first_few(
    session: Session, chosen: Select[Found], most: int, *load: ExecutableOption
) -> tuple[Sequence[Found], int]:
    """The first few of an ordered selection, with what is to be loaded besides, and how many there are in all."""
    # The few are chosen by their keys, so that only they are carried whole, and not all through the sorting.
    model = chosen.column_descriptions[0]["entity"]
    counted = chosen.with_only_columns(model.id, func.count().over(), maintain_column_froms=True)
    rows = session.execute(counted.limit(most)).all()
    if not rows:
        return [], 0
    keys = [row[0] for row in rows]
    found = session.scalars(select(model).where(among(model.id, keys)).options(*load)).all()
    return sorted(found, key=lambda one: keys.index(one.id)), rows[0][1]
