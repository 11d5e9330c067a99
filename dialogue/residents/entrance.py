"""How the holder of a follow code gets in, on whichever page."""

from dialogue.base.errors import NotFound
from dialogue.base.i18n import lazy
from dialogue.residents.models import FollowCode
from dialogue.residents.operations import find_code
from dialogue.web import security
from dialogue.web.limits import Limit
from dialogue.web.transaction import session

GUESSES = "follow code"
# A hall of people who mistype their codes stays below it; somebody who tries codes does not.
GUESSES_ALLOWED = Limit(times=30, seconds=600)


def holder_of(typed: str) -> FollowCode:
    """The follow code that was typed or stands in the address.

    Raises NotFound for one that does not exist, TooMany for a network that has guessed too often.
    """
    security.refuse_guessers(GUESSES, GUESSES_ALLOWED)
    found = find_code(session(), typed)
    if found is None:
        security.check_guesses(GUESSES, GUESSES_ALLOWED)
        raise NotFound(
            lazy("We do not know this code. Look for letters or digits that may have been swapped.")
        )
    return found
