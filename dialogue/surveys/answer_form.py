"""The form residents answer, made from a published version in the reader's language."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from dialogue.base.errors import Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.residents.forms import GuardedForm
from dialogue.surveys import answering
from dialogue.surveys.models import QuestionKind
from dialogue.surveys.questionnaire import TEXTS, Item, Questionnaire
from dialogue.web.forms import Paragraphs, Text


class Several(SelectMultipleField):
    """Choices of which several can be ticked."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AnswerForm(GuardedForm):
    """Answer a survey."""

    send_anyway = BooleanField(lazy("Send it anyway."))
    submission_key = HiddenField()
    items: ClassVar[tuple[Item, ...]] = ()

    def asked(self) -> Iterator[tuple[Item, Field]]:
        """Each question with its field."""
        for item in self.items:
            yield item, self[_name(item)]

    def sent(self) -> dict[int, Sequence[str]]:
        """What was filled in, as answering takes it."""
        return {item.id: values_of(field) for item, field in self.asked()}


def make(form: Questionnaire, formdata: MultiDict[str, str] | None) -> AnswerForm:
    """The form for a questionnaire, with what was sent in it."""
    fields = {_name(item): _field(item, place) for place, item in enumerate(form.items, 1)}
    written = tuple(_name(item) for item in form.items if item.kind in TEXTS)
    kind = type("AnswerForm", (AnswerForm,), {**fields, "items": form.items, "guarded": written})
    return kind(formdata)  # type: ignore[no-any-return]


def worded(text: Translated) -> str | Markup:
    """A text in the reader's language, or in another one that is marked as such."""
    picked = text.pick()
    if not picked.is_fallback:
        return picked.text
    return Markup('<span lang="{}">{}</span>').format(picked.language, picked.text)


def values_of(field: Field) -> Sequence[str]:
    """What stands in a field, as a list."""
    data = field.data or []
    return [data] if isinstance(data, str) else list(data)


class _Rule:
    """What may be answered to a question, asked of the one place that knows."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.field_flags: dict[str, Any] = {"required": True} if item.is_required else {}
        longest = answering.longest_text(item.kind)
        if longest is not None:
            self.field_flags["maxlength"] = longest

    def __call__(self, _form: AnswerForm, field: Field) -> None:
        try:
            answering.read(self.item, values_of(field))
        except Invalid as error:
            raise ValidationError(error.message) from None  # type: ignore[arg-type]


def _name(item: Item) -> str:
    return f"q{item.id}"


def _field(item: Item, place: int) -> Any:
    label = Markup("{}. {}").format(place, worded(item.text))
    shared: dict[str, Any] = {"validators": [_Rule(item)], "description": _description(item)}
    if item.kind is QuestionKind.SHORT_TEXT:
        return Text(label, **shared)
    if item.kind is QuestionKind.LONG_TEXT:
        return Paragraphs(label, **shared)
    if item.kind is QuestionKind.NUMBER:
        return Text(label, render_kw={"inputmode": "numeric", "autocomplete": "off"}, **shared)
    if item.kind is QuestionKind.SCALE:
        choices = [SelectChoice(str(step), str(step)) for step in item.steps]
    else:
        choices = [SelectChoice(str(choice.id), worded(choice.text)) for choice in item.choices]
    field = Several if item.kind is QuestionKind.SEVERAL else RadioField
    # The question's rule says what may be chosen, in plainer words than the library's.
    return field(label, choices=choices, validate_choice=False, **shared)


def _description(item: Item) -> str | Markup:
    parts = [worded(item.help)] if item.help else []
    if item.kind is QuestionKind.SCALE:
        ends = ((item.lowest, item.lowest_label), (item.highest, item.highest_label))
        parts += [Markup("{} = {}").format(end, worded(label)) for end, label in ends if label]
        return Markup(" · ").join(parts) if parts else ""
    if item.kind is QuestionKind.NUMBER:
        parts.append(str(lazy("From %(low)s to %(high)s.", low=item.lowest, high=item.highest)))
    if item.kind is QuestionKind.SEVERAL:
        parts.append(str(lazy("You can choose more than one.")))
    return Markup(" ").join(parts)
