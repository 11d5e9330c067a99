"""Forms of the chain."""

from wtforms import BooleanField, EmailField, RadioField

from dialogue.base.i18n import lazy
from dialogue.web.forms import Form, Text, at_most, check_email, required


class CodeForm(Form):
    """Enter a follow code. A code with dashes, spaces or small letters is right too."""

    code = Text(
        lazy("Your follow code"),
        [required(), at_most(40)],
        description=lazy(
            "Twelve letters and digits, such as K7QM-2XPD-9WTB. Dashes and small letters do not matter."
        ),
    )


class AddressForm(Form):
    """Leave an e-mail address."""

    email = EmailField(lazy("Your e-mail address"), [required(), at_most(254), check_email])
    at_once = BooleanField(
        lazy("Tell me at once"),
        description=lazy("Otherwise we gather the news and write once a week at most."),
    )


class TellForm(Form):
    """How often to be told: gathered to one mail a week, or at once."""

    how = RadioField(
        lazy("How often?"),
        choices=[
            ("weekly", lazy("Once a week at most, everything in one mail")),
            ("at_once", lazy("At once, each time something is decided or done")),
        ],
        validators=[required()],
    )
