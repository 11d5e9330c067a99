"""Forms of accounts and sign-in."""

from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import Length

from dialogue.base import i18n
from dialogue.base.i18n import lazy
from dialogue.people.passwords import LONGEST, SHORTEST
from dialogue.web.forms import Form, Text, at_most, check_email, optional, required
from dialogue.web.permissions import Grant, Role, ScopeKind


class SignInForm(Form):
    """Sign in with a password."""

    email = StringField(lazy("E-mail"), [required(), at_most(254)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        lazy("Password"), [required(), at_most(LONGEST)], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


class LinkForm(Form):
    """Ask for a sign-in link."""

    email = StringField(
        lazy("E-mail"), [required(), check_email, at_most(254)], render_kw={"autocomplete": "username"}
    )


class AccountForm(Form):
    """What people change about their own account."""

    name = Text(lazy("Name"), [required(), at_most(120)])
    title = Text(lazy("Title"), [at_most(120)], description=lazy("For example “Head of the police station”."))
    language = SelectField(lazy("Language of mails"), [required()], choices=list(i18n.LANGUAGES.items()))


class PasswordForm(Form):
    """Choose a password; ``old`` is taken away for whoever need not say it."""

    old = PasswordField(
        lazy("The password you have now"),
        [required(), at_most(LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        lazy("New password"),
        [
            required(),
            Length(min=SHORTEST, max=LONGEST, message=lazy("Use at least %(min)d characters.")),
        ],
        description=lazy("At least 12 characters. A sentence is easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )


def scope_choices(scopes: list[tuple[ScopeKind, int, str]]) -> list[tuple[str, str]]:
    """The scopes somebody may grant, as choices of a form."""
    return [
        (f"{kind.value}:{number}", f"{kind.label}: {name}" if number else str(kind.label))
        for kind, number, name in scopes
    ]


class GrantForm(Form):
    """A role within a scope."""

    role = SelectField(lazy("Role"), [required()], choices=Role.choices())
    scope = SelectField(lazy("For"), [required()], description=lazy("How far the role reaches."))

    def grant(self) -> Grant:
        """What was chosen."""
        kind, number = str(self.scope.data).split(":")
        return Grant(Role(self.role.data), ScopeKind(kind), int(number) or None)


class InvitationForm(GrantForm):
    """Invite somebody."""

    email = StringField(lazy("E-mail"), [required(), check_email, at_most(254)])
    name = Text(lazy("Name"), [required(), at_most(120)])
    title = Text(lazy("Title"), [optional(), at_most(120)])
    language = SelectField(lazy("Language of mails"), [required()], choices=list(i18n.LANGUAGES.items()))
