"""Laws over every catalogue."""

import re
from collections import Counter
from io import BytesIO

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from dialogue.base.files import data_dir
from dialogue.base.i18n import LANGUAGES

NORWEGIAN = ("nb", "nn")
KEYWORDS = {"_": None, "lazy": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def catalogue(code):
    path = data_dir("translations") / code / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=code)


@pytest.fixture(scope="module")
def sources(repository):
    found = set()
    for folder, methods, options in (
        (repository / "dialogue", [("**.py", "python")], {}),
        (
            repository / "templates",
            [("**", "jinja2")],
            {"**": {"trimmed": "true", "extensions": "jinja2.ext.do"}},
        ),
    ):
        for _file, _line, message, _comments, _context in extract_from_dir(
            folder, methods, options, KEYWORDS
        ):
            found.add(message if isinstance(message, str) else tuple(message))
    found.discard("")
    return found


@pytest.mark.parametrize("code", NORWEGIAN)
def test_every_source_sentence_is_translated(code, sources):
    entries = {
        (tuple(entry.id) if isinstance(entry.id, (list, tuple)) else entry.id): entry
        for entry in catalogue(code)
        if entry.id
    }
    missing = []
    for source in sources:
        entry = entries.get(source)
        written = entry.string if entry is not None else ""
        parts = written if isinstance(written, (list, tuple)) else [written]
        if entry is None or not all(parts) or entry.fuzzy:
            missing.append(source)
    assert sorted(missing, key=str) == []


@pytest.mark.parametrize("code", NORWEGIAN)
def test_a_translation_keeps_every_placeholder(code):
    broken = []
    for entry in catalogue(code):
        if not entry.id:
            continue
        originals = entry.id if isinstance(entry.id, (list, tuple)) else [entry.id]
        wanted = Counter(PLACEHOLDER.findall(originals[-1]))
        for written in entry.string if isinstance(entry.string, (list, tuple)) else [entry.string]:
            has = Counter(PLACEHOLDER.findall(written))
            if set(has) != set(wanted) and not (len(originals) > 1 and set(wanted) - set(has) == {"num"}):
                broken.append((originals[0], written))
    assert broken == []


@pytest.mark.parametrize("code", NORWEGIAN)
def test_no_catalogue_keeps_what_nobody_says_any_more(code, sources):
    entries = {
        tuple(entry.id) if isinstance(entry.id, (list, tuple)) else entry.id
        for entry in catalogue(code)
        if entry.id
    }
    assert sorted(entries - sources, key=str) == []


@pytest.mark.parametrize("code", NORWEGIAN)
def test_norwegian_follows_the_words_of_the_house(code):
    """DESIGN's words: never «kvittering», «vedtak» or «avvist», which mean something else in this field."""
    wrong = []
    for entry in catalogue(code):
        for written in entry.string if isinstance(entry.string, (list, tuple)) else [entry.string]:
            if re.search(r"kvittering|\bvedtak|\bavvist\b|\bavvis", written, re.I):
                wrong.append(written)
    assert wrong == []


def test_bokmal_and_nynorsk_are_not_mixed():
    marks = {
        "nb": re.compile(r"\b(ikkje|eit|kva|korleis|innbyggjar\w*|frå|berre|noko|nokon)\b", re.I),
        "nn": re.compile(r"\b(ikke|hva|hvordan|hvem|fra|bare|noe|noen|et|jeg|innbygger\w*)\b", re.I),
    }
    wrong = []
    for code, mark in marks.items():
        for entry in catalogue(code):
            for written in entry.string if isinstance(entry.string, (list, tuple)) else [entry.string]:
                wrong += [(code, found.group(), written) for found in mark.finditer(written)]
    assert wrong == []


def test_every_language_of_the_house_has_a_name():
    assert set(LANGUAGES) == {"nb", "nn", "en"}
