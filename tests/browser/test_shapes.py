"""The weight of a first visit, paper, and writing from right to left."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, Request, expect
from pypdf import PdfReader

from tests.browser.conftest import OpenPage
from tests.browser.handling import be, fill, open_dialogue, public_pages, send, sign_in
from tests.browser.test_every_page import NARROWEST, sticking_out

MOST_BYTES = 120_000
MOST_SCRIPT = 45_000
MOST_REQUESTS = 10


@pytest.mark.parametrize("part", ["front", "dialogue", "board", "form"])
def test_a_first_view_is_light(open_page: OpenPage, part: str) -> None:
    finder = open_page("phone")
    addresses = public_pages(finder)
    page = open_page("phone")
    requests: list[Request] = []

    def came(request: Request) -> None:
        requests.append(request)

    page.on("requestfinished", came)
    page.goto(addresses[part], wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    weights = [(request.resource_type, weight(request)) for request in requests]
    assert {"document", "stylesheet", "script", "font"} <= {kind for kind, _bytes in weights}
    assert sum(bytes_ for _kind, bytes_ in weights) < MOST_BYTES
    assert sum(bytes_ for kind, bytes_ in weights if kind == "script") < MOST_SCRIPT
    assert len(weights) <= MOST_REQUESTS


def weight(request: Request) -> int:
    """What came over the wire for a request, in bytes."""
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_what_is_made_for_one_sheet_fills_one_sheet(desktop: Page) -> None:
    sign_in(desktop, "police")
    code = open_dialogue(desktop)
    for language in ("nb", "nn", "en"):
        desktop.goto(f"/{language}/desk/dialogues/{code}/plan")
        assert len(PdfReader(BytesIO(desktop.pdf(format="A4"))).pages) == 1, language


def test_the_brief_fills_one_sheet_and_its_annex_begins_on_the_next(desktop: Page) -> None:
    sign_in(desktop, "police")
    code = open_dialogue(desktop)
    for language in ("nb", "nn", "en"):
        desktop.goto(f"/{language}/desk/dialogues/{code}/brief/print")
        annex = desktop.locator(".annexes > h2").first.inner_text()
        sheets = [page.extract_text() for page in PdfReader(BytesIO(desktop.pdf(format="A4"))).pages]
        assert annex in sheets[1], language
        assert desktop.locator("main tbody tr").last.locator("th strong").inner_text() in sheets[0], language


@pytest.mark.parametrize("width", [NARROWEST, 1280])
def test_pages_hold_together_from_right_to_left(open_page: OpenPage, width: int) -> None:
    page = open_page("desktop", viewport={"width": width, "height": 800})
    addresses = public_pages(page)
    page.goto(addresses["form"])
    page.locator('main [name="column"]').first.check()
    fill(page, title="A lamp", text="By the stairs.")
    send(page, "title")
    page.wait_for_url("**/follow/**")
    addresses["follow"] = page.url
    sign_in(page, "police")
    for address in (*addresses.values(), "/en/desk", "/en/desk/dialogues/new", "/en/desk/moderation"):
        page.goto(address)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert sticking_out(page) == [], address


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_button_beside_a_long_name_breaks_within_a_word_on_a_narrow_phone(
    open_page: OpenPage, language: str
) -> None:
    page = be(open_page("desktop", viewport={"width": NARROWEST, "height": 640}), "police")
    page.goto(f"/{language}/desk/dialogues/{open_dialogue(page)}/sheet")
    expect(page.locator("[data-print]")).to_be_visible()
    page.locator(".paper__bar .back").evaluate("link => link.append(' and a name that goes on'.repeat(4))")
    assert page.evaluate(BROKEN_WORDS) == []
    assert sticking_out(page) == []


# The words of buttons that stand on more than one line.
BROKEN_WORDS = """() => {
  const broken = [];
  for (const button of document.querySelectorAll(".ds-button")) {
    const texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(line => line.top)).size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
