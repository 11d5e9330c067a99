"""Bodies: each decides its own, one that recommends or discusses answers nobody, and a hearing is told."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogue.base import clock
from dialogue.base.errors import Invalid, NotAllowed
from dialogue.boards import operations as boards
from dialogue.boards.models import Idea
from dialogue.dialogues.models import StatusChange
from dialogue.dialogues.queries import answered
from dialogue.followup import bodies, chain, hearing
from dialogue.followup.bodies import BodyDraft
from dialogue.followup.models import (
    Body,
    BodyPower,
    Decision,
    DecisionOutcome,
    Hearing,
    Theme,
    ThemeDecision,
)
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words

DECIDES, RECOMMENDS, DISCUSSES = BodyPower.DECIDES, BodyPower.RECOMMENDS, BodyPower.DISCUSSES
NO = DecisionOutcome.NOT_FORWARD


@pytest.fixture
def desk(client, make, a_round):
    """The browser of an organiser of the dialogue."""
    return client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))


def bodies_url(a_round) -> str:
    return f"/en/desk/dialogues/{a_round.dialogue.code}/bodies"


def in_force(read, theme) -> set[str]:
    names = select(Body.name).join(Decision, Decision.body_id == Body.id).join(ThemeDecision)
    return {
        name.get("en")
        for name in read(names.where(ThemeDecision.theme_id == theme.id, ThemeDecision.removed_at.is_(None)))
    }


def test_police_and_municipality_each_decide_their_own(client, a_round, read):
    theme = a_round.theme("Light", a_round.idea())
    police, municipality = a_round.body("The police"), a_round.body("The municipality")
    a_round.decide(theme, body_id=police.id)
    a_round.decide(theme, NO, body_id=municipality.id)
    assert in_force(read, theme) == {"The police (en)", "The municipality (en)"}
    shown = client.get(f"/en/themes/{theme.code}").text
    for said in ("Taken up", "The police (en)", "Not taken forward", "The municipality (en)"):
        assert said in shown
    assert "Decided earlier" not in shown


def test_deciding_anew_replaces_only_what_the_same_body_said(a_round, read):
    theme = a_round.theme("Light", a_round.idea())
    police, municipality = a_round.body("The police"), a_round.body("The municipality")
    a_round.decide(theme, body_id=police.id)
    first = a_round.decide(theme, NO, body_id=municipality.id)
    a_round.decide(theme, body_id=municipality.id)
    removed = read(select(ThemeDecision.decision_id).where(ThemeDecision.removed_at.is_not(None)))
    assert removed == [first.id]


def test_a_recommendation_is_told_and_answers_nobody(client, a_round, database, desk):
    theme = a_round.theme("Light", a_round.idea())
    a_round.decide(theme, body_id=a_round.body("The police council", RECOMMENDS).id)
    shown = client.get(f"/en/themes/{theme.code}").text
    assert "Recommended" in shown
    assert "Not decided yet" in shown
    assert "Light (en)" in desk.get("/en/desk").text
    with database.reading() as session:
        assert answered(session, [a_round.dialogue.id]) == set()
        assert session.scalars(select(Theme.id).where(chain.is_answered())).all() == []
    a_round.decide(theme, body_id=a_round.body("The municipality").id)
    assert "Not decided yet" not in client.get(f"/en/themes/{theme.code}").text
    with database.reading() as session:
        assert answered(session, [a_round.dialogue.id]) == {a_round.dialogue.id}
        assert session.scalars(select(Theme.id).where(chain.is_answered())).all() == [theme.id]


def test_a_body_that_discusses_cannot_decide(a_round):
    theme, body = a_round.theme(), a_round.body("The youth council", DISCUSSES)
    with pytest.raises(Invalid):
        a_round.decide(theme, body_id=body.id)


def test_a_body_of_another_dialogue_cannot_decide(a_round, make, read):
    elsewhere = make.dialogue()
    with make.database.writing() as session:
        body = bodies.ensure(
            session, a_round.organiser, session.merge(elsewhere), words("The board"), DECIDES
        )
    with pytest.raises(Invalid):
        a_round.decide(a_round.theme(), body_id=body.id)
    assert read(select(Decision.id)) == []


def test_themes_of_different_bodies_are_merged_with_what_both_decided(a_round, read):
    light, rest = a_round.theme("Light", a_round.idea()), a_round.theme("Rest", a_round.idea())
    a_round.decide(light, body_id=a_round.body("The police").id)
    a_round.decide(rest, body_id=a_round.body("The municipality").id)
    a_round.merge(light, rest)
    assert in_force(read, rest) == {"The police (en)", "The municipality (en)"}
    assert in_force(read, light) == set()


def test_the_same_name_makes_one_body_however_it_is_written(a_round):
    first = a_round.body("The police council", RECOMMENDS)
    assert a_round.body("the POLICE council").id == first.id


def test_two_who_write_down_the_same_body_at_once_make_one(a_round, read):
    threads = [threading.Thread(target=a_round.body, args=("The police",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read(select(Body.id))) == 1


def test_a_body_that_has_decided_keeps_its_power(desk, a_round, read):
    body = a_round.body("The police")
    sent = {"power": "discusses"}
    page = desk.send(desk.get(f"/en/desk/bodies/{body.code}"), sent)
    assert read(select(Body.power)) == [DISCUSSES]
    desk.send(desk.get(f"/en/desk/bodies/{body.code}"), {"power": "decides"})
    a_round.decide(a_round.theme(), body_id=body.id)
    page = desk.send(desk.get(f"/en/desk/bodies/{body.code}"), sent)
    assert page.status == 422
    assert "Make another body instead." in page.text
    assert read(select(Body.power)) == [DECIDES]


def test_a_ready_made_body_is_added_in_two_steps_and_only_once(desk, a_round, read):
    page = desk.get(bodies_url(a_round))
    page = desk.get(page.link("The police council"))
    for _ in range(2):
        desk.send(page, {"name-nb": "Politirådet", "name-nn": "Politirådet"})
    assert read(select(Body.power)) == [RECOMMENDS]
    assert "Begin with one of these" in desk.get(bodies_url(a_round)).text


def test_a_body_that_an_earlier_dialogue_used_is_offered(desk, a_round, make, read):
    earlier = make.dialogue(municipality_id=a_round.dialogue.municipality_id)
    with make.database.writing() as session:
        bodies.ensure(
            session, a_round.organiser, session.merge(earlier), words("The harbour board"), RECOMMENDS
        )
    page = desk.get(bodies_url(a_round))
    desk.send(desk.get(page.link("The harbour board")))
    added = read(select(Body).where(Body.dialogue_id == a_round.dialogue.id))
    assert [(body.name.get("nb"), body.power) for body in added] == [("The harbour board (nb)", RECOMMENDS)]


def test_a_body_is_retired_and_taken_back_and_what_it_said_stays(desk, a_round, client):
    body, theme = a_round.body("The police"), a_round.theme("Light", a_round.idea())
    a_round.decide(theme, body_id=body.id)
    desk.send(desk.get(f"/en/desk/bodies/{body.code}"), action="/retire")
    offered = desk.get(f"/en/desk/themes/{theme.code}/decide").html.select("#body option")
    assert "The police (en)" not in [option.text for option in offered]
    assert "The police (en)" in client.get(f"/en/themes/{theme.code}").text
    desk.send(desk.get(bodies_url(a_round)), action="/restore")
    offered = desk.get(f"/en/desk/themes/{theme.code}/decide").html.select("#body option")
    assert "The police (en)" in [option.text for option in offered]


def test_only_those_who_decide_see_and_change_bodies(client, make, a_round):
    body = a_round.body("The police")
    for role, status in ((Role.FACILITATOR, 403), (Role.PARTNER, 403), (Role.LEADER, 200)):
        client.sign_in(make.user(role, ScopeKind.DIALOGUE, a_round.dialogue.id))
        assert client.get(bodies_url(a_round)).status == status
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id))
    assert client.get(bodies_url(a_round)).status == 404
    assert client.get(f"/en/desk/bodies/{body.code}").status == 404


def hear(a_round, theme, body, said=None, day=None) -> int:
    with a_round.make.database.writing() as session:
        found = session.get_one(Theme, theme.id), session.get_one(Body, body.id)
        when = day or clock.today()
        return hearing.hear(session, a_round.organiser, [found[0]], found[1], when, said)


def test_a_hearing_is_noted_once_and_told_on_the_themes_page(a_round, read, client):
    theme, body = a_round.theme("Light", a_round.idea()), a_round.body("The steering meeting", DISCUSSES)
    assert hear(a_round, theme, body) == 1
    assert hear(a_round, theme, body, words("They liked it")) == 0
    assert len(read(select(Hearing.id))) == 1
    lines = select(StatusChange.is_public).where(StatusChange.subject_kind == "hearing")
    assert read(lines) == [True]
    shown = client.get(f"/en/themes/{theme.code}").text
    assert "Discussed by The steering meeting (en)" in shown
    assert "They liked it (en)" in shown


def test_a_hearing_is_not_dated_ahead_nor_of_another_dialogue(a_round, make):
    theme, body = a_round.theme(), a_round.body()
    with pytest.raises(Invalid):
        hear(a_round, theme, body, day=clock.today() + timedelta(1))
    elsewhere = make.dialogue()
    with make.database.writing() as session:
        other = bodies.ensure(
            session, a_round.organiser, session.merge(elsewhere), words("The board"), DECIDES
        )
    with pytest.raises(Invalid):
        hear(a_round, theme, other)


def test_a_discussion_is_noted_at_the_desk_with_a_body_written_down_there(desk, a_round, client, read):
    theme = a_round.theme("Light", a_round.idea())
    page = desk.get(desk.get(f"/en/desk/themes/{theme.code}/decide").link("Note the day"))
    values = {"body": "0", "new_power": "discusses"}
    assert desk.send(page, values).status == 422
    names = {f"new_name-{code}": "The youth council" for code in ("nb", "nn", "en")}
    desk.send(page, values | names)
    assert read(select(Body.power)) == [DISCUSSES]
    assert "Discussed by The youth council" in client.get(f"/en/themes/{theme.code}").text


def test_the_follow_page_tells_of_the_hearing(client, a_round):
    page = client.get(f"/en/boards/{a_round.board.code}/write")
    column = a_round.board.columns[0].id
    page = client.send(page, {"column": column, "title": "Lights", "text": "By the path."})
    code = page.path
    with a_round.make.database.writing() as session:
        idea = session.scalars(select(Idea)).one()
        boards.publish(session, idea, None)
    hear(a_round, a_round.theme("Light", idea), a_round.body("The steering meeting", DISCUSSES))
    assert "Discussed by The steering meeting (en)" in client.get(code).text


def test_a_facilitator_may_not_add_a_body(make, a_round):
    with make.database.writing() as session, pytest.raises(NotAllowed):
        bodies.add(
            session,
            make.actor(Role.FACILITATOR),
            session.merge(a_round.dialogue),
            BodyDraft(words("X"), DECIDES),
        )
