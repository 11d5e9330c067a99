"""Those who left an address are told, once each, and can stop it with one click."""

import threading

import pytest
from sqlalchemy import select

from dialogue.actions import operations as actions
from dialogue.actions.models import ActionState
from dialogue.base.outbox import OutboxMail
from dialogue.boards import operations as boards
from dialogue.boards.models import Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.followup import feedback
from dialogue.followup.models import DecisionOutcome, Told
from dialogue.residents.models import Contact
from tests.support.make import words


@pytest.fixture
def give(client, a_round, database):
    """Writes an idea as a resident who leaves an address, publishes it, and tells what there is so far."""

    def write(title: str = "Lights", email: str = "kim@example.org", language: str = "en") -> Idea:
        page = client.get(f"/{language}/boards/{a_round.board.code}/write")
        column = a_round.board.columns[0].id
        page = client.send(page, {"column": column, "title": title, "text": "By the path."})
        client.send(page, {"email": email}, action="/address")
        with database.writing() as session:
            idea = session.scalars(select(Idea).where(Idea.title == title)).one()
            boards.publish(session, idea, None)
        feedback.tell(database)
        return idea

    return write


@pytest.fixture
def mails(database, read):
    """The mails since it was last asked, after the job has run."""
    seen: set[int] = set()

    def new() -> list[OutboxMail]:
        feedback.tell(database)
        found = [mail for mail in read(select(OutboxMail).order_by(OutboxMail.id)) if mail.id not in seen]
        seen.update(mail.id for mail in found)
        return [mail for mail in found if mail.to == "kim@example.org"]

    return new


def test_a_decision_is_told_with_outcome_explanation_and_the_way_to_the_follow_page(give, mails, a_round):
    theme = a_round.theme("Light", give())
    mails()
    a_round.decide(theme, DecisionOutcome.NOT_NOW, explanation=words("The money is spent"))
    (mail,) = mails()
    assert "Not now" in mail.text
    assert "The money is spent (en)" in mail.text
    assert "http://localhost/en/follow/" in mail.text
    assert mail.unsubscribe_url.startswith("http://localhost/en/unsubscribe/")


def test_what_happens_within_a_minute_is_gathered_in_one_mail(give, mails, a_round):
    theme = a_round.theme("Light", give())
    mails()
    a_round.action(a_round.decide(theme))
    (mail,) = mails()
    assert "Taken up" in mail.text
    assert "Accepted: New lights" in mail.text


def test_nothing_is_told_twice(give, mails, a_round):
    theme = a_round.theme("Light", give())
    mails()
    a_round.decide(theme)
    assert len(mails()) == 1
    assert mails() == []


