"""Writing where the network comes and goes: what is written waits on the phone, and is stored once."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.handling import field, fill, start_task

NOTICE = "[data-outbox-notice]"
PICTURE = "input[type=file]"


@pytest.fixture
def page(phone: Page) -> Page:
    """The form of an idea, with everything filled in."""
    start_task(phone, "")
    write(phone)
    return phone


def write(page: Page, title: str = "Lys i trappa") -> None:
    field(page, "column").first.check()
    fill(page, title=title, text="Det er mørkt der om kvelden.")


def send(page: Page) -> None:
    page.locator("main form[data-outbox] button[type=submit]").click()


def stored(page: Page, title: str) -> int:
    """How many such ideas wait for a moderator, who comes with a browser of their own."""
    start_task(page, "police")
    page.goto("/nb/desk/moderation")
    return page.locator(".card__title", has_text=title).count()


def draw(page: Page) -> None:
    """Choose a picture, which the page itself has drawn."""
    page.evaluate(
        """async (selector) => {
            const canvas = document.createElement("canvas");
            canvas.width = 3000; canvas.height = 2000;
            canvas.getContext("2d").fillRect(0, 0, 900, 900);
            const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
            const files = new DataTransfer();
            files.items.add(new File([blob], "plan.png", { type: "image/png" }));
            const input = document.querySelector(selector);
            input.files = files.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        PICTURE,
    )
    expect(page.locator("[data-picture-preview]")).to_be_visible()


def test_without_a_network_it_waits_and_is_sent_once_when_there_is_one(page: Page, desktop: Page) -> None:
    write(page, "Lys uten nett")
    page.context.set_offline(True)
    send(page)
    expect(page.locator(NOTICE)).to_be_visible()
    expect(page.locator(NOTICE)).to_be_focused()
    expect(field(page, "text")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.locator(".codebox__code")).to_be_visible()
    assert stored(desktop, "Lys uten nett") == 1


def test_an_answer_that_is_lost_does_not_store_it_twice(page: Page, desktop: Page) -> None:
    write(page, "Tapt svar")
    lost = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/write*", lose_the_first_answer)
    send(page)
    expect(page.locator(NOTICE)).to_be_visible()
    assert lost == [302]
    page.locator("[data-outbox-now]").click()
    expect(page.locator(".codebox__code")).to_be_visible()
    assert stored(desktop, "Tapt svar") == 1


def test_what_waits_outlives_the_page_and_can_be_changed(page: Page, desktop: Page) -> None:
    write(page, "Husket")
    draw(page)
    page.route(
        "**/write*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    send(page)
    expect(page.locator(NOTICE)).to_be_visible()
    page.reload()
    expect(page.locator(NOTICE)).to_be_visible()
    page.locator("[data-outbox-change]").click()
    expect(field(page, "title")).to_have_value("Husket")
    expect(page.locator("[data-picture-preview]")).to_be_visible()
    page.unroute("**/write*")
    fill(page, title="Husket og endret")
    send(page)
    expect(page.locator(".codebox__code")).to_be_visible()
    expect(page.locator(".given__picture img")).to_be_visible()
    assert page.locator(".given__picture img").evaluate("image => image.naturalWidth") == 1600
    assert stored(desktop, "Husket og endret") == 1


def test_a_draft_with_its_picture_outlives_a_reload_and_is_forgotten_when_sent(page: Page) -> None:
    address = page.url
    draw(page)
    page.locator("summary").last.click()
    field(page, "language").select_option("ar")
    page.reload()
    expect(field(page, "title")).to_have_value("Lys i trappa")
    expect(field(page, "language")).to_have_value("ar")
    expect(field(page, "column").first).to_be_checked()
    expect(page.locator("[data-picture-preview]")).to_be_visible()
    send(page)
    expect(page.locator(".codebox__code")).to_be_visible()
    page.goto(address)
    expect(field(page, "text")).to_have_value("")
    expect(page.locator("[data-picture-preview]")).to_be_hidden()


def test_what_the_server_says_no_to_is_shown_by_the_server(page: Page) -> None:
    fill(page, text="Ring meg på 99 88 77 66.")
    send(page)
    expect(page.locator("[name=send_anyway]")).to_be_visible()
    page.locator("[name=send_anyway]").check()
    send(page)
    expect(page.locator(".codebox__code")).to_be_visible()
