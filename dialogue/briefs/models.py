"""Tables of the brief: frozen versions, whom they were sent to, quotes, and the note for patrols."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, Code
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.followup.models import Body, Theme


class Brief(Base):
    """A version of the decision brief, frozen as it was sent: its content, and the addresses of its documents.

    What somebody takes back is blanked in the content. The documents are then made anew; until that has
    happened their addresses are empty.
    """

    __tablename__ = "brief"
    __table_args__ = (UniqueConstraint("dialogue_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    # Why something given lies in no theme although the brief is final; empty when everything is placed.
    left_out: Mapped[str] = mapped_column(Text, default="")
    frozen_at: Mapped[datetime]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    # The code of everything that lay in each theme, by the theme's code. Read only where it is followed,
    # since there can be very many.
    sources: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict, deferred=True)
    pdf: Mapped[str] = mapped_column(String(64), default="")
    docx: Mapped[str] = mapped_column(String(64), default="")

    dialogue: Mapped[Dialogue] = relationship()
    sendings: Mapped[list["BriefSending"]] = relationship(
        order_by="BriefSending.meets_on, BriefSending.id",
        back_populates="brief",
        cascade="all, delete-orphan",
    )


class BriefSending(Base):
    """That a version was sent to a body for a day, and what came of it there."""

    __tablename__ = "brief_sending"
    __table_args__ = (UniqueConstraint("brief_id", "body_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    brief_id: Mapped[int] = mapped_column(ForeignKey("brief.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    meets_on: Mapped[date | None]
    sent_at: Mapped[datetime]
    # What the body said of it, and when that was written down; empty until then.
    outcome: Mapped[str] = mapped_column(Text, default="")
    noted_at: Mapped[datetime | None]

    brief: Mapped[Brief] = relationship(back_populates="sendings")
    body: Mapped[Body] = relationship()


class Quote(Base):
    """Words from a contribution as the brief shows them: checked by somebody, and without what should not stand
    there. It stands in the theme in which its contribution lies."""

    __tablename__ = "brief_quote"

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)
    text: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    contribution: Mapped[Contribution] = relationship()


class PatrolLink(Base):
    """The link by which patrols answer without signing in. The link itself is not stored: it is made of the
    dialogue and ``serial``, which a new link raises, and found again by ``token_hash``."""

    __tablename__ = "patrol_link"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), primary_key=True)
    serial: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)

    dialogue: Mapped[Dialogue] = relationship()


class PatrolWish(Base):
    """One line of the note for patrols: what residents wish for, where and when; from a theme."""

    __tablename__ = "patrol_wish"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    position: Mapped[int]
    what: Mapped[Translated]
    where: Mapped[Translated]
    when: Mapped[Translated]
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    # Raised with each change, so that of two who write at once the second is told.
    revision: Mapped[int] = mapped_column(default=0)

    dialogue: Mapped[Dialogue] = relationship()
    theme: Mapped[Theme] = relationship()
    months: Mapped[list["PatrolMonth"]] = relationship(
        order_by="PatrolMonth.month", cascade="all, delete-orphan"
    )


class PatrolMonth(Base):
    """How often patrols were there in a month, by its first day. No people and no times are kept."""

    __tablename__ = "patrol_month"
    __table_args__ = (CheckConstraint("times >= 0", name="times"),)

    wish_id: Mapped[int] = mapped_column(ForeignKey("patrol_wish.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(default=0)
