"""Text that people wrote."""

import time

import pytest
from hypothesis import given, strategies as st

from dialogue.base import text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "<a href='data:text/html,x'>y</a>",
        '<p style="position:fixed">x</p>',
        "![x](https://evil.example/pixel.png)",
    ],
)
def test_nothing_in_markdown_can_act(hostile):
    html = text.markdown(hostile)
    for sign in ("<script", "javascript:", "onerror", "<img", "style=", "data:text"):
        assert sign not in html


def test_a_heading_in_markdown_never_becomes_a_second_main_heading():
    assert "<h2>" in text.markdown("# Heading")


@pytest.mark.parametrize("part", ["[", "[a ", "[a](", "![", "[x]["])
def test_brackets_without_end_are_read_in_no_time(part):
    before = time.process_time()
    html = text.markdown(part * 2000)
    assert time.process_time() - before < 0.5
    assert part.strip()[0] in html


def test_many_links_stay_links_among_too_many_brackets():
    html = text.markdown("[Vegvesenet](https://vegvesen.example/lys) [" * 150)
    assert html.count('<a href="https://vegvesen.example/lys"') == 150
    assert "\\" not in html


@pytest.mark.parametrize(
    ("words", "slug"), [("Trygg vei hjem!", "trygg-vei-hjem"), ("Våler – Æ Ø Å", "valer-ae-o-a")]
)
def test_a_slug_is_plain_letters(words, slug):
    assert text.slug(words) == slug


@given(st.text())
def test_tidied_text_holds_no_control_characters(typed):
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in text.tidy(typed))


@given(st.text(), st.integers(min_value=5, max_value=80))
def test_a_shortened_text_is_never_longer_than_asked(words, longest):
    assert len(text.shorten(words, longest)) <= longest


@pytest.mark.parametrize(
    ("title", "written", "heading", "rest"),
    [
        ("Light", "More of it.", "Light", "More of it."),
        ("Light", "", "Light", ""),
        ("", "More light.", "More light.", ""),
        ("", "We want more light. And benches.", "We want more light.", "And benches."),
        ("", "Hi! We want more light.", "Hi! We want more light.", ""),
        (
            "",
            "We want benches, bl.a. by the river. And light.",
            "We want benches, bl.a. by the river.",
            "And light.",
        ),
        ("", "Light by the path\n\nIt is dark.", "Light by the path", "It is dark."),
        ("", "", "", ""),
    ],
)
def test_a_text_without_a_title_is_headed_by_how_it_begins(title, written, heading, rest):
    assert text.headed(title, written) == text.Headed(heading, rest)


@given(st.text(min_size=1, max_size=300).map(text.tidy).filter(bool))
def test_no_word_is_lost_between_heading_and_rest(written):
    found = text.headed("", written)
    assert found.heading
    assert len(found.heading) <= 82
    # Where the beginning is cut, the whole stands below.
    assert found.rest == written or "".join((found.heading + found.rest).split()) == "".join(written.split())
