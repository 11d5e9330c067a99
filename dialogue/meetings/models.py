"""Tables of meetings. The truth about when is the local time and its zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base import clock
from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.people.models import User

LONGEST_NAME = 80
LONGEST_NEEDS = 300
LONGEST_SUMMARY = 6000
LONGEST_NOTE = 400


class MeetingState(Labelled):
    """Whether the meeting stands. That it has been held follows from the clock (rules.is_over)."""

    PLANNED = "planned", lazy("Planned")
    CANCELLED = "cancelled", lazy("Cancelled")


class RegistrationStatus(Labelled):
    """Where a sign-up stands."""

    REGISTERED = "registered", lazy("Has a seat")
    WAITING = "waiting", lazy("On the waiting list")
    CANCELLED = "cancelled", lazy("Cancelled")
    ATTENDED = "attended", lazy("Was there")


class MeetingNews(Labelled):
    """What happens to the meeting after somebody has signed up; the word stands in their history."""

    CHANGED = "meeting_changed", lazy("The meeting has a new time or place")
    CANCELLED = "meeting_cancelled", lazy("The meeting is cancelled")
    REPORTED = "meeting_reported", lazy("The report from the meeting is published")


class Meeting(Base):
    """A gathering, in a place or over a link. Seats are moved by conditional updates, never recounted."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("seats_taken >= 0 AND seats_taken <= capacity", name="seats"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    state: Mapped[MeetingState] = mapped_column(one_of(MeetingState), default=MeetingState.PLANNED)
    title: Mapped[Translated]
    intro: Mapped[Translated]
    # What the clock on the wall shows there.
    starts_local: Mapped[datetime] = mapped_column(DateTime)
    zone: Mapped[str] = mapped_column(String(40), default="Europe/Oslo")
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(160), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    capacity: Mapped[int]
    seats_taken: Mapped[int] = mapped_column(default=0)
    deadline_local: Mapped[datetime] = mapped_column(DateTime)
    report: Mapped[Translated] = mapped_column(default=Translated)
    report_at: Mapped[datetime | None]
    # Registrations before the system was used, or of a case told afterwards; shown as a number only.
    registered_before: Mapped[int] = mapped_column(default=0)
    # What calendars know it by: raised with each change, so that an entry taken earlier is renewed.
    revision: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

    dialogue: Mapped[Dialogue] = relationship()
    run_items: Mapped[list["RunItem"]] = relationship(
        order_by="RunItem.position", cascade="all, delete-orphan"
    )
    groups: Mapped[list["Group"]] = relationship(
        back_populates="meeting", order_by="Group.position", cascade="all, delete-orphan"
    )

    @property
    def starts_at(self) -> datetime:
        """The moment it begins."""
        return self.starts_local.replace(tzinfo=ZoneInfo(self.zone))

    @property
    def ends_at(self) -> datetime:
        """The moment it ends; the minutes are real ones, also on a night when clocks are moved."""
        end = self.starts_at.astimezone(UTC) + timedelta(minutes=self.minutes)
        return end.astimezone(ZoneInfo(self.zone))

    @property
    def deadline(self) -> datetime:
        """The moment after which nobody can sign up."""
        return self.deadline_local.replace(tzinfo=ZoneInfo(self.zone))


class RunItem(Base):
    """One item of the run sheet: how long, what, why, who, how."""

    __tablename__ = "run_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    minutes: Mapped[int]
    activity: Mapped[Translated]
    purpose: Mapped[Translated] = mapped_column(default=Translated)
    responsible: Mapped[Translated] = mapped_column(default=Translated)
    method: Mapped[Translated] = mapped_column(default=Translated)
    # What it opens when it begins, as the room that has it names it (web/gatherings.py); empty for nothing.
    opens: Mapped[str] = mapped_column(String(60), default="")
    begun_at: Mapped[datetime | None]


class Group(Base):
    """A table or breakout room, with the facilitator who leads it."""

    __tablename__ = "meeting_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[Translated]
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    summary: Mapped[str] = mapped_column(Text, default="")
    # Raised with each saving, so that of two who write at once the second is told.
    revision: Mapped[int] = mapped_column(default=0)

    meeting: Mapped[Meeting] = relationship(back_populates="groups")
    facilitator: Mapped[User | None] = relationship()


class Registration(Base):
    """One sign-up; shares its key with its contribution. The name may be a nickname."""

    __tablename__ = "registration"
    __table_args__ = (Index("ix_registration_queue", "meeting_id", "status", "contribution_id"),)

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    needs: Mapped[str] = mapped_column(String(LONGEST_NEEDS), default="")
    status: Mapped[RegistrationStatus] = mapped_column(one_of(RegistrationStatus))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_group.id", ondelete="SET NULL"))

    contribution: Mapped[Contribution] = relationship()
    meeting: Mapped[Meeting] = relationship()
    group: Mapped[Group | None] = relationship()


class GroupNote(Base):
    """One thing that a group said, in the words of its facilitator; shares its key with its contribution, which
    holds the state and the group's name."""

    __tablename__ = "group_note"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    # The note stays when its group is removed after it was taken back.
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting_group.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    # Raised with each saving, so that of two who write at once the second is told.
    revision: Mapped[int] = mapped_column(default=0)

    contribution: Mapped[Contribution] = relationship()
    meeting: Mapped[Meeting] = relationship()
    group: Mapped[Group | None] = relationship()
