"""Did it help? Answered once each, apart from the owner's own word, and by nobody a thousand times."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select

from dialogue.actions import operations as actions
from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.boards import operations as boards
from dialogue.boards.models import Idea
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.followup import helped
from dialogue.followup.models import Help, Helped
from dialogue.followup.records import HelpedCount
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client
from tests.support.make import words


@pytest.fixture
def finish(a_round, database):
    """Makes an action that follows from a decision, and reports how it ended."""

    def make(*ideas, state=ActionState.DONE) -> Action:
        action = a_round.action(a_round.decide(a_round.theme("Light", *ideas)))
        with database.writing() as session:
            found = session.get_one(Action, action.id)
            actions.finish(session, a_round.organiser, found, found.revision, state, words("They shine"))
        return action

    return make


@pytest.fixture
def given(client, a_round, database):
    """An idea with its follow page's path."""
    page = client.get(f"/en/boards/{a_round.board.code}/write")
    values = {"column": a_round.board.columns[0].id, "title": "Lights", "text": "By the path."}
    path = client.send(page, values, follow=False).response.location.removesuffix("?new=1")
    with database.writing() as session:
        idea = session.scalars(select(Idea)).one()
        boards.publish(session, idea, None)
        session.refresh(idea.contribution)
    return idea, path


def ask(action) -> str:
    return f"/en/actions/{action.code}/helped"


def say(client, action, answer="yes", word="", **values):
    """What a browser does: a device without its cookie is given one, and sends the same form again."""
    sent = {"answer": answer, "word": word, **values}
    first = client.post(ask(action), sent, follow=False)
    return client.post(first.response.location, sent) if first.status == 307 else follow(client, first)


def follow(client, answer):
    return client.get(answer.response.location) if answer.status == 302 else answer


def test_residents_say_stands_apart_from_what_the_owner_says(client, finish, house):
    action = finish()
    for answer in ("yes", "yes", "partly", "no", "not_noticed"):
        say(Client(house), action, answer)
    page = client.get(f"/en/actions/{action.code}")
    assert "Residents say: 2 yes, 1 partly, 1 no, 1 not noticed." in page.text
    assert "They shine (en)" in page.text


def test_what_residents_say_stands_where_the_action_stands(client, a_round, finish):
    idea = a_round.idea()
    say(client, finish(idea))
    for place in ("themes/{}", "dialogues/{}/what-came-of-it"):
        code = client.get(f"/en/boards/ideas/{idea.contribution.code}").link("Light (en)").rsplit("/", 1)[1]
        path = place.format(code if place.startswith("themes") else a_round.dialogue.code)
        assert "Residents say: 1 yes" in client.get(f"/en/{path}").text, path


def test_a_device_answers_once_and_may_change_its_mind(client, finish, read):
    action = finish()
    page = say(client, action, "no")
    assert page.heading == "Thank you for the answer"
    say(client, action, "yes")
    assert read(select(Helped.answer)) == [Help.YES]


def test_a_browser_without_cookies_is_told_and_not_counted(house, finish, read):
    action = finish()
    browser = house.test_client(use_cookies=False)
    same = {"Sec-Fetch-Site": "same-origin"}
    first = browser.post(ask(action), data={"answer": "yes", "word": "Fine"}, headers=same)
    assert first.status_code == 307
    second = browser.post(first.location, data={"answer": "yes", "word": "Fine"}, headers=same)
    assert second.status_code == 422
    assert "Each device answers once" in second.text
    assert "Fine" in second.text
    assert read(select(Helped.answer)) == []


def test_a_bored_sixteen_year_old_is_stopped(house, finish, read):
    action = finish()
    status = {say(Client(house), action, "no").status for _ in range(75)}
    assert 422 in status
    assert len(read(select(Helped.answer))) == 60


def test_the_limit_is_on_new_answers_and_not_on_second_thoughts(client, finish, read):
    action = finish()
    for number in range(25):
        assert say(client, action, ("yes", "no")[number % 2]).status == 200
    assert read(select(Helped.answer)) == [Help.YES]


@pytest.mark.parametrize("answer", ["", "maybe", "YES"])
def test_only_the_four_answers_count_and_what_was_written_stays(client, finish, read, answer):
    page = say(client, finish(), answer, "They are bright")
    assert page.status == 422
    assert "They are bright" in page.text
    assert read(select(Helped.answer)) == []


def test_a_word_that_names_somebody_is_sent_only_with_a_yes_to_that(client, finish, read):
    action = finish()
    page = say(client, action, "yes", "Call 99 88 77 66")
    assert page.status == 422
    assert "Look at this once more" in page.text
    assert read(select(Helped.answer)) == []
    say(client, action, "yes", "Call 99 88 77 66", send_anyway="y")
    assert read(select(Helped.is_shown)) == [False]


@pytest.mark.parametrize("state", [None, ActionState.STOPPED])
def test_nobody_is_asked_of_what_is_not_done(client, a_round, finish, state):
    action = finish(state=state) if state else a_round.action(a_round.decide(a_round.theme("Light")))
    assert client.get(ask(action)).status == 404
    assert say(client, action).status == 404
    assert "Did it help?" not in client.get(f"/en/actions/{action.code}").text


def test_the_holder_of_a_code_answers_once_on_the_follow_page(client, finish, given, read):
    idea, path = given
    action = finish(idea)
    page = client.get(path)
    page = client.send(page, {"answer": "partly", "word": "Two are dark"}, action=f"/helped/{action.code}")
    assert "Thank you for the answer" in page.text
    assert "You answered: Partly" in page.text
    page = client.send(page, {"answer": "yes", "word": ""}, action=f"/helped/{action.code}")
    rows = read(select(Helped))
    assert [(row.answer, row.word) for row in rows] == [(Help.YES, "")]
    assert "Residents say: 1 yes" in page.text


