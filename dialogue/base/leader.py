"""One leader among many processes: an advisory lock in PostgreSQL, a file lock beside SQLite.

Both locks fall with the process that holds them, so another takes over when the leader dies.
"""

import fcntl
import threading
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from dialogue.base.db import Database

# Any number will do, as long as nothing else in the same database uses it.
_LOCK = 727_110_211


class Leadership:
    """The wish to be the one process whose scheduler acts."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._path = folder / "scheduler.lock"
        self._file: IO[str] | None = None
        self._connection: Connection | None = None
        # The jobs of one process ask from several threads.
        self._turn = threading.Lock()

    def hold(self) -> bool:
        """Take the lock, or find that it is still ours; say whether we lead."""
        with self._turn:
            return self._hold_file() if self._database.is_sqlite else self._hold_connection()

    def release(self) -> None:
        """Let another lead."""
        with self._turn:
            self._let_go()

    def _let_go(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _hold_file(self) -> bool:
        if self._file is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def _hold_connection(self) -> bool:
        try:
            if self._connection is not None:
                self._connection.execute(text("SELECT 1"))
                return True
            connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            if connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _LOCK}).scalar():
                # The lock belongs to the connection, so it must not go back to the pool.
                connection.detach()
                self._connection = connection
                return True
            connection.close()
        except DBAPIError:
            self._let_go()
        return False
