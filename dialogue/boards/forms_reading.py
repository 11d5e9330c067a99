"""Forms of reading ideas one by one."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from dialogue.base.i18n import lazy
from dialogue.boards import redacting
from dialogue.boards.models import Idea, ReturnReason
from dialogue.boards.redacting import Cut
from dialogue.residents.guard import Confidence
from dialogue.web.forms import Form, Paragraphs, at_most, required


class CutForm(Form):
    """Say what is to be taken out of an idea before it is shown."""

    found = SelectMultipleField(
        lazy("Found in the text"),
        coerce=str,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    passages = Paragraphs(
        lazy("Other words to take out"),
        [at_most(2000)],
        description=lazy("Just as they stand in the idea, one line for each."),
    )
    revision = HiddenField()

    def offer(self, idea: Idea, *, is_sent: bool) -> None:
        """What the guard found, ticked to begin with where it is fairly sure."""
        findings = redacting.offered(idea.title, idea.text, idea.picture_words)
        self.found.choices = [(one.text, f"{one.kind.label}: {one.text}") for one in findings]
        self.found.validate_choice = False
        if not is_sent:
            self.found.data = [one.text for one in findings if one.confidence > Confidence.LOW]

    def cut(self) -> Cut:
        """What was chosen."""
        lines: Sequence[str] = (self.passages.data or "").splitlines()
        return Cut(frozenset(self.found.data or ()), [line.strip() for line in lines if line.strip()])


class ReturnForm(Form):
    """Say why an idea is not shown."""

    reason = RadioField(lazy("Why is it not shown?"), choices=ReturnReason.choices(), validators=[required()])
    note = Paragraphs(
        lazy("Note to the writer"),
        [at_most(500)],
        description=lazy("The writer sees the reason in their own language, and this note as you write it."),
    )
