"""Changing and taking back an idea with its follow code."""

import threading

import pytest
from sqlalchemy import func, select

from dialogue.base.errors import Closed
from dialogue.base.i18n import speaking
from dialogue.boards import followed, moderation, queries, room as declaration
from dialogue.boards.models import Idea, ReturnReason, Support
from dialogue.boards.operations import Draft, change_idea
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, DialogueState, StatusChange
from dialogue.followup.operations import withdraw
from dialogue.residents.models import FollowCode

TITLES = select(Idea.title)
STATES = select(Contribution.state)


@pytest.fixture
def given(give, make, read):
    """A board with an idea that waits, and the address at which its giver changes it."""
    board = make.board()
    follow = give(board, "Lights", "By the path.").response.location.partition("?")[0]
    (code,) = read(select(Contribution.code))
    return board, code, f"{follow}/idea"


def send_back(database, actor, code, revision=1):
    with database.writing() as session:
        moderation.return_to_writer(session, actor, code, revision, ReturnReason.UNCLEAR, "Hvilken sti?")


def test_an_idea_that_waits_can_be_changed(client, given, read):
    _board, _code, address = given
    page = client.get(address)
    assert page.html.find("input", {"name": "title"})["value"] == "Lights"
    answer = client.send(page, {"title": "Warm lights"}, follow=False)
    assert answer.response.location == address.removesuffix("/idea") + "?just=changed"
    assert read(TITLES) == ["Warm lights"]
    assert read(STATES) == [ContributionState.RECEIVED]


def test_the_page_of_a_code_is_kept_and_indexed_nowhere(client, given):
    headers = client.get(given[2]).response.headers
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Referrer-Policy"] == "no-referrer"


def test_an_idea_that_was_sent_back_tells_why_and_can_be_sent_again(client, given, make, database, read):
    _board, code, address = given
    send_back(database, make.actor(), code)
    page = client.get(address)
    assert "We do not understand what is meant" in page.text
    assert "Hvilken sti?" in page.text
    client.send(page, {"text": "By the path to the beach."}, follow=False)
    assert read(STATES) == [ContributionState.RECEIVED]
    assert read(select(Idea.return_reason)) == [None]
    assert read(select(StatusChange.to_state).order_by(StatusChange.id)) == [
        "received",
        "returned",
        "received",
    ]


def test_sent_again_unchanged_is_enough_to_be_read_again(client, given, make, database, read):
    _board, code, address = given
    send_back(database, make.actor(), code)
    client.send(client.get(address), follow=False)
    assert read(STATES) == [ContributionState.RECEIVED]


def test_the_reason_is_told_in_every_language_with_the_note_as_it_was_written(given, make, database, read):
    send_back(database, make.actor(), given[1])
    (told,) = read(select(StatusChange.public_text).where(StatusChange.to_state == "returned"))
    assert told.get("en") == "We do not understand what is meant. Hvilken sti?"
    for language in ("nb", "nn", "en"):
        with speaking(language):
            assert told.get(language) == f"{ReturnReason.UNCLEAR.label}. Hvilken sti?"


def test_a_change_makes_what_the_moderator_has_open_out_of_date(client, given, make, database, read):
    _board, code, address = given
    actor = make.actor()
    client.send(client.get(address), {"text": "Something else."}, follow=False)
    with pytest.raises(Closed), database.writing() as session:
        moderation.publish(session, actor, code, 1)
    with database.writing() as session:
        moderation.publish(session, actor, code, 2)
    assert read(STATES) == [ContributionState.PUBLISHED]


def test_what_is_published_meanwhile_can_no_longer_be_changed_and_the_text_is_kept(
    client, given, make, database, read
):
    _board, code, address = given
    page = client.get(address)
    actor = make.actor()
    with database.writing() as session:
        moderation.publish(session, actor, code, 1)
    answer = client.send(page, {"title": "Other lights"})
    assert answer.status == 422
    assert "can no longer be changed" in answer.errors[0]
    assert "Other lights" in answer.response.text
    assert read(TITLES) == ["Lights"]
    assert "can no longer be changed" in client.get(address).text


def test_when_the_dialogue_has_ended_nothing_is_changed(client, given, database):
    with database.writing() as session:
        session.get_one(Dialogue, given[0].dialogue_id).state = DialogueState.CLOSED
    assert not client.get(given[2]).html.select("main form")


