"""The keys of the weekly round: few, told on the page, silent while somebody writes, and off for who wants none."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.handling import be, field

START = "/en/desk/actions/round?state=under-way"


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The first action of a round."""
    page = be(open_page("desktop"), "police")
    page.goto(START)
    page.locator('main a[href*="/round/"]').first.click()
    page.wait_for_url("**/round/*")
    return page


def press(page: Page, key: str) -> None:
    page.keyboard.press(key)
    page.wait_for_timeout(200)


def test_keys_go_on_and_back_and_open_the_word(page: Page) -> None:
    first = page.url
    expect(page.locator(".keys")).to_contain_text("N")
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)
    second = page.url
    page.keyboard.press("p")
    page.wait_for_url(first)
    expect(page.locator(".keys")).to_be_visible()
    page.keyboard.press("u")
    expect(field(page, "word")).to_be_focused()
    # Whoever writes types letters, and what is typed with Control is the browser's.
    page.keyboard.type("no news, up to now")
    expect(field(page, "word")).to_have_value("no news, up to now")
    page.locator("main h1").click()
    press(page, "Control+u")
    expect(field(page, "word")).not_to_be_focused()
    page.keyboard.press("Shift+N")
    page.wait_for_url(second)


def test_who_wants_no_keys_switches_them_off_for_good(page: Page) -> None:
    choice = page.get_by_label("Use keys")
    expect(choice).to_be_checked()
    choice.uncheck()
    page.reload()
    expect(choice).not_to_be_checked()
    first = page.url
    for key in "npu":
        press(page, key)
    assert page.url == first
    expect(field(page, "word")).not_to_be_focused()
    choice.check()
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)


def test_without_script_no_keys_are_told(open_page: OpenPage) -> None:
    page = be(open_page("desktop", javascript=False), "police")
    page.goto(START)
    page.locator('main a[href*="/round/"]').first.click()
    page.wait_for_url(re.compile("/round/"))
    expect(page.locator(".keys")).to_be_hidden()
