"""Forms of the work with many actions: the choice among them, a filter that is kept, and a quick update."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import Length

from dialogue.actions.models import ActionState
from dialogue.actions.rules import Pile, Side
from dialogue.actions.work.choosing import LONGEST_WORDS, OPEN, WITHIN, Choice, Whose
from dialogue.actions.work.keeping import LONGEST_NAME
from dialogue.actions.work.offering import Offered
from dialogue.actions.work.wording import Quick
from dialogue.base.i18n import lazy, ngettext
from dialogue.web.forms import Form, Paragraphs, Text, at_most, optional, required

LONGEST_WORD = 300

_ALL = lazy("All")


class ChoiceForm(Form):
    """Choose among actions; what is chosen stands in the address."""

    whose = RadioField(lazy("Whose actions"), choices=Whose.choices())
    words = Text(lazy("Words in the action"), [Length(max=LONGEST_WORDS)])
    state = SelectField(lazy("Where it stands"))
    municipality = SelectField(lazy("Municipality"))
    dialogue = SelectField(lazy("Dialogue"))
    owner = SelectField(lazy("Who does it"))
    goal = SelectField(lazy("Goal"))
    within = SelectField(lazy("Due within"))
    late = BooleanField(lazy("Only what is late"))
    on = HiddenField()

    def offer(self, offered: Offered, side: Side) -> None:
        """The values to choose among; a list of at most one value is no choice."""
        of_piles = [Pile.ANSWER, Pile.WAITING]
        names = {
            Pile.ANSWER: lazy("Answers that need you") if side is Side.ORGANISER else Pile.ANSWER.label,
            Pile.WAITING: lazy("Waiting for the owner") if side is Side.ORGANISER else Pile.WAITING.label,
        }
        self.state.choices = _with_all(
            [
                (OPEN, lazy("Not ended")),
                *((pile.value, names[pile]) for pile in of_piles),
                *ActionState.choices(),
            ]
        )
        self.within.choices = _with_all(
            [(str(days), ngettext("%(num)s day", "%(num)s days", days)) for days in WITHIN]
        )
        for name, options in (
            ("municipality", offered.municipalities),
            ("dialogue", offered.dialogues),
            ("owner", offered.owners),
            ("goal", offered.goals),
        ):
            field: Any = self[name]
            if len(options) > 1 or (options and field.data):
                field.choices = _with_all(options)
            else:
                del self[name]


def choice_form(choice: Choice, side: Side, has_both: bool) -> ChoiceForm:
    """The form with the choice that is shown; without the question whose, for those who have no choice."""
    values: dict[str, Any] = {
        **choice.query(),
        "whose": Whose.OURS.value if side is Side.OWNER else Whose.ALL.value,
        "late": choice.late,
    }
    form = ChoiceForm(data=values)
    if not has_both:
        del form.whose
    if choice.on is None:
        del form.on
    return form


class KeepForm(Form):
    """Keep a choice under a name."""

    name = Text(lazy("Name of the filter"), [required(), at_most(LONGEST_NAME)])
    query = HiddenField()
    opens_first = BooleanField(lazy("Open the list of actions with it"))


class MoveForm(Form):
    """Move a card with nothing to fill in."""

    step = HiddenField()
    revision = HiddenField()


class QuickForm(Form):
    """Say in one tap how it goes."""

    how = RadioField(lazy("How does it go?"), [required(lazy("Choose how it goes."))])
    word = Paragraphs(
        lazy("A word about it"),
        [optional(), at_most(LONGEST_WORD)],
        description=lazy("No names of persons."),
    )
    is_internal = BooleanField(lazy("Only for the team and the owner"))
    revision = HiddenField()

    def offer(self, quick: list[Quick]) -> None:
        """The taps to choose among."""
        taps: list[Any] = [(one.value, one.label) for one in quick]
        self.how.choices = taps


def _with_all(options: list[Any]) -> list[Any]:
    return [("", _ALL), *options]
