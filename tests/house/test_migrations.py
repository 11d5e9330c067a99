"""The schema: migrations lead from nothing to the models and back."""

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from dialogue.base import schema
from dialogue.base.db import Database


@pytest.fixture
def fresh(settings, tmp_path, worker_id):
    """A database with nothing in it, of the kind that is being tested."""
    if settings.database.startswith("sqlite"):
        yield Database(f"sqlite:///{tmp_path / 'fresh.db'}")
        return
    url = make_url(settings.database).set(drivername="postgresql+psycopg")
    name = f"{url.database}_fresh"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    made = Database(url.set(database=name).render_as_string(hide_password=False))
    yield made
    made.engine.dispose()
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()


def test_the_newest_migration_is_what_the_models_say(fresh):
    schema.upgrade(fresh)
    with fresh.engine.connect() as connection:
        assert schema.differences(connection) == []
    assert schema.problems(fresh) == []


def test_migrations_go_down_to_nothing_and_up_again(fresh):
    schema.upgrade(fresh)
    schema.downgrade(fresh, "base")
    with fresh.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    schema.upgrade(fresh)
    assert schema.problems(fresh) == []


def test_upgrading_again_changes_nothing(fresh):
    schema.upgrade(fresh)
    schema.upgrade(fresh)
    assert schema.problems(fresh) == []


def test_a_database_that_is_behind_is_told_how_to_catch_up(fresh):
    assert schema.problems(fresh) == ["The database is not up to date. Run: dialogue db upgrade"]
