"""Forms of dialogues."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import NoneOf
from wtforms.widgets import CheckboxInput, ListWidget

from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import rules
from dialogue.dialogues.models import Dialogue, PhaseKind
from dialogue.dialogues.playbooks import PLAYBOOKS, Playbook
from dialogue.places.models import Municipality, Organisation
from dialogue.web.forms import Form, TranslatedField, at_most, check_email, optional, required
from dialogue.web.permissions import Role


def ask_in_its_languages(form: Form, dialogue: Dialogue, *public: TranslatedField) -> None:
    """Ask for a form's texts in the dialogue's languages; those that residents will read, in every one in
    which the law wants them."""
    for field in form:
        if isinstance(field, TranslatedField):
            field.codes = tuple(dialogue.languages)
    for field in public:
        field.required_in = rules.required_languages(dialogue)


def _chosen() -> NoneOf:
    """Something else than the line that asks to choose."""
    return NoneOf([0], message=lazy("Choose one."))


# A choice must have a value of its own to be told from no choice at all.
EMPTY = "empty"
_BEGINNINGS: list[Any] = [
    *((playbook.key, playbook.name) for playbook in PLAYBOOKS),
    (EMPTY, lazy("Empty dialogue")),
]


class PlacedForm(Form):
    """Where a dialogue lies, and who asks."""

    municipality_id = SelectField(lazy("Municipality"), [required(), _chosen()], coerce=int)
    organiser_id = SelectField(
        lazy("Who asks?"),
        [required(), _chosen()],
        coerce=int,
        description=lazy("The body that residents get their answer from."),
    )

    def offer_places(
        self, municipalities: Sequence[Municipality], organisers: Sequence[Organisation]
    ) -> None:
        """The places and bodies to choose among; with a single one there is nothing to choose."""
        self.municipality_id.choices = _choices(
            [(place.id, f"{place.name} ({place.county})") for place in municipalities]
        )
        self.organiser_id.choices = _choices([(body.id, str(body.name)) for body in organisers])


class BasicsForm(PlacedForm):
    """Step 1: what the dialogue asks, where, and who asks."""

    playbook = RadioField(
        lazy("How do you want to begin?"),
        [required()],
        choices=_BEGINNINGS,
        default=PLAYBOOKS[0].key,
        description=lazy(
            "The neighbourhood talk gives you a meeting, an idea board, a survey and a checklist. You can change it all."
        ),
    )
    title = TranslatedField(
        lazy("Title"), longest=100, description=lazy("A few words that residents recognise.")
    )
    question = TranslatedField(
        lazy("What do you ask residents?"),
        longest=200,
        description=lazy("One open question. Ask what each can do, rather than what is wrong."),
    )
    area = TranslatedField(
        lazy("Which area is it about?"), longest=100, description=lazy("Use the name that people there use.")
    )
    submission_key = HiddenField()


class DripForm(PlacedForm):
    """One question, with everything else by itself."""

    question = TranslatedField(
        lazy("What do you ask residents?"),
        longest=100,
        description=lazy("One open question that can be answered in a sentence."),
    )
    contact_email = StringField(
        lazy("E-mail that residents can write to"), [required(), at_most(254), check_email]
    )
    accessibility_url = StringField(
        lazy("Address of your accessibility statement"),
        [at_most(300)],
        description=lazy("It begins with https://uustatus.no. You can add it later, but before you publish."),
    )
    is_promised = BooleanField(lazy("I promise this answer in my own name, and publish"))
    submission_key = HiddenField()


class PlanForm(Form):
    """Step 2: why, in which languages, and when. Two dates for each phase; neither: the phase is left out."""

    purpose = TranslatedField(
        lazy("What is the dialogue for?"),
        longest=1000,
        lines=3,
        description=lazy("What happens with the answers?"),
    )
    in_english = BooleanField(
        lazy("Also in English"),
        description=lazy("Bokmål and nynorsk are always there, since the police must use both."),
    )
    answer_by = DateField(
        lazy("Residents get an answer by"),
        [optional()],
        description=lazy("A leader signs this date before you publish."),
    )
    tell_before = DateField(
        lazy("A day that matters to those who gave something"),
        [optional()],
        description=lazy(
            "In the week before it they are told everything that is new. Two weeks before it you are reminded of what is undecided."
        ),
    )
    tell_before_what = TranslatedField(
        lazy("Which day is it?"),
        longest=60,
        required_in=(),
        description=lazy("So that it fits after “before”, for example: the summer holiday."),
    )
    goals = SelectMultipleField(
        lazy("Goals that the dialogue serves"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=lazy(
            "From the plans that are valid here now. Residents see them on the dialogue's page."
        ),
    )

    @property
    def phases(self) -> list[tuple[PhaseKind, Any, Any]]:
        """Each phase with its two fields, in the order of the round."""
        return [(kind, self[f"{kind.value}_starts"], self[f"{kind.value}_ends"]) for kind in rules.PHASE_DAYS]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, and that no phase has only one of its two dates."""
        right = super().validate(extra_validators)
        for _kind, starts, ends in self.phases:
            for given, other in ((starts, ends), (ends, starts)):
                if given.data is None and other.data is not None and not given.errors:
                    given.errors = [lazy("Fill in both dates, or neither.")]
                    right = False
        return right

    def dates(self) -> dict[PhaseKind, rules.Dates]:
        """The phases that have dates."""
        return {
            kind: (starts.data, ends.data) for kind, starts, ends in self.phases if starts.data and ends.data
        }