def test_jobs_that_run_at_once_tell_once(give, mails, a_round, database, read):
    theme = a_round.theme("Light", give())
    mails()
    a_round.decide(theme)
    threads = [threading.Thread(target=feedback.tell, args=(database,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mails()) == 1


def test_each_is_told_in_their_own_language(give, mails, a_round):
    theme = a_round.theme("Light", give(language="nn"))
    mails()
    a_round.decide(theme, explanation=words("We do it"))
    (mail,) = mails()
    assert mail.language == "nn"
    assert "We do it (nn)" in mail.text
    assert "/nn/follow/" in mail.text


@pytest.mark.parametrize("options", [{"accepted": False}, {"is_internal": True}])
def test_an_action_that_is_not_public_is_not_told(give, mails, a_round, options):
    decision = a_round.decide(a_round.theme("Light", give()))
    mails()
    a_round.action(decision, **options)
    assert mails() == []


def test_the_outcome_of_an_action_is_told(give, mails, a_round, database):
    action = a_round.action(a_round.decide(a_round.theme("Light", give())))
    mails()
    with database.writing() as session:
        found = session.get_one(type(action), action.id)
        actions.finish(
            session, a_round.organiser, found, found.revision, ActionState.DONE, words("They shine")
        )
    (mail,) = mails()
    assert "Done: New lights" in mail.text
    assert "They shine (en)" in mail.text


def test_a_returned_idea_is_told_with_the_reason(give, mails, database):
    idea = give()
    mails()
    with database.writing() as session:
        one = session.get_one(Contribution, idea.contribution_id)
        contributions.move(session, one, ContributionState.RETURNED, public_text=words("It names somebody"))
    (mail,) = mails()
    assert "Not published" in mail.text
    assert "It names somebody (en)" in mail.text


def test_what_happened_before_the_address_was_left_is_not_mailed(give, mails, a_round, client, read):
    theme = a_round.theme("Light", give())
    a_round.decide(theme)
    mails()
    assert [mail.subject for mail in read(select(OutboxMail))].count("We will tell you what comes of it") == 1


def test_the_words_of_the_giver_are_not_mailed_to_an_unchecked_address(give, read):
    give("Buy at [evil](http://evil.example)")
    assert not any("evil" in mail.text or "evil" in mail.html for mail in read(select(OutboxMail)))


def test_one_click_stops_the_mails_without_a_page_or_a_cookie(give, mails, a_round, house, read):
    theme = a_round.theme("Light", give())
    (mail, *_) = mails()
    path = mail.unsubscribe_url.removeprefix("http://localhost")
    # A mail program sends no origin and knows no token.
    answer = house.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert read(select(Contact.id)) == []
    a_round.decide(theme)
    assert mails() == []


def test_a_mail_scanner_that_opens_the_link_stops_nothing(give, mails, client, read):
    give()
    path = mails()[0].unsubscribe_url.removeprefix("http://localhost")
    page = client.get(path)
    assert page.heading == "Stop the mails?"
    assert len(read(select(Contact.id))) == 1
    assert client.send(page).heading == "You get no more mails"
    assert read(select(Contact.id)) == []


@pytest.mark.parametrize("token", ["1.AAAA", "x.y", "1", "99999999999999999999.A", "1.æøå"])
def test_a_made_up_link_stops_nothing_and_tells_nothing(give, client, read, token):
    give()
    assert client.get(f"/en/unsubscribe/{token}").heading == "You get no more mails"
    assert client.post(f"/en/unsubscribe/{token}").status == 200
    assert len(read(select(Contact.id))) == 1


def test_taking_the_idea_back_forgets_the_address_and_ends_the_mails(
    give, mails, a_round, client, read, database
):
    theme = a_round.theme("Light", give())
    (mail, *_) = mails()
    path = next(
        word for word in mail.text.replace("(", " ").replace(")", " ").split() if "/en/follow/" in word
    )
    page = client.get(path.removeprefix("http://localhost"))
    page = client.get(page.link("Take the idea back"))
    page = client.send(page)
    assert "You took it back" in page.text
    assert read(select(Contact.id)) == []
    assert read(select(Contribution.state)) == [ContributionState.WITHDRAWN]
    assert read(select(Idea.title)) == [""]
    a_round.decide(theme)
    assert mails() == []


def test_told_rows_are_kept_for_each_change_and_contribution(give, a_round, database, read):
    theme = a_round.theme("Light", give("One"), give("Two"))
    before = len(read(select(Told.status_change_id)))
    a_round.decide(theme)
    feedback.tell(database)
    assert len(read(select(Told.status_change_id))) == before + 2


def test_one_page_cannot_fill_a_strangers_mailbox(client, a_round, read):
    page = client.get(f"/en/boards/{a_round.board.code}/write")
    page = client.send(
        page, {"column": a_round.board.columns[0].id, "title": "Lights", "text": "By the path."}
    )
    for _ in range(5):
        client.send(page, {"email": "stranger@example.org"}, action="/address")
    assert read(select(OutboxMail.to)) == ["stranger@example.org"]


def test_an_action_that_was_hidden_in_time_is_not_told(give, mails, a_round, database):
    decision = a_round.decide(a_round.theme("Light", give()))
    mails()
    action = a_round.action(decision)
    with database.writing() as session:
        found = session.get_one(type(action), action.id)
        actions.show(session, a_round.organiser, found, found.revision, True)
    assert mails() == []
