"""The prepared tasks, each done as a visitor would do it, one after the other on a freshly loaded demo."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from dialogue import config
from dialogue.actions.models import Action, ActionState
from dialogue.app import create_app
from dialogue.boards.models import Idea
from dialogue.demo import operations, queries
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, DialogueState
from dialogue.followup.models import Theme
from dialogue.meetings.models import Group
from dialogue.people.models import User
from tests.support.client import Client


@pytest.fixture
def fresh(house, settings):
    """The demo, loaded into the tests' own database."""
    chosen = replace(settings, demo=True)
    config.use(chosen)
    application = create_app(chosen)
    application.testing = True
    operations.load_once(application, lambda _line: None)
    return application


@pytest.fixture
def targets(fresh):
    with fresh.database.reading() as session:
        return queries.targets(session)


def begin(application, label):
    """Press a task's button and be where it is done."""
    visitor = Client(application)
    page = visitor.get("/en/demo/tasks")
    for form in page.html.find("main").find_all("form"):
        if form.find("button", string=lambda words: words and label in words):
            return visitor, visitor.post(
                form["action"], {"next": form.find("input", {"name": "next"})["value"]}
            )
    raise AssertionError(label)


def test_every_task_can_be_done(fresh, read, targets):
    resident = Client(fresh)
    writing = resident.get(resident.get("/en/demo/tasks").link("Give an idea"))
    followed = resident.send(
        writing,
        {
            "column": filled(writing, "column"),
            "title": "A bench by the bridge",
            "text": "To rest on the way.",
        },
        action="/write",
    )
    assert "/follow/" in followed.path

    police, queue = begin(fresh, "police contact")
    for code in read(waiting()):
        queue = police.send(queue, action=f"/ideas/{code}/publish")
    assert read(waiting()) == []
    ice = next(theme for theme in read(select(Theme)) if "Ice and snow" in theme.title.get("en"))
    decided = police.send(
        police.get(f"/en/desk/themes/{ice.code}/decide"),
        {
            "outcome": "take_up",
            "reason": "wanted",
            "explanation-nb": "Vi brøyter fortauet først.",
            "explanation-nn": "Vi brøyter fortauet først.",
        },
        action="/decide",
    )
    assert decided.path == f"/en/desk/themes/{ice.code}"

    facilitator, group = begin(fresh, "facilitator")
    facilitator.send(group, {"summary": "More light, and a bench."}, action=f"/groups/{targets.group}")
    assert read(select(Group.summary).where(Group.code == targets.group)) == ["More light, and a bench."]

    partner, asked = begin(fresh, "partner")
    partner.send(asked, action="step=accept")
    assert read(select(Action.state).where(Action.code == targets.action)) == [ActionState.ACCEPTED]

    leader, promise = begin(fresh, "leader")
    leader.send(promise, action="/promise")
    municipality, publishing = begin(fresh, "project lead")
    municipality.send(publishing, action="/publish")
    assert read(select(Dialogue.state).where(Dialogue.code == targets.draft)) == [DialogueState.PUBLISHED]

    administrator, invitation = begin(fresh, "administrator")
    administrator.send(
        invitation,
        {"name": "New Colleague", "email": "new@example.org", "role": "organiser"},
        action="/invite",
    )
    assert read(select(User.name).where(User.email == "new@example.org")) == ["New Colleague"]
    assert "new@example.org" in administrator.get("/en/demo/mailbox").text
    # What visitors did leaves the tasks where they were.
    assert begin(fresh, "partner")[1].status == 200


def waiting():
    return (
        select(Contribution.code)
        .join(Idea, Idea.contribution_id == Contribution.id)
        .where(Contribution.state == ContributionState.RECEIVED, Idea.cleared_at.is_(None))
        .order_by(Contribution.id)
    )


def filled(page, name):
    """The first choice of a field."""
    return page.html.find("main").find("input", {"name": name})["value"]
