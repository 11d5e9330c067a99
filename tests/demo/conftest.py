"""The demo, loaded once for all tests of this folder, on a database of its own."""

from dataclasses import replace

import pytest

from dialogue import config
from dialogue.app import create_app
from dialogue.base import clock
from dialogue.base.db import Base
from dialogue.demo import operations
from tests.conftest import own_database
from tests.support.client import Client

TOLD = []


@pytest.fixture(scope="session")
def demo_settings(settings, tmp_path_factory, worker_id):
    folder = tmp_path_factory.mktemp("demo")
    named = settings.database_url
    address = own_database(named, f"{worker_id}_demo") if named else ""
    return replace(settings, instance_dir=folder, database_url=address, demo=True)


@pytest.fixture(scope="session")
def loaded_house(demo_settings, built_house):
    config.use(demo_settings)
    house = create_app(demo_settings)
    house.testing = True
    with house.database.writing() as session:
        Base.metadata.create_all(session.connection())
    operations.load_once(house, TOLD.append)
    return house


@pytest.fixture
def demo(loaded_house, demo_settings):
    """The application in demo mode; its clock stands with the machine's unless a test moves it."""
    config.use(demo_settings)
    clock.move_to(clock.timedelta())
    loaded_house.limits = type(loaded_house.limits)(demo_settings.secret_key)
    yield loaded_house
    clock.move_to(clock.timedelta())


@pytest.fixture
def visitor(demo):
    """A browser without script on the demo."""
    return Client(demo)


@pytest.fixture
def seen(demo):
    """Reads the first column of a statement as the demo's database has it now."""

    def run(statement):
        with demo.database.reading() as session:
            return list(session.scalars(statement))

    return run
