"""What the scheduler does with answers, so that their place in the database's file does not tell their order."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Table, delete, func, insert, literal_column, select, text
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.db import Base, Database
from dialogue.residents.models import Submission
from dialogue.surveys.models import Answer, Response


def shuffle(database: Database) -> int:
    """Forget submissions older than a day or two, and write every response, answer and submission anew in
    random order; return how many were written.

    There is something to do once a day, when the submissions of the day before yesterday are still there. The
    file keeps nothing of the old order afterwards. Until this has run it may, and so may the database's own
    log and backups: nobody is promised more (docs/decisions/0010).
    """
    yesterday = clock.today() - timedelta(days=1)
    with database.reading() as session:
        if not _is_due(session, yesterday):
            return 0
    with database.writing() as session:
        _hold(session, database)
        session.execute(delete(Submission).where(Submission.day < yesterday))
        written = _rewrite(session, [_table(Submission), _table(Response), _table(Answer)])
    _tidy(database)
    return written


def _is_due(session: Session, yesterday: date) -> bool:
    return (
        session.execute(select(Submission.day).where(Submission.day < yesterday).limit(1)).first() is not None
    )


def _table(kind: type[Base]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)  # noqa: S101 - tells mypy what is so
    return table


def _hold(session: Session, database: Database) -> None:
    """Let nobody write in between; on SQLite a writer is alone anyway."""
    if not database.is_sqlite:
        session.execute(text("LOCK TABLE submission, response, answer IN EXCLUSIVE MODE"))


def _rewrite(session: Session, tables: Sequence[Table]) -> int:
    """Take all rows out and put them back in random order. ``tables`` stand parents first."""
    written = 0
    for table in tables:
        session.execute(text(f"CREATE TEMPORARY TABLE shuffled_{table.name} AS SELECT * FROM {table.name}"))  # noqa: S608
    for table in reversed(tables):
        session.execute(table.delete())
    for table in tables:
        names = [column.name for column in table.columns]
        kept = text(f"shuffled_{table.name}")
        rows: Any = (
            select(*(literal_column(name) for name in names)).select_from(kept).order_by(func.random())
        )
        session.execute(insert(table).from_select(names, rows))
        written += session.scalar(select(func.count()).select_from(table)) or 0
        session.execute(text(f"DROP TABLE shuffled_{table.name}"))
    return written


def _tidy(database: Database) -> None:
    """Give up the space in which the old rows lay; both databases do this outside a transaction."""
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - tells mypy what is so
        if database.is_sqlite:
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        driver.autocommit = True
        driver.execute("VACUUM (FULL, ANALYZE) submission, response, answer")
        driver.autocommit = False
