"""Looking after accounts."""

import re

import pytest
from sqlalchemy import select

from dialogue.base.outbox import OutboxMail
from dialogue.people.models import User
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client


@pytest.fixture
def keeper(make, client):
    client.sign_in(make.user(Role.ADMINISTRATOR))
    return client


def test_an_invitation_opens_an_account_with_a_role(keeper, make, read, house):
    place = make.municipality()
    page = keeper.send(
        keeper.get("/en/desk/people/invite"),
        {
            "name": "New Person",
            "email": "New@Example.org",
            "language": "en",
            "role": "organiser",
            "scope": f"municipality:{place.id}",
        },
    )
    assert "New Person is invited" in page.text
    [text] = read(select(OutboxMail.text))
    invited = Client(house)
    address = re.search(r"http://localhost(/en/sign-in/link/\S+?)\)", text).group(1)
    assert invited.send(invited.get(address)).path == "/en/desk/account"


def test_somebody_cannot_be_invited_twice(keeper, make, read):
    there = make.user()
    place = make.municipality()
    page = keeper.send(
        keeper.get("/en/desk/people/invite"),
        {"name": "Again", "email": there.email, "role": "partner", "scope": f"municipality:{place.id}"},
    )
    assert page.errors == ["E-mail – There is already an account with this e-mail address."]
    assert "Again" in page.response.text


def test_a_role_is_given_and_taken(keeper, make, read):
    person = make.user(Role.PARTNER)
    page = keeper.send(
        keeper.get(f"/en/desk/people/{person.code}"),
        {"role": "leader", "scope": "everything:0"},
        action=f"/people/{person.code}",
    )
    page = keeper.send(
        keeper.get(f"/en/desk/people/{person.code}"),
        {"role": "leader", "scope": "everything:0"},
        action="take",
    )
    assert page.status == 200


def test_the_last_administrator_keeps_the_role(keeper, read):
    [code] = read(select(User.code))
    page = keeper.send(keeper.get(f"/en/desk/people/{code}"), action="take")
    assert page.errors == ["There must be at least one administrator."]


def test_a_closed_account_is_signed_out(keeper, make, house):
    person = make.user()
    other = Client(house).sign_in(person)
    keeper.send(keeper.get(f"/en/desk/people/{person.code}"), action="close")
    assert other.get("/en/desk").path == "/en/sign-in"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_look_after_people(client, make, role):
    client.sign_in(make.user(role))
    assert client.get("/en/desk/people").status == 403


def test_an_administrator_of_one_place_does_not_look_after_all_people(client, make):
    somebody = make.user()
    client.sign_in(make.user(Role.ADMINISTRATOR, ScopeKind.MUNICIPALITY, make.municipality().id))
    for path in ("", "/invite", f"/{somebody.code}"):
        page = client.get(f"/en/desk/people{path}")
        assert page.status == 403
        assert somebody.email not in page.text
