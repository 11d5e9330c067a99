"""Words as search knows them: which letters make one, and which forms of it are the same word.

Letters are kept as they are written: å, ø and æ, and the Sami á, č, đ, ŋ, š, ŧ and ž, are letters of their own and no
accented others. What is only an accent in Norwegian (idé, òg, fôr) and what neighbours write for our letters (ö, ä)
is taken for the letter it stands for. Forms are those of the stemmers for Norwegian and English; to them come pairs in
which bokmål and nynorsk differ (docs/decisions/0028).
"""

import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

# Of a longer word only so many letters count.
LONGEST_WORD = 40

_ACCENTS = str.maketrans("éèêëóòôàâüúùûíìîýöä", "eeeeoooaauuuuiiiyøæ")

# Stems that differ between nynorsk and bokmål, or that the stemmer leaves as they are, and what they are taken for.
# Words of which only the ending differs, such as båtar and båter, the stemmer makes alike by itself.
_SAME = {
    "ikkj": "ikk",
    "skul": "skol",
    "veg": "vei",
    "veien": "vei",
    "veier": "vei",
    "heim": "hjem",
    "ljos": "lys",
    "korleis": "hvordan",
    "kvifor": "hvorfor",
    "kvar": "hvor",
    "kva": "hva",
    "kven": "hvem",
    "meir": "mer",
    "fleir": "fler",
    "mykj": "mye",
    "berr": "bar",
    "noko": "noe",
    "nokon": "noen",
    "eg": "jeg",
    "saman": "sam",
    "utanfor": "utenfor",
    "innanfor": "innenfor",
    "millom": "mellom",
    "frå": "fra",
    "medan": "mens",
    "seint": "sent",
    "sen": "sent",
    "sein": "sent",
    "kyrkj": "kirk",
    "vatn": "vann",
    "mjølk": "melk",
    "boss": "søppel",
    "gjer": "gjør",
    "ver": "vær",
    "byggj": "bygg",
    "spel": "spill",
    "spelj": "spill",
    "høyr": "hør",
    "køyr": "kjør",
    "born": "barn",
    "vaksn": "voksn",
    "lærar": "lærer",
    "gut": "gutt",
    "åpn": "åpen",
    "open": "åpen",
    "opn": "åpen",
    "vald": "vold",
    "kvardag": "hverdag",
    "betr": "bedr",
    "uken": "uke",
    "veke": "uke",
    "vek": "uke",
    "bustad": "bol",
    "mog": "mul",
    "mogleg": "mul",
    "moglegheit": "mulighet",
    "opningstid": "åpningstid",
    "mørkt": "mørk",
    "sterkt": "sterk",
    "trygt": "trygg",
    "tryggj": "trygg",
    "leik": "lek",
    "leikeplass": "lekeplass",
    "skilnad": "forskjell",
    "røynsl": "erfaring",
    "verksemd": "virksom",
    "sjølv": "selv",
    "byrj": "begynn",
}
# The same within compounds: a stem that begins or ends so.
_BEGINNINGS = (("skule", "skole"), ("heim", "hjem"), ("ljos", "lys"), ("leike", "leke"), ("køyre", "kjøre"))
_ENDINGS = (("veg", "vei"), ("skul", "skol"), ("heim", "hjem"), ("ljos", "lys"), ("vatn", "vann"))
# Tryggleik and trygghet; the stemmer takes away -het alone.
_LEIK = "leik"
_SHORTEST_BEFORE_LEIK = 4

_NORWEGIAN = snowballstemmer.stemmer("norwegian")
_ENGLISH = snowballstemmer.stemmer("english")
# A stemmer keeps the word it works on in itself.
_one_at_a_time = threading.Lock()


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of a text: where it begins and ends, and how search knows it."""
    begin = None
    for place, letter in enumerate(text):
        # Letters, digits, and the marks that belong to the letter before.
        if unicodedata.category(letter)[0] in "LNM":
            begin = place if begin is None else begin
        elif begin is not None:
            yield begin, place, known_as(text[begin:place])
            begin = None
    if begin is not None:
        yield begin, len(text), known_as(text[begin:])


def known_as(word: str) -> str:
    """A word in small letters and without mere accents, not longer than search knows words."""
    return unicodedata.normalize("NFC", word.casefold()).translate(_ACCENTS)[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def norwegian(word: str) -> str:
    """What a word has in common with its other forms in bokmål and nynorsk."""
    with _one_at_a_time:
        stem: str = _NORWEGIAN.stemWord(word)
    return _bokmaal(stem)


@lru_cache(maxsize=10_000)
def english(word: str) -> str:
    """What a word has in common with its other forms in English."""
    with _one_at_a_time:
        stem: str = _ENGLISH.stemWord(word)
    return stem


def _bokmaal(stem: str) -> str:
    # Only m is doubled by an ending: rom and rommet, ungdom and ungdommen.
    if stem.endswith("mm"):
        stem = stem[:-1]
    if stem in _SAME:
        return _SAME[stem]
    for nynorsk, bokmaal in _BEGINNINGS:
        if stem.startswith(nynorsk):
            stem = bokmaal + stem.removeprefix(nynorsk)
    for nynorsk, bokmaal in _ENDINGS:
        if stem.endswith(nynorsk):
            stem = stem.removesuffix(nynorsk) + bokmaal
    if stem.endswith(_LEIK) and len(stem) >= _SHORTEST_BEFORE_LEIK + len(_LEIK):
        stem = stem.removesuffix(_LEIK)
    return stem
