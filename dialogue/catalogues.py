"""The catalogues of translations: collected from the sources, kept in order, compiled."""

import os
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from dialogue.base.files import PACKAGE, data_dir

# The sources are English, so English needs no catalogue.
LANGUAGES = ("nb", "nn")

Sentence = str | tuple[str, str]

_KEYWORDS: Mapping[str, Any] = {"_": None, "lazy": None, "ngettext": (1, 2)}
_IN_TEMPLATES = {"**": {"trimmed": "true", "extensions": "jinja2.ext.do"}}
# Headers that would change with every run and say nothing.
_CHANGING = re.compile(
    r'"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Report-Msgid-Bugs-To|Language-Team):.*\n'
)


def sources() -> set[Sentence]:
    """Every sentence that the code and the templates say; a pair where it has a plural."""
    found: set[Sentence] = set()
    for folder, methods, options in (
        (PACKAGE, [("**.py", "python")], {}),
        (data_dir("templates"), [("**", "jinja2")], _IN_TEMPLATES),
    ):
        for _file, _line, message, _comments, _context in extract_from_dir(
            os.fspath(folder), methods, options, _KEYWORDS
        ):
            found.add(message if isinstance(message, str) else (message[0], message[1]))
    return found - {""}


def path(code: str) -> Path:
    """Where the catalogue of a language lies."""
    return data_dir("translations") / code / "LC_MESSAGES" / "messages.po"


def translations(code: str) -> dict[Sentence, Any]:
    """What the catalogue of a language says, by sentence; without what is marked as uncertain."""
    catalogue = read_po(BytesIO(path(code).read_bytes()), locale=code)
    return {_key(entry.id): entry.string for entry in catalogue if entry.id and not entry.fuzzy}


def update(code: str) -> list[Sentence]:
    """Bring a catalogue to what the sources say and return the sentences that still need words."""
    said = translations(code)
    catalogue = Catalog(locale=code, project="Dialogue", fuzzy=False)
    for sentence in sorted(sources(), key=_order):
        empty = "" if isinstance(sentence, str) else ("", "")
        flags = {"python-format"} if "%(" in str(sentence) else set()
        catalogue.add(sentence, said.get(sentence, empty), flags=flags)
    written = BytesIO()
    write_po(written, catalogue, width=0, sort_output=False)
    text = _CHANGING.sub("", written.getvalue().decode())
    path(code).write_text(re.sub(r"(?m)^#(?!,).*\n", "", text), encoding="utf-8")
    return [sentence for sentence in sorted(sources(), key=_order) if not all(_parts(said.get(sentence, "")))]


def compile_changed() -> None:
    """Compile each catalogue that is newer than what was compiled from it."""
    for code in LANGUAGES:
        source, compiled = path(code), path(code).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        unfinished = compiled.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as file:
            write_mo(file, read_po(BytesIO(source.read_bytes()), locale=code))
        unfinished.replace(compiled)


def _key(written: Any) -> Sentence:
    return written if isinstance(written, str) else (written[0], written[1])


def _parts(string: Any) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def _order(sentence: Sentence) -> tuple[str, str]:
    first = _parts(sentence)[0]
    return first.lower(), first
