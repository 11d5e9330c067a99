"""A theme is written anew, and nobody overwrites what they have not seen."""

import pytest
from sqlalchemy import select

from dialogue.followup.models import Theme
from dialogue.web.permissions import Role, ScopeKind


@pytest.fixture
def desk(client, make, a_round):
    """The browser of an organiser of the dialogue."""
    return client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))


def test_of_two_who_reword_a_theme_the_second_sees_both(desk, a_round, make, read):
    theme, goal = a_round.theme("Light"), make.plan().goals[0]
    address = f"/en/desk/themes/{theme.code}"
    mine, theirs = desk.get(address), desk.get(address)
    desk.send(theirs, {"who-nb": "Kommunen", "goal_id": goal.id}, action=address)
    page = desk.send(mine, {"title-nb": "Lys og lamper"}, action=address)
    assert page.status == 422
    assert "Somebody else changed this theme" in page.errors[0]
    for expected in ("Now it says: Kommunen (Bokmål)", "Now it says: 1 Safe way home"):
        assert expected in page.text
    assert 'value="Lys og lamper"' in page.response.text
    assert [text.get("nb") for text in read(select(Theme.who))] == ["Kommunen"]
    desk.send(page, action=address)
    assert [text.get("nb") for text in read(select(Theme.title))] == ["Lys og lamper"]
    assert [bool(text) for text in read(select(Theme.who))] == [False]


def test_a_theme_sent_twice_is_reworded_once(desk, a_round, read):
    address = f"/en/desk/themes/{a_round.theme('Light').code}"
    page = desk.get(address)
    for _click in range(2):
        assert desk.send(page, {"who-nb": "Kommunen"}, action=address).status == 200
    assert read(select(Theme.revision)) == [2]
