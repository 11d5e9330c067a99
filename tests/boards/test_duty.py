"""The duty routine: held, told at once, read by one, handed over and deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import Closed, NotFound
from dialogue.base.outbox import OutboxMail
from dialogue.boards import duty, jobs, moderation, operations
from dialogue.boards.models import Board, Idea
from dialogue.boards.models_reading import HandoverWay, Hold
from dialogue.boards.operations import Draft
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, StatusChange
from dialogue.people import operations as people
from dialogue.people.queries import actor_of
from dialogue.residents import operations as residents
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client

SECRET = "skjulested"
WAY = HandoverWay.CASE_SYSTEM


@pytest.fixture
def officer(make):
    return make.user(Role.LEADER, name="Vakt Eksempel")


@pytest.fixture
def board(make, officer):
    return make.board(make.dialogue(duty_officer_id=officer.id, has_pupils=True))


@pytest.fixture
def moderator(make):
    return make.user(name="Moderator Eksempel")


@pytest.fixture
def idea(make, board):
    return make.idea(board, f"Title {SECRET}", ContributionState.RECEIVED)


@pytest.fixture
def held(database, moderator, idea):
    code = idea.contribution.code
    with database.writing() as session:
        duty.hold(session, actor_of(moderator), code, 1)
    return code


def mails(read):
    return [(mail.to, mail.subject, mail.text + mail.html) for mail in read(select(OutboxMail))]


def state(read, code):
    return read(select(Contribution.state).where(Contribution.code == code))


@pytest.mark.parametrize("before", [ContributionState.RECEIVED, ContributionState.PUBLISHED])
def test_a_moderator_holds_an_idea_and_reads_it_no_more(
    client, make, read, board, moderator, officer, before
):
    idea = make.idea(board, f"Title {SECRET}", before)
    client.sign_in(moderator)
    page = client.get(f"/en/desk/ideas/{idea.contribution.code}")
    assert SECRET in page.text
    after = client.send(page, action="hold")
    assert officer.name in after.text
    assert SECRET not in after.text
    page = client.get(f"/en/desk/ideas/{idea.contribution.code}")
    assert "Held for the duty routine" in page.heading
    assert SECRET not in page.response.text
    assert officer.name in page.text
    assert moderator.name in page.text
    assert state(read, idea.contribution.code) == [ContributionState.HELD]


def test_the_officer_is_told_at_once_by_a_mail_without_a_word_of_it(read, held, officer):
    ((to, subject, body),) = mails(read)
    assert to == officer.email
    assert "held for you" in subject
    assert "/desk/duty" in body
    assert SECRET not in subject + body


def test_the_officer_finds_it_first_on_the_desk_reads_it_and_each_time_is_noted(client, read, held, officer):
    client.sign_in(officer)
    desk = client.get("/en/desk")
    assert desk.html.select_one("main h2").get_text(strip=True).startswith("Held for you as duty officer")
    page = client.get(f"/en/desk/duty/{held}")
    assert SECRET in page.text
    assert "112" in page.text
    client.get(f"/en/desk/duty/{held}")
    noted = read(select(AuditEntry.actor_id).where(AuditEntry.subject_kind == "held idea"))
    assert noted == [officer.id, officer.id]
    assert SECRET not in client.get("/en/desk/duty").text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANISER, Role.LEADER])
def test_nobody_else_reads_it_or_ends_it(client, make, database, held, role):
    user = make.user(role)
    client.sign_in(user)
    assert client.get(f"/en/desk/duty/{held}").status == 404
    with database.writing() as session, pytest.raises(NotFound):
        duty.hand_over(session, actor_of(user), held, WAY, clock.today())
    with database.writing() as session, pytest.raises(NotFound):
        duty.give_back(session, actor_of(user), held)


def test_confirming_deletes_what_was_written_and_keeps_the_anchor(
    client, read, held, officer, idea, moderator
):
    client.sign_in(officer)
    page = client.send(client.get(f"/en/desk/duty/{held}"), {"way": WAY.value}, action="hand-over")
    assert "deleted here" in page.text
    (left,) = read(select(Idea).where(Idea.contribution_id == idea.contribution_id))
    assert (left.title, left.text) == ("", "")
    assert state(read, held) == [ContributionState.HANDED_OVER]
    (hold,) = read(select(Hold))
    assert (hold.way, hold.handed_over_on, hold.ended_by_id) == (WAY, clock.today(), officer.id)
    assert moderator.email in [to for to, _subject, _body in mails(read)]
    assert all(SECRET not in subject + body for _to, subject, body in mails(read))
    # A second click finds nothing to do, and the first stands.
    assert client.get(f"/en/desk/duty/{held}").status == 404


def test_it_must_be_said_how_and_on_a_day_that_has_been(client, read, held, officer):
    client.sign_in(officer)
    page = client.get(f"/en/desk/duty/{held}")
    assert client.send(page, action="hand-over").status == 422
    tomorrow = (clock.today() + timedelta(1)).isoformat()
    answer = client.send(page, {"way": WAY.value, "on": tomorrow}, action="hand-over")
    assert any("the day on which" in error for error in answer.errors)
    assert state(read, held) == [ContributionState.HELD]


def test_what_is_nothing_for_the_routine_waits_to_be_read_again(client, read, held, officer, moderator):
    client.sign_in(officer)
    client.send(client.get(f"/en/desk/duty/{held}"), action="back")
    assert state(read, held) == [ContributionState.RECEIVED]
    assert [subject for to, subject, _body in mails(read) if to == moderator.email] == [
        "Back in the queue: what you held for the duty officer"
    ]
    client.sign_in(moderator)
    assert SECRET in client.get(f"/en/desk/ideas/{held}").text


def test_it_can_be_held_again_and_is_handed_over_once(database, held, officer, moderator, read):
    with database.writing() as session:
        duty.give_back(session, actor_of(officer), held)
    with database.writing() as session:
        duty.hold(session, actor_of(moderator), held, 1)
    with database.writing() as session, pytest.raises(Closed):
        duty.hold(session, actor_of(moderator), held, 1)
    assert [hold.ended_at is None for hold in read(select(Hold).order_by(Hold.id))] == [False, True]


def test_without_a_duty_officer_nothing_is_held(database, make, moderator):
    board = make.board(make.dialogue(duty_officer_id=None))
    code = make.idea(board, state=ContributionState.RECEIVED).contribution.code
    with database.writing() as session, pytest.raises(Closed, match="no duty officer"):
        duty.hold(session, actor_of(moderator), code, 1)


def test_a_new_officer_reads_what_is_held_and_the_old_one_does_not(
    client, database, make, held, officer, board
):
    other = make.user(Role.LEADER)
    with database.writing() as session:
        session.get_one(Dialogue, board.dialogue_id).duty_officer_id = other.id
    client.sign_in(officer)
    assert client.get(f"/en/desk/duty/{held}").status == 404
    client.sign_in(other)
    assert SECRET in client.get(f"/en/desk/duty/{held}").text


def test_a_closed_account_leaves_the_board_closed_until_another_is_named(
    database, make, held, officer, board, read
):
    with database.writing() as session:
        keeper = actor_of(make.user(Role.ADMINISTRATOR))
        people.set_active(session, keeper, session.merge(officer), active=False)
    assert read(select(Dialogue.duty_officer_id).where(Dialogue.id == board.dialogue_id)) == [None]
    assert state(read, held) == [ContributionState.HELD]


def at(hour, minute=0):
    return clock.in_norway(clock.local(clock.now()).replace(hour=hour, minute=minute, tzinfo=None))


@pytest.fixture
def organiser(make, board):
    return make.user(Role.ORGANISER, ScopeKind.DIALOGUE, board.dialogue_id)


def test_what_is_not_opened_is_told_again_once_and_to_those_who_run_the_dialogue(
    client, database, read, idea, moderator, officer, organiser
):
    code = idea.contribution.code
    with clock.standing_at(at(12)), database.writing() as session:
        duty.hold(session, actor_of(moderator), code, 1)
    with clock.standing_at(at(12, 29)):
        assert jobs.remind_of_held(database) == 0
    with clock.standing_at(at(12, 31)):
        assert jobs.remind_of_held(database) == 2
        assert jobs.remind_of_held(database) == 0
        client.sign_in(organiser)
        desk = client.get("/en/desk")
        assert "not opened" in desk.text
        assert officer.name in desk.text
        assert SECRET not in desk.text
    assert sorted(to for to, _subject, _body in mails(read)) == sorted(
        [officer.email, officer.email, organiser.email]
    )
    assert all(SECRET not in subject + body for _to, subject, body in mails(read))


def test_what_is_opened_is_not_told_again(client, database, held, officer):
    client.sign_in(officer)
    client.get(f"/en/desk/duty/{held}")
    with clock.standing_at(at(12) + timedelta(days=1)):
        assert jobs.remind_of_held(database) == 0


def test_at_night_nobody_is_reminded_and_in_the_morning_they_are(database, idea, moderator):
    with clock.standing_at(at(23)), database.writing() as session:
        duty.hold(session, actor_of(moderator), idea.contribution.code, 1)
    with clock.standing_at(at(2) + timedelta(days=1)):
        assert jobs.remind_of_held(database) == 0
    with clock.standing_at(at(7, 1) + timedelta(days=1)):
        assert jobs.remind_of_held(database) >= 1


@pytest.fixture
def followed(database, board, read):
    """An idea that somebody follows and left an address for."""
    draft = Draft(board.columns[0].id, f"Title {SECRET}", SECRET, "nb")
    with database.writing() as session:
        receipt = operations.write_idea(session, session.get_one(Board, board.id), draft, "mine")
        code = residents.find_code(session, receipt.code)
        residents.leave_address(session, code, "kari@example.org", "nb")
    (given,) = read(select(Contribution.code))
    return receipt.code, given


def test_the_writer_is_shown_where_to_turn_in_their_language_and_no_word_of_it(
    house, database, read, followed, moderator, officer
):
    code, given = followed
    with database.writing() as session:
        moderation.return_to_writer(
            session, actor_of(moderator), given, 1, moderation.ReturnReason.REPORT, f"About {SECRET}"
        )
    with database.writing() as session:
        duty.hold(session, actor_of(moderator), given, 1)
    writer = Client(house)
    for language, words in (
        ("nb", "kommet til noen som har"),
        ("nn", "kome til nokon som har"),
        ("en", "has come to somebody whose job"),
    ):
        page = writer.get(f"/{language}/follow/{code}")
        assert words in page.text
        for number in ("112", "02800", "116 111"):
            assert number in page.text
        assert SECRET not in page.response.text
    assert "/follow/" in writer.get(f"/nb/follow/{code}/idea").path
    with database.writing() as session:
        duty.hand_over(session, actor_of(officer), given, WAY, clock.today())
    page = writer.get(f"/nb/follow/{code}")
    assert "02800" in page.text
    assert "slettet her" in page.text
    told = [(subject, body) for to, subject, body in mails(read) if to == "kari@example.org"]
    assert len(told) == 1
    assert SECRET not in told[0][0] + told[0][1]
    assert "112" in told[0][1]
    assert all(
        not text
        for text in read(select(StatusChange.public_text).where(StatusChange.subject_kind == "contribution"))
    )


def test_the_writer_cannot_take_back_or_change_what_is_held(house, database, read, followed, moderator):
    code, given = followed
    with database.writing() as session:
        duty.hold(session, actor_of(moderator), given, 1)
    writer = Client(house)
    assert writer.get(f"/en/follow/{code}/withdraw/{given}").status == 404
    assert writer.post(f"/en/follow/{code}/withdraw/{given}").status == 404
    writer.post(f"/en/follow/{code}/idea", {"title": "T", "text": "T", "column": "1"})
    assert state(read, given) == [ContributionState.HELD]
