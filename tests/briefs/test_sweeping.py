"""Documents that no brief names are removed, those that one names never."""

import os
import time

from dialogue import scheduler
from dialogue.base.files import FileStore
from dialogue.briefs.models import Brief


def test_only_old_documents_without_a_brief_are_removed(house, make, database, settings):
    store = FileStore(settings.instance_dir / "files")
    named, orphan, young = (store.put(text) for text in (b"named", b"orphan", b"young"))
    dialogue = make.dialogue()
    with database.writing() as session:
        session.add(
            Brief(
                dialogue_id=dialogue.id,
                number=1,
                language="nb",
                frozen_at=dialogue.created_at,
                content={},
                pdf=named,
            )
        )
    long_ago = time.time() - 2 * scheduler.OLD_ENOUGH.total_seconds()
    for address in (named, orphan):
        os.utime(store.root / address[:2] / address, (long_ago, long_ago))
    assert scheduler.sweep_files(house, database) == 1
    assert store.get(named) == b"named"
    assert store.get(young) == b"young"
