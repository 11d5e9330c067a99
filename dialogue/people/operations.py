"""What happens to accounts, sign-ins and one-time links."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from dialogue.base import audit, clock, outbox, tokens
from dialogue.base.db import Database
from dialogue.base.errors import Invalid, NotAllowed, NotFound
from dialogue.base.i18n import LANGUAGES, lazy
from dialogue.config import settings
from dialogue.people import mail, passwords, queries
from dialogue.people.models import LinkPurpose, OneTimeLink, SignIn, User, UserGrant
from dialogue.web.permissions import Actor, Grant, Permission, Role

SIGNED_IN_FOR = timedelta(hours=12)
VALID_FOR = {LinkPurpose.INVITATION: timedelta(days=14), LinkPurpose.SIGN_IN: timedelta(minutes=30)}


def create_user(
    session: Session, email: str, name: str, language: str, grants: Sequence[Grant], *, title: str = ""
) -> User:
    """Make an account without a password. Raises Invalid when the address has one already."""
    address = email.strip().lower()
    if queries.find_by_email(session, address) is not None:
        raise Invalid(lazy("There is already an account with this e-mail address."), "email")
    user = User(
        email=address,
        name=name.strip(),
        title=title.strip(),
        language=language if language in LANGUAGES else "nb",
        created_at=clock.now(),
        grants=[
            UserGrant(role=grant.role, scope_kind=grant.kind, scope_id=grant.scope_id or 0)
            for grant in grants
        ],
    )
    session.add(user)
    session.flush()
    return user


def invite(session: Session, actor: Actor, user: User) -> None:
    """Mail the one-time link with which somebody opens their account."""
    require_keeper(actor)
    address = invitation_address(session, user)
    outbox.queue(session, user.email, mail.invitation(user, actor.name, address))
    audit.record(session, actor.user_id, "invite", "user", user.id)


def invitation_address(session: Session, user: User) -> str:
    """A one-time address that opens a new account."""
    return _address(session, user, LinkPurpose.INVITATION)


def sign_in_address(session: Session, email: str) -> str:
    """A one-time address that signs an account in. Raises NotFound when there is none."""
    user = queries.find_by_email(session, email)
    if user is None:
        raise NotFound(lazy("There is no account with this e-mail address."))
    return _address(session, user, LinkPurpose.SIGN_IN)


def send_sign_in_link(session: Session, email: str) -> None:
    """Mail a one-time link to an account; nothing happens, and nobody is told, when there is none."""
    user = queries.find_by_email(session, email)
    if user is not None:
        outbox.queue(
            session, user.email, mail.sign_in_link(user, _address(session, user, LinkPurpose.SIGN_IN))
        )


def use_link(session: Session, token: str) -> tuple[str, User]:
    """Sign in with a one-time link, once: the sign-in's token and whose it is.

    Raises Invalid when the link is used, expired or unknown.
    """
    found = queries.find_link(session, token)
    used = session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.token_hash == queries.token_hash(token), OneTimeLink.used_at.is_(None))
        .values(used_at=clock.now())
    )
    if found is None or not getattr(used, "rowcount", 0):
        raise Invalid(lazy("This link has been used or is too old. Ask for a new one below."))
    return sign_in(session, found[0]), found[0]


def check_password(database: Database, email: str, password: str) -> User:
    """The account with this address and password. Raises Invalid, which does not say which of the two is wrong.

    Hashing is slow on purpose, so it is done between transactions.
    """
    with database.reading() as session:
        user = queries.find_by_email(session, email)
    if not passwords.fits(user.password_hash if user else None, password) or user is None:
        raise Invalid(
            lazy("The e-mail address or the password is wrong. You can ask for a sign-in link instead.")
        )
    return user


def change_account(session: Session, actor: Actor, *, name: str, title: str, language: str) -> None:
    """Change one's own account."""
    user = session.get_one(User, actor.user_id)
    user.name = name
    user.title = title
    user.language = language
    audit.record(session, actor.user_id, "change", "user", user.id)


