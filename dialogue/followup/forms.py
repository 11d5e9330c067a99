"""Forms of the chain."""

from collections.abc import Sequence

from wtforms import DateField, EmailField, HiddenField, RadioField, SelectField

from dialogue.actions.forms import NOBODY
from dialogue.base.i18n import LANGUAGES, _, lazy
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Dialogue
from dialogue.followup.deciding import LONGEST_BODY, LONGEST_EXPLANATION, DecisionDraft
from dialogue.followup.models import BodyPower, DecisionOutcome, DecisionReason
from dialogue.followup.themes import LONGEST_TITLE, LONGEST_WORDS, ThemeWords
from dialogue.places.models import Organisation
from dialogue.web.forms import Form, Text, TranslatedField, at_most, check_email, required


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


class NewThemeForm(Form):
    """Make a theme."""

    title = TranslatedField(lazy("Name of the new theme"), longest=LONGEST_TITLE)
    submission_key = HiddenField()


class ThemeForm(Form):
    """A theme in the words of the brief."""

    title = TranslatedField(lazy("Name"), longest=LONGEST_TITLE)
    what_people_say = TranslatedField(lazy("What people say"), longest=LONGEST_WORDS, lines=3, required_in=())
    what_we_propose = TranslatedField(lazy("What we propose"), longest=LONGEST_WORDS, lines=3, required_in=())
    who = TranslatedField(
        lazy("Who"), longest=120, required_in=(), description=lazy("Bodies and roles, no personal names.")
    )

    def words(self) -> ThemeWords:
        """What was written, for the operation."""
        return ThemeWords(
            self.title.data, self.what_people_say.data, self.what_we_propose.data, self.who.data
        )


class DecisionForm(Form):
    """Write down what was decided about a theme."""

    outcome = RadioField(
        lazy("What was decided?"), choices=DecisionOutcome.choices(), validators=[required()]
    )
    reason = SelectField(
        lazy("Main reason"),
        choices=[("", lazy("Choose")), *DecisionReason.choices()],
        validators=[required()],
    )
    explanation = TranslatedField(
        lazy("Explanation to residents"),
        longest=LONGEST_EXPLANATION,
        lines=4,
        description=lazy(
            "Everybody reads it, and those who gave the ideas are told. Say why, also when it is no."
        ),
    )
    body = TranslatedField(lazy("Which body?"), longest=LONGEST_BODY)
    power = RadioField(
        lazy("What can the body do?"),
        choices=[
            (BodyPower.DECIDES.value, lazy("It decides")),
            (BodyPower.RECOMMENDS.value, lazy("It recommends, as a police council does")),
        ],
        default=BodyPower.DECIDES.value,
        validators=[required()],
    )
    decided_on = DateField(lazy("When was it decided?"), [required()])
    passed_to = SelectField(lazy("Passed on to"), coerce=int, description=lazy("Only when it is passed on."))
    submission_key = HiddenField()

    def prepare(self, dialogue: Dialogue, organisations: Sequence[Organisation]) -> None:
        """Ask for the dialogue's languages, and offer these organisations."""
        ask_in_its_languages(self, dialogue, self.explanation, self.body)
        self.passed_to.choices = [(NOBODY, _("Nobody")), *((one.id, str(one.name)) for one in organisations)]

    def draft(self) -> DecisionDraft:
        """What was written, for the operation."""
        return DecisionDraft(
            outcome=DecisionOutcome(self.outcome.data),
            reason=DecisionReason(self.reason.data),
            explanation=self.explanation.data,
            body=self.body.data,
            power=BodyPower(self.power.data),
            decided_on=self.decided_on.data,  # type: ignore[arg-type]
            passed_to_id=self.passed_to.data or None,
        )


class FreezeForm(Form):
    """Freeze a version of the brief."""

    sent_to = Text(
        lazy("Who gets it?"),
        [required(), at_most(160)],
        description=lazy("For example: the police council on 3 December."),
    )
    language = RadioField(lazy("Language"), validators=[required()])

    def prepare(self, dialogue: Dialogue) -> None:
        """Offer the dialogue's languages."""
        self.language.choices = [(code, LANGUAGES[code]) for code in dialogue.languages]
