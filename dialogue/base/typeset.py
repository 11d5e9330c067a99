"""Paper: documents and pictures that Typst sets. It weighs as much as the rest of a worker together, so it is
loaded when the first is made.

What is set reaches a template as data only, so nothing in it is read as markup.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Set
from pathlib import Path
from typing import Any

# Stands on paper for a letter that no font of Typst has, such as an emoji. Without it there would be no PDF:
# PDF/UA allows no letter that is not shown.
NOT_SHOWN = "□"
# Every letter in a paragraph of its own, so that Typst names all of those that its fonts lack.
_LETTERS = b"""#set document(title: "Letters")
#set text(font: "Libertinus Serif")
#for letter in json(bytes(sys.inputs.letters)) [#par(letter)]"""
_LACKING = re.compile(r'the text `"(?:(.)|\\u\{([0-9a-f]+)\})"` could not be displayed')


def pdf(template: Path, content: object, labels: dict[str, str]) -> bytes:
    """A tagged PDF (PDF/UA-1) of a content, which the template reads as JSON, with what it says of itself."""
    made: bytes = _shown(content, lambda words: _pdf(template, content=words, labels=json.dumps(labels)))
    return made


def pictures(template: Path, content: object, labels: dict[str, str], dots_per_inch: int) -> list[bytes]:
    """The same as a PNG of each page, with so many points to an inch of the paper."""

    def draw(words: str) -> list[bytes]:
        made = _compile(
            template,
            format="png",
            ppi=float(dots_per_inch),
            sys_inputs={"content": words, "labels": json.dumps(labels)},
        )
        return made if isinstance(made, list) else [made]

    pages: list[bytes] = _shown(content, draw)
    return pages


def _shown(content: object, make: Callable[[str], Any]) -> Any:
    """What is made of a content, with a sign for each letter that cannot be shown."""
    import typst  # noqa: PLC0415 - see above

    words = json.dumps(content, ensure_ascii=False)
    shown = words.translate(dict.fromkeys(_lacking(set(words)), NOT_SHOWN))
    try:
        return make(shown)
    except typst.TypstError:
        # A mark upon a letter of another font, which only somebody at play writes.
        return make(_without_marks(shown))


def _without_marks(words: str) -> str:
    """The words without the marks that stand apart from the letters they belong to."""
    composed = unicodedata.normalize("NFC", words)
    return "".join(letter for letter in composed if not unicodedata.category(letter).startswith("M"))


def _lacking(letters: Set[str]) -> set[int]:
    """Those of the letters that no font of Typst has."""
    import typst  # noqa: PLC0415 - see above

    try:
        _pdf(_LETTERS, letters=json.dumps(sorted(letters)))
    except typst.TypstError as problem:
        named = _LACKING.findall(problem.diagnostic)
        return {ord(letter) if letter else int(number, 16) for letter, number in named}
    return set()


def _pdf(source: Path | bytes, **inputs: str) -> bytes:
    made: bytes = _compile(source, format="pdf", sys_inputs=inputs, pdf_standards="ua-1")
    return made


def _compile(source: Path | bytes, **options: Any) -> Any:
    import typst  # noqa: PLC0415 - see above

    # The fonts that Typst brings along; what a machine has installed must not change a document.
    return typst.compile(source, ignore_system_fonts=True, **options)
