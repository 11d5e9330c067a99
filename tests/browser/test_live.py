"""A board that somebody looks at while others work on it, and the wall of a hall."""

import re
import sqlite3
import time

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import LiveServer, OpenPage
from tests.browser.handling import be


def busiest(server: LiveServer) -> tuple[str, int]:
    """The code of the board with the most ideas, and its key."""
    with sqlite3.connect(server.folder / "dialogue.db") as database:
        code, key = database.execute(
            "SELECT board.code, board.id FROM board JOIN idea ON idea.board_id = board.id"
            " GROUP BY board.id ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()
    return str(code), int(key)


def enter(page: Page, code: str, title: str) -> None:
    """What an organiser enters is shown at once."""
    page.goto(f"/en/desk/boards/{code}/enter")
    page.locator('main [name="column"]').first.check()
    page.locator('main [name="title"]').fill(title)
    page.locator('main [name="text"]').fill("So that we see each other.")
    page.locator('main form[method="post"] button[type="submit"]').last.click()
    expect(page.locator("main")).to_contain_text("Saved and shown")


def show_new(page: Page) -> None:
    """Wait until one idea has been told of, and see it if it waits behind the button."""
    expect(page.locator("[data-live-status]")).to_have_text("1 new idea", timeout=15_000)
    button = page.locator("[data-live-new]")
    if button.is_visible():
        button.click()


def take_away(page: Page, server: LiveServer, title: str) -> None:
    with sqlite3.connect(server.folder / "dialogue.db") as database:
        (code,) = database.execute(
            "SELECT contribution.code FROM contribution JOIN idea ON idea.contribution_id = contribution.id"
            " WHERE idea.title = ?",
            (title,),
        ).fetchone()
    page.goto(f"/en/desk/ideas/{code}")
    page.locator(f'main form[action$="/{code}/undo"] button[type="submit"]').first.click()


def test_a_published_idea_comes_to_another_phone_and_goes_when_it_is_taken_away(
    open_page: OpenPage, live_server: LiveServer
) -> None:
    code, _key = busiest(live_server)
    phone, organiser = open_page("phone"), be(open_page("desktop"), "police")
    title = f"Warm light {time.time_ns()}"
    phone.goto(f"/en/boards/{code}")
    count = phone.locator("[data-live-count]").first
    before = int(count.inner_text())
    enter(organiser, code, title)
    arrived = phone.locator("main h3", has_text=title)
    show_new(phone)
    expect(arrived).to_have_count(1)
    expect(count).to_have_text(str(before + 1))
    take_away(organiser, live_server, title)
    expect(arrived).to_have_count(0)
    expect(count).to_have_text(str(before))


def test_what_is_new_does_not_move_what_one_reads(open_page: OpenPage, live_server: LiveServer) -> None:
    code, _key = busiest(live_server)
    reader, organiser = open_page("desktop"), be(open_page("desktop"), "police")
    reader.goto(f"/en/boards/{code}")
    reader.mouse.wheel(0, 1200)
    reader.wait_for_function("window.scrollY > 600")
    first = reader.locator("main article").first
    top = first.evaluate("card => card.getBoundingClientRect().top")
    enter(organiser, code, f"Quiet {time.time_ns()}")
    expect(reader.locator("[data-live-new]")).to_have_text("1 new idea")
    assert first.evaluate("card => card.getBoundingClientRect().top") == top
    reader.locator("[data-live-new]").click()
    expect(reader.locator("main article").first).to_contain_text("Quiet")


def test_where_no_connection_can_be_held_the_page_asks(open_page: OpenPage, live_server: LiveServer) -> None:
    code, _key = busiest(live_server)
    reader, organiser = open_page("desktop"), be(open_page("desktop"), "police")

    def refuse(route: Route) -> None:
        route.fulfill(status=429, body="No room.")

    reader.route(re.compile(r"/live\?"), refuse)
    reader.goto(f"/en/boards/{code}")
    title = f"Asked for {time.time_ns()}"
    enter(organiser, code, title)
    show_new(reader)
    expect(reader.locator("main h3", has_text=title)).to_have_count(1)


def test_support_is_given_on_the_page_to_what_was_found_further_back(
    open_page: OpenPage, live_server: LiveServer
) -> None:
    code, _key = busiest(live_server)
    organiser, reader = be(open_page("desktop"), "police"), open_page("desktop")
    organiser.goto(f"/en/desk/boards/{code}/bring-in")
    organiser.locator("[name=lines]").fill("\n".join(f"A bench by stop {number}" for number in range(60)))
    (column,) = organiser.locator("[name=column]").select_option(index=1)
    organiser.get_by_role("button", name="Look at what it becomes").click()
    organiser.get_by_role("button", name="Store 60 ideas").click()
    expect(organiser.get_by_role("heading", level=1)).to_have_text("60 ideas came in")
    reader.goto(f"/en/boards/{code}")
    # As for somebody who was here before, and saw something else.
    reader.evaluate(f"localStorage.setItem('dialogue-seen-{code}', '[\"another\"]')")
    reader.goto(f"/en/boards/{code}?column={column}&sort=unseen")
    address, cards = reader.url, reader.locator(".wall-page > [data-idea]")
    expect(cards).to_have_count(40)
    reader.get_by_role("button", name="Look further back").click()
    found = cards.nth(40).get_by_role("button", name="Support")
    found.click()
    expect(found).to_have_attribute("aria-pressed", "true")
    assert reader.url == address


def test_the_wall_of_a_hall_shows_steps_and_hides(open_page: OpenPage, live_server: LiveServer) -> None:
    code, _key = busiest(live_server)
    organiser, hall = be(open_page("desktop"), "police"), open_page("desktop")
    organiser.goto(f"/en/desk/boards/{code}")
    organiser.get_by_role("link", name="Show on the wall").click()
    address = organiser.get_by_role("link", name="Open the wall").get_attribute("href")
    assert address
    hall.goto(address)
    assert not hall.context.cookies()
    cards = hall.locator("[data-projector-wall] > article:visible")
    many = cards.count()
    assert many > 3
    title = f"From the hall {time.time_ns()}"
    enter(organiser, code, title)
    expect(cards.first).to_contain_text(title)
    hall.keyboard.press("PageDown")
    expect(cards).to_have_count(1)
    expect(cards.first).to_contain_text(title)
    hall.keyboard.press("h")
    expect(cards.first).not_to_contain_text(title)
    hall.keyboard.press("Escape")
    expect(hall.get_by_text(title)).to_be_hidden()
    hall.get_by_role("button", name="Show hidden (1)").click()
    expect(cards.first).to_contain_text(title)


def test_the_wall_works_without_script(open_page: OpenPage, live_server: LiveServer) -> None:
    code, _key = busiest(live_server)
    organiser, hall = be(open_page("desktop"), "police"), open_page("desktop", javascript=False)
    organiser.goto(f"/en/desk/boards/{code}/projector")
    address = organiser.get_by_role("link", name="Open the wall").get_attribute("href")
    assert address
    hall.goto(address)
    hall.get_by_role("link", name="One at a time").click()
    expect(hall.locator("article")).to_have_count(1)
    first = hall.locator("article h2").inner_text()
    hall.get_by_role("link", name="Next").click()
    assert hall.locator("article h2").inner_text() != first
    hall.get_by_role("link", name="Dark").click()
    expect(hall.locator("html")).to_have_attribute("data-color-scheme", "dark")
