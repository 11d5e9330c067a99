"""Databases and servers for a measurement: made for it, bounded, and gone afterwards."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from bench.serve import WORKERS
from dialogue.config import Settings

ROOT = Path(__file__).parent.parent.resolve()
LOCAL_POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/postgres"
SECONDS_TO_START = 30
SECRET = "a-secret-for-measuring-that-is-long-enough"  # noqa: S105 - it keeps nothing


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    port: int
    pid: int


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dialogue-bench-") as name:
        yield Path(name)


def settings(folder: Path, database_url: str) -> Settings:
    """Settings as in production, except that no mail ever leaves."""
    return Settings(
        instance_dir=folder,
        database_url=database_url,
        secret_key=SECRET,
        public_url="https://127.0.0.1",
        smtp_url="smtp://127.0.0.1:9",
        workers=WORKERS,
    )


@contextmanager
def postgresql(suffix: str = "") -> Iterator[str | None]:
    """The address of a new database, dropped afterwards; None where no PostgreSQL answers."""
    url = make_url(os.environ.get("DIALOGUE_BENCH_DATABASE_URL") or LOCAL_POSTGRESQL)
    url = url.set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    name = f"dialogue_bench_{os.getpid()}{suffix}"
    try:
        with admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    except OperationalError:
        yield None
        return
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        admin.dispose()


@contextmanager
def hello() -> Iterator[Server]:
    """A bare Flask page under the product's server."""
    port = free_port()
    with _running(
        [sys.executable, "-m", "bench.serve", "hello", str(port)], port, plain_environment()
    ) as server:
        yield server


@contextmanager
def product(chosen: Settings) -> Iterator[Server]:
    """The product as it is served in production."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("dialogue")), "serve", "--port", str(port)]
    with _running(command, port, environment(chosen)) as server:
        yield server


@contextmanager
def live(chosen: Settings) -> Iterator[Server]:
    """The process that holds the connections of open pages."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("dialogue")), "live", "--port", str(port)]
    with _running(command, port, environment(chosen)) as server:
        yield server


@contextmanager
def anew(chosen: Settings) -> Iterator[Server]:
    """The product without its page cache."""
    port = free_port()
    command = [sys.executable, "-m", "bench.serve", "anew", str(port)]
    with _running(command, port, environment(chosen)) as server:
        yield server


def environment(chosen: Settings) -> dict[str, str]:
    """This process's environment with these settings in place of its own."""
    return plain_environment() | {
        "DIALOGUE_INSTANCE_DIR": str(chosen.instance_dir),
        "DIALOGUE_DATABASE_URL": chosen.database_url,
        "DIALOGUE_SECRET_KEY": chosen.secret_key,
        "DIALOGUE_PUBLIC_URL": chosen.public_url,
        "DIALOGUE_SMTP_URL": chosen.smtp_url,
        "DIALOGUE_WORKERS": str(chosen.workers),
    }


@contextmanager
def _running(command: list[str], port: int, variables: dict[str, str]) -> Iterator[Server]:
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=subprocess.STDOUT)
        try:
            if not answers(process, port, SECONDS_TO_START):
                log.seek(0)
                raise RuntimeError(
                    f"The server did not start:\n{log.read().decode(errors='replace')[-3000:]}"
                )
            yield Server(port, process.pid)
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop what was started here."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def plain_environment() -> dict[str, str]:
    """This process's environment without settings of the product."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DIALOGUE_")}


def answers(process: subprocess.Popen[bytes], port: int, seconds: float) -> bool:
    """Whether the process takes connections within so many seconds."""
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
