"""What pages say of a board's stages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dialogue.base import clock
from dialogue.base.i18n import Lazy, _, lazy, ngettext, show_date, show_time
from dialogue.boards import rules
from dialogue.boards.models import Board, BoardStage, SupportKind

# What residents do in a stage, after "Now:".
NOW: Mapping[BoardStage, Lazy] = {
    BoardStage.OPEN: lazy("Write, read and support."),
    BoardStage.WRITE: lazy("Write."),
    BoardStage.REVEAL: lazy("Read what everybody has written."),
    BoardStage.SORT: lazy("We sort the ideas together."),
    BoardStage.SUPPORT: lazy("Support the ideas you believe in."),
    BoardStage.FREEZE: lazy("The board is closed. Everybody can still read it."),
}
# What the button of an organiser says that leads to a stage.
GO_TO: Mapping[BoardStage, Lazy] = {
    BoardStage.OPEN: lazy("Open for new ideas"),
    BoardStage.WRITE: lazy("Let people write"),
    BoardStage.REVEAL: lazy("Show all ideas"),
    BoardStage.SORT: lazy("Begin to sort"),
    BoardStage.SUPPORT: lazy("Let people give support"),
    BoardStage.FREEZE: lazy("Close the board"),
}
# What an organiser is told when the board has come to a stage.
SINCE_MOVED: Mapping[BoardStage, Lazy] = {
    BoardStage.OPEN: lazy("The board is open for new ideas."),
    BoardStage.WRITE: lazy("Everybody can write now."),
    BoardStage.REVEAL: lazy("All ideas are shown. Nobody can write now."),
    BoardStage.SORT: lazy("The ideas can be sorted now. Nobody can write or give support meanwhile."),
    BoardStage.SUPPORT: lazy("Everybody can give support now."),
    BoardStage.FREEZE: lazy("The board is closed for new ideas. Everybody can still read it."),
}
# What comes next on a board whose stages have times; %(when)s is a time, with the day when it is another.
COMING: Mapping[BoardStage, Lazy] = {
    BoardStage.WRITE: lazy("You can write from %(when)s."),
    BoardStage.REVEAL: lazy("Ideas are shown at %(when)s."),
    BoardStage.SORT: lazy("We begin to sort at %(when)s."),
    BoardStage.SUPPORT: lazy("You can give support from %(when)s."),
    BoardStage.FREEZE: lazy("The board closes at %(when)s."),
}


@dataclass(frozen=True)
class StageLine:
    """What the top of a board says: what is done there now, and what comes when."""

    now: str
    coming: str


def stage_line(board: Board, now: datetime) -> StageLine | None:
    """What is done on a board now; None for one on which all is done at once and no time is set."""
    stage, dots = rules.stage_at(board, now), _dots(board, now)
    ahead = min((time for time in board.stage_times if time.at > now), key=lambda time: time.at, default=None)
    if not board.in_stages and ahead is None and not dots:
        return None
    coming = str(COMING[ahead.stage]) % {"when": _when(ahead.at, now)} if ahead else ""
    return StageLine(" ".join(part for part in (str(NOW[stage]), dots) if part), coming)


def waiting_line(number: int) -> str:
    """What a board says of the ideas that wait to be read; nothing of none."""
    if not number:
        return ""
    return ngettext(
        "%(num)s idea waits to be read. We read within one working day.",
        "%(num)s ideas wait to be read. We read within one working day.",
        number,
    )


def _dots(board: Board, now: datetime) -> str:
    """How many dots each has, while they can be placed and are numbered."""
    if board.support_kind is not SupportKind.DOTS or not rules.takes_support(board, now):
        return ""
    return ngettext(
        "You have %(num)s dot to place.",
        "You have %(num)s dots to place, at most one on each idea.",
        board.dots_each,
    )


def _when(moment: datetime, now: datetime) -> str:
    if clock.local(moment).date() == clock.local(now).date():
        return show_time(moment)
    return _("%(time)s on %(day)s", time=show_time(moment), day=show_date(moment))
