"""A class of thirty phones on one wall: all send at about the same time, and see what an adult publishes as it
comes."""

import sqlite3
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LiveServer, OpenPage, own_server
from tests.browser.handling import be, fill, make_board, open_dialogue

# Of thirty pupils some press twice, and the network of some is gone when they press.
PUPILS = 30
IMPATIENT = range(8)
WITHOUT_NETWORK = range(8, 12)
# From the moment when the last has been told to press.
SECONDS_TO_PRESS = 2

PRESS = """(button, [at, twice]) => {
  for (const after of twice ? [0, 0, 80] : [0]) setTimeout(() => button.click(), at - Date.now() + after);
}"""
# On a page that was loaded anew this is gone.
STAYS = "() => { window.isTheSame = true; }"
SHOWN = "count => document.querySelectorAll('main [data-idea]').length === count"
# What has come in by itself, and what is said to wait behind the button.
TOLD_OF = """count => {
  const waiting = parseInt(document.querySelector("[data-live-new]").textContent) || 0;
  return document.querySelectorAll("main [data-idea]").length + waiting === count;
}"""


@dataclass
class Pupil:
    """One pupil with a phone of their own, and what they think."""

    phone: Page
    word: str


live_server = own_server()


@pytest.fixture
def wall(open_page: OpenPage) -> str:
    """The code of a new class wall."""
    page = be(open_page("desktop"), "police")
    return make_board(page, open_dialogue(page), f"Veien til skolen {time.time_ns()}", "class")


def ideas_of(server: LiveServer, wall: str) -> dict[str, str]:
    """The codes of all ideas of a wall, by their titles; of two with one title the title is told."""
    with sqlite3.connect(server.folder / "dialogue.db") as database:
        rows = database.execute(
            "SELECT idea.title, contribution.code FROM idea JOIN board ON board.id = idea.board_id"
            " JOIN contribution ON contribution.id = idea.contribution_id WHERE board.code = ?",
            (wall,),
        ).fetchall()
    titles = [title for title, _code in rows]
    assert len(set(titles)) == len(titles), sorted(titles)
    return dict(rows)


def open_everywhere(pupils: list[Pupil], path: str) -> None:
    """Open a page on all phones, without waiting for one before the next."""
    for pupil in pupils:
        pupil.phone.goto(path, wait_until="commit")
    for pupil in pupils:
        pupil.phone.wait_for_load_state()


def all_send(pupils: list[Pupil]) -> None:
    """All press at the same moment, and each is given a code of their own."""
    for number in WITHOUT_NETWORK:
        pupils[number].phone.context.set_offline(True)
    at = time.time() + SECONDS_TO_PRESS
    for number, pupil in enumerate(pupils):
        button = pupil.phone.locator("main form[data-outbox] button[type=submit]")
        button.evaluate(PRESS, [at * 1000, number in IMPATIENT])
    for number in WITHOUT_NETWORK:
        expect(pupils[number].phone.locator("[data-outbox-notice]")).to_be_visible()
        pupils[number].phone.context.set_offline(False)
    for pupil in pupils:
        expect(pupil.phone.locator(".codebox__code")).to_be_visible(timeout=30_000)
    assert len({pupil.phone.locator(".codebox__code").inner_text() for pupil in pupils}) == PUPILS


def publish_all(moderator: Page, wall: str) -> None:
    """An adult reads one after the other, and publishes each with one key."""
    moderator.goto(f"/nb/desk/boards/{wall}/moderation")
    moderator.locator('main form[action$="/next"] button').click()
    for _each in range(PUPILS):
        expect(moderator.locator(".reading")).to_be_visible()
        with moderator.expect_navigation():
            moderator.keyboard.press("p")
    expect(moderator.locator(".reading")).to_have_count(0)


def test_a_class_sends_at_once_and_sees_what_is_published_as_it_comes(
    open_page: OpenPage, live_server: LiveServer, wall: str
) -> None:
    pupils = [Pupil(open_page("phone"), f"tanke{number:02}") for number in range(PUPILS)]
    open_everywhere(pupils, f"/nb/boards/{wall}/write")
    page = pupils[0].phone
    expect(page.locator("main")).to_contain_text("116 111")
    expect(page.locator("main [name*=name]")).to_have_count(0)
    for pupil in pupils:
        fill(pupil.phone, title=f"Om {pupil.word}", text="Slik at alle tør å gå.")
    all_send(pupils)
    ideas = ideas_of(live_server, wall)
    assert sorted(ideas) == [f"Om {pupil.word}" for pupil in pupils]

    # Nobody sees what another has written before it is published, in no place.
    open_everywhere(pupils, f"/nb/boards/{wall}")
    for pupil in pupils:
        assert "tanke" not in pupil.phone.content()
        pupil.phone.evaluate(STAYS)
    expect(page.locator("[data-live-waiting]")).to_contain_text(f"{PUPILS} ideer venter")
    others = page.context.request.get(f"/nb/boards/ideas/{ideas['Om tanke07']}")
    assert others.status == 404

    publish_all(be(open_page("desktop"), "police"), wall)
    for pupil in pupils:
        # The first comes in by itself, and what follows too fast to be read waits behind a button.
        pupil.phone.wait_for_function(TOLD_OF, arg=PUPILS)
        expect(pupil.phone.locator("main [data-idea]").first).to_be_visible()
        pupil.phone.locator("[data-live-new]").tap()
        pupil.phone.wait_for_function(SHOWN, arg=PUPILS)
        assert pupil.phone.evaluate("window.isTheSame")
    expect(page.locator("main")).not_to_contain_text("Bli den første")
    expect(page.locator("main")).to_contain_text("Class A")
    expect(page.locator("[data-live-waiting]")).to_be_hidden()
    expect(page.locator(".wall-give")).to_be_visible()
