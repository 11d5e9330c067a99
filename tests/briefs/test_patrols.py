"""The note for patrols: its lines, its link, two taps, and what residents see of it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.db import Base
from dialogue.base.errors import Closed, Invalid, NotAllowed
from dialogue.base.i18n import Translated
from dialogue.briefs import patrols, queries_patrols, views_patrols
from dialogue.briefs.models import PatrolLink, PatrolMonth, PatrolWish
from dialogue.briefs.patrols import WishDraft
from dialogue.dialogues.models import Dialogue
from dialogue.web.permissions import Role, ScopeKind
from tests.house.world import contents
from tests.support.client import Client
from tests.support.make import words


def link(make, a_round) -> str:
    with make.database.reading() as session:
        return f"/en/patrol/{patrols.token(session.get_one(PatrolLink, a_round.dialogue.id))}"


def note_url(a_round) -> str:
    return f"/en/desk/dialogues/{a_round.dialogue.code}/patrols"


@pytest.fixture
def patrol(house) -> Client:
    """A phone in a car, signed in nowhere."""
    return Client(house)


def test_a_line_is_written_from_a_theme_and_patrols_find_it_by_the_link(desk, a_round, make, patrol):
    theme = a_round.worded("Light", a_round.idea())
    page = desk.get(note_url(a_round))
    texts = {
        f"{name}-{code}": f"{name} {code}"
        for name in ("what", "where", "when")
        for code in ("nb", "nn", "en")
    }
    page = desk.send(page, {"theme": theme.id, **texts}, action="/patrols")
    assert "what en" in page.text
    assert "From the theme Light (en)." in page.text
    shown = patrol.get(link(make, a_round))
    assert "what en" in shown.text
    assert "where en · when en" in shown.text


def test_two_taps_note_a_visit_and_nothing_but_the_months_number_is_kept(
    a_round, make, patrol, read, database
):
    wish = a_round.wish(a_round.worded())
    page = patrol.get(link(make, a_round))
    before = contents(database)
    asked = patrol.send(page, {"confirmed": None}, action=wish.code)
    assert "Were you there?" in asked.heading
    assert contents(database) == before
    page = patrol.send(asked, {"confirmed": "yes"})
    assert "Noted. Thank you." in page.text
    after = contents(database)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"patrol_month", "submission"}
    assert read(select(PatrolMonth.times)) == [1]
    assert read(select(PatrolMonth.month)) == [clock.today().replace(day=1)]


def test_no_column_of_what_patrols_answer_can_hold_a_person_or_a_time():
    columns = set(Base.metadata.tables["patrol_month"].columns.keys())
    assert columns == {"wish_id", "month", "times"}


def test_a_page_sent_twice_counts_once_and_another_visit_counts_again(a_round, make, patrol, read):
    wish = a_round.wish(a_round.worded())
    page = patrol.get(link(make, a_round))
    for _time in range(2):
        patrol.send(page, action=wish.code)
    assert read(select(PatrolMonth.times)) == [1]
    patrol.send(patrol.get(link(make, a_round)), action=wish.code)
    assert read(select(PatrolMonth.times)) == [2]


def test_nobody_counts_a_place_up_with_the_link(a_round, make, patrol, read):
    wish = a_round.wish(a_round.worded())
    for _time in range(views_patrols.VISITS.times):
        assert patrol.send(patrol.get(link(make, a_round)), action=wish.code).status == 200
    assert patrol.send(patrol.get(link(make, a_round)), action=wish.code).status == 429
    assert read(select(PatrolMonth.times)) == [views_patrols.VISITS.times]


def test_a_new_link_kills_the_old_one(desk, a_round, make, patrol):
    a_round.wish(a_round.worded())
    old = link(make, a_round)
    desk.send(desk.get(note_url(a_round)), action="/renew")
    assert patrol.get(old).status == 404
    assert link(make, a_round) != old
    assert patrol.get(link(make, a_round)).status == 200


def test_the_link_is_guessed_by_nobody(a_round, make, patrol):
    a_round.wish(a_round.worded())
    statuses = [patrol.get(f"/en/patrol/AAAA-BBBB-{number:04}").status for number in range(32)]
    assert set(statuses[:30]) == {404}
    assert statuses[31] == 429


def test_the_link_is_not_kept_indexed_or_passed_on(a_round, make, patrol, read):
    a_round.wish(a_round.worded())
    headers = patrol.get(link(make, a_round)).response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers
    token = link(make, a_round).rsplit("/", 1)[1].replace("-", "").encode()
    assert all(token not in bytes(stored) for stored in read(select(PatrolLink.token_hash)))


def test_residents_see_months_that_have_ended_and_no_other(desk, a_round, make, house):
    wish = a_round.wish(a_round.worded())
    this = clock.today().replace(day=1)
    last = (this - timedelta(1)).replace(day=1)
    with make.database.writing() as session:
        session.get_one(PatrolWish, wish.id).begins_on = last
        session.add(PatrolMonth(wish_id=wish.id, month=last, times=7))
        session.add(PatrolMonth(wish_id=wish.id, month=this, times=3))
    with make.database.reading() as session:
        counts = queries_patrols.patrol_counts(session, a_round.dialogue.id)
    assert [count.months for count in counts] == [[(last, 7)]]
    house.pages.clear()
    page = Client(house).get(f"/en/dialogues/{a_round.dialogue.code}")
    assert "Patrols where you wished for them" in page.text
    assert "7 times" in page.text
    assert "3 times" not in page.text


def test_a_dialogue_without_patrols_says_nothing_of_them(a_round, client):
    assert "Patrols" not in client.get(f"/en/dialogues/{a_round.dialogue.code}").text


def test_six_lines_are_as_many_as_there_are(a_round):
    theme = a_round.worded()
    lines = [a_round.wish(theme, f"Wish {number}") for number in range(6)]
    with pytest.raises(Closed):
        a_round.wish(theme, "One more")
    with a_round.make.database.writing() as session:
        patrols.end(session, a_round.organiser, session.get_one(PatrolWish, lines[0].id))
    a_round.wish(theme, "One more")


def test_a_line_that_has_ended_takes_no_answer(desk, a_round, make, patrol, read):
    wish = a_round.wish(a_round.worded())
    page = patrol.get(link(make, a_round))
    desk.send(desk.get(note_url(a_round)), action="/end")
    assert patrol.send(page, action=wish.code).status == 404
    assert read(select(PatrolMonth)) == []


def test_a_line_ends_by_itself_after_its_day(a_round, make, patrol):
    wish = a_round.wish(a_round.worded(), ends_on=clock.today())
    assert patrol.get(link(make, a_round)).text.count("We were there") == 1
    with make.database.writing() as session:
        found = session.get_one(PatrolWish, wish.id)
        found.ends_on = clock.today() - timedelta(1)
        with pytest.raises(Closed):
            patrols.was_there(session, found, "key")
    assert "Nothing is asked of patrols right now" in patrol.get(link(make, a_round)).text


def test_a_line_is_changed_and_of_two_who_change_it_the_second_is_told(desk, a_round, read):
    wish = a_round.wish(a_round.worded())
    page = desk.get(f"/en/desk/patrols/{wish.code}")
    desk.send(page, {"what-en": "Somebody to talk to"})
    assert read(select(PatrolWish.what))[0].get("en") == "Somebody to talk to"
    second = desk.send(page, {"what-en": "Mine"})
    assert second.status == 422
    assert "Mine" in second.html.find("input", {"name": "what-en"})["value"]
    assert read(select(PatrolWish.what))[0].get("en") == "Somebody to talk to"
    desk.send(second)
    assert read(select(PatrolWish.what))[0].get("en") == "Mine"


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("theme_id", 0, "theme"),
        ("what", Translated(nb="Bare bokmål"), "what"),
        ("where", words("Storgata 3"), "where"),
        ("ends_on", date(2020, 1, 1), "ends_on"),
    ],
)
def test_a_line_names_no_person_and_no_day_that_has_passed(a_round, name, value, field):
    theme = a_round.worded()
    values = {
        "theme_id": theme.id,
        "what": words("Adults"),
        "where": words("Beach"),
        "when": words("Fridays"),
    }
    draft = WishDraft(**{**values, name: value})
    with a_round.make.database.writing() as session, pytest.raises(Invalid) as refused:
        patrols.add(session, a_round.organiser, session.get_one(Dialogue, a_round.dialogue.id), draft, "key")
    assert refused.value.field == field


def test_the_themes_of_another_dialogue_are_not_asked_about(a_round, make):
    theirs = type(a_round)(make).worded()
    with pytest.raises(Invalid):
        a_round.wish(theirs)


def test_who_does_not_condense_asks_nothing_of_patrols(a_round, make):
    theme = a_round.worded()
    a_round.organiser = make.actor(Role.LEADER, ScopeKind.DIALOGUE, a_round.dialogue.id)
    with pytest.raises(NotAllowed):
        a_round.wish(theme)


def test_the_printed_note_has_the_lines_and_the_link(desk, a_round, make):
    a_round.wish(a_round.worded(), "Adults to talk to")
    page = desk.get(f"{note_url(a_round)}/print")
    assert "Adults to talk to" in page.text
    assert link(make, a_round).rsplit("/", 1)[1] in page.text
    assert page.html.find("img")["src"].startswith("data:image/svg+xml")


def test_no_staff_member_is_written_down_for_a_visit(a_round, make, patrol, read):
    wish = a_round.wish(a_round.worded())
    before = len(read(select(AuditEntry)))
    patrol.send(patrol.get(link(make, a_round)), action=wish.code)
    assert len(read(select(AuditEntry))) == before
