"""Languages and staff-written text."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from dialogue.base import i18n
from dialogue.base.i18n import LANGUAGES, Labelled, Translated, lazy


def test_the_reader_gets_their_own_language():
    assert Translated(nb="trygt", nn="trygt nn", en="safe").pick("en").text == "safe"


@pytest.mark.parametrize(("reader", "gets"), [("nb", "nn"), ("nn", "nn"), ("en", "nn")])
def test_another_language_is_told_as_such(reader, gets):
    picked = Translated(nn="trygt").pick(reader)
    assert (picked.language, picked.is_fallback) == (gets, reader != gets)


def test_those_who_read_nynorsk_get_bokmal_before_english():
    assert Translated(nb="trygt", en="safe").pick("nn").language == "nb"


@given(
    st.dictionaries(st.sampled_from(list(LANGUAGES)), st.text(), max_size=3), st.sampled_from(list(LANGUAGES))
)
def test_somebody_who_wrote_something_is_always_read(texts, reader):
    written = Translated(texts)
    assert bool(written.pick(reader).text) == any(text.strip() for text in texts.values())


def test_dates_and_times_are_written_as_the_language_has_them():
    moment = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    with i18n.speaking("nb"):
        assert i18n.show_date(date(2026, 11, 20)) == "20. november 2026"
        assert "18.00" in i18n.show_datetime(moment)
        assert i18n.number(12345.6) == "12\xa0345,6"
        assert i18n.percent(0.25) == "25\xa0%"
    with i18n.speaking("en"):
        assert i18n.show_date(date(2026, 11, 20)) == "20 November 2026"
        assert "18:00" in i18n.show_datetime(moment)


def test_a_period_names_the_month_and_the_year_once_where_that_is_enough():
    with i18n.speaking("nb"):
        assert i18n.show_period(date(2026, 9, 11), date(2026, 9, 24)) == "11.–24. sep. 2026"
        assert i18n.show_period(date(2026, 12, 26), date(2027, 3, 10)) == "26. des. 2026–10. mars 2027"
    with i18n.speaking("en"):
        assert i18n.show_period(date(2026, 9, 11), date(2026, 9, 24)) == "11–24 Sept 2026"


def test_a_label_is_put_into_words_when_it_is_shown():
    class Kind(Labelled):
        YES = "yes", lazy("Yes, go on")

    with i18n.speaking("en"):
        assert str(Kind("yes").label) == "Yes, go on"
    assert str(Kind.YES) == "yes"


def test_an_unknown_language_becomes_bokmal():
    with i18n.speaking("xx"):
        assert i18n.language() == "nb"


def test_what_the_product_says_is_stored_in_every_language():
    with i18n.speaking("en"):
        said = i18n.in_all_languages(lambda: i18n.show_date(date(2026, 3, 1)))
        assert said == Translated(nb="1. mars 2026", nn="1. mars 2026", en="1 March 2026")
        assert i18n.language() == "en"
