"""When decisions become public: at once, at a set time, or all together; never a moment without an answer."""

import threading
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid, NotAllowed
from dialogue.base.outbox import OutboxMail
from dialogue.dialogues.models import Dialogue, StatusChange
from dialogue.dialogues.queries import answered
from dialogue.followup import releasing
from dialogue.followup.models import Decision, DecisionOutcome, Theme, ThemeDecision
from dialogue.overview.queries import came_of_it
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words

NO = DecisionOutcome.NOT_FORWARD
NOON = clock.in_norway(datetime.combine(date(2090, 12, 12), time(12)))


@pytest.fixture
def desk(client, make, a_round):
    """The browser of an organiser of the dialogue."""
    return client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))


def later(hours: int = 2) -> datetime:
    return clock.now() + timedelta(hours=hours)


def publish_all(a_round) -> int:
    with a_round.make.database.writing() as session:
        return releasing.release_all(session, a_round.organiser, session.merge(a_round.dialogue))


def lines(read, kind="decision") -> list[bool]:
    return read(
        select(StatusChange.is_public).where(StatusChange.subject_kind == kind).order_by(StatusChange.id)
    )


def public_pages(client, a_round, *more: str) -> str:
    paths = [
        f"/en/dialogues/{a_round.dialogue.code}",
        f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it",
    ]
    return " ".join(client.get(path).text for path in (*paths, *more))


def test_what_waits_stands_on_no_public_page_and_in_no_count(client, a_round, database, read):
    idea = a_round.idea("Cameras")
    theme = a_round.theme("Cameras", idea)
    a_round.decide(theme, NO, is_held=True, explanation=words("Secret for now"))
    pages = (f"/en/themes/{theme.code}", f"/en/boards/ideas/{idea.contribution.code}")
    text = public_pages(client, a_round, *pages)
    assert "Secret for now" not in text
    assert "Not taken forward" not in text
    assert lines(read) == [False]
    with database.reading() as session:
        assert came_of_it(session, a_round.dialogue.id).decisions == 0
        assert answered(session, [a_round.dialogue.id]) == set()
    assert publish_all(a_round) == 1
    assert "Secret for now" in client.get(f"/en/themes/{theme.code}").text
    assert lines(read) == [False, True]
    with database.reading() as session:
        assert came_of_it(session, a_round.dialogue.id).decisions == 1
        assert answered(session, [a_round.dialogue.id]) == {a_round.dialogue.id}


def test_the_job_publishes_at_the_set_time_and_not_before(client, a_round, database):
    theme = a_round.theme("Light", a_round.idea())
    a_round.decide(theme, public_from=later(2))
    assert releasing.release_due(database) == 0
    assert "Taken up" not in client.get(f"/en/themes/{theme.code}").text
    with clock.standing_at(later(3)):
        assert releasing.release_due(database) == 1
        assert releasing.release_due(database) == 0
    assert "Taken up" in client.get(f"/en/themes/{theme.code}").text


