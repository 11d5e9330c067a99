"""What is told at the next meeting, and the desk's reminder before a day that matters."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import update

from dialogue.actions import operations as actions
from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.dialogues.models import Dialogue
from dialogue.followup.models import DecisionOutcome
from dialogue.meetings.models import MeetingState
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words


@pytest.fixture
def desk(client, make, a_round):
    return client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))


@pytest.fixture
def meeting(make, a_round):
    """Makes a meeting in the dialogue, so many days from now."""

    def plan(days: int, **values: object):
        evening = datetime.combine(clock.today() + timedelta(days), time(18))
        return make.meeting(
            a_round.dialogue, starts_local=evening, deadline_local=evening, **values, title=words("Talk")
        )

    return plan


def finish(a_round, database, action, text: str) -> None:
    with database.writing() as session:
        found = session.get_one(Action, action.id)
        actions.finish(session, a_round.organiser, found, found.revision, ActionState.DONE, words(text))


def test_what_came_of_it_since_the_last_meeting_is_told_at_the_next(client, make, a_round, meeting, database):
    meeting(-20)
    a_round.action(a_round.decide(a_round.theme("Early"), explanation=words("Told last time")))
    clock.move_to(timedelta(20))
    meeting(-5)
    after = a_round.theme("Benches", a_round.idea())
    action = a_round.action(a_round.decide(after, explanation=words("Ten benches")))
    finish(a_round, database, action, "They stand there")
    coming = meeting(7)
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))
    page = client.get(f"/en/desk/meetings/{coming.code}")
    page = client.get(page.link("What came of it since last time"))
    assert page.heading == "What came of it since last time"
    assert "Ten benches (en)" in page.text
    assert "They stand there (en)" in page.text
    assert page.text.index("They stand there") < page.text.index("Ten benches")
    assert "Told last time" not in page.text


def test_without_a_meeting_before_it_is_told_from_the_start(desk, a_round, meeting):
    meeting(-3, state=MeetingState.CANCELLED)
    a_round.decide(a_round.theme("Light"), DecisionOutcome.NOT_NOW, explanation=words("No money"))
    page = desk.get(f"/en/desk/meetings/{meeting(7).code}/since-last-time")
    assert "From the start until this meeting" in page.text
    assert "No money (en)" in page.text


def test_when_nothing_has_come_of_it_the_page_says_so(desk, meeting):
    page = desk.get(f"/en/desk/meetings/{meeting(7).code}/since-last-time")
    assert "Nothing has been decided or done since last time" in page.text


def test_what_is_not_public_is_not_told_at_a_meeting(desk, a_round, meeting):
    theme = a_round.theme("Light")
    a_round.decide(theme, explanation=words("Held back"), is_held=True)
    a_round.action(a_round.decide(theme), is_internal=True)
    page = desk.get(f"/en/desk/meetings/{meeting(7).code}/since-last-time")
    assert "Held back" not in page.text
    assert "New lights" not in page.text


@pytest.mark.parametrize(("days", "reminded"), [(15, False), (14, True), (1, True), (0, False)])
def test_the_desk_reminds_two_weeks_before_a_day_that_matters(desk, a_round, database, days, reminded):
    a_round.theme("Light", a_round.idea())
    a_round.decide(a_round.theme("Decided", a_round.idea()))
    with database.writing() as session:
        day = clock.today() + timedelta(days)
        session.execute(update(Dialogue).values(tell_before=day, tell_before_what=words("the holiday")))
    text = desk.get("/en/desk").text
    assert ("Answer before the holiday (en)" in text) == reminded
    assert ("1 theme undecided" in text) == reminded


def test_with_everything_answered_nobody_is_reminded(desk, a_round, database):
    a_round.decide(a_round.theme("Decided", a_round.idea()))
    with database.writing() as session:
        day = clock.today() + timedelta(5)
        session.execute(update(Dialogue).values(tell_before=day, tell_before_what=words("the holiday")))
    assert "Answer before" not in desk.get("/en/desk").text
