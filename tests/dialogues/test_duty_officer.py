"""Who is on duty: named while the dialogue is set up, and without them nobody can write freely."""

import pytest
from sqlalchemy import select

from dialogue.dialogues.models import Dialogue, StatusChange
from dialogue.people.models import User
from dialogue.web.permissions import Role, ScopeKind


@pytest.fixture
def dialogue(make, district):
    return make.dialogue(
        municipality_id=district.municipality.id,
        organiser_id=district.service.id,
        promised_by_id=district.leader.id,
        duty_officer_id=district.organiser.id,
    )


def step_three(dialogue):
    return f"/en/desk/dialogues/{dialogue.code}/privacy-and-contact"


def test_whoever_makes_a_dialogue_is_on_duty_unless_they_name_another(client, read, district, step_one):
    client.sign_in(district.organiser)
    third = client.send(client.send(client.get("/en/desk/dialogues/new"), step_one))
    assert third.html.select_one("input[name=duty_officer]")["value"] == district.organiser.email
    client.send(third)
    assert read(select(Dialogue.duty_officer_id)) == [district.organiser.id]


def test_naming_another_is_noted_in_the_history(client, read, district, dialogue):
    client.sign_in(district.organiser)
    client.send(client.get(step_three(dialogue)), {"duty_officer": district.leader.email.upper()})
    assert read(select(Dialogue.duty_officer_id)) == [district.leader.id]
    assert "duty" in read(select(StatusChange.to_state).where(StatusChange.subject_kind == "dialogue"))
    assert "Duty officer named" in client.get(f"/en/desk/dialogues/{dialogue.code}/history").text
    assert district.leader.name in client.get(f"/en/desk/dialogues/{dialogue.code}").text


@pytest.mark.parametrize("who", ["nobody", "a partner", "a closed account"])
def test_somebody_who_cannot_see_the_desk_cannot_be_on_duty(client, make, read, district, dialogue, who):
    partner = make.user(Role.PARTNER, ScopeKind.ORGANISATION, district.service.id)
    closed = make.user(is_active=False)
    address = {"nobody": "x@example.org", "a partner": partner.email, "a closed account": closed.email}[who]
    client.sign_in(district.organiser)
    answer = client.send(client.get(step_three(dialogue)), {"duty_officer": address})
    assert any("Nobody of the staff has an account" in error for error in answer.errors)
    assert read(select(Dialogue.duty_officer_id)) == [district.organiser.id]


def test_without_one_the_board_is_closed_and_the_desk_asks_for_a_name(client, make, district, dialogue):
    unguarded = make.dialogue(
        municipality_id=district.municipality.id,
        organiser_id=district.service.id,
        promised_by_id=district.leader.id,
        duty_officer_id=None,
    )
    board = make.board(unguarded)
    client.sign_in(district.organiser)
    assert "Closed for new ideas" in client.get(f"/en/desk/boards/{board.code}").text
    today = client.get("/en/desk")
    assert "Name a duty officer" in today.text
    page = client.get(today.link(str(unguarded.title.get("en"))))
    # Whoever names somebody is offered themselves.
    client.send(page)
    assert "Name a duty officer" not in client.get("/en/desk").text
    assert "Open" in client.get(f"/en/desk/boards/{board.code}").text


def test_the_duty_officer_is_no_part_of_what_residents_see(client, make, read, dialogue):
    (officer,) = read(select(User).where(User.id == dialogue.duty_officer_id))
    make.board(dialogue)
    page = client.get(f"/en/dialogues/{dialogue.code}")
    assert officer.name not in page.text
    assert officer.email not in page.response.text
