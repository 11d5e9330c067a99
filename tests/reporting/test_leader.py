"""A leader's five minutes: of a station, a municipality and a police district, for who leads there."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue, DialogueGoal
from dialogue.goals.models import Goal, Plan
from dialogue.places.models import OrganisationKind
from dialogue.web.permissions import Role, ScopeKind
from tests.reporting.test_public import hear

PARTS = ("", "/paper")


def places_of(a_round):
    dialogue = a_round.dialogue
    return {
        ScopeKind.ORGANISATION: f"/en/desk/leader/organisations/{dialogue.organiser.code}",
        ScopeKind.MUNICIPALITY: f"/en/desk/leader/municipalities/{dialogue.municipality.slug}",
        ScopeKind.DISTRICT: f"/en/desk/leader/districts/{dialogue.municipality.district.slug}",
    }


def leader_of(a_round, kind, role=Role.LEADER):
    scope = a_round.dialogue.scope()
    return a_round.make.user(role, kind, getattr(scope, f"{kind.value}_id"))


@pytest.mark.parametrize("role", [Role.LEADER, Role.ORGANISER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("kind", [ScopeKind.ORGANISATION, ScopeKind.MUNICIPALITY, ScopeKind.DISTRICT])
def test_who_leads_one_place_comes_straight_to_it(client, a_round, kind, role):
    client.sign_in(leader_of(a_round, kind, role))
    assert client.get("/en/desk/leader").path == places_of(a_round)[kind]


def test_who_leads_several_places_chooses(client, a_round):
    user = leader_of(a_round, ScopeKind.MUNICIPALITY)
    other = a_round.make.municipality(name="Otherplace")
    with a_round.make.database.writing() as session:
        found = session.merge(user)
        found.grants.append(
            type(found.grants[0])(role=Role.LEADER, scope_kind=ScopeKind.MUNICIPALITY, scope_id=other.id)
        )
    page = client.sign_in(user).get("/en/desk/leader")
    assert client.get(page.link("Otherplace")).heading == "Otherplace"
    assert client.get(page.link(a_round.dialogue.municipality.name)).status == 200


def test_who_leads_a_single_dialogue_is_led_to_the_dialogues(client, a_round):
    user = a_round.make.user(Role.LEADER, ScopeKind.DIALOGUE, a_round.dialogue.id)
    page = client.sign_in(user).get("/en/desk/leader")
    assert "You have not been given a whole place" in page.text
    for path in places_of(a_round).values():
        assert client.get(path).status == 403


@pytest.mark.parametrize("part", PARTS)
def test_nobody_sees_a_place_that_they_do_not_lead(client, a_round, part):
    a_round.idea()
    other = a_round.make.municipality(district_id=a_round.dialogue.municipality.district_id)
    client.sign_in(a_round.make.user(Role.LEADER, ScopeKind.MUNICIPALITY, other.id))
    for path in places_of(a_round).values():
        assert client.get(path + part).status == 403
    client.sign_in(a_round.make.user(Role.PARTNER, ScopeKind.MUNICIPALITY, a_round.dialogue.municipality_id))
    for path in places_of(a_round).values():
        assert client.get(path + part).status == 403


@pytest.mark.parametrize("part", PARTS)
def test_everything_of_the_five_minutes_is_there(client, a_round, part):
    theme = a_round.theme("Light", a_round.idea(), a_round.idea())
    a_round.theme("Benches", a_round.idea())
    action = a_round.action(a_round.decide(theme), is_internal=True)
    with a_round.make.database.writing() as session:
        session.execute(update(Action).values(due_on=clock.today() - timedelta(1)))
    for kind, path in places_of(a_round).items():
        client.sign_in(leader_of(a_round, kind))
        text = client.get(path + part).text
        assert "Coming: 1" in text, "one theme has its answer, the other waits"
        assert "Late actions (1)" in text, "internal ones too"
        assert str(action.title.get("en")) in text
        assert text.index("Light (en)") < text.index("Waits for a decision (1)")
        assert "Benches (en)" in text
        assert "Accepted: 1" in text


@pytest.mark.parametrize("part", PARTS)
def test_a_leader_reads_what_residents_say_of_what_is_done_unless_they_are_few(client, a_round, part):
    action = a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    hear(a_round, action, yes=4)
    for kind, path in places_of(a_round).items():
        assert "Residents say" not in client.sign_in(leader_of(a_round, kind)).get(path + part).text
    hear(a_round, action, no=1)
    for kind, path in places_of(a_round).items():
        text = client.sign_in(leader_of(a_round, kind)).get(path + part).text
        assert "Residents say: 4 yes, 0 partly, 1 no, 0 not noticed." in text


def test_a_promise_is_kept_answered_late_or_late(client, a_round):
    path = places_of(a_round)[ScopeKind.MUNICIPALITY]
    client.sign_in(leader_of(a_round, ScopeKind.MUNICIPALITY))
    assert "Coming: 1" in client.get(path).text
    theme = a_round.theme("Light", a_round.idea())
    with a_round.make.database.writing() as session:
        session.execute(update(Dialogue).values(answer_by=clock.today() - timedelta(1)))
    assert "Late: 1" in client.get(path).text
    a_round.decide(theme)
    assert "Answered late: 1" in client.get(path).text


def test_which_goals_are_covered_and_which_are_not(client, a_round, database):
    with database.writing() as session:
        plan = Plan(
            name=Translated(en="Safety plan"), valid_from=clock.today().year, valid_to=clock.today().year
        )
        plan.municipality_id = a_round.dialogue.municipality_id
        plan.goals = [
            Goal(position=place, text=Translated(en=words))
            for place, words in enumerate(("Safe paths", "Calm nights"))
        ]
        session.add(plan)
        session.flush()
        session.add(DialogueGoal(dialogue_id=a_round.dialogue.id, goal_id=plan.goals[0].id))
    client.sign_in(leader_of(a_round, ScopeKind.MUNICIPALITY))
    page = client.get(places_of(a_round)[ScopeKind.MUNICIPALITY])
    assert "1 of 2 goals" in page.text
    assert page.text.index("Safe paths") < page.text.index("Not covered") < page.text.index("Calm nights")


def test_a_district_names_its_stations_and_municipalities_by_name_without_numbers(client, make):
    district = make.district()
    for name in ("Vestby", "Ørsta", "Ås"):
        place = make.municipality(district_id=district.id, name=name)
        station = make.organisation(
            kind=OrganisationKind.POLICE_UNIT,
            name=Translated(nb=f"Lensmannen i {name}"),
            municipality_id=place.id,
        )
        make.dialogue(municipality_id=place.id, organiser_id=station.id)
    page = client.sign_in(make.user(Role.LEADER, ScopeKind.DISTRICT, district.id)).get("/en/desk/leader")
    names = [one.get_text() for one in page.html.select("#below li")]
    assert names[-3:] == ["Vestby", "Ørsta", "Ås"]
    assert not any(sign.isdigit() for name in names for sign in name)
    assert client.get(page.link("Lensmannen i Vestby")).status == 200


def test_what_is_late_where_somebody_leads_stands_on_their_desk(client, a_round):
    a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    with a_round.make.database.writing() as session:
        session.execute(update(Action).values(due_on=clock.today() - timedelta(1)))
    page = client.sign_in(leader_of(a_round, ScopeKind.MUNICIPALITY)).get("/en/desk")
    assert "Promises late" in page.text
    assert client.get(page.link("New lights")).status == 200
    page = client.sign_in(leader_of(a_round, ScopeKind.MUNICIPALITY, Role.ORGANISER)).get("/en/desk")
    assert "Promises late" not in page.text, "an organiser has a card of late actions"


def test_the_flow_at_the_desk_shows_what_the_public_is_not_told(client, a_round):
    action = a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    assert action.owner_id != a_round.dialogue.organiser_id
    with a_round.make.database.writing() as session:
        session.execute(update(Action).values(due_on=clock.today() - timedelta(1)))
        contributions.raise_version(session, a_round.dialogue.id)
    public = client.get(f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it")
    assert "Late" not in public.html.select_one(".flow").get_text()
    client.sign_in(leader_of(a_round, ScopeKind.MUNICIPALITY))
    desk = client.get(client.get(f"/en/desk/dialogues/{a_round.dialogue.code}").link("Where it goes"))
    assert "Late" in desk.html.select_one(".flow").get_text()


def test_a_leaders_page_takes_as_many_statements_however_much_there_is(client, a_round, counting):
    client.sign_in(leader_of(a_round, ScopeKind.DISTRICT))
    path = places_of(a_round)[ScopeKind.DISTRICT]
    a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    a_round.theme("Benches", a_round.idea())
    with counting() as few:
        client.get(path)
    for number in range(5):
        a_round.theme(f"More {number}", a_round.idea())
        decision = a_round.decide(a_round.theme(f"Theme {number}", a_round.idea()))
        for _ in range(3):
            a_round.action(decision)
        a_round.make.dialogue(municipality_id=a_round.dialogue.municipality_id)
    with a_round.make.database.writing() as session:
        session.execute(update(Action).values(due_on=clock.today() - timedelta(1)))
    with counting() as many:
        client.get(path)
    # Late actions come with the names of their dialogues and owners, which joins, and never asks again.
    assert len(many) == len(few) <= 34
