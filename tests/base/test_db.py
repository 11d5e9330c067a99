"""The database's types and sessions."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import event, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.db import among, insert_new
from dialogue.dialogues.models import Dialogue
from dialogue.people.models import User
from dialogue.residents.models import Submission


def test_a_time_without_a_zone_is_refused(session):
    session.add(User(email="a@example.org", name="A", created_at=datetime(2026, 1, 1)))  # noqa: DTZ001
    with pytest.raises(StatementError):
        session.flush()


def test_a_moment_comes_back_as_the_same_moment_in_utc(make):
    moment = datetime(2026, 7, 1, 20, 0, tzinfo=timezone(timedelta(hours=2)))
    assert make.user(created_at=moment).created_at == moment
    assert make.user(created_at=moment).created_at.tzinfo is UTC


def test_the_database_knows_the_words_of_an_enum(make, database):
    dialogue = make.dialogue()
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(text("UPDATE dialogue SET state = 'gone' WHERE id = :id"), {"id": dialogue.id})


def test_the_same_key_is_inserted_once(session):
    values = {"key_hash": bytes(32), "day": clock.today()}
    assert insert_new(session, Submission, values) is not None
    assert insert_new(session, Submission, values) is None


def test_no_update_is_lost_when_many_write_at_once(make, database):
    dialogue = make.dialogue()

    def raise_ten_times():
        for _ in range(10):
            with database.writing() as session:
                seen = session.scalars(
                    select(Dialogue).where(Dialogue.id == dialogue.id).with_for_update()
                ).one()
                session.execute(
                    update(Dialogue).where(Dialogue.id == seen.id).values(version=seen.version + 1)
                )

    threads = [threading.Thread(target=raise_ten_times) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.get_one(Dialogue, dialogue.id).version == dialogue.version + 60


def test_rows_of_many_keys_are_looked_up_in_the_index_of_their_column(database):
    chosen = select(Action.id).where(among(Action.owner_id, [1, 2]), Action.state == "done")
    plans = []

    def explain(connection, _cursor, sql, values, *_rest):
        if database.is_sqlite and sql.startswith("SELECT action"):
            plans.append(str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()))

    event.listen(database.engine, "after_cursor_execute", explain)
    with database.reading() as session:
        session.execute(chosen)
    event.remove(database.engine, "after_cursor_execute", explain)
    assert all("ix_action_owner_state (owner_id=? AND state=?)" in plan for plan in plans)
    assert bool(plans) is database.is_sqlite
