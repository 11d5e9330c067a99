"""Tables of what is on its way onto a board: a batch, and a row for each idea that it may become."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base import web_links
from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, lazy
from dialogue.boards.models import Board
from dialogue.dialogues.models import Channel, Contribution


class Field(Labelled):
    """What a column of a sheet becomes. ``LINE`` is a line in which a dash or a tab may part title and text."""

    NOTHING = "nothing", lazy("Nothing, leave it out")
    LINE = "line", lazy("Title – text, cut at a tab or a dash")
    TITLE = "title", lazy("Title")
    TEXT = "text", lazy("Text")
    PROMPT = "prompt", lazy("The question it answers")
    LABEL = "label", lazy("Who said it: a group or a class")
    LANGUAGE = "language", lazy("Language")
    SUPPORT = "support", lazy("How many liked it, told in words")
    LINK = "link", lazy("Links, put after the text")


class Problem(Labelled):
    """Why a row cannot become an idea as it stands, with the way out."""

    EMPTY = "empty", lazy("There is nothing in it. Write something, or leave it out.")
    LONG_TITLE = (
        "long_title",
        lazy("The title is longer than 100 characters. Shorten it, or move some of it to the text."),
    )
    LONG_TEXT = "long_text", lazy("The text is longer than 1,000 characters. Shorten it, or leave it out.")
    PROMPT = "prompt", lazy("The board has no such question. Choose one of the board's.")
    LONG_LABEL = (
        "long_label",
        lazy("Who said it is longer than 60 characters. Write a group or a class, such as Class A."),
    )
    NAMED = (
        "named",
        lazy("Who said it looks like a person. Write a group or a class, such as Class A, or nothing."),
    )


class Batch(Base):
    """Ideas that somebody of the team brings in together; a preview until it is stored.

    ``head`` and ``fields`` are the columns of the sheet and what each becomes. What a row does not say itself it
    takes from here. With ``all_wait`` somebody reads each idea before it is shown.
    """

    __tablename__ = "entry_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    head: Mapped[list[str]] = mapped_column(JSON)
    fields: Mapped[list[str]] = mapped_column(JSON)
    # Headings of columns that were not read, since they tell who somebody is.
    not_read: Mapped[list[str]] = mapped_column(JSON)
    column_id: Mapped[int | None] = mapped_column(ForeignKey("board_column.id", ondelete="SET NULL"))
    # The questions that the sheet names and the board does not have, and which of the board's each stands for.
    prompts: Mapped[dict[str, int | None]] = mapped_column(JSON)
    channel: Mapped[Channel] = mapped_column(one_of(Channel))
    label: Mapped[str] = mapped_column(String(60), default="")
    language: Mapped[str] = mapped_column(String(8))
    all_wait: Mapped[bool] = mapped_column(default=False)
    stored_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    board: Mapped[Board] = relationship()


class BatchRow(Base):
    """One idea to be: the cells it is made from, and what it becomes, which somebody may have put right.

    When it is stored its words are blanked, since the idea has them, and ``contribution_id`` names the idea.
    """

    __tablename__ = "entry_row"

    batch_id: Mapped[int] = mapped_column(ForeignKey("entry_batch.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cells: Mapped[list[str]] = mapped_column(JSON)
    title: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    label: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8), default="")
    column_id: Mapped[int | None] = mapped_column(ForeignKey("board_column.id", ondelete="SET NULL"))
    problem: Mapped[Problem | None] = mapped_column(one_of(Problem))
    has_findings: Mapped[bool] = mapped_column(default=False)
    # Put right by hand, so that it is not made anew from its cells.
    is_changed: Mapped[bool] = mapped_column(default=False)
    is_left_out: Mapped[bool] = mapped_column(default=False)
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)


class Film(Base):
    """A film or slides that pupils made, as a link to where they lie; what is said in them is the idea's text.

    The link is for meetings and shown to the team only. Where it is to be open to all, it is the idea's own video.
    """

    __tablename__ = "idea_film"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    url: Mapped[str] = mapped_column(String(web_links.LONGEST))

    contribution: Mapped[Contribution] = relationship()

    @property
    def host(self) -> str:
        """Where it lies."""
        return web_links.host(self.url)
