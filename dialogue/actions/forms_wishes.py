"""Forms of what an organisation chooses, and the shape of the form of any step."""

from typing import Any

from wtforms import BooleanField, HiddenField, StringField

from dialogue.actions.models import Action
from dialogue.actions.wishes import Wishes
from dialogue.base.i18n import lazy
from dialogue.places.models import Organisation
from dialogue.web.forms import Form, at_most, check_email


class StepForm(Form):
    """One step with an action. It carries the revision that was shown, so that nobody overwrites what they
    have not seen."""

    revision = HiddenField()

    @property
    def is_button(self) -> bool:
        """Whether there is nothing to fill in."""
        return len(list(self)) == 1

    def prepare(self, action: Action, owners: list[Organisation]) -> None:
        """Offer what depends on the action."""

    def values(self) -> dict[str, Any]:
        """What the operation takes besides the action and its revision."""
        return {}


class AcceptForm(StepForm):
    """The owner says yes for the first time, and says how it wants lateness to be told."""

    shows_lateness = BooleanField(
        lazy("Residents may see it if we are late"),
        description=lazy("If not, only you and those who asked see it."),
    )
    tells_leader = BooleanField(lazy("Tell our leader when something is two weeks late"))
    leader_email = StringField(lazy("The leader's e-mail address"), [check_email, at_most(254)])

    def values(self) -> dict[str, Any]:
        """What they chose."""
        return {"wishes": chosen_wishes(self)}


class WishesForm(AcceptForm):
    """The same, changed later, and whether a list is mailed each week."""

    weekly_mail = BooleanField(lazy("Send us a list of our actions each week"))


class PersonForm(Form):
    """What one person behind an organisation's actions chooses."""

    weekly_mail = BooleanField(lazy("Send me a list of my actions each week"))


def chosen_wishes(form: AcceptForm) -> Wishes:
    """What was chosen in a form about lateness."""
    return Wishes(bool(form.shows_lateness.data), bool(form.tells_leader.data), form.leader_email.data or "")
