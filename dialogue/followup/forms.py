"""Forms of the chain."""

from wtforms import EmailField

from dialogue.base.i18n import lazy
from dialogue.web.forms import Form, Text, at_most, check_email, required


class CodeForm(Form):
    """Enter a follow code. A code with dashes, spaces or small letters is right too."""

    code = Text(
        lazy("Your follow code"),
        [required(), at_most(40)],
        description=lazy("Twelve letters and digits, such as K7QM-2XPD-9WTB. Dashes and small letters do not matter."),
    )


class AddressForm(Form):
    """Leave an e-mail address."""

    email = EmailField(lazy("Your e-mail address"), [required(), at_most(254), check_email])
