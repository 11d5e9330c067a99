"""An evening of four groups: they write each by the slip of their table, and what all have written is shown, sorted,
supported and closed when the organiser says so."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import sitemap
from tests.browser.conftest import OpenPage, own_server
from tests.browser.handling import be, field, fill, fill_languages, open_dialogue, path_of, send

GROUPS = ("Gruppe 1", "Gruppe 2", "Gruppe 3", "Gruppe 4")


class Evening:
    """A meeting with a board for each of its groups, and a window for each who looks at them."""

    def __init__(self, open_page: OpenPage) -> None:
        self.organiser = be(open_page("desktop"), "police")
        self.facilitator = open_page("phone")
        self.phone = open_page("phone")
        self.other_phone = open_page("phone")
        self.hall = open_page("desktop")
        self.meeting = self.plan()
        self.desk, self.slips = self.make_boards()
        self.plenary = self.desk.replace("/desk", "")

    def plan(self) -> str:
        """Plan the meeting; return the address of its desk page."""
        page = self.organiser
        page.goto(f"/nb/desk/dialogues/{open_dialogue(page)}/meetings/new")
        for name in ("title", "intro"):
            fill_languages(page, name, f"Kveld {time.time_ns()}")
        fill(page, place="Grendehuset")
        send(page, "place")
        page.wait_for_url(re.compile(r"/desk/meetings/[a-z0-9]{8}$"))
        return path_of(page)

    def make_boards(self) -> tuple[str, list[str]]:
        """Make groups, and a board for each; return the desk page of the plenary wall, and what the slips lead to."""
        page = self.organiser
        sitemap.send(page.context, f"{self.meeting}/groups", {"number": str(len(GROUPS))})
        page.goto(f"{self.meeting}/boards")
        page.locator('main form[action$="/boards"] button').click()
        page.wait_for_url(re.compile(r"/desk/boards/[a-z0-9]{8}$"))
        desk = path_of(page)
        page.goto(f"{desk}/slips")
        return desk, page.locator(".slip .muted").all_inner_texts()

    def everybody_looks(self) -> None:
        """One phone sees the plenary wall, the other the board of its group, and the hall the projector."""
        self.phone.goto(self.plenary)
        self.other_phone.goto(self.slips[0].removesuffix("/write"))
        page = self.organiser
        page.goto(self.meeting)
        page.get_by_role("link", name="Vis på veggen").click()
        address = page.get_by_role("link", name="Åpne veggen").get_attribute("href")
        assert address
        self.hall.goto(address)

    def begin(self, stage: str) -> None:
        """The organiser presses the next step, and says yes where they are asked."""
        page = self.organiser
        page.goto(self.desk)
        page.locator("main form", has=page.locator(f'[name=to][value="{stage}"]')).locator("button").click()
        sure = page.locator("dialog[open] button").first
        expect(sure.or_(page.locator(".flash")).first).to_be_visible()
        if sure.is_visible():
            sure.click()
        expect(page.locator(".flash")).to_be_visible()

    def everybody_sees(self, words: str) -> None:
        """Without doing anything, or by the button that says that the board has changed."""
        for page in (self.phone, self.other_phone, self.hall):
            sees(page, page.locator(".stage-line", has_text=words))


def sees(page: Page, said: Locator) -> None:
    changed = page.locator("[data-live-new]:visible")
    expect(said.or_(changed).first).to_be_visible(timeout=15_000)
    if changed.count():
        changed.click()
    expect(said).to_be_visible()


def send_idea(page: Page) -> None:
    page.locator("main form[data-outbox] button[type=submit]").click()


live_server = own_server()


@pytest.fixture
def evening(open_page: OpenPage) -> Evening:
    return Evening(open_page)


def test_groups_write_and_the_plenary_wall_goes_from_stage_to_stage(evening: Evening) -> None:
    evening.everybody_looks()
    assert len(evening.slips) == len(GROUPS)
    pen = evening.facilitator
    for group, slip in zip(GROUPS, evening.slips, strict=True):
        pen.goto(slip)
        fill(pen, title=f"Lys for {group}", text="Ved skolen.")
        send_idea(pen)
        expect(pen.locator("main")).to_contain_text("Venter på å bli vist")
    for page in (evening.phone, evening.other_phone, evening.hall):
        page.reload()
        expect(page.locator(".stage-line")).to_contain_text("Skriv.")
        expect(page.locator("article")).to_have_count(0)

    evening.begin("reveal")
    evening.everybody_sees("Les det alle har skrevet.")
    for page in (evening.phone, evening.hall):
        for group in GROUPS:
            card = page.locator("article", has_text=f"Lys for {group}")
            expect(card).to_have_count(1)
            expect(card.locator(".idea-card__meta, .projected__foot")).to_contain_text(group)
    expect(evening.other_phone.locator("article")).to_have_count(1)

    evening.begin("sort")
    evening.everybody_sees("Vi sorterer ideene sammen.")
    expect(evening.phone.locator(".support__button")).to_have_count(0)

    evening.begin("support")
    evening.everybody_sees("Støtt ideene du har tro på.")
    evening.phone.locator("article", has_text="Lys for Gruppe 1").locator(".support__button").tap()
    expect(evening.other_phone.locator(".support__count").first).to_have_text("1")
    expect(evening.hall.locator("article", has_text="Gruppe 1").locator("[data-live-support]")).to_have_text(
        "1"
    )

    evening.begin("freeze")
    evening.everybody_sees("Tavlen er stengt.")
    expect(evening.phone.locator(".support__button")).to_have_count(0)
    expect(evening.phone.locator("article", has_text="Lys for Gruppe 1")).to_contain_text("1 støtter")


def test_a_board_that_was_closed_meanwhile_says_so_and_keeps_what_was_written(evening: Evening) -> None:
    page = evening.phone
    page.goto(evening.slips[1])
    fill(page, title="Kom for sent", text="Jeg skrev for lenge på denne.")
    for stage in ("reveal", "sort", "support", "freeze"):
        evening.begin(stage)
    send_idea(page)
    expect(page.locator(".error-summary")).to_contain_text("Denne tavlen er stengt for nye ideer.")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(field(page, "title")).to_have_value("Kom for sent")
    expect(field(page, "text")).to_have_value("Jeg skrev for lenge på denne.")
    expect(page.locator("main form[data-outbox] button[type=submit]")).to_have_count(0)
