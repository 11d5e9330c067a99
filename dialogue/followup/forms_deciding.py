"""Forms of bodies, of what they decide and of what they talk about."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session
from wtforms import DateField, HiddenField, RadioField, SelectField, TimeField

from dialogue.actions.forms import NOBODY
from dialogue.base.clock import in_norway
from dialogue.base.errors import Invalid
from dialogue.base.i18n import Labelled, _, lazy
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Dialogue
from dialogue.followup import bodies
from dialogue.followup.bodies import LONGEST_NAME, BodyDraft
from dialogue.followup.deciding import LONGEST_EXPLANATION, DecisionDraft
from dialogue.followup.hearing import LONGEST_SAID
from dialogue.followup.models import Body, BodyPower, DecisionOutcome, DecisionReason, PassState
from dialogue.followup.passing import LONGEST_REPLY
from dialogue.followup.rules import REASONS
from dialogue.places.models import Organisation
from dialogue.web.forms import Form, Paragraphs, TranslatedField, at_most, optional, required
from dialogue.web.permissions import Actor

# No body has this key: it is written in the same form.
ANOTHER = 0

POWERS = (
    (BodyPower.DECIDES.value, lazy("It decides. Residents get its answer.")),
    (BodyPower.RECOMMENDS.value, lazy("It recommends, as a police council can. Others decide.")),
    (BodyPower.DISCUSSES.value, lazy("It talks about it, and says neither yes nor no.")),
)


class WhenPublic(Labelled):
    """When residents may read a decision."""

    NOW = "now", lazy("At once")
    LATER = "later", lazy("At a set time")
    TOGETHER = "together", lazy("Together with the other decisions that wait, when you publish them all")


class BodyForm(Form):
    """A body: its name, what it can do, and whose it is."""

    name = TranslatedField(lazy("Name of the body"), longest=LONGEST_NAME)
    power = RadioField(lazy("What can it do?"), choices=list(POWERS), validators=[required()])
    organisation = SelectField(lazy("Whose body is it?"), coerce=int)
    submission_key = HiddenField()

    def prepare(self, dialogue: Dialogue, organisations: Sequence[Organisation]) -> None:
        """Ask for the dialogue's languages, and offer these organisations."""
        ask_in_its_languages(self, dialogue, self.name)
        self.organisation.choices = _organisations(organisations, _("Several together, or none of these"))

    def draft(self) -> BodyDraft:
        """What was written, for the operation."""
        return BodyDraft(self.name.data, BodyPower(self.power.data), self.organisation.data or None)


class _AboutBody(Form):
    """Choose a body, or write down another one in the same form."""

    body = SelectField(lazy("Which body?"), [required()], coerce=int)
    new_name = TranslatedField(lazy("Name of the other body"), longest=LONGEST_NAME, required_in=())
    new_power = RadioField(
        lazy("What can it do?"),
        choices=list(POWERS),
        default=BodyPower.DECIDES.value,
        validators=[optional()],
    )
    new_organisation = SelectField(lazy("Whose body is it?"), coerce=int)
    submission_key = HiddenField()

    def offer(self, dialogue: Dialogue, found: Sequence[Body], organisations: Sequence[Organisation]) -> None:
        """Offer these bodies, and these organisations for another one."""
        ask_in_its_languages(self, dialogue, self.new_name)
        self.new_name.required_in = ()
        self.body.choices = [
            *((one.id, str(one.name)) for one in found),
            (ANOTHER, _("Another one, which I write down below")),
        ]
        self.new_organisation.choices = _organisations(organisations, _("Several together, or none of these"))

    @property
    def makes_body(self) -> bool:
        """Whether another body is written down."""
        return not self.body.data

    def body_id(self, session: Session, actor: Actor, dialogue: Dialogue) -> int:
        """The body that was chosen, made when it was written down here. Raises as ``bodies.ensure``, with the
        form's own field."""
        if not self.makes_body:
            return int(self.body.data)
        try:
            power = BodyPower(self.new_power.data or BodyPower.DECIDES)
            organisation_id = self.new_organisation.data or None
            return bodies.ensure(session, actor, dialogue, self.new_name.data, power, organisation_id).id
        except Invalid as error:
            raise Invalid(error.message, f"new_{error.field}") from None


