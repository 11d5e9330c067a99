"""Seats when many act at the same moment, on real connections of their own."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from sqlalchemy import select

from dialogue.base.tokens import new_token
from dialogue.dialogues.models import Contribution
from dialogue.meetings import operations, planning
from dialogue.meetings.models import Meeting, Registration
from dialogue.residents import operations as residents
from tests.conftest import SECRET
from tests.meetings.support import sign_up, standing, wish


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Let all begin at the same moment; return what went wrong."""
    gate, errors = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def give_back(database, code: str) -> None:
    with database.writing() as session:
        found = residents.find_code(session, code)
        contribution = session.scalars(
            select(Contribution).where(Contribution.follow_code_id == found.id)
        ).one()
        operations.erase(session, contribution)


def test_the_last_seat_taken_by_two_at_once_is_one_seat_and_one_in_line(make, database):
    for _round in range(5):
        meeting = make.meeting(capacity=1)
        errors = at_once(
            lambda meeting=meeting: sign_up(database, meeting, "Kari"),
            lambda meeting=meeting: sign_up(database, meeting, "Ola"),
        )
        assert errors == []
        taken, people = standing(database, meeting)
        assert taken == 1
        assert sorted(status for _name, status in people) == ["registered", "waiting"]


def test_a_crowd_never_takes_more_seats_than_there_are(make, database):
    meeting = make.meeting(capacity=5)
    errors = at_once(*[lambda each=each: sign_up(database, meeting, f"P{each}") for each in range(12)])
    assert errors == []
    taken, people = standing(database, meeting)
    assert taken == 5
    assert sorted(status for _name, status in people) == ["registered"] * 5 + ["waiting"] * 7


def test_a_seat_given_back_while_another_signs_up_is_never_left_empty_with_somebody_in_line(make, database):
    for _round in range(8):
        meeting = make.meeting(capacity=1)
        code = sign_up(database, meeting, "Kari")
        errors = at_once(
            lambda code=code: give_back(database, code),
            lambda meeting=meeting: sign_up(database, meeting, "Ola"),
        )
        assert errors == []
        assert standing(database, meeting) == (1, [("", "cancelled"), ("Ola", "registered")])


def test_the_full_meeting_is_held_until_whoever_found_it_full_stands_in_line(make, database, monkeypatch):
    """The narrow gap: the seat is given back after it was found taken, before the line is joined."""
    if database.is_sqlite:
        return  # One writer at a time: the gap does not exist.
    meeting = make.meeting(capacity=1)
    code = sign_up(database, meeting, "Kari")
    counted = operations._count_seat
    gave_back = threading.Event()

    def count_then_wait(session, current):
        had = counted(session, current)
        if not had and not gave_back.is_set():
            give_back(database, code)
            gave_back.set()
        return had

    monkeypatch.setattr(operations, "_count_seat", count_then_wait)
    sign_up(database, meeting, "Ola")
    assert standing(database, meeting) == (1, [("", "cancelled"), ("Ola", "registered")])


def test_two_seats_given_back_and_two_in_line_and_two_new_ones(make, database):
    for _round in range(4):
        meeting = make.meeting(capacity=2)
        codes = [sign_up(database, meeting, f"Seat {each}") for each in range(2)]
        for each in range(2):
            sign_up(database, meeting, f"Line {each}")
        errors = at_once(
            *[lambda code=code: give_back(database, code) for code in codes],
            *[
                lambda meeting=meeting, each=each: sign_up(database, meeting, f"New {each}")
                for each in range(2)
            ],
        )
        assert errors == []
        taken, people = standing(database, meeting)
        assert taken == 2
        status = dict(people)
        assert [status["Line 0"], status["Line 1"]] == ["registered", "registered"]
        assert [status["New 0"], status["New 1"]] == ["waiting", "waiting"]


def test_the_same_person_withdrawing_twice_at_once_gives_back_one_seat(make, database):
    for _round in range(4):
        meeting = make.meeting(capacity=2)
        code = sign_up(database, meeting, "Kari")
        sign_up(database, meeting, "Ola")
        assert (
            at_once(lambda code=code: give_back(database, code), lambda code=code: give_back(database, code))
            == []
        )
        assert standing(database, meeting) == (1, [("", "cancelled"), ("Ola", "registered")])


def test_more_seats_and_sign_ups_at_once_fill_up_in_order(make, database):
    actor = make.actor()
    for _round in range(4):
        meeting = make.meeting(capacity=1)
        sign_up(database, meeting, "Kari")
        sign_up(database, meeting, "Ola")

        def enlarge(meeting=meeting) -> None:
            with database.writing() as session:
                current = session.get_one(Meeting, meeting.id)
                planning.change_meeting(
                    session, actor, current, plan_of(current, capacity=2), current.revision
                )

        assert at_once(enlarge, lambda meeting=meeting: sign_up(database, meeting, "Nils")) == []
        assert standing(database, meeting) == (
            2,
            [("Kari", "registered"), ("Ola", "registered"), ("Nils", "waiting")],
        )


def plan_of(meeting: Meeting, **changes: object) -> planning.Plan:
    values = {name: getattr(meeting, name) for name in planning.Plan.__dataclass_fields__}
    return planning.Plan(**{**values, **changes})


KILLED = """
import sys, time
from dialogue import config
from dialogue.app import create_app
from dialogue.config import Settings
from pathlib import Path
settings = config.use(Settings(instance_dir=Path(sys.argv[2]), database_url=sys.argv[1], secret_key=sys.argv[3]))
house = create_app(settings)
from dialogue.meetings import operations
from dialogue.meetings.models import Meeting
session = house.database.write_session()
meeting = session.get_one(Meeting, int(sys.argv[4]))
operations.sign_up(session, meeting, operations.SignUp("Kari", "kari@example.org", "", "nb"), "key")
print("taken", flush=True)
time.sleep(60)
"""


def test_a_process_killed_after_taking_a_seat_leaves_no_trace_of_it(make, database, tmp_path, repository):
    meeting = make.meeting(capacity=1)
    address = database.engine.url.render_as_string(hide_password=False)
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, address, str(tmp_path), SECRET, str(meeting.id)],
        stdout=subprocess.PIPE,
        cwd=repository,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "taken"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert standing(database, meeting) == (0, [])
    begun = time.monotonic()
    sign_up(database, meeting, "Ola")
    assert time.monotonic() - begun < 5
    assert standing(database, meeting) == (1, [("Ola", "registered")])


def test_a_sign_up_undone_on_the_way_takes_no_seat(make, database, session):
    meeting = make.meeting(capacity=1)
    current = session.get_one(Meeting, meeting.id)
    operations.sign_up(session, current, wish(), new_token())
    session.rollback()
    assert standing(database, meeting) == (0, [])
    assert session.scalars(select(Registration.status)).all() == []
