"""The form in which residents say whether an action helped."""

from wtforms import RadioField

from dialogue.base.i18n import lazy
from dialogue.followup.helped import LONGEST_WORD
from dialogue.followup.models import Help
from dialogue.residents.forms import GuardedForm
from dialogue.web.forms import Paragraphs, at_most, required


class HelpedForm(GuardedForm):
    """Four buttons and, for who wants to, a few words. The buttons carry the answer."""

    guarded = ("word",)

    answer = RadioField(
        lazy("Did it help?"), [required(lazy("Choose one of the four."))], choices=Help.choices()
    )
    word = Paragraphs(lazy("A few words"), [at_most(LONGEST_WORD)])