def test_a_change_passes_the_guard(client, given, read):
    answer = client.send(client.get(given[2]), {"text": "Mail kari@example.org"})
    assert answer.status == 422
    assert "kari@example.org" in answer.text
    assert client.send(answer, {"send_anyway": "y"}, follow=False).status == 302
    assert read(select(Idea.text)) == ["Mail kari@example.org"]


def test_what_is_missing_in_a_change_is_refused(client, given, read):
    answer = client.send(client.get(given[2]), {"title": "", "text": ""})
    assert answer.status == 422
    assert answer.errors
    assert read(TITLES) == ["Lights"]


def test_a_guessed_code_opens_nothing_and_guessing_is_limited(client, given):
    statuses = [client.get("/en/follow/K7QM-2XPD-9WTB/idea").status for _ in range(31)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert client.get(given[2]).status == 429


def test_taken_back_it_is_blanked_and_its_place_stays(client, make, given, database, read):
    _board, code, _address = given
    actor = make.actor()
    with database.writing() as session:
        moderation.publish(session, actor, code, 1)
    client.post(f"/en/boards/ideas/{code}/support")
    before = read(select(Dialogue.version))
    with database.writing() as session:
        contribution = session.scalars(select(Contribution)).one()
        withdraw(session, contribution, declaration.room.erasers["idea"])
    (idea,) = read(select(Idea))
    assert (idea.title, idea.text, idea.published_at, idea.support_count) == ("", "", None, 1)
    assert read(STATES) == [ContributionState.WITHDRAWN]
    assert read(select(func.count()).select_from(Support)) == [0]
    assert read(select(Dialogue.version)) > before
    assert client.get(f"/en/boards/ideas/{code}").status == 404


class TestTheFollowPage:
    """What the one who gave an idea sees of it."""

    def part(self, house, database, code):
        with house.test_request_context("/en/"), speaking("en"), database.reading() as session:
            contribution = session.scalars(select(Contribution).where(Contribution.code == code)).one()
            return followed.follow_part(session, contribution, "K7QM-2XPD-9WTB")

    def test_while_it_waits_it_shows_the_words_and_the_way_to_change_them(self, house, given, database):
        part = self.part(house, database, given[1])
        assert (part.heading, part.text, part.language) == ("Lights", "By the path.", "en")
        assert part.edit_url.endswith("/follow/K7QM-2XPD-9WTB/idea")

    def test_sent_back_it_shows_the_reason_and_the_note(self, house, given, make, database):
        send_back(database, make.actor(), given[1])
        said = [value for _term, value in self.part(house, database, given[1]).facts]
        assert "Hvilken sti?" in said
        assert len(said) == 4

    def test_published_it_cannot_be_changed_but_taken_back(self, house, given, make, database):
        actor = make.actor()
        with database.writing() as session:
            moderation.publish(session, actor, given[1], 1)
        part = self.part(house, database, given[1])
        assert part.edit_url is None
        assert part.withdraw_label

    def test_taken_back_nothing_of_it_is_left(self, house, given, database):
        with database.writing() as session:
            withdraw(session, session.scalars(select(Contribution)).one(), declaration.room.erasers["idea"])
        part = self.part(house, database, given[1])
        assert not part.text
        assert not part.facts
        assert not part.withdraw_label


def test_published_and_changed_at_the_same_moment_shows_only_what_was_read(make, given, database, read):
    """Whoever is second gets a no: the moderator because the text is another, or the writer because it is out."""
    board, code, _address = given
    actor = make.actor()
    start = threading.Barrier(2)
    refused = []

    def attempt(what):
        start.wait()
        try:
            with database.writing() as session:
                what(session)
        except Exception as error:
            refused.append(type(error).__name__)

    def change(session):
        holder = session.scalars(select(FollowCode)).one()
        idea = queries.followed_idea_locked(session, holder)
        change_idea(session, idea, Draft(board.columns[0].id, "Unread", "Words", "en"))

    threads = [
        threading.Thread(target=attempt, args=(change,)),
        threading.Thread(target=attempt, args=(lambda session: moderation.publish(session, actor, code, 1),)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["Closed"]
    (idea,) = read(select(Idea))
    assert (idea.title, idea.published_at is None) in {("Unread", True), ("Lights", False)}
