"""Codes and secrets."""

import pytest
from hypothesis import given, strategies as st

from dialogue.base import tokens


@given(st.binary(min_size=32, max_size=32))
def test_a_printed_code_is_read_back_however_it_is_typed(raw):
    code = tokens.printed(raw)
    typed = tokens.in_groups(code).lower().replace("0", "o").replace("1", "l")
    assert tokens.read_printed(f" {typed} ") == code


def test_a_printed_code_carries_sixty_bits():
    assert len(tokens.printed(bytes(32))) * 5 == 60


@pytest.mark.parametrize("letter", "ILOU")
def test_a_printed_code_has_no_letter_that_looks_like_another(letter):
    assert letter not in tokens.PRINT_LETTERS


def test_the_same_value_gives_another_digest_for_another_purpose():
    assert tokens.digest("key", "one", "value") != tokens.digest("key", "two", "value")
