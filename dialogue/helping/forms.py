"""Forms of joining in."""

from datetime import datetime, time, timedelta
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, IntegerField, TimeField
from wtforms.validators import NumberRange, ValidationError

from dialogue.base import clock
from dialogue.base.i18n import lazy
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Dialogue
from dialogue.helping.models import LONGEST_NAME, LONGEST_PLACE, LONGEST_WHAT, HelpSlot
from dialogue.helping.operations import Joining
from dialogue.helping.planning import MOST_WEEKS, SlotPlan
from dialogue.residents.forms import GuardedForm
from dialogue.web.forms import Form, Text, TranslatedField, at_most, check_email, optional, required

FURTHEST_AHEAD = timedelta(days=366)


def _between(least: int, most: int) -> Any:
    return NumberRange(least, most, lazy("Write a number from %(min)s to %(max)s."))


class JoinForm(GuardedForm):
    """Take one of the places."""

    guarded = ("name",)
    own_name = ("name",)

    name = Text(
        lazy("Name or nickname"),
        [required(), at_most(LONGEST_NAME)],
        description=lazy("So that they can call you something. It is not published."),
    )
    email = Text(
        lazy("E-mail"),
        [optional(), at_most(254), check_email],
        description=lazy("Only if you want a confirmation, a reminder and word of changes by mail."),
    )
    submission_key = HiddenField()
    send_anyway = BooleanField(lazy("Send it anyway. Only those who asked for help read it."))

    def joining(self, language: str) -> Joining:
        """What was written, for the operation."""
        return Joining(self.name.data or "", self.email.data or "", language)


class SlotForm(Form):
    """Ask for help at a time, or change it."""

    what = TranslatedField(
        lazy("What is to be done"),
        longest=LONGEST_WHAT,
        description=lazy("In a few words, for example: walk along the beach two and two."),
    )
    date = DateField(lazy("Date"), [required()])
    time = TimeField(lazy("Time"), [required()])
    minutes = IntegerField(lazy("How many minutes"), [required(), _between(10, 1440)])
    place = TranslatedField(
        lazy("Where to meet"), longest=LONGEST_PLACE, description=lazy("A place that people know.")
    )
    wanted = IntegerField(lazy("How many people"), [required(), _between(1, 500)])
    weeks = IntegerField(
        lazy("How many weeks in a row"),
        [optional(), _between(1, MOST_WEEKS)],
        description=lazy("Leave it at 1 when it is only once."),
    )
    revision = HiddenField()
    submission_key = HiddenField()

    def prepare(self, dialogue: Dialogue, slot: HelpSlot | None) -> None:
        """Ask for the dialogue's languages; only something new is repeated."""
        ask_in_its_languages(self, dialogue, self.what, self.place)
        if slot is not None:
            del self.weeks

    def validate_date(self, field: DateField) -> None:
        """A slip of the finger in the year is caught."""
        if field.data and field.data > clock.today() + FURTHEST_AHEAD:
            raise ValidationError(lazy("Choose a date within the next year."))

    def plan(self) -> SlotPlan:
        """What was written, for the operation."""
        return SlotPlan(
            what=self.what.data,
            place=self.place.data,
            starts_local=datetime.combine(self.date.data or clock.today(), self.time.data or time()),
            minutes=self.minutes.data or 0,
            wanted=self.wanted.data or 0,
        )


def values_for_new() -> dict[str, Any]:
    """What the form begins with: an evening in a week."""
    return {
        "date": clock.today() + timedelta(days=7),
        "time": time(18),
        "minutes": 120,
        "wanted": 4,
        "weeks": 1,
    }


def values_of(slot: HelpSlot) -> dict[str, Any]:
    """What the form of a slot begins with."""
    return {
        "what": slot.what,
        "place": slot.place,
        "date": slot.starts_local.date(),
        "time": slot.starts_local.time(),
        "minutes": slot.minutes,
        "wanted": slot.wanted,
        "revision": str(slot.revision),
    }
