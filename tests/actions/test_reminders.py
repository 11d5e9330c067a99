"""Reminders: on the occasions of the table, once each, in one mail a day, when people are at work."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from dialogue.actions import handing, jobs, operations, pausing
from dialogue.actions.models import Action, ActionState, Reminder, ReminderKind
from dialogue.base import clock, workdays
from dialogue.base.errors import Invalid
from dialogue.base.i18n import Translated
from dialogue.base.outbox import OutboxMail
from dialogue.dialogues.models import StatusChange
from dialogue.places.models import Organisation
from tests.actions.conftest import Scene
from tests.support.make import words

# A Monday at ten, far from holidays: day 0 of these tests.
MONDAY = datetime(2027, 1, 11, 9, tzinfo=UTC)


def go_to(day, hour=10):
    """Let it be an hour of a day, counted from the Monday."""
    moment = MONDAY + timedelta(days=day, hours=hour - 10)
    clock.move_to(moment - datetime.now(UTC))


@pytest.fixture
def scene(make):
    """The scene on the Monday, with owners who want no weekly list."""
    go_to(0)
    scene = Scene(make)
    with make.database.writing() as session:
        session.execute(update(Organisation).values(weekly_mail=False))
    new_owner = scene.new_owner
    scene.new_owner = lambda **values: new_owner(**{"weekly_mail": False, **values})
    return scene


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
        go_to(day)
        if jobs.remind(database):
            written.append(day)
        assert jobs.remind(database) == 0
    return written


def at_work(*days):
    """The days themselves where people are at work on them, else the next ones."""
    start = MONDAY.date()
    return [(workdays.first_workday_from(start + timedelta(day)) - start).days for day in days]


def test_an_unanswered_question_is_repeated_after_five_days_and_then_not_again(scene, database):
    scene.proposed()
    assert live_through(database, 20) == at_work(5) == [7]


def test_an_owner_at_work_is_reminded_before_on_and_after_the_date(scene, database, read):
    scene.accepted(due_on=clock.today() + timedelta(20))
    assert live_through(database, 33) == at_work(13, 20, 27)
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
    assert live_through(database, 9) == [7]
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
    assert live_through(database, 27, start=5) == at_work(13, 20, 27)


def test_whoever_is_asked_anew_is_reminded_anew(scene, database, reminders):
    action = scene.proposed()
    assert live_through(database, 8) == [7]
    other = scene.new_owner()
    scene.take(operations.propose_anew, scene.organising, action, other.id, action.due_on)
    assert live_through(database, 10, start=8) == at_work(12)
    assert reminders()[-1].to == other.email


def test_a_reminder_that_is_missed_is_not_made_up_for_three_times(scene, database, read):
    scene.accepted(due_on=clock.today() + timedelta(10))
    go_to(18)
    jobs.remind(database)
    assert read(select(Reminder.kind)) == [ReminderKind.LATE]


def test_a_second_occasion_on_the_same_day_waits_for_tomorrow(scene, database):
    scene.accepted(due_on=clock.today() + timedelta(5), title=words("First"))
    assert jobs.remind(database) == 1
    scene.accepted(due_on=clock.today() + timedelta(6), title=words("Second"))
    assert jobs.remind(database) == 0
    go_to(1)
    assert jobs.remind(database) == 1


def test_an_owner_without_an_address_is_not_reminded(scene, database):
    scene.proposed(owner_id=scene.new_owner(email="").id)
    assert live_through(database, 10) == []


def test_runs_at_the_same_moment_remind_once(scene, database, read):
    owners = [scene.new_owner() for _number in range(5)]
    for owner in owners:
        for _number in range(3):
            scene.proposed(owner_id=owner.id)
    go_to(7)
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


def test_a_pause_is_quiet_and_its_end_is_told(scene, database, reminders, read):
    action = scene.accepted(due_on=clock.today() + timedelta(20))
    scene.take(pausing.snooze, scene.owning, action, clock.today() + timedelta(22), "The ground is frozen.")
    assert live_through(database, 26) == [22]
    assert read(select(Reminder.kind)) == [ReminderKind.AWAKE]
    assert "The pause is over" in reminders()[0].text


@pytest.mark.parametrize(("days", "reason"), [(0, "x"), (61, "x"), (-3, "x"), (5, " "), (5, "x" * 400)])
def test_a_pause_has_a_reason_and_an_end(scene, days, reason):
    action = scene.accepted()
    with pytest.raises(Invalid):
        scene.take(pausing.snooze, scene.owning, action, clock.today() + timedelta(days), reason)


def test_the_organiser_can_pause_too_and_it_stands_in_the_history(scene, read):
    action = scene.accepted()
    until = clock.today() + timedelta(9)
    action = scene.take(pausing.snooze, scene.organising, action, until, "They are on holiday.")
    assert (action.snoozed_until, action.snooze_reason) == (until, "They are on holiday.")
    line = read(select(StatusChange).order_by(StatusChange.id))[-1]
    assert (line.is_public, line.internal_note) == (False, "They are on holiday.")


def test_an_update_that_does_not_come_is_asked_for(scene, database, read):
    action = scene.accepted(due_on=clock.today() + timedelta(60))
    day = clock.today() + timedelta(8)
    scene.take(operations.report, scene.owning, action, Translated(en="Ordered."), True, day)
    assert live_through(database, 20) == at_work(9)
    assert read(select(Reminder.kind)) == [ReminderKind.UPDATE_LATE]


def test_while_an_offer_waits_nobody_is_reminded(scene, database):
    action = scene.accepted(due_on=clock.today() + timedelta(10))
    scene.take(handing.offer, scene.owning, action, scene.new_owner().id, "")
    assert live_through(database, 20) == []


def test_a_person_is_reminded_in_place_of_the_mailbox(scene, database, reminders):
    action = scene.accepted(due_on=clock.today() + timedelta(10))
    scene.take(handing.hand_over, scene.owning, action, "Kari", "kari@example.org")
    assert live_through(database, 5) == [3]
    assert reminders()[0].to == "kari@example.org"


def test_an_hour_in_which_nothing_is_due_takes_two_statements_however_much_is_open(scene, database, counting):
    for number in range(12):
        scene.accepted(due_on=clock.today() + timedelta(number))
    live_through(database, 12)
    go_to(14)
    jobs.remind(database)
    with counting() as statements:
        assert jobs.remind(database) == 0
    assert len(statements) == 2


def test_what_is_changed_after_it_was_looked_at_is_looked_at_again(scene, database, read):
    action = scene.accepted(due_on=clock.today() + timedelta(90))
    jobs.remind(database)
    assert read(select(Action.look_on)) == [action.due_on - timedelta(7)]
    with database.writing() as session:
        session.get_one(Action, action.id).due_on = clock.today()
    assert jobs.remind(database) == 1
    assert read(select(Reminder.kind)) == [ReminderKind.ON_DUE]


def test_a_change_made_while_reminders_look_is_not_put_off(scene, database, read):
    """Somebody has read the action before reminders put it off, and writes it afterwards."""
    action = scene.accepted(due_on=clock.today() + timedelta(90))
    with database.reading() as session:
        found = session.get_one(Action, action.id)
    jobs.remind(database)
    assert read(select(Action.look_on)) == [action.due_on - timedelta(7)]
    with database.writing() as session:
        session.add(found)
        found.due_on = clock.today()
    assert jobs.remind(database) == 1


def test_what_has_ended_is_never_looked_at(scene, database, read):
    action = scene.accepted()
    scene.take(operations.finish, scene.owning, action, ActionState.DONE, Translated(en="They shine."))
    assert read(select(Action.look_on)) == [None]
