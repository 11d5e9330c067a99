"""Tables of idea boards."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, func, select
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column, relationship

from dialogue.base import text as texts, web_links
from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.boards.walls import TERMS, BoardWall
from dialogue.dialogues.models import Contribution, Dialogue

LONGEST_TITLE = 100
LONGEST_TEXT = 1000
LONGEST_PICTURE_WORDS = 200
LONGEST_PLACE = 60
LONGEST_LABEL = 60


class BoardStage(Labelled):
    """What people do on a board now: all at once, or one thing after the other."""

    OPEN = "open", lazy("Open")
    WRITE = "write", lazy("Write")
    REVEAL = "reveal", lazy("Read together")
    SORT = "sort", lazy("Sort")
    SUPPORT = "support", lazy("Support")
    FREEZE = "freeze", lazy("Closed")


class SupportKind(Labelled):
    """How support is given on a board."""

    DOT = "dot", lazy("One dot for each idea")
    DOTS = "dots", lazy("A number of dots to place")
    STANCE = "stance", lazy("Agree, disagree or pass")


class Given(Labelled):
    """What one device has given an idea."""

    DOT = "dot", lazy("A dot")
    COUNTED_DOT = "counted_dot", lazy("One of a number of dots")
    AGREE = "agree", lazy("Agree")
    DISAGREE = "disagree", lazy("Disagree")
    PASS = "pass", lazy("Pass")


class ReturnReason(Labelled):
    """Why an idea is not published. The writer is told, and can change it and send it again."""

    PERSON = "person", lazy("It mentions a person who can be recognised")
    REPORT = "report", lazy("It reports a crime or gives a tip, which belongs elsewhere")
    INSULT = "insult", lazy("It insults or threatens somebody")
    OFF_TOPIC = "off_topic", lazy("It is about something else than the question")
    UNCLEAR = "unclear", lazy("We do not understand what is meant")
    DUPLICATE = "duplicate", lazy("The same idea is there already")


class Board(Base):
    """An idea board of a dialogue.

    A board that ``gathers`` is a plenary wall: it shows the ideas of the boards whose ``plenary_id`` names it,
    each of which belongs to a group, and moves their stages together.
    """

    __tablename__ = "board"
    __table_args__ = (CheckConstraint("dots_each > 0", name="dots_each"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    title: Mapped[Translated]
    intro: Mapped[Translated]
    wall: Mapped[BoardWall] = mapped_column(one_of(BoardWall), default=BoardWall.CAREFUL)
    stage: Mapped[BoardStage] = mapped_column(one_of(BoardStage), default=BoardStage.OPEN)
    # Since when what was hidden is shown; what else is hidden follows from the wall and its columns.
    revealed_at: Mapped[datetime | None]
    closes_on: Mapped[date | None]
    # Names of neighbourhoods that an idea can be about, a line each; empty where nobody is asked.
    places: Mapped[str] = mapped_column(Text, default="")
    # Whether one thing is done after the other, so that the stages are gone through.
    in_stages: Mapped[bool] = mapped_column(default=False)
    # What one who writes is called beside the idea, such as "Klasse A"; empty for a resident on their own.
    label_for_writers: Mapped[str] = mapped_column(String(LONGEST_LABEL), default="")
    support_kind: Mapped[SupportKind] = mapped_column(one_of(SupportKind), default=SupportKind.DOT)
    # How many dots each device has to place, where that is the kind of support.
    dots_each: Mapped[int] = mapped_column(default=3)
    # Whether residents can say something about each other's ideas.
    takes_comments: Mapped[bool] = mapped_column(default=False)
    gathers: Mapped[bool] = mapped_column(default=False)
    plenary_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"), index=True)
    # The code of the group, or for a plenary wall of the meeting, that it was made for. Meetings are another
    # room's, so this is no foreign key; a board outlives its group.
    made_for: Mapped[str] = mapped_column(String(16), default="", index=True)

    dialogue: Mapped[Dialogue] = relationship()
    columns: Mapped[list["Column"]] = relationship(order_by="Column.position", cascade="all, delete-orphan")
    plenary: Mapped["Board | None"] = relationship(remote_side=[id], back_populates="group_boards")
    group_boards: Mapped[list["Board"]] = relationship(order_by="Board.id", back_populates="plenary")
    # Every rule of what a board takes asks for these.
    stage_times: Mapped[list["BoardStageTime"]] = relationship(
        order_by="BoardStageTime.at", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def moderated(self) -> bool:
        """Whether somebody reads each idea before it is shown."""
        return TERMS[self.wall].reads_first

    @property
    def has_pupils(self) -> bool:
        """Whether pupils write, who are shown where children can turn."""
        return TERMS[self.wall].pupils or self.dialogue.has_pupils

    @property
    def place_names(self) -> list[str]:
        """The neighbourhoods that an idea can be about."""
        return self.places.splitlines()


class BoardStageTime(Base):
    """That a board goes to a stage at a moment; taken away when it has."""

    __tablename__ = "board_stage_time"

    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), primary_key=True)
    stage: Mapped[BoardStage] = mapped_column(one_of(BoardStage), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class Column(Base):
    """A prompt under which ideas are gathered; that of a group's board feeds one of its plenary wall."""

    __tablename__ = "board_column"

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[Translated]
    # Whether what is written under it is kept back until somebody shows it.
    is_hidden: Mapped[bool] = mapped_column(default=False)
    feeds_id: Mapped[int | None] = mapped_column(
        ForeignKey("board_column.id", ondelete="CASCADE"), index=True
    )


