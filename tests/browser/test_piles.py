"""Grouping under themes in a real browser: by drag, by keys, by a press on a phone, and without script."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, own_server
from tests.browser.handling import follow, open_dialogue, sign_in

live_server = own_server()


def open_themes(page: Page) -> Locator:
    code = open_dialogue(page)
    sign_in(page, "police")
    page.goto(f"/nb/desk/dialogues/{code}/themes")
    return page.locator("form[data-piles] .field__choice")


def count_of(pile: Locator) -> int:
    return int(re.findall(r"\d+", pile.locator(".pile__count").inner_text())[0])


def test_it_is_dragged_onto_a_theme_undone_and_put_there_by_keys(open_page: OpenPage) -> None:
    page = open_page("desktop")
    items = open_themes(page)
    waiting, pile = items.count(), page.locator("[data-pile]").first
    before = count_of(pile)
    item = items.first
    item.scroll_into_view_if_needed()
    start, end = item.bounding_box(), pile.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 60, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + 12, steps=8)
    expect(pile).to_have_attribute("data-over", "")
    page.mouse.up()
    expect(items).to_have_count(waiting - 1)
    assert count_of(pile) == before + 1
    page.locator(".undo").get_by_role("button").click()
    expect(items).to_have_count(waiting)
    assert count_of(pile) == before
    # The same by keyboard alone: ticked, and put there by its number.
    items.first.locator("input").focus()
    page.keyboard.press("Space")
    page.keyboard.press("1")
    expect(items).to_have_count(waiting - 1)


def test_on_a_phone_it_is_ticked_and_put_there_by_a_press(open_page: OpenPage) -> None:
    page = open_page("phone")
    items = open_themes(page)
    waiting, pile = items.count(), page.locator("[data-pile]").first
    items.first.locator("input").tap()
    pile.tap()
    expect(items).to_have_count(waiting - 1)


def test_a_suggested_group_is_read_and_accepted_without_script(open_page: OpenPage) -> None:
    page = open_page("desktop", javascript=False)
    open_themes(page)
    follow(page, "/suggestions")
    form = page.locator("form[action$=accept]").first
    chosen = form.locator("input[name=chosen]").count()
    assert chosen > 1
    form.get_by_role("button").first.click()
    expect(page.locator(".undo")).to_contain_text(str(chosen))
