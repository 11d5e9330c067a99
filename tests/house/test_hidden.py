"""What is not public is found by nobody who is not of the team, on whichever page."""

import pytest
from sqlalchemy import update

from dialogue.actions.models import Action
from dialogue.boards.models import Idea
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, DialogueState
from dialogue.surveys.models import Survey, SurveyState
from dialogue.web import access
from dialogue.web.access import Door
from tests.house.world import Place

# Pages that show no dialogue, such as that of a poster that serves none which can be seen, and the short links,
# which lead on without saying whether there is something.
SHOW_NONE = {"surveys.short_link", "posters.short_link", "posters.poster"}


@pytest.fixture
def place(make, house):
    return Place(make, house, "unseen")


def change(database, table, where, **values):
    with database.writing() as session:
        session.execute(update(table).where(where).values(**values))
        session.execute(update(Dialogue).values(version=Dialogue.version + 1))


def public_routes(house):
    """(route, method) of every public address of one thing."""
    for rule in house.url_map.iter_rules():
        if access.of(house, rule.endpoint).door is Door.PUBLIC and "code" in rule.arguments:
            yield from ((rule, method) for method in sorted(rule.methods - {"HEAD", "OPTIONS"}))


def test_nothing_of_a_draft_is_found(house, place, database):
    change(database, Dialogue, Dialogue.id == place.dialogue.id, state=DialogueState.DRAFT)
    stranger = house.test_client()
    # A device that is known already, so that support is not answered with a cookie first.
    stranger.set_cookie("device", "known")
    found = [
        f"{method} {rule.rule}: {answer.status_code}"
        for rule, method in public_routes(house)
        if rule.endpoint not in SHOW_NONE
        and (
            answer := stranger.open(
                place.address(rule), method=method, headers={"Sec-Fetch-Site": "same-origin"}
            )
        ).status_code
        != 404
    ]
    assert found == []
    assert "unseen" not in stranger.get("/en/").text


def pages(house, place):
    """The text of every public page that there is, by its address."""
    stranger = house.test_client()
    return {
        path: stranger.get(path).text
        for path in (place.address(rule) for rule, method in public_routes(house) if method == "GET")
    }


def test_an_action_of_the_team_is_shown_nowhere(house, place, database):
    words = "New lights"
    assert sum(words in text for text in pages(house, place).values()) >= 3
    change(database, Action, Action.code == place.codes["actions"], is_internal=True)
    assert [path for path, text in pages(house, place).items() if words in text] == []
    change(database, Action, Action.code == place.codes["actions"], is_internal=False, accepted_at=None)
    assert [path for path, text in pages(house, place).items() if words in text] == []


def test_an_idea_that_is_not_published_is_shown_nowhere(house, place):
    for words in ("Waiting unseen", "Mine unseen"):
        assert [path for path, text in pages(house, place).items() if words in text] == []


@pytest.mark.parametrize("state", [ContributionState.RETURNED, ContributionState.RECEIVED])
def test_an_idea_that_is_shown_no_more_is_shown_nowhere(house, place, database, state):
    assert any("Idea unseen" in text for text in pages(house, place).values())
    change(database, Contribution, Contribution.code == place.codes["ideas"], state=state)
    change(database, Idea, Idea.title == "Idea unseen", published_at=None)
    assert [path for path, text in pages(house, place).items() if "Idea unseen" in text] == []


def test_a_survey_that_is_not_published_is_shown_nowhere(house, place, database):
    change(database, Survey, Survey.code == place.codes["desk/surveys"], state=SurveyState.DRAFT)
    assert [path for path, text in pages(house, place).items() if "Survey unseen" in text] == []


def test_no_public_page_names_who_gave_something_or_works_with_it(house, place):
    for path, text in pages(house, place).items():
        for name in ("Kari", place.facilitator.name, place.facilitator.email, place.owner.email):
            assert name not in text, f"{name} on {path}"
