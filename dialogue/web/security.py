"""What protects every request: where a POST comes from, the headers of every response, safe redirects."""

import hmac
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from flask import Response, g, request

from dialogue.base.errors import NotAllowed, TooMany
from dialogue.base.i18n import lazy
from dialogue.base.tokens import digest
from dialogue.config import settings
from dialogue.web.access import Access, Door
from dialogue.web.limits import Limit
from dialogue.web.transaction import SAFE_METHODS, house

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# A page within another site's page runs no script and sends no form, so nobody can be led to click on
# something they do not see.
FRAMED_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors *",
    )
)
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"

# A whole hall sits behind one address, so the network's bucket is generous.
PER_NETWORK = Limit(times=600, seconds=600)
PER_DEVICE = Limit(times=60, seconds=600)
# What only asks comes several times from everybody who writes, and must not use up what sending needs.
ASKED_PER_NETWORK = Limit(times=6000, seconds=600)
ASKED_PER_DEVICE = Limit(times=120, seconds=600)

DEVICE_COOKIE = "device"


def check_origin() -> None:
    """Refuse a POST from another site. Raises NotAllowed.

    The browser says where a request comes from in Sec-Fetch-Site, older ones in Origin; one that says
    neither is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site == "same-origin":
            return
    else:
        origin = request.headers.get("Origin")
        if origin and split(origin).netloc == request.host:
            return
    raise NotAllowed(lazy("This form was sent from another site. Open the page here and send it again."))


def csrf_token() -> str:
    """The token that a signed-in person's forms carry; empty for everybody else."""
    secret = g.get("sign_in_token")
    return digest(settings().secret_key, "csrf", secret).hex() if secret else ""


def check_token() -> None:
    """Refuse a signed-in person's POST without their token. Raises NotAllowed."""
    sent = request.form.get("csrf_token", "")
    if not hmac.compare_digest(sent.encode(), csrf_token().encode()):
        raise NotAllowed(
            lazy("This form is from an earlier visit. Go back, reload the page and send it again.")
        )


def check_limits(access: Access) -> None:
    """Count a POST against its device and its network. Raises TooMany."""
    if access.door is Door.MACHINE:
        return
    limits = house().limits
    device = request.cookies.get(DEVICE_COOKIE)
    purpose, per_network, per_device = ("", PER_NETWORK, PER_DEVICE)
    if access.only_asks:
        purpose, per_network, per_device = ("asking ", ASKED_PER_NETWORK, ASKED_PER_DEVICE)
    # A network that has used up its own share must not go on to count against made-up devices.
    if limits.is_spent(f"{purpose}network", _network(), per_network):
        raise TooMany
    if device and not limits.allows(f"{purpose}device", device, per_device):
        raise TooMany
    if not limits.allows(f"{purpose}network", _network(), per_network):
        raise TooMany


def check_guesses(purpose: str, limit: Limit) -> None:
    """Count a failed guess of a secret against the network it comes from. Raises TooMany."""
    count_against_network(purpose, limit)


def count_against_network(purpose: str, limit: Limit) -> None:
    """Count something against the network it comes from. Raises TooMany."""
    if not house().limits.allows(purpose, _network(), limit):
        raise TooMany


def refuse_guessers(purpose: str, limit: Limit) -> None:
    """Refuse a network that has guessed too often, before it is told whether this guess was right.

    Raises TooMany.
    """
    if house().limits.is_spent(purpose, _network(), limit):
        raise TooMany


def _network() -> str:
    """The network that a request comes from: its address, or the 64 bits that one subscriber has of IPv6."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if isinstance(address, IPv4Address):
        return str(address)
    # A server that listens to both kinds sees old addresses in the form of new ones.
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


def is_safe_method() -> bool:
    """Whether the request only reads."""
    return request.method in SAFE_METHODS


def add_headers(response: Response, access: Access | None) -> Response:
    """The headers that every response leaves with."""
    headers = response.headers
    if access is not None and access.may_be_framed and response.status_code < 400:
        headers["Content-Security-Policy"] = FRAMED_POLICY
    else:
        headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        headers["X-Frame-Options"] = "DENY"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = PERMISSIONS_POLICY
    headers["Referrer-Policy"] = "same-origin"
    headers.add("Vary", "Accept-Encoding")
    if settings().secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if access is None or access.is_secret:
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Robots-Tag"] = "noindex, nofollow"
    if access is None or access.is_secret or access.needs_sign_in:
        headers["Cache-Control"] = "no-store"
    headers.setdefault("Cache-Control", "no-store")
    return response


def split(address: str) -> SplitResult:
    """The parts of an address that a browser sent; empty ones when it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def came_from() -> str:
    """The path of the page on this site that the visitor comes from, else this one's."""
    parts = split(request.referrer or "")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return safe_target(path if parts.netloc == request.host else None, request.path)


def safe_target(target: str | None, otherwise: str) -> str:
    """A path on this site to go to after signing in; anything else becomes ``otherwise``."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return otherwise
    parts = split(target)
    return target if not parts.scheme and not parts.netloc and target.isprintable() else otherwise
