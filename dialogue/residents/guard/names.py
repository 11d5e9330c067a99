"""Names of persons, where the lists of names and the capital letters agree.

Many names are words, places and streets as well ("Stein", "Haugen", "Kong Olavs gate"), so it is what stands
around a name that decides how sure it is. A name that stands in no list, or in small letters, is not found.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dialogue.residents.guard.findings import Confidence, Spans

DATA = Path(__file__).parent / "data"

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# What a name is followed by when it is a pupil's: "Jonas i 7B", "Emma (13)".
_PUPIL = re.compile(
    r" (?:i|på|fra|frå|in|from) (?:klasse |class )?\d{1,2}(?:[A-Ha-h](?!\w)|\. ?(?:klasse|trinn|årstrinn|steg))"
    r"|(?: \(|, )\d{1,2}(?: år)?\)?(?!\w)"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name follows these, also where the name is a word as well.
_CALLED = _words(
    "han hun ho hainn hu heter heiter het heitte hilsen hilser helsing mvh herr hr fru frk frøken named called "
    "lærer læreren lærar læraren kontaktlærer rektor rektoren inspektør vaktmester vaktmesteren vaktmeister "
    "nabo naboen nabokona grannen trener treneren trenar trenaren sjefen kompisen venninna venninnen kameraten venen "
    "bror broren søster søsteren søstera syster systera sønnen son sonen datteren dattera dotter dottera kona mannen "
    "faren moren mora mammaen kjæresten eksen fetter kusine onkel tante eleven assistenten gutten guten jenta "
    "legen doktor dr betjent politibetjent ordfører ordføreren lensmann lensmannen vekteren "
    "teacher principal neighbour neighbor coach brother sister son daughter friend cousin mr mrs ms miss doctor officer"
)
# Between such a word and the name: "naboen min Kari", "mannen til Kari".
_WHOSE = _words("min mi vår til deres hans hennes")
# After these, a name is that of a king, a saint, an animal, a ship or a storm.
_NOT_OF_A_PERSON = _words(
    "kong kongen dronning prins prinsesse kronprins kronprinsesse st sankt saint santa hellig hellige king queen "
    "stormen ekstremværet uværet orkanen hunden hund katten katt hesten hest dog cat storm "
    "ferja ferje ferga ferjen ferge skipet båten skuta firmaet butikken laget klubben bandet statuen"
)
# Before these, it is that of a place, a firm or somebody in general.
_OF_A_PLACE = _words(
    "gate gata gaten gt vei veien veg vegen plass plassen torg torget allé allè alle terrasse brygge brygga bru brua bro "
    "skole skolen skule skulen vgs videregående barnehage kirke kirka kyrkje kyrkja kapell park parken hage hagen "
    "stadion hall hallen arena senter sykehus sjukehus museum hus huset statue minne stiftelse forlag prisen pris "
    "bakeri kro kafé kafe café pub bar frisør kiosk as asa ans da il fk if sk nordmann brua bukta stranda tunnel "
    "street road square bakery park school church statue place café college hospital"
)
# What somebody is said to do who has just been named.
_DOES = _words(
    "slår slo mobber mobbar plager plagar sparker sparkar stjeler stel stjal truer truar trua selger sel kaster kastar "
    "bråker bråkar drikker drikk ruser rusar kjører køyrer bor bur heter heiter lives sells bullies hits steals"
)
# Names that are English words a sentence begins with: "Ask Kari", "Will Kari come?".
_BEGIN_A_SENTENCE = _words("ask will may even are")
_FULL_STOPS_AFTER = _words("st dr mr mrs ms hr frk")


class _Names(NamedTuple):
    first: frozenset[str]
    last: frozenset[str]
    also_words: frozenset[str]


@cache
def _names() -> _Names:
    return _Names(*(_listed(name) for name in ("first_names", "surnames", "also_words")))


def _listed(name: str) -> frozenset[str]:
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word.casefold() for line in lines if not line.startswith("#") for word in line.split())


class _Word(NamedTuple):
    """A word of the text, where it stands, and what stands between it and the one before."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def folded(self) -> str:
        return self.text.casefold()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def joined(self) -> bool:
        """Whether it goes on from the word before."""
        return self.gap == " "

    @property
    def is_compound(self) -> bool:
        """Whether it is more than a name: "King-parken"."""
        return "-" in self.text and self.text.rsplit("-", 1)[1][:1].islower()

    @property
    def name(self) -> str:
        """The word as the lists have it, without an s that tells whose something is."""
        known, word = _names(), self.folded.removesuffix("'s").removesuffix("’s")
        if word in known.first or word in known.last:
            return word
        if "-" in word and not self.is_compound:
            return word.split("-")[0]
        return word.removesuffix("s")

    @property
    def is_first(self) -> bool:
        return self.name in _names().first

    @property
    def is_last(self) -> bool:
        return self.name in _names().last

    @property
    def is_unsure(self) -> bool:
        """Whether the word, or a capital letter in it, tells nothing: also a word, or all in capitals."""
        return self.name in _names().also_words or (len(self.text) > 1 and self.text.isupper())


