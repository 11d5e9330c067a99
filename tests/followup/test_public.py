"""Public pages of the chain: every link can be walked in both directions, and nothing hidden is on them."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, DialogueState
from dialogue.followup.models import DecisionOutcome
from dialogue.places.models import Organisation
from dialogue.reporting import jobs


def test_the_chain_is_walked_from_the_answer_to_the_action_and_back(client, a_round):
    theme = a_round.theme("Light", a_round.idea("Lights by the path"))
    action = a_round.action(a_round.decide(theme))
    page = client.get(f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it")
    assert "Taken up" in page.text
    page = client.get(page.link("New lights"))
    assert page.heading == "New lights (en)"
    assert "Lights by the path" in page.text
    page = client.get(page.link("Light (en)"))
    assert "Lights by the path" in page.text
    assert page.link("New lights").endswith(f"/actions/{action.code}")


@pytest.mark.parametrize("options", [{"accepted": False}, {"is_internal": True}])
def test_an_action_that_is_not_public_has_no_page_and_stands_on_none(client, a_round, options):
    theme = a_round.theme("Light", a_round.idea())
    action = a_round.action(a_round.decide(theme), **options)
    assert client.get(f"/en/actions/{action.code}").status == 404
    for path in (f"/en/themes/{theme.code}", f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it"):
        assert "New lights" not in client.get(path).text


@pytest.mark.parametrize(("said", "is_told"), [(True, True), (False, False), (None, False)])
def test_a_late_action_is_plainly_late_where_its_owner_has_said_yes_to_that(
    client, a_round, database, said, is_told
):
    action = a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    with database.writing() as session:
        session.execute(update(Action).values(due_on=clock.today() - timedelta(1)))
        session.execute(
            update(Organisation).where(Organisation.id == action.owner_id).values(shows_lateness=said)
        )
        contributions.raise_version(session, a_round.dialogue.id)
    assert ("Late" in client.get(f"/en/actions/{action.code}").text) is is_told
    page = client.get(f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it")
    badges = [badge.get_text(strip=True) for badge in page.html.select("main .ds-tag, main [class*=badge]")]
    assert ("Late" in badges) is is_told


def test_a_late_action_of_the_organiser_itself_is_plainly_late(client, a_round, database):
    action = a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    with database.writing() as session:
        organiser = {"owner_id": a_round.dialogue.organiser_id, "due_on": clock.today() - timedelta(1)}
        session.execute(update(Action).values(**organiser))
        contributions.raise_version(session, a_round.dialogue.id)
    assert "Late" in client.get(f"/en/actions/{action.code}").text


@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_every_answer_is_shown_a_no_as_openly_as_a_yes(client, a_round, outcome):
    to = a_round.make.organisation(municipality_id=a_round.dialogue.municipality_id).id
    passed_to = to if outcome is DecisionOutcome.PASS_ON else None
    a_round.decide(a_round.theme("Light", a_round.idea()), outcome, passed_to_id=passed_to)
    text = client.get(f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it").text
    assert str(outcome.label) in text
    assert "We do it (en)" in text


def test_an_idea_taken_back_is_counted_and_no_longer_shown(client, a_round, database):
    idea, other = a_round.idea("Secret wish"), a_round.idea("Lights")
    theme = a_round.theme("Light", idea, other)
    assert "Secret wish" in client.get(f"/en/themes/{theme.code}").text
    with database.writing() as session:
        one = session.get_one(Contribution, idea.contribution_id)
        contributions.move(session, one, ContributionState.WITHDRAWN)
        contributions.raise_version(session, a_round.dialogue.id)
    text = client.get(f"/en/themes/{theme.code}").text
    assert "Secret wish" not in text
    assert "2 ideas" in text
    assert "1 contribution is counted but not shown" in text


def test_an_idea_that_was_sent_back_after_all_is_neither_shown_nor_counted(client, a_round, database):
    idea = a_round.idea("Names somebody")
    theme = a_round.theme("Light", idea, a_round.idea("Lights"))
    with database.writing() as session:
        one = session.get_one(Contribution, idea.contribution_id)
        contributions.move(session, one, ContributionState.RETURNED)
        contributions.raise_version(session, a_round.dialogue.id)
    text = client.get(f"/en/themes/{theme.code}").text
    assert "Names somebody" not in text
    assert "1 idea " in text


def test_nothing_of_a_draft_can_be_seen(client, a_round, database):
    theme = a_round.theme("Light", a_round.idea())
    action = a_round.action(a_round.decide(theme))
    with database.writing() as session:
        session.execute(update(Dialogue).values(state=DialogueState.DRAFT))
    for path in (
        f"themes/{theme.code}",
        f"actions/{action.code}",
        f"dialogues/{a_round.dialogue.code}/what-came-of-it",
    ):
        assert client.get(f"/en/{path}").status == 404


def test_before_anything_is_decided_the_page_says_when_an_answer_comes(client, a_round):
    text = client.get(f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it").text
    assert "Nothing has been decided yet" in text
    assert "An answer is promised by" in text


def test_the_pages_are_kept_and_made_anew_when_something_is_decided(client, a_round):
    theme = a_round.theme("Light", a_round.idea())
    path = f"/en/themes/{theme.code}"
    first = client.get(path)
    assert first.response.headers["ETag"] == client.get(path).response.headers["ETag"]
    assert "Set-Cookie" not in first.response.headers
    a_round.decide(theme)
    assert "Taken up" in client.get(path).text


def test_a_page_takes_the_same_number_of_statements_however_many_themes_there_are(
    client, a_round, house, counting, database
):
    def number() -> int:
        house.pages.clear()
        # Its figures are counted by a job, and while one waits only before that has run.
        jobs.count_anew(database)
        with counting() as seen:
            client.get(f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it")
        return len(seen)

    for count in range(2):
        a_round.action(a_round.decide(a_round.theme(f"Theme {count}", a_round.idea())))
    few = number()
    for count in range(4):
        a_round.action(a_round.decide(a_round.theme(f"More {count}", a_round.idea())))
    assert number() == few <= 12


def test_the_follow_page_takes_few_statements(client, a_round, counting, database):
    page = client.get(f"/en/boards/{a_round.board.code}/write")
    column = a_round.board.columns[0].id
    sent = client.send(page, {"column": column, "title": "Lights", "text": "By the path."}, follow=False)
    with counting() as seen:
        assert client.get(sent.response.location).status == 200
    assert len(seen) <= 12


def test_an_idea_tells_what_became_of_it_and_the_theme_leads_to_the_idea(client, a_round):
    idea = a_round.idea("Lights by the path")
    theme = a_round.theme("Light", idea)
    action = a_round.action(a_round.decide(theme))
    page = client.get(client.get(f"/en/themes/{theme.code}").link("Lights by the path"))
    assert page.heading == "Lights by the path"
    assert page.link("Light (en)").endswith(f"/themes/{theme.code}")
    assert "Taken up" in page.text
    assert page.link("New lights").endswith(f"/actions/{action.code}")


def test_an_idea_says_nothing_of_an_action_that_is_not_public(client, a_round):
    idea = a_round.idea("Lights by the path")
    a_round.action(a_round.decide(a_round.theme("Light", idea)), accepted=False)
    assert "New lights" not in client.get(f"/en/boards/ideas/{idea.contribution.code}").text


def test_the_owner_sees_where_an_action_comes_from(client, a_round, make):
    action = a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    client.sign_in(make.user())
    page = client.get(f"/en/desk/actions/{action.code}")
    assert page.link("Light (en)")


def test_an_action_that_was_stopped_is_not_called_finished(client, a_round, database):
    action = a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    with database.writing() as session:
        session.execute(update(Action).values(state=ActionState.STOPPED, ended_on=clock.today()))
    page = client.get(f"/en/actions/{action.code}")
    assert "Stopped" in [term.text for term in page.html.select("main .facts dt")]
    assert "Finished" not in page.text


def test_a_place_where_nothing_has_come_in_tells_of_no_pace(client, a_round):
    page = client.get(f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it")
    assert "Actions done" in page.text
    assert page.html.select_one("#pace") is None
    assert "How we count" in page.text


@pytest.mark.parametrize(("days", "said"), [(0, "is promised by"), (-1, "was promised by")])
def test_a_promise_whose_day_has_passed_is_told_as_past(client, a_round, database, days, said):
    theme = a_round.theme("Light", a_round.idea())
    with database.writing() as session:
        session.execute(update(Dialogue).values(answer_by=clock.today() + timedelta(days=days)))
    assert f"An answer {said}" in client.get(f"/en/themes/{theme.code}").text
    promised = "You get an answer by" if days == 0 else "You were promised an answer by"
    assert promised in client.get(f"/en/dialogues/{a_round.dialogue.code}").text
