"""What live pages are told: in the order of the commits, nothing twice, nothing passed over."""

import threading
from datetime import timedelta

import time_machine
from sqlalchemy import select

from dialogue.base import clock, live
from dialogue.base.db import Database
from dialogue.base.live import LiveEvent

WRITERS = 6
EACH = 12


def tell(database: Database, *subjects: str, stream: str = "a") -> None:
    with database.writing() as session:
        for subject in subjects:
            live.note(session, stream, subject)


def told(database: Database, number: int, stream: str = "a") -> live.News | None:
    with database.reading() as session:
        return live.since(session, stream, number, live.position(session, stream))


def test_a_transaction_is_one_event_of_each_stream_it_tells(database):
    tell(database, "x", "y", "x")
    with database.writing() as session:
        live.note(session, "b", "z")
        live.note(session, "a", "z")
    assert told(database, 0) == live.News(2, ["y", "x", "z"])
    assert told(database, 0, "b") == live.News(1, ["z"])
    assert told(database, 0, "c") == live.News(0, [])


def test_what_is_undone_is_not_told(database):
    with database.write_session() as session:
        session.execute(select(1))
        live.note(session, "a", "x")
        session.rollback()
        session.execute(select(1))
        session.commit()
    assert told(database, 0) == live.News(0, [])


def test_a_savepoint_tells_nothing_before_the_commit(database):
    with database.writing() as session:
        live.note(session, "a", "x")
        with session.begin_nested():
            live.note(session, "a", "y")
        assert live.position(session, "a") == 0
    assert told(database, 0) == live.News(1, ["x", "y"])


def test_a_number_is_seen_only_when_all_before_it_are(database):
    """Several write at once while one reads on: each number comes once, in order, with what was committed."""
    ended = threading.Event()
    seen: list[str] = []

    def write(name: int) -> None:
        for number in range(EACH):
            tell(database, f"{name} {number}", *(["both"] if number % 3 == 0 else []))

    def read() -> None:
        at = 0
        while True:
            last = ended.is_set()
            with database.reading() as session:
                upto = live.position(session, "a")
            with database.reading() as session:
                news = live.since(session, "a", at, upto)
            assert news is not None, "a number had been given out that could not be read yet"
            seen.extend(subject for subject in news.subjects if subject != "both")
            at = upto
            if last:
                return

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(name,)) for name in range(WRITERS)]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    ended.set()
    reader.join()
    assert sorted(seen) == sorted(f"{name} {number}" for name in range(WRITERS) for number in range(EACH))
    for name in range(WRITERS):
        mine = [int(subject.split()[1]) for subject in seen if subject.startswith(f"{name} ")]
        assert mine == list(range(EACH))


def test_two_that_tell_the_same_streams_in_another_order_do_not_wait_for_each_other(database):
    def write(streams: tuple[str, ...]) -> None:
        for _ in range(EACH):
            with database.writing() as session:
                for stream in streams:
                    live.note(session, stream, "x")

    writers = [threading.Thread(target=write, args=(streams,)) for streams in (("a", "b"), ("b", "a"))]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    with database.reading() as session:
        assert live.positions(session, ["a", "b"]) == {"a": 2 * EACH, "b": 2 * EACH}


def test_who_was_away_too_long_is_told_that_it_is_not_known_any_more(database):
    tell(database, "x")
    with time_machine.travel(clock.now() + live.KEPT_FOR + timedelta(minutes=1)):
        tell(database, "y")
        assert live.sweep(database) == 1
    assert told(database, 0) is None
    assert told(database, 1) == live.News(2, ["y"])


def test_neither_a_number_that_is_yet_to_come_nor_one_too_long_ago_is_known(database):
    tell(database, "x")
    tell(database, "y")
    assert told(database, 3) is None
    assert told(database, -1) is None
    with database.reading() as session:
        assert live.since(session, "a", 0, 2, most=1) is None


def test_the_counter_stays_when_its_events_are_swept(database):
    tell(database, "x")
    with database.writing() as session:
        for event in session.scalars(select(LiveEvent)):
            session.delete(event)
    tell(database, "y")
    assert told(database, 1) == live.News(2, ["y"])
