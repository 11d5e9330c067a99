"""Passwords by argon2id; slow on purpose, so never called inside a write transaction."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST = 12
LONGEST = 200

# The library's defaults follow RFC 9106's second recommended option.
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The password as it is stored."""
    return _hasher.hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one. Takes as long when nothing is stored, so that the time does
    not tell which accounts exist."""
    try:
        _hasher.verify(stored or _nobodys(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return stored is not None


@lru_cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
