"""Pages of plans and goals, and which of them are offered where."""

import pytest
from sqlalchemy import select

from dialogue.base import clock
from dialogue.base.errors import NotAllowed
from dialogue.base.i18n import Translated, speaking
from dialogue.dialogues.models import DialogueGoal
from dialogue.goals import operations, queries
from dialogue.goals.loading import load_plans
from dialogue.goals.models import Goal, Plan
from dialogue.goals.operations import GoalFacts, PlanFacts
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words

YEAR = clock.today().year


def plan_values(**values):
    return {"name-nb": "Trygghetsplan", "valid_from": YEAR, "valid_to": YEAR + 3, **values}


@pytest.fixture
def place(make):
    return make.municipality()


@pytest.fixture
def organiser(make, place):
    return make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, place.id)


@pytest.fixture
def new_plan(make):
    def run(**values):
        goals = values.pop("goals", ("Light",))
        described = [
            Goal(position=number, number=str(number), area=words("Area"), text=words(text))
            for number, text in enumerate(goals, 1)
        ]
        return make.plan(**values, goals=described)

    return run


def test_an_organiser_adds_a_plan_of_their_place_and_its_goals(client, organiser, place, read):
    client.sign_in(organiser)
    page = client.send(client.get("/en/desk/plans/new"), plan_values(place=f"m{place.id}"))
    assert page.heading == "Trygghetsplan"
    assert "No goals yet" in page.text
    page = client.get(page.link("Add a goal"))
    page = client.send(page, {"text-nb": "Lys langs stien", "number": "1.2", "area-nb": "Byrom"})
    assert "1.2 Lys langs stien" in page.text
    # The next stands under the same heading, unless it is changed.
    page = client.send(client.get(page.link("Add a goal")), {"text-nb": "Benker"})
    assert [area.get_text(strip=True) for area in page.html.main.find_all("h2")] == ["Byrom"]
    assert read(select(Plan.municipality_id)) == [place.id]
    assert read(select(Goal.position).order_by(Goal.id)) == [1, 2]


def test_the_same_form_sent_twice_adds_one(client, organiser, place, read):
    client.sign_in(organiser)
    form = client.get("/en/desk/plans/new")
    for _click in range(2):
        page = client.send(form, plan_values(place=f"m{place.id}"))
    form = client.get(page.link("Add a goal"))
    for _click in range(2):
        client.send(form, {"text-nb": "Benker"})
    assert len(read(select(Plan.id))) == len(read(select(Goal.id))) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"valid_to": YEAR - 1}, "valid_to"),
        ({"valid_from": "26"}, "valid_from"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"name-nb": ""}, "name-nb"),
        ({"name-nb": "x" * 121}, "name-nb"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_and_kept(client, organiser, place, read, values, field):
    client.sign_in(organiser)
    sent = plan_values(place=f"m{place.id}", **values)
    page = client.send(client.get("/en/desk/plans/new"), sent)
    assert page.status == 422
    assert len(page.errors) == 1
    assert page.html.find(attrs={"name": field})["value"] == str(sent[field])
    assert read(select(Plan.id)) == []


def test_a_plan_cannot_be_added_elsewhere(client, organiser, make, read):
    elsewhere = make.municipality()
    client.sign_in(organiser)
    page = client.send(client.get("/en/desk/plans/new"), plan_values(place=f"m{elsewhere.id}"))
    assert page.status == 422
    with make.session() as session, pytest.raises(NotAllowed):
        operations.make_plan(
            session,
            make.actor(Role.ORGANISER, ScopeKind.MUNICIPALITY, organiser.grants[0].scope_id),
            PlanFacts(words("P"), YEAR, YEAR, municipality_id=elsewhere.id),
        )
    assert read(select(Plan.id)) == []


def test_a_plan_of_another_place_is_not_found(client, organiser, make, new_plan):
    foreign = new_plan(municipality_id=make.municipality().id)
    client.sign_in(organiser)
    assert "Plan (en)" not in client.get("/en/desk/plans").text
    for path in (f"plans/{foreign.code}", f"plans/{foreign.code}/change", f"goals/{foreign.goals[0].code}"):
        assert client.get(f"/en/desk/{path}").status == 404


def test_the_countrys_and_the_districts_plans_are_read_but_not_changed_there(
    client, organiser, place, new_plan
):
    client.sign_in(organiser)
    for plan in (new_plan(), new_plan(district_id=place.district_id)):
        page = client.get(f"/en/desk/plans/{plan.code}")
        assert "Light (en)" in page.text
        assert "Add a goal" not in page.text
        assert client.get(f"/en/desk/plans/{plan.code}/change").status == 403
        assert client.get(f"/en/desk/goals/{plan.goals[0].code}").status == 403
    assert len(client.get("/en/desk/plans").html.select("tbody tr")) == 2


def test_a_districts_organiser_looks_after_the_plans_of_its_municipalities(client, make, place, new_plan):
    plan = new_plan(municipality_id=place.id)
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DISTRICT, place.district_id))
    page = client.get(f"/en/desk/plans/{plan.code}/change")
    page = client.send(page, {"valid_from": "2020", "valid_to": "2024"})
    assert "2020–2024" in page.text
    assert "Ended" in page.text


