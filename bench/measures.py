"""Pages and flows: what is measured, and how. Each function prints its rows as they come."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import event, text

from bench import content, load, residents, site
from bench.content import Site
from bench.load import Measured
from bench.serve import KeepsNothing
from bench.table import Row, Table
from dialogue.app import create_app
from dialogue.base.db import Database
from dialogue.config import Settings

SECONDS = 3.0
SECONDS_OF_COMMITS = 2.0
MANY = 16
RESIDENTS = 8


@dataclass(frozen=True)
class Place:
    """A database with its content, and the settings of servers on it."""

    settings: Settings
    site: Site
    database: Database


@dataclass
class Bench:
    """What the measurements share; made when first asked for, ended with the stack."""

    stack: ExitStack
    folder: Path
    postgresql: str | None
    table: Table

    @cached_property
    def main(self) -> Place:
        """The database that production would have: PostgreSQL where there is one."""
        return self._place("main", self.postgresql) if self.postgresql else self.sqlite

    @cached_property
    def sqlite(self) -> Place:
        """An SQLite database."""
        return self._place("sqlite", "")

    @cached_property
    def product(self) -> site.Server:
        """The product on the main database."""
        return self.stack.enter_context(site.product(self.main.settings))

    @cached_property
    def _hello(self) -> site.Server:
        return self.stack.enter_context(site.hello())

    def hello(self, clients: int) -> float:
        """Requests per second of a bare page now, with so many clients."""
        return load.run(load.reading("/"), self._hello.port, clients, SECONDS).per_second

    def _place(self, name: str, address: str) -> Place:
        settings = site.settings(self.folder / name, address)
        database = Database(settings.database)
        self.stack.callback(database.engine.dispose)
        return Place(settings, content.fill(database), database)


def pages_kept(bench: Bench) -> None:
    """Public pages as an anonymous visitor gets them."""
    bench.table.heading("Public pages from the page cache, requests/s")
    pages = bench.main.site.pages
    port = bench.product.port
    for clients in (1, MANY):
        hello = bench.hello(clients)
        for name, path in pages.items():
            took = load.run(load.reading(path), port, clients, SECONDS)
            in_time = took.milliseconds(0.99) < 40 if clients == MANY else True
            aim = "≥ 20 % of hello" + (", p99 < 40 ms" if clients == MANY else "")
            is_met = in_time and took.per_second >= 0.2 * hello
            bench.table.row(_page_row(f"{name}, {_clients(clients)}", took, hello, aim, is_met))


def pages_anew(bench: Bench) -> None:
    """Pages that are in no cache, each made anew."""
    bench.table.heading("Pages made anew, requests/s")
    site_, statements = bench.main.site, _statements(bench.main)
    results = f"/nb/surveys/{site_.results}/results"
    with site.anew(bench.main.settings) as server:
        hello = bench.hello(MANY)
        for name, path in site_.pages.items():
            took = load.run(load.reading(path), server.port, MANY, SECONDS)
            least = 0.03 if "board" in name else 0.04
            aim = f"≥ {least * 100:.0f} % of hello"
            work = f"{name}, {_clients(MANY)}, {statements(path)} statements"
            bench.table.row(_page_row(work, took, hello, aim, took.per_second >= least * hello))
        with told(bench, "results of 2,067 answers"):
            took = load.run(load.reading(results), server.port, 1, SECONDS)
            middle = took.milliseconds(0.5)
            work = f"results of 2,067 answers, {statements(results)} statements"
            beside = f"p99 {took.milliseconds(0.99):.1f} ms"
            bench.table.row(Row(work, f"{middle:.1f} ms", beside, "under 50 ms", middle < 50))


def flows(bench: Bench) -> None:
    """What residents send, on the main database; again when there is much in it."""
    _flows(bench, bench.main, bench.product.port)


def flows_on_sqlite(bench: Bench) -> None:
    """What residents send, on SQLite."""
    if bench.postgresql:
        with site.product(bench.sqlite.settings) as server:
            _flows(bench, bench.sqlite, server.port)


def _flows(bench: Bench, place: Place, port: int) -> None:
    name = "SQLite" if place.database.is_sqlite else "PostgreSQL"
    bench.table.heading(f"Page and POST as one flow, {RESIDENTS} clients, {name}, flows/s")
    before = _send_all(bench, place, port, {})
    content.add_rows(place.database, place.site)
    _send_all(bench, place, port, before)


def _send_all(bench: Bench, place: Place, port: int, before: dict[str, float]) -> dict[str, float]:
    per_second = commits(place.database)
    rates: dict[str, float] = {}
    for name, path in place.site.forms.items():
        with told(bench, name):
            took = load.run(residents.sending(path, port), port, RESIDENTS, SECONDS)
            rate = rates[name] = took.per_second
            work = f"{name}, after 20,000 more" if before else name
            beside = f"{rate / per_second:.0%} of {per_second:,.0f} commits/s"
            if before.get(name):
                beside += f", {rate / before[name]:.0%} of before"
            beside += _times(took)
            aim, is_met = ("≥ 400", rate >= 400) if not place.database.is_sqlite else ("", None)
            bench.table.row(Row(work, f"{rate:,.0f}", beside, aim, is_met))
    return rates


def _page_row(work: str, took: Measured, hello: float, aim: str, is_met: bool) -> Row:
    beside = f"{took.per_second / hello:.1%} of hello's {hello:,.0f}{_times(took)}"
    return Row(work, f"{took.per_second:,.0f}", beside, aim, is_met)


def _times(took: Measured) -> str:
    return f", p50 {took.milliseconds(0.5):.1f} ms, p99 {took.milliseconds(0.99):.1f} ms"


def _clients(count: int) -> str:
    return "1 client" if count == 1 else f"{count} clients"


@contextmanager
def told(bench: Bench, work: str) -> Iterator[None]:
    """Say so where something cannot be measured, and go on with the rest."""
    try:
        yield
    except (load.UnexpectedAnswer, residents.FormMissing) as problem:
        bench.table.row(Row(work, "not measured", str(problem).splitlines()[0]))


def _statements(place: Place):
    """A function that says how many statements a page takes when it is made anew."""
    house = create_app(place.settings)
    house.pages = KeepsNothing()
    browser = house.test_client()
    seen: list[str] = []
    event.listen(house.database.engine, "before_cursor_execute", lambda _c, _k, sql, *_: seen.append(sql))

    def count(path: str) -> int:
        seen.clear()
        browser.get(path)
        return sum(not sql.startswith("BEGIN") for sql in seen)

    return count


def commits(database: Database) -> float:
    """Commits per second of one connection that does nothing else than insert a small row in each."""
    with database.engine.execution_options(writes=True).connect() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS bench_commit (n INTEGER)"))
        connection.commit()
        count, began = 0, time.perf_counter()
        while time.perf_counter() - began < SECONDS_OF_COMMITS:
            connection.execute(text("INSERT INTO bench_commit VALUES (1)"))
            connection.commit()
            count += 1
        return count / (time.perf_counter() - began)
