"""Laws over every route."""

import re

import pytest

from dialogue.app import create_app
from dialogue.config import Settings
from dialogue.web import access
from dialogue.web.access import Door

# Addresses without a language, each with its reason.
WITHOUT_LANGUAGE = {
    "overview.choose_language": "sends the visitor on to their language",
    "posters.short_link": "is printed on paper and sends the visitor on to their language",
    "surveys.short_link": "is printed on paper and sends the visitor on to their language",
}


@pytest.fixture
def every_rule(house, settings):
    demo = create_app(Settings(**{**vars(settings), "demo": True}))
    return list(demo.url_map.iter_rules())


def test_every_route_says_who_may_enter(every_rule, house):
    silent = [rule.endpoint for rule in house.url_map.iter_rules() if access.of(house, rule.endpoint) is None]
    assert silent == []


def test_addresses_are_lower_case_words_joined_by_hyphens(every_rule):
    wrong = []
    for rule in every_rule:
        fixed = re.sub(r"<[^>]+>", "x", rule.rule)
        if not re.fullmatch(r"(/[a-z0-9.-]*)+", fixed):
            wrong.append(rule.rule)
    assert wrong == []


def test_every_page_has_its_language_first(every_rule):
    wrong = [
        rule.rule
        for rule in every_rule
        if not rule.rule.startswith("/<lang:lang>")
        and rule.endpoint not in WITHOUT_LANGUAGE
        and not rule.rule.startswith("/demo/")
    ]
    assert wrong == []


def test_what_staff_do_lies_under_the_desk(every_rule, house):
    wrong = [
        rule.rule
        for rule in every_rule
        if (entrance := access.of(house, rule.endpoint)) is not None
        and entrance.door is Door.STAFF
        and "/desk/" not in rule.rule + "/"
    ]
    assert wrong == []


def test_nobody_who_is_not_signed_in_gets_into_the_desk(house, client):
    for rule in house.url_map.iter_rules():
        entrance = access.of(house, rule.endpoint)
        if entrance is None or not entrance.needs_sign_in or "GET" not in (rule.methods or ()):
            continue
        path = address(rule)
        answer = client.browser.get(path)
        assert answer.status_code == 302, path
        assert "/sign-in" in answer.location, path


def test_no_form_can_be_sent_from_another_site(house, client):
    for rule in house.url_map.iter_rules():
        entrance = access.of(house, rule.endpoint)
        if entrance is None or entrance.door is Door.MACHINE or "POST" not in (rule.methods or ()):
            continue
        answer = client.browser.post(address(rule), headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code in {302, 403}, rule.rule
        if answer.status_code == 302:
            assert "/sign-in" in answer.location, rule.rule


def test_what_does_not_exist_is_not_found_rather_than_an_error(house, client):
    for rule in house.url_map.iter_rules():
        entrance = access.of(house, rule.endpoint)
        if entrance is None or entrance.needs_sign_in or "GET" not in (rule.methods or ()):
            continue
        if rule.arguments - {"lang"}:
            answer = client.browser.get(address(rule))
            assert answer.status_code in {200, 302, 404, 410}, rule.rule


def test_secret_addresses_are_never_kept_indexed_or_passed_on(house, client):
    for rule in house.url_map.iter_rules():
        entrance = access.of(house, rule.endpoint)
        if entrance is None or not entrance.is_secret or "GET" not in (rule.methods or ()):
            continue
        headers = client.browser.get(address(rule)).headers
        assert headers["Cache-Control"] == "no-store", rule.rule
        assert headers["Referrer-Policy"] == "no-referrer", rule.rule
        assert "noindex" in headers["X-Robots-Tag"], rule.rule


def test_nobody_can_be_led_to_another_site(house, client):
    answer = client.browser.get("/en/desk?next=https://evil.example")
    assert answer.location.startswith("/en/sign-in")


def address(rule) -> str:
    """An address that fits a route, of things that do not exist."""
    path = rule.rule.replace("<lang:lang>", "en")
    path = re.sub(r"<int:[^>]+>", "1", path)
    path = re.sub(r"<any\(([^,)]+)[^>]*>", r"\1", path)
    return re.sub(r"<[^>]+>", "nosuch22", path)
