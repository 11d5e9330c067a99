"""What the tests of the work with many actions share."""

from datetime import timedelta

import pytest

from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from tests.actions.conftest import mails, scene
from tests.support.make import words

__all__ = ["mails", "scene"]

LIST = "/en/desk/actions"


@pytest.fixture
def add(make):
    """Adds an action as it stands, without the way it came there."""

    def run(scene, title, days=10, state=ActionState.ACCEPTED, **values):
        given = {
            "dialogue_id": scene.dialogue.id,
            "owner_id": scene.owner.id,
            "title": words(title),
            "why": words("Because."),
            "due_on": clock.today() + timedelta(days),
            "state": state,
            "asked_at": clock.now(),
            **values,
        }
        return make._keep(Action(**given))

    return run


@pytest.fixture
def statements(client, counting):
    """How many statements a page takes."""

    def run(path):
        with counting() as asked:
            assert client.get(path).status == 200
        return len(asked)

    return run
