"""Forms by which a board is made, and led from stage to stage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, Field, HiddenField, IntegerField, RadioField, TimeField
from wtforms.validators import NumberRange, ValidationError

from dialogue.base import clock
from dialogue.base.i18n import Translated, lazy
from dialogue.boards import rules
from dialogue.boards.keeping import MOST_COLUMNS, BoardPlan, ColumnPlan, last_day
from dialogue.boards.models import LONGEST_LABEL, LONGEST_PLACE, Board, BoardStage, SupportKind
from dialogue.boards.walls import TERMS, BoardWall
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Dialogue
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

# Rows for prompts on the page of a new board, and how many empty ones there always are.
ROWS_AT_FIRST = 3
ROWS_MORE = 1
MOST_PLACES = 40
MOST_DOTS = 20


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
