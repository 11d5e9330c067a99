"""Tables of idea boards."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.dialogues.models import Contribution, Dialogue

LONGEST_TITLE = 100
LONGEST_TEXT = 1000


class BoardState(Labelled):
    """Whether residents can write. A frozen board can be read but not changed."""

    OPEN = "open", lazy("Open")
    FROZEN = "frozen", lazy("Closed for new ideas")


class ReturnReason(Labelled):
    """Why an idea is not published. The writer is told, and can change it and send it again."""

    PERSON = "person", lazy("It mentions a person who can be recognised")
    REPORT = "report", lazy("It reports a crime or gives a tip, which belongs elsewhere")
    INSULT = "insult", lazy("It insults or threatens somebody")
    OFF_TOPIC = "off_topic", lazy("It is about something else than the question")
    UNCLEAR = "unclear", lazy("We do not understand what is meant")


class Board(Base):
    """An idea board of a dialogue."""

    __tablename__ = "board"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    title: Mapped[Translated]
    intro: Mapped[Translated]
    state: Mapped[BoardState] = mapped_column(one_of(BoardState), default=BoardState.OPEN)
    moderated: Mapped[bool] = mapped_column(default=True)
    closes_on: Mapped[date | None]

    dialogue: Mapped[Dialogue] = relationship()
    columns: Mapped[list["Column"]] = relationship(order_by="Column.position", cascade="all, delete-orphan")


class Column(Base):
    """A prompt under which ideas are gathered."""

    __tablename__ = "board_column"

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[Translated]


class Idea(Base):
    """A resident's idea; shares its key with its contribution, which holds the state.

    ``published_at`` is set while the idea can be seen, and orders the board.
    """

    __tablename__ = "idea"
    __table_args__ = (
        CheckConstraint("support_count >= 0", name="support_count"),
        Index("ix_idea_board_published", "board_id", "published_at", "contribution_id"),
        Index("ix_idea_board_column", "board_id", "column_id", "published_at", "contribution_id"),
        Index("ix_idea_most_supported", "column_id", "support_count", "published_at", "contribution_id"),
    )

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"))
    column_id: Mapped[int] = mapped_column(ForeignKey("board_column.id"), index=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime | None]
    support_count: Mapped[int] = mapped_column(default=0)
    return_reason: Mapped[ReturnReason | None] = mapped_column(one_of(ReturnReason))
    return_note: Mapped[str] = mapped_column(Text, default="")
    # Raised when the writer changes it, so that a moderator publishes only what they have read.
    revision: Mapped[int] = mapped_column(default=1)

    contribution: Mapped[Contribution] = relationship()
    board: Mapped[Board] = relationship()
    column: Mapped[Column] = relationship()


class Support(Base):
    """A dot for an idea from one device. The device is known only by an HMAC that differs for each idea."""

    __tablename__ = "support"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.contribution_id"), primary_key=True)
    device_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
