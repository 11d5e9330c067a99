"""Tables of paper cards: the sheets that were printed, and the cards that are typed before they become ideas."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, Code, one_of
from dialogue.boards.models import LONGEST_LABEL, Board
from dialogue.dialogues.models import Channel
from dialogue.people.models import User

FIRST, SECOND = 1, 2


class CardSheet(Base):
    """That cards with these numbers were printed for a board, so that no number is on two of them."""

    __tablename__ = "card_sheet"
    __table_args__ = (UniqueConstraint("board_id", "first_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    first_number: Mapped[int]
    count: Mapped[int]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    board: Mapped[Board] = relationship()

    @property
    def last_number(self) -> int:
        """The number on the last card."""
        return self.first_number + self.count - 1


class CardStack(Base):
    """Cards that are typed together. With ``is_double`` each is typed twice before it becomes an idea.

    ``touched_at`` is when somebody last did something with it: two days later what was typed is forgotten.
    """

    __tablename__ = "card_stack"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    touched_at: Mapped[datetime] = mapped_column(index=True)
    channel: Mapped[Channel] = mapped_column(one_of(Channel))
    label: Mapped[str] = mapped_column(String(LONGEST_LABEL), default="")
    language: Mapped[str] = mapped_column(String(8))
    is_double: Mapped[bool] = mapped_column(default=True)

    board: Mapped[Board] = relationship()


class PaperCard(Base):
    """One card, by the number on it, which no other card of the board has.

    What somebody settled on, where it was typed in two ways, stands in ``column_id`` to ``label``. While it lies in
    a preview, and after it has become an idea, ``batch_id`` and ``position`` name its row there. What was typed and
    the picture are blanked when it has become an idea.
    """

    __tablename__ = "paper_card"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stack_id: Mapped[int] = mapped_column(ForeignKey("card_stack.id", ondelete="CASCADE"), index=True)
    # The address of its picture in the store of files; empty where the second reads the paper itself.
    photo: Mapped[str] = mapped_column(String(64), default="")
    column_id: Mapped[int | None] = mapped_column(ForeignKey("board_column.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    label: Mapped[str] = mapped_column(Text, default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("entry_batch.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int | None]

    entries: Mapped[list["CardEntry"]] = relationship(
        order_by="CardEntry.turn", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )


class CardEntry(Base):
    """A card as somebody typed it, the first or the second time."""

    __tablename__ = "paper_card_entry"
    __table_args__ = (
        ForeignKeyConstraint(
            ["board_id", "number"], ["paper_card.board_id", "paper_card.number"], ondelete="CASCADE"
        ),
        CheckConstraint("turn IN (1, 2)", name="turn"),
    )

    board_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    column_id: Mapped[int | None] = mapped_column(ForeignKey("board_column.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    label: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    by: Mapped[User] = relationship(lazy="joined")