def test_a_goal_that_nothing_is_tied_to_is_removed(client, organiser, place, new_plan, read):
    plan = new_plan(municipality_id=place.id, goals=("Light", "Benches"))
    client.sign_in(organiser)
    page = client.send(client.get(f"/en/desk/goals/{plan.goals[0].code}"), action="remove")
    assert "The goal is removed." in page.text
    assert [text.get("en") for text in read(select(Goal.text))] == ["Benches (en)"]


def test_a_goal_that_a_dialogue_serves_is_retired_and_can_come_back(
    client, organiser, place, make, new_plan, read, database
):
    plan = new_plan(municipality_id=place.id)
    dialogue = make.dialogue(municipality_id=place.id)
    with database.writing() as session:
        session.add(DialogueGoal(dialogue_id=dialogue.id, goal_id=plan.goals[0].id))
    client.sign_in(organiser)
    page = client.send(client.get(f"/en/desk/goals/{plan.goals[0].code}"), action="remove")
    assert "The goal is out of use." in page.text
    assert read(select(Goal.retired_on)) == [clock.today()]
    with database.reading() as session:
        assert queries.valid_goals(session, clock.today(), place.id, place.district_id) == []
    page = client.get(page.link("Light"))
    assert "No goals yet" not in client.send(page, action="offer-again").text
    assert read(select(Goal.retired_on)) == [None]


def test_of_two_who_write_a_goal_the_second_sees_both(client, organiser, place, new_plan, read):
    goal = new_plan(municipality_id=place.id).goals[0]
    client.sign_in(organiser)
    mine = client.get(f"/en/desk/goals/{goal.code}")
    theirs = client.get(f"/en/desk/goals/{goal.code}")
    client.send(theirs, {"text-nb": "Benker", "number": "7"}, action=goal.code)
    page = client.send(mine, {"text-nb": "Lamper"}, action=goal.code)
    assert page.status == 422
    assert "Somebody else changed this goal" in page.errors[0]
    for expected in ("Now it says: Benker (Bokmål)", "Now it says: 7"):
        assert expected in page.text
    assert ">\nLamper</textarea>" in page.response.text
    assert [text.get("nb") for text in read(select(Goal.text))] == ["Benker"]
    client.send(page, action=goal.code)
    assert [text.get("nb") for text in read(select(Goal.text))] == ["Lamper"]


def test_of_two_who_write_a_plans_name_and_years_the_second_sees_both(
    client, organiser, place, new_plan, read
):
    plan = new_plan(municipality_id=place.id)
    client.sign_in(organiser)
    mine, theirs = (client.get(f"/en/desk/plans/{plan.code}/change") for _writer in range(2))
    client.send(theirs, {"name-nb": "Trygge kvelder", "valid_to": YEAR + 3})
    page = client.send(mine, {"name-nb": "Trygge gater"})
    assert page.status == 422
    assert "Somebody else changed this plan" in page.errors[0]
    for expected in ("Now it says: Trygge kvelder", f"Now it says: {YEAR + 3}"):
        assert expected in page.text
    assert [name.get("nb") for name in read(select(Plan.name))] == ["Trygge kvelder"]
    client.send(page)
    assert [name.get("nb") for name in read(select(Plan.name))] == ["Trygge gater"]


