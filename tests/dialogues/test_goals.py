"""Tying a dialogue to goals of plans that are valid."""

import pytest
from sqlalchemy import select

from dialogue.base import clock
from dialogue.dialogues.models import DialogueGoal
from dialogue.goals.models import Goal, Plan
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words

YEAR = clock.today().year


class Scene:
    def __init__(self, make):
        self.make = make
        self.dialogue = make.dialogue()
        self.organiser = make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, self.dialogue.municipality_id)
        self.step = f"/en/desk/dialogues/{self.dialogue.code}/purpose-and-dates"
        self.page = f"/en/dialogues/{self.dialogue.code}"

    def goal(self, text="Safe way home", **values):
        goals = [Goal(position=1, number="7", text=words(text))]
        return self.make.plan(**{"valid_to": YEAR + 1, "goals": goals, **values}).goals[0]


@pytest.fixture
def scene(make):
    return Scene(make)


def offered(page):
    return [int(box["value"]) for box in page.html.find_all("input", attrs={"name": "goals"})]


def test_without_a_valid_plan_nothing_is_offered_and_nothing_is_preset(client, scene, read):
    scene.goal(valid_from=2022, valid_to=2025)
    client.sign_in(scene.organiser)
    page = client.get(scene.step)
    assert offered(page) == []
    assert "No plan with goals is valid here now." in page.text
    client.send(page)
    assert read(select(DialogueGoal.goal_id)) == []


def test_a_goal_is_chosen_and_everybody_reads_what_the_dialogue_serves(client, scene, read):
    goal = scene.goal()
    assert "Serves" not in client.get(scene.page).text
    client.sign_in(scene.organiser)
    page = client.get(scene.step)
    assert offered(page) == [goal.id]
    client.send(page, {"goals": [str(goal.id)]})
    said = f"Serves: 7 Safe way home (en) (Plan (en), {YEAR}–{YEAR + 1})"
    assert said in client.get(scene.page).text
    assert "7 Safe way home (en)" in client.get(f"/en/desk/dialogues/{scene.dialogue.code}").text
    client.send(client.get(scene.step), {"goals": None})
    assert "Serves" not in client.get(scene.page).text
    assert read(select(DialogueGoal.goal_id)) == []


def test_a_goal_that_runs_out_stays_with_its_years_and_can_be_let_go(client, scene, database, read):
    goal, other = scene.goal(), scene.goal("Benches")
    client.sign_in(scene.organiser)
    client.send(client.get(scene.step), {"goals": [str(goal.id)]})
    with database.writing() as session:
        for plan in session.scalars(select(Plan)):
            plan.valid_from, plan.valid_to = 2020, 2021
    page = client.get(scene.step)
    assert offered(page) == [goal.id]
    client.send(page)
    assert read(select(DialogueGoal.goal_id)) == [goal.id]
    assert "(Plan (en), 2020–2021)" in client.get(scene.page).text
    refused = client.send(client.get(scene.step), {"goals": [str(goal.id), str(other.id)]})
    assert refused.status == 422
    assert read(select(DialogueGoal.goal_id)) == [goal.id]


@pytest.mark.parametrize("value", ["99999999999999999999", "x", "-1", "0"])
def test_a_goal_that_was_not_offered_is_refused(client, scene, read, value):
    scene.goal()
    foreign = scene.goal(municipality_id=scene.make.municipality().id)
    client.sign_in(scene.organiser)
    for sent in (value, str(foreign.id)):
        page = client.send(client.get(scene.step), {"goals": [sent]})
        assert page.status == 422
    assert read(select(DialogueGoal.goal_id)) == []


def test_a_goal_that_is_reworded_is_reworded_on_the_public_page_at_once(client, scene, database):
    goal = scene.goal(municipality_id=scene.dialogue.municipality_id)
    with database.writing() as session:
        session.add(DialogueGoal(dialogue_id=scene.dialogue.id, goal_id=goal.id))
    assert "Safe way home" in client.get(scene.page).text
    client.sign_in(scene.organiser)
    client.send(client.get(f"/en/desk/goals/{goal.code}"), {"text-en": "Lit all the way"})
    assert "Lit all the way" in client.get(scene.page).text
    client.send(client.get(f"/en/desk/plans/{goal.plan.code}/change"), {"name-en": "Safety plan"})
    assert "Safety plan" in client.get(scene.page).text
