"""What each wall means: the one table that the rules follow and the pages' sentences are made from; pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogue.base.i18n import Labelled, Lazy, _, lazy
from dialogue.dialogues.models import Channel


class BoardWall(Labelled):
    """What kind of wall a board is; all that follows from it stands in ``TERMS``."""

    CAREFUL = "careful", lazy("Careful wall")
    OPEN = "open", lazy("Open wall")
    MEETING = "meeting", lazy("Meeting wall")
    CLASS = "class", lazy("Class wall")


@dataclass(frozen=True)
class Terms:
    """What holds on one kind of wall.

    ``reads_first``: somebody reads each idea before it is shown. ``keeps_back``: what is written is shown at a
    reveal, all at once. ``in_stages``: one thing is done after the other, support too, unless somebody chooses
    otherwise. ``label``: what one who writes is called, in the language of the one who makes the board.
    ``channel``: how what is written there reached the dialogue. ``pupils``: children write, so the page says
    where they can turn.
    """

    suits: Lazy
    reads_first: bool
    keeps_back: bool
    in_stages: bool
    label: Lazy | None
    channel: Channel
    pupils: bool

    @property
    def sentences(self) -> list[str]:
        """What the one who chooses should know, in the order in which it matters."""
        said = [str(self.suits), self.when_shown]
        if self.pupils:
            said.append(_("Nobody gives a name, and the page shows where children can turn: 116 111."))
        return said

    @property
    def when_shown(self) -> str:
        """When what somebody writes can be seen by others."""
        if self.keeps_back:
            return _("What is written is hidden until you show it, all at once.")
        if self.reads_first:
            return (
                _("An adult reads each idea before it is shown.")
                if self.pupils
                else _("Somebody on the team reads each idea before it is shown.")
            )
        return _(
            "Ideas are shown at once. Only what looks like personal information or a report waits to be read."
        )


TERMS: Mapping[BoardWall, Terms] = {
    BoardWall.CAREFUL: Terms(
        suits=lazy("For everybody, over days or weeks."),
        reads_first=True,
        keeps_back=False,
        in_stages=False,
        label=None,
        channel=Channel.WEB,
        pupils=False,
    ),
    BoardWall.OPEN: Terms(
        suits=lazy("For those who know each other, or while somebody watches."),
        reads_first=False,
        keeps_back=False,
        in_stages=False,
        label=None,
        channel=Channel.WEB,
        pupils=False,
    ),
    BoardWall.MEETING: Terms(
        suits=lazy("For an evening on which groups write at the same time."),
        reads_first=False,
        keeps_back=True,
        in_stages=True,
        label=None,
        channel=Channel.MEETING,
        pupils=False,
    ),
    BoardWall.CLASS: Terms(
        suits=lazy("For pupils."),
        reads_first=True,
        keeps_back=False,
        in_stages=False,
        label=lazy("Class A"),
        channel=Channel.SCHOOL,
        pupils=True,
    ),
}
