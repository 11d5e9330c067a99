"""What is passed on goes to an organisation that confirms it, or says that it is not theirs."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from dialogue.actions import links
from dialogue.base import clock, workdays
from dialogue.base.errors import Closed
from dialogue.base.outbox import OutboxMail
from dialogue.dialogues.models import StatusChange
from dialogue.followup import passing
from dialogue.followup.models import Decision, DecisionOutcome, PassState
from dialogue.places.models import Organisation
from dialogue.web.permissions import Role, ScopeKind

PASS_ON = DecisionOutcome.PASS_ON


@pytest.fixture
def desk(client, make, a_round):
    """The browser of an organiser of the dialogue."""
    return client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))


@pytest.fixture
def county(make, a_round):
    return make.organisation(municipality_id=a_round.dialogue.municipality_id, language="en")


@pytest.fixture
def theme(a_round):
    return a_round.theme("Bus", a_round.idea("A later bus"))


@pytest.fixture
def decision(a_round, county, theme):
    return a_round.decide(theme, PASS_ON, passed_to_id=county.id)


def mails(read, to: str) -> list[OutboxMail]:
    return read(select(OutboxMail).where(OutboxMail.to == to).order_by(OutboxMail.id))


def link(mail: OutboxMail) -> str:
    return re.search(r"http://localhost(/en/passed-on/\S+?)\)", mail.text)[1]


def state(read) -> PassState | None:
    return read(select(Decision.pass_state).order_by(Decision.id.desc()))[0]


def test_the_organisation_is_asked_by_mail_and_confirms_without_an_account(
    client, read, decision, county, theme
):
    (mail,) = mails(read, county.email)
    assert "Bus (en)" in mail.subject
    assert "We do it (en)" in mail.text
    page = client.get(link(mail))
    assert state(read) is PassState.ASKED
    page = client.send(page, {"state": "confirmed", "reply": "We look at the timetable."})
    assert "Thank you." in page.text
    assert state(read) is PassState.CONFIRMED
    shown = client.get(f"/en/themes/{theme.code}").text
    assert ", who confirmed it on " in shown
    assert "We look at the timetable." not in shown


def test_a_program_that_opens_the_link_answers_nothing(client, read, decision, county):
    client.get(link(mails(read, county.email)[0]))
    assert state(read) is PassState.ASKED


def test_a_no_is_told_to_who_decided_and_waits_at_the_desk(client, make, read, decision, county, theme):
    page = client.get(link(mails(read, county.email)[0]))
    client.send(page, {"state": "refused", "reply": "The state owns that road."})
    decider = read(select(OutboxMail).where(OutboxMail.to != county.email))
    assert len(decider) == 1
    assert "The state owns that road." in decider[0].text
    assert "that it is not theirs." in client.get(f"/en/themes/{theme.code}").text
    desk = client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, theme.dialogue_id))
    page = desk.get("/en/desk")
    assert "Passed on, not confirmed" in page.text
    assert "The state owns that road." in desk.get(f"/en/desk/decisions/{decision.code}/passed-on").text


def test_the_same_answer_twice_is_one_answer_and_another_is_refused(client, read, decision, county):
    page = client.get(link(mails(read, county.email)[0]))
    for _ in range(2):
        client.send(page, {"state": "confirmed"})
    lines = select(StatusChange.to_state).where(
        StatusChange.subject_kind == "decision", StatusChange.to_state == "confirmed"
    )
    assert len(read(lines)) == 1
    assert client.send(page, {"state": "refused"}).status == 422
    assert state(read) is PassState.CONFIRMED


def test_what_was_decided_anew_needs_no_answer(client, a_round, read, decision, county, theme):
    address = link(mails(read, county.email)[0])
    page = client.get(address)
    a_round.decide(theme, DecisionOutcome.NOT_NOW)
    assert client.send(page, {"state": "confirmed"}).status == 422
    assert "You need not answer." in client.get(address).text


def test_an_old_link_is_renewed_to_the_same_address_once_a_day(client, read, decision, county):
    address = link(mails(read, county.email)[0])
    with clock.standing_at(clock.now() + timedelta(days=61)):
        page = client.get(address)
        assert page.status == 410
        for _ in range(2):
            client.send(page)
        assert len(mails(read, county.email)) == 2
        assert client.get(link(mails(read, county.email)[1])).status == 200


def test_a_link_dies_with_the_address_it_was_mailed_to(client, read, decision, county, database):
    address = link(mails(read, county.email)[0])
    with database.writing() as session:
        session.execute(
            update(Organisation).where(Organisation.id == county.id).values(email="new@example.org")
        )
    assert client.get(address).status == 404
    assert client.get(address[:-3] + "AAA").status == 404


def test_a_link_to_an_action_opens_no_decision(client, a_round, read, decision):
    action = a_round.action(decision)
    with a_round.make.database.reading() as session:
        token = links.token_of_action(session.merge(action))
    assert client.get(f"/en/passed-on/{token}").status == 404


def test_it_reminds_once_after_a_fortnight_in_working_hours(database, read, decision, county):
    day = workdays.first_workday_from(clock.today() + timedelta(days=15))
    morning = clock.in_norway(
        clock.now().replace(tzinfo=None, year=day.year, month=day.month, day=day.day, hour=10)
    )
    with clock.standing_at(morning - timedelta(hours=6)):
        assert passing.remind(database) == 0
    with clock.standing_at(morning):
        assert passing.remind(database) == 1
        assert passing.remind(database) == 0
    assert len(mails(read, county.email)) == 2
    assert "We asked on" in mails(read, county.email)[1].subject


def test_who_has_answered_is_not_reminded(client, database, read, decision, county):
    client.send(client.get(link(mails(read, county.email)[0])), {"state": "confirmed"})
    with clock.standing_at(clock.now() + timedelta(days=20)):
        passing.remind(database)
    assert len(mails(read, county.email)) == 1


def test_without_an_address_the_team_notes_the_confirmation(desk, a_round, make, read, theme):
    band = make.organisation(municipality_id=a_round.dialogue.municipality_id, email="")
    decision = a_round.decide(theme, PASS_ON, passed_to_id=band.id)
    assert mails(read, "") == []
    page = desk.get("/en/desk")
    page = desk.get(f"/en/desk/decisions/{decision.code}/passed-on")
    assert "None. Ask them, and note the answer below." in page.text
    desk.send(page, {"state": "confirmed"})
    assert state(read) is PassState.CONFIRMED
    assert "Passed on, not confirmed" not in desk.get("/en/desk").text


def test_the_team_asks_again_at_most_once_a_day(desk, read, decision, county):
    page = desk.get(f"/en/desk/decisions/{decision.code}/passed-on")
    for _ in range(2):
        desk.send(page, action="/ask")
    assert len(mails(read, county.email)) == 2


def test_nothing_passed_on_has_no_answer_to_note(a_round, theme, database):
    decision = a_round.decide(theme)
    with database.writing() as session:
        found = session.get_one(Decision, decision.id)
        with pytest.raises(Closed):
            passing.note_answer(session, a_round.organiser, found, PassState.CONFIRMED, "")


def test_what_residents_and_partners_write_is_no_markup_in_the_mail(client, read, decision, county):
    page = client.get(link(mails(read, county.email)[0]))
    client.send(page, {"state": "refused", "reply": "See [here](http://evil.example) <b>now</b>"})
    told = read(select(OutboxMail).where(OutboxMail.to != county.email))[0]
    assert 'href="http://evil.example"' not in told.html
    assert "<b>" not in told.html


def test_the_answer_is_not_for_another_dialogues_team(client, make, decision):
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id))
    assert client.get(f"/en/desk/decisions/{decision.code}/passed-on").status == 404
