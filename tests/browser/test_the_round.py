"""The round that the product is for, walked by five people in a row."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from dialogue.base import clock
from tests.browser.conftest import OpenPage
from tests.browser.handling import (
    choose,
    choose_named,
    field,
    fill,
    fill_languages,
    follow,
    path_of,
    send,
    sign_in,
    unfold,
)

TITLE = "Evenings by the river"
IDEA = "A bench by the path"
ACTION = "Set up a bench"
PARTNER = "Eksempelvik residents"
PARTNER_ADDRESS = "partner@demo.example"


class Round:
    """One dialogue and the five who walk through it, each in a window of their own."""

    def __init__(self, open_page: OpenPage, *, javascript: bool) -> None:
        self.organiser = open_page("desktop", javascript=javascript)
        self.leader = open_page("desktop", javascript=javascript)
        self.resident = open_page("phone", javascript=javascript)
        self.partner = open_page("phone", javascript=javascript)
        self.visitor = open_page("phone", javascript=javascript)
        self.desk = ""
        self.public = ""
        self.follow_code = ""

    def set_up_a_dialogue(self) -> None:
        """The organiser makes it from the playbook in three steps."""
        page = self.organiser
        sign_in(page, "police")
        page.goto("/en/desk/dialogues/new")
        choose(page, "playbook", "neighbourhood-talk")
        choose_named(page, "municipality_id", "Eksempelvik")
        choose_named(page, "organiser_id", "Eksempelvik municipality")
        for name in ("title", "question", "area"):
            fill_languages(page, name, TITLE)
        send(page, "municipality_id")
        page.wait_for_url("**/purpose-and-dates")
        field(page, "in_english").check()
        send(page, "in_english")
        page.wait_for_url("**/privacy-and-contact")
        fill(page, contact_email="post@eksempelvik.example")
        send(page, "contact_email")
        page.wait_for_url(re.compile(r"/desk/dialogues/[a-z0-9]{8}$"))
        self.desk = path_of(page)

    def complete_what_is_missing(self) -> None:
        """The page for publishing says what is missing, and leads to where it is put right."""
        page = self.organiser
        page.goto(f"{self.desk}/publish")
        expect(page.locator("main form")).to_have_count(0)
        follow(page, "/privacy-and-contact")
        fill(page, accessibility_url="https://uustatus.no/nb/erklaringer/publisert/example")
        send(page, "accessibility_url")
        page.wait_for_url(f"**{self.desk}")
        self.plan_the_meeting()

    def plan_the_meeting(self) -> None:
        """The playbook made the meeting; its organiser says where it is."""
        page = self.organiser
        follow(page, "/desk/meetings/")
        follow(page, "/edit")
        fill(page, place="Grendehuset")
        send(page, "place")
        page.wait_for_url(re.compile(r"/desk/meetings/[a-z0-9]{8}$"))
        page.goto(self.desk)
        follow(page, "/desk/surveys/")
        page.locator('main form[action$="/publish"] button').click()
        expect(page.locator('main form[action$="/publish"]')).to_have_count(0)

    def sign_the_promise(self) -> None:
        """The leader finds it on the first page of the desk, and signs."""
        page = self.leader
        sign_in(page, "leader")
        follow(page, f"{self.desk}/promise")
        send(page, "answer_by")
        page.wait_for_url(f"**{self.desk}")

    def publish(self) -> None:
        """With everything in place the same page publishes."""
        page = self.organiser
        page.goto(f"{self.desk}/publish")
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(f"**{self.desk}")
        self.public = self.desk.replace("/desk", "")
        follow(page, self.public)
        expect(page.locator("h1")).to_contain_text(TITLE)

    def take_part(self) -> None:
        """The resident comes from the public page: a seat, an idea with a follow code, an answer."""
        page = self.resident
        page.goto(self.public)
        follow(page, "/meetings/")
        follow(page, "/sign-up")
        fill(page, name="Kari")
        send(page, "name")
        expect(page.locator(".codebox__code")).to_be_visible()
        page.goto(self.public)
        follow(page, "/write")
        field(page, "column").first.check()
        fill(page, title=IDEA, text="Then people sit there in the evening.")
        send(page, "title")
        self.follow_code = page.locator(".codebox__code").inner_text()
        page.goto(self.public)
        follow(page, "/surveys/")
        page.locator('main input[type=radio][value="4"]').first.check()
        send(page, "version")
        page.wait_for_url("**/thanks")

    def read_and_gather(self) -> None:
        """The organiser publishes the idea, makes a theme, places the idea, and freezes the brief."""
        page = self.organiser
        page.goto("/en/desk/moderation")
        card = page.locator("article", has_text=IDEA)
        card.locator('form[action$="/publish"] button').click()
        expect(page.locator(".flash")).to_be_visible()
        page.goto(self.desk)
        follow(page, f"{self.desk}/themes")
        fill_languages(page, "title", "Places to sit")
        send(page, "title-nb")
        page.get_by_label(IDEA).check()
        page.locator("[data-pile]").first.click()
        expect(page.locator("main [name=chosen]")).to_have_count(0)
        self.send_the_brief()
        self.download_the_brief()

    def send_the_brief(self) -> None:
        """A body is written down, and a version of the brief is frozen and sent to it."""
        page = self.organiser
        page.goto(f"{self.desk}/bodies/new")
        fill_languages(page, "name", "The police council")
        choose(page, "power", "discusses")
        send(page, "power")
        page.goto(f"{self.desk}/brief/send")
        page.get_by_label("The police council (en)", exact=True).check()
        choose(page, "language", "en")
        send(page, "language")
        page.wait_for_url("**/sent-to")

    def download_the_brief(self) -> None:
        """The frozen brief is a page and a file that says what the page says: one sheet, and the annex."""
        page = self.organiser
        page.locator('main a[href*="/desk/briefs/"]:not([href$="/pdf"]):not([href$="/docx"])').first.click()
        page.wait_for_url("**/desk/briefs/*")
        expect(page.locator("main")).to_contain_text("Places to sit")
        file = page.request.get(f"{path_of(page)}/pdf")
        sheets = PdfReader(BytesIO(file.body())).pages
        assert len(sheets) == 2
        assert "Places to sit" in sheets[0].extract_text()
        assert IDEA in sheets[1].extract_text()

    def decide(self) -> None:
        """The theme is taken up, with a reason and an explanation, and an action is asked for."""
        page = self.organiser
        page.goto(f"{self.desk}/themes")
        follow(page, "/desk/themes/")
        follow(page, "/decide")
        choose(page, "outcome", "take_up")
        field(page, "reason").select_option(index=1)
        fill_languages(page, "explanation", "We set up a bench before summer.")
        fill_languages(page, "new_name", "The municipal council")
        fill(page, decided_on=clock.today().isoformat())
        send(page, "outcome")
        follow(page, "/actions/new")
        fill_languages(page, "title", ACTION)
        fill_languages(page, "why", "So that people stay.")
        choose_named(page, "owner", PARTNER)
        fill(page, due_on=(clock.today() + timedelta(30)).isoformat())
        send(page, "due_on")
        expect(page.locator("main")).to_contain_text(ACTION)

    def act(self) -> None:
        """The partner is not signed in: the link in the mail lets them say yes, tell, and finish."""
        page = self.partner
        page.goto("/en/demo/mailbox")
        page.locator("main tr", has_text=PARTNER_ADDRESS).filter(has_text=ACTION).first.locator("a").click()
        page.locator('main .prose a[href*="/actions/by-link/"]').first.click()
        send(page, "accept-revision")
        fill(page, report__text="The bench is ordered.")
        send(page, "report-text")
        expect(page.locator("main")).to_contain_text("is ordered")
        unfold(page, "finish-outcome")
        choose(page, "finish-state", "done")
        fill(page, finish__outcome="The bench stands there, and is used.")
        send(page, "finish-outcome")
        expect(page.locator("main")).to_contain_text("is used")

    def see_what_came_of_it(self) -> None:
        """The resident types the follow code and reads every step; everybody else reads the answer."""
        page = self.resident
        page.goto("/en/follow")
        fill(page, code=self.follow_code.replace("-", " ").lower())
        send(page, "code")
        story = page.locator("main .timeline")
        for words in ("Places to sit", "before summer", ACTION, "is ordered", "is used"):
            expect(story).to_contain_text(words)
        self.visitor.goto(self.public)
        follow(self.visitor, "/what-came-of-it")
        for words in ("Places to sit", "before summer", ACTION):
            expect(self.visitor.locator("main")).to_contain_text(words)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_five_people_walk_the_whole_round(open_page: OpenPage, javascript: bool) -> None:
    walk = Round(open_page, javascript=javascript)
    walk.set_up_a_dialogue()
    walk.complete_what_is_missing()
    walk.sign_the_promise()
    walk.publish()
    walk.take_part()
    walk.read_and_gather()
    walk.decide()
    walk.act()
    walk.see_what_came_of_it()
