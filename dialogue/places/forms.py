"""Forms of places and organisations."""

from collections.abc import Sequence

from wtforms import DateField, SelectField, StringField

from dialogue.base import i18n
from dialogue.base.i18n import lazy
from dialogue.places.models import Municipality, OrganisationKind, PoliceDistrict
from dialogue.web.forms import Form, Text, TranslatedField, at_most, check_email, optional, required


class OrganisationForm(Form):
    """An organisation that can own actions or decide."""

    name = TranslatedField(lazy("Name"), longest=120)
    kind = SelectField(
        lazy("What kind of organisation is it?"), [required()], choices=OrganisationKind.choices()
    )
    place = SelectField(lazy("Where is it at work?"), [required()])
    email = StringField(
        lazy("E-mail of the organisation"),
        [check_email, at_most(254)],
        description=lazy("Questions about actions are sent here. Use a shared mailbox that somebody reads."),
    )
    language = SelectField(lazy("Language of mails"), [required()], choices=list(i18n.LANGUAGES.items()))

    def offer_places(
        self, municipalities: Sequence[Municipality], districts: Sequence[PoliceDistrict], nationwide: bool
    ) -> None:
        """The places to choose among: municipalities, whole districts, and the country where allowed."""
        self.place.choices = [
            *((f"m{place.id}", f"{place.name} ({place.county})") for place in municipalities),
            *((f"d{district.id}", str(district.name)) for district in districts),
            *([("country", lazy("The whole country"))] if nationwide else []),
        ]

    def place_ids(self) -> tuple[int | None, int | None]:
        """The chosen municipality's id or the chosen district's, else neither."""
        chosen = self.place.data or ""
        if chosen.startswith("m"):
            return int(chosen[1:]), None
        return None, int(chosen[1:]) if chosen.startswith("d") else None


class MunicipalityForm(Form):
    """What can change about a municipality."""

    name = Text(lazy("Name"), [required(), at_most(60)])
    district_id = SelectField(lazy("Police district"), [required()], coerce=int)
    valid_to = DateField(
        lazy("Last day"),
        [optional()],
        description=lazy("Only when the municipality has been merged or divided."),
    )
    successor = Text(
        lazy("Number of the municipality that took over"),
        [at_most(4)],
        description=lazy("Four digits, such as 3905."),
    )
