"""What may stand in a quote, and which months of the patrols are told."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from dialogue.base.errors import Invalid
from dialogue.briefs import rules
from dialogue.briefs.models import PatrolMonth, PatrolWish

SAID = "Vi vil ikke ha mer politi. Vi vil ha lys og voksne ved stranda!"


@pytest.mark.parametrize(
    "quote",
    [
        SAID,
        SAID.upper(),
        "… Vi vil ha lys og voksne ved stranda",
        "Vi vil ikke ha mer politi …",
        "Vi vil ikke ha mer politi. Vi vil ha lys … ved stranda!",
        "Vi vil ikke ha mer politi. Vi vil ha [removed] ved stranda!",
        f"… lys {rules.removed('nb')} stranda",
        f"... lys {rules.removed('nn')} stranda",
        "… lys […] voksne …",
    ],
)
def test_a_quote_may_be_shorter_where_it_says_so(quote):
    rules.check_quote(SAID, quote)


@pytest.mark.parametrize(
    "quote",
    [
        "Vi vil ha mer politi. Vi vil ha lys og voksne ved stranda!",
        "Vi vil ikke ha mer politi. Vi vil ha lys og flere voksne ved stranda!",
        "Vi vil ha lys og voksne ved stranda!",
        "Vi vil ikke ha mer politi",
        "… stranda ved voksne …",
        "… politi … lys … vil …",
        "… lys lys …",
        "… vil vil vil vil …",
        "",
        "…",
        "[removed]",
    ],
)
def test_nobody_is_made_to_say_what_they_did_not_say(quote):
    with pytest.raises(Invalid):
        rules.check_quote(SAID, quote)


@pytest.mark.parametrize(
    "found", ["41 23 45 67", "kari@example.org", "EK 12345", "Storgata 3", "anmelde dem", "Marte Lindberg"]
)
def test_a_quote_holds_nothing_that_the_guard_finds(found):
    said = f"Ring meg: {found}. Vi vil ha lys."
    with pytest.raises(Invalid):
        rules.check_quote(said, said)
    proposed = rules.proposed(said, "nb")
    rules.check_quote(said, proposed)
    assert rules.removed("nb") in proposed


def test_a_quote_is_at_most_as_long_as_it_is_kept():
    said = "ord " * 200
    with pytest.raises(Invalid):
        rules.check_quote(said, said)
    rules.check_quote(said, rules.proposed(said, "nb"))


@given(
    st.lists(st.sampled_from(["vi", "vil", "ha", "lys", "ikke", "nå"]), min_size=1, max_size=12), st.data()
)
def test_whatever_is_left_out_with_a_mark_is_a_quote_and_every_word_of_it_was_said(words, data):
    kept = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    pieces = [word if keep else "…" for word, keep in zip(words, kept, strict=True)]
    quote, said = " ".join(pieces), " ".join(words)
    assert rules.stands_in(said, quote) or not any(kept)
    if any(kept) and not all(kept):
        # Without the marks it would say that nothing is left out.
        unmarked = " ".join(piece for piece in pieces if piece != "…")
        assert not rules.stands_in(said, unmarked)


@given(st.text(alphabet="abc .…", max_size=30))
def test_what_is_proposed_can_always_be_kept(said):
    proposed = rules.proposed(said, "nb")
    assert rules.stands_in(said, proposed)


def wish(begins, ends=None, ended=None, **times):
    months = [
        PatrolMonth(month=date(2026, int(name.removeprefix("m")), 1), times=count)
        for name, count in times.items()
    ]
    return PatrolWish(begins_on=begins, ends_on=ends, ended_at=ended, months=months)


def test_a_month_is_told_when_it_has_ended():
    asked = wish(date(2026, 9, 1), m9=4, m10=2)
    assert rules.told_months(asked, date(2026, 9, 30)) == []
    assert rules.told_months(asked, date(2026, 10, 1)) == [(date(2026, 9, 1), 4)]


def test_a_whole_month_without_anybody_is_told_too():
    asked = wish(date(2026, 8, 20), m8=0, m10=3)
    told = rules.told_months(asked, date(2026, 11, 3))
    assert told == [(date(2026, 9, 1), 0), (date(2026, 10, 1), 3)]


def test_a_month_of_which_only_a_part_was_asked_about_is_told_when_somebody_was_there():
    ended = wish(date(2026, 8, 20), ended=datetime(2026, 10, 5, 12, tzinfo=UTC), m8=1)
    told = rules.told_months(ended, date(2026, 12, 1))
    assert told == [(date(2026, 8, 1), 1), (date(2026, 9, 1), 0)]


def test_a_line_that_ends_with_the_month_has_that_month_told():
    assert rules.told_months(wish(date(2026, 9, 1), date(2026, 9, 30)), date(2026, 12, 1)) == [
        (date(2026, 9, 1), 0)
    ]


def test_a_year_is_told_at_most():
    assert len(rules.told_months(wish(date(2020, 1, 1)), date(2026, 12, 1))) == rules.MOST_MONTHS
