"""Tables of the process, of what residents gave in it, and of its history."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base import text
from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.goals.models import Goal
from dialogue.people.models import User
from dialogue.places.models import Municipality, Organisation
from dialogue.residents.models import FollowCode
from dialogue.web.permissions import Scope


class DialogueState(Labelled):
    """Who sees the dialogue, and whether it is still at work."""

    DRAFT = "draft", lazy("Draft")
    PUBLISHED = "published", lazy("Published")
    CLOSED = "closed", lazy("Ended")


class PhaseKind(Labelled):
    """The steps of the round."""

    PLAN = "plan", lazy("Plan")
    INVITE = "invite", lazy("Invite")
    COLLECT = "collect", lazy("Collect")
    DECIDE = "decide", lazy("Decide")
    ACT = "act", lazy("Act")
    EVALUATE = "evaluate", lazy("Evaluate")
    CLOSED = "closed", lazy("Ended")


class Happening(Labelled):
    """What the history of a dialogue itself tells; stored as the state it came to."""

    DRAFT = "draft", lazy("Draft made")
    PUBLISHED = "published", lazy("Published")
    CLOSED = "closed", lazy("Ended")
    REOPENED = "reopened", lazy("Opened again")
    PROMISED = "promised", lazy("Answer promised")
    BASICS = "basics", lazy("Question and place changed")
    PLAN = "plan", lazy("Purpose and dates changed")
    FRAMEWORK = "framework", lazy("Privacy and contact changed")
    DUTY = "duty", lazy("Duty officer named")
    TEAM = "team", lazy("Team changed")
    CHECKLIST = "checklist", lazy("Checklist changed")


class Dialogue(Base):
    """One process: a question to the residents of an area, and everything until they have their answer."""

    __tablename__ = "dialogue"
    # The desk shows the first few of many by the day of the promised answer.
    __table_args__ = (Index("ix_dialogue_state_answer", "state", "answer_by", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    state: Mapped[DialogueState] = mapped_column(
        one_of(DialogueState), default=DialogueState.DRAFT, index=True
    )
    title: Mapped[Translated]
    question: Mapped[Translated]
    purpose: Mapped[Translated]
    area: Mapped[Translated]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    organiser_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    languages: Mapped[list[str]] = mapped_column(JSON)
    controller_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    privacy_notice: Mapped[Translated]
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    accessibility_url: Mapped[str] = mapped_column(String(300), default="")
    answer_by: Mapped[date | None]
    promised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    promised_at: Mapped[datetime | None]
    # Who is told at once of what a moderator holds because it tells of a danger or a crime, and alone reads it.
    duty_officer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    # A day that matters to those who gave something, such as the first of the summer holiday: what is decided
    # before it is told before it.
    tell_before: Mapped[date | None]
    tell_before_what: Mapped[Translated] = mapped_column(default=Translated)
    # What a reader must know about the case as a whole, such as that it is a finished example.
    note: Mapped[Translated] = mapped_column(default=Translated)
    playbook: Mapped[str] = mapped_column(String(40), default="")
    has_pupils: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    # When the steps of setting it up were walked through; until then the desk offers to go on with them,
    # and the playbook's parts are not made yet.
    set_up_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    # Raised by every operation that changes what the public sees; the page cache hangs on it.
    version: Mapped[int] = mapped_column(default=1)

    municipality: Mapped[Municipality] = relationship()
    organiser: Mapped[Organisation] = relationship(foreign_keys=[organiser_id])
    controller: Mapped[Organisation | None] = relationship(foreign_keys=[controller_id])
    promised_by: Mapped[User | None] = relationship(foreign_keys=[promised_by_id])
    duty_officer: Mapped[User | None] = relationship(foreign_keys=[duty_officer_id])
    phases: Mapped[list["Phase"]] = relationship(
        order_by="Phase.starts_on, Phase.id", cascade="all, delete-orphan"
    )
    team: Mapped[list["TeamMember"]] = relationship(order_by="TeamMember.id", cascade="all, delete-orphan")
    goals: Mapped[list[Goal]] = relationship(
        secondary="dialogue_goal", order_by="Goal.plan_id, Goal.position"
    )
    checklist: Mapped[list["ChecklistItem"]] = relationship(
        order_by="ChecklistItem.position", cascade="all, delete-orphan"
    )

    def scope(self) -> Scope:
        """Where the dialogue lies, for grants."""
        return Scope(
            dialogue_id=self.id,
            organisation_id=self.organiser_id,
            municipality_id=self.municipality_id,
            district_id=self.municipality.district_id,
        )

    @property
    def slug(self) -> str:
        """Words for the address; for looks only."""
        return text.slug(self.title.pick("nb").text)


class Phase(Base):
    """One step of the round with its dates, both included."""

    __tablename__ = "phase"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "kind"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    kind: Mapped[PhaseKind] = mapped_column(one_of(PhaseKind))
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class TeamMember(Base):
    """A part somebody plays in the dialogue, by role and organisation; the person behind it is optional
    and not public."""

    __tablename__ = "team_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    part: Mapped[Translated]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    organisation: Mapped[Organisation] = relationship()
    user: Mapped[User | None] = relationship()


class ChecklistItem(Base):
    """One thing the team should not forget."""

    __tablename__ = "checklist_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[Translated]
    phase: Mapped[PhaseKind] = mapped_column(one_of(PhaseKind))
    done_on: Mapped[date | None]


class DialogueGoal(Base):
    """That a dialogue serves a goal."""

    __tablename__ = "dialogue_goal"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"), primary_key=True, index=True)


class ContributionKind(Labelled):
    """What a resident can give that can be followed."""

    IDEA = "idea", lazy("Idea")
    REGISTRATION = "registration", lazy("Sign-up")
    NOTE = "note", lazy("Note from a group")
    ANSWER = "answer", lazy("Answer in a survey")
    HELP = "help", lazy("Help with an action")


class Channel(Labelled):
    """How something reached the dialogue."""

    WEB = "web", lazy("Web page")
    MEETING = "meeting", lazy("Meeting")
    SCHOOL = "school", lazy("School")
    PAPER = "paper", lazy("Paper")
    POSTER = "poster", lazy("Poster")


class ContributionState(Labelled):
    """Where something given stands. Returned means not published, with a reason told to the writer.

    What is held for the duty routine is read by the duty officer alone, and stands in no list, count, search or
    document; once it is handed over its content is blanked, and its anchor stays as that of what was withdrawn.
    """

    RECEIVED = "received", lazy("Received")
    PUBLISHED = "published", lazy("Published")
    RETURNED = "returned", lazy("Not published")
    WITHDRAWN = "withdrawn", lazy("Withdrawn")
    HELD = "held", lazy("Held for the duty routine")
    HANDED_OVER = "handed_over", lazy("Handed over by the duty officer")


# Of these only the anchor is left.
GONE = (ContributionState.WITHDRAWN, ContributionState.HANDED_OVER)
# Nobody but the duty officer reads, changes or takes back what is held or was handed over.
ON_DUTY = (ContributionState.HELD, ContributionState.HANDED_OVER)


class Contribution(Base):
    """The anchor of anything a resident gives that can be followed. An idea or a sign-up shares its key.

    Withdrawing blanks the content and keeps the anchor, so that the counts of the chain stay true.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        Index("ix_contribution_dialogue_kind_state", "dialogue_id", "kind", "state"),
        # What waits to be read is little among all of a country's.
        Index("ix_contribution_state_dialogue", "state", "dialogue_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    kind: Mapped[ContributionKind] = mapped_column(one_of(ContributionKind))
    channel: Mapped[Channel] = mapped_column(one_of(Channel))
    # Who speaks, never a person: "Klasse A", "Gruppe 4"; empty for a resident on their own.
    label: Mapped[str] = mapped_column(String(60), default="")
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[ContributionState] = mapped_column(one_of(ContributionState))
    follow_code_id: Mapped[int | None] = mapped_column(ForeignKey("follow_code.id"), index=True)
    received_at: Mapped[datetime]

    dialogue: Mapped[Dialogue] = relationship()
    follow_code: Mapped[FollowCode | None] = relationship()


class StatusChange(Base):
    """The history: append-only. The follow page and "you said – we did" are read from it.

    ``subject_kind`` is contribution, theme, hearing, decision, recommendation, action, meeting, help_slot,
    poster, body or dialogue. Those who gave something are told of public changes only.
    """

    __tablename__ = "status_change"
    __table_args__ = (Index("ix_status_change_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    from_state: Mapped[str] = mapped_column(String(24), default="")
    to_state: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    public_text: Mapped[Translated] = mapped_column(default=Translated)
    is_public: Mapped[bool] = mapped_column(default=True)
    internal_note: Mapped[str] = mapped_column(Text, default="")
