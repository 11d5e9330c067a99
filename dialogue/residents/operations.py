"""What happens to follow codes, addresses and submissions."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from dialogue.base import clock, tokens
from dialogue.base.db import insert_new
from dialogue.config import settings
from dialogue.residents.models import Contact, FollowCode, Submission

LETTERS_IN_CODE = 12


@dataclass(frozen=True)
class Receipt:
    """What a resident gets for what they gave: the code, and whether this is the first time it was sent."""

    code: str
    follow_code_id: int
    is_new: bool


def issue_code(session: Session, submission_key: str, content: str, language: str) -> Receipt:
    """The follow code for what was sent with a page's submission key.

    The same key and content always give the same code, so a second click changes nothing and gets the
    same answer. The same key with other content is a new submission with a code of its own.
    """
    secret = settings().secret_key
    seed = tokens.digest(secret, "follow seed", f"{submission_key}\0{content}")
    code = _code(seed)
    values = {"seed": seed, "code_hash": _hash(code), "language": language}
    new_id = insert_new(session, FollowCode, values)
    if new_id is not None:
        return Receipt(code, new_id, True)
    return Receipt(code, session.scalars(select(FollowCode.id).where(FollowCode.seed == seed)).one(), False)


def first_time(session: Session, submission_key: str, content: str) -> bool:
    """Whether this content is sent with this page's key for the first time; for what has no follow code."""
    key_hash = tokens.digest(settings().secret_key, "submission", f"{submission_key}\0{content}")
    return insert_new(session, Submission, {"key_hash": key_hash, "day": clock.today()}) is not None


def find_code(session: Session, typed: str) -> FollowCode | None:
    """The follow code that somebody typed or that stands in an address, or None."""
    code = tokens.read_printed(typed)
    if len(code) != LETTERS_IN_CODE:
        return None
    return session.scalars(
        select(FollowCode).where(FollowCode.code_hash == _hash(code)).options(joinedload(FollowCode.contact))
    ).one_or_none()


def printed_code(follow_code: FollowCode) -> str:
    """The code as it is printed, in groups of four; for the page it opens and for mails to its holder."""
    return tokens.in_groups(_code(follow_code.seed))


def follow_path(code: str, language: str) -> str:
    """The path of the page on which the holder of a code follows what they gave."""
    return f"/{language}/follow/{tokens.in_groups(tokens.read_printed(code))}"


def leave_address(
    session: Session, follow_code: FollowCode, email: str, language: str, *, at_once: bool = False
) -> None:
    """Tell the holder of a code by mail from now on; replaces an address left earlier."""
    if follow_code.contact is None:
        contact = Contact(follow_code_id=follow_code.id, email=email, language=language, at_once=at_once)
        session.add(contact)
    else:
        follow_code.contact.email = email
        follow_code.contact.language = language
        follow_code.contact.at_once = at_once


def tell_at_once(session: Session, follow_code_id: int, at_once: bool) -> None:
    """Tell whoever left an address with a code of each step at once, or gather it."""
    session.execute(update(Contact).where(Contact.follow_code_id == follow_code_id).values(at_once=at_once))


def forget_address(session: Session, follow_code_id: int) -> None:
    """Remove the address that was left with a code, if any."""
    session.execute(delete(Contact).where(Contact.follow_code_id == follow_code_id))


def _code(seed: bytes) -> str:
    return tokens.printed(tokens.digest(settings().secret_key, "follow code", seed.hex()), LETTERS_IN_CODE)


def _hash(code: str) -> bytes:
    return tokens.digest(settings().secret_key, "follow code hash", code)
