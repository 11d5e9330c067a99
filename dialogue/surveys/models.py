"""Tables of surveys. Answers hold nothing that identifies: a random key and the day, no more."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.dialogues.models import Channel, Contribution, Dialogue

LONGEST_TITLE = 160
LONGEST_INTRO = 1200
LONGEST_QUESTION = 300
LONGEST_OPTION = 160
LONGEST_NAME = 80
LONGEST_SHORT_ANSWER = 200
LONGEST_LONG_ANSWER = 2000
MOST_OPTIONS = 30
MOST_QUESTIONS = 60
MOST_STEPS = 11
# What fits a column of whole numbers in every database.
LARGEST_NUMBER = 1_000_000


class QuestionKind(Labelled):
    """How a question is answered."""

    SINGLE = "single", lazy("One choice")
    SEVERAL = "several", lazy("Several choices")
    SCALE = "scale", lazy("Scale")
    NUMBER = "number", lazy("A number")
    SHORT_TEXT = "short_text", lazy("Short text")
    LONG_TEXT = "long_text", lazy("Long text")


class SurveyState(Labelled):
    """Whether it can be answered."""

    DRAFT = "draft", lazy("Draft")
    OPEN = "open", lazy("Open")
    CLOSED = "closed", lazy("Closed")


class Survey(Base):
    """A survey of a dialogue. Editing changes its questions; publishing freezes them as a version."""

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    state: Mapped[SurveyState] = mapped_column(one_of(SurveyState), default=SurveyState.DRAFT)
    title: Mapped[Translated]
    intro: Mapped[Translated]
    closes_on: Mapped[date | None]
    # Children or sensitive questions: counts below 10 instead of 5 are hidden.
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    results_public: Mapped[bool] = mapped_column(default=False)
    # Results that the public has seen must not change by a few answers, which the difference would tell.
    results_shown: Mapped[bool] = mapped_column(default=False)
    # What a reader of the results must know, such as that the answers are generated.
    note: Mapped[Translated] = mapped_column(default=Translated)

    dialogue: Mapped[Dialogue] = relationship()
    questions: Mapped[list["Question"]] = relationship(
        order_by="Question.position", cascade="all, delete-orphan"
    )
    versions: Mapped[list["SurveyVersion"]] = relationship(order_by="SurveyVersion.number")
    collectors: Mapped[list["Collector"]] = relationship(back_populates="survey", order_by="Collector.id")


class Question(Base):
    """A question in its editable form. A question that has been published is retired, not deleted."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(one_of(QuestionKind))
    text: Mapped[Translated]
    help: Mapped[Translated] = mapped_column(default=Translated)
    is_required: Mapped[bool] = mapped_column(default=False)
    # The ends of a scale or of the numbers allowed, and what the ends of a scale mean.
    lowest: Mapped[int | None]
    highest: Mapped[int | None]
    lowest_label: Mapped[Translated] = mapped_column(default=Translated)
    highest_label: Mapped[Translated] = mapped_column(default=Translated)
    is_retired: Mapped[bool] = mapped_column(default=False)

    options: Mapped[list["Option"]] = relationship(order_by="Option.position", cascade="all, delete-orphan")


class Option(Base):
    """One choice of a question."""

    __tablename__ = "question_option"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[Translated]
    is_retired: Mapped[bool] = mapped_column(default=False)


class SurveyVersion(Base):
    """The survey as it was published: ``form`` is its texts, questions and options, never changed again."""

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    published_at: Mapped[datetime]
    form: Mapped[dict[str, Any]] = mapped_column(JSON)


class Collector(Base):
    """One channel through which answers come, with a short link of its own."""

    __tablename__ = "collector"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    name: Mapped[Translated]
    # How what is given through it reached the dialogue.
    channel: Mapped[Channel] = mapped_column(one_of(Channel), default=Channel.WEB)
    is_open: Mapped[bool] = mapped_column(default=True)

    survey: Mapped[Survey] = relationship(back_populates="collectors")


class Response(Base):
    """One answered form. Its key is random, its time only the day."""

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_survey", "survey_id", "collector_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    collector_id: Mapped[int] = mapped_column(ForeignKey("collector.id"))
    language: Mapped[str] = mapped_column(String(8))
    day: Mapped[date]


class Answer(Base):
    """What a response says to one question; one row per choice where several can be made."""

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_counts", "question_id", "option_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=uuid.uuid4)
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    option_id: Mapped[int | None] = mapped_column(ForeignKey("question_option.id"))
    number: Mapped[int | None]
    text: Mapped[str | None] = mapped_column(Text)


class OpenAnswer(Base):
    """That an answer in words was taken in, so that it can be placed under a theme; shares its key with its
    contribution. ``answer_id`` is no foreign key: answers are written anew in random order, and one that is
    erased leaves its anchor and the counts."""

    __tablename__ = "open_answer"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    answer_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)

    contribution: Mapped[Contribution] = relationship()
    question: Mapped[Question] = relationship()
