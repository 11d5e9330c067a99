"""From idea to outcome and back, in bokmål, as those walk it for whom it is made."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from dialogue.base import clock
from tests.browser.conftest import OpenPage
from tests.browser.handling import (
    be,
    choose,
    choose_named,
    field,
    fill,
    fill_languages,
    follow,
    path_of,
    send,
    unfold,
)

# In points, and Chromium rounds up.
A4 = pytest.approx((595.3, 841.9), abs=1)


# --- A partner ---------------------------------------------------------------------------------------


def test_a_partner_is_asked_says_yes_and_is_done_by_the_link_in_a_mail(open_page: OpenPage) -> None:
    organiser = be(open_page("desktop"), "police")
    organiser.goto("/nb/desk/dialogues")
    organiser.get_by_role("link", name="Trygg vei hjem").first.click()
    desk = path_of(organiser)
    organiser.goto(f"{desk}/actions/propose")
    fill_languages(organiser, "title", "Stå ved kaia når ferja kommer")
    fill_languages(organiser, "why", "Så ingen går alene.")
    choose_named(organiser, "owner", "Natteravnene i Eksempelvik")
    fill(organiser, due_on=(clock.today() + timedelta(30)).isoformat())
    send(organiser, "due_on")
    organiser.wait_for_url(lambda address: "/propose" not in address)
    organiser.goto(f"{desk}/actions")
    organiser.get_by_role("link", name="Stå ved kaia").first.click()
    organiser.wait_for_url(re.compile(r"/desk/actions/[a-z0-9]{8}"))
    partner = open_page("phone")
    partner.goto("/nb/demo/mailbox")
    partner.locator("main tr", has_text="natteravnene@").filter(has_text="Stå ved kaia").locator("a").click()
    expect(partner.locator("main .prose")).to_contain_text("Så ingen går alene.")
    partner.locator('main .prose a[href*="/actions/by-link/"]').first.click()
    field(partner, "accept-shows_lateness").check()
    send(partner, "accept-revision")
    fill(partner, report__text="To av oss står der på fredag.")
    send(partner, "report-text")
    expect(partner.locator("main")).to_contain_text("To av oss står der")
    unfold(partner, "finish-outcome")
    choose(partner, "finish-state", "done")
    fill(partner, finish__outcome="Vi sto der åtte kvelder, og tjue fikk følge.")
    send(partner, "finish-outcome")
    expect(partner.locator("main")).to_contain_text("tjue fikk følge")
    visitor = open_page("phone")
    visitor.goto(path_of(organiser).replace("/desk", ""))
    for words in ("Natteravnene i Eksempelvik", "To av oss står der", "tjue fikk følge"):
        expect(visitor.locator("main")).to_contain_text(words)


# --- A code on paper ---------------------------------------------------------------------------------


def test_a_code_on_a_slip_of_paper_is_typed_as_people_type(open_page: OpenPage) -> None:
    teacher = be(open_page("desktop"), "admin")
    teacher.goto("/nb/desk/dialogues")
    teacher.get_by_role("link", name="Nærmiljøprat i Tønsberg").first.click()
    follow(teacher, "/group-codes")
    row = teacher.locator(".action-row").filter(has=teacher.get_by_role("heading", name="Klasse A"))
    row.locator("a").click()
    teacher.wait_for_url("**/group-codes/*")
    teacher.emulate_media(media="print")
    code = teacher.locator(".slip__code").first
    expect(code).to_be_visible()
    resident = open_page("phone")
    resident.goto("/nb/")
    expect(resident.locator("section", has_text="Følg innspillet ditt")).to_be_visible()
    fill(resident, code=f" {code.inner_text().strip().replace('-', ' ').lower()} ")
    send(resident, "code")
    expect(resident.locator("h1")).to_have_text("Klasse A")
    resident.locator("main details > summary", has_text="Hva som har skjedd").first.click()
    expect(resident.locator("main .timeline").first).to_contain_text("2021")


# --- Lending a hand ----------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_place_is_taken_and_given_back(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("phone", javascript=javascript)
    page.goto("/nb/")
    page.get_by_role("link", name="Trygg vei hjem").first.click()
    page.locator('main a[href$="/help"]').first.click()
    page.locator('main a[href*="/help/"]').first.click()
    slot = path_of(page)
    taken = page.locator("main .cluster").first
    expect(taken).to_contain_text("2 av 4")
    fill(page, name="Nabo")
    send(page, "name")
    expect(page.locator(".codebox__code")).to_be_visible()
    yours = page.url
    page.goto(slot)
    expect(taken).to_contain_text("3 av 4")
    page.goto(yours)
    follow(page, "/withdraw/")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(lambda address: "/withdraw/" not in address)
    page.goto(slot)
    expect(taken).to_contain_text("2 av 4")


# --- A leader ----------------------------------------------------------------------------------------


def test_a_leader_prints_one_sheet(desktop: Page) -> None:
    page = be(desktop, "leader")
    page.goto("/nb/desk")
    page.locator('a[href$="/desk/leader"]').first.click()
    expect(page.locator("h1")).to_be_visible()
    if page.url.endswith("/desk/leader"):
        follow(page, "/desk/leader/")
    follow(page, "/paper")
    page.wait_for_url("**/paper")
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) == 1
    assert (sheets[0].mediabox.width, sheets[0].mediabox.height) == A4
    assert page.locator("h1").inner_text() in sheets[0].extract_text()
