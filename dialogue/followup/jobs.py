"""What the scheduler calls."""

import time
from datetime import timedelta

from sqlalchemy import select

from dialogue.base.db import Database
from dialogue.base.files import FileStore
from dialogue.config import settings
from dialogue.followup.models import Brief

# A file is written just before its row is committed, so a young one may still be waiting for its row.
OLD_ENOUGH = timedelta(hours=1)


def sweep_files(database: Database) -> int:
    """Remove documents that no brief names, which a crash between file and row leaves behind."""
    with database.reading() as session:
        named = set(session.scalars(select(Brief.pdf)))
    store = FileStore(settings().instance_dir / "files")
    return store.sweep(named, time.time() - OLD_ENOUGH.total_seconds())
