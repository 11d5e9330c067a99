"""Forms of meetings."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, TimeField
from wtforms.fields import DateTimeLocalField
from wtforms.validators import NumberRange, ValidationError

from dialogue.base import clock
from dialogue.base.i18n import _, lazy
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Dialogue
from dialogue.meetings.grouping import MOST_GROUPS
from dialogue.meetings.models import (
    LONGEST_NAME,
    LONGEST_NEEDS,
    LONGEST_NOTE,
    LONGEST_SUMMARY,
    GroupNote,
    Meeting,
)
from dialogue.meetings.notes import MOST_AT_ONCE, Said
from dialogue.meetings.operations import SignUp
from dialogue.meetings.planning import Plan, default_deadline
from dialogue.meetings.run_sheet import ItemText
from dialogue.residents.forms import GuardedForm
from dialogue.web.forms import (
    Form,
    Paragraphs,
    Text,
    TranslatedField,
    at_most,
    check_email,
    optional,
    required,
)

FURTHEST_AHEAD = timedelta(days=3 * 366)
NOBODY_KNOWN = lazy("I have read it again. Nobody can be recognised in it.")
# What a select sends when nobody is chosen.
NOBODY = 0


def between(least: int, most: int) -> Any:
    """A whole number within bounds."""
    return NumberRange(least, most, lazy("Write a number from %(min)s to %(max)s."))


class SignUpForm(GuardedForm):
    """Sign up for a meeting."""

    guarded = ("name", "needs")
    own_name = ("name",)

    name = Text(
        lazy("Name or nickname"),
        [required(), at_most(LONGEST_NAME)],
        description=lazy("So that we can call you something. It is not published."),
    )
    email = Text(
        lazy("E-mail"),
        [optional(), at_most(254), check_email],
        description=lazy("Only if you want a confirmation, a reminder and word of changes by mail."),
    )
    needs = Text(
        lazy("Do you need anything to take part?"),
        [optional(), at_most(LONGEST_NEEDS)],
        description=lazy(
            "For example step-free access, an interpreter or a seat in front. Do not write about your health."
        ),
    )
    submission_key = HiddenField()
    send_anyway = BooleanField(lazy("Send it anyway. Only those who arrange the meeting read it."))

    def wish(self, language: str) -> SignUp:
        """What was written, for the operation."""
        return SignUp(self.name.data or "", self.email.data or "", self.needs.data or "", language)


class MeetingForm(Form):
    """Plan a meeting, or change it."""

    submission_key = HiddenField()
    title = TranslatedField(lazy("Title"), longest=100)
    intro = TranslatedField(
        lazy("What it is about"),
        longest=800,
        lines=3,
        description=lazy("Two or three sentences that make people want to come."),
    )
    date = DateField(lazy("Date"), [required()])
    time = TimeField(lazy("Time"), [required()])
    minutes = IntegerField(lazy("How many minutes"), [required(), between(10, 1440)])
    place = Text(
        lazy("Place"),
        [optional(), at_most(160)],
        description=lazy("The name of the building and the street."),
    )
    link = Text(
        lazy("Link, when it is online"),
        [optional(), at_most(300)],
        description=lazy("Shown only to those who have a seat, on their own page."),
    )
    capacity = IntegerField(lazy("Seats"), [required(), between(1, 5000)])
    deadline = DateTimeLocalField(
        lazy("Last moment to sign up"),
        [optional()],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        description=lazy("Left empty: noon the day before."),
    )
    revision = HiddenField()

    def prepare(self, dialogue: Dialogue) -> None:
        """Ask for the dialogue's languages."""
        ask_in_its_languages(self, dialogue, self.title, self.intro)

    def validate_date(self, field: DateField) -> None:
        """A slip of the finger in the year is caught; a day that has passed is not, for what is told afterwards."""
        if field.data and field.data > clock.today() + FURTHEST_AHEAD:
            raise ValidationError(lazy("Choose a date within the next three years."))

    def plan(self) -> Plan:
        """What was written, for the operation."""
        starts = datetime.combine(self.date.data or clock.today(), self.time.data or time())
        return Plan(
            title=self.title.data,
            intro=self.intro.data,
            starts_local=starts,
            minutes=self.minutes.data or 0,
            place=self.place.data or "",
            link=self.link.data or "",
            capacity=self.capacity.data or 0,
            deadline_local=self.deadline.data or default_deadline(starts),
        )