class DecisionForm(_AboutBody):
    """Write down what a body decided about a theme."""

    outcome = RadioField(
        lazy("What was decided?"), choices=DecisionOutcome.choices(), validators=[required()]
    )
    reason = SelectField(lazy("Main reason"), validators=[required()])
    explanation = TranslatedField(
        lazy("Explanation to residents"),
        longest=LONGEST_EXPLANATION,
        lines=4,
        description=lazy(
            "Everybody reads it, and those who gave the ideas are told. Say why, also when it is no."
        ),
    )
    decided_on = DateField(lazy("When was it decided?"), [required()])
    passed_to = SelectField(
        lazy("Passed on to"),
        coerce=int,
        description=lazy("Only when it is passed on. We ask them to confirm that they have taken it."),
    )
    when_public = RadioField(
        lazy("When is it public?"),
        choices=WhenPublic.choices(),
        default=WhenPublic.NOW.value,
        validators=[required()],
    )
    public_on = DateField(lazy("Public from the day"), [optional()])
    public_at = TimeField(lazy("At what time"), [optional()])

    def prepare(
        self, dialogue: Dialogue, found: Sequence[Body], organisations: Sequence[Organisation]
    ) -> None:
        """Ask for the dialogue's languages, and offer these bodies and organisations."""
        self.offer(dialogue, found, organisations)
        ask_in_its_languages(self, dialogue, self.explanation)
        self.passed_to.choices = _organisations(organisations, _("Nobody"))
        self.reason.choices = [("", _("Choose"), {}), *(_reason(one) for one in DecisionReason)]

    def draft(self, body_id: int) -> DecisionDraft:
        """What was written, for the operation. Raises Invalid when a set time has no time."""
        when = WhenPublic(self.when_public.data)
        public_from = None
        if when is WhenPublic.LATER:
            if self.public_on.data is None or self.public_at.data is None:
                raise Invalid(lazy("Choose the day and the time."), "public_on")
            public_from = in_norway(datetime.combine(self.public_on.data, self.public_at.data))
        return DecisionDraft(
            outcome=DecisionOutcome(self.outcome.data),
            reason=DecisionReason(self.reason.data),
            explanation=self.explanation.data,
            body_id=body_id,
            decided_on=self.decided_on.data,  # type: ignore[arg-type]
            passed_to_id=self.passed_to.data or None,
            public_from=public_from,
            is_held=when is WhenPublic.TOGETHER,
        )


class HearingForm(_AboutBody):
    """Note that a body has talked about a theme."""

    heard_on = DateField(lazy("Which day?"), [required()])
    said = TranslatedField(
        lazy("What residents should know of it"),
        longest=LONGEST_SAID,
        lines=2,
        required_in=(),
        description=lazy("One sentence is enough. Everybody can read it."),
    )


def _organisations(organisations: Sequence[Organisation], nobody: str) -> list[tuple[int, str]]:
    return [(NOBODY, nobody), *((one.id, str(one.name)) for one in organisations)]


def _reason(reason: DecisionReason) -> tuple[str, str, dict[str, str]]:
    """A reason with the outcomes that it fits, so that a script can leave out the others."""
    fits = " ".join(outcome.value for outcome in DecisionOutcome if reason in REASONS[outcome])
    return reason.value, str(reason.label), {"data-fits": fits}


class PassingForm(Form):
    """What the organisation that something was passed on to says."""

    state = RadioField(
        lazy("Is this yours?"),
        choices=[
            (PassState.CONFIRMED.value, lazy("Yes, we have taken it")),
            (PassState.REFUSED.value, lazy("No, it is not ours")),
        ],
        validators=[required()],
    )
    reply = Paragraphs(
        lazy("A word to those who asked"),
        [at_most(LONGEST_REPLY)],
        description=lazy("Who could take it, or what you do with it. It is not shown to residents."),
    )
