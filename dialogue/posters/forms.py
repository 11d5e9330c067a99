"""Forms of posters."""

from collections.abc import Sequence

from wtforms import HiddenField, SelectField
from wtforms.validators import NoneOf

from dialogue.base.i18n import lazy
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.rules import BOUND_LANGUAGES
from dialogue.places.models import Municipality
from dialogue.posters.models import LONGEST_PLACE
from dialogue.web.forms import Form, TranslatedField, required


class PlaceForm(Form):
    """Where a poster hangs."""

    place = TranslatedField(
        lazy("Where does it hang?"),
        longest=LONGEST_PLACE,
        required_in=BOUND_LANGUAGES,
        description=lazy("As people there would say, for example: the kiosk by the beach."),
    )


class PosterForm(PlaceForm):
    """Make a poster."""

    municipality_id = SelectField(
        lazy("Municipality"), [required(), NoneOf([0], message=lazy("Choose one."))], coerce=int
    )
    submission_key = HiddenField()

    def offer_places(self, municipalities: Sequence[Municipality]) -> None:
        """The municipalities to choose among; with a single one there is nothing to choose."""
        found = [(place.id, f"{place.name} ({place.county})") for place in municipalities]
        self.municipality_id.choices = found if len(found) == 1 else [(0, lazy("Choose")), *found]


class ServeForm(Form):
    """Which dialogue a poster serves."""

    dialogue = SelectField(
        lazy("Which dialogue?"), [required(), NoneOf([0], message=lazy("Choose one."))], coerce=int
    )

    def offer(self, dialogues: Sequence[Dialogue]) -> None:
        """The dialogues to choose among."""
        self.dialogue.choices = [(0, lazy("Choose")), *((each.id, str(each.title)) for each in dialogues)]
