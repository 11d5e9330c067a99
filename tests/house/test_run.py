"""The two commands of the house: what `./run` says and keeps, without starting anything slow."""

import os
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent.parent
LOCKS = [ROOT / "requirements" / "app.txt", ROOT / "requirements" / "dev.txt"]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.fixture
def run() -> ModuleType:
    loader = SourceFileLoader("run", str(ROOT / "run"))
    specification = spec_from_loader("run", loader)
    assert specification is not None
    module = module_from_spec(specification)
    loader.exec_module(module)
    return module


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def say(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_a_taken_port_is_said_in_a_sentence_before_anything_is_installed(taken_port: int) -> None:
    answer = say("--port", str(taken_port))

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr == (
        f"Port {taken_port} on 127.0.0.1 is taken by another program. Try: ./run --port {taken_port + 1}\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--port", "123456"), "123456 is not a port."),
        (("--port", "0"), "0 is not a port."),
        (("--host", "no such host"), "no such host is not an address that this machine can listen on."),
    ],
)
def test_an_impossible_address_is_said_in_a_sentence(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.setattr(run, "install", lambda *_locks: pytest.fail("It went on to install."))

    with pytest.raises(SystemExit) as end:
        run.main(list(arguments))

    assert sentence in str(end.value)


def test_an_unknown_command_shows_the_ones_there_are() -> None:
    answer = say("tests")

    assert answer.returncode == 1
    assert "There is no command “tests”." in answer.stderr
    assert "./run test" in answer.stderr


def test_a_python_that_is_too_old_is_named(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SystemExit) as end:
        run.use_a_new_enough_python()

    assert "needs Python 3.11 or newer, and this is Python 3.9.2" in str(end.value)


def test_a_missing_venv_module_is_named_with_the_package_to_install(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "BIN", tmp_path / "bin")
    # Debian's Python without python3-venv has the module venv, but not the one that brings pip.
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    with pytest.raises(SystemExit) as end:
        run.make_venv()

    assert "apt install python3-venv" in str(end.value)


def test_a_lock_is_installed_once_and_again_only_when_it_has_changed(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "VENV", tmp_path)
    lock = tmp_path / "app.txt"
    lock.write_text("flask==3.1.3")
    installed = []

    def start() -> None:
        run.once_for("app", [lock], lambda: installed.append(lock.read_text()))

    start()
    start()
    lock.write_text("flask==3.1.4")
    start()
    start()

    assert installed == ["flask==3.1.3", "flask==3.1.4"]


def test_a_failed_installation_is_tried_again(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "VENV", tmp_path)
    lock = tmp_path / "app.txt"
    lock.write_text("flask==3.1.3")
    attempts = []

    def fail() -> None:
        attempts.append("tried")
        sys.exit("no network")

    for _ in range(2):
        with pytest.raises(SystemExit):
            run.once_for("app", [lock], fail)

    assert attempts == ["tried", "tried"]


# --- The locks ---------------------------------------------------------------------------------------


def locked(path: Path) -> dict[str, Version]:
    pins = re.findall(r"^([\w.-]+)==([^ ]+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in pins}


def named_in_pyproject() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [
        project["build-system"]["requires"],
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    return [Requirement(text) for texts in lists for text in texts]


@pytest.mark.parametrize("requirement", named_in_pyproject(), ids=str)
def test_what_pyproject_asks_for_is_locked(requirement: Requirement) -> None:
    versions = locked(LOCKS[1]) | locked(LOCKS[0])
    version = versions.get(canonicalize_name(requirement.name))

    assert version is not None, "Not in the locks. Run: ./run lock"
    assert version in requirement.specifier, "The locks are older than pyproject.toml. Run: ./run lock"


def test_both_locks_agree_where_they_name_the_same_package() -> None:
    app, dev = (locked(path) for path in LOCKS)
    assert {name: dev[name] for name in app.keys() & dev.keys()} == {
        name: app[name] for name in app.keys() & dev.keys()
    }


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_its_hashes(path: Path) -> None:
    entries = re.split(r"^(?=[\w.-]+==)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_address_and_no_folder_of_one_machine(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "://" in line or re.search(r"(^|\s)/\w", line)] == []


# --- What is written about the commands -----------------------------------------------------------------


def test_every_command_that_the_documents_name_exists(run: ModuleType) -> None:
    named = {
        (command, path.name)
        for path in DOCUMENTS
        if path.exists()
        for command in re.findall(r"\./run ([a-z]\w*)", path.read_text(encoding="utf-8"))
    }
    assert {(command, name) for command, name in named if command not in {*run.COMMANDS, "help"}} == set()


def test_help_names_every_command(run: ModuleType) -> None:
    answer = say("help")

    assert answer.returncode == 0
    assert [name for name in run.COMMANDS if name != "start" and f"./run {name}" not in answer.stdout] == []


@pytest.mark.parametrize("name", ["run", ".ci/run"])
def test_the_commands_can_be_executed(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
