"""What happens by itself: reminders, what is cancelled with its action, and names that are forgotten."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.helping import jobs
from dialogue.helping.models import HelpTaker
from dialogue.residents.models import Contact

SUBJECT = "Soon: Walk along the beach (en)"


def at(day: date, hour: int, minute: int = 0):
    """Let the clock stand on a day in Norway."""
    return clock.standing_at(clock.in_norway(datetime.combine(day, time(hour, minute))))


@pytest.fixture
def day(scene):
    """The day on which help is wanted, at eight in the evening."""
    return clock.today() + timedelta(7)


def test_who_left_an_address_is_reminded_once_on_the_day_before(scene, subjects, database, day):
    slot = scene.slot(day)
    scene.join(slot, "Kari", "kari@helper.example")
    scene.join(slot, "Ola")
    subjects()
    for before in (timedelta(3), timedelta(2)):
        with at(day - before, 12):
            assert jobs.remind(database) == 0
    with at(day - timedelta(1), 7, 59):
        assert jobs.remind(database) == 0
    with at(day - timedelta(1), 8, 5):
        assert jobs.remind(database) == 1
    assert subjects() == [SUBJECT]
    for moment in (9, 20):
        with at(day - timedelta(1), moment):
            assert jobs.remind(database) == 0
    with at(day, 9):
        assert jobs.remind(database) == 0
    assert subjects() == []


def test_who_joins_in_the_evening_before_is_reminded_in_the_morning(scene, subjects, database, day):
    slot = scene.slot(day)
    with at(day - timedelta(1), 22):
        scene.join(slot, "Kari", "kari@helper.example")
        assert jobs.remind(database) == 0
    subjects()
    with at(day, 8, 1):
        assert jobs.remind(database) == 1
        assert jobs.remind(database) == 0
    assert subjects() == [SUBJECT]


def test_who_joins_in_on_the_day_knows_it(scene, subjects, database, day):
    slot = scene.slot(day)
    with at(day, 10):
        scene.join(slot, "Kari", "kari@helper.example")
        subjects()
        assert jobs.remind(database) == 0
    with at(day, 19, 59):
        assert jobs.remind(database) == 0


def test_nobody_is_reminded_of_what_is_cancelled_or_given_back(scene, subjects, database, day):
    gone, kept = scene.slot(day), scene.slot(day)
    scene.join(gone, "Kari", "kari@helper.example")
    code = scene.join(kept, "Ola", "ola@helper.example")
    scene.cancel(gone)
    scene.give_back(code)
    subjects()
    with at(day - timedelta(1), 12):
        assert jobs.remind(database) == 0
    assert subjects() == []


def test_a_new_day_brings_a_new_reminder(scene, subjects, database, day):
    slot = scene.slot(day)
    scene.join(slot, "Kari", "kari@helper.example")
    with at(day - timedelta(1), 12):
        jobs.remind(database)
        scene.change(slot, scene.plan(day + timedelta(7)))
        assert jobs.remind(database) == 0
    subjects()
    with at(day + timedelta(6), 12):
        assert jobs.remind(database) == 1
    assert subjects() == [SUBJECT]


def test_a_reminder_does_not_wait_for_days_that_the_worker_stood_still(scene, subjects, database, day):
    slot = scene.slot(day)
    scene.join(slot, "Kari", "kari@helper.example")
    subjects()
    with at(day, 15):
        assert jobs.remind(database) == 1
    with at(day, 20, 1):
        assert jobs.remind(database) == 0


@pytest.mark.parametrize("hidden", [False, True])
def test_what_its_action_left_behind_is_cancelled_and_told(scene, subjects, database, day, hidden):
    slot = scene.slot(day)
    scene.join(slot, "Kari", "kari@helper.example")
    subjects()
    assert jobs.cancel_without_action(database) == 0
    with database.writing() as session:
        action = session.get_one(Action, scene.action.id)
        if hidden:
            action.is_internal = True
        else:
            action.state = ActionState.STOPPED
    assert jobs.cancel_without_action(database) == 1
    assert jobs.cancel_without_action(database) == 0
    assert subjects() == ["Cancelled: Walk along the beach (en)"]
    assert scene.now_of(slot).cancelled_at is not None


def test_names_and_addresses_are_forgotten_fourteen_days_afterwards(scene, database, day, client, read):
    slot = scene.slot(day)
    code = scene.join(slot, "Sprett", "kari@helper.example")
    with at(day + timedelta(14), 19):
        assert jobs.retire(database) == 0
    with at(day + timedelta(14), 20, 1):
        assert jobs.retire(database) == 1
        assert jobs.retire(database) == 0
    assert read(select(HelpTaker.name)) == [""]
    assert read(select(Contact)) == []
    # That somebody helped stays counted.
    assert scene.now_of(slot).taken == 1
    clock.move_to(timedelta(days=30))
    page = client.get(f"/en/follow/{code}")
    assert "You joined in. Thank you!" in page.text
    assert "Give the place back" not in page.text


def test_a_name_taken_back_afterwards_leaves_the_number_as_it_was(scene, client, day):
    slot = scene.slot(day)
    code = scene.join(slot, "Sprett")
    clock.move_to(timedelta(days=9))
    page = client.get(f"/en/follow/{code}")
    client.send(client.get(page.link("Remove my name")))
    assert scene.now_of(slot).taken == 1
    assert scene.names(slot) == [""]
