"""Forms of the brief and of the note for patrols."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from wtforms import BooleanField, DateField, Field, HiddenField, RadioField, SelectField
from wtforms.validators import Optional

from dialogue.base.i18n import LANGUAGES, lazy
from dialogue.briefs import rules
from dialogue.briefs.content import LONGEST_WHO
from dialogue.briefs.lines import Lines, Written, in_language
from dialogue.briefs.models import PatrolWish
from dialogue.briefs.operations import LONGEST_LEFT_OUT, LONGEST_OUTCOME, Receivers
from dialogue.briefs.patrols import LONGEST_PLACE, LONGEST_WHAT, WishDraft
from dialogue.briefs.sources import Said
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Dialogue
from dialogue.followup.models import Body, Theme
from dialogue.followup.themes import LONGEST_WORDS
from dialogue.web.forms import Form, Paragraphs, Text, TranslatedField, at_most, optional, required

# The parts of a theme's lines in the form; the last is the mark of what stood there.
LINES = ("says", "proposes", "who", "before")


class LinesForm(Form):
    """The three lines of every theme of the page, in one language."""

    themes: ClassVar[Sequence[Theme]] = ()

    def rows(self) -> Iterable[tuple[Theme, Field, Field, Field, Field]]:
        """Each theme with its fields: what people say, what we propose, who; and what they were."""
        for theme in self.themes:
            says, proposes, who, before = (f"{name}-{theme.code}" for name in LINES)
            yield theme, self[says], self[proposes], self[who], self[before]

    def written(self) -> dict[str, Written]:
        """What was written, for the operation."""
        found = {}
        for theme, says, proposes, who, before in self.rows():
            lines = Lines(says.data or "", proposes.data or "", who.data or "")
            found[theme.code] = Written(lines, before.data or "")
        return found

    def show_overtaken(self, overtaken: dict[str, Lines]) -> None:
        """Show what somebody else wrote meanwhile, at the fields it concerns, so that it can be put together."""
        for theme, says, proposes, who, before in self.rows():
            lines = overtaken.get(theme.code)
            if lines is None:
                continue
            before.data = lines.mark
            for field, now in ((says, lines.says), (proposes, lines.proposes), (who, lines.who)):
                if now != (field.data or ""):
                    field.errors = [
                        str(
                            lazy(
                                "Somebody else wrote here meanwhile: “%(text)s”. Send again to keep yours.",
                                text=now,
                            )
                        )
                    ]


def lines_form(themes: Sequence[Theme], language: str, formdata: Any) -> LinesForm:
    """The form for these themes."""
    fields: dict[str, Any] = {"themes": themes}
    for theme in themes:
        lines = in_language(theme, language)
        fields |= {
            f"says-{theme.code}": Paragraphs(
                lazy("What people say"), [Optional(), at_most(LONGEST_WORDS)], default=lines.says
            ),
            f"proposes-{theme.code}": Paragraphs(
                lazy("What we propose"), [Optional(), at_most(LONGEST_WORDS)], default=lines.proposes
            ),
            f"who-{theme.code}": Text(lazy("Who"), [Optional(), at_most(LONGEST_WHO)], default=lines.who),
            f"before-{theme.code}": HiddenField(default=lines.mark),
        }
    return type("LinesForm", (LinesForm,), fields)(formdata)  # type: ignore[no-any-return]


class QuotesForm(Form):
    """Quotes to be checked, each with its box: what is ticked is kept."""

    said: ClassVar[Sequence[Said]] = ()

    def rows(self) -> Iterable[tuple[Said, Field, Field]]:
        """What each is taken from, its words and its box."""
        for said in self.said:
            code = said.contribution.code
            yield said, self[f"text-{code}"], self[f"use-{code}"]

    def ticked(self) -> dict[str, str]:
        """The words of each that is ticked, by the code of what it is taken from."""
        return {said.contribution.code: text.data or "" for said, text, use in self.rows() if use.data}

    def show_wrong(self, wrong: dict[str, Any]) -> None:
        """Show what is wrong with some of them at their fields."""
        for said, text, _use in self.rows():
            if said.contribution.code in wrong:
                text.errors = [str(wrong[said.contribution.code])]


def quotes_form(said: Sequence[Said], kept: dict[int, str], formdata: Any) -> QuotesForm:
    """The form for quotes from these; one that is kept already begins with its own words."""
    fields: dict[str, Any] = {"said": said}
    for one in said:
        given = one.contribution
        fields |= {
            f"text-{given.code}": Paragraphs(
                lazy("Quote"), default=kept.get(given.id) or rules.proposed(one.text, given.language)
            ),
            f"use-{given.code}": BooleanField(lazy("Use it. I have checked that nobody can be recognised.")),
        }
    return type("QuotesForm", (QuotesForm,), fields)(formdata)  # type: ignore[no-any-return]


class ReceiversForm(Form):
    """Which bodies get a version, each with the day on which it meets."""

    bodies: ClassVar[Sequence[Body]] = ()

    submission_key = HiddenField()

    def rows(self) -> Iterable[tuple[Body, Field, Field]]:
        """Each body with its box and its day."""
        for body in self.bodies:
            yield body, self[f"to-{body.code}"], self[f"on-{body.code}"]

    def receivers(self) -> Receivers:
        """What was chosen, for the operation."""
        return Receivers({body.id: day.data for body, to, day in self.rows() if to.data})


class FreezeForm(ReceiversForm):
    """Freeze a version of the brief and send it."""

    language = RadioField(lazy("Language of the documents"), validators=[required()])
    left_out = Paragraphs(
        lazy("Why does something stay outside the themes?"),
        [Optional(), at_most(LONGEST_LEFT_OUT)],
        description=lazy("It stands in the annex. For example: they came after the themes were made."),
    )

    def prepare(self, dialogue: Dialogue) -> None:
        """Offer the dialogue's languages."""
        self.language.choices = [(code, LANGUAGES[code]) for code in dialogue.languages]


