"""A moderator reads ten ideas with the keyboard alone: with the letters that stand on the buttons, and with Tab and
Enter for who wants no letters."""

import time
from collections.abc import Sequence

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, own_server
from tests.browser.handling import be, field, fill, make_board, open_dialogue, send
from tests.browser.keys import Keys

LAMPS = "Lyktestolper på gangveien til Øvre, der skolebarn går om morgenen"
# A title and a text each, in the order in which they come.
IDEAS = (
    (LAMPS, "Det er helt mørkt langs elva."),
    ("Naboen vår", "Han i det gule huset er alltid ute om natta."),
    ("Natteravner", "Ring 400 00 000, så er vi tre som kan gå."),
    ("Benk ved brua", "Kari på hjørnet har en hun kan gi bort."),
    ("Noe jeg så", "Hva det var, er utelatt."),
    ("Lyktestolper på gangveien til Øvre, der skolebarna går om morgenen", "Det er mørkt langs elva."),
    ("Senere buss", "Den siste går før kinoen er ferdig."),
    ("Åpen hall", "La den være åpen på fredager."),
    ("Uklart", "Det der borte, dere vet."),
    ("Flere dunker", "De ved kaia er alltid fulle."),
)


live_server = own_server()


class Moderator:
    """Reads one idea after the other: presses the letter of a button, or walks to it with Tab and presses Enter."""

    def __init__(self, page: Page, *, with_letters: bool) -> None:
        self.keys = Keys(page)
        self.page = page
        self.with_letters = with_letters
        self.read: list[str] = []

    def look(self) -> None:
        """Read the title of the idea in front."""
        self.read.append(self.page.locator(".reading__title").inner_text())

    def press(self, button: Locator) -> None:
        """Press what stands on the page, without waiting for what comes."""
        expect(button).to_be_visible()
        if self.with_letters:
            self.keys.press(str(button.get_attribute("data-key")))
        else:
            self.keys.push(button)

    def follow(self, button: Locator) -> None:
        """The same, and wait for the page that comes. The way to a button can lead by a link within the page."""
        if not self.with_letters:
            self.keys.walk_to(button)
        with self.page.expect_navigation():
            self.press(button)

    def decide(self, what: str) -> None:
        """Read, and press the button of one decision."""
        self.look()
        self.follow(self.act(what))

    def act(self, what: str) -> Locator:
        """The button of the form that does this."""
        return self.page.locator(f'main form[action$="/{what}"] button[type=submit]').first

    def send_back(self, reason: str, note: str = "") -> None:
        """Press the button of a reason, after a note to the writer where there is something to say."""
        self.look()
        if note:
            self.keys.push(self.page.locator("main details > summary").last)
            self.keys.write(field(self.page, "note"), note)
            self.keys.follow(self.page.locator(f'main button[value="{reason}"]'))
        else:
            self.follow(self.page.locator(f'main button[value="{reason}"]'))

    def take_out(self, words: str) -> None:
        """Write what is to be taken out, and press Enter on the button beside it: no letter does anything while
        somebody writes."""
        self.look()
        if self.with_letters:
            self.press(self.page.locator("[data-mark]"))
            expect(field(self.page, "passages")).to_be_focused()
            self.keys.see()
            self.page.keyboard.type(words)
        else:
            self.keys.write(field(self.page, "passages"), words)
        self.keys.follow(self.act("redact"))

    def hold(self) -> None:
        """Hold it for the duty officer, and say once more that one means it."""
        self.look()
        self.press(self.act("hold"))
        dialog = self.page.locator("dialog[open]")
        expect(dialog.locator("button").last).to_be_focused()
        self.keys.see()
        self.keys.press("Shift+Tab")
        self.keys.see()
        with self.page.expect_navigation():
            self.keys.press("Enter")


def give(page: Page, board: str, ideas: Sequence[tuple[str, str]]) -> None:
    """Residents write on a board, and send it also when they are told what was found in it."""
    code, insist = page.locator(".codebox__code"), field(page, "send_anyway")
    for title, text in ideas:
        page.goto(f"/nb/boards/{board}/write")
        fill(page, title=title, text=text)
        send(page, "title")
        expect(code.or_(insist)).to_be_visible()
        if insist.is_visible():
            insist.check()
            send(page, "title")
        expect(code).to_be_visible()


def log_of(page: Page, dialogue: str, board: str) -> list[tuple[str, str]]:
    """What the log says was done, and why, the first first."""
    page.goto(f"/en/desk/dialogues/{dialogue}/moderation-log?board={board}")
    rows = [row.locator("th, td").all_inner_texts() for row in page.locator("main tbody tr").all()]
    return [(deed, why) for _when, _who, deed, why, *_rest in reversed(rows)]


@pytest.mark.parametrize("with_letters", [True, False], ids=["by letters", "by Tab and Enter"])
def test_ten_ideas_are_read_without_a_pointer(open_page: OpenPage, with_letters: bool) -> None:
    page = be(open_page("desktop"), "police")
    dialogue = open_dialogue(page)
    board = make_board(page, dialogue, f"Ten {time.time_ns()}", "careful")
    give(open_page("phone"), board, IDEAS)
    page.goto(f"/en/desk/boards/{board}/moderation")
    moderator = Moderator(page, with_letters=with_letters)
    moderator.keys.follow(moderator.act("next"))
    if not with_letters:
        moderator.keys.walk_to(page.get_by_label("Use keys"))
        moderator.keys.press("Space")
        expect(page.locator("button kbd").first).to_be_hidden()
    moderator.decide("publish")
    moderator.send_back("person")
    moderator.decide("redact")
    moderator.take_out("Kari på hjørnet")
    moderator.hold()
    moderator.decide("same")
    moderator.decide("publish")
    moderator.follow(moderator.act("undo"))
    moderator.decide("publish")
    moderator.decide("skip")
    moderator.send_back("unclear", "Hvor er det?")
    moderator.decide("publish")
    # What was passed over comes last. After it the last decision can still be undone.
    moderator.decide("publish")
    expect(page.locator("main")).to_contain_text("No idea waits to be read.")
    moderator.follow(moderator.act("undo"))
    moderator.decide("publish")

    titles = [title for title, _text in IDEAS]
    late = titles[7]
    assert moderator.read == [*titles[:7], titles[6], late, *titles[8:], late, late]
    assert log_of(page, dialogue, board) == [
        ("Published", ""),
        ("Sent back", "It mentions a person who can be recognised"),
        ("Published without something", ""),
        ("Published without something", ""),
        ("Held for the duty routine", ""),
        ("Sent back", "The same idea is there already"),
        ("Published", ""),
        ("Undone", ""),
        ("Published", ""),
        ("Sent back", "We do not understand what is meant"),
        ("Published", ""),
        ("Published", ""),
        ("Undone", ""),
        ("Published", ""),
    ]
    page.goto(f"/en/boards/{board}")
    shown = page.locator("main article h3, main article h2").all_inner_texts()
    assert sorted(shown) == sorted([LAMPS, *titles[2:4], titles[6], late, titles[9]])
    for words in ("400 00 000", "Kari", "gule huset"):
        expect(page.locator("main")).not_to_contain_text(words)
