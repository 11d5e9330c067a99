"""Forms of boards."""

from wtforms import HiddenField, RadioField

from dialogue.base.i18n import lazy
from dialogue.boards.models import LONGEST_TEXT, LONGEST_TITLE, Board
from dialogue.web.forms import Form, Paragraphs, Text, at_most, required


class IdeaForm(Form):
    """Write an idea."""

    column = RadioField(lazy("Which question does your idea answer?"), coerce=int)
    title = Text(lazy("Your idea in a few words"), [required(), at_most(LONGEST_TITLE)])
    text = Paragraphs(lazy("Tell us more"), [required(), at_most(LONGEST_TEXT)])
    submission_key = HiddenField()

    def offer_columns(self, board: Board) -> None:
        """The board's prompts as choices."""
        self.column.choices = [(column.id, column.title) for column in board.columns]
