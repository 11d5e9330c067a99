"""The table that is printed, line by line as the figures come."""

from dataclasses import dataclass

_FORM = "{:<44} {:>22}  {:<46} {:<24} {}"


@dataclass(frozen=True)
class Row:
    """One figure, what it is to be compared with, and what it should be."""

    work: str
    figure: str
    beside: str = ""
    aim: str = ""
    is_met: bool | None = None


class Table:
    """Prints rows under headings."""

    def heading(self, text: str) -> None:
        """Begin a part of the table."""
        print(f"\n{text}", flush=True)
        print(_FORM.format("work", "measured", "beside", "aim", "").rstrip())

    def row(self, row: Row) -> None:
        """Print one figure."""
        verdict = {None: "", True: "met", False: "MISSED"}[row.is_met]
        print(_FORM.format(row.work, row.figure, row.beside, row.aim, verdict).rstrip(), flush=True)
