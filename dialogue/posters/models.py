"""Tables of posters. Which dialogue a poster serves is a row that is placed and removed, like every link."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, Code
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Dialogue
from dialogue.places.models import Municipality
from dialogue.web.permissions import Scope

LONGEST_PLACE = 120


class Poster(Base):
    """A poster that hangs in one place, such as a kiosk, a school or a bus stop; its code never changes."""

    __tablename__ = "poster"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    place: Mapped[Translated]
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    municipality: Mapped[Municipality] = relationship()
    serving: Mapped["PosterDialogue | None"] = relationship(
        primaryjoin="and_(PosterDialogue.poster_id == Poster.id, PosterDialogue.removed_at.is_(None))",
        viewonly=True,
    )

    def scope(self) -> Scope:
        """Where the poster hangs, for grants."""
        return Scope(municipality_id=self.municipality_id, district_id=self.municipality.district_id)


class PosterDialogue(Base):
    """That a poster serves a dialogue; one at a time."""

    __tablename__ = "poster_dialogue"
    __table_args__ = (
        Index(
            "uq_poster_dialogue_present",
            "poster_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    poster_id: Mapped[int] = mapped_column(ForeignKey("poster.id"))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    placed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    poster: Mapped[Poster] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