def test_a_goal_sent_twice_is_written_once(client, organiser, place, new_plan, read):
    goal = new_plan(municipality_id=place.id).goals[0]
    client.sign_in(organiser)
    page = client.get(f"/en/desk/goals/{goal.code}")
    for _click in range(2):
        assert client.send(page, {"text-nb": "Benker"}, action=goal.code).status == 200
    assert read(select(Goal.revision)) == [2]


def test_a_goal_of_the_countrys_plans_is_retired_and_stays_so_when_they_are_loaded_again(session, make):
    admin = make.actor(Role.ADMINISTRATOR)
    load_plans(session)
    session.flush()
    goal = session.scalars(select(Goal).where(Goal.key == "2.4.1")).one()
    assert operations.remove_goal(session, admin, goal) is False
    assert load_plans(session).added == 0
    assert goal.retired_on == clock.today()


def test_valid_goals_are_those_of_the_place_its_district_and_the_country(session, make, place, new_plan):
    own = new_plan(municipality_id=place.id, goals=("Own",))
    district = new_plan(district_id=place.district_id, goals=("District",))
    country = new_plan(goals=("Country",))
    new_plan(municipality_id=make.municipality().id)
    new_plan(municipality_id=make.municipality(district_id=place.district_id).id)
    new_plan(district_id=make.district().id)
    new_plan(valid_from=YEAR - 3, valid_to=YEAR - 1)
    new_plan(valid_from=YEAR + 1, valid_to=YEAR + 1)
    new_plan(goals=())
    found = queries.valid_goals(session, clock.today(), place.id, place.district_id)
    assert [plan.id for plan, _goals in found] == [own.id, district.id, country.id]
    assert [len(goals) for _plan, goals in found] == [1, 1, 1]


def test_the_choices_begin_with_none_and_keep_what_was_chosen_when_it_has_run_out(session, place, new_plan):
    new_plan(goals=("Now",))
    old = new_plan(valid_from=2020, valid_to=2021, name=words("Old"), goals=("Then",))
    found = queries.choices(session, clock.today(), place.id, place.district_id)
    assert [number for number, _words in found] == [queries.NONE, found[1][0]]
    kept = session.get_one(Goal, old.goals[0].id)
    with speaking("en"):
        found = queries.choices(session, clock.today(), place.id, place.district_id, kept)
    assert len(found) == 3
    assert found[2] == (kept.id, "1 Then (en) (Old (en), 2020–2021)")


def test_coverage_tells_what_is_served_and_what_is_not(session, place, new_plan):
    plan = new_plan(goals=("Light", "Benches"))
    (found,) = queries.coverage(
        session, clock.today(), place.id, place.district_id, {plan.goals[1].id, 10_000}
    )
    assert [goal.number for goal in found.covered] == ["2"]
    assert [goal.number for goal in found.missing] == ["1"]


def test_a_goal_is_the_same_when_it_is_sent_again(session, make, new_plan):
    admin, made = make.actor(Role.ADMINISTRATOR), new_plan()
    plan = session.get_one(Plan, made.id)
    facts = GoalFacts(words("Benches"), "2")
    assert operations.add_goal(session, admin, plan, facts) is operations.add_goal(
        session, admin, plan, facts
    )
    other = GoalFacts(words("Benches"), "2", Translated(nb="Byrom"))
    assert operations.add_goal(session, admin, plan, other).position == 3


def test_the_list_asks_as_many_statements_however_many_plans_there_are(
    client, organiser, place, counting, new_plan
):
    client.sign_in(organiser)
    counts = []
    for _round in range(2):
        for _plan in range(5):
            new_plan(municipality_id=place.id)
        with counting() as asked:
            client.get("/en/desk/plans")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_years_are_said_once_when_they_are_the_same():
    assert Plan(valid_from=2026, valid_to=2026).years == "2026"
    assert Plan(valid_from=2022, valid_to=2025).years == "2022–2025"
