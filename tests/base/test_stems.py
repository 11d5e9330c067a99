"""Which words search takes for the same: forms of bokmål, nynorsk and English, and letters that are their own."""

import pytest
from hypothesis import given, strategies as st

from dialogue.base import stems

# Forms of one word in bokmål, in nynorsk, and across the two.
ALIKE = """
gangvei gangveien gangveier gangveiene gangveg gangvegen gangvegar gangvegane · vei veien veg vegen vegar vegane
lys lyset lysene ljos ljoset · skole skolen skoler skolene skule skulen skular skulane · skolevei skoleveien skuleveg
trygg trygge trygghet tryggheten tryggleik tryggleiken · ikke ikkje · båt båten båter båtene båtar båtane
ungdom ungdommen ungdommer ungdommene ungdomar ungdomane · buss busser bussene bussar bussane · benk benker benkar
kveld kvelden kvelder kveldene kveldar kveldane · belysning belysningen belysninga · patrulje patruljen patruljer patruljar
møteplass møteplasser møteplassar møteplassane · aktivitet aktiviteter aktivitetar · fartsdump fartsdumper fartsdumpar
hjem hjemmet hjemme heim heimen heime · rom rommet rommene romma · hvordan korleis · hvorfor kvifor · hva kva · mer meir · flere fleire · mye mykje
bare berre · sammen saman · utenfor utanfor · kirke kirken kyrkje kyrkja · vann vannet vatn vatnet · gjøre gjere
være vere · bygge byggje · lekeplass lekeplassen leikeplass leikeplassen · høre høyre · kjøre kjører køyre køyrer
barn barnet born · voksne vaksne · fra frå · åpen open · åpne opne · åpningstid åpningstider opningstid opningstider
farlig farlige farleg farlege · vanlig vanleg · synlig synleg · offentlig offentleg · mulig mogleg · mulighet moglegheit
uke uken veke veka · bolig boliger bustad bustader · mørk mørke mørkt · sykkelsti sykkelstien · nabo naboer naboar
fritidsklubb fritidsklubben fritidsklubber fritidsklubbar · lærer lærere lærar lærarar · gutt gutter gut gutar
"""
ENGLISH = "light lights lighting · bench benches · safe safely · walk walking walked"
# Sami has no stemmer here: a word is found as it is written, in capitals too.
SAMI = "Čáhci čáhci · ŠADDU šaddu · ŧuohta Ŧuohta · girjerádju GIRJERÁDJU · eŋgel EŊGEL · đ Đ · Ž ž"
ACCENTS = "idé ide · én en · òg og · fôr for · kafé kafe · Ørland örland · ære äre · CAFÉ café"
APART = "hår har · båt bat · mål mal · møte mote · ære are · ål al · ør or · čáhci cahci · šattu sattu · á a · lys lyst"


def groups(table):
    return [group.split() for line in table.strip().splitlines() for group in line.split("·")]


def forms(word):
    known = stems.known_as(word)
    return {known, stems.norwegian(known), stems.english(known)}


@pytest.mark.parametrize(
    "group", [*groups(ALIKE), *groups(SAMI), *groups(ACCENTS)], ids=lambda group: group[0]
)
def test_forms_of_a_word_have_something_in_common(group):
    first, *others = group
    missed = [other for other in others if not forms(first) & forms(other)]
    assert missed == []


@pytest.mark.parametrize("group", groups(ENGLISH), ids=lambda group: group[0])
def test_english_forms_do_too(group):
    assert len({stems.english(word) for word in group}) == 1


@pytest.mark.parametrize("group", groups(APART), ids=lambda group: group[0])
def test_letters_of_their_own_make_words_of_their_own(group):
    one, other = group
    assert not forms(one) & forms(other)


def test_a_word_is_the_same_however_its_letters_are_put_together():
    assert stems.known_as("a\u030apen") == stems.known_as("åpen") == "åpen"


@given(st.text(max_size=200))
def test_words_stand_where_they_are_said_to(text):
    end = 0
    for begin, stop, word in stems.words(text):
        assert end <= begin < stop <= len(text)
        assert word == stems.known_as(text[begin:stop])
        end = stop
