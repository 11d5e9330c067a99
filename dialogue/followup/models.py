"""Tables of the chain. Its links are rows that are placed and removed, never a foreign-key column, so that
what belongs together can be regrouped and decided anew without losing what was."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from dialogue.actions.models import Action
from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.dialogues.models import Contribution, Dialogue
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
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    dialogue: Mapped[Dialogue] = relationship()


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


class BodyPower(Labelled):
    """What a body can do: a police council discusses and recommends, it decides for nobody."""

    DECIDES = "decides", lazy("Decided")
    RECOMMENDS = "recommends", lazy("Recommended")


class Decision(Base):
    """What a body decided about a theme, on a date, with a coded reason and an explanation for everybody."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    outcome: Mapped[DecisionOutcome] = mapped_column(one_of(DecisionOutcome))
    reason: Mapped[DecisionReason] = mapped_column(one_of(DecisionReason))
    explanation: Mapped[Translated]
    body: Mapped[Translated]
    power: Mapped[BodyPower] = mapped_column(one_of(BodyPower), default=BodyPower.DECIDES)
    decided_on: Mapped[date]
    passed_to_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    created_at: Mapped[datetime]

    dialogue: Mapped[Dialogue] = relationship()
    passed_to: Mapped[Organisation | None] = relationship()


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

    theme: Mapped[Theme] = relationship()
    contribution: Mapped[Contribution] = relationship()


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


class Brief(Base):
    """A version of the one-page decision brief, frozen as it was sent: its content and its PDF's address."""

    __tablename__ = "brief"
    __table_args__ = (UniqueConstraint("dialogue_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    sent_to: Mapped[str] = mapped_column(String(160))
    frozen_at: Mapped[datetime]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    pdf: Mapped[str] = mapped_column(String(64))

    dialogue: Mapped[Dialogue] = relationship()


class Told(Base):
    """That those who gave a contribution have been told of a change; once each."""

    __tablename__ = "told"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    status_change_id: Mapped[int] = mapped_column(ForeignKey("status_change.id"), primary_key=True)
    at: Mapped[datetime]
