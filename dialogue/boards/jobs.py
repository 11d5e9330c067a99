"""What the scheduler does for boards."""

from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.boards import duty, queries_duty

# Between these hours in Norway somebody is reminded of what the duty officer has not opened.
DAYTIME = range(7, 22)


def remind_of_held(database: Database) -> int:
    """Remind, once, of what is held and has not been opened; return how many mails were written."""
    now = clock.now()
    if clock.local(now).hour not in DAYTIME:
        return 0
    with database.reading() as session:
        late = queries_duty.unopened(session, now)
    written = 0
    for hold_id in late:
        with database.writing() as session:
            written += duty.remind(session, hold_id)
    return written
