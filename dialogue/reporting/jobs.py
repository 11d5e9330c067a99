"""What the scheduler calls: dialogues are counted anew where something has changed, and when the count grows old."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.dialogues.models import Dialogue
from dialogue.reporting import counting, counting_done, queries
from dialogue.reporting.models import DialogueFigures

# So many dialogues are counted in one statement.
AT_A_TIME = 50


def count_anew(database: Database) -> int:
    """Count every dialogue whose count is not fresh any more; return how many."""
    with database.reading() as session:
        changed = queries.to_count(session)
    for start in range(0, len(changed), AT_A_TIME):
        _count(database, changed[start : start + AT_A_TIME])
    return len(changed)


def _count(database: Database, ids: Sequence[int]) -> None:
    # Counted before anything is written, so that nobody waits for it; what changes meanwhile has a higher version
    # and is counted the next time.
    with database.reading() as session:
        versions = dict(
            session.execute(select(Dialogue.id, Dialogue.version).where(Dialogue.id.in_(ids))).all()
        )
        moment = clock.now()
        counts, flows = counting.count(session, ids), counting_done.flows(session, ids)
    rows = [
        {
            "dialogue_id": one,
            "version": version,
            "counted_at": moment,
            "size": counts[one].size,
            "content": counts[one].as_json(),
            "flow": flows[one].as_json(),
        }
        for one, version in versions.items()
    ]
    with database.writing() as session:
        session.execute(delete(DialogueFigures).where(DialogueFigures.dialogue_id.in_(ids)))
        session.execute(insert(DialogueFigures), rows)
