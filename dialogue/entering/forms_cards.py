"""Forms of paper cards."""

from typing import Any

from wtforms import BooleanField, FileField, HiddenField, IntegerField
from wtforms.validators import NumberRange, ValidationError

from dialogue.base.i18n import lazy
from dialogue.boards.forms import CHOOSE_COLUMN, ColumnField, UnlessTitled
from dialogue.boards.models import LONGEST_LABEL, LONGEST_TEXT, LONGEST_TITLE, Board
from dialogue.dialogues.models import Channel
from dialogue.entering.cards import HIGHEST_NUMBER, MOST_ON_SHEETS
from dialogue.entering.comparing import Said
from dialogue.entering.forms import SaidForm, column_key
from dialogue.entering.operations import About
from dialogue.web.forms import Form, Paragraphs, Text, at_most, required

CARDS_AT_FIRST = 12


def _between(least: int, most: int) -> Any:
    return NumberRange(least, most, lazy("Write a number from %(min)s to %(max)s."))


class SheetForm(Form):
    """Say how many cards are printed."""

    count = IntegerField(
        lazy("How many cards"),
        [required(), _between(1, MOST_ON_SHEETS)],
        default=CARDS_AT_FIRST,
        description=lazy("Four on each page. The numbers go on from the last card."),
    )
    submission_key = HiddenField()


class StackForm(SaidForm):
    """Begin a stack of cards."""

    is_double = BooleanField(
        lazy("Each card is typed twice"),
        default=True,
        description=lazy(
            "Two people type it without seeing what the other typed, and what differs is shown. Without it, what "
            "is misread stays."
        ),
    )
    submission_key = HiddenField()

    def about(self) -> About:
        """What is so of every card unless it says otherwise."""
        return About(None, Channel(self.channel.data), self.label.data or "", self.language.data)


class WordsForm(Form):
    """What stands on a card."""

    column = ColumnField(lazy("Which question does it answer?"), [required(CHOOSE_COLUMN)], coerce=column_key)
    text = Paragraphs(
        lazy("What stands on the card"),
        [UnlessTitled(), at_most(LONGEST_TEXT)],
        description=lazy("As it stands there. Where it names a person, write (name)."),
    )
    title = Text(lazy("Title"), [at_most(LONGEST_TITLE)], description=lazy("Only if the card has one."))
    label = Text(
        lazy("Group or class"),
        [at_most(LONGEST_LABEL)],
        description=lazy("Only if the card says another one than the stack. Never a name."),
    )
    submission_key = HiddenField()

    def offer_columns(self, board: Board) -> None:
        """The board's prompts as choices; the only one is chosen beforehand."""
        self.column.choices = [(column.id, str(column.title)) for column in board.columns]
        if len(board.columns) == 1 and self.column.data is None:
            self.column.data = board.columns[0].id

    def said(self) -> Said:
        """What was typed."""
        return Said(self.column.data, self.title.data or "", self.text.data or "", self.label.data or "")


class CardForm(WordsForm):
    """Type a card."""

    number = IntegerField(lazy("Number on the card"), [required(), _between(1, HIGHEST_NUMBER)])


class PhotoForm(Form):
    """Choose a picture of a card."""

    picture = FileField(
        lazy("Picture of the card"),
        [required()],
        description=lazy(
            "For the second person, where they do not have the card. Only who moderates sees it, and it is "
            "removed when the card becomes an idea."
        ),
    )

    def validate_picture(self, field: FileField) -> None:
        """A file, and no words in its place."""
        if not getattr(field.data, "filename", ""):
            raise ValidationError(lazy("Fill in this field."))
