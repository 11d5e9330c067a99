"""What protects every request."""

import pytest
from flask import Blueprint
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from dialogue.app import create_app
from dialogue.boards.models import Idea
from dialogue.config import ConfigurationError, Settings, problems, read_settings
from dialogue.web import security
from dialogue.web.house import House
from dialogue.web.limits import Limit, Limits
from dialogue.web.rooms import Room

IDEA = {"title": "Lights", "text": "By the path.", "submission_key": "k"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_form_from_another_site_is_refused(client, make, read, headers):
    board = make.board()
    values = {**IDEA, "column": board.columns[0].id}
    answer = client.browser.post(f"/en/boards/{board.code}/write", data=values, headers=headers)
    assert answer.status_code == 403
    assert read(select(func.count()).select_from(Idea)) == [0]


def test_an_older_browser_that_names_its_origin_is_let_in(client, make, read):
    board = make.board()
    values = {**IDEA, "column": board.columns[0].id}
    client.browser.post(f"/en/boards/{board.code}/write", data=values, headers={"Origin": "http://localhost"})
    assert read(select(func.count()).select_from(Idea)) == [1]


def test_a_signed_in_form_needs_its_token(client, make):
    client.sign_in(make.user())
    assert client.post("/en/desk/account/sign-out-everywhere", {"csrf_token": "made up"}).status == 403
    assert client.get("/en/desk").path == "/en/desk"


def test_every_page_leaves_with_the_headers_that_protect_it(client):
    headers = client.get("/en/").response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_of_the_desk_are_never_kept(client, make):
    client.sign_in(make.user())
    assert client.get("/en/desk").response.headers["Cache-Control"] == "no-store"


def test_a_body_that_is_too_large_gets_a_clear_answer(client, make):
    board = make.board()
    page = client.post(f"/en/boards/{board.code}/write", {**IDEA, "text": "x" * (1024 * 1024 + 1)})
    assert page.status == 413
    assert page.heading == "What you sent is too large"


@pytest.mark.parametrize(
    ("path", "language"), [("/nb/no-such", "nb"), ("/nn/no-such", "nn"), ("/en/x/y", "en"), ("/xx/", "nb")]
)
def test_a_wrong_address_is_told_in_the_language_of_the_path(client, path, language):
    page = client.get(path)
    assert page.status == 404
    assert page.html.html["lang"] == language


def test_the_cookie_of_a_sign_in_is_kept_from_scripts_and_other_sites(house, make):
    secure = create_app(Settings(**{**vars(house.settings), "public_url": "https://dialogue.example"}))
    assert secure.config["SESSION_COOKIE_SECURE"]
    assert secure.config["SESSION_COOKIE_HTTPONLY"]
    assert secure.config["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_a_view_that_does_not_say_who_may_enter_stops_the_application(settings):
    blueprint = Blueprint("open", __name__)
    blueprint.get("/open")(lambda: "open to all")
    with pytest.raises(RuntimeError, match=r"open\.<lambda>"):
        House(settings, (Room("open", blueprints=(blueprint,)),))


def test_a_limit_counts_each_device_alone_and_ends_with_its_window():
    limits = Limits("key")
    limit = Limit(times=2, seconds=3600)
    assert [limits.allows("x", "one", limit) for _ in range(3)] == [True, True, False]
    assert limits.allows("x", "two", limit)
    assert limits.allows("y", "one", limit)
    assert Limits("key").allows("x", "one", Limit(times=1, seconds=0))


def test_a_flood_from_one_network_is_stopped(client, make):
    board = make.board()
    answers = {client.post(f"/en/boards/{board.code}/write").status for _ in range(601)}
    assert 429 in answers


def test_an_unknown_setting_is_refused_by_name():
    with pytest.raises(ConfigurationError, match="DIALOGUE_SECRT_KEY is not a setting"):
        read_settings({"DIALOGUE_SECRT_KEY": "x"})


@pytest.mark.parametrize(("variable", "value"), [("DIALOGUE_DEMO", "maybe"), ("DIALOGUE_WORKERS", "two")])
def test_a_setting_of_the_wrong_kind_is_refused_by_name(variable, value):
    with pytest.raises(ConfigurationError, match=variable):
        read_settings({variable: value})


def test_a_slash_at_the_end_of_the_public_address_makes_no_difference():
    settings = read_settings({"DIALOGUE_PUBLIC_URL": "https://dialogue.example/"})
    assert settings.public_url == "https://dialogue.example"


def test_production_is_not_in_order_with_the_secret_of_the_demo():
    demo = read_settings({"DIALOGUE_DEMO": "1"})
    production = Settings(**{**vars(demo), "demo": False})
    assert any("DIALOGUE_SECRET_KEY" in problem for problem in problems(production))
    assert problems(demo) == []


def test_what_an_address_says_after_the_question_mark_makes_no_addresses(client):
    for query in ("_external=1", "_scheme=javascript", "_method=POST", "endpoint=x", "lang=zz", "self=1"):
        page = client.get(f"/en/sign-in?{query}")
        assert page.status == 200
        assert page.link("Norsk bokmål" if "Norsk bokmål" in page.text else "Bokmål").startswith(
            "/nb/sign-in?"
        )


def test_a_letter_that_no_database_keeps_is_refused_in_an_address_and_left_out_of_a_form(client, make, read):
    board = make.board()
    assert client.get("/en/boards/a%00b").status == 400
    assert client.get("/en/sign-in?next=%00").status == 400
    values = {**IDEA, "title": "Li\0ghts", "column": f"{board.columns[0].id}\0"}
    client.post(f"/en/boards/{board.code}/write", values)
    assert read(select(Idea.title)) == ["Lights"]


def test_one_subscriber_of_ipv6_is_one_network(house):
    told = []
    for address in (
        "2001:db8::1",
        "2001:db8::ffff:1",
        "2001:db8:0:1::1",
        "192.0.2.1",
        "::ffff:192.0.2.1",
        "",
        "@",
    ):
        with house.test_request_context(environ_overrides={"REMOTE_ADDR": address}):
            told.append(security._network())
    assert told == ["2001:db8::/64", "2001:db8::/64", "2001:db8:0:1::/64", "192.0.2.1", "192.0.2.1", "", ""]


def test_a_network_that_is_refused_counts_against_no_device(house, client, monkeypatch):
    monkeypatch.setattr(security, "PER_NETWORK", Limit(times=2, seconds=60))
    for number in range(4):
        client.browser.set_cookie(security.DEVICE_COOKIE, f"made-up-{number}")
        client.post("/en/follow", {"code": "x"})
    used = [house.limits.is_spent("device", f"made-up-{number}", Limit(1, 600)) for number in range(4)]
    assert used == [True, True, False, False]


def test_an_error_is_logged_without_what_was_written(house, client, make, monkeypatch, capsys):
    def fail(*_):
        raise RuntimeError("broken")

    board = make.board()
    monkeypatch.setattr("dialogue.boards.operations.write_idea", fail)
    monkeypatch.setattr(house, "testing", False)
    values = {**IDEA, "title": "A secret of mine", "column": board.columns[0].id}
    assert client.post(f"/en/boards/{board.code}/write", values).status == 500
    logged = "".join(capsys.readouterr())
    assert "RuntimeError: broken" in logged
    assert "A secret of mine" not in logged


def test_an_error_of_the_database_does_not_tell_what_it_was_about(database):
    with database.reading() as session, pytest.raises(DatabaseError) as caught:
        session.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "A secret of mine"})
    assert "A secret of mine" not in str(caught.value)
