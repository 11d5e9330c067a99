"""What the scheduler does for batches."""

from dialogue.base.db import Database
from dialogue.entering import cards, films, operations


def sweep(database: Database) -> int:
    """Forget what has lain long enough, and links of what was taken back; return how many rows went."""
    with database.writing() as session:
        return operations.sweep(session) + cards.sweep(session) + films.sweep(session)
