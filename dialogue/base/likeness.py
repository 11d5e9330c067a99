"""How alike short texts are, by the threes of letters that their words share.

Each text is kept as a print: one bit for each three of letters that it holds. Two texts are alike to the degree of
the cosine between their prints, less what they would share by chance: about 0 for nothing in common, 1 for the
same. Threes of letters meet across bokmål, nynorsk, dialect and compound words ("lyktestolper", "lyktestolpar"),
where whole words do not. They are not weighted by how rare they are, so that the same two texts are as alike on a
board of five as on one of ten thousand, and a text can be added without weighing the others anew
(docs/decisions/0017).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Generic, TypeVar
from zlib import crc32

ALIKE = 0.42
"""From here on, two texts mostly say the same; chosen by the tuned part of tests/base/likeness_texts.tsv."""

BELONGS = 0.36
"""From here on, two texts are mostly about the same, which is enough to read them together; measured likewise."""

_BYTES_EACH = 4
_BYTES = 3 * _BYTES_EACH
# A print has so many bits. Two threes may fall on the same, which is counted as chance; in return a print is never
# larger than some three hundred bytes, whatever somebody writes, and two are compared in a fifth of a microsecond.
_BITS = 2048
# With fewer threes a text has hardly a word that tells what it is about.
_FEWEST = 6
# Shorter words tell little as the name of a group.
_SHORTEST_WORD = 4
_WORD = re.compile(r"[^\W\d_]+|\d+")
# Words that tell nothing of what a text is about, in bokmål, nynorsk, dialect and English.
_WORDS = """
    jeg eg æ du han hun ho det den de dei dem dæm vi me oss man ein en et ei ett eit er e var vært vore være vere
    vær blir blei ble bli vart har ha hatt hadde kan kunne skal skulle vil ville må måtte bør burde får få fikk
    fekk går gå gjør gjer gjøre gjere og eller men så som at å i på til te av for fra frå med uten utan om ved hos
    etter før under over mellom mot når da då der her hit dit nå no ikke ikkje itj også òg bare berre alt alle mer
    meir mest mye mykje møe mange noe noko noen nokon nån ingen hva kva hvor kor hvordan korleis hvem kven hvorfor
    kvifor hvis viss enn slik slike sånn denne dette disse desse sin sitt sine si min mitt mine mi vår vårt våre
    deres deira deg meg seg sæ selv sjølv veldig altfor ganske heilt helt kanskje gjerne heller takk hver kvar
    hvert kvart annen anna andre samme same ut inn opp ned bort
    the a an and or but of to in on at by from with without is are was were be been being have has had do does did
    could should would will may must not it its this that these those there they them their we us our you your my
    he she his as if than then where which who what how more most much many some any every each other one up down
    out too very just please because only
"""
_WEIGHTLESS = frozenset(_WORDS.split())

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Match(Generic[Key]):
    """A text that looks like another, by its key, and how alike they are."""

    key: Key
    likeness: float


def words(text: str) -> list[str]:
    """The words that tell what a text is about, in small letters and in their order."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return [word for word in _WORD.findall(plain) if word not in _WEIGHTLESS]


def print_of(text: str) -> int:
    """The threes of letters in the words of a text, each a bit; a word's beginning and end count as a letter."""
    bits = 0
    for word in words(text):
        letters = f" {word} ".encode("utf-32-le")
        for start in range(0, len(letters) - _BYTES + 1, _BYTES_EACH):
            bits |= 1 << crc32(letters[start : start + _BYTES]) % _BITS
    return bits


def likeness(first: int, second: int) -> float:
    """How alike the texts of two prints are, from about 0 to 1."""
    return _likeness((first & second).bit_count(), first.bit_count(), second.bit_count())


class Index(Generic[Key]):
    """The prints of texts, among which those like another are found quickly."""

    def __init__(self, texts: Iterable[tuple[Key, str]] = ()) -> None:
        self._prints = {key: print_of(text) for key, text in texts}

    def __len__(self) -> int:
        return len(self._prints)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._prints)

    def add(self, key: Key, text: str) -> None:
        """Add a text, in place of what the same key had before."""
        self._prints[key] = print_of(text)

    def remove(self, key: Key) -> None:
        """Take a text out, if it is there."""
        self._prints.pop(key, None)

    def like(self, text: str, least: float = ALIKE) -> list[Match[Key]]:
        """The texts that are at least so much like one, the most alike first; those equally alike in the order
        they were added. None for a text of hardly a word."""
        sought = print_of(text)
        size = sought.bit_count()
        if size < _FEWEST:
            return []
        # A text that is alike enough shares at least this many, however short it is.
        fewest = least * least * size
        found = []
        for key, held in list(self._prints.items()):
            shared = (sought & held).bit_count()
            if shared >= fewest and (alike := _likeness(shared, size, held.bit_count())) >= least:
                found.append(Match(key, alike))
        return sorted(found, key=lambda match: -match.likeness)


def groups(texts: Sequence[str], least: float = BELONGS) -> list[list[int]]:
    """Texts that belong together, by their places, the largest groups first; one that is like no other is in none.

    A group is a text and all that are like it and free. Those with most like them come first, and of as many the
    one that stands first, so the same texts always make the same groups.
    """
    near = _neighbours([print_of(text) for text in texts], least)
    free = set(range(len(texts)))
    found = []
    for middle in sorted(free, key=lambda place: (-len(near[place]), place)):
        group = [place for place in (middle, *near[middle]) if place in free]
        if middle in free and len(group) > 1:
            found.append(sorted(group))
            free.difference_update(group)
    return sorted(found, key=lambda group: (-len(group), group))


def telling(texts: Iterable[str], most: int = 3) -> list[str]:
    """The words that most of these texts use, those of at least two, the longest first among as many."""
    used: Counter[str] = Counter()
    for text in texts:
        used.update(set(words(text)))
    several = [word for word, count in used.items() if count > 1 and len(word) >= _SHORTEST_WORD]
    return sorted(several, key=lambda word: (-used[word], -len(word), word))[:most]


def _neighbours(prints: Sequence[int], least: float) -> list[list[int]]:
    """For each print the places of those alike enough."""
    sizes = [one.bit_count() for one in prints]
    near: list[list[int]] = [[] for _ in prints]
    for place, (one, size) in enumerate(zip(prints, sizes, strict=True)):
        fewest = max(1, least * least * size)
        if size < _FEWEST:
            continue
        for other in range(place):
            shared = (one & prints[other]).bit_count()
            if shared >= fewest and _likeness(shared, size, sizes[other]) >= least:
                near[place].append(other)
                near[other].append(place)
    return near


def _likeness(shared: int, first: int, second: int) -> float:
    """The cosine of two prints around their means, which is the correlation of their bits (phi)."""
    if not shared:
        return 0.0
    by_chance = first * second / _BITS
    spread = sqrt(first * (1 - first / _BITS) * second * (1 - second / _BITS))
    return (shared - by_chance) / spread if spread else 1.0
