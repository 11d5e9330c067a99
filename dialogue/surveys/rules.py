"""State questions about surveys; pure."""

from collections.abc import Sequence
from datetime import date

from dialogue.base.i18n import LANGUAGES, Lazy, Translated, lazy
from dialogue.dialogues import rules as dialogue_rules
from dialogue.surveys.models import Collector, Survey, SurveyState
from dialogue.surveys.questionnaire import CHOICES, Item, Questionnaire

# Those in which everything must be written before it is published.
REQUIRED_LANGUAGES = dialogue_rules.BOUND_LANGUAGES


def takes_answers(survey: Survey, day: date) -> bool:
    """Whether it can be answered on this day by whoever holds an open link."""
    return (
        survey.state is SurveyState.OPEN
        and dialogue_rules.takes_input(survey.dialogue)
        and (survey.closes_on is None or day <= survey.closes_on)
    )


def is_open(collector: Collector, day: date) -> bool:
    """Whether answers come in through this link on this day."""
    return collector.is_open and takes_answers(collector.survey, day)


def is_over(survey: Survey, day: date) -> bool:
    """Whether it is closed for good, or until somebody opens it again: by hand or by its last day."""
    if survey.state is SurveyState.DRAFT:
        return False
    return survey.state is SurveyState.CLOSED or (survey.closes_on is not None and survey.closes_on < day)


def results_are_public(survey: Survey, day: date) -> bool:
    """Whether anybody may see the results: never while answers come in, because two looks, one answer apart,
    would tell that answer."""
    return survey.results_public and is_over(survey, day)


def were_shown(survey: Survey, day: date) -> bool:
    """Whether the public has seen results, so that no answers may be added to them."""
    return survey.results_shown or results_are_public(survey, day)


def missing(form: Questionnaire, languages: Sequence[str] = REQUIRED_LANGUAGES) -> list[Lazy]:
    """What must be put right before the form is published; a sentence each."""
    found = _untranslated(lazy("The title"), form.title, languages)
    if form.intro:
        found += _untranslated(lazy("The introduction"), form.intro, languages)
    if not form.items:
        found.append(lazy("There is no question yet."))
    for place, item in enumerate(form.items, 1):
        found += _missing_in(item, lazy("Question %(place)s", place=place), languages)
    return found


def _missing_in(item: Item, name: Lazy, languages: Sequence[str]) -> list[Lazy]:
    found = _untranslated(name, item.text, languages)
    for extra in (item.help, item.lowest_label, item.highest_label):
        if extra:
            found += _untranslated(name, extra, languages)
    for choice in item.choices:
        found += _untranslated(name, choice.text, languages)
    if item.kind in CHOICES and len(item.choices) < 2:
        found.append(lazy("%(what)s needs at least two answers to choose between.", what=name))
    return list(dict.fromkeys(found))


def _untranslated(what: Lazy, text: Translated, languages: Sequence[str]) -> list[Lazy]:
    return [
        lazy("%(what)s is not written in %(language)s.", what=what, language=LANGUAGES.get(code, code))
        for code in text.missing(list(languages))
    ]