def test_jobs_that_run_at_once_publish_once(a_round, database, read):
    a_round.decide(a_round.theme("Light", a_round.idea()), public_from=later(1))
    with database.writing() as session:
        session.execute(update(Decision).values(public_from=clock.now() - timedelta(hours=1)))
    threads = [threading.Thread(target=releasing.release_due, args=(database,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lines(read) == [False, True]


def test_there_is_never_a_moment_without_an_answer(client, a_round, read):
    theme = a_round.theme("Light", a_round.idea())
    first = a_round.decide(theme, NO)
    a_round.decide(theme, is_held=True)
    text = client.get(f"/en/themes/{theme.code}").text
    assert "Not taken forward" in text
    assert "Taken up" not in text
    publish_all(a_round)
    text = client.get(f"/en/themes/{theme.code}").text
    assert text.index("Taken up") < text.index("Decided earlier") < text.index("Not taken forward")
    removed = select(ThemeDecision.decision_id).where(ThemeDecision.removed_at.is_not(None))
    assert read(removed) == [first.id]


def test_what_was_replaced_before_it_was_public_is_never_told(client, a_round, database, read):
    theme = a_round.theme("Light", a_round.idea())
    given_up = a_round.decide(theme, NO, public_from=later(1), explanation=words("Given up"))
    a_round.decide(theme, is_held=True)
    with clock.standing_at(later(3)):
        assert releasing.release_due(database) == 0
    publish_all(a_round)
    assert "Given up" not in client.get(f"/en/themes/{theme.code}").text
    assert read(select(Decision.released_at).where(Decision.id == given_up.id)) == [None]
    with database.writing() as session, pytest.raises(Closed):
        releasing.publish_now(session, a_round.organiser, session.get_one(Decision, given_up.id))


def test_all_that_wait_are_published_in_one_moment_and_a_set_time_is_kept(a_round, read):
    for number in range(3):
        a_round.decide(a_round.theme(f"Theme {number}", a_round.idea()), is_held=True)
    timed = a_round.decide(a_round.theme("Timed", a_round.idea()), public_from=later())
    assert publish_all(a_round) == 3
    assert publish_all(a_round) == 0
    assert read(select(Decision.id).where(Decision.released_at.is_(None))) == [timed.id]


def test_the_desk_shows_what_is_not_public_and_publishes_it(desk, a_round, client):
    theme = a_round.theme("Light", a_round.idea())
    a_round.decide(theme, public_from=NOON)
    page = desk.get(f"/en/desk/themes/{theme.code}")
    assert "Not public yet" in page.text
    assert "12 December 2090" in page.text
    page = desk.send(page, action="/publish")
    assert "The decision is public now" in page.text
    assert "Taken up" in client.get(f"/en/themes/{theme.code}").text


def test_all_are_published_from_the_page_of_the_themes_after_a_question(desk, a_round, read):
    for number in range(2):
        a_round.decide(a_round.theme(f"Theme {number}", a_round.idea()), is_held=True)
    url = f"/en/desk/dialogues/{a_round.dialogue.code}/themes"
    page = desk.get(url)
    assert "Publish all 2 decisions now" in page.text
    desk.send(page, {"confirmed": "no"}, action="/decisions/publish")
    assert read(select(Decision.released_at)) == [None, None]
    desk.send(page, action="/decisions/publish")
    assert None not in read(select(Decision.released_at))
    assert "Publish all" not in desk.get(url).text


def test_the_set_time_is_written_at_the_desk(desk, a_round, read):
    a_round.body("The police")
    theme = a_round.theme("Light", a_round.idea())
    page = desk.get(f"/en/desk/themes/{theme.code}/decide")
    texts = {f"explanation-{code}": "We do it" for code in ("nb", "nn", "en")}
    values = {"outcome": "take_up", "reason": "wanted", "when_public": "later", **texts}
    assert "Choose the day and the time." in str(desk.send(page, values).errors)
    past = {"public_on": "2020-01-01", "public_at": "12:00"}
    assert "Choose a time that is yet to come." in str(desk.send(page, values | past).errors)
    page = desk.send(page, values | {"public_on": "2090-12-12", "public_at": "12:00"})
    assert "It is public from" in page.text
    assert read(select(Decision.public_from)) == [NOON]


def test_an_action_of_a_decision_that_waits_does_not_reveal_it(client, a_round, read, database):
    theme = a_round.theme("Light", a_round.idea())
    action = a_round.action(a_round.decide(theme, is_held=True))
    assert client.get(f"/en/actions/{action.code}").status == 404
    assert "New lights" not in public_pages(client, a_round, f"/en/themes/{theme.code}")
    with database.reading() as session:
        assert came_of_it(session, a_round.dialogue.id).actions == 0
    assert True not in lines(read, "action")
    publish_all(a_round)
    assert client.get(f"/en/actions/{action.code}").status == 200
    # Those who gave the ideas are told of it from now on.
    assert lines(read, "action")[-1] is True
    assert read(select(Action.waits_for_decision)) == [False]


def test_an_action_goes_along_when_what_it_follows_from_is_decided_anew(client, a_round):
    theme = a_round.theme("Light", a_round.idea())
    action = a_round.action(a_round.decide(theme, is_held=True))
    a_round.decide(theme)
    assert "New lights" in client.get(f"/en/themes/{theme.code}").text
    assert client.get(f"/en/actions/{action.code}").status == 200


def test_nobody_is_mailed_before_it_is_public(a_round, read):
    to = a_round.make.organisation(municipality_id=a_round.dialogue.municipality_id)
    a_round.decide(
        a_round.theme("Bus", a_round.idea()), DecisionOutcome.PASS_ON, passed_to_id=to.id, is_held=True
    )
    assert read(select(OutboxMail.to)) == []
    publish_all(a_round)
    assert read(select(OutboxMail.to)) == [to.email]


def test_two_clicks_publish_once(a_round, database, read):
    decision = a_round.decide(a_round.theme("Light", a_round.idea()), is_held=True)
    for _ in range(2):
        with database.writing() as session:
            releasing.publish_now(session, a_round.organiser, session.get_one(Decision, decision.id))
    assert lines(read) == [False, True]


def test_only_those_who_decide_publish(a_round, make, client):
    a_round.decide(a_round.theme("Light", a_round.idea()), is_held=True)
    stranger = make.actor(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id)
    with make.database.writing() as session, pytest.raises(NotAllowed):
        releasing.release_all(session, stranger, session.get_one(Dialogue, a_round.dialogue.id))


def test_a_decision_cannot_be_set_to_a_time_that_has_passed(a_round):
    with pytest.raises(Invalid):
        a_round.decide(a_round.theme(), public_from=clock.now() - timedelta(minutes=1))


def test_a_theme_whose_decision_waits_is_no_longer_to_decide(desk, a_round, database):
    theme = a_round.theme("Light", a_round.idea())
    a_round.decide(theme, is_held=True)
    assert "Light (en)" not in desk.get("/en/desk").text
    with database.reading() as session:
        assert session.get_one(Theme, theme.id).retired_at is None
