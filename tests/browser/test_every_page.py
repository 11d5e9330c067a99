"""Every kind of page, as the first of the demo's people who comes to it, in every language, light and dark."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from werkzeug.routing import Map

from dialogue.app import create_app
from dialogue.config import Settings
from tests.browser import axe
from tests.browser.conftest import DEVICES, LiveServer, made_once, serve_copy
from tests.browser.sitemap import PEOPLE, RESIDENT, Sight, explore, pages_of, sign_in

LANGUAGES = ("nb", "nn", "en")
# Further pages of a kind show other states of it; they are looked at in bokmål, for bokmål is the default.
MOST_OF_A_KIND = 2
NARROWEST = 320

# Kinds of pages that nobody comes to in the demo, each with its reason.
UNSEEN: dict[str, str] = {}

# Their forms are sent empty too, so that the errors are looked at.
REFUSES_EMPTY = {
    "boards.write",
    "meetings.sign_up",
    "surveys.form",
    "people.sign_in",
    "people.ask_for_link",
    "followup.enter",
    "setting_up.new",
    "bodies.add",
    "decide.decide",
    "decide.hear",
    "decide.propose",
    "meeting_desk.new",
    "boards_desk.new",
    "boards_desk.enter",
    "card_typing.enter",
    "entering.begin",
    "surveys_desk.new_question",
    "keepers.invite",
    "places.new_organisation",
    "dialogues.team",
}


@pytest.fixture(scope="session")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Map:
    folder = tmp_path_factory.mktemp("urls")
    return create_app(Settings(instance_dir=folder, secret_key="x" * 40, demo=True)).url_map


@pytest.fixture(scope="session")
def explored_demo(
    browser: Browser, loaded_demo: Path, urls: Map, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The demo after its people walked through it, with what they found in `sights.json`."""

    def walk(folder: Path) -> None:
        for server in serve_copy(loaded_demo, folder):
            sights = explore(browser, server.address, urls, MOST_OF_A_KIND, stop_mails(folder))
            (folder / "sights.json").write_text(json.dumps([vars(sight) for sight in sights]))

    return made_once(tmp_path_factory, "explored-demo", walk)


def stop_mails(folder: Path) -> list[str]:
    """Where the buttons lead by which a mail program stops the mails of the demo's first follower, and the first
    owner's weekly list. News hold the same address, but are written by day only."""
    with sqlite3.connect(folder / "dialogue.db") as database:
        query = "SELECT unsubscribe_url FROM outbox_mail WHERE unsubscribe_url IS NOT NULL ORDER BY id"
        paths = [urlsplit(address).path for (address,) in database.execute(query)]
    return [next(path for path in paths if kind in path) for kind in ("/unsubscribe/", "/weekly-list/stop/")]


@pytest.fixture(scope="session")
def sights(explored_demo: Path) -> list[Sight]:
    return [Sight(**one) for one in json.loads((explored_demo / "sights.json").read_text())]


@pytest.fixture(scope="module")
def explored_server(explored_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    yield from serve_copy(explored_demo, tmp_path_factory.mktemp("explored") / "instance")


def test_the_people_of_the_demo_come_to_every_kind_of_page(sights: list[Sight], urls: Map) -> None:
    seen = {sight.endpoint for sight in sights}
    assert sorted(pages_of(urls) - seen - UNSEEN.keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", PEOPLE, ids=[who or "resident" for who in PEOPLE])
def test_no_page_has_a_fault(
    browser: Browser, explored_server: LiveServer, sights: list[Sight], who: str, language: str
) -> None:
    """Nothing that axe finds, light or dark; nothing that scrolls sideways at 320 pixels; no error in the
    console; and no cookie for somebody who only reads."""
    device = DEVICES["desktop" if who else "phone"]
    context = browser.new_context(base_url=explored_server.address, reduced_motion="reduce", **device)
    if who:
        sign_in(context, who)
    faults: list[str] = []
    page = context.new_page()
    watch(page, faults)
    for sight in chosen(sights, who, language):
        path = sight.in_language(language)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        faults += [f"{path}: {fault}" for fault in look(page)]
        if who == RESIDENT and context.cookies():
            faults.append(f"{path}: sets {context.cookies()}")
            context.clear_cookies()
        if sight.endpoint in REFUSES_EMPTY:
            send_empty(page)
            faults += [f"{path} with errors: {fault}" for fault in look(page)]
            forget_visit(context, who)
    context.close()
    assert not faults, "\n".join(faults)


def chosen(sights: list[Sight], who: str, language: str) -> list[Sight]:
    """What somebody looks at in a language: in bokmål all, in the others one page of each kind."""
    own = [sight for sight in sights if sight.who == who]
    if language == LANGUAGES[0]:
        return own
    return list({sight.endpoint: sight for sight in reversed(sights) if sight.who == who}.values())


def watch(page: Page, faults: list[str]) -> None:
    """Take down whatever the browser complains about."""

    def complained(message: ConsoleMessage) -> None:
        # A form that was refused is answered with 422, which Chromium calls an error.
        if message.type == "error" and message.location.get("url") != page.url:
            faults.append(f"{page.url}: {message.text}")

    page.on("console", complained)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))


def look(page: Page) -> list[str]:
    """What is wrong with the page that is open, with everything unfolded that can be."""
    page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
    usual = page.viewport_size
    assert usual is not None
    # What sticks to the edge of the window lies over something wherever one stops, and hides it from axe.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": usual["width"], "height": height})
    faults = [f"light: {fault}" for fault in axe.faults(page)]
    change_colours(page, "dark")
    faults += [f"dark: {fault}" for fault in axe.faults(page, rules=axe.COLOURS)]
    change_colours(page, "light")
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    faults += [f"scrolls sideways at {NARROWEST} px: {part}" for part in sticking_out(page)]
    page.set_viewport_size(usual)
    return faults


def change_colours(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Go over to light or dark."""
    page.emulate_media(color_scheme=scheme)
    # Less motion is asked for, so nothing fades; a frame later all is repainted.
    page.evaluate("new Promise(requestAnimationFrame)")


def sticking_out(page: Page) -> list[str]:
    """What makes the page wider than the window; nothing when it fits."""
    parts: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          const wide = [...document.body.querySelectorAll("*")]
            .filter(part => part.getBoundingClientRect().right > width + 1);
          return wide.slice(-3).map(part => part.outerHTML.slice(0, 120)).concat("the page");
        }"""
    )
    return parts


def send_empty(page: Page) -> None:
    """Send the page's form as nobody should."""
    form = page.locator("main form.form").last
    form.evaluate(
        "form => form.querySelectorAll('input:not([type=hidden]), textarea').forEach(field => {"
        "  if (['radio', 'checkbox'].includes(field.type)) field.checked = false; else field.value = '' })"
    )
    form.locator("button[type=submit]").last.click()
    page.wait_for_selector(".error-summary")


def forget_visit(context: BrowserContext, who: str) -> None:
    """Whoever is not signed in is a stranger again."""
    if who == RESIDENT:
        context.clear_cookies()
