"""The command: it refuses what is unsafe, says what is wrong and how to mend it, and lets the first person in."""

from subprocess import CompletedProcess
from urllib.parse import urlsplit

import pytest

from dialogue.base import schema
from dialogue.config import DEMO_SECRET
from tests.server.visitor import Visitor


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": None}, "DIALOGUE_SECRET_KEY is missing"),
        ({"SECRET_KEY": DEMO_SECRET}, "DIALOGUE_SECRET_KEY is the demo's"),
        ({"SMTP_URL": None}, "DIALOGUE_SMTP_URL is missing"),
        ({"SMPT_URL": "smtp://mail"}, "DIALOGUE_SMPT_URL is not a setting"),
    ],
)
def test_production_does_not_start_with_a_setting_that_is_wrong(installation, changes, words):
    refused(installation.command("serve", **changes), words)


def test_the_worker_does_not_start_with_the_demos_secret_either(installation):
    refused(installation.command("worker", SECRET_KEY=DEMO_SECRET), "DIALOGUE_SECRET_KEY is the demo's")


def test_production_does_not_start_with_demo_accounts(installation):
    installation.make.user(email="police@demo.example")
    refused(installation.command("serve"), "demo accounts")


def refused(ended: CompletedProcess[str], words: str) -> None:
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_check_names_each_problem_and_how_to_mend_it(installation):
    ended = installation.command("check", SECRET_KEY="short", PUBLIC_URL="http://x", SMTP_URL=None)
    assert ended.returncode == 1
    problems = [line for line in ended.stdout.splitlines() if line.startswith("- ")]
    assert len(problems) == 3
    for name, mend in (
        ("SECRET_KEY", "Make it longer"),
        ("SMTP_URL", "Set it"),
        ("PUBLIC_URL", "must start"),
    ):
        assert any(name in problem and mend in problem for problem in problems)
    assert "3 to mend" in ended.stdout


def test_check_tells_of_a_database_without_tables_and_says_how_to_make_them(empty_installation):
    ended = empty_installation.command("check")
    assert ended.returncode == 1
    assert "dialogue db upgrade" in ended.stdout


def test_check_finds_nothing_when_all_is_in_order(empty_installation):
    schema.upgrade(empty_installation.database)
    ended = empty_installation.command("check")
    assert (ended.returncode, ended.stdout) == (0, "The configuration is in order.\n")


def test_the_first_administrator_gets_in_by_a_one_time_address(installation):
    made = installation.command("user", "create", "kari@example.org", "--name", "Kari")
    assert made.returncode == 0, made.stderr
    address = urlsplit(made.stdout.strip())
    assert f"{address.scheme}://{address.netloc}" == "https://dialogue.example.org"
    with installation.serve() as server:
        visitor = Visitor(server.port)
        # A mail scanner opens it first, and nothing happens.
        assert visitor.get(address.path).status == 200
        entered = visitor.post(address.path, visitor.form(address.path))
        assert entered.status == 302
        visitor.cookie = entered.headers["Set-Cookie"].split(";")[0]
        assert visitor.get("/nb/desk").status == 200
        assert Visitor(server.port).post(address.path, {}).status != 302


def test_an_account_that_is_there_is_not_made_twice(installation):
    installation.make.user(email="kari@example.org")
    refused(
        installation.command("user", "create", "kari@example.org", "--name", "Kari"), "already an account"
    )
