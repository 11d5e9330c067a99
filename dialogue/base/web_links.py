"""Links to other sites that somebody writes into a form; pure. What is shown of one is its host, never its page."""

import re
from urllib.parse import urlsplit

LONGEST = 300
# A name with a domain of letters: an address of numbers, or a name within a network, leads nobody to a video.
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})")


def read(written: str) -> str | None:
    """The https address that somebody wrote, with or without its beginning; None for anything else.

    Letters beyond ASCII in the host are written as browsers send them, so that one name cannot look like another.
    """
    address = written.strip()
    if "://" not in address:
        address = f"https://{address}"
    if not address.isprintable() or any(letter in address for letter in ' "<>\\^`{|}'):
        return None
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() != "https" or parts.username is not None or port not in {None, 443}:
        return None
    if not _HOST.fullmatch(host):
        return None
    found = parts._replace(scheme="https", netloc=host).geturl()
    return found if len(found) <= LONGEST else None


def host(address: str) -> str:
    """The host that an address leads to, as a reader knows it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
