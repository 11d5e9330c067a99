"""Forms of the duty routine."""

from wtforms import DateField, RadioField

from dialogue.base.i18n import lazy
from dialogue.boards.models_reading import HandoverWay
from dialogue.web.forms import Form, required


class HandoverForm(Form):
    """Say how something was handed over, in words that tell nothing of it."""

    way = RadioField(lazy("How did you hand it over?"), [required()], choices=HandoverWay.choices())
    on = DateField(lazy("On which day?"), [required()])
