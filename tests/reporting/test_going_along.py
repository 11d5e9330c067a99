"""What is taken along: a feed for readers, and a page within other sites' pages."""

from datetime import timedelta
from xml.etree import ElementTree as Xml

import pytest
from sqlalchemy import update

from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.followup.models import DecisionOutcome, DecisionReason

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def pages_of(a_round):
    place = a_round.dialogue.municipality
    return (
        f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it",
        f"/en/municipalities/{place.slug}",
        f"/en/districts/{place.district.slug}",
    )


def feed(client, page):
    answer = client.browser.get(f"{page}/feed")
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    return Xml.fromstring(answer.text)  # noqa: S314 - our own feed


def titles(read):
    return [one.text for one in read.iterfind("a:entry/a:title", ATOM)]


def test_the_feed_tells_of_dialogues_decisions_and_actions(client, a_round, database):
    action = a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    with database.writing() as session:
        session.execute(
            update(Action).values(
                state=ActionState.DONE, ended_on=clock.today(), outcome=Translated(en="They shine")
            )
        )
        contributions.raise_version(session, a_round.dialogue.id)
    for page in pages_of(a_round):
        read = feed(client, page)
        told = titles(read)
        assert "Decided: Taken up. Light (en)" in told
        assert "Somebody has said yes: New lights (en)" in told
        assert "Done: New lights (en)" in told
        assert any(title.startswith("New dialogue: ") for title in told)
        urls = [one.get("href") for one in read.iterfind("a:entry/a:link", ATOM)]
        assert f"http://localhost/en/actions/{action.code}" in urls


def test_a_kept_feed_names_its_one_address_however_it_was_asked_for_first(client, a_round):
    page = f"/nb/dialogues/{a_round.dialogue.code}/what-came-of-it"
    for asked in (f"{page}/feed/", f"{page}/feed"):
        read = Xml.fromstring(client.browser.get(asked).text)  # noqa: S314 - our own feed
        own = read.find('a:link[@rel="self"]', ATOM)
        assert own is not None
        assert own.attrib["href"].endswith(f"{page}/feed")


def test_the_feed_is_what_the_standard_asks_for(client, a_round):
    a_round.decide(a_round.theme("Light", a_round.idea()))
    for page in pages_of(a_round):
        read = feed(client, page)
        for one in [read, *read.iterfind("a:entry", ATOM)]:
            for name in ("id", "title", "updated"):
                assert one.find(f"a:{name}", ATOM).text
        assert read.find("a:author/a:name", ATOM).text
        assert read.find("a:link[@rel='self']", ATOM).get("href") == f"http://localhost{page}/feed"
        assert read.find("a:link[@rel='alternate']", ATOM).get("href") == f"http://localhost{page}"
        keys = [one.text for one in read.iterfind("a:entry/a:id", ATOM)]
        assert len(keys) == len(set(keys))
        moments = [one.text for one in read.iterfind("a:entry/a:updated", ATOM)]
        assert moments == sorted(moments, reverse=True)


def test_an_entry_is_known_by_the_same_name_for_ever_and_by_another_in_each_language(client, a_round):
    theme = a_round.theme("Light", a_round.idea())
    a_round.decide(theme)
    page = pages_of(a_round)[0]
    before = {one.text for one in feed(client, page).iterfind("a:entry/a:id", ATOM)}
    a_round.action(a_round.decide(a_round.theme("Benches", a_round.idea())))
    after = {one.text for one in feed(client, page).iterfind("a:entry/a:id", ATOM)}
    assert before < after
    other = {one.text for one in feed(client, page.replace("/en/", "/nn/")).iterfind("a:entry/a:id", ATOM)}
    assert len(other) == len(after)
    assert not other & after


@pytest.mark.parametrize("options", [{"accepted": False}, {"is_internal": True}])
def test_what_is_not_public_is_in_no_feed(client, a_round, options):
    theme = a_round.theme("Light", a_round.idea())
    a_round.action(a_round.decide(theme), **options)
    a_round.decide(
        a_round.theme("Pool", a_round.idea()),
        DecisionOutcome.NOT_NOW,
        reason=DecisionReason.MONEY,
        is_held=True,
    )
    for page in pages_of(a_round):
        told = " ".join(titles(feed(client, page)))
        assert "New lights" not in told
        assert "Pool" not in told


def test_no_sign_that_xml_cannot_hold_breaks_the_feed(client, a_round, database):
    with database.writing() as session:
        session.execute(
            update(Dialogue).values(title=Translated(en="A\x0b<b>&\x1fB\ufffe"), published_at=clock.now())
        )
        contributions.raise_version(session, a_round.dialogue.id)
    assert "New dialogue: A<b>&B" in titles(feed(client, pages_of(a_round)[0]))


def test_an_empty_feed_is_a_feed(client, make):
    place = make.municipality()
    assert titles(feed(client, f"/en/municipalities/{place.slug}")) == []


def test_each_page_names_its_feed(client, a_round):
    for page in pages_of(a_round):
        found = client.get(page).html.select_one('link[type="application/atom+xml"]')
        assert found["href"] == f"{page}/feed"


def test_only_the_page_for_others_may_stand_in_their_pages(client, a_round):
    a_round.idea()
    for page in pages_of(a_round):
        framed = client.browser.get(f"{page}/embed")
        assert framed.status_code == 200
        assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
        assert "script-src" not in framed.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in framed.headers
        usual = client.browser.get(page)
        assert "frame-ancestors 'none'" in usual.headers["Content-Security-Policy"]
        assert usual.headers["X-Frame-Options"] == "DENY"
    missing = client.browser.get("/en/municipalities/nowhere/embed")
    assert missing.status_code == 404
    assert missing.headers["X-Frame-Options"] == "DENY"


def test_the_page_for_others_runs_no_script_and_opens_beside_theirs(client, a_round):
    a_round.idea()
    for page in pages_of(a_round):
        framed = client.get(f"{page}/embed")
        assert framed.html.find("script") is None
        assert framed.html.find("form") is None
        links = framed.html.find_all("a")
        assert links
        assert all(link["target"] == "_blank" and "noopener" in link["rel"] for link in links)
        assert links[0]["href"] == f"http://localhost{page}"
        assert "Set-Cookie" not in framed.response.headers


def test_the_code_to_copy_is_a_frame_of_that_page(client, a_round):
    for page in pages_of(a_round):
        code = client.get(page).html.select_one(".frame-code").get_text()
        assert code.startswith(f'<iframe src="http://localhost{page}/embed" title="You said – we did')
        assert client.get(page).html.select_one("[data-copy]")["data-copy"] == code
        assert client.get(page).html.find("iframe") is None


def test_pages_of_many_dialogues_are_turned(client, make):
    place = make.municipality()
    for number in range(21):
        make.dialogue(municipality_id=place.id, published_at=clock.now() - timedelta(number))
    page = client.get(f"/en/municipalities/{place.slug}")
    assert len(page.html.select("#dialogues .card")) == 20
    assert len(client.get(page.link("Next")).html.select("#dialogues .card")) == 1
    page = client.get(f"/en/districts/{place.district.slug}")
    assert len(client.get(page.link("Next")).html.select("#dialogues .card")) == 1
