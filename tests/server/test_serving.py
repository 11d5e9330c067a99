"""What the server promises as a whole: limits across its processes, and files that browsers may keep."""

import gzip
import re

from dialogue.web.security import PER_DEVICE
from tests.server.visitor import Visitor


def test_two_processes_share_the_limits(installation):
    with installation.serve("serve", "--workers", "2") as server:
        # Each of these keeps a connection, so that both processes have some of them.
        windows = [Visitor(server.port, cookie="device=one") for _ in range(12)]
        for window in windows:
            window.get("/nb/about")
        taken = [windows[number % 12].post("/nb/boards/none/write", {}).status for number in range(140)]
    assert taken.count(404) == PER_DEVICE.times
    assert set(taken[PER_DEVICE.times :]) == {429}


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
