"""What somebody looks for: the query in the words of either database, and the hits marked in a text."""

import re
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from dialogue.base import stems

LONGEST_QUERY = 100
# Of more words the first ones are searched for.
MOST_TERMS = 8
SHORTEST_BEGINNING = 2


@dataclass(frozen=True)
class Term:
    """One thing that must be there: a word in any of its forms, perhaps only its beginning, or words in a row."""

    words: tuple[str, ...]
    is_phrase: bool = False
    is_beginning: bool = False

    @cached_property
    def forms(self) -> frozenset[str]:
        """A single word, and what it has in common with its other forms."""
        (word,) = self.words
        return frozenset({word, stems.norwegian(word), stems.english(word)})

    @property
    def as_indexed(self) -> list[str]:
        """As what a single word can stand in a document."""
        return sorted({in_index(form) for form in self.forms for in_index in (coded, coded_stem)})

    def hits(self, word: str) -> bool:
        """Whether a word of a text is one that was searched for."""
        if self.is_phrase:
            return word in self.words
        if self.is_beginning and word.startswith(self.words[0]):
            return True
        return not self.forms.isdisjoint((word, stems.norwegian(word), stems.english(word)))


@dataclass(frozen=True)
class Query:
    """What somebody searches for. All terms must be there; the last word may be begun only."""

    terms: tuple[Term, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no word in it."""
        return not self.terms

    def for_sqlite(self) -> str:
        """The query in the words of FTS5."""
        return " AND ".join(_for_sqlite(term) for term in self.terms)

    def for_postgresql(self) -> str:
        """The query in the words of a tsquery."""
        return " & ".join(_for_postgresql(term) for term in self.terms)


def parse(typed: str) -> Query:
    """What somebody typed as a query: words, and phrases between quotation marks. Nothing in it is a command."""
    terms: list[Term] = []
    parts = re.split(r"[\"“”„«»]", typed[:LONGEST_QUERY])
    # Every other part stands between two marks; the last one is a phrase only when its mark was closed.
    for place, part in enumerate(parts):
        words = tuple(word for _begin, _end, word in stems.words(part))
        if place % 2 and place < len(parts) - 1:
            terms += [Term(words, is_phrase=True)] if words else []
        else:
            terms += [Term((word,)) for word in words]
    terms = terms[:MOST_TERMS]
    if terms and not terms[-1].is_phrase and len(terms[-1].words[0]) >= SHORTEST_BEGINNING:
        terms[-1] = Term(terms[-1].words, is_beginning=True)
    return Query(tuple(terms))


def _for_sqlite(term: Term) -> str:
    if term.is_phrase:
        return '"' + " ".join(map(coded, term.words)) + '"'
    forms = [f'"{form}"' for form in term.as_indexed]
    if term.is_beginning:
        forms.append(f'"{coded(term.words[0])}" *')
    return f"({' OR '.join(forms)})"


def _for_postgresql(term: Term) -> str:
    if term.is_phrase:
        return f"({' <-> '.join(map(coded, term.words))})"
    forms = term.as_indexed
    if term.is_beginning:
        forms.append(f"{coded(term.words[0])}:*")
    return f"({' | '.join(forms)})"


def marked(text: str, query: Query) -> Markup:
    """A text with what was searched for marked in it."""
    made, done = Markup(), 0
    for begin, end, word in stems.words(text):
        if any(term.hits(word) for term in query.terms):
            made += escape(text[done:begin]) + Markup("<mark>%s</mark>") % text[begin:end]
            done = end
    return made + escape(text[done:])


def excerpt(text: str, query: Query, longest: int = 240) -> str:
    """The part of a text, on one line, in which what was searched for first stands, cut at words."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    hit = next(
        (begin for begin, _end, word in stems.words(line) if any(term.hits(word) for term in query.terms)), 0
    )
    begin = min(max(0, hit - longest // 3), len(line) - longest)
    if begin:
        begin = line.find(" ", begin, hit) + 1 or begin
    cut = line[begin : begin + longest]
    if begin + longest < len(line):
        cut = cut.rsplit(" ", 1)[0].rstrip(",.;:") + "…"
    return "…" + cut if begin else cut


def coded_stem(stem: str) -> str:
    """What forms have in common, apart from the words themselves, so that no phrase finds it."""
    return f"qy{coded(stem)}"


def coded(word: str) -> str:
    """A word in small English letters and digits, beginning with a letter. The coding of a word's beginning is the
    beginning of its coding."""
    return "".join(_letter(place, letter) for place, letter in enumerate(word))


def _letter(place: int, letter: str) -> str:
    if letter == "q":
        return "qq"
    if letter.isascii() and (letter.islower() or (place and letter.isdigit())):
        return letter
    return f"q{ord(letter):x}z"