for _kind in rules.PHASE_DAYS:
    # WTForms finds its fields as attributes of the class; twelve alike are written once.
    setattr(
        PlanForm,
        f"{_kind.value}_starts",
        DateField(lazy("%(phase)s, first day", phase=_kind.label), [optional()]),
    )
    setattr(
        PlanForm,
        f"{_kind.value}_ends",
        DateField(lazy("%(phase)s, last day", phase=_kind.label), [optional()]),
    )


def plan_values(dialogue: Dialogue, day: date, playbook: Playbook | None) -> dict[str, Any]:
    """What step 2 shows to begin with: what is stored, else the playbook's default counted from a day."""
    dates: Mapping[PhaseKind, rules.Dates] = {
        phase.kind: (phase.starts_on, phase.ends_on) for phase in dialogue.phases
    }
    if not dates and dialogue.set_up_at is None:
        dates = rules.default_phases(day, playbook.days if playbook else rules.PHASE_DAYS)
    decide = dates.get(PhaseKind.DECIDE)
    proposed = playbook.purpose if playbook and dialogue.set_up_at is None else Translated()
    values: dict[str, Any] = {
        "purpose": dialogue.purpose or proposed,
        "in_english": "en" in dialogue.languages,
        "answer_by": dialogue.answer_by or (decide[1] if decide else None),
        "tell_before": dialogue.tell_before,
        "tell_before_what": dialogue.tell_before_what,
        "goals": [goal.id for goal in dialogue.goals],
    }
    for kind, (starts, ends) in dates.items():
        values[f"{kind.value}_starts"], values[f"{kind.value}_ends"] = starts, ends
    return values


class FrameworkForm(Form):
    """Step 3: who answers for the personal data, and where residents can turn."""

    controller_id = SelectField(
        lazy("Who is responsible for the personal data?"),
        [required(), _chosen()],
        coerce=int,
        description=lazy("The controller. By default the municipality; the police see moderated text."),
    )
    contact_email = StringField(
        lazy("E-mail that residents can write to"), [required(), at_most(254), check_email]
    )
    accessibility_url = StringField(
        lazy("Address of your accessibility statement"),
        [at_most(300)],
        description=lazy("It begins with https://uustatus.no. You can add it later, but before you publish."),
    )
    duty_officer = StringField(
        lazy("E-mail of the duty officer’s account"),
        [required(), at_most(254), check_email],
        description=lazy(
            "Is told at once, and alone reads it, when a moderator holds something because it tells of a danger or a crime. Choose somebody of the police who is at work when residents write."
        ),
    )
    has_pupils = BooleanField(
        lazy("Pupils take part"), description=lazy("Then pages where people write also show 116 111.")
    )
    privacy_notice = TranslatedField(
        lazy("Privacy notice"),
        longest=8000,
        lines=12,
        description=lazy(
            "A proposal with your facts filled in. Let your privacy adviser read it before you publish. ## makes a heading, - a list."
        ),
    )

    def offer_controllers(self, organisations: Sequence[Organisation]) -> None:
        """The organisations to choose among."""
        self.controller_id.choices = [(body.id, str(body.name)) for body in organisations]


class PromiseForm(Form):
    """A leader promises residents an answer."""

    answer_by = DateField(lazy("Residents get an answer by"), [required()])


class MemberForm(Form):
    """A part in the team."""

    part = TranslatedField(
        lazy("Part in the team"),
        longest=100,
        description=lazy("For example police contact or SLT coordinator. Not a name."),
    )
    organisation_id = SelectField(lazy("Organisation"), [required(), _chosen()], coerce=int)
    email = StringField(
        lazy("E-mail of their account"),
        [at_most(254), check_email],
        description=lazy(
            "Only if this person is to work on the dialogue here. It is not shown to residents."
        ),
    )
    role = SelectField(lazy("What may they do?"), [required()], default=Role.ORGANISER.value)

    def offer(self, organisations: Sequence[Organisation], roles: Sequence[Role]) -> None:
        """The organisations and roles to choose among."""
        self.organisation_id.choices = _choices([(body.id, str(body.name)) for body in organisations])
        offered: list[Any] = [(role.value, role.label) for role in roles]
        self.role.choices = offered


def _choices(found: list[tuple[int, str]]) -> list[tuple[int, Any]]:
    return found if len(found) == 1 else [(0, lazy("Choose")), *found]