def choose_password(session: Session, actor: Actor, hashed: str, keep: str) -> None:
    """Set one's own password, already hashed, end every sign-in except the one with the token ``keep``, and make
    unused links useless."""
    session.get_one(User, actor.user_id).password_hash = hashed
    session.execute(
        delete(SignIn).where(SignIn.user_id == actor.user_id, SignIn.token_hash != queries.token_hash(keep))
    )
    session.execute(delete(OneTimeLink).where(OneTimeLink.user_id == actor.user_id))
    audit.record(session, actor.user_id, "choose password", "user", actor.user_id)


def give_role(session: Session, actor: Actor, user: User, grant: Grant) -> None:
    """Give somebody a role. Raises NotAllowed unless one may look after people."""
    require_keeper(actor)
    if grant not in queries.actor_of(user).grants:
        user.grants.append(UserGrant(role=grant.role, scope_kind=grant.kind, scope_id=grant.scope_id or 0))
        audit.record(session, actor.user_id, f"give {grant.role.value}", "user", user.id)


def take_role(session: Session, actor: Actor, user: User, grant_id: int) -> None:
    """Take a role from somebody. Raises Invalid when nobody would be left to look after people."""
    require_keeper(actor)
    for grant in user.grants:
        if grant.id == grant_id:
            if grant.role is Role.ADMINISTRATOR and queries.count_administrators(session) == 1:
                raise Invalid(lazy("There must be at least one administrator."))
            user.grants.remove(grant)
            audit.record(session, actor.user_id, f"take {grant.role.value}", "user", user.id)
            return


# What must happen in the same transaction when an account is closed.
_closed: list[Callable[[Session, User], None]] = []


def call_when_closed(listeners: Iterable[Callable[[Session, User], None]]) -> None:
    """Let these be told of every account that is closed; called when the application is made."""
    _closed[:] = listeners


def set_active(session: Session, actor: Actor, user: User, active: bool) -> None:
    """Close an account, which signs it out everywhere, or open it again.

    Raises Invalid when one would close one's own.
    """
    require_keeper(actor)
    if user.id == actor.user_id:
        raise Invalid(lazy("You cannot close your own account."))
    user.is_active = active
    if not active:
        session.execute(delete(SignIn).where(SignIn.user_id == user.id))
        session.execute(delete(OneTimeLink).where(OneTimeLink.user_id == user.id))
        for listener in _closed:
            listener(session, user)
    audit.record(session, actor.user_id, "open" if active else "close", "user", user.id)


def require_keeper(actor: Actor) -> None:
    """Raise NotAllowed unless this person looks after all accounts."""
    if not actor.everywhere(Permission.MANAGE_PEOPLE):
        raise NotAllowed


def sign_in(session: Session, user: User) -> str:
    """Sign a person in in one browser and return the secret that the browser keeps."""
    token = tokens.new_token()
    moment = clock.now()
    session.add(
        SignIn(
            token_hash=queries.token_hash(token),
            user_id=user.id,
            created_at=moment,
            expires_at=moment + SIGNED_IN_FOR,
        )
    )
    audit.record(session, user.id, "sign in", "user", user.id)
    return token


def sign_out(session: Session, token: str) -> None:
    """End the sign-in of one browser."""
    session.execute(delete(SignIn).where(SignIn.token_hash == queries.token_hash(token)))


def sign_out_everywhere(session: Session, actor: Actor) -> None:
    """End every sign-in of a person, and make their unused links useless."""
    session.execute(delete(SignIn).where(SignIn.user_id == actor.user_id))
    session.execute(delete(OneTimeLink).where(OneTimeLink.user_id == actor.user_id))
    audit.record(session, actor.user_id, "sign out everywhere", "user", actor.user_id)


def _address(session: Session, user: User, purpose: LinkPurpose) -> str:
    token = tokens.new_token()
    session.add(
        OneTimeLink(
            token_hash=queries.token_hash(token),
            user_id=user.id,
            purpose=purpose,
            expires_at=clock.now() + VALID_FOR[purpose],
        )
    )
    session.flush()
    return f"{settings().public_url}/{user.language}/sign-in/link/{token}"
