"""Reads of people."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from dialogue.base import clock, tokens
from dialogue.base.errors import NotFound
from dialogue.config import settings
from dialogue.people.models import LinkPurpose, OneTimeLink, SignIn, User, UserGrant
from dialogue.places.models import Municipality, Organisation, PoliceDistrict
from dialogue.web.permissions import Actor, Grant, Role, ScopeKind


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


def all_users(session: Session) -> Sequence[User]:
    """Every account with its roles, the open ones first, by name."""
    return session.scalars(
        select(User).options(selectinload(User.grants)).order_by(User.is_active.desc(), User.name)
    ).all()


def user_by_code(session: Session, code: str) -> User:
    """An account with its roles. Raises NotFound."""
    user = session.scalars(
        select(User).where(User.code == code).options(selectinload(User.grants))
    ).one_or_none()
    if user is None:
        raise NotFound
    return user


def count_administrators(session: Session) -> int:
    """How many open accounts look after everything."""
    return (
        session.scalar(
            select(func.count(User.id.distinct()))
            .join(User.grants)
            .where(
                User.is_active,
                UserGrant.role == Role.ADMINISTRATOR,
                UserGrant.scope_kind == ScopeKind.EVERYTHING,
            )
        )
        or 0
    )


def scopes(session: Session) -> list[tuple[ScopeKind, int, str]]:
    """Every scope that an account can be given a role for here, with its name; single dialogues are given
    on the dialogue's own page."""
    municipalities = session.execute(select(Municipality.id, Municipality.name).order_by(Municipality.name))
    return [
        (ScopeKind.EVERYTHING, 0, ""),
        *((ScopeKind.DISTRICT, each.id, str(each.name)) for each in session.scalars(select(PoliceDistrict))),
        *(
            (ScopeKind.ORGANISATION, each.id, str(each.name))
            for each in session.scalars(select(Organisation).where(Organisation.retired_on.is_(None)))
        ),
        *((ScopeKind.MUNICIPALITY, number, name) for number, name in municipalities),
    ]


def scope_names(session: Session, users: Sequence[User]) -> dict[tuple[ScopeKind, int], str]:
    """The names of the places and organisations in which these people hold roles."""
    tables: dict[ScopeKind, Any] = {
        ScopeKind.DISTRICT: PoliceDistrict,
        ScopeKind.MUNICIPALITY: Municipality,
        ScopeKind.ORGANISATION: Organisation,
    }
    names: dict[tuple[ScopeKind, int], str] = {}
    for kind, table in tables.items():
        wanted = {grant.scope_id for user in users for grant in user.grants if grant.scope_kind is kind}
        if wanted:
            found = session.scalars(select(table).where(table.id.in_(wanted)))
            names.update({(kind, each.id): str(each.name) for each in found})
    return names


def token_hash(token: str) -> bytes:
    """How a sign-in or one-time token is stored."""
    return tokens.digest(settings().secret_key, "sign-in", token)
