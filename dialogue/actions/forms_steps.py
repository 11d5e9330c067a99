"""Forms of the steps with an action: a short one for each thing that can be done."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from wtforms import DateField, RadioField, SelectField, StringField

from dialogue.actions import rules
from dialogue.actions.forms import check_owner, offer_owners
from dialogue.actions.forms_wishes import AcceptForm, StepForm
from dialogue.actions.models import (
    LONGEST_MEASURED,
    LONGEST_PERSON,
    LONGEST_REPLY,
    LONGEST_SNOOZE,
    LONGEST_UPDATE,
    Action,
    ActionState,
)
from dialogue.actions.operations import Found
from dialogue.actions.pausing import LONGEST_PAUSE
from dialogue.actions.rules import ENDS, Someone, Step
from dialogue.base import clock, i18n
from dialogue.base.i18n import Translated, lazy
from dialogue.places.models import Organisation
from dialogue.web.forms import Paragraphs, Text, at_most, check_email, optional, required


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
    next_update_on = DateField(
        lazy("When will you tell more?"),
        [optional()],
        description=lazy("We remind you the day after, if you have not told more by then."),
    )

    def values(self) -> dict[str, Any]:
        """The words, in the language of the page they were written on, and the day of the next ones."""
        return {
            "text": Translated({i18n.language(): self.text.data}),
            "is_public": self.audience.data == "everybody",
            "next_update_on": self.next_update_on.data,
        }


class FinishForm(StepForm):
    """Say how it ended."""

    state = RadioField(
        lazy("How did it end?"),
        [required(lazy("Choose how it ended."))],
        choices=[choice for choice in ActionState.choices() if choice[0] in ENDS],
    )
    outcome = Paragraphs(
        lazy("What was done? If it stopped: why?"),
        [required(), at_most(LONGEST_UPDATE)],
        description=lazy("Those who gave the idea read this."),
    )
    measured_after = Text("", [at_most(LONGEST_MEASURED)])
    changed = Paragraphs(lazy("What has changed?"), [at_most(LONGEST_UPDATE)])
    learned = Paragraphs(lazy("What have you learned?"), [at_most(LONGEST_UPDATE)])

    def prepare(self, action: Action, owners: list[Organisation]) -> None:
        """Ask for a figure only where something is measured, beside the one from before."""
        if not action.measure:
            del self.measured_after
            return
        self.measured_after.label.text = i18n._("%(measure)s: the figure now", measure=action.measure)
        if action.measured_before:
            self.measured_after.description = i18n._("Before: %(figure)s", figure=action.measured_before)

    def values(self) -> dict[str, Any]:
        """How it ended and what came of it, in the language of the page it was written on."""
        here = i18n.language()
        measured = self.measured_after.data if "measured_after" in self else ""
        return {
            "state": ActionState(self.state.data),
            "outcome": Translated({here: self.outcome.data}),
            "found": Found(
                Translated({here: self.changed.data}), Translated({here: self.learned.data}), measured or ""
            ),
        }


class HandOverForm(StepForm):
    """Somebody else in the same organisation looks after it."""

    name = Text(lazy("Their name"), [required(), at_most(LONGEST_PERSON)])
    email = StringField(
        lazy("Their e-mail address"),
        [required(), check_email, at_most(254)],
        description=lazy("They get a mail with a link of their own, and your link stops working."),
    )

    def values(self) -> dict[str, Any]:
        """Who."""
        return {"name": self.name.data or "", "email": self.email.data or ""}


class OfferForm(StepForm):
    """Another organisation should do it."""

    owner = SelectField(
        lazy("Who should do it instead?"),
        [required()],
        coerce=int,
        description=lazy("Those who asked you decide. It stays with you until they have."),
    )
    reply = Paragraphs(lazy("Why them?"), [at_most(LONGEST_REPLY)])

    def prepare(self, action: Action, owners: list[Organisation]) -> None:
        """Offer everybody but the one who has it."""
        offer_owners(self.owner, [owner for owner in owners if owner.id != action.owner_id])

    def validate_owner(self, field: SelectField) -> None:
        """Somebody must be named."""
        check_owner(field)

    def values(self) -> dict[str, Any]:
        """Who and why."""
        return {"owner_id": self.owner.data, "reply": self.reply.data or ""}


class AgreeOfferForm(StepForm):
    """Ask the one that the owner names instead."""

    due_on = DateField(lazy("By when"), [required()])

    def prepare(self, action: Action, owners: list[Organisation]) -> None:
        """Start from the date that holds."""
        if self.due_on.data is None:
            self.due_on.data = action.due_on

    def values(self) -> dict[str, Any]:
        """By when."""
        return {"due_on": self.due_on.data}


class SnoozeForm(StepForm):
    """No reminders for a while."""

    until = DateField(
        lazy("Remind again on"),
        [required()],
        description=lazy("At most %(days)s days ahead.", days=LONGEST_PAUSE.days),
    )
    reason = Text(
        lazy("Why?"),
        [required(), at_most(LONGEST_SNOOZE)],
        description=lazy("Only those who work with the action see it."),
    )

    def prepare(self, action: Action, owners: list[Organisation]) -> None:
        """Start from two weeks."""
        if self.until.data is None and not self.until.raw_data:
            self.until.data = clock.today() + timedelta(days=14)

    def values(self) -> dict[str, Any]:
        """Until when, and why."""
        return {"until": self.until.data, "reason": self.reason.data or ""}


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
    Step.HAND_OVER: HandOverForm,
    Step.OFFER: OfferForm,
    Step.AGREE_OFFER: AgreeOfferForm,
    Step.SNOOZE: SnoozeForm,
}


def form_for(step: Step, who: Someone, action: Action) -> type[StepForm]:
    """The form of a step: saying yes asks more of the first who say it for an organisation."""
    if step is Step.ACCEPT and rules.is_to_be_asked(who, action):
        return AcceptForm
    return FORMS.get(step, StepForm)
