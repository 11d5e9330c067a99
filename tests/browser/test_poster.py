"""One poster through all phases of the dialogue that it serves, in bokmål.

Weeks pass in it, so it has a server to itself: others on it would find their meetings held.
"""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from dialogue.base import clock
from tests.browser.conftest import OpenPage, own_server
from tests.browser.handling import (
    be,
    choose,
    choose_named,
    field,
    fill,
    fill_languages,
    follow,
    make_drip,
    path_of,
    send,
    unfold,
)

# Seven days with all their jobs.
SECONDS_FOR_A_WEEK = 60


live_server = own_server()


class Poster:
    """One poster at a kiosk, who looks after it, and who walks past."""

    def __init__(self, open_page: OpenPage) -> None:
        self.organiser = be(open_page("desktop"), "police")
        self.leader = be(open_page("desktop"), "leader")
        self.resident = open_page("phone")
        self.partner = open_page("phone")
        self.desk = ""
        self.address = ""

    def hang_up(self) -> None:
        """A drip is made, promised by the leader and published, and a new poster serves it."""
        page = self.organiser
        self.desk = make_drip(page, "Hva mangler ved kiosken")
        self.leader.goto(f"{self.desk}/promise")
        send(self.leader, "answer_by")
        self.leader.wait_for_url(f"**{self.desk}")
        page.goto(f"{self.desk}/publish")
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(f"**{self.desk}")
        page.goto("/nb/desk/posters/new")
        fill_languages(page, "place", "Kiosken ved brua")
        choose_named(page, "municipality_id", "Eksempelvik")
        send(page, "municipality_id")
        choose_named(page, "dialogue", "Hva mangler ved kiosken")
        send(page, "dialogue")
        expect(page.locator(".flash")).to_be_visible()
        code = path_of(page).rsplit("/", 1)[-1]
        self.address = f"/p/{code}"

    def scan(self) -> Page:
        """What the resident finds, always at the same address."""
        self.resident.goto(self.address)
        return self.resident

    def let_a_week_pass(self) -> None:
        """The demo's clock moves, and everything that falls due is done."""
        page = self.organiser
        page.goto("/nb/demo/tasks")
        page.locator('main form[action$="/week-ahead"] button').click(no_wait_after=True)
        page.wait_for_url("**/mailbox?sent=*", timeout=SECONDS_FOR_A_WEEK * 1000)

    def read_and_decide(self) -> None:
        """The idea is read, placed under a theme, and answered with an action."""
        page = self.organiser
        page.goto("/nb/desk/moderation")
        page.locator("article", has_text="En benk").locator('form[action$="/publish"] button').click()
        expect(page.locator(".flash")).to_be_visible()
        page.goto(f"{self.desk}/themes")
        fill_languages(page, "title", "Et sted å sitte")
        send(page, "title-nb")
        page.get_by_label("En benk").check()
        page.locator("[data-pile]").first.click()
        expect(page.locator("main [name=chosen]")).to_have_count(0)
        follow(page, "/desk/themes/")
        follow(page, "/decide")
        choose(page, "outcome", "take_up")
        field(page, "reason").select_option(index=1)
        fill_languages(page, "explanation", "Vi setter ut en benk.")
        unfold(page, "new_name-nb")
        fill_languages(page, "new_name", "Formannskapet")
        send(page, "outcome")
        follow(page, "/actions/new")
        fill_languages(page, "title", "Sette ut benken")
        fill_languages(page, "why", "Så folk blir værende.")
        choose_named(page, "owner", "Eksempelvik velforening")
        fill(page, due_on=(clock.today() + timedelta(60)).isoformat())
        send(page, "due_on")
        expect(page.locator("main")).to_contain_text("Sette ut benken")

    def finish(self) -> None:
        """Its owner says yes, and done."""
        page = self.partner
        page.goto("/nb/demo/mailbox")
        page.locator("main tr", has_text="Sette ut benken").first.locator("a").click()
        page.locator('main .prose a[href*="/actions/by-link/"]').first.click()
        send(page, "accept-revision")
        field(page, "report-text").wait_for()
        unfold(page, "finish-outcome")
        choose(page, "finish-state", "done")
        fill(page, finish__outcome="Benken står der.")
        send(page, "finish-outcome")
        expect(page.locator("main")).to_contain_text("Benken står der.")


def test_a_poster_asks_waits_and_answers_at_the_same_address(open_page: OpenPage) -> None:
    poster = Poster(open_page)
    poster.hang_up()
    page = poster.scan()
    expect(page.locator("h1")).to_contain_text("Hva mangler ved kiosken")
    follow(page, "/write")
    fill(page, title="En benk", text="Så vi kan sitte.")
    send(page, "title")
    expect(page.locator(".codebox__code")).to_be_visible()
    poster.let_a_week_pass()
    poster.let_a_week_pass()
    expect(poster.scan().locator("h1")).to_contain_text("Svaret er på vei")
    poster.read_and_decide()
    expect(poster.scan().locator("main")).to_contain_text("Vi setter ut en benk.")
    poster.finish()
    page = poster.scan()
    expect(page.locator("#done")).to_contain_text("Benken står der.")
    for answer in ("yes", "partly"):
        # The same phone that answers again changes its answer; it is not counted twice.
        poster.scan().locator(f'#done button[name=answer][value="{answer}"]').first.click()
        page.wait_for_url("**/helped/thanks")
        said = page.locator("main").inner_text()
        counts = [int(number) for number in re.findall(r"\d+", said.split(".")[0])]
        assert counts == [answer == "yes", answer == "partly", 0, 0]
