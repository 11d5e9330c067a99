"""What the free-text guard finds, and what it lets pass."""

import time

import pytest
from hypothesis import given, strategies as st

from dialogue.residents import guard
from dialogue.residents.guard import FindingKind

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def with_control_digits(nine: str) -> str | None:
    """The number with its control digits, worked out the other way round; None where there is none."""
    digits = nine
    for weights in (FIRST, SECOND):
        control = 11 - sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11
        control = 0 if control == 11 else control
        if control == 10:
            return None
        digits += str(control)
    return digits


def nines(day_added: int = 0) -> st.SearchStrategy[str]:
    return st.builds(
        "{:02}{:02}{:02}{:03}".format,
        st.integers(1 + day_added, 28 + day_added),
        st.integers(1, 12),
        st.integers(0, 99),
        st.integers(0, 999),
    )


@given(st.sampled_from([0, 40]).flatmap(nines).map(with_control_digits).filter(bool))
def test_every_national_identity_number_and_d_number_is_found(number):
    assert guard.is_national_id(number)
    for written in (
        number,
        f"{number[:6]} {number[6:]}",
        f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:]}",
    ):
        found = guard.check(f"Ring {written}, takk.")
        assert [(finding.kind, finding.text) for finding in found] == [(FindingKind.NATIONAL_ID, written)]


@given(nines().map(with_control_digits).filter(bool), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_never_a_national_identity_number(number, place, added):
    wrong = number[:place] + str((int(number[place]) + added) % 10) + number[place + 1 :]
    assert not guard.is_national_id(wrong)


@given(st.text(alphabet="0123456789 .-+@abDEFveigata", max_size=120))
def test_the_pieces_of_a_text_are_the_text_again(text):
    assert "".join(piece.text for piece in guard.segments(text)) == text


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Ring 99 88 77 66 i kveld", FindingKind.PHONE, "99 88 77 66"),
        ("tlf 40420123.", FindingKind.PHONE, "40420123"),
        ("call +47 404 20 123", FindingKind.PHONE, "+47 404 20 123"),
        ("from +46 70 123 45 67", FindingKind.PHONE, "+46 70 123 45 67"),
        ("Skriv til kari.nordmann@example.org!", FindingKind.EMAIL, "kari.nordmann@example.org"),
        ("Bilen EK 12345 kjører fort", FindingKind.PLATE, "EK 12345"),
        ("en moped, dn12345", FindingKind.PLATE, "dn12345"),
        ("Naboen i Storgata 5B bråker", FindingKind.ADDRESS, "Storgata 5B"),
        ("bråk i storgata 12", FindingKind.ADDRESS, "storgata 12"),
        ("Han bor i Kong Haakons gate 3.", FindingKind.ADDRESS, "Haakons gate 3"),
        ("in 12 Main Street", FindingKind.ADDRESS, "12 Main Street"),
        ("Jeg vil anmelde naboen", FindingKind.CRIME, "anmelde"),
        ("Eg vart slått i fjor", FindingKind.CRIME, "vart slått"),
        ("Han selger dop ved skolen", FindingKind.CRIME, "selger dop"),
        ("My brother was robbed there", FindingKind.CRIME, "was robbed"),
    ],
)
def test_what_should_not_stand_there_is_found(text, kind, found):
    assert [(finding.kind, finding.text) for finding in guard.check(text)] == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "Mer lys langs gangveien 200 meter fra skolen",
        "Møtet 20.11.2026 kl. 18.00, 2021–2022",
        "Det koster kr 20000 eller KR 20 000 000",
        "Fv 3052 og RV 1234 må saltes",
        "Ring 112 eller 02800, 116 111 for unge",
        "Mindre vold og narkotika på stranda",
        "Lekeplassen 2 minutter unna, bussen går 5 ganger i timen fra Rana",
        "Turveien 5 ganger i uka",
        "Between 10 and 12, 3 people at the beach",
    ],
)
def test_what_people_need_to_say_passes(text):
    assert guard.check(text) == []


def test_a_finding_says_where_it_stands():
    text = "Ring 99887766 nå"
    (finding,) = guard.check(text)
    assert text[finding.start : finding.end] == finding.text == "99887766"


def test_a_long_text_is_checked_at_once():
    assert guard.check("a1 " * 20_000 + "v" * 20_000 + "+" * 5_000 + "@" * 5_000) == []


def test_a_text_full_of_findings_takes_no_longer_than_it_is_long():
    began = time.process_time()
    assert len(guard.check("91234567 " * 10_000)) == 10_000
    assert time.process_time() - began < 5


def test_a_text_that_is_far_too_long_is_not_searched(client, make, monkeypatch):
    board = make.board()
    monkeypatch.setattr(guard, "_PHONE", None)
    values = {"column": board.columns[0].id, "title": "x" * 500, "text": "91234567 " * 10_000}
    assert client.post(f"/en/boards/{board.code}/write", values).status == 422
