"""Open pages of a board: how soon everybody who looks sees an idea that somebody sends.

The viewers are connections of one process, over raw sockets. They share the machine with what they measure, so each
message is parsed once for all who get the same. The ideas are sent as a resident does, through the web server, by a
process of its own; the time counts from the moment in which one is sent.
"""

import os
import re
import resource
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import measures, site
from bench.measures import Bench, Place
from bench.table import Row
from dialogue.base.db import Database
from dialogue.boards.walls import BoardWall
from dialogue.config import Settings
from dialogue.web.live import SECONDS_BETWEEN_BEATS
from tests.support.make import Make

SECONDS = float(os.environ.get("BENCH_LIVE_SECONDS", "60"))
# What comes in so long after the last idea still counts.
AFTER = 3.0
SECONDS_TO_CONNECT = 60.0
CONNECTS_AT_ONCE = 50
# Files that may be open: a connection is one on either side.
FILES = 20_000
BEAT = b"event: beat"
NUMBER = re.compile(rb"Live idea (\d+)<")


def measure(bench: Bench) -> None:
    """The layouts and the loads that the product promises."""
    _allow_many_files()
    bench.table.heading(
        f"Open pages of one board, {SECONDS:.0f} s each: from sending an idea until it is seen"
    )
    with live_site(bench.main.settings) as running:
        for viewers, rate, aim in ((2000, 1, 0.5), (2000, 20, 1.0)):
            _row(bench, bench.main, running, "gthread + gevent", (viewers, rate, aim))
    chosen = site.settings(bench.folder / "live", "")
    place = Place(Settings(**{**vars(chosen), "workers": 1}), bench.sqlite.site, Database(chosen.database))
    make_tables(place.database)
    with site.product(place.settings) as server:
        for rate, aim in ((1, 0.5), (20, 1.0)):
            running = Running(server.port, server.port, {"server": server.pid})
            _row(bench, place, running, "embedded, SQLite", (500, rate, aim))


@dataclass(frozen=True)
class Running:
    """The ports for pages and for what is followed, and the processes whose work is counted."""

    port: int
    live_port: int
    processes: dict[str, int]


@contextmanager
def live_site(chosen: Settings) -> Iterator[Running]:
    """The production layout: web processes, and one that holds the connections."""
    with site.product(chosen) as server, site.live(chosen) as live:
        yield Running(server.port, live.port, {"gthread": server.pid, "gevent": live.pid})


def make_tables(database: Database) -> None:
    """Tables, in a database that has none."""
    measures.content.fill(database)


@dataclass
class Viewer:
    """One open page, and what has come to it: (number of the message, when)."""

    connection: socket.socket
    rest: bytes = b""
    has_begun: bool = False
    came: list[tuple[int, float]] = field(default_factory=list)


