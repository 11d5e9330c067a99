"""Tables of people without an account. None holds an IP address, a user agent or a profile."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base


class FollowCode(Base):
    """The secret by which a resident follows, changes or withdraws what they gave.

    The code itself is not stored. It is HMAC(server key, seed), so that a mail can carry the link, and
    ``code_hash`` finds the row when somebody types the code.
    """

    __tablename__ = "follow_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    seed: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    language: Mapped[str] = mapped_column(String(8))

    contact: Mapped["Contact | None"] = relationship(
        back_populates="follow_code", cascade="all, delete-orphan"
    )


class Contact(Base):
    """An e-mail address somebody left so as to be told; removed with one click or on withdrawal."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_code_id: Mapped[int] = mapped_column(ForeignKey("follow_code.id", ondelete="CASCADE"), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(8))
    # Whether they asked to be told of each step at once; otherwise news are gathered to one mail a week.
    at_once: Mapped[bool] = mapped_column(default=False)
    # When news were mailed last, whichever code they were about.
    told_at: Mapped[datetime | None]

    follow_code: Mapped[FollowCode] = relationship(back_populates="contact")


class Submission(Base):
    """That a form with this key and this content has been stored; the row lives for a day or two.

    The key is random and hashed, and the row holds no time finer than the day, so that it does not tell
    the order of anonymous answers.
    """

    __tablename__ = "submission"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
