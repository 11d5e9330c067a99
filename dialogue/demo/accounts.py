"""The accounts of the demo: one for each role, with a password that everybody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from dialogue.people import operations as people
from dialogue.people.models import User
from dialogue.people.queries import actor_of
from dialogue.web.permissions import Actor, Grant, Role, ScopeKind

DOMAIN = "demo.example"
PASSWORD = "dialogue-demo"
# In the order of the demo bar.
ROLES = ("police", "municipality", "facilitator", "partner", "leader", "admin")


@dataclass(frozen=True)
class Account:
    """A demo account. The names are plainly made up: everybody is called Eksempel."""

    role: str
    name: str
    title: str


ACCOUNTS = {
    "admin": Account("admin", "Ada Eksempel", "Administrator"),
    "police": Account("police", "Alex Eksempel", "Politikontakt"),
    "municipality": Account("municipality", "Mika Eksempel", "Prosjektleder i kommunen"),
    "facilitator": Account("facilitator", "Robin Eksempel", "Gruppeleder"),
    "partner": Account("partner", "Sam Eksempel", "Leder av velforeningen"),
    "leader": Account("leader", "Kim Eksempel", "Kommunedirektør"),
}


def address(role: str) -> str:
    """The e-mail address of a role's account."""
    return f"{role}@{DOMAIN}"


def follower(number: int) -> str:
    """The address of a resident who wants to be told what comes of an idea, counted from 1."""
    return f"innbygger{number}@{DOMAIN}"


def make(session: Session, role: str, grants: Sequence[Grant], hashed: str) -> User:
    """Make the account of a role, which can sign in at once."""
    account = ACCOUNTS[role]
    user = people.create_user(session, address(role), account.name, "nb", grants, title=account.title)
    user.password_hash = hashed
    return user


def make_past(session: Session, name: str, title: str, email: str, role: Role, municipality_id: int) -> Actor:
    """Somebody who acts in a finished case; nobody can sign in with the account once it is closed."""
    grant = Grant(role, ScopeKind.MUNICIPALITY, municipality_id)
    user = people.create_user(session, f"{email}@{DOMAIN}", name, "nb", [grant], title=title)
    return actor_of(user)


def close_past(session: Session, *actors: Actor) -> None:
    """Close the accounts of those who acted in a case that is finished."""
    for actor in actors:
        session.get_one(User, actor.user_id).is_active = False
