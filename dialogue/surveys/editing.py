"""Editing the questions of a survey. What is published is not touched until the survey is published anew."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from dialogue.base.errors import Invalid
from dialogue.base.i18n import LANGUAGES, Translated, lazy
from dialogue.surveys.models import (
    LARGEST_NUMBER,
    LONGEST_OPTION,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_STEPS,
    Option,
    Question,
    QuestionKind,
    Survey,
)
from dialogue.surveys.operations import published_ids, require
from dialogue.surveys.questionnaire import CHOICES
from dialogue.web.permissions import Actor


@dataclass(frozen=True)
class Wording:
    """A question as it is written; what its kind does not use is left empty.

    ``choices`` are the answers to choose between, in order.
    """

    text: Translated
    help: Translated = field(default_factory=Translated)
    is_required: bool = False
    choices: tuple[Translated, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    lowest_label: Translated = field(default_factory=Translated)
    highest_label: Translated = field(default_factory=Translated)


def add_question(
    session: Session, actor: Actor, survey: Survey, kind: QuestionKind, wording: Wording
) -> Question:
    """Put a question at the end. Raises Invalid, naming the field, when its parts do not fit its kind."""
    require(actor, survey)
    return append(session, survey, kind, wording)


def append(session: Session, survey: Survey, kind: QuestionKind, wording: Wording) -> Question:
    """The same for a playbook, which has asked for the right already."""
    if len(survey.questions) >= MOST_QUESTIONS:
        raise Invalid(lazy("A survey can have %(max)s questions at most.", max=MOST_QUESTIONS))
    last = max((question.position for question in survey.questions), default=0)
    question = Question(kind=kind, position=last + 1, text=wording.text, is_retired=False, options=[])
    _write(question, wording)
    survey.questions.append(question)
    session.flush()
    return question


def change_question(
    session: Session, actor: Actor, survey: Survey, question: Question, wording: Wording
) -> None:
    """Word a question anew. Raises Invalid, naming the field, when its parts do not fit its kind.

    A choice stays the same, with the answers it got, while its text is unchanged in one of its languages;
    otherwise it is a new choice and the old one is retired.
    """
    require(actor, survey)
    _write(question, wording)
    session.flush()


def move_question(session: Session, actor: Actor, survey: Survey, question: Question, step: int) -> None:
    """Move a question up (-1) or down (1) among those that are asked; at the ends nothing happens."""
    require(actor, survey)
    asked = [other for other in survey.questions if not other.is_retired]
    if question not in asked:
        return
    place = asked.index(question)
    to = place + step
    if not 0 <= to < len(asked):
        return
    asked[place], asked[to] = asked[to], asked[place]
    for position, other in enumerate(asked, 1):
        other.position = position
    session.flush()


def remove_question(session: Session, actor: Actor, survey: Survey, question: Question) -> bool:
    """Ask a question no more; True when it is retired because it was published, and so can be brought back.

    One that was never published is deleted.
    """
    require(actor, survey)
    if question.id in published_ids(survey.versions):
        question.is_retired = True
    else:
        survey.questions.remove(question)
    session.flush()
    return question.is_retired


def restore_question(session: Session, actor: Actor, survey: Survey, question: Question) -> None:
    """Ask a retired question again, at the end."""
    require(actor, survey)
    question.is_retired = False
    question.position = max(other.position for other in survey.questions) + 1
    session.flush()


def choices_of(lines: Translated) -> tuple[Translated, ...]:
    """The choices written one on each line, the same ones in the same order in every language.

    Raises Invalid for the field ``options``.
    """
    by_language = {
        code: [line.strip() for line in text.splitlines() if line.strip()] for code, text in lines.texts
    }
    counts = {len(written) for written in by_language.values()}
    if len(counts) > 1:
        raise Invalid(lazy("Write as many answers in each language, in the same order."), "options")
    for written in by_language.values():
        if len(set(written)) < len(written):
            raise Invalid(lazy("The same answer stands here twice."), "options")
        if any(len(line) > LONGEST_OPTION for line in written):
            raise Invalid(
                lazy("An answer can have %(max)s characters at most.", max=LONGEST_OPTION), "options"
            )
    count = counts.pop() if counts else 0
    if not 2 <= count <= MOST_OPTIONS:
        raise Invalid(lazy("Write from 2 to %(max)s answers, one on each line.", max=MOST_OPTIONS), "options")
    return tuple(
        Translated({code: written[place] for code, written in by_language.items()}) for place in range(count)
    )


def lines_of(question: Question) -> Translated:
    """The choices of a question as they are edited, one on each line; languages that lack one are left out."""
    current = [option.text for option in question.options if not option.is_retired]
    complete = [code for code in LANGUAGES if current and all(text.get(code) for text in current)]
    return Translated({code: "\n".join(text.get(code) for text in current) for code in complete})


def _write(question: Question, wording: Wording) -> None:
    question.text, question.help = wording.text, wording.help
    question.is_required = wording.is_required
    if question.kind in CHOICES:
        _set_choices(question, wording.choices)
    elif question.kind in {QuestionKind.SCALE, QuestionKind.NUMBER}:
        _set_range(question, wording)


def _set_range(question: Question, wording: Wording) -> None:
    low, high = wording.lowest, wording.highest
    if low is None or high is None or abs(low) > LARGEST_NUMBER or abs(high) > LARGEST_NUMBER:
        raise Invalid(lazy("Give the lowest and the highest number, a million at most."), "highest")
    if low >= high:
        raise Invalid(lazy("The highest number must be above the lowest."), "highest")
    if question.kind is QuestionKind.SCALE and high - low + 1 > MOST_STEPS:
        raise Invalid(lazy("A scale can have %(max)s steps at most.", max=MOST_STEPS), "highest")
    question.lowest, question.highest = low, high
    question.lowest_label, question.highest_label = wording.lowest_label, wording.highest_label


def _set_choices(question: Question, choices: tuple[Translated, ...]) -> None:
    before = list(question.options)
    for position, text in enumerate(choices, 1):
        option = next((old for old in before if set(old.text.texts) & set(text.texts)), None)
        if option is None:
            question.options.append(Option(position=position, text=text, is_retired=False))
        else:
            before.remove(option)
            option.position, option.text, option.is_retired = position, text, False
    # Those left over may have been answered, so they are kept out of sight.
    for option in before:
        option.is_retired = True
