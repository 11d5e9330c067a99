"""Tables of the chain. Its links are rows that are placed and removed, never a foreign-key column, so that
what belongs together can be regrouped and decided anew without losing what was."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from dialogue.actions.models import Action
from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.goals.models import Goal
from dialogue.people.models import User
from dialogue.places.models import Organisation


class Theme(Base):
    """Contributions that belong together, in the words of the brief: what people say, what we propose, who."""

    __tablename__ = "theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    position: Mapped[int]
    title: Mapped[Translated]
    what_people_say: Mapped[Translated] = mapped_column(default=Translated)
    what_we_propose: Mapped[Translated] = mapped_column(default=Translated)
    who: Mapped[Translated] = mapped_column(default=Translated)
    # For the annex of the brief: what is already going on, what a few see otherwise, what can be chosen between,
    # and what nobody knows yet.
    going_on: Mapped[Translated] = mapped_column(default=Translated)
    minority: Mapped[Translated] = mapped_column(default=Translated)
    options: Mapped[Translated] = mapped_column(default=Translated)
    open_questions: Mapped[Translated] = mapped_column(default=Translated)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    dialogue: Mapped[Dialogue] = relationship()
    goal: Mapped[Goal | None] = relationship()


class DecisionOutcome(Labelled):
    """What a body decided about a theme. "Not taken forward" is said as openly as "taken up"."""

    TAKE_UP = "take_up", lazy("Taken up")
    RESIDENTS = "residents", lazy("Residents do it themselves")
    PASS_ON = "pass_on", lazy("Passed on")
    NOT_NOW = "not_now", lazy("Not now")
    NOT_FORWARD = "not_forward", lazy("Not taken forward")


class DecisionReason(Labelled):
    """The coded reason, the same list for all, so that answers can be compared."""

    WANTED = "wanted", lazy("Many want it and it can be done")
    OTHERS_TASK = "others_task", lazy("It is somebody else's task")
    LAW = "law", lazy("The law or privacy stands against it")
    MONEY = "money", lazy("There is no money for it now")
    ALREADY = "already", lazy("It is already being done")
    KNOWLEDGE = "knowledge", lazy("We need to know more")
    SAFETY = "safety", lazy("It would not be safe")
    OTHER = "other", lazy("Another reason")


class PassState(Labelled):
    """What the organisation that something was passed on to has said of it."""

    ASKED = "asked", lazy("Asked, no answer yet")
    CONFIRMED = "confirmed", lazy("Confirmed")
    REFUSED = "refused", lazy("Says it is not theirs")


class BodyPower(Labelled):
    """What a body can do: a police council discusses and recommends, it decides for nobody."""

    DECIDES = "decides", lazy("Decided")
    RECOMMENDS = "recommends", lazy("Recommended")
    DISCUSSES = "discusses", lazy("Discussed")


class Body(Base):
    """A body that hears about a dialogue and decides, recommends or discusses: a steering meeting, a police
    council, a municipality's meeting on childhood and youth. Its organisation is whose decision it is."""

    __tablename__ = "body"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[Translated]
    power: Mapped[BodyPower] = mapped_column(one_of(BodyPower))
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    dialogue: Mapped[Dialogue] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Hearing(Base):
    """That a body has talked about a theme on a day; the follow page tells it as a step of its own."""

    __tablename__ = "hearing"
    __table_args__ = (UniqueConstraint("theme_id", "body_id", "heard_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    heard_on: Mapped[date]
    # What residents may know of it.
    said: Mapped[Translated] = mapped_column(default=Translated)

    theme: Mapped[Theme] = relationship()
    body: Mapped[Body] = relationship()


class Decision(Base):
    """What a body decided about a theme, on a date, with a coded reason and an explanation for everybody.

    It is public from ``released_at``: at once, at a set time (``public_from``), or together with the others of
    its dialogue that wait (``is_held``).
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    outcome: Mapped[DecisionOutcome] = mapped_column(one_of(DecisionOutcome))
    reason: Mapped[DecisionReason] = mapped_column(one_of(DecisionReason))
    explanation: Mapped[Translated]
    decided_on: Mapped[date]
    public_from: Mapped[datetime | None]
    is_held: Mapped[bool] = mapped_column(default=False)
    released_at: Mapped[datetime | None] = mapped_column(index=True)
    # Whom it was passed on to, what they said of it, and whether they were reminded.
    passed_to_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    pass_state: Mapped[PassState | None] = mapped_column(one_of(PassState))
    pass_reply: Mapped[str] = mapped_column(String(600), default="")
    pass_asked_at: Mapped[datetime | None]
    pass_reminded_at: Mapped[datetime | None]
    pass_answered_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]

    dialogue: Mapped[Dialogue] = relationship()
    body: Mapped[Body] = relationship()
    passed_to: Mapped[Organisation | None] = relationship()
    by: Mapped[User | None] = relationship()


class _Link:
    """What every link of the chain tells: when it was placed, by whom, and when it was removed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    placed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    @declared_attr
    def by_id(cls) -> Mapped[int | None]:
        """Who placed it."""
        return mapped_column(ForeignKey("user_account.id"))


class ThemeContribution(_Link, Base):
    """That a contribution belongs to a theme."""

    __tablename__ = "theme_contribution"
    __table_args__ = (
        Index("ix_theme_contribution_theme", "theme_id", "removed_at"),
        # Something lies in one theme at a time, however many place it at the same moment.
        Index(
            "uq_theme_contribution_present",
            "contribution_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    # It says something else than most in the theme, and is shown so that it is not drowned.
    is_minority: Mapped[bool] = mapped_column(default=False)

    theme: Mapped[Theme] = relationship()
    contribution: Mapped[Contribution] = relationship()


class LeftOut(_Link, Base):
    """That a contribution belongs to no theme, and why: a greeting, something off the question. It is listed,
    and taken in again when ``removed_at`` is set."""

    __tablename__ = "left_out"
    __table_args__ = (
        Index(
            "uq_left_out_present",
            "contribution_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    reason: Mapped[str] = mapped_column(String(200))

    contribution: Mapped[Contribution] = relationship()


class Regrouped(Labelled):
    """What was done to what lies in themes."""

    PLACED = "placed", lazy("Placed")
    TAKEN_OUT = "taken_out", lazy("Taken out")
    MERGED = "merged", lazy("Merged")
    SPLIT = "split", lazy("Split")


class Regrouping(Base):
    """One step of regrouping, so that it can be undone: ``links`` names the rows that it removed and placed, by
    table (see ``regrouping``)."""

    __tablename__ = "regrouping"
    __table_args__ = (Index("ix_regrouping_last", "dialogue_id", "by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    what: Mapped[Regrouped] = mapped_column(one_of(Regrouped))
    # The theme it came to; of what was taken out, the one that it came from.
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    count: Mapped[int]
    links: Mapped[dict[str, list[int]]] = mapped_column(JSON, deferred=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    dialogue: Mapped[Dialogue] = relationship()
    theme: Mapped[Theme] = relationship()


class ThemeDecision(_Link, Base):
    """That a decision is about a theme."""

    __tablename__ = "theme_decision"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)

    theme: Mapped[Theme] = relationship()
    decision: Mapped[Decision] = relationship()


class DecisionAction(_Link, Base):
    """That an action follows from a decision."""

    __tablename__ = "decision_action"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)

    decision: Mapped[Decision] = relationship()
    action: Mapped[Action] = relationship()


class Told(Base):
    """That those who gave a contribution have been told of a change; once each."""

    __tablename__ = "told"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    status_change_id: Mapped[int] = mapped_column(ForeignKey("status_change.id"), primary_key=True)
    at: Mapped[datetime]


class Help(Labelled):
    """What residents say of an action that is done: whether it helped."""

    YES = "yes", lazy("Yes")
    PARTLY = "partly", lazy("Partly")
    NO = "no", lazy("No")
    NOT_NOTICED = "not_noticed", lazy("Have not noticed")


class Helped(Base):
    """What somebody answered when they were asked whether an action helped; once each, as it stands now.

    Who it was is known only by an HMAC that differs for each action. Nothing tells the order or the time of the
    answers finer than the day. ``word`` is shown when somebody of the team has read it and chosen so.
    """

    __tablename__ = "helped"
    __table_args__ = (
        Index(
            "ix_helped_unread",
            "action_id",
            sqlite_where=text("word <> '' AND is_read = 0"),
            postgresql_where=text("word <> '' AND NOT is_read"),
        ),
        # No row number either, since that would tell the order.
        {"sqlite_with_rowid": False},
    )

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), primary_key=True)
    voter_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    code: Mapped[Code]
    answer: Mapped[Help] = mapped_column(one_of(Help))
    word: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(8))
    is_read: Mapped[bool] = mapped_column(default=False)
    is_shown: Mapped[bool] = mapped_column(default=False)
    day: Mapped[date]

    action: Mapped[Action] = relationship()


class GroupCode(Base):
    """The follow code that a class or a group shares: it opens everything given in a dialogue under a label."""

    __tablename__ = "group_code"
    __table_args__ = (UniqueConstraint("dialogue_id", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    label: Mapped[str] = mapped_column(String(60))
    follow_code_id: Mapped[int] = mapped_column(ForeignKey("follow_code.id"), unique=True)

    dialogue: Mapped[Dialogue] = relationship()
