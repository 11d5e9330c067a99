"""What is held for the duty routine is read by the duty officer alone, on whichever page somebody looks."""

import pytest
from sqlalchemy import select, update

from dialogue.boards.models import Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import ON_DUTY, Contribution, Dialogue
from dialogue.web.permissions import Role, ScopeKind
from tests.house.round import Round
from tests.house.world import kind_of, signed_in

SECRET = "skjulested"


@pytest.fixture
def place(make, house):
    return Round(make, house)


def hold_everything(place, state):
    """Put every idea of the place in a state, each with the word in its title and text."""
    with place.make.database.writing() as session:
        for idea in session.scalars(select(Idea)):
            idea.title = idea.text = f"{SECRET} {idea.title}"
            idea.return_note = SECRET
            idea.published_at = None
            contributions.move(session, session.get_one(Contribution, idea.contribution_id), state)
        session.execute(update(Dialogue).values(version=Dialogue.version + 1))


def codes(place, rule):
    """What a route is asked for: its own thing, and each idea in turn where it is of one."""
    kind = kind_of(rule) if "code" in rule.arguments else ""
    names = {"follow": ("told/follow",), "ideas": ("ideas", "told/ideas"), "desk/ideas": ("ideas", "mine")}
    return (None, *(place.codes[name] for name in names.get(kind, ())))


def found(place, browser):
    """The pages on which the word stands, of all there are."""
    addresses = {
        place.address(rule, code)
        for rule in place.house.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        for code in codes(place, rule)
    }
    return sorted(
        address for address in addresses if SECRET in browser.get(address, follow_redirects=True).text.lower()
    )


def test_the_word_is_found_while_the_ideas_are_shown(place, database):
    with database.writing() as session:
        session.execute(update(Idea).values(title=SECRET, text=SECRET))
        session.execute(update(Dialogue).values(version=Dialogue.version + 1))
    everything, _token = signed_in(place.house, place.make.user(Role.ADMINISTRATOR))
    assert len(found(place, everything)) >= 8


@pytest.mark.parametrize("state", ON_DUTY)
def test_what_is_on_duty_stands_on_no_page_of_anybody(place, state):
    hold_everything(place, state)
    assert found(place, place.house.test_client()) == []
    for user in (
        place.make.user(Role.ADMINISTRATOR),
        place.make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, place.municipality.id),
        place.make.user(Role.LEADER, ScopeKind.MUNICIPALITY, place.municipality.id),
    ):
        browser, _token = signed_in(place.house, user)
        assert found(place, browser) == []
