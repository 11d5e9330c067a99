"""The link to a board's wall for the machine of a hall: it is read-only, and ends by itself."""

from datetime import datetime, timedelta

from dialogue.base import clock, signed_links
from dialogue.boards.models import Board
from dialogue.config import settings

VALID_FOR = timedelta(hours=12)
_PURPOSE = "projector"


def token_for(board: Board) -> str:
    """What stands in the link; it opens nothing but what everybody may see on this board."""
    return signed_links.sign(settings().secret_key, _PURPOSE, [board.code])


def board_code(token: str) -> str | None:
    """Which board a link shows; None when it has ended. Raises NotFound when it was not made here."""
    signed = signed_links.read(settings().secret_key, _PURPOSE, token, VALID_FOR)
    return None if signed.has_expired else signed.content[0]


def until() -> datetime:
    """When a link that is made now ends."""
    return clock.now() + VALID_FOR
