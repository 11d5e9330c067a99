"""What the script adds to pages that work without it, and what they do without it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from dialogue.base import clock
from tests.browser.conftest import OpenPage
from tests.browser.handling import field, fill, fill_languages, follow, open_dialogue, send, start_task


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page("phone", permissions=["clipboard-read", "clipboard-write"])


@pytest.fixture
def plain(open_page: OpenPage) -> Page:
    """A phone without script."""
    return open_page("phone", javascript=False)


def write_an_idea(page: Page, title: str) -> None:
    start_task(page, "")
    field(page, "column").first.check()
    fill(page, title=title, text="It would be good.")


def waiting(page: Page, title: str) -> int:
    """How many ideas with this title wait to be read."""
    page.goto("/en/desk/moderation")
    return page.locator("main article", has_text=title).count()


# --- With script ---------------------------------------------------------------------------------------


def test_a_counter_tells_how_many_characters_are_left(page: Page) -> None:
    start_task(page, "")
    counter = page.locator("[data-count-for=text]")
    limit = int(counter.get_attribute("data-count") or 0)
    fill(page, text="Twelve signs")
    expect(counter).to_contain_text(str(limit - 12))
    fill(page, text="x" * (limit + 3))
    expect(counter).to_have_attribute("data-over", "")
    expect(counter).to_contain_text("3")


def test_a_draft_outlives_a_reload_and_is_forgotten_when_sent(page: Page) -> None:
    write_an_idea(page, "A draft")
    address = page.url
    page.reload()
    expect(field(page, "text")).to_have_value("It would be good.")
    field(page, "column").first.check()
    fill(page, title="A draft")
    send(page, "title")
    expect(page.locator(".codebox__code")).to_be_visible()
    page.goto(address)
    expect(field(page, "text")).to_have_value("")


def test_a_phone_remembers_a_follow_page_and_forgets_it(page: Page) -> None:
    write_an_idea(page, "Remember me")
    send(page, "title")
    page.locator(".remember button").click()
    expect(page.locator(".remember button")).to_have_attribute("aria-pressed", "true")
    page.goto("/en/follow")
    page.locator(".remembered a").click()
    expect(page.locator("main")).to_contain_text("Remember me")
    page.goto("/en/follow")
    page.locator(".remembered button").click()
    expect(page.locator(".remembered")).to_be_hidden()
    page.reload()
    expect(page.locator(".remembered")).to_be_hidden()


def test_two_clicks_send_an_idea_once_and_the_way_back_opens_the_form_again(
    page: Page, desktop: Page
) -> None:
    write_an_idea(page, "Clicked twice")
    button = page.locator("main form button[type=submit]")
    button.dblclick()
    expect(page.locator(".codebox__code")).to_be_visible()
    start_task(desktop, "police")
    assert waiting(desktop, "Clicked twice") == 1
    page.go_back()
    expect(button).not_to_have_attribute("aria-disabled", "true")
    expect(button).not_to_have_attribute("aria-busy", "true")
    field(page, "column").first.check()
    fill(page, title="Another one", text="Sent after going back.")
    button.click()
    expect(page.locator(".codebox__code")).to_be_visible()
    assert waiting(desktop, "Another one") == 1


def test_a_code_is_copied_with_one_click(page: Page) -> None:
    write_an_idea(page, "Copy my code")
    send(page, "title")
    button = page.locator(".codebox [data-copy]")
    label = button.inner_text()
    button.click()
    expect(button).not_to_have_text(label)
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".codebox__code").inner_text()


def test_a_question_comes_before_what_cannot_be_undone(desktop: Page) -> None:
    start_task(desktop, "leader")
    desktop.goto("/en/desk/account")
    button = desktop.locator("form[data-confirm] button")
    button.click()
    desktop.locator("dialog[open] button").last.click()
    expect(desktop.locator("dialog")).to_have_count(0)
    desktop.reload()
    assert desktop.url.endswith("/en/desk/account")
    button.click()
    desktop.locator("dialog[open] button").first.click()
    desktop.wait_for_url(lambda address: "/desk/account" not in address)


# --- Without script ------------------------------------------------------------------------------------


def test_without_script_the_server_asks_on_a_page_of_its_own(plain: Page) -> None:
    start_task(plain, "leader")
    plain.goto("/en/desk/account")
    form = plain.locator("form[data-confirm]")
    question = form.get_attribute("data-confirm")
    form.locator("button").click()
    expect(plain.locator("h1")).to_have_text(question or "")
    plain.locator("main form button").click()
    plain.goto("/en/desk/account")
    assert "/sign-in" in plain.url


def test_without_script_an_action_is_taken_back_after_the_question(plain: Page) -> None:
    start_task(plain, "police")
    plain.goto(f"/en/desk/dialogues/{open_dialogue(plain)}/actions/propose")
    fill_languages(plain, "title", "A thought too early")
    fill_languages(plain, "why", "Somebody asked for it.")
    field(plain, "owner").select_option(index=1)
    fill(plain, due_on=(clock.today() + timedelta(30)).isoformat())
    send(plain, "due_on")
    plain.locator('main form[action$="step=withdraw"] button').click()
    plain.locator("main form button").click()
    expect(plain.locator(".flash")).to_be_visible()
    expect(plain.locator('main form[action$="step=withdraw"]')).to_have_count(0)


def test_without_script_support_is_counted_once(plain: Page) -> None:
    start_task(plain, "")
    follow(plain, "/boards/")
    card = plain.locator("main article").first
    before = int(card.locator(".support__count").inner_text())
    card.locator(".support__button").click()
    expect(card.locator(".support__count")).to_have_text(str(before + 1))
    expect(card.locator(".support__told").first).to_be_visible()
    card.locator(".support__button").click()
    plain.wait_for_url("**/supported")


def test_without_script_a_refused_form_keeps_what_was_typed(plain: Page) -> None:
    start_task(plain, "")
    fill(plain, text="Only the long text.")
    send(plain, "title")
    expect(plain.locator(".error-summary")).to_be_visible()
    expect(field(plain, "text")).to_have_value("Only the long text.")
