"""Tables of actions. An action becomes public when its owner has said yes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.dialogues.models import Dialogue
from dialogue.people.models import User
from dialogue.places.models import Organisation

LONGEST_TITLE = 120
LONGEST_WHY = 600
LONGEST_ROLE = 80
LONGEST_REPLY = 600
LONGEST_UPDATE = 1500


class ActionState(Labelled):
    """Where an action stands, from the question to its owner to what came of it."""

    PROPOSED = "proposed", lazy("Asked")
    NEW_DATE = "new_date", lazy("Another date suggested")
    DECLINED = "declined", lazy("The owner said no")
    ACCEPTED = "accepted", lazy("Accepted")
    UNDER_WAY = "under_way", lazy("Under way")
    DONE = "done", lazy("Done")
    PARTLY_DONE = "partly_done", lazy("Partly done")
    STOPPED = "stopped", lazy("Stopped")


class Action(Base):
    """What will be done, why, by which organisation and role, and by when.

    ``suggested_due_on`` is the date an owner offers instead, until the organiser has answered; ``reply`` is
    what they wrote with it or with a no. ``accepted_at`` says that the owner has said yes, and so that the
    action may be shown; ``is_internal`` keeps it from the public pages even then.
    """

    __tablename__ = "action"
    __table_args__ = (Index("ix_action_state_due", "state", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    title: Mapped[Translated]
    why: Mapped[Translated]
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    owner_role: Mapped[Translated] = mapped_column(default=Translated)
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(one_of(ActionState), default=ActionState.PROPOSED)
    is_internal: Mapped[bool] = mapped_column(default=False)
    suggested_due_on: Mapped[date | None]
    reply: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[Translated] = mapped_column(default=Translated)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    # Raised with every change, so that of two who edit at once the second is told.
    revision: Mapped[int] = mapped_column(default=1)

    dialogue: Mapped[Dialogue] = relationship()
    owner: Mapped[Organisation] = relationship()
    asked_by: Mapped[User | None] = relationship()
    updates: Mapped[list["Update"]] = relationship(
        order_by="Update.at, Update.id", cascade="all, delete-orphan"
    )


class Update(Base):
    """What happened with an action; internal ones are for the team and the owner only."""

    __tablename__ = "action_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    text: Mapped[Translated]
    is_public: Mapped[bool]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ReminderKind(Labelled):
    """On which occasion an owner is reminded."""

    UNANSWERED = "unanswered", lazy("No answer yet")
    BEFORE = "before", lazy("Due soon")
    ON_DUE = "on_due", lazy("Due today")
    LATE = "late", lazy("Late")


class Reminder(Base):
    """That an owner has been reminded of this occasion for this due date; once each."""

    __tablename__ = "action_reminder"
    __table_args__ = (UniqueConstraint("action_id", "kind", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"))
    kind: Mapped[ReminderKind] = mapped_column(one_of(ReminderKind))
    due_on: Mapped[date]
    sent_at: Mapped[datetime]