def test_what_was_written_on_the_follow_page_is_not_lost(client, finish, given, read):
    idea, path = given
    action = finish(idea)
    page = client.send(
        client.get(path), {"answer": "yes", "word": "w" * 201}, action=f"/helped/{action.code}"
    )
    assert page.status == 422
    assert "w" * 201 in page.response.text
    assert page.errors
    assert read(select(Helped.answer)) == []


def test_a_code_answers_only_of_what_came_of_its_own(client, finish, given, a_round):
    _idea, path = given
    other = finish(a_round.idea("Benches"))
    assert client.get(path).html.select_one("[id^=helped-]") is None
    assert client.post(f"{path}/helped/{other.code}", {"answer": "yes"}).status == 404


def test_two_who_answer_at_the_same_moment_with_one_code_count_once(finish, database, read):
    action = finish()

    def answer(said: Help) -> None:
        with database.writing() as session:
            found = session.get_one(Action, action.id)
            helped.answer(session, found, helped.holder(1), said, None, "en")

    threads = [threading.Thread(target=answer, args=(said,)) for said in (*Help, *Help)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read(select(Helped.answer))) == 1


def test_the_answers_of_one_device_to_two_actions_cannot_be_put_together(client, finish, read):
    for _ in range(2):
        say(client, finish())
    assert len(set(read(select(Helped.voter_hash)))) == 2


def test_nothing_tells_who_when_or_in_which_order(client, finish, read):
    say(client, finish(), word="Bright")
    columns = {column.name for column in inspect(Helped).columns}
    assert columns == {
        "action_id", "voter_hash", "code", "answer", "word", "language", "is_read", "is_shown", "day",
    }  # fmt: skip
    assert read(select(Helped.day)) == [clock.today()]
    assert not [entry for entry in read(select(AuditEntry)) if entry.subject_kind == "word"]


def test_a_word_is_shown_when_somebody_of_the_team_has_read_it(client, finish, a_round, make, house, read):
    action = finish()
    say(client, action, "yes", "Bright as day")
    shown = f"/en/actions/{action.code}"
    assert "Bright as day" not in client.get(shown).text
    desk = Client(house).sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))
    assert "Words to read" in desk.get("/en/desk").text
    page = desk.get(desk.get(f"/en/desk/dialogues/{a_round.dialogue.code}").link("Words to read"))
    assert "Bright as day" in page.text
    page = desk.send(page, action="/show")
    assert "Everything is read" in page.text
    assert "Bright as day" in client.get(shown).text
    # Written anew, it waits anew.
    say(client, action, "yes", "Brighter")
    assert "Bright" not in client.get(shown).text


def test_a_word_that_is_left_out_is_counted_and_not_shown(client, finish, a_round, make, house):
    action = finish()
    say(client, action, "no", "Rubbish")
    desk = Client(house).sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))
    page = desk.send(desk.get(f"/en/desk/dialogues/{a_round.dialogue.code}/words"), action="/leave")
    assert "Rubbish" not in page.text
    text = client.get(f"/en/actions/{action.code}").text
    assert "Rubbish" not in text
    assert "1 no" in text


def test_a_word_that_changed_while_it_was_read_goes_on_waiting(client, finish, a_round, make, house, read):
    action = finish()
    say(client, action, "yes", "Fine")
    desk = Client(house).sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))
    page = desk.get(f"/en/desk/dialogues/{a_round.dialogue.code}/words")
    say(client, action, "yes", "Something else")
    desk.send(page, action="/show")
    assert read(select(Helped.is_shown)) == [False]
    assert read(select(Helped.is_read)) == [False]


def test_the_summary_of_many_actions_is_one_statement(client, finish, database, counting):
    first, second = finish(), finish()
    say(client, first, "yes")
    say(client, second, "not_noticed")
    with database.reading() as session, counting() as seen:
        said = helped.summary(session, [first.id, second.id, 0])
    assert len(seen) == 1
    assert (said[first.id], said[second.id], said[0]) == (
        HelpedCount(yes=1),
        HelpedCount(not_noticed=1),
        HelpedCount(),
    )


def test_who_takes_everything_back_takes_their_words_back_and_the_count_stays(
    client, finish, given, read, a_round, make, house
):
    idea, path = given
    action = finish(idea)
    client.send(client.get(path), {"answer": "yes", "word": "Bright as day"}, action=f"/helped/{action.code}")
    desk = Client(house).sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))
    desk.send(desk.get(f"/en/desk/dialogues/{a_round.dialogue.code}/words"), action="/show")
    client.send(client.get(client.get(path).link("Take the idea back")))
    assert read(select(Contribution.state)) == [ContributionState.WITHDRAWN]
    assert [(row.answer, row.word) for row in read(select(Helped))] == [(Help.YES, "")]
    text = client.get(f"/en/actions/{action.code}").text
    assert "Bright as day" not in text
    assert "1 yes" in text


def test_the_pages_of_the_question_are_kept_and_set_no_cookie(client, finish):
    action = finish()
    for path in (ask(action), f"{ask(action)}/thanks"):
        answer = client.get(path).response
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["ETag"] == client.get(path).response.headers["ETag"]


def test_an_answer_is_still_taken_after_the_dialogue_has_moved_on(client, finish, read):
    action = finish()
    clock.move_to(timedelta(days=60))
    say(client, action)
    assert read(select(Helped.answer)) == [Help.YES]
