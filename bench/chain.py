"""How long the pages of the chain take in a whole country, and a year of its reminders."""

import gc
import statistics
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import event, func, select, update
from sqlalchemy.engine import Engine
from werkzeug.test import Client

from bench import load, nation, site
from bench.measures import Bench, told
from bench.nation import Nation
from bench.serve import KeepsNothing
from bench.table import Row
from dialogue.actions import jobs
from dialogue.actions.models import Action, ActionState
from dialogue.actions.rules import OPEN
from dialogue.app import create_app
from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.base.outbox import OutboxMail
from dialogue.people import operations as people
from dialogue.people.models import User
from dialogue.web.house import House

REPEATED = 7
# How often a page is asked for before: by then the driver has prepared its statements (from the sixth time on) and
# PostgreSQL has settled on their plans (five times later), as on a server that has been used since breakfast.
USED_BEFORE = 12
MILLISECONDS = 100
DAYS = 365
# Once an hour, at night and at weekends as well.
HOURS = range(24)
LAST_HOUR = HOURS[-1]
MONDAY = 0
# One of so many.
STAYS_LATE = 3
SECONDS = 60


def pages(nation: Nation) -> dict[str, str]:
    """The pages of the chain by what they are."""
    desk = "/nb/desk"
    work, leader = f"{desk}/actions", f"{desk}/leader"
    dialogue = f"{desk}/dialogues/{nation.dialogue}"
    return {
        "what came of it": f"/nb/dialogues/{nation.dialogue}/what-came-of-it",
        "what came of it: municipality": f"/nb/municipalities/{nation.municipality}",
        "what came of it: district": f"/nb/districts/{nation.district}",
        "a theme": f"/nb/themes/{nation.theme}",
        "an action": f"/nb/actions/{nation.action}",
        "a group's follow page": f"/nb/follow/{nation.group}",
        "a poster": f"/nb/posters/{nation.poster}",
        "where one can help": f"/nb/dialogues/{nation.dialogue}/help",
        "desk: today": desk,
        "desk: dialogues": f"{desk}/dialogues",
        "desk: a dialogue": dialogue,
        "desk: gather under themes": f"{dialogue}/themes",
        "desk: gather, by words": f"{dialogue}/themes?q=trening",
        "desk: a theme": f"{desk}/themes/{nation.theme}",
        "desk: decide": f"{desk}/themes/{nation.theme}/decide",
        "desk: bodies": f"{dialogue}/bodies",
        "desk: the brief": f"{dialogue}/brief",
        "desk: group codes": f"{dialogue}/group-codes",
        "desk: a group's slips": f"{dialogue}/group-codes/{nation.group_id}",
        "desk: the flow": f"{dialogue}/flow",
        "desk: words about what was done": f"{dialogue}/words",
        "desk: posters": f"{desk}/posters",
        "desk: plans": f"{desk}/plans",
        "desk: actions": work,
        "desk: actions, by words": f"{work}?q=part+11",
        "desk: actions as a board": f"{work}/board",
        "desk: actions in the calendar": f"{work}/calendar",
        "desk: actions by owner": f"{work}/by-owner",
        "desk: actions by goal": f"{work}/by-goal",
        "desk: the weekly round": f"{work}/round",
        "desk: an action": f"{work}/{nation.action}",
        "desk: a dialogue's actions": f"{dialogue}/actions",
        "leader: station": f"{leader}/organisations/{nation.organiser}",
        "leader: municipality": f"{leader}/municipalities/{nation.municipality}",
        "leader: district": f"{leader}/districts/{nation.district}",
        "leader: district, on paper": f"{leader}/districts/{nation.district}/paper",
    }


def measure(bench: Bench) -> None:
    """Pages, each made anew in one process: the middle of a few; then the reminders of a year."""
    with site.postgresql("_nation") as address:
        for name, chosen in (("PostgreSQL", address), ("SQLite", "")):
            if chosen is None:
                continue
            house = create_app(site.settings(bench.folder / f"nation-{name}", chosen))
            made = nation.fill(house.database)
            # As the server does before it serves: what is loaded by now is never looked through for garbage.
            gc.collect()
            gc.freeze()
            bench.table.heading(
                f"Server time with 100,000 ideas, 20,000 actions, 350 municipalities, {name}"
                + (", vacuumed and analysed as autovacuum does" if chosen else "")
            )
            _time_pages(bench, house, made)
            with told(bench, "a year of reminders"):
                bench.table.row(_year(house.database))
            house.database.engine.dispose()


def _time_pages(bench: Bench, house: House, nation: Nation) -> None:
    house.pages = KeepsNothing()
    with house.database.writing() as session:
        token = people.sign_in(session, session.get_one(User, nation.user_id))
    browser = house.test_client()
    with browser.session_transaction() as kept:
        kept["token"] = token
    seen = statements(house.database.engine)
    for name, path in pages(nation).items():
        with told(bench, name):
            for _ in range(USED_BEFORE):
                milliseconds(browser, path)
            seen.clear()
            took = [milliseconds(browser, path) for _ in range(REPEATED)]
            middle = statistics.median(took)
            # The span tells how much the machine itself swings.
            beside = f"{len(seen) // REPEATED} statements, {min(took):.0f} to {max(took):.0f} ms"
            aim = f"under {MILLISECONDS} ms"
            bench.table.row(Row(name, f"{middle:.0f} ms", beside, aim, middle < MILLISECONDS))


def statements(engine: Engine) -> list[str]:
    """What is asked of the database from now on, without the beginnings of transactions."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_rest: object) -> None:
        if not sql.startswith("BEGIN"):
            seen.append(sql)

    event.listen(engine, "before_cursor_execute", note)
    return seen


def milliseconds(browser: Client, path: str) -> float:
    """How long a page takes, which must be there."""
    began = time.perf_counter()
    answer = browser.get(path)
    took = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise load.UnexpectedAnswer(f"{path} answered {answer.status_code}")
    return took


def _year(database: Database) -> Row:
    """A year of runs, one each hour. Owners say nothing until two of three are done on their day, so that every
    reminder falls due; the rest stay late."""
    took = 0.0
    for moment in _moments(clock.today()):
        with clock.standing_at(moment):
            began = time.perf_counter()
            jobs.remind(database)
            took += time.perf_counter() - began
            if clock.local(moment).hour == LAST_HOUR:
                _finish_due(database)
                # Ten thousand rows are written anew each Monday, and a week passes here in a second.
                if clock.today().weekday() == MONDAY:
                    nation.tidy(database)
    with database.reading() as session:
        mails = session.scalar(
            select(func.count()).select_from(OutboxMail).where(OutboxMail.once.like("action reminder%"))
        )
    beside = f"{DAYS * len(HOURS):,} runs, {mails:,} mails"
    return Row("a year of reminders", f"{took:.0f} s", beside, f"under {SECONDS} s", took < SECONDS)


def _finish_due(database: Database) -> None:
    today = clock.today()
    is_due = (Action.state.in_(OPEN), Action.due_on <= today, Action.id % STAYS_LATE != 0)
    with database.writing() as session:
        session.execute(
            # No day to look at it again, as when one action is done: see ``Action.look_on``.
            update(Action).where(*is_due).values(state=ActionState.DONE, ended_on=today, look_on=None)
        )


def _moments(first: date) -> Iterator[datetime]:
    for day in range(DAYS):
        midnight = datetime.combine(first + timedelta(day), datetime.min.time())
        for hour in HOURS:
            yield clock.in_norway(midnight.replace(hour=hour))
