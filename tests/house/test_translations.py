"""Laws over every catalogue."""

import re

import pytest

from dialogue import catalogues
from dialogue.base.i18n import LANGUAGES

NORWEGIAN = catalogues.LANGUAGES
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture(scope="module")
def sources():
    return catalogues.sources()


def parts(written) -> list[str]:
    return [written] if isinstance(written, str) else list(written)


def texts(code):
    """Every text of a catalogue."""
    return [text for written in catalogues.translations(code).values() for text in parts(written)]


@pytest.mark.parametrize("code", NORWEGIAN)
def test_every_source_sentence_is_translated(code, sources):
    said = catalogues.translations(code)
    assert sorted((source for source in sources if not all(parts(said.get(source, "")))), key=str) == []


@pytest.mark.parametrize("code", NORWEGIAN)
def test_a_translation_keeps_every_placeholder(code):
    broken = []
    for source, written in catalogues.translations(code).items():
        wanted = set(PLACEHOLDER.findall(parts(source)[-1]))
        for text in parts(written):
            # One thing may be said in words: "en idé".
            allowed = (set(), {"num"}) if isinstance(source, tuple) else (set(),)
            if text and wanted - set(PLACEHOLDER.findall(text)) not in allowed:
                broken.append((source, text))
            if set(PLACEHOLDER.findall(text)) - wanted:
                broken.append((source, text))
    assert broken == []


@pytest.mark.parametrize("code", NORWEGIAN)
def test_no_catalogue_keeps_what_nobody_says_any_more(code, sources):
    assert sorted(set(catalogues.translations(code)) - sources, key=str) == []


@pytest.mark.parametrize("code", NORWEGIAN)
def test_norwegian_follows_the_words_of_the_house(code):
    """DESIGN's words: never «kvittering», «vedtak» or «avvist», which mean something else in this field."""
    assert [
        text for text in texts(code) if re.search(r"kvittering|\bvedtak|\bavvist\b|\bavvis", text, re.I)
    ] == []


def test_bokmal_and_nynorsk_are_not_mixed():
    marks = {
        "nb": re.compile(r"\b(ikkje|eit|kva|korleis|innbyggjar\w*|frå|berre|noko|nokon)\b", re.I),
        "nn": re.compile(r"\b(ikke|hva|hvordan|hvem|fra|bare|noe|noen|et|jeg|innbygger\w*)\b", re.I),
    }
    wrong = [
        (code, found.group(), text)
        for code, mark in marks.items()
        for text in texts(code)
        for found in mark.finditer(text)
    ]
    assert wrong == []


def test_every_language_of_the_house_has_words():
    assert set(LANGUAGES) == {*NORWEGIAN, "en"}
