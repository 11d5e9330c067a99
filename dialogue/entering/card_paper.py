"""What stands on a paper card, in one of the dialogue's languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogue.base import i18n
from dialogue.base.i18n import _
from dialogue.boards.models import Board


@dataclass(frozen=True)
class Face:
    """The words of a card; what differs from card to card is its number alone."""

    language: str
    board: str
    tick: str
    prompts: Sequence[str]
    write: str
    group: str
    urgent: str
    later: str


def languages(board: Board) -> dict[str, str]:
    """The languages of the dialogue in which cards can be printed, by their codes."""
    return {code: name for code, name in i18n.LANGUAGES.items() if code in board.dialogue.languages}


def language(board: Board, asked: str) -> str:
    """The language that is asked for, else that of the page, else the dialogue's first that cards are printed in."""
    offered = languages(board)
    return next((code for code in (asked, i18n.language(), *offered) if code in offered), "nb")


def face(board: Board, language: str, address: str) -> Face:
    """The words of the cards of a board, which is shown at this address."""
    with i18n.speaking(language):
        return Face(
            language,
            str(board.title),
            _("Tick the question that you answer") if len(board.columns) > 1 else "",
            [str(column.title) for column in board.columns],
            _("Write here"),
            _("Group or class"),
            _("Do not write names. Urgent? Call 112."),
            _(
                "The idea is typed in. What can be shown to all stands at %(address)s, without a name. Remember "
                "the number: for 30 days after that you can ask %(contact)s to take it away.",
                address=address,
                contact=board.dialogue.contact_email or str(board.dialogue.organiser.name),
            ),
        )
