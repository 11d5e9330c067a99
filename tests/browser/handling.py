"""What a hand does with a page: fill in by the fields' names, send, and sign in."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from tests.browser import sitemap

PASSWORD = "dialogue-demo"


def sign_in(page: Page, who: str) -> None:
    """Sign in as one of the demo's people, with their password."""
    page.goto("/en/sign-in")
    fill(page, email=f"{who}@demo.example", password=PASSWORD)
    send(page, "email")
    page.wait_for_url("**/desk")


def be(page: Page, who: str) -> Page:
    """Be one of the demo's people, without going by the sign-in page."""
    sitemap.sign_in(page.context, who)
    return page


def path_of(page: Page) -> str:
    """The address that is open, from its first slash on."""
    return urlsplit(page.url).path


def field(page: Page, name: str) -> Locator:
    """The field with this name in the page's own part."""
    return page.locator(f'main [name="{name}"]')


def fill(page: Page, **values: str) -> None:
    """Write into fields; in their names `__` stands for a hyphen."""
    for name, value in values.items():
        field(page, name.replace("__", "-")).fill(value)


def fill_languages(page: Page, name: str, text: str) -> None:
    """Write a text in each language that the page asks for."""
    for part in page.locator(f"main fieldset#{name} :is(input, textarea)").all():
        part.fill(f"{text} ({part.get_attribute('lang')})")


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of several radio buttons, or tick a box."""
    page.locator(f'main [name="{name}"][value="{value}"]').check()


def choose_named(page: Page, name: str, words: str) -> None:
    """Choose the line of a select that begins with these words."""
    menu = field(page, name)
    lines = menu.locator("option").all_inner_texts()
    menu.select_option(label=next(line for line in lines if line.startswith(words)))


def unfold(page: Page, name: str) -> None:
    """Open what hides a field."""
    folded = page.locator("main details:not([open])", has=page.locator(f'[name="{name}"]'))
    if folded.count():
        folded.locator("summary").first.click()
    field(page, name).first.wait_for()


def send(page: Page, name: str) -> None:
    """Send the form in which a field stands, rather than ask something about it."""
    form = page.locator("main form", has=page.locator(f'[name="{name}"]')).last
    form.locator("button[type=submit]:not([formaction])").last.click()


def follow(page: Page, part: str) -> None:
    """Follow the first link in the page's own part whose address holds this."""
    page.locator(f'main a[href*="{part}"]').first.click()


def start_task(page: Page, who: str) -> None:
    """Begin the demo's prepared task of a role; "" is the resident's."""
    page.goto("/en/demo/tasks")
    if who:
        page.locator(f'main form[action$="/sign-in/{who}"] button').click()
    else:
        follow(page, "/write")
    page.wait_for_url(lambda address: not address.endswith("/demo/tasks"))


def public_pages(page: Page) -> dict[str, str]:
    """The pages that residents come to first, of the dialogue that is open."""
    found = {"front": "/en/"}
    start_task(page, "")
    found["form"] = page.url
    follow(page, "/boards/")
    found["board"] = page.url
    follow(page, "/dialogues/")
    page.wait_for_url("**/dialogues/*")
    found["dialogue"] = page.url
    return found


def open_dialogue(page: Page) -> str:
    """The code of the dialogue that is open."""
    return public_pages(page)["dialogue"].rsplit("/", 1)[-1]


def make_drip(page: Page, question: str) -> str:
    """Set up a dialogue of one question, and return the address of its desk."""
    page.goto("/nb/desk/dialogues/new/drip")
    fill_languages(page, "question", question)
    choose_named(page, "municipality_id", "Eksempelvik")
    choose_named(page, "organiser_id", "Politiet i Eksempelvik")
    fill(page, contact_email="post@eksempelvik.example", accessibility_url="https://uustatus.no/nb/eksempel")
    send(page, "contact_email")
    page.wait_for_url(re.compile(r"/desk/dialogues/[a-z0-9]{8}$"))
    return path_of(page)


def make_board(page: Page, dialogue: str, title: str, wall: str) -> str:
    """Make an idea board that asks one question, on one of the four walls, and return its code."""
    page.goto(f"/en/desk/dialogues/{dialogue}/boards/new")
    fill_languages(page, "title", title)
    fill_languages(page, "column-1-title", f"{title}?")
    # All of its card chooses a wall, so its label lies over it.
    page.locator(f'main [name="wall"][value="{wall}"] ~ label').click()
    send(page, "wall")
    page.wait_for_url(re.compile(r"/desk/boards/[a-z0-9]{8}$"))
    return path_of(page).rsplit("/", 1)[-1]
