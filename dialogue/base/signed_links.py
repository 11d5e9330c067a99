"""What stands in links of mails: a few words that only this house can have signed, with their time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from itsdangerous import BadSignature, SignatureExpired, Signer, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

from dialogue.base import clock
from dialogue.base.errors import NotFound

VALID_FOR = timedelta(days=60)


class _Signer(TimestampSigner):
    """Signs with the time of the product's own clock, which the demo can move."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


@dataclass(frozen=True)
class Signed:
    """What a link says, and whether it has grown too old to be used."""

    content: Sequence[str]
    has_expired: bool


def sign(secret: str, purpose: str, content: Sequence[str]) -> str:
    """A token for one purpose: it reads as nothing in a link of another."""
    # As the serializer does, but that it tries to compress what is far too short for that.
    payload = base64_encode(_serializer(secret, purpose).serializer.dumps(list(content)))
    return _signer(secret, purpose).sign(payload).decode()


def read(secret: str, purpose: str, token: str, valid_for: timedelta = VALID_FOR) -> Signed:
    """What a token says. Raises NotFound when it was not made here for this purpose."""
    serializer = _serializer(secret, purpose)
    try:
        return Signed(serializer.loads(token, max_age=int(valid_for.total_seconds())), False)
    except SignatureExpired as expired:
        return Signed(serializer.load_payload(expired.payload or b""), True)
    except BadSignature:
        raise NotFound from None


# Making these costs as much as signing with them, and a day of reminders signs thousands of links.
@lru_cache
def _serializer(secret: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=purpose, signer=_Signer)


@lru_cache
def _signer(secret: str, purpose: str) -> Signer:
    return _serializer(secret, purpose).make_signer(purpose)
