"""Forms of boards."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TimeField,
)
from wtforms.validators import NumberRange, StopValidation, ValidationError

from dialogue.base import clock, i18n, tongues, web_links
from dialogue.base.errors import Invalid
from dialogue.base.files import FileStore
from dialogue.base.i18n import Translated, _, lazy
from dialogue.boards import picturing, rules
from dialogue.boards.keeping import MOST_COLUMNS, BoardPlan, ColumnPlan, last_day
from dialogue.boards.models import (
    LONGEST_LABEL,
    LONGEST_PICTURE_WORDS,
    LONGEST_PLACE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Board,
    BoardStage,
    ReturnReason,
    SupportKind,
)
from dialogue.boards.operations import Draft
from dialogue.boards.picturing import Picture
from dialogue.boards.walls import TERMS, BoardWall
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Channel, Dialogue
from dialogue.residents.forms import GuardedForm
from dialogue.web.forms import (
    Form,
    Paragraphs,
    Text,
    TranslatedField,
    at_most,
    hidden_number,
    optional,
    required,
)

CHOOSE_COLUMN = lazy("Choose which question your idea answers.")
# Rows for prompts on the page of a new board, and how many empty ones there always are.
ROWS_AT_FIRST = 3
ROWS_MORE = 1
MOST_PLACES = 40
MOST_DOTS = 20


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


class ReturnForm(Form):
    """Say why an idea is not shown."""

    reason = RadioField(lazy("Why is it not shown?"), choices=ReturnReason.choices(), validators=[required()])
    note = Paragraphs(
        lazy("Note to the writer"),
        [at_most(500)],
        description=lazy("The writer sees the reason in their own language, and this note as you write it."),
    )


class ColumnForm(Form):
    """One prompt of a board; an empty new one is passed over."""

    column_id = HiddenField()
    title = TranslatedField(lazy("Question"), longest=160)
    position = IntegerField(
        lazy("Order"), [optional(), NumberRange(1, 99, lazy("Write a number from 1 to 99."))]
    )
    remove = BooleanField(lazy("Remove this question"))
    is_hidden = BooleanField(lazy("Keep the answers hidden until I show them"))

    @property
    def is_blank(self) -> bool:
        """Whether this is a new row in which nothing was written."""
        return not self.title.data and hidden_number(self.column_id) < 0

    def plan(self, row: int) -> ColumnPlan:
        """The prompt as it should be."""
        position = self.position.data if self.position.data is not None else row
        key = hidden_number(self.column_id)
        return ColumnPlan(
            self.title.data,
            position,
            key if key >= 0 else None,
            bool(self.remove.data),
            bool(self.is_hidden.data),
        )


class StageTimesForm(Form):
    """When a board goes to its stages by itself, a day and a time for each that should."""

    def __init__(self, sent: MultiDict[str, str] | None, board: Board) -> None:
        super().__init__(sent)
        planned = {time.stage: clock.local(time.at) for time in board.stage_times}
        order = rules.stages(board)
        here = order.index(board.stage) if board.stage in order else 0
        self.stages = [StageTimeForm(sent, stage, planned.get(stage)) for stage in order[here + 1 :]]

    def validate(self, *args: Any, **values: Any) -> bool:
        """Check each of the times."""
        return all([super().validate(*args, **values), *[stage.validate() for stage in self.stages]])

    @property
    def has_errors(self) -> bool:
        """Whether something has to be put right."""
        return super().has_errors or any(stage.has_errors for stage in self.stages)

    def times(self) -> dict[BoardStage, datetime]:
        """The moments that were set, by stage."""
        return {stage.stage: moment for stage in self.stages if (moment := stage.moment())}


class StageTimeForm(Form):
    """When a board goes to one stage, as the clock in Norway shows it; nothing when it does not by itself."""

    day = DateField(lazy("Day"), [optional()])
    time = TimeField(lazy("Time"), [optional()])

    def __init__(self, sent: MultiDict[str, str] | None, stage: BoardStage, planned: datetime | None) -> None:
        values = {"day": planned.date(), "time": planned.time()} if planned else {}
        super().__init__(sent, prefix=f"{stage.value}-", data=values)
        self.stage = stage

    def validate(self, *args: Any, **values: Any) -> bool:
        """A day needs a time and a time a day, and a clock must show it."""
        if not super().validate(*args, **values):
            return False
        wrong = None
        if (self.day.data is None) is not (self.time.data is None):
            wrong = lazy("Give both the day and the time, or neither.")
        elif (wall := self._wall_clock()) and clock.is_skipped(wall):
            wrong = lazy(
                "There is no such time that night, because the clocks are put forward. Choose another."
            )
        if wrong:
            self.time.errors = [*self.time.errors, str(wrong)]
        return wrong is None

    def moment(self) -> datetime | None:
        """The moment; of a time that comes twice, when clocks are put back, the first."""
        wall = self._wall_clock()
        return clock.in_norway(wall) if wall else None

    def _wall_clock(self) -> datetime | None:
        if self.day.data is None or self.time.data is None:
            return None
        return datetime.combine(self.day.data, self.time.data)


def _lines(text: str) -> list[str]:
    """Each line that says something, once."""
    return list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.splitlines()))))


def _check_places(_form: Any, field: Field) -> None:
    names = _lines(field.data or "")
    if len(names) > MOST_PLACES:
        raise ValidationError(lazy("Write at most %(most)s places.", most=MOST_PLACES))
    if any(len(name) > LONGEST_PLACE for name in names):
        raise ValidationError(lazy("Write at most %(max)s characters on a line.", max=LONGEST_PLACE))


class BoardForm(Form):
    """Make or change a board: a title, a row for each prompt and one of four walls; the rest has good defaults."""

    title = TranslatedField(lazy("Title of the board"), longest=120)
    wall = RadioField(
        lazy("What kind of wall is it?"),
        choices=BoardWall.choices(),
        default=BoardWall.CAREFUL.value,
        validators=[required()],
    )
    intro = TranslatedField(lazy("What the board is about"), longest=600, lines=3, required_in=())
    closes_on = DateField(
        lazy("Last day for new ideas"),
        [optional()],
        description=lazy("Without a date, the board stays open until you close it."),
    )
    label_for_writers = Text(
        lazy("What those who write are called"),
        [at_most(LONGEST_LABEL)],
        description=lazy(
            "Stands beside each idea, such as Class A or Resident. Never a name, and never a real class."
        ),
    )
    in_stages = BooleanField(
        lazy("One thing at a time: first write, then sort, then support"),
        description=lazy("You lead from one to the next. A meeting wall always works like this."),
    )
    support_kind = RadioField(
        lazy("How support is given"), choices=SupportKind.choices(), default=SupportKind.DOT.value
    )
    dots_each = IntegerField(
        lazy("Dots for each, when they have a number of dots"),
        [optional(), NumberRange(1, MOST_DOTS, lazy("Write a number from 1 to 20."))],
        default=3,
    )
    takes_comments = BooleanField(
        lazy("Residents can comment on each other's ideas"),
        description=lazy("Comments are read and answered like ideas, so they take as much of your time."),
    )
    places = Paragraphs(
        lazy("Places to choose among"),
        [at_most(MOST_PLACES * (LONGEST_PLACE + 1)), _check_places],
        description=lazy(
            "One neighbourhood on each line. Whoever writes can say which one an idea is about, and is asked for nothing finer."
        ),
    )
    submission_key = HiddenField()

    def __init__(
        self, sent: MultiDict[str, str] | None, dialogue: Dialogue, board: Board | None = None
    ) -> None:
        begun = {} if board else {"closes_on": last_day(dialogue)}
        super().__init__(sent, obj=board, data=begun)
        self.is_new = board is None
        if board is not None and not rules.may_change_wall(board):
            del self.wall, self.label_for_writers
        existing = board.columns if board else ()
        rows = len(existing) + ROWS_MORE if existing else ROWS_AT_FIRST
        self.columns = [
            self._column(sent, row, existing[row - 1] if row <= len(existing) else None)
            for row in range(1, min(rows, MOST_COLUMNS) + 1)
        ]
        # Nothing need be said about it; what is said stands in every form that must be.
        ask_in_its_languages(self, dialogue, self.title, *([self.intro] if self.intro.data else []))
        for column in self.columns:
            ask_in_its_languages(column, dialogue, column.title)
            if column.is_blank or column.remove.data:
                column.title.required_in = ()

    @staticmethod
    def _column(sent: MultiDict[str, str] | None, row: int, column: Any) -> ColumnForm:
        values = (
            {"column_id": column.id, "title": column.title, "is_hidden": column.is_hidden} if column else {}
        )
        return ColumnForm(sent, prefix=f"column-{row}", data={"position": row, **values})

    def validate(self, *args: Any, **values: Any) -> bool:
        """Check the board and each of its prompts."""
        # Each is asked, so that all that is wrong is told at once.
        return all([super().validate(*args, **values), *[column.validate() for column in self.columns]])

    @property
    def has_errors(self) -> bool:
        """Whether something has to be put right."""
        return super().has_errors or any(column.has_errors for column in self.columns)

    def plan(self) -> BoardPlan:
        """The board as it should be."""
        columns: Sequence[ColumnPlan] = [
            column.plan(row) for row, column in enumerate(self.columns, start=1) if not column.is_blank
        ]
        wall = BoardWall(self.wall.data) if "wall" in self else BoardWall.MEETING
        return BoardPlan(
            title=self.title.data or Translated(),
            intro=self.intro.data or Translated(),
            columns=columns,
            wall=wall,
            in_stages=bool(self.in_stages.data),
            closes_on=self.closes_on.data,
            label_for_writers=self._label(wall),
            support_kind=SupportKind(self.support_kind.data or SupportKind.DOT),
            dots_each=self.dots_each.data or 3,
            takes_comments=bool(self.takes_comments.data),
            places=_lines(self.places.data or ""),
        )

    def _label(self, wall: BoardWall) -> str:
        """What those who write are called; on a new board what the wall is usually given, if nothing is said."""
        said = (self.label_for_writers.data or "") if "label_for_writers" in self else ""
        usual = TERMS[wall].label
        return said or (str(usual) if self.is_new and usual is not None else "")