class Crowd:
    """Everybody who looks at a board, in one thread."""

    def __init__(self, port: int, path: str, count: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode()
        )
        self._port = port
        # Each message once, by its bytes, with the ideas in it.
        self.messages: list[list[int]] = []
        self._known: dict[bytes, int] = {}
        self.viewers: list[Viewer] = []
        while len(self.viewers) < count:
            for _ in range(min(CONNECTS_AT_ONCE, count - len(self.viewers))):
                self._connect()
            self.take(0.02)
        deadline = time.monotonic() + SECONDS_TO_CONNECT
        while not all(viewer.has_begun for viewer in self.viewers):
            self.take(0.1)
            if time.monotonic() > deadline:
                raise RuntimeError("Not all viewers got a connection.")

    def _connect(self) -> None:
        connection = socket.create_connection(("127.0.0.1", self._port))
        connection.sendall(self._request)
        connection.setblocking(False)
        viewer = Viewer(connection)
        self.viewers.append(viewer)
        self._selector.register(connection, selectors.EVENT_READ, viewer)

    def take(self, seconds: float) -> None:
        """Take what comes within so many seconds."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for key, _events in self._selector.select(left):
                self._read(key.data)

    def leave(self) -> None:
        """Close every connection."""
        for viewer in self.viewers:
            self._selector.unregister(viewer.connection)
            viewer.connection.close()
        self._selector.close()

    def _read(self, viewer: Viewer) -> None:
        piece = viewer.connection.recv(1 << 18)
        moment = time.monotonic()
        if not piece:
            raise RuntimeError(f"The server closed a connection: {viewer.rest[-200:]!r}")
        *whole, viewer.rest = (viewer.rest + piece).split(b"\n\n")
        for message in whole:
            # The length of a chunk, which stands before it, differs with nothing but the message itself.
            number = self._known.get(message)
            if number is None:
                number = self._known[message] = len(self.messages)
                self.messages.append([int(found) for found in NUMBER.findall(message)])
                if BEAT not in message and b"event: changes" not in message:
                    raise RuntimeError(f"Something else came: {message[:400]!r}")
            if self.messages[number]:
                viewer.came.append((number, moment))
            else:
                viewer.has_begun = True


def _row(bench: Bench, place: Place, running: Running, layout: str, load: tuple[int, int, float]) -> None:
    viewers, rate, aim = load
    make = Make(place.database)
    board = make.board(make.dialogue(), columns=1, wall=BoardWall.OPEN)
    path = f"/nb/boards/{board.code}"
    commits = measures.commits(place.database)
    crowd = Crowd(running.live_port, f"{path}/live?since=0", viewers)
    before = {name: _cpu(pid) for name, pid in running.processes.items()} | {"viewers": _own_cpu()}
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.live_writer", str(running.port), f"{path}/write"]
    command += [str(board.columns[0].id), str(rate), str(SECONDS)]
    with subprocess.Popen(command, cwd=site.ROOT, stdout=subprocess.PIPE, text=True) as writer:
        crowd.take(SECONDS + AFTER)
        said, _error = writer.communicate(timeout=60)
    crowd.take(AFTER)
    took = time.monotonic() - began
    after = {name: _cpu(pid) for name, pid in running.processes.items()} | {"viewers": _own_cpu()}
    crowd.leave()
    make.close()
    # Until the server has noticed that they are gone.
    time.sleep(SECONDS_BETWEEN_BEATS + 2)
    sent = {int(number): float(moment) for number, moment in (line.split() for line in said.splitlines())}
    waits, lost, doubled = _seen(crowd, sent)
    place95 = waits[int(len(waits) * 0.95)] if waits else float("nan")
    shares = ", ".join(f"{name} {(after[name] - before[name]) / took:.0%}" for name in after)
    memory = ", ".join(f"{name} {_pss(pid):.0f} MiB" for name, pid in running.processes.items())
    beside = (
        f"p50 {statistics.median(waits or [0]):.2f} s, most {max(waits or [0]):.2f} s; {len(sent)} ideas, "
        f"{sum(len(viewer.came) for viewer in crowd.viewers) / SECONDS:,.0f} messages/s; lost {lost}, twice {doubled}; "
        f"{rate / commits:.1%} of {commits:,.0f} commits/s; CPU {shares}; {memory}; load {os.getloadavg()[0]:.1f}"
    )
    is_met = (
        bool(waits) and place95 <= aim and not lost and not doubled and len(sent) >= rate * SECONDS * 0.95
    )
    work = f"{viewers:,} viewers, {rate} ideas/s, {layout}"
    bench.table.row(Row(work, f"95 % in {place95:.2f} s", beside, f"95 % in {aim} s, none lost", is_met))


def _seen(crowd: Crowd, sent: dict[int, float]) -> tuple[list[float], int, int]:
    """How long each idea took to each viewer, sorted; how many were lost, and how many came twice."""
    waits: list[float] = []
    lost = doubled = 0
    for viewer in crowd.viewers:
        seen: Counter[int] = Counter()
        for number, moment in viewer.came:
            for idea in crowd.messages[number]:
                seen[idea] += 1
                waits.append(moment - sent.get(idea, moment))
        lost += len(sent.keys() - seen.keys())
        doubled += sum(times - 1 for times in seen.values())
    return sorted(waits), lost, doubled


def _allow_many_files() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _cpu(pid: int) -> float:
    """Seconds of processor time of a process and its children."""
    ticks = 0
    for each in _family(pid):
        parts = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(parts[11]) + int(parts[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _pss(pid: int) -> float:
    total = 0
    for each in _family(pid):
        lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
