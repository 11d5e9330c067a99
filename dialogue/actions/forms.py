"""Forms of actions: one to propose, and a short one for each thing that can be done."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from dialogue.actions.models import (
    LONGEST_REPLY,
    LONGEST_ROLE,
    LONGEST_TITLE,
    LONGEST_UPDATE,
    LONGEST_WHY,
    Action,
    ActionState,
)
from dialogue.actions.operations import ActionDraft
from dialogue.actions.rules import ENDS, Step
from dialogue.base import i18n
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Dialogue
from dialogue.places.models import Organisation
from dialogue.web.forms import Form, Paragraphs, TranslatedField, at_most, required

# What a select sends when nothing is chosen.
NOBODY = 0


class ActionForm(Form):
    """Propose an action to an organisation."""

    title = TranslatedField(lazy("What is to be done"), longest=LONGEST_TITLE)
    why = TranslatedField(
        lazy("Why"),
        longest=LONGEST_WHY,
        lines=3,
        description=lazy("What residents have said, and what it should change."),
    )
    owner = SelectField(lazy("Who is asked to do it"), [required()], coerce=int)
    owner_role = TranslatedField(
        lazy("Which role there"),
        longest=LONGEST_ROLE,
        required_in=(),
        description=lazy("For example: head of roads. No personal names."),
    )
    due_on = DateField(lazy("By when"), [required()])
    is_internal = BooleanField(
        lazy("Keep it internal"),
        description=lazy("It is not shown to residents, even when the owner has said yes."),
    )
    submission_key = HiddenField()

    def prepare(self, dialogue: Dialogue, owners: list[Organisation]) -> None:
        """Ask for the dialogue's languages, and offer these organisations."""
        ask_in_its_languages(self, dialogue, self.title, self.why)
        offer_owners(self.owner, owners)

    def validate_owner(self, field: SelectField) -> None:
        """Somebody must be asked."""
        check_owner(field)

    def draft(self) -> ActionDraft:
        """What was written, for the operation."""
        return ActionDraft(
            title=self.title.data,
            why=self.why.data,
            owner_id=self.owner.data,
            owner_role=self.owner_role.data,
            due_on=self.due_on.data,  # type: ignore[arg-type]
            is_internal=bool(self.is_internal.data),
            submission_key=self.submission_key.data or "",
        )


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


class SuggestDateForm(StepForm):
    """The owner offers another date."""

    new_date = DateField(lazy("The date you suggest"), [required()])
    reply = Paragraphs(lazy("A word to those who asked"), [at_most(LONGEST_REPLY)])

    def values(self) -> dict[str, Any]:
        """The date and the words that go with it."""
        return {"new_date": self.new_date.data, "reply": self.reply.data or ""}


class DeclineForm(StepForm):
    """The owner says no."""

    reply = Paragraphs(lazy("Why not?"), [required(), at_most(LONGEST_REPLY)])

    def values(self) -> dict[str, Any]:
        """The reason."""
        return {"reply": self.reply.data or ""}


class ReportForm(StepForm):
    """Tell what has happened."""

    text = Paragraphs(
        lazy("What has happened?"),
        [required(), at_most(LONGEST_UPDATE)],
        description=lazy("A sentence or two. No names of persons."),
    )
    audience = RadioField(
        lazy("Who can read it?"),
        [required()],
        choices=[
            ("everybody", lazy("Everybody, when the action is public")),
            ("internal", lazy("Only the team and the owner")),
        ],
        default="everybody",
    )

    def values(self) -> dict[str, Any]:
        """The words, in the language of the page they were written on."""
        return {
            "text": Translated({i18n.language(): self.text.data}),
            "is_public": self.audience.data == "everybody",
        }


class FinishForm(StepForm):
    """Say how it ended."""

    state = RadioField(
        lazy("How did it end?"),
        [required(lazy("Choose how it ended."))],
        choices=[choice for choice in ActionState.choices() if choice[0] in ENDS],
    )
    outcome = Paragraphs(
        lazy("What came of it?"),
        [required(), at_most(LONGEST_UPDATE)],
        description=lazy("Those who gave the idea read this."),
    )

    def values(self) -> dict[str, Any]:
        """How it ended and the outcome, in the language of the page it was written on."""
        return {
            "state": ActionState(self.state.data),
            "outcome": Translated({i18n.language(): self.outcome.data}),
        }


class ProposeAnewForm(StepForm):
    """Ask again, or ask somebody else."""

    owner = SelectField(lazy("Who is asked to do it"), [required()], coerce=int)
    due_on = DateField(lazy("By when"), [required()])

    def prepare(self, action: Action, owners: list[Organisation]) -> None:
        """Offer the owners there are, and start from what was asked before."""
        offer_owners(self.owner, owners)
        if self.owner.data is None and self.due_on.data is None:
            self.owner.data = action.owner_id
            self.due_on.data = action.suggested_due_on or action.due_on

    def validate_owner(self, field: SelectField) -> None:
        """Somebody must be asked."""
        check_owner(field)

    def values(self) -> dict[str, Any]:
        """Who and by when."""
        return {"owner_id": self.owner.data, "due_on": self.due_on.data}


class ShowForm(StepForm):
    """Choose who can see the action."""

    audience = RadioField(
        lazy("Who can see the action?"),
        [required()],
        choices=[
            ("everybody", lazy("Everybody, when the owner has said yes")),
            ("internal", lazy("Only the team and the owner")),
        ],
    )

    def prepare(self, action: Action, owners: list[Organisation]) -> None:
        """Start from what holds now."""
        if self.audience.data is None:
            self.audience.data = "internal" if action.is_internal else "everybody"

    def values(self) -> dict[str, Any]:
        """Whether it is kept internal."""
        return {"is_internal": self.audience.data == "internal"}


# The steps that ask for more than a press of a button.
FORMS: Mapping[Step, type[StepForm]] = {
    Step.SUGGEST_DATE: SuggestDateForm,
    Step.DECLINE: DeclineForm,
    Step.REPORT: ReportForm,
    Step.FINISH: FinishForm,
    Step.PROPOSE_ANEW: ProposeAnewForm,
    Step.SHOW: ShowForm,
}


def offer_owners(field: SelectField, owners: list[Organisation]) -> None:
    """The organisations as choices, with none chosen at first."""
    field.choices = [
        (NOBODY, lazy("Choose")),
        *((owner.id, _name(owner)) for owner in owners),
    ]


def check_owner(field: SelectField) -> None:
    """Refuse the choice that is none."""
    if field.data == NOBODY:
        raise ValidationError(lazy("Choose who is to do it."))


def _name(owner: Organisation) -> str:
    return str(owner.name) if owner.email else i18n._("%(name)s (no e-mail address)", name=owner.name)
