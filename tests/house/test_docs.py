"""What the documents name exists."""

import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from dialogue.cli import cli

COMMAND = re.compile(r"`?dialogue ((?:[a-z]+ ?){1,2})`")


def documents(repository):
    return [*repository.glob("*.md"), *(repository / "docs").rglob("*.md")]


def test_every_document_links_to_files_that_exist(repository):
    wrong = []
    for path in documents(repository):
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text()):
            if not target.startswith(("http", "mailto:")) and not (path.parent / target).exists():
                wrong.append(f"{path.name}: {target}")
    assert wrong == []


def test_every_command_in_the_documents_exists(repository):
    names = set()
    for path in documents(repository):
        for found in COMMAND.findall(path.read_text()):
            names.add(tuple(found.split()))
    assert names
    for name in names:
        result = CliRunner().invoke(cli, [*name, "--help"])
        assert result.exit_code == 0, name


@pytest.mark.parametrize(
    "path", ["README.md", "CHANGELOG.md", "LICENSE", "docs/architecture.md", "docs/development.md"]
)
def test_the_documents_a_newcomer_looks_for_are_there(repository, path):
    assert (repository / path).stat().st_size > 200


def test_no_secret_machine_path_or_foreign_host_stands_in_the_repository(repository):
    listed = subprocess.run(
        ["git", "ls-files"], cwd=repository, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    wrong = []
    for name in listed:
        path = repository / name
        if (
            path.suffix in {".woff2", ".png", ".ttf", ".pdf"}
            or not path.is_file()
            or name.endswith("test_docs.py")
        ):
            continue
        content = path.read_text(errors="replace")
        # The folder in which this copy lies, a key, and a place from which packages are fetched.
        for pattern in (re.escape(f"{repository}/"), r"BEGIN [A-Z ]*PRIVATE KEY", r"index-url|find-links"):
            if re.search(pattern, content):
                wrong.append(f"{name}: {pattern}")
    assert wrong == []


def test_the_command_explains_itself():
    done = subprocess.run(
        [sys.executable, "-m", "dialogue.cli", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    for command in ("serve", "worker", "demo", "assets", "check", "user", "places", "db"):
        assert command in done.stdout
