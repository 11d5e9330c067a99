"""Journeys in a real Chromium, against the real server with the demo's data.

Chromium is the system's own: nothing is downloaded. Where there is none these tests are skipped, and say
how to get it; with DIALOGUE_REQUIRE_BROWSER=1 they fail instead.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
NO_CHROMIUM = (
    "There is no Chromium on this machine. On Debian: apt-get install chromium. "
    "Where it lies in an unusual place, give its path in DIALOGUE_CHROMIUM."
)
# Chromium would otherwise ask the network for updates and suggestions, which fails slowly where there is none.
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
# Chromium refuses to run as root inside its sandbox.
AS_ROOT = ("--no-sandbox",)

DEVICES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}

# The command of the environment that runs the tests.
DIALOGUE = str(Path(sys.executable).with_name("dialogue"))

SECONDS_TO_START = 120
SECONDS_TO_STOP = 10


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test in this folder, so that `-m "not browser"` leaves them all out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str | None:
    """The path of the system's Chromium, or of the one that DIALOGUE_CHROMIUM names."""
    named = os.environ.get("DIALOGUE_CHROMIUM")
    candidates = (named,) if named else CHROMIUM_NAMES
    return next((found for name in candidates if (found := shutil.which(name))), None)


# --- The browser -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; without one, the test is skipped or, where browsers are required, fails."""
    path = find_chromium()
    if path:
        return path
    if os.environ.get("DIALOGUE_REQUIRE_BROWSER") == "1":
        pytest.fail(NO_CHROMIUM, pytrace=False)
    pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    arguments = [*QUIET, *(AS_ROOT if os.geteuid() == 0 else ())]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: "LiveServer") -> Iterator[OpenPage]:
    """Opens a window as one more person: `open_page("phone", javascript=False, color_scheme="dark")`.

    Each has cookies of its own. Addresses may be given from the first slash on. What Playwright's
    new_context() takes can be given too. A script that fails, and anything that the page's own security
    policy stopped, fails the test when it ends.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(device: str = "desktop", *, javascript: bool = True, **options: object) -> Page:
        # A click on what is still unfolding can fall beside it.
        still = {"reduced_motion": "reduce", "locale": "nb-NO", "timezone_id": "Europe/Oslo"}
        settings = {**DEVICES[device], **still, **options}
        context = browser.new_context(
            base_url=live_server.address, java_script_enabled=javascript, **settings
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        context.on("weberror", lambda error: faults.append(f"{page.url}: {error.error}"))
        context.on("console", lambda message: faults.extend(policy_fault(message)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def policy_fault(message: ConsoleMessage) -> list[str]:
    is_fault = message.type == "error" and "Content Security Policy" in message.text
    return [f"{message.location.get('url')}: {message.text}"] if is_fault else []


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page("phone")


@pytest.fixture
def phone_without_javascript(open_page: OpenPage) -> Page:
    return open_page("phone", javascript=False)


@pytest.fixture
def desktop(open_page: OpenPage) -> Page:
    return open_page("desktop")


@pytest.fixture
def desktop_without_javascript(open_page: OpenPage) -> Page:
    return open_page("desktop", javascript=False)


# --- The server --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LiveServer:
    """A running server and where its data lie."""

    address: str
    """As in `http://127.0.0.1:54321`, without a slash at the end."""
    folder: Path
    process: subprocess.Popen[bytes]


@pytest.fixture(scope="session")
def loaded_demo(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's data, loaded once for all the processes that run tests; only to be copied.

    It asks for Chromium first, so that nothing is loaded where every test will be skipped.
    """

    def load(folder: Path) -> None:
        folder.mkdir()
        for arguments in (("assets",), ("messages", "compile"), ("db", "upgrade"), ("demo", "load")):
            subprocess.run(
                [DIALOGUE, *arguments], cwd=ROOT, env=demo_environment(folder), check=True, timeout=300
            )

    return made_once(tmp_path_factory, "loaded-demo", load)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first process which needs it makes, and the others wait for."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, ready = shared / name, shared / f"{name}.ready"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            make(folder)
            ready.touch()
    return folder


@pytest.fixture(scope="session")
def live_server(loaded_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The real server in demo mode, shared by all tests of one process."""
    yield from serve_copy(loaded_demo, tmp_path_factory.mktemp("server") / "instance")


def own_server() -> Any:
    """The fixture ``live_server`` for a module whose tests leave much behind, move the clock, or count what others
    would leave: a server that it shares with none."""

    @pytest.fixture(scope="module")
    def live_server(loaded_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
        yield from serve_copy(loaded_demo, tmp_path_factory.mktemp("own") / "instance")

    return live_server


def serve_copy(loaded: Path, folder: Path) -> Iterator[LiveServer]:
    """The real server on a copy of loaded data, with an SQLite database of its own."""
    shutil.copytree(loaded, folder)
    log = folder / "server.log"
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = demo_environment(folder) | {"DIALOGUE_PUBLIC_URL": address}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [DIALOGUE, "start", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_it_answers(process, port, log)
        yield LiveServer(address, folder, process)
    finally:
        end(process)


def demo_environment(folder: Path) -> dict[str, str]:
    """What the command gets: the demo in this folder, and nothing of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIALOGUE_")}
    return kept | {
        "DIALOGUE_DEMO": "1",
        "DIALOGUE_DATABASE_URL": f"sqlite:///{folder / 'dialogue.db'}",
        "DIALOGUE_INSTANCE_DIR": str(folder),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    state = "was not ready in time" if process.poll() is None else f"ended with code {process.returncode}"
    pytest.fail(f"The server {state}. It said:\n{log.read_text(errors='replace')[-4000:]}", pytrace=False)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