class Idea(Base):
    """A resident's idea; shares its key with its contribution, which holds the state.

    ``published_at`` is set while the idea can be seen, and orders the board. ``cleared_at`` is set when an idea
    that is kept back until a reveal may be shown then: a moderator has read it, or nobody has to. The title may be
    empty, or the text, never both until the idea is taken back; ``heading`` and ``rest`` are what is shown.

    A comment is an idea about another one (docs/decisions/0031): it is read, followed and answered like any, and
    shown on the page of the one it is about instead of on the board.
    """

    __tablename__ = "idea"
    __table_args__ = (
        CheckConstraint("support_count >= 0", name="support_count"),
        CheckConstraint("disagree_count >= 0 AND pass_count >= 0", name="stance_counts"),
        Index("ix_idea_board_published", "board_id", "published_at", "contribution_id"),
        Index("ix_idea_board_column", "board_id", "column_id", "published_at", "contribution_id"),
        Index("ix_idea_most_supported", "column_id", "support_count", "published_at", "contribution_id"),
    )

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"))
    column_id: Mapped[int] = mapped_column(ForeignKey("board_column.id"), index=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(Text)
    # The neighbourhood it is about, as it was called when the idea was written; never finer than that.
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    # A link to a video that lies elsewhere; it is shown as a link, and nothing is loaded from there.
    video_url: Mapped[str] = mapped_column(String(web_links.LONGEST), default="")
    # Addresses in the store of files, empty without a picture: the whole of it, and small for a card.
    picture: Mapped[str] = mapped_column(String(64), default="")
    picture_small: Mapped[str] = mapped_column(String(64), default="")
    picture_width: Mapped[int] = mapped_column(default=0)
    picture_height: Mapped[int] = mapped_column(default=0)
    # What it shows, said by the writer for those who do not see it.
    picture_words: Mapped[str] = mapped_column(String(LONGEST_PICTURE_WORDS), default="")
    published_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]
    # Dots, or those who agree, as the board's kind of support is now. The other number is set aside meanwhile.
    support_count: Mapped[int] = mapped_column(default=0)
    set_aside_count: Mapped[int] = mapped_column(default=0)
    disagree_count: Mapped[int] = mapped_column(default=0)
    pass_count: Mapped[int] = mapped_column(default=0)
    return_reason: Mapped[ReturnReason | None] = mapped_column(one_of(ReturnReason))
    return_note: Mapped[str] = mapped_column(Text, default="")
    # The idea that says the same, where that is the reason; its writer can support it instead.
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("idea.contribution_id"))
    # The idea that it is a comment on; none is a comment on a comment.
    comment_on_id: Mapped[int | None] = mapped_column(ForeignKey("idea.contribution_id"), index=True)
    # Raised when the writer changes it, so that a moderator publishes only what they have read.
    revision: Mapped[int] = mapped_column(default=1)

    contribution: Mapped[Contribution] = relationship()
    board: Mapped[Board] = relationship()
    column: Mapped[Column] = relationship()
    comment_on: Mapped["Idea | None"] = relationship(foreign_keys=comment_on_id, remote_side=contribution_id)
    if TYPE_CHECKING:
        comment_count: Mapped[int]

    @property
    def heading(self) -> str:
        """What stands above it: the title, or how the text begins."""
        return texts.headed(self.title, self.text).heading

    @property
    def rest(self) -> str:
        """What is left of the text below the heading."""
        return texts.headed(self.title, self.text).rest

    @property
    def video_host(self) -> str:
        """Where the video lies."""
        return web_links.host(self.video_url)


_Comment = aliased(Idea)
# How many comments on an idea everybody may see.
Idea.comment_count = column_property(
    select(func.count())
    .where(_Comment.comment_on_id == Idea.contribution_id, _Comment.published_at.is_not(None))
    .correlate_except(_Comment)
    .scalar_subquery()
)


class Support(Base):
    """What one device gave an idea: a dot, or whether it agrees. The device is known only by an HMAC that differs
    for each idea, and for dots and stances."""

    __tablename__ = "support"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.contribution_id"), primary_key=True)
    device_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    given: Mapped[Given] = mapped_column(one_of(Given), default=Given.DOT)


class PlacedDots(Base):
    """How many of its dots one device has placed on a board. Its HMAC is of the board, so that it cannot be put
    together with those of the ideas (docs/decisions/0022)."""

    __tablename__ = "placed_dots"
    __table_args__ = (CheckConstraint("placed >= 0", name="placed"),)

    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), primary_key=True)
    device_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    placed: Mapped[int] = mapped_column(default=0)
