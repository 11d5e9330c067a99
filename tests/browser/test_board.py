"""The board of actions: a card is dragged with the mouse, and moved by keyboard without."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.handling import sign_in

BOARD = "/nb/desk/actions/board?state=open"


def column(page: Page, name: str) -> Locator:
    return page.locator(f"[data-column={name}]")


def drag(page: Page, card: Locator, to: Locator) -> None:
    to.scroll_into_view_if_needed()
    card.scroll_into_view_if_needed()
    start, end = card.bounding_box(), to.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + start["height"] - 4)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 60, steps=8)
    expect(to).to_have_attribute("data-over", "")
    page.mouse.up()


def test_a_card_is_dragged_to_where_its_action_stands_now(open_page: OpenPage) -> None:
    page = open_page("desktop")
    sign_in(page, "police")
    page.goto(BOARD)
    card = column(page, "accepted").locator("[data-card]").first
    title = card.locator("h3").inner_text()
    drag(page, card, column(page, "under-way"))
    expect(column(page, "under-way")).to_contain_text(title)
    expect(column(page, "accepted")).not_to_contain_text(title)
    # What needs words leads to its form.
    drag(page, column(page, "under-way").locator("[data-card]", has_text=title), column(page, "ended"))
    expect(page.locator("details[open] textarea[name^=finish]").first).to_be_visible()


def test_a_card_is_moved_by_keyboard_and_without_script(open_page: OpenPage) -> None:
    page = open_page("desktop", javascript=False)
    sign_in(page, "police")
    page.goto(BOARD)
    card = column(page, "answered").locator(".board__card").first
    title = card.locator("h3").inner_text()
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    button = card.locator("[data-moves-to=accepted] button").first
    # What is folded cannot take the focus before it is drawn.
    expect(button).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(column(page, "accepted")).to_contain_text(title)
