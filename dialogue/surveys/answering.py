"""Answering: what may be answered to a question, and how a response is stored so that it points at nobody."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from dialogue.base import clock, tokens
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import lazy
from dialogue.residents import operations as residents
from dialogue.surveys import rules
from dialogue.surveys.models import (
    LONGEST_LONG_ANSWER,
    LONGEST_SHORT_ANSWER,
    Answer,
    Collector,
    QuestionKind,
    Response,
    SurveyVersion,
)
from dialogue.surveys.questionnaire import CHOICES, TEXTS, Item, Questionnaire, thaw

# What was sent: question id -> the values of its field, none when it was left open.
Sent = Mapping[int, Sequence[str]]


@dataclass(frozen=True)
class Cell:
    """One row of an answer: the option chosen, the number, or the text."""

    question_id: int
    option_id: int | None = None
    number: int | None = None
    text: str | None = None


def longest_text(kind: QuestionKind) -> int | None:
    """How many characters an answer of this kind may have; None where nothing is written freely."""
    return {QuestionKind.SHORT_TEXT: LONGEST_SHORT_ANSWER, QuestionKind.LONG_TEXT: LONGEST_LONG_ANSWER}.get(
        kind
    )


def read(item: Item, values: Sequence[str]) -> list[Cell]:
    """What was answered to one question; empty when it was left open. Raises Invalid, in plain words."""
    given = list(dict.fromkeys(value for value in values if value))
    if not given:
        if item.is_required:
            raise Invalid(lazy("Answer this question."))
        return []
    if item.kind is QuestionKind.SEVERAL:
        return [_chosen(item, value) for value in given]
    if item.kind in CHOICES:
        return [_chosen(item, given[0])]
    if item.kind in TEXTS:
        longest = longest_text(item.kind) or 0
        if len(given[0]) > longest:
            raise Invalid(lazy("Write at most %(max)s characters.", max=longest))
        return [Cell(item.id, text=given[0])]
    return [Cell(item.id, number=_number(item, given[0]))]


def _chosen(item: Item, value: str) -> Cell:
    for choice in item.choices:
        if value == str(choice.id):
            return Cell(item.id, option_id=choice.id)
    raise Invalid(lazy("Choose one of the answers in the list."))


def _number(item: Item, value: str) -> int:
    # A dozen digits are enough for anybody; more would only be work for the machine.
    plain = value.replace(" ", "").replace("\u00a0", "")
    digits = plain.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= 12:
        number = int(plain)
        if (item.lowest is None or number >= item.lowest) and (
            item.highest is None or number <= item.highest
        ):
            return number
    raise Invalid(lazy("Give a whole number from %(low)s to %(high)s.", low=item.lowest, high=item.highest))


def read_all(form: Questionnaire, sent: Sent) -> list[Cell]:
    """What was answered to the whole form; what the form does not ask is left aside. Raises Invalid."""
    cells = [cell for item in form.items for cell in read(item, sent.get(item.id, ()))]
    if not cells:
        raise Invalid(lazy("You have not answered anything yet. Answer at least one question."))
    return cells


def answer(
    session: Session,
    collector: Collector,
    version: SurveyVersion,
    sent: Sent,
    language: str,
    submission_key: str,
) -> bool:
    """Store a response to a version of the survey; False when the same was sent from the same page before.

    Raises Closed when no answers come in through this link now, Invalid when an answer is not possible.
    """
    if not rules.is_open(collector, clock.today()):
        raise Closed(
            lazy(
                "The survey has closed, so we could not take your answers. They still stand here for you to copy."
            )
        )
    cells = read_all(thaw(version.form), sent)
    content = json.dumps(
        [version.id, collector.id, [(c.question_id, c.option_id, c.number, c.text) for c in cells]]
    )
    # Without a key of its page a form cannot be told from another's that says the same.
    if not residents.first_time(session, submission_key or tokens.new_token(), content):
        return False
    store(session, collector, version.id, language, clock.today(), [cells])
    return True


def store(
    session: Session,
    collector: Collector,
    version_id: int,
    language: str,
    day: date,
    sheets: Sequence[Sequence[Cell]],
) -> None:
    """Write responses, each a list of cells. Nothing else is written: no history, audit, mail or event, and
    no time but the day. The keys are random."""
    responses = []
    answers = []
    for cells in sheets:
        key = uuid.uuid4()
        responses.append(
            {
                "id": key,
                "survey_id": collector.survey_id,
                "version_id": version_id,
                "collector_id": collector.id,
                "language": language,
                "day": day,
            }
        )
        answers += [{"id": uuid.uuid4(), "response_id": key, **cell.__dict__} for cell in cells]
    session.execute(insert(Response), responses)
    session.execute(insert(Answer), answers)
