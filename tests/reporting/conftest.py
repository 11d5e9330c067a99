"""What the tests of reporting back share: a round with days of its own, and people of the desk."""

import pytest

from tests.followup.conftest import Round
from tests.support.make import Make


@pytest.fixture
def a_round(make: Make) -> Round:
    """A dialogue that is being decided."""
    return Round(make)
