"""Secrets and public codes: how they are made, printed, read and stored."""

import hashlib
import hmac
import secrets

# Letters and digits that are not mistaken for one another on paper.
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
# Crockford's base 32: no I, L, O or U; what people write for them is read as the digit they look like.
PRINT_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code(length: int = 8) -> str:
    """A random public identifier; 8 letters carry 39 bits, enough to stay unique, not to be a secret."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def new_token() -> str:
    """A secret of 256 bits that is safe in an address."""
    return secrets.token_urlsafe(32)


def digest(key: str, purpose: str, value: str) -> bytes:
    """HMAC-SHA-256 of a value under the server's key, apart for each purpose; 32 bytes."""
    return hmac.new(key.encode(), f"{purpose}\0{value}".encode(), hashlib.sha256).digest()


def printed(raw: bytes, letters: int = 12) -> str:
    """The first 5 bits per letter of some bytes, for people to read and type: 12 letters carry 60 bits."""
    number = int.from_bytes(raw, "big") >> (len(raw) * 8 - letters * 5)
    return "".join(PRINT_LETTERS[(number >> (5 * place)) & 31] for place in reversed(range(letters)))


def in_groups(code: str) -> str:
    """A printed code in groups of four: K7QM-2XPD-9WTB."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_printed(typed: str) -> str:
    """What a person typed as a printed code, with spaces, dashes and look-alike letters put right."""
    return "".join(letter for letter in typed.upper().translate(_MISREAD) if letter in PRINT_LETTERS)
