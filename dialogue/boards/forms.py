"""Forms in which an idea is written."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, Field, FileField, HiddenField, RadioField, SelectField
from wtforms.validators import StopValidation, ValidationError

from dialogue.base import i18n, tongues, web_links
from dialogue.base.errors import Invalid
from dialogue.base.files import FileStore
from dialogue.base.i18n import _, lazy
from dialogue.boards import picturing
from dialogue.boards.models import LONGEST_PICTURE_WORDS, LONGEST_TEXT, LONGEST_TITLE, Board
from dialogue.boards.operations import Draft
from dialogue.boards.picturing import Picture
from dialogue.dialogues.models import Channel
from dialogue.residents.forms import GuardedForm
from dialogue.web.forms import Paragraphs, Text, at_most, required

CHOOSE_COLUMN = lazy("Choose which question your idea answers.")


class ColumnField(RadioField):
    """One of a board's prompts."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not among the prompts, in words that say what to do."""
        if all(choice[0] != self.data for choice in self.choices or ()):
            raise ValidationError(CHOOSE_COLUMN)


def _key(value: Any) -> int | None:
    digits = str(value)
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


class UnlessTitled:
    """The text may be left out only where the title says it all."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        """Raises StopValidation."""
        if not field.data and not form.title.data:
            raise StopValidation(lazy("Write your idea. A few words are enough."))


def _check_video(_form: Any, field: Field) -> None:
    if field.data:
        found = web_links.read(field.data)
        if found is None:
            raise ValidationError(
                lazy("Write the whole address of the video, as in https://example.org/video.")
            )
        field.data = found


class IdeaForm(GuardedForm):
    """Write an idea: a text, a title or both, and what goes with it."""

    guarded: tuple[str, ...] = ("title", "text", "picture_words")

    column = ColumnField(
        lazy("Which question does your idea answer?"), [required(CHOOSE_COLUMN)], coerce=_key
    )
    text = Paragraphs(lazy("Your idea"), [UnlessTitled(), at_most(LONGEST_TEXT)])
    title = Text(
        lazy("Title"), [at_most(LONGEST_TITLE)], description=lazy("Without one we show how your idea begins.")
    )
    place = SelectField(
        lazy("Which place is it about?"),
        description=lazy("So coarse that it does not show where anybody lives."),
    )
    picture = FileField(
        lazy("Picture"),
        description=lazy(
            "Where and when it was taken is removed. Somebody looks at it before your idea is shown, since a picture can show a person."
        ),
    )
    # A picture that was sent already, while something else is put right.
    held_picture = HiddenField()
    without_picture = BooleanField(lazy("Leave the picture out"))
    picture_words = Text(
        lazy("What does the picture show?"),
        [at_most(LONGEST_PICTURE_WORDS)],
        description=lazy("For those who do not see it."),
    )
    video_url = Text(
        lazy("Link to a video"),
        [at_most(web_links.LONGEST), _check_video],
        description=lazy("It is shown as a link. Somebody looks at it before your idea is shown."),
    )
    language = SelectField(lazy("Language of the idea"))
    submission_key = HiddenField()

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.chosen_picture: Picture | None = None
        self._picture_problem = ""
        self._files: FileStore | None = None
        self.language.choices = tongues.choices()
        # Who says nothing writes in the language of the page.
        if not self.language.data:
            self.language.data = i18n.language()

    def offer_columns(self, board: Board) -> None:
        """The board's prompts and places as choices; the only prompt is chosen beforehand."""
        names = list(dict.fromkeys([*board.place_names, *filter(None, [self.place.object_data])]))
        if names:
            self.place.choices = [("", _("No place in particular")), *((name, name) for name in names)]
        else:
            del self.place
        self.column.choices = [(column.id, str(column.title)) for column in board.columns]
        if len(board.columns) == 1 and self.column.data is None:
            self.column.data = board.columns[0].id

    @property
    def has_more(self) -> bool:
        """Whether something is chosen or wrong in what is folded away at first."""
        folded = (self.video_url, self.language)
        is_usual = not self.video_url.data and self.language.data == i18n.language()
        return not is_usual or any(field.errors for field in folded)

    def take_picture(self, files: FileStore) -> None:
        """Make the picture clean that was sent, else take the one that the form carries.

        Slow when one was sent. What is wrong with it is told when the form is validated.
        """
        self._files = files
        file = self.picture.data
        try:
            if getattr(file, "filename", ""):
                self.chosen_picture = picturing.keep(files, file.read())
            elif self.held_picture.data and not self.without_picture.data:
                self.chosen_picture = picturing.held(files, self.held_picture.data)
        except Invalid as error:
            self._picture_problem = str(error.message)
        self.held_picture.data = picturing.token(self.chosen_picture) if self.chosen_picture else ""

    def keep_picture(self, files: FileStore, before: Picture | None) -> None:
        """Let the picture that was given before stay, unless another was sent or it is to be left out."""
        self._files = files
        if self.chosen_picture is None and not self.without_picture.data and not self._picture_problem:
            self.chosen_picture = before

    def validate(self, *args: Any, **values: Any) -> bool:
        """Check each field, what was written freely, and whether the picture could be taken."""
        right = super().validate(*args, **values)
        if self._picture_problem:
            self.picture.errors = [self._picture_problem]
        return right and not self._picture_problem

    @property
    def preview_of_picture(self) -> str:
        """The picture as it stands in the page, since one that nobody has looked at has no address of its own."""
        if self.chosen_picture is None or self._files is None:
            return ""
        return picturing.as_data(self._files, self.chosen_picture)

    def draft(self) -> Draft:
        """The idea as it was written."""
        return Draft(
            column_id=self.column.data,
            title=self.title.data or "",
            text=self.text.data or "",
            language=self.language.data,
            video_url=self.video_url.data or "",
            place=(self.place.data or "") if "place" in self else "",
            picture=self.chosen_picture,
            picture_words=self.picture_words.data or "" if self.chosen_picture else "",
        )


class CommentForm(GuardedForm):
    """Say something about an idea."""

    guarded = ("text",)

    text = Paragraphs(
        lazy("Your comment"),
        [required(lazy("Write your comment. A few words are enough.")), at_most(LONGEST_TEXT)],
    )
    language = SelectField(lazy("Language of the comment"))
    submission_key = HiddenField()

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.language.choices = tongues.choices()
        if not self.language.data:
            self.language.data = i18n.language()

    @property
    def has_more(self) -> bool:
        """Whether something is chosen or wrong in what is folded away at first."""
        return self.language.data != i18n.language() or bool(self.language.errors)


class EntryForm(IdeaForm):
    """Enter what was said in a meeting, at school or on paper."""

    guarded = ("title", "text", "picture_words", "label")

    column = ColumnField(lazy("Which question does it answer?"), [required(CHOOSE_COLUMN)], coerce=_key)
    text = Paragraphs(lazy("The idea"), [UnlessTitled(), at_most(LONGEST_TEXT)])
    channel = RadioField(
        lazy("Where was it said?"),
        choices=[choice for choice in Channel.choices() if choice[0] != Channel.WEB],
        default=Channel.MEETING.value,
        validators=[required()],
    )
    label = Text(
        lazy("Who said it?"),
        [at_most(60)],
        description=lazy(
            "A group or a class, such as Group 4 or Class A. Never a name, and never a real class."
        ),
    )
