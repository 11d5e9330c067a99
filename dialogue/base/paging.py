"""Long lists in pages. Pages count from 1."""


def place(number: int, total: int, size: int) -> tuple[int, int, int]:
    """The page number within bounds, how many pages there are, and how many things to skip.

    There is always one page, so that an empty list can say that it is.
    """
    pages = max(1, -(-total // size))
    number = min(max(number, 1), pages)
    return number, pages, (number - 1) * size
