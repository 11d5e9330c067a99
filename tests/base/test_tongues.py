"""The languages in which residents write."""

import pytest
from babel import Locale

from dialogue.base import i18n, tongues


@pytest.mark.parametrize("reader", i18n.LANGUAGES)
def test_each_language_has_a_name_for_its_speakers_and_for_the_reader(reader):
    with i18n.speaking(reader):
        choices = dict(tongues.choices())
    assert set(choices) == tongues.CODES
    assert list(choices)[: len(i18n.LANGUAGES)] == list(i18n.LANGUAGES)
    assert len(set(choices.values())) == len(choices)
    for code, name in choices.items():
        assert code not in {name, name.casefold()}
        assert Locale.parse(code).language == code.split("-")[0]
        # So many letters has the column of a contribution's language.
        assert len(code) <= 8


def test_a_speaker_finds_their_language_by_its_own_name():
    with i18n.speaking("nb"):
        assert tongues.name("ar") == "العربية (arabisk)"
        assert tongues.name("nn") == "Nynorsk"
