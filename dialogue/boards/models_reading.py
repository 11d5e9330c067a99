"""Tables of reading ideas before they are shown: who reads what, what was taken out, what is held."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, one_of
from dialogue.base.i18n import Labelled, lazy
from dialogue.boards.models import LONGEST_PICTURE_WORDS, LONGEST_TITLE, Idea
from dialogue.people.models import User


class HandoverWay(Labelled):
    """How the duty officer handed something over; in words of ours, so that the log keeps none of the writer's."""

    CONTROL_ROOM = "control_room", lazy("Told the control room (112)")
    CASE_SYSTEM = "case_system", lazy("Registered in the district’s own system")
    OTHER_UNIT = "other_unit", lazy("Given to the unit that deals with it")
    CHILD_WELFARE = "child_welfare", lazy("Given to child welfare or another service")


class Hold(Base):
    """That an idea is held for the duty routine, or was.

    It ends when handing over is confirmed, with a way and a day, or, without a way, when the idea goes back to
    the queue.
    """

    __tablename__ = "idea_hold"
    __table_args__ = (
        Index(
            "uq_idea_hold_open",
            "idea_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.contribution_id"), index=True)
    held_at: Mapped[datetime]
    held_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    # When officer and organisers were told that nobody has opened it yet.
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    way: Mapped[HandoverWay | None] = mapped_column(one_of(HandoverWay))
    handed_over_on: Mapped[date | None]

    idea: Mapped[Idea] = relationship()
    held_by: Mapped[User] = relationship(foreign_keys=[held_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])


class Claim(Base):
    """That somebody reads an idea that waits, until a moment; nobody else is given it before.

    Who passed it over keeps the row with ``skipped_at``, so that they are given it last.
    """

    __tablename__ = "idea_claim"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.contribution_id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    until: Mapped[datetime]
    skipped_at: Mapped[datetime | None]

    by: Mapped[User] = relationship()


class Redaction(Base):
    """What a published idea said before something was taken out of it; for its moderators and its writer.

    There is one only while the idea may be shown: when it is shown no more it says what its writer wrote.
    ``kinds`` names what was taken out: stored words of FindingKind, or "other".
    """

    __tablename__ = "idea_redaction"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.contribution_id"), primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(Text)
    picture_words: Mapped[str] = mapped_column(String(LONGEST_PICTURE_WORDS), default="")
    kinds: Mapped[list[str]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
