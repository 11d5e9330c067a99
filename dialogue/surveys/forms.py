"""Forms with which the team writes a survey."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired

from dialogue.base.i18n import lazy
from dialogue.dialogues.models import Channel
from dialogue.surveys.editing import Wording, choices_of
from dialogue.surveys.models import (
    LONGEST_INTRO,
    LONGEST_NAME,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    LONGEST_TITLE,
    MOST_OPTIONS,
    QuestionKind,
    Survey,
)
from dialogue.surveys.operations import About
from dialogue.surveys.questionnaire import CHOICES
from dialogue.surveys.rules import REQUIRED_LANGUAGES
from dialogue.web.forms import Form, TranslatedField, optional, required


class _InLanguages(Form):
    """A form whose texts are written in a dialogue's languages; a draft needs bokmål only."""

    def __init__(self, formdata: Any, languages: Sequence[str], **values: Any) -> None:
        super().__init__(None, **values)
        for field in self:
            if isinstance(field, TranslatedField):
                field.codes = tuple(languages)
        # The fields must know their languages before they look for them in what was sent.
        self.process(formdata, **values)


class AboutForm(_InLanguages):
    """What is said about a survey, and how it is run."""

    submission_key = HiddenField()
    title = TranslatedField(lazy("Title"), longest=LONGEST_TITLE)
    intro = TranslatedField(
        lazy("Introduction"),
        longest=LONGEST_INTRO,
        lines=3,
        required_in=(),
        description=lazy("What it is about, how long it takes, and what the answers are used for."),
    )
    closes_on = DateField(
        lazy("Last day to answer"),
        [optional()],
        description=lazy("Leave it empty to close the survey yourself."),
    )
    is_sensitive = BooleanField(
        lazy("For children, or with sensitive questions"),
        description=lazy("Counts below 10 are hidden instead of counts below 5. Cannot be changed later."),
    )
    results_public = BooleanField(
        lazy("Show the results to everybody"),
        description=lazy("They are shown when the survey is over. It cannot be opened again after that."),
    )
    note = TranslatedField(
        lazy("Note on the results"),
        longest=LONGEST_INTRO,
        lines=2,
        required_in=(),
        description=lazy("What a reader of the figures must know."),
    )

    def is_published(self) -> None:
        """From now on what is written is seen at once, so it stands in every language it must."""
        self.title.required_in = tuple(REQUIRED_LANGUAGES)

    def about(self) -> About:
        """What was written."""
        return About(
            title=self.title.data,
            intro=self.intro.data,
            note=self.note.data,
            closes_on=self.closes_on.data,
            is_sensitive=bool(self.is_sensitive.data),
            results_public=bool(self.results_public.data),
        )


def about_of(survey: Survey) -> dict[str, Any]:
    """A survey's values for the form."""
    return {name: getattr(survey, name) for name in About.__dataclass_fields__}


class QuestionForm(_InLanguages):
    """A question; the fields that its kind does not use are taken away."""

    text = TranslatedField(lazy("Question"), longest=LONGEST_QUESTION)
    help = TranslatedField(
        lazy("Help"), longest=LONGEST_QUESTION, required_in=(), description=lazy("Shown below the question.")
    )
    options = TranslatedField(
        lazy("Answers to choose between"),
        longest=MOST_OPTIONS * (LONGEST_OPTION + 1),
        lines=5,
        description=lazy("One on each line, in the same order in each language."),
    )
    lowest = IntegerField(lazy("Lowest number"), [InputRequired(lazy("Give a whole number."))])
    highest = IntegerField(lazy("Highest number"), [InputRequired(lazy("Give a whole number."))])
    lowest_label = TranslatedField(lazy("What the lowest means"), longest=LONGEST_NAME, required_in=())
    highest_label = TranslatedField(lazy("What the highest means"), longest=LONGEST_NAME, required_in=())
    is_required = BooleanField(lazy("Must be answered"))

    def suit(self, kind: QuestionKind) -> None:
        """Keep only what this kind of question uses."""
        unused = set()
        if kind not in CHOICES:
            unused.add("options")
        if kind is not QuestionKind.SCALE:
            unused |= {"lowest_label", "highest_label"}
        if kind not in {QuestionKind.SCALE, QuestionKind.NUMBER}:
            unused |= {"lowest", "highest"}
        for name in unused:
            del self[name]

    def wording(self) -> Wording:
        """What was written. Raises Invalid for choices that do not fit each other."""
        given = {name: field.data for name, field in self._fields.items() if name != "options"}
        choices = choices_of(self.options.data) if "options" in self else ()
        return Wording(**given, choices=choices)


class CollectorForm(_InLanguages):
    """A channel."""

    name = TranslatedField(
        lazy("Name of the channel"),
        longest=LONGEST_NAME,
        description=lazy("Such as “Poster in the library” or “Parents' evening”."),
    )
    channel = RadioField(
        lazy("How do the answers come?"),
        [required()],
        choices=Channel.choices(),
        default=Channel.WEB.value,
        description=lazy(
            "This is counted for each theme. If very few wrote something this way, their answers are counted with the way that most used, so that nobody can be found."
        ),
    )

    def chosen(self) -> Channel:
        """How the answers come."""
        return Channel(self.channel.data)
