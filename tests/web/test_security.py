"""What protects every request."""

import pytest
from flask import Blueprint
from sqlalchemy import func, select

from dialogue.app import create_app
from dialogue.boards.models import Idea
from dialogue.config import ConfigurationError, Settings, problems, read_settings
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


def test_production_is_not_in_order_with_the_secret_of_the_demo():
    demo = read_settings({"DIALOGUE_DEMO": "1"})
    production = Settings(**{**vars(demo), "demo": False})
    assert any("DIALOGUE_SECRET_KEY" in problem for problem in problems(production))
    assert problems(demo) == []
