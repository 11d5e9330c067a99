"""Forms: the base class, our own messages, and fields that WTForms does not have."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import render_template, request
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, Form as WtForm, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError

from dialogue.base import i18n, text
from dialogue.base.errors import DomainError
from dialogue.base.i18n import Lazy, Translated, lazy
from dialogue.web import transaction

# What WTForms itself may say; named here so that it is in our catalogues.
_LIBRARY_MESSAGES = (
    lazy("This field is required."),
    lazy("Not a valid choice."),
    lazy("Not a valid integer value."),
    lazy("Not a valid decimal value."),
    lazy("Not a valid date value."),
    lazy("Not a valid time value."),
    lazy("Not a valid datetime value."),
    lazy("Invalid Choice: could not coerce."),
    lazy("Invalid choice(s): one or more data inputs could not be coerced."),
)


class _OurMessages:
    def gettext(self, message: str) -> str:
        return i18n._(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return i18n._(singular if n == 1 else plural)


class Form(WtForm):
    """A form of the house: read from the request, with messages in the reader's language."""

    class Meta:
        """WTForms' own settings."""

        def get_translations(self, _form: WtForm) -> _OurMessages:
            """Our catalogues instead of the library's, which has no nynorsk."""
            return _OurMessages()

    def refuse(self, error: DomainError) -> None:
        """Show what an operation refused, at the field it concerns or above the form."""
        transaction.begin_anew()
        field = getattr(error, "field", "")
        if field and field in self:
            self[field].errors = [*self[field].errors, str(error.message)]
        else:
            self.form_errors = [*self.form_errors, str(error.message)]

    @property
    def has_errors(self) -> bool:
        """Whether something in the form has to be put right."""
        return bool(self.errors or self.form_errors)


def sent(form: Form) -> bool:
    """Whether the form was sent and each field is right in itself."""
    return request.method == "POST" and form.validate()


def posted() -> MultiDict[str, str] | None:
    """What a POST sent, for a form's constructor; None for a GET, so that defaults show."""
    return request.form if request.method == "POST" else None


def posted_with_files() -> MultiDict[str, Any] | None:
    """The same with the files that were sent."""
    return CombinedMultiDict([request.files, request.form]) if request.method == "POST" else None


def render_form(template: str, form: Form, **values: Any) -> tuple[str, int]:
    """The page with its form; 422 when something in it has to be put right, so that nothing is committed."""
    wrong = request.method == "POST"
    return render_template(template, form=form, has_errors=form.has_errors, **values), 422 if wrong else 200


def hidden_number(field: HiddenField) -> int:
    """The number that a hidden field carries; -1, which no key and no revision has, for what is none."""
    # A field that was not sent carries what the page would have: a number as it is.
    written = str(field.data or "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else -1


class Required(InputRequired):
    """Something must be sent, and of a text something must be left when it is tidied: blanks alone say nothing."""

    def __call__(self, form: Any, field: Any) -> None:
        """Raises StopValidation."""
        super().__call__(form, field)
        if field.data == "":
            raise StopValidation(self.message or "")


def required(message: Any = None) -> Required:
    """Something must be written or chosen."""
    return Required(message or lazy("Fill in this field."))


def optional() -> Optional:
    """It may be left empty."""
    return Optional()


def at_most(letters: int) -> Length:
    """So many letters at most; the field's counter shows the same number."""
    return Length(max=letters, message=lazy("Write at most %(max)d characters."))


class Text(StringField):
    """One line of text, tidied."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the text without control characters and outer space, on one line."""
        self.data = " ".join(text.tidy(valuelist[0]).split()) if valuelist else self.data


class Paragraphs(TextAreaField):
    """Several lines of text, tidied."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the text without control characters and outer space."""
        self.data = text.tidy(valuelist[0]) if valuelist else self.data


@dataclass(frozen=True)
class LanguageInput:
    """One language's part of a TranslatedField."""

    code: str
    label: str
    name: str
    value: str
    required: bool
    error: str


class TranslatedField(Field):
    """Staff-written text, one input per language of the dialogue; ``data`` is a Translated.

    ``required_in`` names the languages that must be written; the form may set it when it is made.
    """

    def __init__(
        self,
        label: Any,
        *,
        longest: int,
        lines: int = 1,
        codes: Sequence[str] = tuple(i18n.LANGUAGES),
        required_in: Sequence[str] = ("nb",),
        description: Any = "",
        **options: Any,
    ) -> None:
        super().__init__(label, description=description, **options)
        self.longest = longest
        self.lines = lines
        self.codes = tuple(codes)
        self.required_in = tuple(required_in)
        self._wrong: dict[str, Lazy] = {}
        self.data: Translated = Translated()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the texts from ``name-nb``, ``name-nn``, … of the form, else the object's."""
        self.process_errors: list[str] = []
        chosen = data if isinstance(data, Translated) else self.default
        self.data = chosen if isinstance(chosen, Translated) else Translated()
        self.object_data = self.data
        if formdata is not None:
            self.data = Translated(
                {code: text.tidy(formdata.get(f"{self.name}-{code}", "")) for code in self.codes}
            )

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Check that the required languages are written and none is too long."""
        self._wrong = {code: lazy("Fill in this field.") for code in self.data.missing(self.required_in)}
        for code, written in self.data.texts:
            if len(written) > self.longest:
                self._wrong[code] = lazy("Write at most %(max)s characters.", max=self.longest)
        self.errors = [str(message) for message in self._wrong.values()]
        return not self.errors

    @property
    def languages(self) -> list[LanguageInput]:
        """The inputs to show, in order; what an operation refused stands at the first."""
        wrong: dict[str, object] = dict(self._wrong)
        refused = [error for error in self.errors if error not in wrong.values()]
        if refused:
            wrong.setdefault(self.codes[0], refused[0])
        return [
            LanguageInput(
                code=code,
                label=i18n.LANGUAGES[code],
                name=f"{self.name}-{code}",
                value=self.data.get(code),
                required=code in self.required_in,
                error=str(wrong.get(code, "")),
            )
            for code in self.codes
        ]


def check_email(_form: Form, field: Field) -> None:
    """An address that mail can be sent to, as far as its writing tells; empty is allowed."""

    if not field.data:
        return
    try:
        field.data = validate_email(field.data.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValidationError(lazy("Write an e-mail address like name@example.no.")) from None
