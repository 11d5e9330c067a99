"""What is held for the duty routine is read by the duty officer alone, on whichever page somebody looks."""

import pytest
from sqlalchemy import select, update

from dialogue.base import clock
from dialogue.boards import duty, searching
from dialogue.boards.models import Idea
from dialogue.boards.models_reading import HandoverWay
from dialogue.dialogues.models import ON_DUTY, Contribution, ContributionState, Dialogue
from dialogue.people.queries import actor_of
from dialogue.web.permissions import Role, ScopeKind
from tests.house.round import Round
from tests.house.world import contents, kind_of, signed_in

SECRET = "skjulested"


@pytest.fixture
def place(make, house):
    return Round(make, house)


@pytest.fixture
def officer(make, database, place):
    """On duty here, and allowed to see nothing else of it."""
    user = make.duty_officer()
    with database.writing() as session:
        session.get_one(Dialogue, place.dialogue.id).duty_officer_id = user.id
    return user


def write_the_word(database):
    with database.writing() as session:
        for idea in session.scalars(select(Idea)):
            idea.title, idea.text = f"{SECRET} {idea.title}"[:100], f"{SECRET} {idea.text}"
            # Nobody writes in what is held: where the word stands now, it stood when it was held.
            if idea.contribution.state is ContributionState.HELD:
                searching.hide(session, idea)
        session.execute(update(Dialogue).values(version=Dialogue.version + 1))


def hold_everything(place, officer, state):
    """Hold every idea of the place, and hand it over when the state says so."""
    with place.make.database.writing() as session:
        shown = Contribution.state.in_((ContributionState.RECEIVED, ContributionState.PUBLISHED))
        for idea in session.scalars(select(Idea).join(Idea.contribution).where(shown)).all():
            duty.hold(session, place.organiser, idea.contribution.code, idea.revision)
        if state is ContributionState.HANDED_OVER:
            held = Contribution.state == ContributionState.HELD
            for code in session.scalars(select(Contribution.code).where(held)).all():
                way, today = HandoverWay.CASE_SYSTEM, clock.today()
                duty.hand_over(session, actor_of(session.merge(officer)), code, way, today)


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
    write_the_word(database)
    everything, _token = signed_in(place.house, place.make.user(Role.ADMINISTRATOR))
    assert len(found(place, everything)) >= 8


@pytest.mark.parametrize("state", ON_DUTY)
def test_what_is_on_duty_stands_on_no_page_but_the_duty_officers(place, database, officer, state):
    write_the_word(database)
    hold_everything(place, officer, state)
    assert found(place, place.house.test_client()) == []
    for user in (
        place.make.user(Role.ADMINISTRATOR),
        place.make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, place.municipality.id),
        place.make.user(Role.LEADER, ScopeKind.MUNICIPALITY, place.municipality.id),
    ):
        browser, _token = signed_in(place.house, user)
        assert found(place, browser) == []
    browser, _token = signed_in(place.house, officer)
    theirs = [f"/en/desk/duty/{place.codes['duty']}"] if state is ContributionState.HELD else []
    assert found(place, browser) == theirs


@pytest.mark.parametrize("state", ON_DUTY)
def test_no_row_but_the_idea_holds_what_was_written(place, database, officer, state):
    write_the_word(database)
    hold_everything(place, officer, state)
    holding = {
        name for name, rows in contents(database).items() if any(SECRET in row.lower() for row in rows)
    }
    assert holding == ({"idea"} if state is ContributionState.HELD else set())
