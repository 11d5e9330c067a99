"""How long nobody acts after the process that did is killed with no warning."""

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import site
from bench.measures import Bench
from bench.table import Row
from dialogue.base.db import Base, Database
from dialogue.config import Settings

WORKERS = 4
SECONDS = 2
PATIENCE = 60
LEADS = b"leads"


def measure(bench: Bench) -> None:
    """Four workers of which three are killed, one after the other, each as soon as it leads."""
    bench.table.heading("From kill -9 of the worker that acts until another does")
    with site.postgresql("_takeover") as address:
        for name, chosen in (("PostgreSQL", address), ("SQLite", "")):
            if chosen is None:
                continue
            settings = site.settings(bench.folder / f"takeover-{name}", chosen)
            settings.instance_dir.mkdir()
            database = Database(settings.database)
            with database.writing() as session:
                Base.metadata.create_all(session.connection())
            database.engine.dispose()
            took = _seconds(settings)
            beside = f"{len(took)} kills, slowest {max(took):.2f} s"
            aim = f"under {SECONDS} s"
            bench.table.row(Row(name, f"{statistics.median(took):.2f} s", beside, aim, max(took) < SECONDS))


def _seconds(settings: Settings) -> list[float]:
    took = []
    with ExitStack() as stack:
        logs = [settings.instance_dir / f"worker-{number}.log" for number in range(WORKERS)]
        workers = {log: stack.enter_context(_worker(settings, log)) for log in logs}
        leader = _who_leads(workers)
        # The last is left alive, so that there is one to take over.
        for _kill in range(WORKERS - 1):
            os.kill(workers.pop(leader).pid, signal.SIGKILL)
            began = time.perf_counter()
            leader = _who_leads(workers)
            took.append(time.perf_counter() - began)
    return took


def _who_leads(workers: dict[Path, "subprocess.Popen[bytes]"]) -> Path:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for log in workers:
            if LEADS in log.read_bytes():
                return log
        time.sleep(0.005)
    raise RuntimeError("No worker leads.")


@contextmanager
def _worker(settings: Settings, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [str(Path(sys.executable).with_name("dialogue")), "worker"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=site.ROOT, env=site.environment(settings), stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        site.end(process)
