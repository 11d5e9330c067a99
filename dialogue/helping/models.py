"""Tables of joining in. Places in a slot are moved by conditional updates, never recounted."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.db import Base, Code
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.dialogues.models import Contribution

LONGEST_NAME = 80
LONGEST_WHAT = 120
LONGEST_PLACE = 120


class HelpNews(Labelled):
    """What happens to a slot after somebody has joined in; the word stands in their history."""

    CHANGED = "help_changed", lazy("The help has a new time or place")
    CANCELLED = "help_cancelled", lazy("The help is cancelled")


class HelpSlot(Base):
    """When and where an action wants help, and from how many. What the clock on the wall shows in Norway."""

    __tablename__ = "help_slot"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= wanted", name="taken"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    what: Mapped[Translated]
    place: Mapped[Translated]
    starts_local: Mapped[datetime] = mapped_column(DateTime, index=True)
    minutes: Mapped[int]
    wanted: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None]
    # What calendars know it by: raised with each change, which also tells of two who change it at once.
    revision: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

    action: Mapped[Action] = relationship()

    @property
    def starts_at(self) -> datetime:
        """The moment it begins."""
        return clock.local(clock.in_norway(self.starts_local))

    @property
    def ends_at(self) -> datetime:
        """The moment it ends; the minutes are real ones, also on a night when clocks are moved."""
        return clock.local(self.starts_at.astimezone(UTC) + timedelta(minutes=self.minutes))


class HelpTaker(Base):
    """That somebody joins in; shares its key with its contribution. The name may be a nickname."""

    __tablename__ = "help_taker"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("help_slot.id"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    given_back_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    contribution: Mapped[Contribution] = relationship()
    slot: Mapped[HelpSlot] = relationship()
