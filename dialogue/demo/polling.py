"""Surveys of the demo: made by the room's operations, answered in bulk by a seeded generator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from dialogue.base.tokens import new_token
from dialogue.demo.content import Ask, Way
from dialogue.demo.stage import Stage
from dialogue.dialogues.models import Dialogue
from dialogue.surveys import answering, editing, operations as surveys
from dialogue.surveys.answering import Cell
from dialogue.surveys.editing import Wording
from dialogue.surveys.models import Collector, Question, QuestionKind, Survey
from dialogue.surveys.operations import About

# Numbers and scales lean to the upper middle, as answers to such questions mostly do.
_SCALE_WEIGHTS = (0.06, 0.12, 0.27, 0.34, 0.21)


@dataclass(frozen=True)
class Poll:
    """A survey as it was held: its questions with their keys, and one collector for each channel."""

    survey: Survey
    questions: dict[str, tuple[Ask, Question]]
    collectors: Sequence[Collector]


def hold(stage: Stage, dialogue: Dialogue, about: About, asks: Sequence[Ask], ways: Sequence[Way]) -> Poll:
    """Write and publish a survey with its channels. The caller sets the clock."""
    session, actor = stage.session, stage.organiser
    survey = surveys.create(session, actor, dialogue, about, key=new_token())
    questions = {}
    for ask in asks:
        wording = Wording(
            ask.text,
            ask.help,
            ask.required,
            tuple(choice.text for choice in ask.choices),
            ask.lowest,
            ask.highest,
            ask.lowest_label,
            ask.highest_label,
        )
        questions[ask.key] = (ask, editing.add_question(session, actor, survey, ask.kind, wording))
    surveys.publish(session, actor, survey)
    # The survey begins with a link for the dialogue's own page, which is the first channel.
    first, *others = ways
    surveys.change_collector(session, actor, survey.collectors[0], first.name, first.channel)
    collectors = [
        survey.collectors[0],
        *(surveys.add_collector(session, actor, survey, way.name, way.channel) for way in others),
    ]
    return Poll(survey, questions, collectors)


def fill(
    poll: Poll, random: Random, number: int, exact: dict[str, Sequence[int]], remarks: Sequence[str] = ()
) -> list[list[Cell]]:
    """So many answered forms. ``exact`` gives, for a question of one choice, how many chose each option."""
    columns: dict[str, list[int]] = {}
    for key, counts in exact.items():
        chosen = [place for place, times in enumerate(counts) for _ in range(times)]
        random.shuffle(chosen)
        columns[key] = chosen
    forms = []
    for place in range(number):
        cells: list[Cell] = []
        for key, (ask, question) in poll.questions.items():
            if key in columns:
                cells.append(Cell(question.id, option_id=question.options[columns[key][place]].id))
            elif ask.kind is QuestionKind.LONG_TEXT:
                if place < len(remarks):
                    cells.append(Cell(question.id, text=remarks[place]))
            else:
                cells += _drawn(ask, question, random)
        forms.append(cells)
    random.shuffle(forms)
    return forms


def store(
    stage: Stage,
    poll: Poll,
    random: Random,
    forms: Sequence[list[Cell]],
    weights: Sequence[float],
    days: Sequence[date],
) -> None:
    """Store the forms, spread over channels and days."""
    collector_of = random.choices(range(len(poll.collectors)), weights, k=len(forms))
    day_of = random.choices(range(len(days)), k=len(forms))
    piles: dict[tuple[int, int], list[list[Cell]]] = {}
    for form, collector, day in zip(forms, collector_of, day_of, strict=True):
        piles.setdefault((collector, day), []).append(form)
    version_id = poll.survey.versions[-1].id
    for (collector, day), pile in sorted(piles.items()):
        answering.store(stage.session, poll.collectors[collector], version_id, "nb", days[day], pile)


def _drawn(ask: Ask, question: Question, random: Random) -> list[Cell]:
    if ask.kind is QuestionKind.SINGLE:
        place = random.choices(range(len(ask.choices)), [choice.weight for choice in ask.choices])[0]
        return [Cell(question.id, option_id=question.options[place].id)]
    if ask.kind is QuestionKind.SEVERAL:
        ticked = [
            option
            for option, choice in zip(question.options, ask.choices, strict=True)
            if random.random() < choice.weight
        ]
        return [Cell(question.id, option_id=option.id) for option in ticked]
    if ask.kind is QuestionKind.SCALE:
        return [Cell(question.id, number=random.choices(range(1, 6), _SCALE_WEIGHTS)[0])]
    return [Cell(question.id, number=random.choice((5, 7, 10, 10, 12, 15, 15, 20, 25, 40)))]
