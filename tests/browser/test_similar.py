"""While somebody writes, in a real browser: what looks like it is shown quietly and can be supported instead."""

import re

from playwright.sync_api import expect

from tests.browser.handling import start_task

ALSO = "Gangveien til Øvre treng lyktestolpar, der går skulebarn og folk som jobbar natt"
SAME = "Gatelys på gangveien til Øvre"


def top_of(field):
    return field.evaluate("field => field.getBoundingClientRect().top + scrollY")


def test_a_pause_shows_it_without_moving_the_field_and_support_keeps_what_was_written(phone):
    start_task(phone, "")
    field = phone.locator("[name=text]")
    send = phone.get_by_role("button", name="Send the idea")
    before = (top_of(field), top_of(send))
    field.press_sequentially(ALSO, delay=2)
    line = phone.locator("[data-similar-line]")
    expect(line).to_have_text(re.compile("look.* like this one"))
    expect(field).to_be_focused()
    assert (top_of(field), top_of(send)) == before
    line.get_by_role("link").click()
    phone.get_by_role("button", name=re.compile(f"Support this instead.*{SAME}")).click()
    expect(phone.get_by_text("Your support is counted.")).to_be_visible()
    expect(phone.locator("[name=text]")).to_have_value(ALSO)
    form = phone.url
    phone.get_by_role("link", name="I am done").click()
    phone.get_by_role("link", name="Most supported").click()
    phone.get_by_role("link", name=SAME).click()
    expect(phone.locator("[data-supported]")).to_have_attribute("aria-pressed", "true")
    phone.goto(form.replace("/support", ""))
    expect(phone.locator("[name=text]")).to_have_value("")


def test_it_can_be_put_away_and_stays_away(phone):
    asked = []
    phone.on("request", lambda request: asked.append(request.url) if "/similar" in request.url else None)
    start_task(phone, "")
    field = phone.locator("[name=text]")
    field.fill(ALSO)
    phone.get_by_role("button", name="Put this away").click()
    expect(phone.locator("#similar")).to_be_hidden()
    expect(field).to_be_focused()
    field.press_sequentially(" hver helg")
    phone.wait_for_timeout(1600)
    expect(phone.locator("#similar")).to_be_hidden()
    assert len(asked) == 1
    assert all("stolp" not in address for address in asked)


def test_without_script_a_button_shows_it_and_nothing_is_lost(phone_without_javascript):
    page = phone_without_javascript
    start_task(page, "")
    page.locator("[name=text]").fill(ALSO)
    page.get_by_role("button", name="See whether others said the same").click()
    expect(page.get_by_role("heading", name=re.compile("look.* like this one"))).to_be_visible()
    page.get_by_role("button", name=re.compile(f"Support this instead.*{SAME}")).click()
    expect(page.get_by_text("Your support is counted.")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value(ALSO)
