"""What the server promises as a whole: limits across its processes, and files that browsers may keep."""

import gzip
import os
import re
import signal
import time
from pathlib import Path

from dialogue.web.security import PER_DEVICE
from tests.server.visitor import Visitor


def test_two_processes_share_the_limits(installation):
    with installation.serve("serve", "--workers", "2") as server:
        first, second = children(server.process.pid)
        windows = [served_by(first, second, server.port), served_by(second, first, server.port)]
        taken = [windows[number % 2].post("/nb/boards/none/write", {}).status for number in range(130)]
    assert taken == [404] * PER_DEVICE.times + [429] * (130 - PER_DEVICE.times)


def children(pid: int) -> list[int]:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if len(found) == 2:
            return [int(child) for child in found]
        time.sleep(0.05)
    raise AssertionError("there are not two processes")


def served_by(_wanted: int, other: int, port: int) -> Visitor:
    """A visitor of one device whose connection one process has taken, since the other slept meanwhile."""
    os.kill(other, signal.SIGSTOP)
    try:
        visitor = Visitor(port, cookie="device=one")
        visitor.get("/nb/about")
    finally:
        os.kill(other, signal.SIGCONT)
    return visitor


def test_style_and_script_are_kept_for_ever_and_compressed(installation):
    with installation.serve() as server:
        visitor = Visitor(server.port)
        page = visitor.get("/nb/").body.decode()
        files = set(re.findall(r"/static/built/[\w.-]+\.(?:css|js)", page))
        answers = {path: visitor.get(path, **{"Accept-Encoding": "gzip"}) for path in files}
    assert len(files) >= 2
    for path, answer in answers.items():
        assert answer.status == 200, path
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.body)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_not_there_is_a_page_that_says_so(installation):
    with installation.serve() as server:
        answer = Visitor(server.port).get("/static/built/app.000000000000.css")
    assert answer.status == 404
    assert "immutable" not in answer.headers["Cache-Control"]
