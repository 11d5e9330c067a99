"""Reminders: on four occasions, once each, in one mail a day."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogue.actions import jobs, operations
from dialogue.actions.models import ActionState, Reminder, ReminderKind
from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.base.outbox import OutboxMail
from tests.support.make import words

DAY = timedelta(days=1)


@pytest.fixture
def reminders(read):
    """The reminder mails, oldest first."""
    return lambda: read(
        select(OutboxMail).where(OutboxMail.once.like("action reminder%")).order_by(OutboxMail.id)
    )


def live_through(database, days, start=0):
    """Run the job twice on each of so many days; return on which days a mail was written."""
    written = []
    for day in range(start, start + days):
        clock.move_to(day * DAY)
        if jobs.remind(database):
            written.append(day)
        assert jobs.remind(database) == 0
    return written


def test_an_unanswered_question_is_repeated_after_five_days_and_then_not_again(scene, database):
    scene.proposed()
    assert live_through(database, 20) == [5]


def test_an_owner_at_work_is_reminded_before_on_and_after_the_date(scene, database, read):
    scene.accepted(due_on=clock.today() + timedelta(20))
    assert live_through(database, 45) == [13, 20, 27]
    assert read(select(Reminder.kind).order_by(Reminder.id)) == [
        ReminderKind.BEFORE,
        ReminderKind.ON_DUE,
        ReminderKind.LATE,
    ]


def test_what_is_finished_refused_or_waits_for_the_organiser_is_left_alone(scene, database):
    ended = scene.accepted()
    scene.take(operations.finish, scene.owning, ended, ActionState.DONE, Translated(en="There."))
    refused = scene.proposed()
    scene.take(operations.decline, scene.owning, refused, "No.")
    waits = scene.accepted()
    scene.take(operations.suggest_date, scene.owning, waits, clock.today() + timedelta(90), "")
    assert live_through(database, 60) == []


def test_several_actions_of_one_owner_come_in_one_mail(scene, database, reminders):
    scene.proposed(title=words("Benches"))
    scene.proposed(title=words("Lamps"))
    assert live_through(database, 7) == [5]
    (mail,) = reminders()
    assert "Benches" in mail.text
    assert "Lamps" in mail.text
    assert mail.text.count("/actions/by-link/") == 2
    assert "/actions/mine/" in mail.text


def test_a_new_date_brings_new_reminders(scene, database):
    action = scene.accepted(due_on=clock.today() + timedelta(10))
    assert live_through(database, 5) == [3]
    scene.take(operations.suggest_date, scene.owning, action, clock.today() + timedelta(16), "")
    scene.take(operations.accept_suggested_date, scene.organising, action)
    assert live_through(database, 30, start=5) == [13, 20, 27]


def test_whoever_is_asked_anew_is_reminded_anew(scene, database, reminders):
    action = scene.proposed()
    assert live_through(database, 7) == [5]
    other = scene.new_owner()
    scene.take(operations.propose_anew, scene.organising, action, other.id, action.due_on)
    assert live_through(database, 8, start=7) == [11]
    assert reminders()[-1].to == other.email


def test_a_reminder_that_is_missed_is_not_made_up_for_three_times(scene, database, read):
    scene.accepted(due_on=clock.today() + timedelta(10))
    clock.move_to(timedelta(days=30))
    jobs.remind(database)
    assert read(select(Reminder.kind)) == [ReminderKind.LATE]


def test_a_second_occasion_on_the_same_day_waits_for_tomorrow(scene, database):
    scene.accepted(due_on=clock.today() + timedelta(5), title=words("First"))
    assert jobs.remind(database) == 1
    scene.accepted(due_on=clock.today() + timedelta(6), title=words("Second"))
    assert jobs.remind(database) == 0
    clock.move_to(DAY)
    assert jobs.remind(database) == 1


def test_an_owner_without_an_address_is_not_reminded(scene, database):
    scene.proposed(owner_id=scene.new_owner(email="").id)
    assert live_through(database, 10) == []


def test_runs_at_the_same_moment_remind_once(scene, database, read):
    owners = [scene.new_owner() for _number in range(5)]
    for owner in owners:
        for _number in range(3):
            scene.proposed(owner_id=owner.id)
    clock.move_to(timedelta(days=6))
    barrier = threading.Barrier(4)
    written = []

    def run():
        barrier.wait()
        written.append(jobs.remind(database))

    threads = [threading.Thread(target=run) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == 4
    assert sum(written) == 5
    assert read(select(func.count(Reminder.id))) == [15]
    assert read(select(func.count(OutboxMail.id)).where(OutboxMail.once.like("action reminder%"))) == [5]
