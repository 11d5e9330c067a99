"""Signed links in mails: each opens one action, or the list of one organisation, without sign-in.

A link names the organisation's address by an HMAC, so it dies when the address is changed.
"""

from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from dialogue.actions.models import Action
from dialogue.base import clock, tokens
from dialogue.base.errors import NotFound
from dialogue.config import settings
from dialogue.places.models import Organisation

VALID_FOR = timedelta(days=60)
_ACTION = "action link"
_LIST = "actions of an organisation"


class _Signer(TimestampSigner):
    """Signs with the time of the product's own clock, which the demo can move."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


@dataclass(frozen=True)
class Link:
    """What a link says: which action or organisation, by which code, mailed to whom."""

    code: str
    address_mark: str
    has_expired: bool


def of_action(action: Action) -> str:
    """The address that lets the owner of an action answer without sign-in."""
    return f"{settings().public_url}/{action.owner.language}/actions/by-link/{token_of_action(action)}"


def of_organisation(organisation: Organisation) -> str:
    """The address of the list of an organisation's actions."""
    token = _sign(_LIST, [organisation.code, address_mark(organisation)])
    return f"{settings().public_url}/{organisation.language}/actions/mine/{token}"


def token_of_action(action: Action) -> str:
    """What stands in a link to one action."""
    return _sign(_ACTION, [action.code, address_mark(action.owner)])


def read_action(token: str) -> Link:
    """What a link to an action says. Raises NotFound when it was not made here for that."""
    return _read(_ACTION, token)


def read_organisation(token: str) -> Link:
    """What a link to an organisation's list says. Raises NotFound when it was not made here for that."""
    return _read(_LIST, token)


def address_mark(organisation: Organisation) -> str:
    """What stands in a link for the address it was mailed to."""
    return tokens.digest(
        settings().secret_key, "action link", f"{organisation.id}\0{organisation.email}"
    ).hex()[:24]


def _sign(purpose: str, content: list[str]) -> str:
    return str(_serializer(purpose).dumps(content))


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt=purpose, signer=_Signer)


def _read(purpose: str, token: str) -> Link:
    serializer = _serializer(purpose)
    has_expired = False
    try:
        content = serializer.loads(token, max_age=int(VALID_FOR.total_seconds()))
    except SignatureExpired as expired:
        content = serializer.load_payload(expired.payload or b"")
        has_expired = True
    except BadSignature:
        raise NotFound from None
    code, mark = content
    return Link(code, mark, has_expired)
