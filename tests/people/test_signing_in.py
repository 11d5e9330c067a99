"""Signing in and out."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogue.base import clock
from dialogue.base.errors import Invalid
from dialogue.base.outbox import OutboxMail
from dialogue.people import operations, passwords
from dialogue.people.models import OneTimeLink, SignIn, User
from tests.support.client import Client

PASSWORD = "a long and good password"


@pytest.fixture
def person(make):
    return make.user(password_hash=passwords.hash_password(PASSWORD))


def sign_in(client, user, password=PASSWORD, path="/en/sign-in"):
    return client.send(client.get(path), {"email": user.email, "password": password}, action="sign-in")


def test_the_right_password_opens_the_desk(client, person):
    assert sign_in(client, person).path == "/en/desk"


def test_the_address_may_be_typed_in_capitals(client, person):
    page = client.send(client.get("/en/sign-in"), {"email": f" {person.email.upper()}", "password": PASSWORD})
    assert page.path == "/en/desk"


@pytest.mark.parametrize(("email", "password"), [("nobody@example.org", PASSWORD), (None, "wrong")])
def test_a_wrong_address_and_a_wrong_password_get_the_same_answer(client, person, email, password):
    page = client.send(client.get("/en/sign-in"), {"email": email or person.email, "password": password})
    assert page.status == 422
    assert page.errors == [
        "The e-mail address or the password is wrong. You can ask for a sign-in link instead."
    ]


def test_a_closed_account_cannot_sign_in(client, make):
    closed = make.user(password_hash=passwords.hash_password(PASSWORD), is_active=False)
    assert sign_in(client, closed).status == 422


def test_after_signing_in_one_comes_back_to_the_page_one_wanted(client, person):
    page = client.get("/en/desk/account")
    assert page.path == "/en/sign-in"
    assert client.send(page, {"email": person.email, "password": PASSWORD}).path == "/en/desk/account"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\r\nX: y"],
)
def test_a_foreign_target_after_sign_in_is_ignored(client, person, target):
    page = client.send(
        client.get("/en/sign-in"), {"email": person.email, "password": PASSWORD, "next": target}
    )
    assert page.path == "/en/desk"


def test_guessing_passwords_is_stopped(client, person):
    answers = [sign_in(client, person, "wrong").status for _ in range(21)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {422}


def test_opening_a_mailed_link_does_not_use_it(client, person, read):
    address = ask_for_link(client, person, read)
    for _ in range(3):  # a mail scanner, twice, then the person
        page = client.get(address)
    assert client.send(page).path == "/en/desk"


def test_a_mailed_link_works_once(client, person, read, house):
    address = ask_for_link(client, person, read)
    client.send(client.get(address))
    assert Client(house).get(address).status == 410
    assert Client(house).post(address).status == 422


def test_a_mailed_link_ends_after_half_an_hour(client, person, read):
    address = ask_for_link(client, person, read)
    clock.move_to(timedelta(minutes=31))
    assert client.get(address).status == 410


def ask_for_link(client, person, read) -> str:
    client.send(client.get("/en/sign-in/link"), {"email": person.email})
    [text] = read(select(OutboxMail.text))
    return re.search(r"http://localhost(/en/sign-in/link/\S+?)\)", text).group(1)


def test_asking_for_a_link_does_not_tell_whether_there_is_an_account(client, person, read):
    known = client.send(client.get("/en/sign-in/link"), {"email": person.email})
    unknown = client.send(client.get("/en/sign-in/link"), {"email": "nobody@example.org"})
    assert known.text.replace(person.email, "") == unknown.text.replace("nobody@example.org", "")
    assert read(select(func.count()).select_from(OutboxMail)) == [1]


def test_tokens_are_stored_only_as_hashes(client, person, read):
    address = ask_for_link(client, person, read)
    token = address.rsplit("/", 1)[1]
    assert token.encode() not in read(select(OneTimeLink.token_hash))[0]


def test_signing_out_everywhere_ends_the_other_browsers_too(client, person, house, read):
    other = Client(house).sign_in(person)
    client.sign_in(person)
    client.send(client.get("/en/desk/account"), action="sign-out-everywhere")
    assert read(select(func.count()).select_from(SignIn)) == [0]
    assert other.get("/en/desk").path == "/en/sign-in"


def test_a_new_password_makes_a_mailed_link_useless(client, person, read, house):
    address = ask_for_link(Client(house), person, read)
    client.sign_in(person)
    client.send(
        client.get("/en/desk/account/password"), {"old": PASSWORD, "password": "another good password"}
    )
    assert Client(house).get(address).status == 410
    assert Client(house).post(address).status == 422


def test_a_new_password_ends_the_other_browsers_and_keeps_this_one(client, person, house):
    other = Client(house).sign_in(person)
    client.sign_in(person)
    page = client.send(
        client.get("/en/desk/account/password"), {"old": PASSWORD, "password": "another good password"}
    )
    assert page.path == "/en/desk/account"
    assert client.get("/en/desk").status == 200
    assert other.get("/en/desk").path == "/en/sign-in"


def test_a_short_password_is_refused(client, person):
    client.sign_in(person)
    page = client.send(client.get("/en/desk/account/password"), {"old": PASSWORD, "password": "short"})
    assert page.status == 422
    assert page.errors == ["New password – Use at least 12 characters."]


@pytest.mark.parametrize("old", ["", "a wrong guess of it"])
def test_whoever_finds_a_browser_open_cannot_choose_a_password_in_it(client, person, read, old):
    before = read(select(User.password_hash).where(User.id == person.id))
    client.sign_in(person)
    values = {"old": old, "password": "another good password"}
    page = client.send(client.get("/en/desk/account/password"), values)
    assert page.status == 422
    assert page.errors[0].startswith("The password you have now – ")
    assert read(select(User.password_hash).where(User.id == person.id)) == before


def test_guessing_the_old_password_is_stopped(client, person):
    client.sign_in(person)
    values = {"old": "wrong", "password": "another good password"}
    answers = [client.send(client.get("/en/desk/account/password"), values).status for _ in range(21)]
    assert answers[-1] == 429


def test_whoever_comes_by_a_mailed_link_need_not_know_the_old_password_once(client, person, read):
    client.send(client.get(ask_for_link(client, person, read)))
    page = client.get("/en/desk/account/password")
    assert "The password you have now" not in page.text
    assert client.send(page, {"password": "another good password"}).path == "/en/desk/account"
    assert "The password you have now" in client.get("/en/desk/account/password").text


def test_a_sign_in_ends_by_itself(client, person):
    client.sign_in(person)
    clock.move_to(operations.SIGNED_IN_FOR + timedelta(minutes=1))
    assert client.get("/en/desk").path == "/en/sign-in"


def test_a_question_is_asked_on_a_page_of_its_own_without_script(client, person, read):
    client.sign_in(person)
    asked = client.send(client.get("/en/desk/account"), {"confirmed": "no"}, action="sign-out-everywhere")
    assert asked.heading == "Sign out of every browser, this one too?"
    assert read(select(func.count()).select_from(SignIn)) == [1]
    client.send(asked)
    assert read(select(func.count()).select_from(SignIn)) == [0]


def test_a_one_time_link_that_is_opened_by_many_at_once_signs_in_one(database, make):
    with database.writing() as session:
        token = operations.sign_in_address(session, make.user().email).rsplit("/", 1)[-1]
    start = threading.Barrier(8)

    def use(_number: int) -> bool:
        start.wait()
        try:
            with database.writing() as session:
                operations.use_link(session, token)
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(use, range(8))) == 1
