"""What people do most, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.handling import field, start_task
from tests.browser.keys import UNSEEN_FOCUS

MOST_STEPS = 150


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page("desktop")


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    link = page.locator(".ds-skip-link")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_resident_gives_an_idea(page: Page) -> None:
    start_task(page, "")
    walk_to(page, field(page, "column").first)
    page.keyboard.press("Space")
    write(page, field(page, "text"), "So that all ages come.")
    write(page, field(page, "title"), "Swings for grown-ups")
    press(page, page.locator("main form button[type=submit]"))
    expect(page.locator(".codebox__code")).to_be_visible()


def test_a_resident_is_led_to_what_is_missing(page: Page) -> None:
    start_task(page, "")
    press(page, page.locator("main form button[type=submit]"))
    expect(page.locator(".error-summary")).to_be_focused()
    press(page, page.locator(".error-summary a[href='#text']"))
    expect(field(page, "text")).to_be_focused()


def test_a_resident_supports_an_idea_and_takes_it_back(page: Page) -> None:
    start_task(page, "")
    page.locator("main .back").click()
    button = page.locator(".support__button").first
    before = int(button.locator(".support__count").inner_text())
    press(page, button)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button.locator(".support__count")).to_have_text(str(before + 1))
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button.locator(".support__count")).to_have_text(str(before))


def test_a_resident_signs_up_for_a_meeting(page: Page) -> None:
    start_task(page, "")
    page.locator("main .back").click()
    page.locator("main .back").click()
    press(page, page.locator('main a[href*="/meetings/"]').first)
    press(page, page.locator('main a[href*="/sign-up"]'))
    write(page, field(page, "name"), "Ola")
    press(page, page.locator("main form button[type=submit]"))
    expect(page.locator(".codebox__code")).to_be_visible()


def test_a_moderator_publishes_an_idea(page: Page) -> None:
    start_task(page, "police")
    title = page.locator("main article h2").first.inner_text()
    press(page, page.locator('main form[action$="/publish"] button').first)
    expect(page.locator(".flash")).to_be_visible()
    expect(page.locator("main section#lately")).to_contain_text(title)


def test_a_partner_says_yes_to_an_action(page: Page) -> None:
    start_task(page, "partner")
    press(page, page.locator('main form[action$="step=accept"] button'))
    expect(page.locator(".flash")).to_be_visible()
    expect(page.locator('main form[action$="step=accept"]')).to_have_count(0)


def test_a_question_holds_the_focus_and_gives_it_back(page: Page) -> None:
    start_task(page, "facilitator")
    page.goto("/en/desk/account")
    button = page.locator("form[data-confirm] button")
    press(page, button)
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("button").last).to_be_focused()
    for _step in range(4):
        page.keyboard.press("Tab")
        # After the last button comes the browser's own frame, which the page sees as its body.
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    press(page, button)
    press(page, dialog.locator("button").first)
    page.wait_for_url(re.compile(r"/en/(sign-in|$)"))


def test_the_desks_menu_on_a_phone_opens_and_closes(open_page: OpenPage) -> None:
    page = open_page("phone")
    start_task(page, "police")
    button = page.locator("[data-menu]")
    menu = page.locator("#desk-menu")
    expect(menu).to_be_hidden()
    press(page, button)
    expect(menu).to_be_visible()
    walk_to(page, menu.locator("a").first)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def walk_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus, and see all the way where the focus is."""
    target.wait_for()
    for _step in range(MOST_STEPS):
        if target.evaluate("part => part === document.activeElement"):
            return
        page.keyboard.press("Tab")
        unseen = page.evaluate(UNSEEN_FOCUS)
        assert unseen is None, f"nobody sees that this has the focus: {unseen}"
    raise AssertionError(f"the keyboard does not come to {target}")


def press(page: Page, target: Locator) -> None:
    """Walk to a button or link and press it."""
    walk_to(page, target)
    page.keyboard.press("Enter")


def write(page: Page, target: Locator, text: str) -> None:
    """Walk to a field and write in it."""
    walk_to(page, target)
    page.keyboard.type(text)
