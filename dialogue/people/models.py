"""Tables of people with an account, their grants and their ways in."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, lazy
from dialogue.web.permissions import Role, ScopeKind


class User(Base):
    """Somebody of the staff or of a partner. Without a password they sign in by a link in a mail."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(8), default="nb")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    grants: Mapped[list["UserGrant"]] = relationship(back_populates="user", cascade="all, delete-orphan")


class UserGrant(Base):
    """A role within a scope. The scope's id has no foreign key, since the kind says which table it is in."""

    __tablename__ = "user_grant"
    __table_args__ = (UniqueConstraint("user_id", "role", "scope_kind", "scope_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(one_of(Role))
    scope_kind: Mapped[ScopeKind] = mapped_column(one_of(ScopeKind))
    # 0 stands for everything, so that the unique constraint holds there too.
    scope_id: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = relationship(back_populates="grants")


class SignIn(Base):
    """One browser that is signed in; removing the row signs it out."""

    __tablename__ = "sign_in"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class LinkPurpose(Labelled):
    """What a one-time link is for."""

    INVITATION = "invitation", lazy("Invitation")
    SIGN_IN = "sign_in", lazy("Sign-in link")


class OneTimeLink(Base):
    """A link that signs its receiver in once. Opening it shows a button; pressing it uses the link,
    since mail scanners open links too."""

    __tablename__ = "one_time_link"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(one_of(LinkPurpose))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
