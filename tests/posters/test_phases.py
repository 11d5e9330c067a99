"""One poster through a whole dialogue and into the next: what somebody who scans it is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Channel, Contribution, Dialogue, DialogueState, Phase, PhaseKind
from dialogue.followup.models import DecisionOutcome
from dialogue.posters import operations, rules
from dialogue.posters.models import Poster
from dialogue.posters.rules import Says

QUESTION = "What makes the evening safe? (en)"


def test_the_short_address_leads_to_the_language_the_browser_asks_for(corner):
    for asked, language in (("nn-NO,nn;q=0.9", "nn"), ("en-GB", "en"), ("de", "nb")):
        answer = corner.client.browser.get(f"/p/{corner.poster.code}", headers={"Accept-Language": asked})
        assert answer.status_code == 302
        assert answer.location == f"/{language}/posters/{corner.poster.code}"
        assert answer.headers["Vary"] == "Accept-Language"
        assert "Set-Cookie" not in answer.headers


def test_a_poster_that_serves_nothing_says_so_and_names_what_there_was(corner):
    page = corner.scan()
    assert page.heading == "Nothing is asked here right now"
    assert page.link(str(corner.dialogue.title.get("en"))) == f"/en/dialogues/{corner.dialogue.code}"


def test_before_residents_are_asked_it_says_when_and_how_to_sign_up(corner):
    corner.serve()
    with corner.on(PhaseKind.INVITE):
        meeting = corner.make.meeting(corner.dialogue)
        with corner.make.database.writing() as session:
            session.get_one(Dialogue, corner.dialogue.id).version += 1
        page = corner.scan()
    assert page.heading == QUESTION
    assert "Soon we ask you this." in page.text
    assert page.link("See the meeting and sign up") == f"/en/meetings/{meeting.code}"


def test_while_residents_are_asked_it_asks_and_keeps_that_they_came_by_a_poster(corner, read):
    corner.serve()
    with corner.on(PhaseKind.COLLECT):
        page = corner.scan()
        assert page.heading == QUESTION
        form = corner.client.get(page.link("Give an idea"))
        column = form.html.find("input", attrs={"name": "column"})["value"]
        again = corner.client.send(form, {"column": column, "title": "", "text": ""})
        assert again.status == 422
        done = corner.client.send(again, {"column": column, "title": "Lights", "text": "By the path."})
        assert done.heading == "Thank you. We have received it."
        # Who comes another way is not counted as coming by the poster.
        other = corner.client.get(f"/en/boards/{corner.board.code}/write")
        corner.client.send(other, {"column": column, "title": "Benches", "text": "By the path."})
        made_up = corner.client.get(f"/en/boards/{corner.board.code}/write?via=meeting")
        corner.client.send(made_up, {"column": column, "title": "Trees", "text": "By the path."})
    assert read(select(Contribution.channel).order_by(Contribution.id)) == [
        Channel.POSTER,
        Channel.WEB,
        Channel.WEB,
    ]


def test_the_one_thing_to_do_is_the_board_and_others_stand_below(corner):
    corner.serve()
    with corner.on(PhaseKind.COLLECT):
        corner.make.meeting(corner.dialogue)
        with corner.make.database.writing() as session:
            session.get_one(Dialogue, corner.dialogue.id).version += 1
        page = corner.scan()
        assert [button.get_text(strip=True) for button in page.html.select("main .next-step .ds-button")] == [
            "Give an idea"
        ]
        assert "Other ways to take part" in page.text


def test_while_it_is_decided_it_says_when_the_answer_comes_and_who_promised(corner):
    corner.serve()
    for title in ("Lights", "Benches"):
        corner.idea(title)
    with corner.on(PhaseKind.DECIDE):
        page = corner.scan()
    assert page.heading == "Thank you. The answer is on its way."
    assert "People have given 2 ideas and answers so far." in page.text
    assert "signed by Kim Leader" in page.text


def test_an_answer_that_does_not_come_is_said_to_be_late_whatever_the_plan_said(corner):
    corner.serve()
    with corner.on(PhaseKind.ACT, 5):
        page = corner.scan()
    assert page.heading == "Thank you. The answer is on its way."
    assert "The answer is late" in page.text


def test_when_it_is_decided_it_tells_what_was_said_what_is_done_and_asks_whether_it_helped(corner):
    corner.serve()
    ideas = [corner.idea(f"Lights {each}") for each in range(3)]
    with corner.on(PhaseKind.DECIDE):
        lit = corner.theme("Light", *ideas)
        closed = corner.theme("Opening hours", corner.idea("Open late"))
        action = corner.action(corner.decide(lit))
        corner.decide(
            closed,
            DecisionOutcome.NOT_FORWARD,
            explanation=Translated(nb="Nei", nn="Nei", en="No money for it"),
        )
    with corner.on(PhaseKind.ACT):
        page = corner.scan()
        assert page.heading == "You said. This came of it."
        assert "(3 contributions)" in page.text
        assert "We do it (en)" in page.text
        assert "No money for it" in page.text
        assert page.link("New lights (en)") == f"/en/actions/{action.code}"
        assert "Did it help?" not in page.text
    with corner.make.database.writing() as session:
        found = session.get_one(Action, action.id)
        found.state, found.ended_on = ActionState.DONE, corner.first + timedelta(80)
        found.outcome = Translated(nb="Ferdig", nn="Ferdig", en="Twelve lamps")
        session.get_one(Dialogue, corner.dialogue.id).version += 1
    with corner.on(PhaseKind.EVALUATE):
        page = corner.scan()
        assert "This is done. Did it help?" in page.text
        assert "Twelve lamps" in page.text
        corner.client.browser.set_cookie("device", "known")
        done = corner.client.send(page, {"answer": "yes"}, action="/helped")
        assert done.status == 200
        corner.house.pages.clear()
        assert "1 yes" in corner.scan().text
    corner.close()
    with corner.on(PhaseKind.EVALUATE, 100):
        assert "This is done. Did it help?" in corner.scan().text


def test_the_theme_that_most_spoke_of_comes_first_and_few_are_shown(corner, counting):
    corner.serve()
    with corner.on(PhaseKind.DECIDE):
        for each in range(9):
            corner.decide(corner.theme(f"Theme {each}", *[corner.idea() for _ in range(each + 1)]))
    with corner.on(PhaseKind.ACT):
        with counting() as many:
            page = corner.scan()
        shown = [heading.get_text(strip=True) for heading in page.html.select("main h2")]
        assert [name for name in shown if name.startswith("Theme")] == [
            f"Theme {each} (en)" for each in range(8, 1, -1)
        ]
        corner.client.house.pages.clear()
        for each in range(4):
            corner.decide(corner.theme(f"More {each}", corner.idea()))
        with counting() as more:
            corner.scan()
    assert len(more) <= len(many)


def test_what_is_not_public_yet_is_not_told(corner):
    corner.serve()
    with corner.on(PhaseKind.DECIDE):
        theme = corner.theme("Light", corner.idea())
        corner.action(corner.decide(theme), is_internal=True)
        assert "New lights" not in corner.scan().text


def test_the_same_poster_serves_the_next_dialogue_and_back_to_nothing(corner):
    corner.serve()
    corner.close()
    after = corner.new_dialogue(
        question=Translated(nb="Hva nå?", nn="Kva no?", en="What now?"),
        phases=[Phase(kind=PhaseKind.COLLECT, starts_on=corner.first, ends_on=corner.first + timedelta(9))],
    )
    assert corner.scan().heading == "You said. This came of it."
    corner.serve(after)
    assert corner.scan().heading == "What now?"
    with corner.make.database.writing() as session:
        operations.take_off(session, corner.organiser, session.get_one(Poster, corner.poster.id))
    assert corner.scan().heading == "Nothing is asked here right now"


def test_a_retired_poster_says_that_it_may_be_taken_down(corner):
    corner.serve()
    with corner.make.database.writing() as session:
        operations.retire(session, corner.organiser, session.get_one(Poster, corner.poster.id))
    page = corner.scan()
    assert page.status == 200
    assert "This poster is no longer in use." in page.text


def test_the_page_is_made_anew_when_another_dialogue_of_the_place_changes(corner):
    corner.scan()
    corner.new_dialogue(title=Translated(nb="Ny", nn="Ny", en="Quite new"))
    assert "Quite new" in corner.scan().text


def test_a_poster_that_does_not_exist_is_not_found(client):
    assert client.get("/p/nosuch22").status == 404
    assert client.get("/en/posters/nosuch22").status == 404


@pytest.mark.parametrize("is_answered", [False, True])
def test_what_it_says_on_each_day_of_a_dialogue(corner, is_answered):
    after = Says.ANSWERS if is_answered else Says.WAITS
    expected = {
        PhaseKind.PLAN: Says.COMING,
        PhaseKind.INVITE: Says.COMING,
        PhaseKind.COLLECT: Says.ASKS,
        PhaseKind.DECIDE: after,
        PhaseKind.ACT: after,
        PhaseKind.EVALUATE: after,
    }
    for kind, said in expected.items():
        with corner.on(kind):
            assert rules.says(corner.dialogue, clock.today(), is_answered) is said, kind
    with corner.make.database.writing() as session:
        session.execute(
            update(Dialogue).where(Dialogue.id == corner.dialogue.id).values(state=DialogueState.CLOSED)
        )
    with corner.make.database.reading() as session:
        ended = session.get_one(Dialogue, corner.dialogue.id)
        assert rules.says(ended, clock.today(), is_answered) is Says.ANSWERS
    assert rules.says(None, clock.today(), is_answered) is Says.NOTHING
