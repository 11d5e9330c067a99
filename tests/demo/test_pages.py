"""Trying the demo: its bar, roles, tasks, mailbox and clock; and that nothing of it exists elsewhere."""

import re
from urllib.parse import urljoin

import pytest
from sqlalchemy import select

from dialogue.actions.models import Reminder
from dialogue.base import clock
from dialogue.base.outbox import OutboxMail
from dialogue.demo import clockwork, operations
from dialogue.demo.accounts import PASSWORD, ROLES, address
from dialogue.demo.models import DemoClock
from dialogue.dialogues.models import Dialogue, DialogueState
from tests.support.client import Client

PAGES = ("/en/demo/tasks", "/en/demo/mailbox", "/en/demo/mailbox/1")
WARNING = "Nobody reads this. Do not write real information."


@pytest.mark.parametrize("path", PAGES)
def test_the_demos_pages_do_not_exist_outside_demo_mode(client, path):
    assert client.get(path).status == 404


@pytest.mark.parametrize("path", ["/en/demo/week-ahead", *(f"/en/demo/sign-in/{role}" for role in ROLES)])
def test_nothing_of_the_demo_can_be_done_outside_demo_mode(client, path):
    assert client.post(path).status == 404


def test_there_is_no_bar_outside_demo_mode(client):
    assert "demo-bar" not in client.get("/en/").response.text


@pytest.mark.parametrize("path", ["/en/", "/en/about", "/en/sign-in", "/en/no-such-page", "/en/demo/tasks"])
def test_every_page_says_plainly_that_nobody_reads_it(visitor, path):
    assert WARNING in visitor.get(path).text


def test_the_bar_is_the_same_for_everybody_and_sets_no_cookie(demo, visitor):
    page = visitor.get("/en/")
    assert "Set-Cookie" not in page.response.headers
    signed_in = Client(demo)
    signed_in.post("/en/demo/sign-in/police")
    assert signed_in.get("/en/").response.text == page.response.text


@pytest.mark.parametrize("role", ROLES)
def test_one_click_signs_in_as_each_role(visitor, role):
    page = visitor.post(f"/en/demo/sign-in/{role}")
    assert (page.status, page.path) == (200, "/en/desk")


def test_an_unknown_role_signs_nobody_in(visitor):
    assert visitor.post("/en/demo/sign-in/king").status == 404


