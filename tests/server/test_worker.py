"""The worker: of several one acts, and when it is killed another takes its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text

from dialogue.base import outbox
from dialogue.base.outbox import Letter
from tests.server.conftest import Installation, Running, free_port

SECONDS_BETWEEN = 10
PATIENCE = SECONDS_BETWEEN + 20
SENT = "send mail"
LEADS = "leads"


class Inbox:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.subjects: list[str] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        lines = envelope.content.decode().splitlines()  # type: ignore[attr-defined]
        self.subjects += [line for line in lines if line.startswith("Subject:")]
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    kept, port = Inbox(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()


def test_one_of_four_workers_acts_and_another_takes_over_whenever_it_is_killed(installation, inbox):
    received, port = inbox
    installation.variables["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    subjects = ["One", "Two", "Three", "Four"]
    workers = [installation.start("worker") for _ in subjects]
    try:
        for subject in subjects:
            queue(installation, subject)
            leader = leader_of(workers)
            assert leader.until(PATIENCE, SENT), leader.said
            assert leaders(installation) == 1
            assert [worker for worker in workers if LEADS in worker.said] == [leader]
            workers.remove(leader)
            leader.kill()
    finally:
        for worker in workers:
            worker.end()
    assert received.subjects == [f"Subject: {subject}" for subject in subjects]


def leader_of(workers: list[Running]) -> Running:
    for _ in range(PATIENCE * 10):
        for worker in workers:
            if worker.until(0.05, LEADS):
                return worker
    pytest.fail("\n".join(worker.said for worker in workers))


def leaders(installation: Installation) -> int:
    """How many processes hold the lock of the one that acts."""
    if installation.database.is_sqlite:
        file = (installation.folder / "scheduler.lock").stat().st_ino
        return sum(
            line.split()[5].endswith(f":{file}") for line in Path("/proc/locks").read_text().splitlines()
        )
    held = text(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with installation.database.reading() as session:
        return session.scalars(held).one()


def queue(installation: Installation, subject: str) -> None:
    with installation.database.writing() as session:
        outbox.queue(session, "ola@example.org", Letter(subject, "Hei.", "<p>Hei.</p>", "nb"))
