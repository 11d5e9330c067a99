"""Text: Markdown that is safe to show, slugs, and lengths."""

import re
import unicodedata

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


def markdown(source: str) -> Markup:
    """Staff's Markdown as HTML: headings from h2 down, no pictures, no scripts, links without referrer."""
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
