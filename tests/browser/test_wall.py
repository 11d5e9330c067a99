"""An idea board under the finger, the keyboard and without script; and what this device has not seen yet."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.browser.handling import public_pages
from tests.browser.test_every_page import NARROWEST, sticking_out

IN_FRONT = """column => {
  const { left, right } = column.getBoundingClientRect();
  return left >= -1 && right <= innerWidth + 1;
}"""


def open_board(page: Page) -> None:
    page.goto(public_pages(page)["board"])
    expect(page.locator("[data-wall-column]").nth(1)).to_be_attached()


def is_in_front(page: Page, place: int) -> None:
    column = page.locator("[data-wall-column]").nth(place)
    page.wait_for_function(IN_FRONT, arg=column.element_handle())


def test_tabs_lead_to_a_question_and_follow_the_finger(phone: Page) -> None:
    open_board(phone)
    tabs = phone.locator("[data-wall-tabs] a")
    expect(tabs.first).to_have_attribute("aria-current", "true")
    tabs.nth(1).tap()
    is_in_front(phone, 1)
    expect(tabs.nth(1)).to_have_attribute("aria-current", "true")
    expect(tabs.first).not_to_have_attribute("aria-current", "true")
    column = phone.locator("[data-wall-column]").nth(1)
    number = (column.get_attribute("id") or "").removeprefix("column-")
    expect(phone.locator("[data-wall-give]")).to_have_attribute("href", re.compile(rf"column={number}\b"))
    phone.evaluate("document.querySelector('[data-wall]').scrollTo({ left: 0 })")
    expect(tabs.first).to_have_attribute("aria-current", "true")
    is_in_front(phone, 0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without"])
def test_tabs_work_by_keyboard(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("phone", javascript=javascript)
    open_board(page)
    page.locator("[data-wall-tabs] a").nth(1).focus()
    page.keyboard.press("Enter")
    is_in_front(page, 1)


def test_tabs_work_from_right_to_left(phone: Page) -> None:
    open_board(phone)
    phone.evaluate("document.documentElement.dir = 'rtl'")
    phone.locator("[data-wall-tabs] a").nth(1).tap()
    is_in_front(phone, 1)
    expect(phone.locator("[data-wall-tabs] a").nth(1)).to_have_attribute("aria-current", "true")


def test_what_has_the_focus_is_not_under_the_way_to_write(open_page: OpenPage) -> None:
    page = open_page("phone", viewport={"width": NARROWEST, "height": 560})
    open_board(page)
    assert sticking_out(page) == []
    give = page.locator(".wall-give")
    expect(give).to_be_visible()
    buttons = page.locator("[data-wall-column]").first.locator("a, button").all()[:8]
    assert len(buttons) == 8
    for button in buttons:
        button.focus()
        box, bar = button.bounding_box(), give.bounding_box()
        assert box
        assert bar
        assert box["y"] + box["height"] <= bar["y"] + 1


def test_questions_stand_beside_each_other_on_a_wide_screen(desktop: Page) -> None:
    open_board(desktop)
    columns = desktop.locator("[data-wall-column]")
    first, second = columns.first.bounding_box(), columns.nth(1).bounding_box()
    assert first
    assert second
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]
    expect(desktop.locator("[data-wall-tabs]")).to_be_hidden()
    expect(columns.first.locator(".wall__add")).to_be_visible()
    assert faults(desktop) == []


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without"])
def test_ideas_are_searched_for(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("phone", javascript=javascript)
    open_board(page)
    page.locator("main [name=q]").fill("lysa")
    page.keyboard.press("Enter")
    expect(page.locator("main mark").first).to_be_visible()
    # What looks for faults is a script itself.
    if javascript:
        assert faults(page) == []


def test_what_this_device_has_not_seen_is_known_to_it_alone(phone: Page) -> None:
    open_board(phone)
    choice = phone.locator("[data-unseen-choice] a")
    expect(choice).to_be_hidden()
    shown = phone.locator("[data-wall-column]").first.locator("[data-idea]").first
    code = shown.get_attribute("data-idea") or ""
    shown.scroll_into_view_if_needed()
    seen = "code => Object.keys(localStorage).some(key => key.startsWith('dialogue-seen-') && localStorage[key].includes(code))"
    phone.wait_for_function(seen, arg=code[:8])
    phone.reload()
    # What was on the screen is known; what was not is new.
    expect(phone.locator(f"#idea-{code} .wall__new")).to_have_count(0)
    expect(phone.locator(".wall__new").first).to_be_attached()
    requests: list[str] = []
    phone.on("request", lambda request: requests.append(request.url + (request.post_data or "")))
    choice.click()
    phone.wait_for_url("**sort=unseen*")
    expect(phone.locator(f'[data-idea="{code}"]')).to_be_hidden()
    expect(phone.locator("[data-idea]:not([hidden])").first).to_be_attached()
    assert not any(code in request for request in requests)
