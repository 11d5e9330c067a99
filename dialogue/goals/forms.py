"""Forms of plans and goals."""

from collections.abc import Sequence

from wtforms import HiddenField, IntegerField, SelectField
from wtforms.validators import NumberRange

from dialogue.base.i18n import lazy
from dialogue.goals.models import LONGEST_AREA, LONGEST_GOAL, LONGEST_NAME
from dialogue.goals.operations import FIRST_YEAR, LAST_YEAR, GoalFacts, PlanFacts
from dialogue.places.models import Municipality, PoliceDistrict
from dialogue.web.forms import Form, Text, TranslatedField, at_most, required


def _a_year() -> NumberRange:
    return NumberRange(FIRST_YEAR, LAST_YEAR, lazy("Write a year with four digits."))


class PlanForm(Form):
    """A plan that somebody has adopted. It carries the revision that was shown, so that nobody overwrites what
    they have not seen."""

    name = TranslatedField(
        lazy("Name"), longest=LONGEST_NAME, description=lazy("Without the years. They stand below.")
    )
    valid_from = IntegerField(lazy("First year"), [required(), _a_year()])
    valid_to = IntegerField(
        lazy("Last year"),
        [required(), _a_year()],
        description=lazy("After this year the goals are not offered. What is tied to them stays so."),
    )
    place = SelectField(lazy("Where does it hold?"), [required()])
    revision = HiddenField()

    def offer_places(
        self, municipalities: Sequence[Municipality], districts: Sequence[PoliceDistrict], nationwide: bool
    ) -> None:
        """The places to choose among: municipalities, whole districts, and the country where allowed."""
        self.place.choices = [
            *((f"m{place.id}", f"{place.name} ({place.county})") for place in municipalities),
            *((f"d{district.id}", str(district.name)) for district in districts),
            *([("country", lazy("The whole country"))] if nationwide else []),
        ]

    def facts(self) -> PlanFacts:
        """What was written, for the operation."""
        chosen = (self.place.data or "") if "place" in self else ""
        return PlanFacts(
            name=self.name.data,
            valid_from=self.valid_from.data or 0,
            valid_to=self.valid_to.data or 0,
            municipality_id=int(chosen[1:]) if chosen.startswith("m") else None,
            district_id=int(chosen[1:]) if chosen.startswith("d") else None,
        )


class GoalForm(Form):
    """A measure or an ambition in a plan. It carries the revision that was shown, so that nobody overwrites what
    they have not seen."""

    text = TranslatedField(lazy("Goal"), longest=LONGEST_GOAL, lines=2)
    number = Text(
        lazy("Number in the plan"),
        [at_most(12)],
        description=lazy("As the plan has it, such as 19 or 2.4.1."),
    )
    area = TranslatedField(
        lazy("Area"),
        longest=LONGEST_AREA,
        required_in=(),
        description=lazy("The heading that the goal stands under in the plan."),
    )
    revision = HiddenField()

    def facts(self) -> GoalFacts:
        """What was written, for the operation."""
        return GoalFacts(text=self.text.data, number=self.number.data or "", area=self.area.data)
