"""Forms of bringing in many ideas."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import CombinedMultiDict
from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from dialogue.base import text, tongues, web_links
from dialogue.base.i18n import lazy
from dialogue.boards.models import LONGEST_TEXT, LONGEST_TITLE, Board
from dialogue.dialogues.models import Channel
from dialogue.entering.becoming import LONGEST_LABEL
from dialogue.entering.models import Batch, BatchRow, Field
from dialogue.entering.operations import About, RowChange
from dialogue.residents.forms import GuardedForm
from dialogue.web.forms import Form, Paragraphs, Text, at_most, required

_CHANNELS = [choice for choice in Channel.choices() if choice[0] not in {Channel.WEB, Channel.POSTER}]


def column_key(value: Any) -> int | None:
    """The key of a prompt that was sent; None for what is none."""
    digits = str(value)
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


class SaidForm(Form):
    """Where it was said, by which group, and in which language."""

    channel = RadioField(
        lazy("Where was it said?"),
        choices=_CHANNELS,
        default=Channel.MEETING.value,
        validators=[required()],
    )
    label = Text(
        lazy("Who said it?"),
        [at_most(LONGEST_LABEL)],
        description=lazy(
            "A group or a class, such as Group 4 or Class A. Never a name, and never a real class."
        ),
    )
    language = SelectField(lazy("Language of the ideas"), [required()])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.language.choices = tongues.choices()


class AboutForm(SaidForm):
    """What is so of all ideas that come in together unless a row says otherwise."""

    column = SelectField(
        lazy("Which question do they answer?"),
        coerce=column_key,
        description=lazy("Used where the sheet does not say it itself."),
    )
    all_wait = BooleanField(
        lazy("Somebody reads each idea before it is shown"),
        description=lazy("Without it, only what looks like personal information waits to be read."),
    )

    def offer_columns(self, board: Board) -> None:
        """The board's prompts as choices; the only one is chosen beforehand."""
        choices: list[Any] = [(column.id, str(column.title)) for column in board.columns]
        if len(board.columns) > 1:
            choices.insert(0, ("", str(lazy("Choose, or let the sheet say it"))))
        elif self.column.data is None:
            self.column.data = board.columns[0].id
        self.column.choices = choices

    def about(self) -> About:
        """What was chosen."""
        return About(
            self.column.data,
            Channel(self.channel.data),
            self.label.data or "",
            self.language.data,
            bool(self.all_wait.data),
        )


class BeginForm(AboutForm):
    """Paste lines, or choose a file."""

    lines = Paragraphs(
        lazy("Paste the ideas, one on each line"),
        description=lazy(
            "A dash or a tab may part a title from the text: “Lights – by the path to the school”."
        ),
    )
    file = FileField(
        lazy("Or choose a file"),
        description=lazy(
            "A CSV or an XLSX with an idea in each row and headings in the first, such as an export from Padlet. "
            "At most 2,000 rows and 5 MB. Columns with names and addresses of people are not read."
        ),
    )
    submission_key = HiddenField()

    @property
    def sent_file(self) -> tuple[str, bytes]:
        """The name and content of the chosen file; empty where none was."""
        chosen = self.file.data
        if not getattr(chosen, "filename", ""):
            return "", b""
        name = " ".join(text.tidy(str(chosen.filename).replace("\\", "/").rsplit("/", 1)[-1]).split())
        return name, chosen.read()


class ArrangeForm(AboutForm):
    """Say what each column becomes, and which of the board's questions those of the sheet stand for."""

    def __init__(self, sent: Any, batch: Batch) -> None:
        super().__init__(
            sent,
            data={
                "column": batch.column_id,
                "channel": batch.channel.value,
                "label": batch.label,
                "language": batch.language,
                "all_wait": batch.all_wait,
            },
        )
        self.batch = batch
        self.offer_columns(batch.board)
        self.sent = sent if sent is not None else {}

    def fields(self) -> list[Field]:
        """What each column becomes; what was not sent stays as it is."""
        kinds = {kind.value: kind for kind in Field}
        return [
            kinds.get(self.sent.get(f"field-{place}", ""), Field(now))
            for place, now in enumerate(self.batch.fields)
        ]

    def prompts(self) -> Mapping[str, int | None]:
        """The board's question for each that the sheet names and the board does not have."""
        return {
            asked: column_key(self.sent.get(f"prompt-{place}", now or ""))
            for place, (asked, now) in enumerate(self.batch.prompts.items())
        }


def row_changes(
    sent: CombinedMultiDict[str, str] | Mapping[str, str], rows: list[BatchRow]
) -> dict[int, RowChange]:
    """What was written in the rows of a page; what was not sent stays as it is."""
    changes = {}
    for row in rows:
        if f"there-{row.position}" not in sent:
            continue
        changes[row.position] = RowChange(
            " ".join(text.tidy(sent.get(f"title-{row.position}", row.title)).split()),
            text.tidy(sent.get(f"text-{row.position}", row.text)),
            column_key(sent.get(f"column-{row.position}", row.column_id or "")),
            f"out-{row.position}" in sent,
        )
    return changes


class FilmForm(GuardedForm):
    """Enter a film or slides that pupils made."""

    guarded = ("title", "text", "label")

    column = SelectField(lazy("Which question does it answer?"), coerce=column_key)
    url = Text(
        lazy("Link to the film or the slides"),
        [required(), at_most(web_links.LONGEST)],
        description=lazy(
            "It begins with https://. Nothing is fetched from there or shown within these pages."
        ),
    )
    title = Text(lazy("The idea in a few words"), [at_most(LONGEST_TITLE)])
    text = Paragraphs(
        lazy("What is said in it"),
        [required(), at_most(LONGEST_TEXT)],
        description=lazy(
            "So that it can be read by everybody, and gathered under themes. Shorten what is long. No names."
        ),
    )
    label = Text(
        lazy("Who made it?"),
        [required(), at_most(LONGEST_LABEL)],
        description=lazy("Such as Class A. Never a name, and never a real class."),
    )
    language = SelectField(lazy("Language of the idea"), [required()])
    is_open = BooleanField(
        lazy("Show the link to everybody"),
        description=lazy(
            "Without it, the link is shown here only, for the meeting. Tick it only when all who can be seen or "
            "heard, and their guardians, have agreed."
        ),
    )
    submission_key = HiddenField()

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.language.choices = tongues.choices()

    def validate_url(self, field: Text) -> None:
        """A link to another site, by https."""
        if field.data and web_links.read(field.data) is None:
            raise ValidationError(lazy("Write a link that begins with https://."))
        field.data = web_links.read(field.data or "")

    def offer_columns(self, board: Board) -> None:
        """The board's prompts as choices."""
        self.column.choices = [(column.id, str(column.title)) for column in board.columns]
