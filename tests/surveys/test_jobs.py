"""That the place of a row in the database's file does not tell when an answer came."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from dialogue.base import clock
from dialogue.residents import operations as residents
from dialogue.residents.models import Submission
from dialogue.surveys import jobs
from dialogue.surveys.answering import Cell
from dialogue.surveys.models import Answer, Response

MANY = 60


def in_file_order(database, table):
    place = text("rowid" if database.is_sqlite else "ctid")
    with database.reading() as session:
        return list(session.scalars(select(table.id).order_by(place)))


def given(surveys, database):
    survey = surveys.open()
    asked = survey.questions[4]
    for person in range(MANY):
        surveys.answer(survey, [[Cell(asked.id, text=f"Text {person}")]])
        with database.writing() as session:
            assert residents.first_time(session, f"key {person}", "content")
    # Somebody who still reads the old state would keep it in the file.
    surveys.make.close()
    return survey


def test_rows_lie_in_another_order_after_the_job_and_none_is_lost(surveys, database, read):
    given(surveys, database)
    before = {table: in_file_order(database, table) for table in (Response, Answer)}
    whole = sorted(map(tuple, pairs(database)))
    clock.move_to(timedelta(days=2))
    assert jobs.shuffle(database) == 2 * MANY
    for table, order in before.items():
        after = in_file_order(database, table)
        assert after != order
        assert sorted(after, key=str) == sorted(order, key=str)
    assert in_file_order(database, Response) != [row[1] for row in pairs(database)]
    assert sorted(map(tuple, pairs(database))) == whole


def pairs(database):
    with database.reading() as session:
        return list(
            session.execute(
                select(Answer.text, Answer.response_id, Response.day).join(
                    Response, Response.id == Answer.response_id
                )
            )
        )


def test_submissions_are_kept_for_a_day_and_then_forgotten(surveys, database, read):
    given(surveys, database)
    count = select(func.count()).select_from(Submission)
    clock.move_to(timedelta(days=1))
    assert jobs.shuffle(database) == 0
    assert read(count) == [MANY]
    with database.writing() as session:
        residents.first_time(session, "key of the next day", "content")
    clock.move_to(timedelta(days=2))
    jobs.shuffle(database)
    assert read(count) == [1]


def test_the_job_has_something_to_do_once_a_day(surveys, database):
    given(surveys, database)
    clock.move_to(timedelta(days=2))
    assert jobs.shuffle(database)
    assert jobs.shuffle(database) == 0


def test_nothing_of_the_old_order_is_left_in_the_database(surveys, database):
    given(surveys, database)
    clock.move_to(timedelta(days=2))
    if database.is_sqlite:
        with database.reading() as session:
            key = session.scalars(select(Submission.key_hash).limit(1)).one()
        file = Path(database.engine.url.database)
        assert key in file.read_bytes() + Path(f"{file}-wal").read_bytes()
        jobs.shuffle(database)
        assert key not in file.read_bytes() + Path(f"{file}-wal").read_bytes()
    else:
        jobs.shuffle(database)
        # Each row names the transaction that wrote it; now it is the same for all.
        with database.reading() as session:
            for table in ("response", "answer"):
                writers = session.scalar(text(f"SELECT count(DISTINCT CAST(xmin AS text)) FROM {table}"))  # noqa: S608
                assert writers == 1


def test_after_the_job_the_database_takes_answers_as_before(surveys, database, read):
    survey = given(surveys, database)
    clock.move_to(timedelta(days=2))
    jobs.shuffle(database)
    surveys.answer(survey, [[Cell(survey.questions[4].id, text="Later")]])
    assert read(select(func.count()).select_from(Response)) == [MANY + 1]
