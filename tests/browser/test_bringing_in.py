"""Many ideas at once: pasted on a phone, looked at, put right, stored, and taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.browser.handling import be, field, fill, follow, open_dialogue

LINES = "Lys ved bekken – det er mørkt om morgenen\nEn benk\nRing 99 88 77 66"


def desk_of_board(page: Page) -> None:
    page.goto(f"/nb/desk/dialogues/{open_dialogue(page)}")
    page.get_by_role("link", name="Ideer til en trygg vei hjem").first.click()
    page.wait_for_url("**/desk/boards/*")


@pytest.mark.parametrize(("device", "javascript"), [("phone", True), ("desktop", False)])
def test_pasted_lines_are_looked_at_put_right_stored_and_taken_back(
    open_page: OpenPage, device: str, javascript: bool
) -> None:
    page = be(open_page(device, javascript=javascript), "police")
    desk_of_board(page)
    follow(page, "/bring-in")
    fill(page, lines=LINES, label="Klasse C")
    field(page, "column").select_option(index=1)
    page.get_by_role("button", name="Se hva det blir til").click()
    page.wait_for_url("**/desk/batches/*")
    expect(page.locator(".entry-row")).to_have_count(3)
    expect(page.locator(".entry-row").nth(2)).to_contain_text("Venter på å bli lest")
    if javascript:
        assert faults(page) == []
    row = page.locator(".entry-row").nth(1)
    row.locator("summary").click()
    row.locator("textarea").fill("En benk og et bord")
    page.get_by_role("button", name="Lagre 3 ideer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 ideer kom inn")
    page.get_by_role("button", name="Trekk alt tilbake").click()
    page.get_by_role("button", name="Trekk alt tilbake").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trukket tilbake")
