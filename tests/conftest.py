"""The fixtures of every test: one database per test process, emptied between tests; the real application on it.

The database is SQLite, or PostgreSQL where DIALOGUE_TEST_DATABASE_URL names one.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlalchemy import Select, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from dialogue import catalogues, config
from dialogue.app import create_app
from dialogue.base import clock
from dialogue.base.db import Base, Database
from dialogue.config import Settings
from dialogue.web import assets
from dialogue.web.house import House
from tests.support.client import Client
from tests.support.make import Make

# No test fails on a time: the machine may be doing something else at that moment.
hypothesis.settings.register_profile(
    "dialogue", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("dialogue")

SECRET = "a-secret-for-tests-that-is-long-enough"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Settings:
    """Settings for tests: a database of this process's own."""
    folder = tmp_path_factory.mktemp("instance")
    named = os.environ.get("DIALOGUE_TEST_DATABASE_URL")
    return Settings(
        instance_dir=folder,
        database_url=own_database(named, worker_id) if named else "",
        secret_key=SECRET,
        public_url="http://localhost",
        # A page that is followed never ends; the tests of that allow it.
        streams=0,
    )


def own_database(address: str, worker_id: str) -> str:
    """Make a fresh PostgreSQL database for one test process and return its address."""
    url = make_url(address).set(drivername="postgresql+psycopg")
    name = f"{url.database}_{worker_id}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def built_house(settings: Settings) -> House:
    """The application, made once."""
    if not (assets.STATIC / assets.BUILT / "manifest.json").exists():
        assets.build()
    catalogues.compile_changed()
    house = create_app(settings)
    house.testing = True
    with house.database.writing() as session:
        Base.metadata.create_all(session.connection())
    return house


@pytest.fixture
def house(built_house: House, settings: Settings) -> Iterator[House]:
    """The application on an empty database."""
    config.use(settings)
    clock.move_to(clock.timedelta())
    yield built_house
    empty(built_house.database)
    built_house.pages.clear()
    built_house.limits = type(built_house.limits)(settings.secret_key)


def empty(database: Database) -> None:
    """Remove every row."""
    with database.engine.execution_options(writes=True).begin() as connection:
        tables = Base.metadata.sorted_tables
        if database.is_sqlite:
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            for table in reversed(tables):
                connection.execute(table.delete())
        else:
            names = ", ".join(f'"{table.name}"' for table in tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


@pytest.fixture
def database(house: House) -> Database:
    """The database of this test."""
    return house.database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session that may write, for calling operations; the test commits when others are to see it.

    On SQLite it holds the write lock from its first statement to the commit, so a test that works through
    the client reads with ``read`` instead.
    """
    with database.write_session() as opened:
        yield opened


@pytest.fixture
def read(database: Database) -> Callable[[Select[Any]], list[Any]]:
    """Reads the first column of a statement as the database has it now."""

    def run(statement: Select[Any]) -> list[Any]:
        with database.reading() as session:
            return list(session.scalars(statement))

    return run


@pytest.fixture
def make(database: Database) -> Iterator[Make]:
    """Makes what a test needs, each thing committed at once."""
    maker = Make(database)
    yield maker
    maker.close()


@pytest.fixture
def client(house: House) -> Client:
    """A browser without script, signed in as nobody."""
    return Client(house)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture
def counting(database: Database) -> Callable[[], AbstractContextManager[list[str]]]:
    """Collects the statements that are run inside a block, without those that only begin a transaction."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith("BEGIN"):
                seen.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(database.engine, "before_cursor_execute", note)

    return collect
