"""One reader in each process watches the streams that somebody listens to, and wakes those who do.

Nothing is queued: a listener keeps the number it has come to, and when it wakes it is told the newest. So whoever
takes what is sent slowly gets it in larger pieces, and nobody is ever behind by more than the present state.
"""

import threading
import time
from collections.abc import Callable

import structlog
from sqlalchemy.exc import DBAPIError

from dialogue.base import live
from dialogue.base.db import Database

log = structlog.get_logger()

# How often the counters are read, in seconds, and how long what happens is gathered before listeners wake again.
PAUSE = 0.125
GATHER = 0.25
PAUSE_AFTER_ERROR = 1.0


class _Watched:
    """A stream that somebody listens to."""

    def __init__(self, position: int) -> None:
        self.position = position
        self.listeners = 0
        self.moved_at = 0.0
        self.changed = threading.Condition()


class Hub:
    """The listeners of one process. The reader is a thread, which runs from the first listener on."""

    def __init__(self, database: Database, most: int) -> None:
        self._database = database
        self._most = most
        self._streams: dict[str, _Watched] = {}
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._reader: threading.Thread | None = None
        self._goes_on: Callable[[], bool] = lambda: True
        self._has_ended = False

    @property
    def listeners(self) -> int:
        """How many listen now."""
        with self._lock:
            return sum(watched.listeners for watched in self._streams.values())

    def allow(self, most: int) -> None:
        """Let so many listen at once."""
        self._most = most

    def run_while(self, goes_on: Callable[[], bool]) -> None:
        """End with whatever this asks after: a server that stops must not wait for those who listen."""
        self._goes_on = goes_on

    def join(self, stream: str, position: int) -> bool:
        """Begin to listen to a stream that has come to this number; False when no more can. Who has joined
        leaves."""
        with self._lock:
            if self._has_ended or sum(each.listeners for each in self._streams.values()) >= self._most:
                return False
            self._streams.setdefault(stream, _Watched(position)).listeners += 1
            self._wanted.set()
            if self._reader is None:
                self._reader = threading.Thread(target=self._read, name="live", daemon=True)
                self._reader.start()
        return True

    def leave(self, stream: str) -> None:
        """Listen no more."""
        with self._lock:
            watched = self._streams[stream]
            watched.listeners -= 1
            if not watched.listeners:
                del self._streams[stream]
            if not self._streams:
                self._wanted.clear()

    def wait(self, stream: str, number: int, seconds: float) -> int | None:
        """Wait until a stream that one listens to is past a number, but no longer than so many seconds.

        Return the number it has come to, None when the process ends.
        """
        watched = self._streams[stream]
        with watched.changed:
            watched.changed.wait_for(lambda: self._has_ended or watched.position > number, seconds)
            return None if self._has_ended else watched.position

    def end(self) -> None:
        """Let all who listen go."""
        self._has_ended = True
        for watched in self._watched().values():
            with watched.changed:
                watched.changed.notify_all()

    def _watched(self) -> dict[str, _Watched]:
        with self._lock:
            return dict(self._streams)

    def _read(self) -> None:
        while self._goes_on():
            self._wanted.wait(1)
            watched = self._watched()
            if not watched:
                continue
            try:
                with self._database.reading() as session:
                    positions = live.positions(session, list(watched))
            except DBAPIError as error:
                # Those who listen go on to; when the database is there again they are told all of it.
                log.warning("live", error=type(error.orig).__name__)
                time.sleep(PAUSE_AFTER_ERROR)
                continue
            for name, number in positions.items():
                _move(watched[name], number)
            time.sleep(PAUSE)
        self.end()


def _move(watched: _Watched, number: int) -> None:
    moment = time.monotonic()
    # A little early rather than a whole pause late.
    if number == watched.position or moment - watched.moved_at < GATHER - PAUSE / 2:
        return
    with watched.changed:
        watched.position, watched.moved_at = number, moment
        watched.changed.notify_all()
