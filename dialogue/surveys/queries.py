"""Reads of surveys with their loading plans."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base import paging
from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, Dialogue, DialogueState, Phase, PhaseKind
from dialogue.dialogues.queries import reached_by
from dialogue.places.models import Municipality
from dialogue.surveys.models import (
    Answer,
    Collector,
    OpenAnswer,
    Question,
    Response,
    Survey,
    SurveyState,
    SurveyVersion,
)
from dialogue.web.permissions import Actor, Permission
from dialogue.web.sources import SourceText

TEXTS_ON_A_PAGE = 50


@dataclass(frozen=True)
class TextPage:
    """One page of what was written to a question, in an order that tells nothing."""

    texts: Sequence[tuple[str, str]]
    number: int
    pages: int
    total: int


def collector_version(session: Session, code: str) -> Hashable | None:
    """What a collector's page hangs on; None for one that nobody may see."""
    return version_of(session, _COLLECTOR_VERSION, code=code)


def survey_version(session: Session, code: str) -> Hashable | None:
    """What a survey's public results hang on; None for one that nobody may see."""
    return version_of(
        session,
        select(Dialogue.id, Dialogue.version)
        .join(Survey, Survey.dialogue_id == Dialogue.id)
        .where(Survey.code == code, *_PUBLIC),
    )


