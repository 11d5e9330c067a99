"""Reads of people."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from dialogue.base import clock, tokens
from dialogue.config import settings
from dialogue.people.models import LinkPurpose, OneTimeLink, SignIn, User
from dialogue.web.permissions import Actor, Grant, ScopeKind


def actor_of(user: User) -> Actor:
    """The person as operations see them."""
    grants = tuple(
        Grant(
            grant.role, grant.scope_kind, None if grant.scope_kind is ScopeKind.EVERYTHING else grant.scope_id
        )
        for grant in user.grants
    )
    return Actor(user.id, user.name, user.language, grants)


def find_actor(session: Session, token: str) -> Actor | None:
    """Who is signed in with this token, or None when it has ended."""
    user = session.scalars(
        select(User)
        .join(SignIn, SignIn.user_id == User.id)
        .where(SignIn.token_hash == token_hash(token), SignIn.expires_at > clock.now(), User.is_active)
        .options(selectinload(User.grants))
    ).one_or_none()
    return None if user is None else actor_of(user)


def find_by_email(session: Session, email: str) -> User | None:
    """The active account with this address, or None."""
    return session.scalars(
        select(User)
        .where(User.email == email.strip().lower(), User.is_active)
        .options(selectinload(User.grants))
    ).one_or_none()


def find_link(session: Session, token: str) -> tuple[User, LinkPurpose] | None:
    """Whose one-time link this is and what for, or None when it is used up, expired or made up."""
    row = session.execute(
        select(User, OneTimeLink.purpose)
        .join(OneTimeLink, OneTimeLink.user_id == User.id)
        .where(
            OneTimeLink.token_hash == token_hash(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
            User.is_active,
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def token_hash(token: str) -> bytes:
    """How a sign-in or one-time token is stored."""
    return tokens.digest(settings().secret_key, "sign-in", token)
