"""Whether a card was typed in the same way twice, and where not."""

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, strategies as st

from dialogue.entering import comparing
from dialogue.entering.comparing import Said

LETTERS = "abcdefghijklmnopqrstuvwxyzæøåäöéèàáčđŋšŧžüABCÆØÅ0123456789"
SIGNS = " \n\t.,;:!?-–—_«»\"'()/…"
texts = st.text(LETTERS + SIGNS, max_size=60)
words = st.lists(st.text(LETTERS, min_size=1, max_size=6), max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lys ved bekken!", "lys  ved\nbekken"),
        ("E-post til alle", "epost til alle"),
        ("«Åpent» 10–12", "åpent 10-12"),
        ("cafe\u0301", "café"),
        ("", "…"),
    ],
)
def test_blanks_case_and_signs_are_no_difference(one, other):
    assert comparing.key(one) == comparing.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("10-12", "1012"), ("Lys ved bekken", "Lys ved bakken"), ("3,5 meter", "35 meter"), ("får", "far")],
)
def test_letters_and_digits_are(one, other):
    assert comparing.key(one) != comparing.key(other)


@given(texts, texts)
def test_whether_two_typings_agree_does_not_depend_on_which_was_first(one, other):
    first, second = Said(1, one, "", other), Said(1, other, "", one)
    assert comparing.differing(first, second) == comparing.differing(second, first)
    assert comparing.differing(first, first) == set()


@given(words, st.data())
def test_what_differs_by_blanks_case_and_signs_alone_agrees(said, data):
    def written():
        signs = data.draw(st.lists(st.text(SIGNS, min_size=1, max_size=3), min_size=9, max_size=9))
        cases = data.draw(
            st.lists(st.sampled_from([str.upper, str.lower, str.title]), min_size=9, max_size=9)
        )
        return signs[-1] + "".join(
            case(word) + sign for word, case, sign in zip(said, cases, signs, strict=False)
        )

    one, other = written(), written()
    assert comparing.differing(Said(1, one, one, one), Said(1, other, other, other)) == set()
    assert not any(piece.is_marked for side in comparing.marked(one, other) for piece in side)


@given(texts, texts)
def test_what_is_marked_holds_each_word_that_differs(one, other):
    sides = comparing.marked(one, other)
    for text, side in zip((one, other), sides, strict=True):
        assert "".join(piece.text for piece in side) == unicodedata.normalize("NFC", text)
    if comparing.key(one) == comparing.key(other):
        return
    for (text, side), against in zip(zip((one, other), sides, strict=True), (other, one), strict=True):
        missing = Counter(comparing.words(text)) - Counter(comparing.words(against))
        shown = Counter(word for piece in side if piece.is_marked for word in comparing.words(piece.text))
        assert missing <= shown


def test_only_the_words_that_differ_are_marked():
    first, second = comparing.marked("Lys ved bekken om kvelden", "Lys ved bakken om kvelden")
    assert [piece.text for piece in first if piece.is_marked] == ["bekken"]
    assert [piece.text for piece in second if piece.is_marked] == ["bakken"]
    assert re.sub("bakken", "bekken", "".join(piece.text for piece in second)) == "Lys ved bekken om kvelden"


def test_what_the_other_question_was_is_a_difference():
    assert comparing.differing(Said(1, "", "Lys", ""), Said(2, "", "lys", "")) == {"column"}