def test_another_site_cannot_sign_a_visitor_in(visitor):
    answer = visitor.browser.post("/en/demo/sign-in/admin", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_signing_in_leads_to_no_other_site(visitor):
    answer = visitor.post("/en/demo/sign-in/police", {"next": "https://evil.example/"}, follow=False)
    assert answer.response.location == "/en/desk"


def test_the_password_that_is_printed_signs_in(visitor):
    page = visitor.get("/en/sign-in")
    signed_in = visitor.send(page, {"email": address("police"), "password": PASSWORD})
    assert signed_in.path == "/en/desk"


def test_each_task_leads_right_to_where_it_is_done(demo, visitor):
    page = visitor.get("/en/demo/tasks")
    forms = page.html.find("main").select('form[action*="sign-in"]')
    assert len(forms) == len(ROLES)
    for form in forms:
        somebody = Client(demo)
        target = form.find("input", {"name": "next"})["value"]
        reached = somebody.post(form["action"], {"next": target})
        assert (reached.status, reached.path) == (200, target)
    assert visitor.get(page.link("Give an idea")).status == 200


def test_what_more_there_is_to_try_is_reached_at_once(demo, visitor):
    page = visitor.get("/en/demo/tasks")
    main = page.html.find("main")
    pressed = main.select("button[name=instead]")
    assert len(pressed) > 8
    for button in pressed:
        form = main.find("form", id=button["form"])
        target = form.find("input", {"name": "next"})["value"]
        reached = Client(demo).post(form["action"], {"next": target, "instead": button["value"]})
        assert (reached.status, reached.path) == (200, button["value"])


def test_what_a_visitor_tries_without_an_account_is_ready(visitor):
    page = visitor.get("/en/demo/tasks")
    assert "Did it help?" in visitor.get(page.link("Say whether it helped")).text
    assert visitor.get(page.link("Join in with the evening walkers")).form("/help/")
    assert visitor.get(page.link("See what the poster")).status == 200
    mail = visitor.get(page.link("Answer by the link in the mail"))
    link = next(a["href"] for a in mail.html.find("main").find_all("a") if "by-link" in a["href"])
    answering = visitor.get("/" + link.split("/", 3)[3])
    assert answering.form("step=accept")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_public_page_of_the_demo_is_broken(visitor, language):
    todo, done, broken = [f"/{language}/"], set(), []
    while todo:
        path = todo.pop()
        done.add(path)
        answer = visitor.browser.get(path)
        if answer.status_code >= 400:
            broken.append((path, answer.status_code))
        if "html" not in answer.mimetype:
            continue
        for found in re.findall(r'href="(/[^"#]*)', answer.text):
            link = urljoin(path, found.replace("&amp;", "&"))
            if link.startswith(f"/{language}/") and link not in done and link not in todo:
                todo.append(link)
    assert broken == []
    assert len(done) > 60


def test_every_public_page_of_the_finished_case_says_that_it_is_one(visitor, seen):
    code = seen(select(Dialogue.code).where(Dialogue.state == DialogueState.CLOSED))[0]
    start = f"/en/dialogues/{code}"
    todo, done = [start], set()
    while todo:
        path = todo.pop()
        done.add(path)
        page = visitor.get(path)
        if "html" not in page.response.mimetype or path.endswith("/privacy"):
            continue
        assert "This is a finished case" in page.text or "made by a program" in page.text, path
        for anchor in page.html.find("main").find_all("a", href=True):
            link = anchor["href"].split("#")[0].split("?")[0]
            inside = re.match(r"/en/(boards|themes|actions|meetings|surveys)/", link) or link.startswith(
                start
            )
            if inside and link not in done and link not in todo:
                todo.append(link)
    assert len(done) > 60


def test_the_mailbox_shows_each_mail_with_links_that_work(visitor, seen):
    mail = seen(select(OutboxMail).where(OutboxMail.to == address("partner")).order_by(OutboxMail.id))[0]
    page = visitor.get(visitor.get("/en/demo/mailbox?page=2").path)
    assert page.heading == "The demo's mailbox"
    shown = visitor.get(f"/en/demo/mailbox/{mail.id}")
    assert shown.heading == mail.subject
    link = next(a["href"] for a in shown.html.find("main").find_all("a") if "by-link" in a["href"])
    assert visitor.get("/" + link.split("/", 3)[3]).status == 200


def test_markup_in_a_mail_does_nothing(demo, visitor):
    with demo.database.writing() as session:
        mail = OutboxMail(
            message_id="<x@dialogue>",
            to="x@demo.example",
            language="en",
            subject="<b>Hi</b>",
            text="<script>alert(1)</script>",
            html="",
            created_at=clock.now(),
            next_try_at=clock.now() + clock.timedelta(days=900),
        )
        session.add(mail)
        session.flush()
        number = mail.id
    page = visitor.get(f"/en/demo/mailbox/{number}")
    assert "<script>alert" not in page.response.text
    assert page.heading == "<b>Hi</b>"


def test_a_week_ahead_reminds_owners_and_tells_residents(demo, visitor, seen):
    worker = Client(demo)
    worker.post("/en/demo/sign-in/police")
    before = clock.today()
    reminders = len(seen(select(Reminder)))
    mails = len(seen(select(OutboxMail)))
    page = visitor.post("/en/demo/week-ahead")
    assert page.heading == "The demo's mailbox"
    assert "A week has passed" in page.text
    assert (clock.today() - before).days == 7
    assert len(seen(select(Reminder))) > reminders
    assert len(seen(select(OutboxMail))) > mails
    assert worker.get("/en/desk").path == "/en/desk"


def test_another_process_sees_that_the_clock_was_moved(demo, seen):
    with demo.database.writing() as session:
        operations.pass_a_day(session)
    days = seen(select(DemoClock.days_ahead))[0]
    clock.move_to(clock.timedelta())
    assert clockwork.follow(demo.database)
    assert clock.ahead() == clock.timedelta(days=days)
    assert not clockwork.follow(demo.database)
