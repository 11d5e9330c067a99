"""The demo's clock in this process: it follows the offset that stands in the database, and catches up."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.demo import operations
from dialogue.web.rooms import Job

# How often, in seconds, a process looks whether another has moved the clock.
LOOKS = 1.0
_looked_at = [float("-inf")]


def follow(database: Database) -> bool:
    """Set this process's clock by the database's offset; True when it had been moved."""
    with database.reading() as session:
        ahead = timedelta(days=operations.days_ahead(session))
    _looked_at[0] = time.monotonic()
    if ahead == clock.ahead():
        return False
    clock.move_to(ahead)
    return True


def follow_now_and_then(database: Database) -> bool:
    """The same, but at most once a second."""
    return time.monotonic() - _looked_at[0] >= LOOKS and follow(database)


def a_week_passes(database: Database, jobs: Sequence[Job], send: Callable[[], int]) -> int:
    """Let seven days pass, each with all its jobs, and return how many mails were sent.

    Day by day, so that nothing which falls due on a day in between is passed over, and while people are at
    work, since some mails are written only then.
    """
    sent = 0
    for left in reversed(range(operations.DAYS_OF_A_STEP)):
        with database.writing() as session:
            operations.pass_a_day(session)
        follow(database)
        at_work = operations.at_work_on(clock.today())
        # The last day has come no further than the clock shows.
        with clock.standing_at(at_work if left else min(at_work, clock.now())):
            for job in jobs:
                job.run(database)
            sent += send()
    return sent