def public_collector(session: Session, code: str) -> Collector:
    """A published survey's collector, with survey and dialogue. Raises NotFound."""
    found = session.scalars(
        select(Collector)
        .join(Collector.survey)
        .join(Survey.dialogue)
        .where(Collector.code == code, *_PUBLIC)
        .options(
            joinedload(Collector.survey).joinedload(Survey.dialogue).joinedload(Dialogue.organiser),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def public_survey(session: Session, code: str) -> Survey:
    """A published survey with dialogue, versions and collectors. Raises NotFound."""
    found = session.scalars(
        _with_versions(select(Survey)).join(Survey.dialogue).where(Survey.code == code, *_PUBLIC)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def last_versions(session: Session, survey_id: int) -> Sequence[SurveyVersion]:
    """The published form and the one before it, the newest first."""
    return session.scalars(
        select(SurveyVersion)
        .where(SurveyVersion.survey_id == survey_id)
        .order_by(SurveyVersion.number.desc())
        .limit(2)
    ).all()


def for_desk(
    session: Session, actor: Actor, code: str, permission: Permission = Permission.MANAGE_SURVEYS
) -> Survey:
    """A survey for somebody of the dialogue's team, with all its parts. Raises NotFound for one they may not
    know of, NotAllowed when they may see it but not do this."""
    survey = session.scalars(
        _with_versions(select(Survey))
        .join(Survey.dialogue)
        .where(Survey.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, permission))
        .options(selectinload(Survey.questions).selectinload(Question.options))
    ).one_or_none()
    if survey is None:
        raise NotFound
    actor.require(permission, survey.dialogue.scope())
    return survey


def collector_for_desk(session: Session, actor: Actor, code: str) -> Collector:
    """A collector for somebody who manages its survey. Raises NotFound or NotAllowed."""
    collector = session.scalars(
        select(Collector)
        .join(Collector.survey)
        .join(Survey.dialogue)
        .where(Collector.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, Permission.MANAGE_SURVEYS))
        .options(
            joinedload(Collector.survey).joinedload(Survey.dialogue).joinedload(Dialogue.municipality),
            joinedload(Collector.survey).joinedload(Survey.dialogue).joinedload(Dialogue.organiser),
        )
    ).one_or_none()
    if collector is None:
        raise NotFound
    actor.require(Permission.MANAGE_SURVEYS, collector.survey.dialogue.scope())
    return collector


def question_of(survey: Survey, question_id: int) -> Question:
    """One of a survey's questions. Raises NotFound."""
    for question in survey.questions:
        if question.id == question_id:
            return question
    raise NotFound


def of_dialogue(session: Session, dialogue_id: int) -> Sequence[Survey]:
    """A dialogue's surveys in the order they were made, with their collectors."""
    return session.scalars(
        select(Survey)
        .where(Survey.dialogue_id == dialogue_id)
        .options(selectinload(Survey.collectors))
        .order_by(Survey.id)
    ).all()


def forgotten_drafts(session: Session, actor: Actor, day: object) -> Sequence[Survey]:
    """Drafts in published dialogues that are collecting on this day, for those who manage them."""
    return session.scalars(
        select(Survey)
        .join(Survey.dialogue)
        .join(Phase, Phase.dialogue_id == Dialogue.id)
        .where(
            Survey.state == SurveyState.DRAFT,
            Dialogue.state == DialogueState.PUBLISHED,
            Phase.kind == PhaseKind.COLLECT,
            Phase.starts_on <= day,
            Phase.ends_on >= day,
            reached_by(actor, Permission.MANAGE_SURVEYS),
        )
        .options(joinedload(Survey.dialogue))
        .order_by(Survey.id)
    ).all()


def answers_by_collector(session: Session, survey_id: int) -> dict[int, int]:
    """How many answers came through each collector; those without any are left out."""
    rows = session.execute(
        select(Response.collector_id, func.count())
        .where(Response.survey_id == survey_id)
        .group_by(Response.collector_id)
    )
    return {row[0]: row[1] for row in rows}


def texts_of(session: Session, question_id: int, number: int) -> TextPage:
    """One page of what was written to a question, as (text, language); pages count from 1.

    The order is that of the answers' random keys, so it says nothing of when or beside what they were written.
    """
    written = [Answer.question_id == question_id, Answer.text.is_not(None)]
    total = session.scalar(select(func.count()).select_from(Answer).where(*written)) or 0
    number, pages, offset = paging.place(number, total, TEXTS_ON_A_PAGE)
    rows = session.execute(
        select(Answer.text, Response.language)
        .join(Response, Response.id == Answer.response_id)
        .where(*written)
        .order_by(Answer.id)
        .limit(TEXTS_ON_A_PAGE)
        .offset(offset)
    ).all()
    return TextPage([(text or "", language) for text, language in rows], number, pages, total)


def source_texts(session: Session, ids: Collection[int]) -> dict[int, SourceText]:
    """The words of open answers by their contribution's id; empty for one that has been erased."""
    rows = session.execute(
        select(OpenAnswer.contribution_id, Answer.text, Question.text)
        .join(OpenAnswer.question)
        .outerjoin(Answer, Answer.id == OpenAnswer.answer_id)
        .where(OpenAnswer.contribution_id.in_(ids))
    )
    return {key: SourceText(text or "", where=str(question)) for key, text, question in rows}


def holds_words(words: str) -> ColumnElement[bool]:
    """The condition on Contribution that it is an open answer with these words."""
    said = select(Answer.text).where(
        OpenAnswer.contribution_id == Contribution.id, Answer.id == OpenAnswer.answer_id
    )
    return contributions.says(said, words)


def waits_outside() -> ColumnElement[bool]:
    """The condition on Answer that it says something in words and has not been taken in."""
    return and_(func.trim(Answer.text) != "", ~exists().where(OpenAnswer.answer_id == Answer.id))


def outside(session: Session, survey_ids: Iterable[int]) -> dict[int, int]:
    """How many open answers of each survey have not been taken in; those without any are left out."""
    rows = session.execute(
        select(Response.survey_id, func.count())
        .join(Answer, Answer.response_id == Response.id)
        .where(Response.survey_id.in_(list(survey_ids)), waits_outside())
        .group_by(Response.survey_id)
    )
    return dict(rows.all())


_PUBLIC = (Dialogue.state != DialogueState.DRAFT, Survey.state != SurveyState.DRAFT)
_COLLECTOR_VERSION = (
    select(Dialogue.id, Dialogue.version)
    .join(Survey, Survey.dialogue_id == Dialogue.id)
    .join(Collector, Collector.survey_id == Survey.id)
    .where(Collector.code == bindparam("code"), *_PUBLIC)
)


def _with_versions(statement: Select[Survey]) -> Select[Survey]:
    dialogue = joinedload(Survey.dialogue)
    return statement.options(
        dialogue.joinedload(Dialogue.municipality).joinedload(Municipality.district),
        dialogue.joinedload(Dialogue.organiser),
        selectinload(Survey.versions),
        selectinload(Survey.collectors),
    )
