"""Text: Markdown that is safe to show, slugs, and lengths."""

import re
import unicodedata
from dataclasses import dataclass

import markdown as markdown_library
import nh3
from markupsafe import Markup

_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "table",
    "thead",
    "tbody",
}
_TAGS |= {"tr", "th", "td", "hr", "code"}
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})


# More brackets than a text of people has. For each that opens, the library looks for the one that closes it, and
# thousands would keep it busy for seconds.
_MOST_BRACKETS = 100
_BRACKET_OF_NO_LINK = re.compile(r"(?<!\\)\[(?![^\[\]\n]{1,300}\]\([^()\s]{1,1000}\))")


def markdown(source: str) -> Markup:
    """Staff's Markdown as HTML: headings from h2 down, no pictures, no scripts, links without referrer."""
    if source.count("[") > _MOST_BRACKETS:
        source = _BRACKET_OF_NO_LINK.sub(r"\[", source)
    html = markdown_library.markdown(
        source, extensions=["tables", "sane_lists", "nl2br"], output_format="html"
    )
    html = re.sub(r"<(/?)h1>", r"<\1h2>", html)
    # What nh3 returns has passed its allow-list, so it may be shown as it is.
    return Markup(  # noqa: S704
        nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
    )


def slug(text: str, longest: int = 60) -> str:
    """Letters for an address: lower case, without accents, words joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


def tidy(text: str) -> str:
    """What a person typed, with one kind of line ends, no control characters and no outer space."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(letter for letter in plain if letter in "\n\t" or unicodedata.category(letter)[0] != "C")
    return re.sub(r"\n{3,}", "\n\n", plain).strip()


def shorten(text: str, longest: int) -> str:
    """The text on one line, cut at a word with an ellipsis when it is longer than so many letters."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


@dataclass(frozen=True)
class Headed:
    """What stands above a text, and what it leaves to be read below."""

    heading: str
    rest: str


# A first sentence shorter than this, such as "Hi!", says nothing about what follows; longer it is no heading.
_SHORTEST_HEADING = 15
_LONGEST_HEADING = 80
# A full stop before a small letter ends an abbreviation, not a sentence.
_SENTENCE = re.compile(rf"(.{{{_SHORTEST_HEADING},{_LONGEST_HEADING}}}?[.!?…؟।。])\s+(?![a-zæøå0-9])")


def headed(title: str, text: str) -> Headed:
    """The title above its text. Without one, the first line or sentence stands above the rest; where that is
    too long, the first words stand above the whole text."""
    if title or not text:
        return Headed(title, text)
    line, _break, below = text.partition("\n")
    sentence = _SENTENCE.match(line)
    if sentence is not None:
        return Headed(sentence[1], text[sentence.end() :].strip())
    if len(line) <= _LONGEST_HEADING:
        return Headed(line, below.strip())
    return Headed(shorten(line, _LONGEST_HEADING), text)
