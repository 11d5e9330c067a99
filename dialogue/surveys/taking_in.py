"""Open answers go on to the themes: each gets an anchor when its survey is over, in an order that tells nothing.

Nothing ties an anchor to the person, to the other answers of the same sheet, or to when it was written
(docs/decisions/0011).
"""

import secrets
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Closed
from dialogue.base.i18n import lazy
from dialogue.base.tokens import new_code
from dialogue.dialogues import contributions
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    StatusChange,
)
from dialogue.surveys import queries, rules
from dialogue.surveys.disclosure import smallest_shown
from dialogue.surveys.models import Answer, Collector, OpenAnswer, Response, Survey, SurveyState
from dialogue.web.permissions import Actor, Permission


def take_in(session: Session, actor: Actor, survey: Survey) -> int:
    """Anchor the open answers of a survey that is over, so that they can be placed under themes; return how
    many. Those taken in before are left as they are, so two who do it at once do it once.

    Raises NotAllowed for whoever may not both read results and condense, Closed while answers come in.
    """
    scope = survey.dialogue.scope()
    actor.require(Permission.READ_RESULTS, scope)
    actor.require(Permission.CONDENSE, scope)
    if not rules.is_over(survey, clock.today()):
        raise Closed(lazy("Answers can be taken in when the survey is closed."))
    session.execute(select(Survey.id).where(Survey.id == survey.id).with_for_update())
    found = session.execute(
        select(Answer.id, Answer.question_id, Response.language, Collector.channel, Response.id)
        .join(Response, Response.id == Answer.response_id)
        .join(Collector, Collector.id == Response.collector_id)
        .where(queries.waits_outside(), Response.survey_id == survey.id)
    ).all()
    if not found:
        return 0
    fewest = smallest_shown(survey.is_sensitive)
    told_as = told_channels(((channel, sheet) for *_rest, channel, sheet in found), fewest)
    answers = [
        (key, question_id, language, told_as[channel])
        for key, question_id, language, channel, _sheet in found
    ]
    secrets.SystemRandom().shuffle(answers)
    _anchor(session, survey, answers)
    # One line for all of them: a line each would be a list of the answers in some order.
    contributions.note_change(
        session,
        survey.dialogue_id,
        ("survey", survey.id),
        ("", "answers_taken_in"),
        actor_id=actor.user_id,
        is_public=False,
    )
    audit.record(session, actor.user_id, "take in", "survey", survey.id, survey.dialogue_id)
    session.flush()
    contributions.raise_version(session, survey.dialogue_id)
    return len(answers)


def told_channels(sheets: Iterable[tuple[Channel, uuid.UUID]], fewest: int) -> Mapping[Channel, Channel]:
    """As what each channel is told, of pairs of a channel and a sheet that came by it: one by which fewer than
    ``fewest`` sheets came would point at them, so it is told as the one by which most came."""
    came: dict[Channel, set[uuid.UUID]] = defaultdict(set)
    for channel, sheet in sheets:
        came[channel].add(sheet)
    most = max(came, key=lambda channel: (len(came[channel]), channel.value))
    return {channel: channel if len(of_it) >= fewest else most for channel, of_it in came.items()}


def _anchor(session: Session, survey: Survey, answers: list[tuple[uuid.UUID, int, str, Channel]]) -> None:
    moment = clock.in_norway(datetime.combine(_closing_day(session, survey), time(12)))
    keys = session.scalars(
        insert(Contribution).returning(Contribution.id, sort_by_parameter_order=True),
        [
            {
                "code": new_code(),
                "dialogue_id": survey.dialogue_id,
                "kind": ContributionKind.ANSWER,
                "channel": channel,
                "label": "",
                "language": language,
                "state": ContributionState.PUBLISHED,
                "received_at": moment,
            }
            for _answer, _question, language, channel in answers
        ],
    ).all()
    session.execute(
        insert(OpenAnswer),
        [
            {"contribution_id": key, "question_id": question_id, "answer_id": answer_id}
            for key, (answer_id, question_id, *_told) in zip(keys, answers, strict=True)
        ],
    )


def _closing_day(session: Session, survey: Survey) -> date:
    """The day on which it closed, by hand or by its last day: the same for all, so it tells of none."""
    closed_at = session.scalar(
        select(func.max(StatusChange.at)).where(
            StatusChange.subject_kind == "survey",
            StatusChange.subject_id == survey.id,
            StatusChange.to_state == SurveyState.CLOSED.value,
        )
    )
    days = [clock.local(closed_at).date()] if closed_at and survey.state is SurveyState.CLOSED else []
    days += [survey.closes_on] if survey.closes_on else []
    return min(days, default=clock.today())
