"""What is written to people with an account."""

from dialogue.base import letters
from dialogue.base.outbox import Letter
from dialogue.people.models import User


def invitation(user: User, inviter: str, address: str) -> Letter:
    """The mail that invites somebody to open their account."""
    return letters.write("people/invitation", user.language, name=user.name, inviter=inviter, address=address)


def sign_in_link(user: User, address: str) -> Letter:
    """The mail with a one-time sign-in link."""
    return letters.write("people/sign_in_link", user.language, name=user.name, address=address)
