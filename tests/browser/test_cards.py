"""Paper cards by keyboard alone: one types them, another types them again, and what differs is settled."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.browser.handling import be, field, open_dialogue, path_of
from tests.browser.keys import Keys

TYPED = ("Lys ved bekken", "En benk ved bussen", "Sykkelstativ ved kaia", "Gå sammen hjem")
# The second person reads one word otherwise.
TYPED_AGAIN = ("lys ved bekken!", "En benk ved bussen", "Sykkelstativ ved kafeen", "Gå sammen  hjem.")


def begin_stack(keys: Keys) -> str:
    """Begin a stack on the board that is open at the desk, and return its address."""
    page = keys.page
    page.goto(f"/nb/desk/dialogues/{open_dialogue(page)}")
    keys.follow(page.get_by_role("link", name="Ideer til en trygg vei hjem").first)
    keys.follow(page.locator('main a[href$="/cards"]').first)
    keys.write(field(page, "label"), "Klasse D")
    keys.follow(page.get_by_role("button", name="Begynn å skrive inn"))
    return path_of(page).removesuffix("/type")


def choose_first(keys: Keys) -> None:
    """Choose the first question, unless it stands there from the card before."""
    page = keys.page
    keys.walk_to(page.locator("main [name=column]:checked, main [name=column]").first)
    if not page.locator("main [name=column]:checked").count():
        keys.press("Space")


def type_cards(keys: Keys, texts: Sequence[str]) -> None:
    """Type cards one after the other, from where the page begins; the numbers are there already."""
    page = keys.page
    for text in texts:
        choose_first(keys)
        keys.write(field(page, "text"), text)
        keys.follow(page.get_by_role("button", name="Lagre og ta neste kort"))


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_two_people_type_four_cards_and_settle_what_differs(open_page: OpenPage, device: str) -> None:
    first, second = Keys(be(open_page(device), "police")), Keys(be(open_page(device), "facilitator"))
    stack = begin_stack(first)
    look(first.page)
    type_cards(first, TYPED)
    first.follow(first.page.get_by_role("link", name="Dette var alle"))
    expect(first.page.locator(".next-step")).to_contain_text("4 kort skal skrives inn for andre gang")

    page = second.page
    page.goto("/nb/desk")
    second.follow(page.locator(f'main a[href$="{stack}"]').first)
    second.follow(page.get_by_role("link", name="Skriv inn for andre gang").first)
    type_cards(second, TYPED_AGAIN[:3])
    # Both stand beside each other, with the words marked that differ.
    expect(page.locator("main mark")).to_have_text(["kaia", "kafeen"])
    look(page)
    second.follow(page.get_by_role("button", name="Bruk det første"))
    type_cards(second, TYPED_AGAIN[3:])
    page.wait_for_url(f"**{stack}")

    page = first.page
    page.goto(stack)
    first.follow(page.get_by_role("button", name="Se hva det blir til"))
    expect(page.locator(".entry-row__text")).to_have_text(TYPED)
    expect(page.locator("main")).to_contain_text("4 er skrevet inn to ganger, av to personer.")
    expect(page.locator("main")).to_contain_text("1 er avgjort etterpå.")
    first.follow(page.get_by_role("button", name="Lagre 4 ideer"))
    expect(page.get_by_role("heading", level=1)).to_have_text("4 ideer kom inn")
    # The board is others' too.
    first.push(page.get_by_role("button", name="Trekk alt tilbake"))
    first.follow(page.get_by_role("dialog").get_by_role("button", name="Trekk alt tilbake"))


def look(page: Page) -> None:
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_script_what_differs_is_settled(desktop_without_javascript: Page) -> None:
    page = be(desktop_without_javascript, "police")
    page.goto(f"/nb/desk/dialogues/{open_dialogue(page)}")
    page.get_by_role("link", name="Ideer til en trygg vei hjem").first.click()
    page.locator('main a[href$="/cards"]').first.click()
    page.locator('main a[href*="/card-stacks/"]').last.click()
    page.get_by_role("link", name="Avgjør kort 2").click()
    expect(page.locator("main mark")).to_have_text(["biblioteket", "bedehuset"])
    field(page, "text").last.fill("Et lys ved trappa bak biblioteket")
    page.get_by_role("button", name="Lagre dette").click()
    expect(page.locator("h1")).to_have_text("Skriv inn for andre gang")
