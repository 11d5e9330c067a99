"""Tables of actions. An action becomes public when its owner has said yes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from dialogue.base import clock
from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.dialogues.models import Dialogue
from dialogue.goals.models import Goal
from dialogue.people.models import User
from dialogue.places.models import Organisation

LONGEST_TITLE = 120
LONGEST_WHY = 600
LONGEST_ROLE = 80
LONGEST_REPLY = 600
LONGEST_UPDATE = 1500
LONGEST_PLACE = 120
LONGEST_WAIT = 200
LONGEST_MEASURE = 120
LONGEST_MEASURED = 60
LONGEST_SNOOZE = 300
LONGEST_PERSON = 80
LONGEST_GROUP = 80


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


# Something is still expected of somebody by the due date.
OPEN_STATES = (ActionState.PROPOSED, ActionState.NEW_DATE, ActionState.ACCEPTED, ActionState.UNDER_WAY)


class Action(Base):
    """What will be done, why, by which organisation and role, and by when.

    ``suggested_due_on`` is the date an owner offers instead, until the organiser has answered; ``reply`` is
    what they wrote with it or with a no. ``accepted_at`` says that the owner has said yes, and so that the
    action may be shown; ``is_internal`` keeps it from the public pages even then.
    """

    __tablename__ = "action"
    __table_args__ = (
        Index("ix_action_state_due", "state", "due_on"),
        Index("ix_action_state_listed", "state", "listed_on"),
        Index("ix_action_owner_state", "owner_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    title: Mapped[Translated]
    why: Mapped[Translated]
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    owner_role: Mapped[Translated] = mapped_column(default=Translated)
    # Since when this organisation is asked or owns it: what was said before among others is not for its eyes.
    owner_since: Mapped[datetime] = mapped_column(default=clock.now)
    # To whom the owner would hand it over, and why, until the organiser has answered.
    offered_to_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    offer_note: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(one_of(ActionState), default=ActionState.PROPOSED)
    is_internal: Mapped[bool] = mapped_column(default=False)
    # It follows from a decision that is not public yet, and is not shown before it.
    waits_for_decision: Mapped[bool] = mapped_column(default=False)
    suggested_due_on: Mapped[date | None] = mapped_column(index=True)
    reply: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[Translated] = mapped_column(default=Translated)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    # Raised with every change, so that of two who edit at once the second is told.
    revision: Mapped[int] = mapped_column(default=1)
    # The person behind the owner, who can hand over; never public. Without one the organisation's mailbox is
    # written to.
    person_name: Mapped[str] = mapped_column(String(80), default="")
    person_email: Mapped[str] = mapped_column(String(254), default="")
    person_weekly_mail: Mapped[bool] = mapped_column(default=True)
    # Since when mails about it go to that address.
    holder_since: Mapped[datetime] = mapped_column(default=clock.now)
    # The Monday of the week in whose list it was last mailed.
    listed_on: Mapped[date | None]
    # The first day on which reminders have to look at it, kept by them: None when nothing comes by itself any
    # more. Every change of an action that is open makes them look again.
    look_on: Mapped[date | None] = mapped_column(default=clock.today, index=True)
    place: Mapped[Translated] = mapped_column(default=Translated)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"), index=True)
    next_update_on: Mapped[date | None]
    waits_for: Mapped[Translated] = mapped_column(default=Translated)
    # What is measured, and what was found before and after.
    measure: Mapped[Translated] = mapped_column(default=Translated)
    measured_before: Mapped[str] = mapped_column(String(60), default="")
    measured_after: Mapped[str] = mapped_column(String(60), default="")
    # Besides what was done (``outcome``): what changed, and what was learned.
    changed: Mapped[Translated] = mapped_column(default=Translated)
    learned: Mapped[Translated] = mapped_column(default=Translated)
    # No reminders until this day, because.
    snoozed_until: Mapped[date | None]
    snooze_reason: Mapped[str] = mapped_column(String(300), default="")

    dialogue: Mapped[Dialogue] = relationship()
    owner: Mapped[Organisation] = relationship(foreign_keys=[owner_id])
    offered_to: Mapped[Organisation | None] = relationship(foreign_keys=[offered_to_id])
    asked_by: Mapped[User | None] = relationship()
    goal: Mapped[Goal | None] = relationship()
    updates: Mapped[list["Update"]] = relationship(
        order_by="Update.at, Update.id", cascade="all, delete-orphan"
    )
    contributors: Mapped[list["Contributor"]] = relationship(
        order_by="Contributor.id", cascade="all, delete-orphan"
    )
    attachments: Mapped[list["Attachment"]] = relationship(
        order_by="Attachment.id", cascade="all, delete-orphan"
    )


@event.listens_for(Action, "before_update")
def _look_again(_mapper: object, _connection: object, action: Action) -> None:
    action.look_on = clock.today() if action.state in OPEN_STATES else None
    # Written even where it was read as the same day: reminders may have put it off meanwhile.
    flag_modified(action, "look_on")


class Contributor(Base):
    """An organisation that contributes to an action without owning it."""

    __tablename__ = "action_contributor"
    __table_args__ = (UniqueConstraint("action_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)

    organisation: Mapped[Organisation] = relationship()


class Attachment(Base):
    """A file that belongs to an action; ``file`` is its address in the file store, ``size`` in bytes.

    ``organisation_id`` is the owner from whose side it came; without one it came from the team.
    """

    __tablename__ = "action_attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(80))
    file: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    is_public: Mapped[bool]
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))


class SavedView(Base):
    """A choice among actions that somebody of the staff keeps under a name; ``query`` is its address' query."""

    __tablename__ = "action_view"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(400))
    # Whether it is what the list of actions begins with; at most one of a person's is.
    opens_first: Mapped[bool] = mapped_column(default=False)


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
    UPDATE_LATE = "update_late", lazy("An update is expected")
    AWAKE = "awake", lazy("The pause is over")
    LEADER = "leader", lazy("Late, told to the leader")


class Reminder(Base):
    """That somebody has been reminded of this occasion, once for each day that it is counted from: ``due_on``
    is the due date, the day of the question, of the expected update or of the end of a pause."""

    __tablename__ = "action_reminder"
    __table_args__ = (UniqueConstraint("action_id", "kind", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"))
    kind: Mapped[ReminderKind] = mapped_column(one_of(ReminderKind))
    due_on: Mapped[date]
    sent_at: Mapped[datetime]
