"""A whole installation for each test: its own database, its own settings, real processes on this machine."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dialogue.base.db import Base, Database
from tests.conftest import SECRET, own_database
from tests.support.make import Make

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = str(Path(sys.executable).with_name("dialogue"))
SECONDS_TO_START = 60


@dataclass
class Running:
    """A process that was started, and what it has said so far."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int = 0

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """Kill -9, the process and all that it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """Ask it to stop, and see that it does."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def until(self, seconds: float, words: str) -> bool:
        """Whether it says these words within so many seconds."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if words in self.said:
                return True
            time.sleep(0.05)
        return False


@dataclass
class Installation:
    """Settings, a database with tables, and processes on them."""

    folder: Path
    database: Database
    address: str
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def make(self) -> Make:
        return Make(self.database)

    def environment(self, **changes: str | None) -> dict[str, str]:
        """What a process is started with: nothing of this machine's own settings; None leaves one out."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("DIALOGUE_")}
        ours = {**self.variables, **changes}
        return plain | {f"DIALOGUE_{name}": value for name, value in ours.items() if value is not None}

    def command(self, *arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
        """Run ``dialogue`` to its end, with these settings changed."""
        return subprocess.run(
            [COMMAND, *arguments],
            cwd=ROOT,
            env=self.environment(**changes),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def start(self, *arguments: str, **changes: str | None) -> Running:
        """Start ``dialogue`` and let it run."""
        descriptor, name = tempfile.mkstemp(dir=self.folder, suffix=".log")
        with os.fdopen(descriptor, "wb") as output:
            process = subprocess.Popen(
                [COMMAND, *arguments],
                cwd=ROOT,
                env=self.environment(**changes) | {"PYTHONUNBUFFERED": "1"},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return Running(process, Path(name))

    @contextmanager
    def serve(self, *arguments: str, port: int = 0, **changes: str | None) -> Iterator[Running]:
        """The server, taking connections; ended afterwards."""
        port = port or free_port()
        running = self.start(*(arguments or ("serve", "--workers", "2")), "--port", str(port), **changes)
        running.port = port
        try:
            wait_until_it_answers(running)
            yield running
        finally:
            running.end()


def wait_until_it_answers(running: Running) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while running.process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", running.port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"The server was not ready:\n{running.said[-3000:]}", pytrace=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def empty_installation(tmp_path: Path, worker_id: str) -> Iterator[Installation]:
    """Settings as in production, on a database without tables."""
    named = os.environ.get("DIALOGUE_TEST_DATABASE_URL")
    address = own_database(named, f"server_{worker_id}") if named else f"sqlite:///{tmp_path / 'dialogue.db'}"
    database = Database(address)
    variables = {
        "INSTANCE_DIR": str(tmp_path),
        "DATABASE_URL": address,
        "SECRET_KEY": SECRET,
        "PUBLIC_URL": "https://dialogue.example.org",
        "SMTP_URL": "smtp://127.0.0.1:9",
    }
    yield Installation(tmp_path, database, address, variables)
    database.engine.dispose()


@pytest.fixture
def installation(empty_installation: Installation) -> Installation:
    """Settings as in production, on a database that has its tables."""
    with empty_installation.database.writing() as session:
        Base.metadata.create_all(session.connection())
    return empty_installation