def receivers_form(kind: type[ReceiversForm], bodies: Sequence[Body], formdata: Any, **values: Any) -> Any:
    """A form of this kind for these bodies."""
    fields: dict[str, Any] = {"bodies": bodies}
    for body in bodies:
        fields |= {
            f"to-{body.code}": BooleanField(str(body.name)),
            f"on-{body.code}": DateField(lazy("The day it meets"), [optional()]),
        }
    return type(kind.__name__, (kind,), fields)(formdata, **values)


class OutcomeForm(Form):
    """What came of the brief in a body."""

    heard_on = DateField(lazy("When was it talked about?"), [required()])
    outcome = Paragraphs(
        lazy("What came of it there?"),
        [required(), at_most(LONGEST_OUTCOME)],
        description=lazy(
            "For the team. Decisions are written down at each theme, where residents read them."
        ),
    )


class WishForm(Form):
    """One line of the note for patrols."""

    theme = SelectField(lazy("Theme"), [required()], coerce=int)
    what = TranslatedField(
        lazy("What do residents wish for?"),
        longest=LONGEST_WHAT,
        description=lazy("For example: adults to talk to. Never people, cars or addresses."),
    )
    where = TranslatedField(lazy("Where?"), longest=LONGEST_PLACE)
    when = TranslatedField(
        lazy("When?"), longest=LONGEST_PLACE, description=lazy("For example: Fridays from eight to eleven.")
    )
    ends_on = DateField(lazy("Until which day?"), [optional()])
    submission_key = HiddenField()
    revision = HiddenField()

    def prepare(self, dialogue: Dialogue, themes: Sequence[Theme], wish: PatrolWish | None = None) -> None:
        """Ask for the dialogue's languages, and offer its themes."""
        ask_in_its_languages(self, dialogue, self.what, self.where, self.when)
        offered = [*themes, *([wish.theme] if wish and wish.theme not in themes else [])]
        self.theme.choices = [(theme.id, str(theme.title)) for theme in offered]

    def draft(self) -> WishDraft:
        """What was written, for the operation."""
        return WishDraft(self.theme.data, self.what.data, self.where.data, self.when.data, self.ends_on.data)
