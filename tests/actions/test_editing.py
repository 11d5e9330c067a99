"""What stands about an action is written anew, with history, and nobody overwrites what they have not seen."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from dialogue.actions import editing, operations
from dialogue.actions.editing import Edit, More
from dialogue.actions.models import Action, ActionState, Update
from dialogue.actions.operations import Found
from dialogue.base import clock
from dialogue.base.errors import Invalid, NotAllowed
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import StatusChange
from dialogue.goals.models import Goal, Plan
from tests.support.make import words


@pytest.fixture
def goal(make, database, scene):
    """A goal of a plan that holds now."""
    year = clock.today().year
    with database.writing() as session:
        plan = Plan(
            name=words("The plan"),
            valid_from=year,
            valid_to=year,
            municipality_id=scene.dialogue.municipality_id,
        )
        plan.goals = [Goal(position=1, number="2", text=words("Safe evenings"))]
        session.add(plan)
        session.flush()
        return plan.goals[0].id


def written(action, **values):
    """The action as it stands, but for what is given."""
    more = {name: values.pop(name) for name in list(values) if name in More.__dataclass_fields__}
    there = More(place=action.place, next_update_on=action.next_update_on)
    return Edit(
        values.get("title", action.title),
        values.get("why", action.why),
        values.get("owner_role", action.owner_role),
        More(**{**vars(there), **more}),
    )


def last_change(read):
    return read(select(StatusChange).where(StatusChange.subject_kind == "action").order_by(StatusChange.id))[
        -1
    ]


def test_the_organiser_fills_in_the_rest_and_it_is_shown(client, scene, goal):
    action = scene.accepted()
    helper = scene.new_owner()
    client.sign_in(scene.organiser)
    page = client.get(client.get(f"/en/desk/actions/{action.code}").link("Change the action"))
    later = clock.today() + timedelta(9)
    page = client.send(
        page,
        {
            "place-en": "By the pier",
            "goal": goal,
            "contributors": [helper.id],
            "waits_for-en": "Money",
            "next_update_on": later.isoformat(),
            "measure-en": "How many feel safe",
            "measured_before": "41 %",
        },
        action="/edit",
    )
    for expected in ("The changes are saved", "By the pier", "Safe evenings", "Money", "41 %", "Changed:"):
        assert expected in page.text
    public = client.get(f"/en/actions/{action.code}").text
    for expected in ("By the pier", "Safe evenings", "41 %", str(helper.name.get("en"))):
        assert expected in public


def test_every_change_is_a_line_with_what_stood_before(scene, read):
    action = scene.accepted()
    scene.take(editing.edit, scene.organising, action, written(action, title=words("Lamps")))
    line = last_change(read)
    assert "what is to be done" in line.public_text.get("en")
    assert "Lights by the path" in line.internal_note
    assert not line.is_public


def test_a_change_of_nothing_is_none(scene, read):
    action = scene.accepted()
    before = len(read(select(StatusChange)))
    scene.take(editing.edit, scene.organising, action, written(action))
    assert len(read(select(StatusChange))) == before
    assert scene.now(action).revision == 2


def test_of_two_who_write_the_second_sees_both(client, scene, read):
    action = scene.accepted()
    client.sign_in(scene.organiser)
    page = client.get(f"/en/desk/actions/{action.code}/edit")
    current = scene.now(action)
    scene.take(
        editing.edit, scene.organising, action, written(current, place=words("The pier"), why=words("Safety"))
    )
    answer = client.send(page, {"place-en": "The beach"}, action="/edit")
    assert answer.status == 422
    assert "Somebody else changed this action" in answer.errors[0]
    assert "The pier (en)" in answer.text
    assert "Safety (en)" in answer.text
    assert 'value="The beach"' in answer.response.text
    assert scene.now(action).place.get("en") == "The pier (en)"
    client.send(answer, action="/edit")
    assert scene.now(action).place.get("en") == "The beach"


def test_the_second_sees_what_was_written_in_another_language_than_their_own(client, scene):
    action = scene.accepted()
    client.sign_in(scene.organiser)
    page = client.get(f"/en/desk/actions/{action.code}/edit")
    current = scene.now(action)
    why = Translated({**current.why.as_dict(), "nn": "Fordi det er mørkt"})
    scene.take(editing.edit, scene.organising, action, written(current, why=why))
    answer = client.send(page, {"place-en": "The beach"}, action="/edit")
    assert "Now it says: Fordi det er mørkt (Nynorsk)" in answer.text


def test_an_owner_who_said_yes_is_told_when_it_reads_otherwise(scene, mails):
    action = scene.accepted()
    told = len(mails())
    current = scene.now(action)
    current = scene.take(editing.edit, scene.organising, action, written(current, place=words("The pier")))
    assert len(mails()) == told
    scene.take(editing.edit, scene.organising, action, written(current, title=words("Lamps")))
    assert mails()[-1].to == scene.owner.email
    assert "Does your yes still hold" in mails()[-1].text


def test_a_second_click_writes_once(scene, read):
    action = scene.accepted()
    current = scene.now(action)
    draft = written(current, place=words("The pier"))
    scene.take(editing.edit, scene.organising, action, draft, revision=2)
    before = len(read(select(StatusChange)))
    scene.take(editing.edit, scene.organising, action, draft, revision=2)
    assert len(read(select(StatusChange))) == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": Translated()}, "title"),
        ({"place": words("x" * 200)}, "place"),
        ({"waits_for": words("x" * 300)}, "waits_for"),
        ({"measure": words("x" * 300)}, "measure"),
        ({"measured_before": "x" * 100}, "measured_before"),
        ({"goal_id": 999}, "goal"),
        ({"next_update_on": date(2001, 1, 1)}, "next_update_on"),
        ({"contributor_ids": frozenset({999})}, "contributors"),
        ({"contributor_ids": frozenset(range(50))}, "contributors"),
    ],
)
def test_wrong_values_are_refused_at_their_field(scene, values, field):
    action = scene.accepted()
    with pytest.raises(Invalid) as refused:
        scene.take(editing.edit, scene.organising, action, written(action, **values))
    assert refused.value.field == field


def test_an_owner_does_not_rewrite_what_it_was_asked(client, scene):
    action = scene.accepted()
    with pytest.raises(NotAllowed):
        scene.take(editing.edit, scene.owning, action, written(action, title=words("Less")))
    client.sign_in(scene.partner)
    assert client.get(f"/en/desk/actions/{action.code}/edit").status == 403


def test_what_came_of_it_is_told_in_full(client, scene):
    action = scene.accepted()
    current = scene.now(action)
    measured = written(current, measure=words("How many feel safe"), measured_before="41 %")
    scene.take(editing.edit, scene.organising, action, measured)
    client.sign_in(scene.partner)
    page = client.get(f"/en/desk/actions/{action.code}")
    assert "How many feel safe (en): the figure now" in page.text
    page = client.send(
        page,
        {
            "finish-state": "done",
            "finish-outcome": "Four lamps stand.",
            "finish-measured_after": "63 %",
            "finish-changed": "People walk there again.",
            "finish-learned": "Ask the school first.",
        },
        action="step=finish",
    )
    public = client.get(f"/en/actions/{action.code}").text
    for expected in ("Four lamps stand.", "63 %", "People walk there again.", "Ask the school first."):
        assert expected in page.text
        assert expected in public


def test_taken_up_again_the_outcome_is_gone(scene):
    action = scene.accepted()
    found = Found(Translated(en="Changed"), Translated(en="Learned"), "63 %")
    scene.take(operations.finish, scene.owning, action, ActionState.DONE, Translated(en="Done"), found)
    action = scene.take(operations.reopen, scene.owning, action)
    assert [action.outcome, action.changed, action.learned] == [Translated()] * 3
    assert action.measured_after == ""


def test_an_update_meets_the_one_that_was_expected(scene, read):
    action = scene.accepted()
    day = clock.today() + timedelta(5)
    action = scene.take(operations.report, scene.owning, action, Translated(en="Ordered."), True, day)
    assert action.next_update_on == day
    action = scene.take(operations.as_planned, scene.owning, action)
    assert action.next_update_on is None
    assert [text.get("en") for text in read(select(Update.text).order_by(Update.id))] == [
        "Ordered.",
        "It goes as planned.",
    ]


def test_the_propose_form_takes_the_rest_too(client, scene, goal, read):
    client.sign_in(scene.organiser)
    page = client.get(f"/en/desk/dialogues/{scene.dialogue.code}/actions/propose")
    values = {f"{name}-{code}": "Benches" for name in ("title", "why") for code in ("nb", "nn", "en")}
    values |= {"due_on": (clock.today() + timedelta(9)).isoformat(), "owner": scene.owner.id}
    values |= {"goal": goal, "contributors": [scene.new_owner().id], "place-en": "The pier"}
    assert "is asked" in client.send(page, values).text
    (action,) = read(select(Action))
    assert (action.goal_id, action.place.get("en")) == (goal, "The pier")
