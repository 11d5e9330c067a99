"""Forms of taking a board out."""

from wtforms import HiddenField, RadioField

from dialogue.base import i18n
from dialogue.base.i18n import lazy
from dialogue.exporting.models import Audience, ExportKind, Personal
from dialogue.web.forms import Form, Paragraphs, at_most, required


class ExportForm(Form):
    """Choose what is made, and for whom."""

    kind = RadioField(
        lazy("What do you need?"),
        choices=ExportKind.choices(),
        default=ExportKind.XLSX.value,
        validators=[required()],
    )
    audience = RadioField(
        lazy("Whom is it for?"),
        choices=Audience.choices(),
        default=Audience.PUBLIC.value,
        validators=[required()],
        description=lazy("What is made on paper or as a picture holds only what everybody can read."),
    )
    language = RadioField(
        lazy("Language of the headings"), choices=list(i18n.LANGUAGES.items()), validators=[required()]
    )
    submission_key = HiddenField()


class PersonalForm(Form):
    """Say what is done with what may be personal."""

    personal = RadioField(
        lazy("What shall we do with them?"),
        choices=Personal.choices(),
        default=Personal.LEAVE_OUT.value,
        validators=[required()],
    )
    reason = Paragraphs(
        lazy("Why they are taken along"),
        [at_most(500)],
        description=lazy("It is kept with your name. Write no personal data here."),
    )
