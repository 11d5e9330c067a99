"""Forms in which what residents gave is gathered under themes."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectField

from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Dialogue
from dialogue.followup.regrouping import LONGEST_REASON
from dialogue.followup.themes import LONGEST_TITLE, LONGEST_WORDS, ThemeWords
from dialogue.web.forms import Form, Paragraphs, TranslatedField, at_most, required


class NewThemeForm(Form):
    """Make a theme."""

    title = TranslatedField(lazy("Name of the new theme"), longest=LONGEST_TITLE)
    submission_key = HiddenField()


class ThemeForm(Form):
    """A theme in the words of the brief, and what the annex says of it. It carries the revision that was shown,
    so that nobody overwrites what they have not seen."""

    title = TranslatedField(lazy("Name"), longest=LONGEST_TITLE)
    what_people_say = TranslatedField(lazy("What people say"), longest=LONGEST_WORDS, lines=3, required_in=())
    what_we_propose = TranslatedField(lazy("What we propose"), longest=LONGEST_WORDS, lines=3, required_in=())
    who = TranslatedField(
        lazy("Who"), longest=120, required_in=(), description=lazy("Bodies and roles, no personal names.")
    )
    going_on = TranslatedField(
        lazy("What is already going on"), longest=LONGEST_WORDS, lines=3, required_in=()
    )
    minority = TranslatedField(
        lazy("What some see otherwise"),
        longest=LONGEST_WORDS,
        lines=3,
        required_in=(),
        description=lazy("Everybody can read it on the theme's page."),
    )
    options = TranslatedField(
        lazy("What can be chosen between"), longest=LONGEST_WORDS, lines=3, required_in=()
    )
    open_questions = TranslatedField(
        lazy("What we do not know yet"), longest=LONGEST_WORDS, lines=3, required_in=()
    )
    goal_id = SelectField(lazy("Goal that it serves"), coerce=int)
    revision = HiddenField()

    def prepare(self, dialogue: Dialogue, goals: Sequence[tuple[int, Any]]) -> None:
        """Ask for the dialogue's languages, and offer these goals."""
        ask_in_its_languages(self, dialogue, self.title)
        self.goal_id.choices = list(goals)

    @property
    def lines(self) -> list[Any]:
        """The name, and the fields that stand on the page itself."""
        return [self.title, self.what_people_say, self.what_we_propose, self.who]

    @property
    def annex(self) -> list[Any]:
        """The fields that stand in the annex only."""
        return [self.going_on, self.minority, self.options, self.open_questions, self.goal_id]

    def words(self) -> ThemeWords:
        """What was written, for the operation."""
        written = {field.name: field.data for field in (*self.lines, *self.annex)}
        return ThemeWords(**written | {"goal_id": self.goal_id.data or None})


class SplitForm(Form):
    """Make a new theme of what was chosen in another one."""

    # Several lines, so that the key for a new line does not send the form by its first button.
    new_title = TranslatedField(lazy("Name of the new theme"), longest=LONGEST_TITLE, lines=2)
    submission_key = HiddenField()

    def title(self) -> Translated:
        """The name, on one line."""
        return Translated({code: " ".join(text.split()) for code, text in self.new_title.data.texts})


class LeaveOutForm(Form):
    """Leave what was chosen out of every theme."""

    reason = Paragraphs(
        lazy("Why does it belong to no theme?"),
        [required(lazy("Say why it belongs to no theme.")), at_most(LONGEST_REASON)],
        description=lazy("For example: a greeting, or about something else than the question."),
    )