def values_for_new() -> dict[str, Any]:
    """What a new meeting's form begins with: an evening in two weeks."""
    return {
        "date": clock.today() + timedelta(days=14),
        "time": time(18),
        "minutes": 120,
        "capacity": 40,
    }


def values_of(meeting: Meeting) -> dict[str, Any]:
    """What the form of a meeting begins with."""
    return {
        "title": meeting.title,
        "intro": meeting.intro,
        "date": meeting.starts_local.date(),
        "time": meeting.starts_local.time(),
        "minutes": meeting.minutes,
        "place": meeting.place,
        "link": meeting.link,
        "capacity": meeting.capacity,
        "deadline": meeting.deadline_local,
        "revision": str(meeting.revision),
    }


class RunItemForm(Form):
    """An item of the run sheet."""

    minutes = IntegerField(lazy("Minutes"), [required(), between(1, 600)])
    activity = TranslatedField(
        lazy("What happens"), longest=120, description=lazy("Shown to everybody on the meeting's page.")
    )
    purpose = TranslatedField(lazy("Why"), longest=300, required_in=())
    responsible = TranslatedField(
        lazy("Who is responsible"),
        longest=120,
        required_in=(),
        description=lazy("A role, for example: chair."),
    )
    method = TranslatedField(lazy("How"), longest=500, lines=2, required_in=())

    opens = SelectField(
        lazy("What it opens"),
        description=lazy("Opened for everybody when you begin this item on the evening."),
    )

    def prepare(self, dialogue: Dialogue, openings: Sequence[tuple[str, str]]) -> None:
        """Ask for the dialogue's languages where everybody reads it, and offer what an item can open."""
        ask_in_its_languages(self, dialogue, self.activity)
        # What an item opens stays with it also when it is offered no more.
        kept = self.opens.object_data
        gone = [(kept, _("Something that is no longer there"))] if kept and kept not in dict(openings) else []
        self.opens.choices = [("", _("Nothing")), *openings, *gone]
        if self.opens.data is None:
            self.opens.data = ""

    def item(self) -> ItemText:
        """What was written, for the operation."""
        return ItemText(
            self.minutes.data or 0,
            self.activity.data,
            self.purpose.data,
            self.responsible.data,
            self.method.data,
            self.opens.data or "",
        )


class GroupsForm(Form):
    """How many groups there are to be."""

    number = IntegerField(lazy("How many groups"), [required(), between(0, MOST_GROUPS)])


class GroupForm(Form):
    """A group's name and facilitator."""

    name = TranslatedField(lazy("Name"), longest=60)
    facilitator = SelectField(lazy("Facilitator"), coerce=int)


class SummaryForm(Form):
    """What a group says."""

    summary = Paragraphs(
        lazy("Keywords from the talk"),
        [optional(), at_most(LONGEST_SUMMARY)],
        description=lazy("Only the team reads them. No names of people."),
    )
    revision = HiddenField()


class NotesForm(GuardedForm):
    """What a group said, in short notes."""

    guarded = ("notes",)

    notes = Paragraphs(
        lazy("New notes"),
        [at_most(MOST_AT_ONCE * LONGEST_NOTE)],
        description=lazy(
            "One thing on each line. Everybody can read it, with the group's name. No names of people."
        ),
    )
    send_anyway = BooleanField(NOBODY_KNOWN)
    submission_key = HiddenField()

    def said(self, language: str) -> Said:
        """What was written, for the operation."""
        lines = [" ".join(line.split()) for line in (self.notes.data or "").splitlines()]
        return Said([line for line in lines if line], language, self.insists)


class NoteForm(GuardedForm):
    """One note, to be worded anew."""

    guarded = ("notes",)

    notes = Text(lazy("What the group said"), [required(), at_most(LONGEST_NOTE)])
    send_anyway = BooleanField(NOBODY_KNOWN)
    revision = HiddenField()

    def said(self, language: str) -> Said:
        """What was written, for the operation."""
        return Said([self.notes.data or ""], language, self.insists)


def values_of_note(note: GroupNote) -> dict[str, Any]:
    """What the form of a note begins with."""
    return {"notes": note.text, "revision": str(note.revision)}


class ReportForm(Form):
    """What came of the meeting."""

    report = TranslatedField(
        lazy("Report"),
        longest=20000,
        lines=10,
        description=lazy(
            "What people said, and what happens next. You can use headings (###), lists (-) and **bold**."
        ),
    )

    def prepare(self, dialogue: Dialogue) -> None:
        """Ask for the dialogue's languages."""
        ask_in_its_languages(self, dialogue, self.report)
