"""The languages in which residents write, many more than those that the pages are in."""

from functools import lru_cache

from babel import Locale

from dialogue.base import i18n

# Each a BCP 47 code: Norway's own, its neighbours', and those that most people here have at home besides
# (Statistics Norway, Immigrants and Norwegian-born to immigrant parents, by country of origin).
_OTHERS = (
    "se",
    "sma",
    "smj",
    "fi",
    "sv",
    "da",
    "is",
    "fo",
    "pl",
    "lt",
    "lv",
    "et",
    "uk",
    "ru",
    "ro",
    "bg",
    "hu",
    "cs",
    "sk",
    "de",
    "nl",
    "fr",
    "es",
    "pt",
    "it",
    "el",
    "sq",
    "bs",
    "hr",
    "sr",
    "mk",
    "tr",
    "ar",
    "ckb",
    "ku",
    "fa",
    "ps",
    "ur",
    "so",
    "ti",
    "am",
    "om",
    "sw",
    "rw",
    "ln",
    "hi",
    "pa",
    "bn",
    "ta",
    "ne",
    "si",
    "th",
    "vi",
    "fil",
    "id",
    "my",
    "zh",
    "ja",
    "ko",
)
CODES = frozenset((*i18n.LANGUAGES, *_OTHERS))


def choices() -> list[tuple[str, str]]:
    """(code, name) of each: those of the pages first, then by name in the language of the moment."""
    return _choices(i18n.language())


def name(code: str) -> str:
    """The language's own name, and in brackets its name in the language of the moment where that is another."""
    return dict(choices()).get(code, code)


@lru_cache
def _choices(reader: str) -> list[tuple[str, str]]:
    names = Locale.parse(reader).languages
    others = sorted(_OTHERS, key=lambda code: names[code].casefold())
    return [*i18n.LANGUAGES.items(), *((code, _both(code, names[code])) for code in others)]


def _both(code: str, name: str) -> str:
    own = Locale.parse(code).languages.get(code, name)
    return name if own.casefold() == name.casefold() else f"{i18n.begun_large(own)} ({name})"
