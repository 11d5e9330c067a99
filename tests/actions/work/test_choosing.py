"""A choice among actions: what an address names is what is shown, and nothing that is not theirs to see."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from dialogue.actions import rules
from dialogue.actions.models import Action, ActionState
from dialogue.actions.queries_piles import PILES, lying
from dialogue.actions.work.choosing import Choice, Whose
from dialogue.actions.work.queries import Worker
from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.goals.models import Goal
from dialogue.people.queries import actor_of
from dialogue.web.permissions import Role, ScopeKind
from tests.actions.work.conftest import LIST
from tests.support.make import words

TITLES = ("Lights", "Benches", "Paint", "Tåkelur", "Ended")


def shown(page):
    """The titles of the list, in its order."""
    return [link.get_text().removesuffix(" (en)") for link in page.html.select(".action-row__title a")]


@given(
    st.dictionaries(
        st.sampled_from([*Choice().__dataclass_fields__, "page", "x"]),
        st.one_of(st.text(max_size=100), st.sampled_from(["ours", "open", "late", "7", "2026-02-30", "yes"])),
    )
)
def test_whatever_an_address_holds_is_read_as_a_choice_that_leads_to_itself(query):
    choice = Choice.read(query)
    assert Choice.read(choice.query()) == choice
    assert len(choice.words) <= 80


def test_each_part_of_the_choice_leaves_out_what_does_not_fit(client, scene, add, make):
    other = make.dialogue(municipality_id=make.municipality().id)
    goal = make.plan().goals[0]
    owner = scene.new_owner()
    add(scene, "Lights", 5, goal_id=goal.id)
    add(scene, "Benches", -3, owner_id=owner.id)
    add(scene, "Paint", 60, dialogue_id=other.id, state=ActionState.PROPOSED)
    add(scene, "Tåkelur", 90, why=Translated(nb="Støy", nn="Støy", en="Noise"))
    add(scene, "Ended", -30, state=ActionState.DONE, ended_on=clock.today())
    client.sign_in(make.user(Role.ADMINISTRATOR))
    due = (clock.today() + timedelta(5)).isoformat()
    for query, expected in {
        "": {"Lights", "Benches", "Paint", "Tåkelur", "Ended"},
        "state=open": {"Lights", "Benches", "Paint", "Tåkelur"},
        "state=ended": {"Ended"},
        "state=waiting": {"Paint"},
        "state=proposed": {"Paint"},
        "state=done": {"Ended"},
        "late=yes": {"Benches"},
        "within=7": {"Lights", "Benches"},
        f"on={due}": {"Lights"},
        f"owner={owner.code}": {"Benches"},
        f"dialogue={other.code}": {"Paint"},
        f"municipality={other.municipality.number}": {"Paint"},
        f"goal={goal.code}": {"Lights"},
        "words=LIGHTS": {"Lights"},
        "words=tåkelur": {"Tåkelur"},
        "words=TÅKELUR": {"Tåkelur"},
        "words=støy": {"Tåkelur"},
        "words=li%25ts": set(),
        f"state=open&dialogue={other.code}&words=paint": {"Paint"},
        "state=nonsense&within=1e9&on=yesterday": {"Lights", "Benches", "Paint", "Tåkelur", "Ended"},
    }.items():
        assert set(shown(client.get(f"{LIST}?whose=all&{query}"))) == expected, query


def test_what_somebody_chooses_among_is_never_more_than_theirs(client, scene, add, make):
    add(scene, "Lights")
    stranger = scene.new_owner()
    add(scene, "Paint", owner_id=stranger.id)
    foreign = make.dialogue()
    add(scene, "Elsewhere", dialogue_id=foreign.id, owner_id=stranger.id)
    goal = make.plan(name=words("Secret plan")).goals[0]
    add(scene, "Benches", dialogue_id=foreign.id, owner_id=stranger.id, goal_id=goal.id)
    for user, theirs in (
        (scene.partner, {"Lights"}),
        (scene.organiser, {"Lights", "Paint"}),
        (make.user(Role.LEADER, ScopeKind.DIALOGUE, scene.dialogue.id), {"Lights", "Paint"}),
    ):
        client.sign_in(user)
        for query in (
            "whose=all",
            f"whose=all&owner={stranger.code}",
            f"whose=all&dialogue={foreign.code}",
            f"whose=all&goal={goal.code}",
            f"whose=all&municipality={foreign.municipality.number}",
            "whose=all&words=e",
        ):
            for seen in ("", "/board", "/calendar", "/by-owner", "/by-goal", "/round", "/round/end"):
                text = client.get(f"{LIST}{seen}?{query}").text
                assert not {"Elsewhere", "Benches"} & set(text.split()), (seen, query)
                assert "Secret plan" not in text
                assert foreign.title.get("en") not in text
        assert set(shown(client.get(f"{LIST}?whose=all"))) == theirs
    client.sign_in(scene.partner)
    assert stranger.name.get("en") not in client.get(f"{LIST}/by-owner?whose=all").text


def test_where_the_database_lays_an_action_is_where_the_rule_does(scene, make, add, database):
    """The condition in the database and the rule say the same of every state that an action can be in."""
    other = scene.new_owner()
    dates = (None, clock.today() + timedelta(9))
    for number, (state, days, suggested, offered, waits) in enumerate(
        product(ActionState, (-1, 0), dates, (None, other.id), ("", "snow"))
    ):
        add(
            scene,
            f"Action {number}",
            days,
            state=state,
            suggested_due_on=suggested,
            offered_to_id=offered,
            waits_for=Translated(nb=waits),
        )
    for user, whose in ((scene.partner, Whose.OURS), (scene.organiser, Whose.ALL)):
        worker = Worker(actor_of(user), Choice(whose=whose.value), clock.today())
        with database.reading() as session:
            rows = session.execute(select(Action, lying(worker.side, worker.today))).all()
            assert len(rows) == 128
            for action, rank in rows:
                assert PILES[rank] is rules.pile(action, worker.side, worker.today)


def test_the_list_comes_in_pages_of_fifty_with_what_needs_somebody_first(client, scene, add):
    for number in range(60):
        add(scene, f"Later {number:02}", 100 + number)
    add(scene, "Late", -1)
    add(scene, "No", 3, state=ActionState.DECLINED)
    client.sign_in(scene.organiser)
    page = client.get(LIST)
    assert shown(page)[:3] == ["No", "Late", "Later 00"]
    assert len(shown(page)) == 50
    headings = [heading.get_text(strip=True) for heading in page.html.main.select("h2.section__title")]
    assert headings == ["Answers that need you (1)", "Late (1)", "Under way (60)"]
    second = client.get(page.link("Next"))
    assert shown(second)[0] == "Later 48"
    assert len(shown(second)) == 12
    assert shown(client.get(f"{LIST}?page=99999")) == shown(second)


@pytest.mark.parametrize("seen", ["", "/board", "/calendar", "/by-owner", "/by-goal", "/round"])
def test_a_choice_without_anything_says_so(client, scene, seen):
    client.sign_in(scene.organiser)
    page = client.get(f"{LIST}{seen}?words=nothing")
    assert page.status == 200
    client.sign_in(scene.partner)
    assert client.get(f"{LIST}{seen}").status == 200


def test_the_form_sends_the_choice_it_shows(client, scene, add):
    add(scene, "Lights", -1)
    client.sign_in(scene.organiser)
    form = client.get(f"{LIST}?state=open&late=yes&words=lights").html.find("form", method="get")
    sent = {
        field["name"]: field.get("value", "")
        for field in form.find_all("input")
        if field.get("type") != "checkbox" or field.has_attr("checked")
    }
    chosen = form.find("select", attrs={"name": "state"}).find("option", selected=True)
    assert sent["words"] == "lights"
    assert "late" in sent
    assert chosen["value"] == "open"
    assert Choice.read(MultiDict(sent | {"state": "open"})).query() == {
        "state": "open",
        "late": "yes",
        "words": "lights",
    }


def test_goals_are_named_in_the_choice_only_when_there_is_one_to_choose(client, scene, add, make):
    goals = [Goal(position=number, number=str(number), text=words(f"Goal {number}")) for number in (1, 2)]
    plan = make.plan(goals=goals)
    add(scene, "Lights")
    client.sign_in(scene.organiser)
    assert 'name="goal"' not in client.get(LIST).response.text
    for goal in plan.goals:
        add(scene, "Benches", goal_id=goal.id)
    assert "2 Goal 2 (en)" in client.get(LIST).text


def test_the_page_of_a_dialogue_names_its_most_urgent_actions_and_counts_them_all(client, scene, add):
    add(scene, "Ended", 1, state=ActionState.DONE, ended_on=clock.today())
    for number in range(6):
        add(scene, f"Later {number}", 10 + number)
    add(scene, "Late", -1)
    add(scene, "No", 3, state=ActionState.DECLINED)
    client.sign_in(scene.organiser)
    heading = client.get(f"/en/desk/dialogues/{scene.dialogue.code}").html.find("h2", string="Actions")
    rows = [link.get_text().removesuffix(" (en)") for link in heading.find_parent("section").select("li a")]
    assert rows == ["No", "Late", "Later 0", "Later 1", "Later 2", "See the list with all 9 actions"]
