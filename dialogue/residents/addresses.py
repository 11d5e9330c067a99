"""How often we write at once to an address that anybody may have put into a form."""

from dialogue.base.errors import TooMany
from dialogue.base.i18n import lazy
from dialogue.web.limits import Limit
from dialogue.web.transaction import house

# More than a family leaves for itself, and less than fills a stranger's mailbox.
MAILS = Limit(times=10, seconds=3600)


def count_mail_to(address: str) -> None:
    """Count a mail that follows from what a resident sends; nothing is counted without an address.

    Raises TooMany.
    """
    if address and not house().limits.allows("mail to", address.casefold(), MAILS):
        raise TooMany(
            lazy("This address has been left many times in the last hour. Leave it out, or try again later.")
        )