def persons(text: str) -> Spans:
    """Names of persons; a first name alone, with nothing around it that tells of a person, is not sure."""
    words = _split(text)
    place = 0
    while place < len(words):
        end = _end_of_name(words, place)
        if end > place:
            confidence = _confidence(text, words, place, end)
            if confidence:
                yield words[place].start, words[end - 1].end, confidence
        place = max(end, place + 1)


def _split(text: str) -> list[_Word]:
    words, before = [], 0
    for match in _WORD.finditer(text):
        words.append(_Word(match[0], match.start(), match.end(), text[before : match.start()]))
        before = match.end()
    return words


def _end_of_name(words: list[_Word], place: int) -> int:
    """Where a name that begins here ends. One word of it after a first name may stand in no list."""
    if not words[place].is_capital or not (words[place].is_first or words[place].is_last):
        return place
    if words[place].folded in _BEGIN_A_SENTENCE and _goes_on(words, place + 1) and words[place + 1].is_first:
        return place
    end = _end_of_listed(words, place + 1)
    if end == place + 1 and words[place].is_first and _goes_on(words, end):
        end = _end_of_listed(words, end + 1)
    return end


def _end_of_listed(words: list[_Word], place: int) -> int:
    while _goes_on(words, place) and (words[place].is_first or words[place].is_last):
        place += 1
    return place


def _goes_on(words: list[_Word], place: int) -> bool:
    if place >= len(words) or not words[place].joined or not words[place].is_capital:
        return False
    return words[place].folded not in _OF_A_PLACE


def _confidence(text: str, words: list[_Word], place: int, end: int) -> Confidence | None:
    """How sure a name is, from the names in it and the words around it; None where it is none."""
    before = list(_words_before(words, place))
    if before[:1] and before[0] in _NOT_OF_A_PERSON:
        return None
    if before[1:] and before[0] in _WHOSE and before[1] in _NOT_OF_A_PERSON:
        return None
    if _is_of_a_place(words, place, end):
        return None
    is_called = bool(before) and (
        before[0] in _CALLED or (len(before) > 1 and before[0] in _WHOSE and before[1] in _CALLED)
    )
    name = words[place:end]
    if len(name) == 1:
        return _alone(name[0], is_called, is_told=_is_told(text, words, end))
    begins = "\n" in name[0].gap or not before
    return _together(name, is_called, begins)


def _alone(name: _Word, is_called: bool, is_told: bool) -> Confidence | None:
    if is_called or (is_told and name.is_first):
        return Confidence.MEDIUM
    return Confidence.LOW if name.is_first and not name.is_unsure else None


def _together(name: list[_Word], is_called: bool, begins: bool) -> Confidence | None:
    first, others = name[0], name[1:]
    listed = [word for word in others if word.is_first or word.is_last]
    if not first.is_first:
        return Confidence.MEDIUM if is_called or any(word.is_first for word in others) else None
    if listed and not first.is_unsure and any(word.is_last and not word.is_unsure for word in listed):
        return Confidence.HIGH
    if is_called or not first.is_unsure or any(not word.is_unsure for word in listed):
        return Confidence.MEDIUM
    if listed:
        return Confidence.LOW if begins else Confidence.MEDIUM
    return None


def _words_before(words: list[_Word], place: int) -> Iterator[str]:
    """The two words before, the nearest first, as far as they belong to the same sentence."""
    for number in range(place, max(place - 2, 0), -1):
        before = words[number - 1].folded
        if words[number].gap == " " or (words[number].gap == ". " and before in _FULL_STOPS_AFTER):
            yield before
        else:
            return


def _is_of_a_place(words: list[_Word], place: int, end: int) -> bool:
    if any(word.is_compound for word in words[place:end]):
        return True
    if end == len(words) or words[end].gap not in (" ", "-"):
        return False
    after = words[end]
    return after.folded in _OF_A_PLACE or (after.is_compound and after.is_capital)


def _is_told(text: str, words: list[_Word], end: int) -> bool:
    """Whether what follows is said of a person: their class, their age, or what they do."""
    if _PUPIL.match(text, words[end - 1].end):
        return True
    return (
        end < len(words) and words[end].joined and words[end].folded in _DOES and not words[end - 1].is_unsure
    )
