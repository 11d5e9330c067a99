"""An idea in Arabic is read from right to left wherever it is shown, on pages that are read from left to right."""

import time

from playwright.sync_api import Locator, Page, expect

from tests.browser import sitemap
from tests.browser.conftest import OpenPage
from tests.browser.handling import be, field, fill, make_board, open_dialogue, unfold

TITLE = "ضوء على الطريق إلى المدرسة."
TEXT = "الطريق مظلم في المساء. نحتاج إلى ضوء عند الجسر."


def reads_from_right_to_left(page: Page, *words: Locator) -> None:
    """The page begins at the left, and these words of the writer's at the right, in the writer's language."""
    expect(page.locator("html")).to_have_css("direction", "ltr")
    for each in words:
        expect(each).to_be_visible()
        assert each.evaluate("part => part.closest('[lang]').lang") == "ar"
        expect(each).to_have_css("direction", "rtl")


def title_on(page: Page) -> Locator:
    return page.locator("main :is(h1, h2, h3)", has_text=TITLE).first


def text_on(page: Page) -> Locator:
    return page.locator("main :is(p, .marked-text)", has_text=TEXT).last


def write(page: Page, board: str) -> None:
    """A resident writes, and sees the words as they are read."""
    page.goto(f"/nb/boards/{board}/write")
    fill(page, title=TITLE, text=TEXT)
    for name in ("title", "text"):
        expect(field(page, name)).to_have_css("direction", "rtl")
    unfold(page, "language")
    field(page, "language").select_option("ar")
    page.locator("main form[data-outbox] button[type=submit]").click()
    expect(page.locator(".codebox__code")).to_be_visible()


def test_arabic_is_read_from_right_to_left_wherever_it_is_shown(open_page: OpenPage) -> None:
    resident, moderator = open_page("phone"), be(open_page("desktop"), "police")
    board = make_board(moderator, open_dialogue(moderator), f"Arabisk {time.time_ns()}", "careful")
    write(resident, board)
    reads_from_right_to_left(resident, title_on(resident), text_on(resident))
    # Whoever takes it back reads once more what it is.
    resident.locator('main a[href*="/withdraw"]').click()
    reads_from_right_to_left(resident, resident.locator("main p", has_text=TITLE), text_on(resident))

    moderator.goto(f"/nb/desk/boards/{board}/moderation")
    reads_from_right_to_left(moderator, title_on(moderator), text_on(moderator))
    moderator.locator("main article a").first.click()
    moderator.wait_for_url("**/desk/ideas/*")
    reads_from_right_to_left(moderator, title_on(moderator), text_on(moderator))
    answer = sitemap.send(moderator.context, f"/nb/desk/boards/{board}/moderation", {"board": board})
    moderator.goto(answer.url)
    reads_from_right_to_left(moderator, title_on(moderator), text_on(moderator))
    expect(moderator.locator(".reading")).to_contain_text("rabisk")
    moderator.locator('main form[action$="/publish"] button').click()
    expect(moderator.locator(".flash")).to_be_visible()

    resident.goto(f"/nb/boards/{board}")
    reads_from_right_to_left(resident, title_on(resident), text_on(resident))
    title_on(resident).locator("a").click()
    resident.wait_for_url("**/boards/ideas/*")
    reads_from_right_to_left(resident, title_on(resident), text_on(resident))
    moderator.goto(f"/nb/desk/boards/{board}/projector")
    hall = open_page("desktop")
    hall.goto(str(moderator.get_by_role("link", name="Åpne veggen").get_attribute("href")))
    reads_from_right_to_left(hall, title_on(hall), text_on(hall))
