"""A day that matters to those who gave something is chosen behind "More" in the plan."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogue.base import clock
from dialogue.dialogues.models import Dialogue
from dialogue.web.permissions import Role, ScopeKind


@pytest.fixture
def page(client, make):
    dialogue = make.dialogue()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, dialogue.id))
    return client.get(f"/en/desk/dialogues/{dialogue.code}/purpose-and-dates")


def what(text: str = "the summer holiday") -> dict[str, str]:
    return {f"tell_before_what-{code}": text for code in ("nb", "nn", "en")}


def test_the_day_is_kept_with_what_it_is_and_shown_again(client, page, read):
    day = clock.today() + timedelta(30)
    client.send(page, {"tell_before": day.isoformat(), **what()})
    assert read(select(Dialogue.tell_before)) == [day]
    again = client.get(page.path)
    assert again.html.select_one("[name=tell_before]")["value"] == day.isoformat()
    assert again.html.select_one("[name=tell_before_what-en]")["value"] == "the summer holiday"


def test_the_day_can_be_taken_away(client, page, read):
    day = clock.today() + timedelta(30)
    client.send(page, {"tell_before": day.isoformat(), **what()})
    client.send(client.get(page.path), {"tell_before": "", **what("")})
    assert read(select(Dialogue.tell_before)) == [None]
    assert not any(read(select(Dialogue.tell_before_what)))


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"tell_before": "2030-06-20"}, "Say which day it is"),
        ({"tell_before": "2030-06-20", "tell_before_what-nb": "ferien"}, "Say which day it is"),
        (what(), "Choose the date of this day"),
        ({"tell_before": "soon", **what()}, "Not a valid date"),
    ],
)
def test_half_a_day_is_not_kept_and_what_was_written_stays(client, page, read, values, error):
    answer = client.send(page, values)
    assert answer.status == 422
    assert any(error in line for line in answer.errors), answer.errors
    assert read(select(Dialogue.tell_before)) == [None]
    for text in values.values():
        assert f'value="{text}"' in answer.response.text
    assert answer.html.select_one("details[open] [name=tell_before]")
