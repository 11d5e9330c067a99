"""What the scheduler does for exports."""

import structlog

from dialogue.base.db import Database
from dialogue.base.files import FileStore
from dialogue.config import settings
from dialogue.exporting import operations

log = structlog.get_logger()


def make_waiting(database: Database) -> int:
    """Make the exports that were too long to wait for; return how many. One that fails keeps no other waiting."""
    files = FileStore(settings().instance_dir / "files")
    done = 0
    with database.reading() as session:
        asked = operations.waiting(session)
        for export in asked:
            try:
                made = operations.make(session, files, export.board, export.wish)
            except Exception:
                log.exception("export failed", export=export.id)
                with database.writing() as writing:
                    operations.fail(writing, export.id)
                continue
            with database.writing() as writing:
                done += operations.keep(writing, export.id, made)
    return done


def forget(database: Database) -> int:
    """Let go of files that have been kept long enough; return how many."""
    with database.writing() as session:
        return operations.forget(session)
