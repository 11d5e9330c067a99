"""Imports only go down."""

import ast
import subprocess
import sys
from pathlib import Path

FILES_OF_A_ROOM = {"models", "rules", "queries", "operations", "forms", "views", "mail", "jobs", "room"}


def test_the_layers_hold(repository):
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_views_neither_build_queries_nor_commit(repository):
    wrong = []
    for path in (repository / "dialogue").rglob("*.py"):
        if not path.stem.startswith("views") and "views" not in path.parent.name:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy":
                wrong.append(f"{path}: imports sqlalchemy")
            if isinstance(node, ast.Attribute) and node.attr in {"commit", "flush", "execute", "scalars"}:
                wrong.append(f"{path}:{node.lineno}: {node.attr}")
    assert wrong == []


# The readers and writers of documents, and the reader of pictures.
HEAVY = {"typst", "docx", "openpyxl", "xlsxwriter", "PIL"}


def test_imports_stand_at_the_top(repository):
    """An import inside a function hides what a module needs; only what is heavy may wait."""
    wrong = []
    for path in (repository / "dialogue").rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for node in ast.walk(function):
                    names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
                    names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                    wrong += [f"{path}: {name}" for name in names if name.split(".")[0] not in HEAVY]
    assert wrong == []


def test_every_room_declares_itself(repository):
    rooms = [
        path.parent
        for path in (repository / "dialogue").glob("*/models.py")
        if path.parent.name != "residents"
    ]
    assert [room.name for room in rooms if not (room / "room.py").exists()] == []


def test_only_the_clock_asks_what_time_it_is(repository):
    wrong = []
    for path in (repository / "dialogue").rglob("*.py"):
        if path.name == "clock.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "datetime.now",
                "datetime.utcnow",
                "date.today",
                "datetime.today",
            }:
                wrong.append(f"{path}:{node.lineno}")
    assert wrong == []
