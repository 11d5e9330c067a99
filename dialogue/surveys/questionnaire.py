"""A survey's form as it is published: plain values that are frozen as JSON and read back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dialogue.base.i18n import Translated
from dialogue.surveys.models import Question, QuestionKind, Survey

CHOICES = frozenset({QuestionKind.SINGLE, QuestionKind.SEVERAL})
TEXTS = frozenset({QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT})


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen; ``id`` is the option's, the same in every version."""

    id: int
    text: Translated


@dataclass(frozen=True)
class Item:
    """One question as it is asked; ``id`` is the question's, the same in every version."""

    id: int
    kind: QuestionKind
    text: Translated
    help: Translated
    is_required: bool
    lowest: int | None
    highest: int | None
    lowest_label: Translated
    highest_label: Translated
    choices: tuple[Choice, ...]

    @property
    def steps(self) -> range:
        """The values of a scale."""
        return range(self.lowest or 0, (self.highest or 0) + 1)


@dataclass(frozen=True)
class Questionnaire:
    """The whole form, in all its languages."""

    title: Translated
    intro: Translated
    items: tuple[Item, ...]

    @property
    def has_free_text(self) -> bool:
        """Whether something is answered in the writer's own words."""
        return any(item.kind in TEXTS for item in self.items)


def draft_of(survey: Survey) -> Questionnaire:
    """The form as it is being edited, without what is retired."""
    asked = [question for question in survey.questions if not question.is_retired]
    return Questionnaire(survey.title, survey.intro, tuple(_item(question) for question in asked))


def freeze(form: Questionnaire) -> dict[str, Any]:
    """The form as JSON, to be kept in a version."""
    return {
        "title": form.title.as_dict(),
        "intro": form.intro.as_dict(),
        "questions": [
            {
                "id": item.id,
                "kind": item.kind.value,
                "text": item.text.as_dict(),
                "help": item.help.as_dict(),
                "is_required": item.is_required,
                "lowest": item.lowest,
                "highest": item.highest,
                "lowest_label": item.lowest_label.as_dict(),
                "highest_label": item.highest_label.as_dict(),
                "options": [{"id": choice.id, "text": choice.text.as_dict()} for choice in item.choices],
            }
            for item in form.items
        ],
    }


def thaw(form: dict[str, Any]) -> Questionnaire:
    """The form that a version keeps."""
    return Questionnaire(
        Translated(form["title"]),
        Translated(form["intro"]),
        tuple(
            Item(
                id=question["id"],
                kind=QuestionKind(question["kind"]),
                text=Translated(question["text"]),
                help=Translated(question["help"]),
                is_required=question["is_required"],
                lowest=question["lowest"],
                highest=question["highest"],
                lowest_label=Translated(question["lowest_label"]),
                highest_label=Translated(question["highest_label"]),
                choices=tuple(
                    Choice(option["id"], Translated(option["text"])) for option in question["options"]
                ),
            )
            for question in form["questions"]
        ),
    )


def everything_asked(forms: Sequence[Questionnaire]) -> list[Item]:
    """Every question of any version (oldest version first), each as it was last asked, with every choice and
    every step it ever had: in the newest form's order, then what is no longer asked."""
    latest: dict[int, Item] = {}
    for form in forms:
        for item in form.items:
            latest[item.id] = _with_earlier(item, latest.pop(item.id, None))
    newest = {item.id: place for place, item in enumerate(forms[-1].items)} if forms else {}
    return sorted(latest.values(), key=lambda item: newest.get(item.id, len(newest)))


def _with_earlier(item: Item, before: Item | None) -> Item:
    if before is None:
        return item
    kept = {choice.id for choice in item.choices}
    gone = tuple(choice for choice in before.choices if choice.id not in kept)
    changes: dict[str, Any] = {"choices": item.choices + gone}
    if item.kind is QuestionKind.SCALE:
        changes["lowest"] = min(item.steps.start, before.steps.start)
        changes["highest"] = max(item.steps.stop, before.steps.stop) - 1
    return Item(**{**item.__dict__, **changes})


def _item(question: Question) -> Item:
    return Item(
        id=question.id,
        kind=question.kind,
        text=question.text,
        help=question.help,
        is_required=question.is_required,
        lowest=question.lowest,
        highest=question.highest,
        lowest_label=question.lowest_label,
        highest_label=question.highest_label,
        choices=tuple(Choice(option.id, option.text) for option in question.options if not option.is_retired),
    )
