"""The one table of exports: what was taken out, by whom, and for whom; the file itself is kept for a day."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, lazy
from dialogue.boards.models import Board
from dialogue.people.models import User


class ExportKind(Labelled):
    """What is made of a board."""

    XLSX = "xlsx", lazy("Spreadsheet (XLSX)")
    CSV = "csv", lazy("Spreadsheet as plain text (CSV)")
    LIST = "list", lazy("List on paper (PDF, A4)")
    WALL = "wall", lazy("Wall on paper (PDF, A3)")
    PICTURE = "picture", lazy("Picture of the wall (PNG, A3)")


class Audience(Labelled):
    """Whom an export is for, which says what is in it."""

    PUBLIC = "public", lazy("Only what everybody can read")
    TEAM = "team", lazy("For the team: also what waits and what is not shown")


class Personal(Labelled):
    """What is done with ideas in which something was found that may be personal."""

    LEAVE_OUT = "leave_out", lazy("Leave them out")
    TAKE_ALONG = "take_along", lazy("Take them along, because:")


class Stage(Labelled):
    """How far an export has come. It asks when something was found that may be personal."""

    WAITING = "waiting", lazy("Being made")
    ASKS = "asks", lazy("Needs an answer")
    READY = "ready", lazy("Ready")
    FORGOTTEN = "forgotten", lazy("No longer kept")
    FAILED = "failed", lazy("Could not be made")


@dataclass(frozen=True)
class Wish:
    """What is to be made: of which kind, for whom, in which language, and what is done with what may be personal
    (None as long as nobody has said it)."""

    kind: ExportKind
    audience: Audience
    language: str
    personal: Personal | None = None


class Export(Base):
    """One export of a board. ``found`` names the ideas in which the guard found something."""

    __tablename__ = "board_export"
    __table_args__ = (Index("ix_board_export_stage", "stage", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    kind: Mapped[ExportKind] = mapped_column(one_of(ExportKind))
    audience: Mapped[Audience] = mapped_column(one_of(Audience))
    language: Mapped[str] = mapped_column(String(8))
    stage: Mapped[Stage] = mapped_column(one_of(Stage), default=Stage.WAITING)
    found: Mapped[list[int]] = mapped_column(JSON, default=list)
    personal: Mapped[Personal | None] = mapped_column(one_of(Personal))
    reason: Mapped[str] = mapped_column(Text, default="")
    count: Mapped[int] = mapped_column(default=0)
    # How the file ends, since a picture of several pages is an archive.
    ending: Mapped[str] = mapped_column(String(8), default="")
    file: Mapped[str | None] = mapped_column(String(64))

    board: Mapped[Board] = relationship()
    made_by: Mapped[User] = relationship()

    @property
    def wish(self) -> Wish:
        """What is to be made."""
        return Wish(self.kind, self.audience, self.language, self.personal)
