"""Forms of actions: to propose one, to write it anew, and to put a file with it."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from dialogue.actions.editing import Edit, More
from dialogue.actions.models import (
    LONGEST_GROUP,
    LONGEST_MEASURE,
    LONGEST_MEASURED,
    LONGEST_PLACE,
    LONGEST_ROLE,
    LONGEST_TITLE,
    LONGEST_WAIT,
    LONGEST_WHY,
    Action,
)
from dialogue.actions.operations import ActionDraft
from dialogue.base import i18n
from dialogue.base.i18n import lazy
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Dialogue
from dialogue.places.models import Organisation, OrganisationKind
from dialogue.places.operations import GROUPS, GroupFacts
from dialogue.web.forms import Form, Text, TranslatedField, at_most, check_email, optional, required

# What a select sends when nothing is chosen.
NOBODY = 0


class MoreFields(Form):
    """What may be said of an action besides what, why, who and when."""

    place = TranslatedField(lazy("Where"), longest=LONGEST_PLACE, required_in=())
    goal = SelectField(
        lazy("Which goal does it serve?"), coerce=int, choices=[(NOBODY, lazy("None"))], default=NOBODY
    )
    contributors = SelectMultipleField(
        lazy("Who else contributes?"),
        coerce=int,
        choices=(),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    waits_for = TranslatedField(
        lazy("What does it wait for?"),
        longest=LONGEST_WAIT,
        required_in=(),
        description=lazy("For example: money in next year's budget."),
    )
    next_update_on = DateField(lazy("When is the next update expected?"), [optional()])
    measure = TranslatedField(
        lazy("What is measured?"),
        longest=LONGEST_MEASURE,
        required_in=(),
        description=lazy("For example: how many feel safe at the bus stop in the evening."),
    )
    measured_before = Text(lazy("The figure before"), [at_most(LONGEST_MEASURED)])

    def offer_more(self, owners: Sequence[Organisation], goals: Sequence[tuple[int, str]]) -> None:
        """Offer these organisations and goals."""
        self.contributors.choices = [(owner.id, str(owner.name)) for owner in owners]
        self.goal.choices = list(goals)

    def more(self) -> More:
        """What was written, for the operation."""
        return More(
            place=self.place.data,
            waits_for=self.waits_for.data,
            measure=self.measure.data,
            measured_before=self.measured_before.data or "",
            goal_id=self.goal.data or None,
            next_update_on=self.next_update_on.data,
            contributor_ids=frozenset(self.contributors.data or ()),
        )

    @property
    def says_more(self) -> bool:
        """Whether something of it is written, or has to be put right."""
        names = (
            "place", "goal", "contributors", "waits_for", "next_update_on", "measure", "measured_before"
        )  # fmt: skip
        return any(self[name].data or self[name].errors for name in names)


class ActionForm(MoreFields):
    """Propose an action to an organisation."""

    title = TranslatedField(lazy("What is to be done"), longest=LONGEST_TITLE)
    why = TranslatedField(
        lazy("Why"),
        longest=LONGEST_WHY,
        lines=3,
        description=lazy("What residents have said, and what it should change."),
    )
    owner = SelectField(lazy("Who is asked to do it"), [required()], coerce=int, default=NOBODY)
    new_name = Text(
        lazy("Name of the group or the role"),
        [at_most(LONGEST_GROUP)],
        description=lazy(
            "For example: the neighbours in Strandgata, or the team for youth football. Never a person's name: everybody sees this."
        ),
    )
    new_kind = RadioField(
        lazy("What are they?"),
        [optional()],
        choices=[choice for choice in OrganisationKind.choices() if choice[0] in GROUPS],
        default=GROUPS[0].value,
    )
    new_email = StringField(
        lazy("E-mail address"),
        [check_email, at_most(254)],
        description=lazy("The question goes here. It is never shown to residents."),
    )
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

    def prepare(
        self, dialogue: Dialogue, owners: list[Organisation], goals: Sequence[tuple[int, str]] = ()
    ) -> None:
        """Ask for the dialogue's languages, and offer these organisations and goals."""
        ask_in_its_languages(self, dialogue, self.title, self.why)
        offer_owners(self.owner, owners)
        self.offer_more(owners, goals or [(NOBODY, lazy("None"))])

    def validate_owner(self, field: SelectField) -> None:
        """Somebody must be asked, who is in the list or is not."""
        if not self.new_name.data:
            check_owner(field)
        elif field.data != NOBODY:
            raise ValidationError(lazy("Choose from the list, or write somebody new: not both."))

    def validate_new_email(self, field: StringField) -> None:
        """Somebody new can only be asked by mail."""
        if self.new_name.data and not field.data:
            raise ValidationError(lazy("Fill in this field."))

    @property
    def names_somebody_new(self) -> bool:
        """Whether something is written about an owner who is not in the list."""
        return bool(self.new_name.data or self.new_email.data or self.new_name.errors)

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
            more=self.more(),
            new_owner=self._new_owner(),
        )

    def _new_owner(self) -> GroupFacts | None:
        if not self.new_name.data:
            return None
        kind = OrganisationKind(self.new_kind.data or GROUPS[0].value)
        return GroupFacts(kind, self.new_name.data, self.new_email.data or "")


class EditForm(MoreFields):
    """Write an action anew. It carries the revision that was shown, so that nobody overwrites what they have
    not seen."""

    title = TranslatedField(lazy("What is to be done"), longest=LONGEST_TITLE)
    why = TranslatedField(lazy("Why"), longest=LONGEST_WHY, lines=3)
    owner_role = TranslatedField(lazy("Which role there"), longest=LONGEST_ROLE, required_in=())
    revision = HiddenField()

    def prepare(
        self, action: Action, owners: Sequence[Organisation], goals: Sequence[tuple[int, str]]
    ) -> None:
        """Ask for the dialogue's languages, and offer these organisations, goals and what is chosen already."""
        ask_in_its_languages(self, action.dialogue, self.title, self.why)
        there = [one.organisation for one in action.contributors]
        others = [one for one in owners if one.id != action.owner_id and one not in there]
        self.offer_more([*there, *others], goals)

    def edit(self) -> Edit:
        """What was written, for the operation."""
        return Edit(self.title.data, self.why.data, self.owner_role.data, self.more())


class FileForm(Form):
    """Put a file with an action."""

    file = FileField(
        lazy("File"),
        [required(lazy("Choose a file."))],
        description=lazy("A PDF, or a picture in PNG or JPEG, of at most 5 MB. No names of persons in it."),
    )
    audience = RadioField(
        lazy("Who can open it?"),
        [required()],
        choices=[
            ("internal", lazy("Only the team and the owner")),
            ("everybody", lazy("Everybody, when the action is public")),
        ],
        default="internal",
    )

    def validate_file(self, field: FileField) -> None:
        """What was sent is a file, not words in its place."""
        if isinstance(field.data, str):
            raise ValidationError(lazy("Choose a file."))


def values_of(action: Action) -> dict[str, Any]:
    """What stands about an action now, for the form that writes it anew."""
    names = (
        "title",
        "why",
        "owner_role",
        "place",
        "waits_for",
        "measure",
        "measured_before",
        "next_update_on",
    )
    return {
        **{name: getattr(action, name) for name in names},
        "goal": action.goal_id or NOBODY,
        "contributors": [one.organisation_id for one in action.contributors],
        "revision": str(action.revision),
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
