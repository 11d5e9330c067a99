"""What the scheduler does for briefs."""

import structlog

from dialogue.base.db import Database
from dialogue.base.files import FileStore
from dialogue.briefs import documents, operations, queries
from dialogue.config import settings

log = structlog.get_logger()


def remake_documents(database: Database) -> int:
    """Make the documents anew of each version from which something was taken out; return how many were made.

    They are made outside a transaction that writes. One that fails is tried again the next time, and does not
    keep the others from being made.
    """
    with database.reading() as session:
        waiting = [(brief.id, brief.content) for brief in queries.without_documents(session)]
    files = FileStore(settings().instance_dir / "files")
    made = 0
    for brief_id, content in waiting:
        try:
            kept = documents.store(files, content)
        except Exception:
            log.exception("brief without documents", brief=brief_id)
            continue
        with database.writing() as session:
            made += operations.keep_documents(session, brief_id, content, kept)
    return made
