"""What becomes what: which column is which, and the idea that a row becomes. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogue.base import i18n, tongues
from dialogue.boards.models import LONGEST_TEXT, LONGEST_TITLE
from dialogue.entering.models import Field, Problem
from dialogue.entering.reading import Sheet
from dialogue.residents import guard
from dialogue.residents.guard import FindingKind

LONGEST_LABEL = 60


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Headings by which a column is known, in nb, nn and en, and as other walls write theirs when they export.
HEADINGS: Mapping[Field, frozenset[str]] = {
    Field.TITLE: _set("tittel title subject emne overskrift heading headline idé ide idea"),
    Field.TEXT: _set(
        "tekst text body innhold innhald content beskrivelse beskriving description innspill innspel "
        "kommentar comment forslag framlegg suggestion melding message"
    ),
    Field.PROMPT: _set(
        "spørsmål question prompt kolonne column seksjon section tema bolk del kategori category"
    ),
    Field.LABEL: _set("gruppe group klasse class merkelapp label bord table"),
    Field.LANGUAGE: _set("språk language lang målform mål"),
    Field.LINK: _set("attachment attachments vedlegg lenke lenkje lenker lenkjer link links url nettadresse"),
}
# Columns that other walls and this one export besides, which no idea is made of.
OTHER = _set(
    "id code kode created updated opprettet oppretta oppdatert oppdatera dato date state status tilstand published "
    "publisert channel kanal theme decision beslutning color colour farge position comments comments: kommentarer"
)
LANGUAGE_NAMES: Mapping[str, str] = {
    "nb": "nb", "bokmål": "nb", "no": "nb", "norsk": "nb", "norwegian": "nb", "nb-no": "nb",
    "nn": "nn", "nynorsk": "nn", "nn-no": "nn",
    "en": "en", "english": "en", "engelsk": "en", "en-gb": "en", "en-us": "en",
}  # fmt: skip
# A tab, or a dash that stands between blanks: the hyphen of a word parts nothing.
_PARTED = re.compile(r"\t+|\s+[–—-]\s+")


@dataclass(frozen=True)
class Chosen:
    """What rows take where they say nothing themselves; ``prompts`` is each prompt's key by its titles."""

    column_id: int | None
    label: str
    language: str
    prompts: Mapping[str, int]


@dataclass(frozen=True)
class Becomes:
    """The idea that a row becomes."""

    title: str
    text: str
    label: str
    language: str
    column_id: int | None

    @property
    def problem(self) -> Problem | None:
        """What stands in the way, the first thing first."""
        if not self.title and not self.text:
            return Problem.EMPTY
        if len(self.title) > LONGEST_TITLE:
            return Problem.LONG_TITLE
        if len(self.text) > LONGEST_TEXT:
            return Problem.LONG_TEXT
        if self.column_id is None:
            return Problem.PROMPT
        if len(self.label) > LONGEST_LABEL:
            return Problem.LONG_LABEL
        return Problem.NAMED if _names_somebody(self.label) else None

    @property
    def has_findings(self) -> bool:
        """Whether the guard found something, so that somebody must read it before it is shown."""
        return bool(guard.check_all(self.title, self.text, self.label))


def _names_somebody(label: str) -> bool:
    return any(finding.kind is FindingKind.PERSON for finding in guard.check_all(label))


def guess(sheet: Sheet) -> list[Field]:
    """What each column is likely to be; each kind once, but for texts and links. Pasted lines are lines, and likes
    are taken along only by whoever chooses it."""
    if len(sheet.head) == 1 and not sheet.head[0]:
        return [Field.LINE if any(parted(row[0])[1] for row in sheet.rows) else Field.TEXT]
    found = [_known(name) for name in sheet.head]
    for place, kind in enumerate(found):
        if kind not in {Field.NOTHING, Field.TEXT, Field.LINK} and kind in found[:place]:
            found[place] = Field.NOTHING
    if not {Field.TITLE, Field.TEXT} & set(found):
        found[_wordiest(sheet, found)] = Field.TEXT
    return found


def _known(heading: str) -> Field:
    words = _words_of(heading)
    for kind, names in HEADINGS.items():
        if words and words[0] in names and not OTHER.intersection(words):
            return kind
    return Field.NOTHING


def _words_of(heading: str) -> list[str]:
    return re.findall(r"\w+", heading.casefold())


def _wordiest(sheet: Sheet, found: Sequence[Field]) -> int:
    """Of the columns that nothing is known of the one with most letters; else of all."""
    unknown = [
        place
        for place, (kind, name) in enumerate(zip(found, sheet.head, strict=True))
        if kind is Field.NOTHING and not OTHER.intersection(_words_of(name))
    ]
    return max(unknown or range(len(found)), key=lambda place: sum(len(row[place]) for row in sheet.rows))


def become(cells: Sequence[str], fields: Sequence[Field], chosen: Chosen) -> Becomes:
    """The idea that a row of cells becomes."""
    said: dict[Field, list[str]] = {kind: [] for kind in Field}
    for cell, kind in zip(cells, fields, strict=False):
        if cell:
            said[kind].append(cell)
    for line in said[Field.LINE]:
        first, rest = parted(line)
        (said[Field.TITLE] if rest else said[Field.TEXT]).append(first)
        said[Field.TEXT] += [rest] if rest else []
    title = " ".join(" ".join(said[Field.TITLE]).split())
    words = "\n\n".join([*said[Field.TEXT], *_links(said[Field.LINK]), *_liked(said[Field.SUPPORT], chosen)])
    asked = " ".join(said[Field.PROMPT])
    return Becomes(
        title,
        words,
        label=" ".join(" ".join(said[Field.LABEL]).split()) or chosen.label,
        language=_language(" ".join(said[Field.LANGUAGE])) or chosen.language,
        column_id=chosen.prompts.get(plain(asked)) if asked else chosen.column_id,
    )


def _language(said: str) -> str:
    """The code of a language by its code or its name, in the reader's language or its own; "" for none."""
    asked = said.casefold().strip()
    names = {name.casefold(): code for code, name in tongues.choices()}
    if asked in LANGUAGE_NAMES or asked in tongues.CODES or asked in names:
        return LANGUAGE_NAMES.get(asked) or names.get(asked) or asked
    return ""


def parted(line: str) -> tuple[str, str]:
    """Title and text of a line that a tab or a dash parts; all of it and nothing where none does, or where what
    stands before it is too long for a title."""
    found = _PARTED.search(line)
    if found is None or not line[: found.start()] or found.start() > LONGEST_TITLE:
        return line, ""
    return line[: found.start()].strip(), line[found.end() :].strip()


def plain(words: str) -> str:
    """Words as they are compared: without case, signs and outer space."""
    return " ".join(re.findall(r"\w+", words.casefold()))


def _links(cells: Sequence[str]) -> list[str]:
    """Addresses of what was attached elsewhere; nothing is fetched, and what is no address is left out."""
    found = re.findall(r"https?://[^\s<>\"]+", " ".join(cells))
    return ["\n".join(dict.fromkeys(found))] if found else []


def _liked(cells: Sequence[str], chosen: Chosen) -> list[str]:
    """How many liked it elsewhere, in words: support here is one dot from each device, which this never was."""
    number = re.search(r"\d{1,6}", " ".join(cells))
    if number is None or not int(number[0]):
        return []
    with i18n.speaking(chosen.language):
        count = int(number[0])
        return [
            i18n.ngettext(
                "(%(num)s person liked this where it was written first.)",
                "(%(num)s people liked this where it was written first.)",
                count,
            )
        ]
