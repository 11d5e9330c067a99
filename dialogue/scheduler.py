"""Which job runs when. The schedule is code; what is due stands in tables."""

import time
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from dialogue.base import clock, live, outbox, search
from dialogue.base.db import Database
from dialogue.base.leader import Leadership
from dialogue.config import Settings
from dialogue.web.house import House
from dialogue.web.rooms import Job

log = structlog.get_logger()

# A file is written just before its row is committed, so a young one may still be waiting for its row.
OLD_ENOUGH = timedelta(hours=1)
# How often a process that does not lead asks whether it may.
SECONDS_TO_TAKE_OVER = 1


def jobs(house: House) -> list[Job]:
    """Every job there is: the outbox's and those that the rooms declare."""
    send = Job("send mail", timedelta(seconds=10), lambda database: _send(database, house.settings))
    sweep = Job("sweep files", timedelta(days=1), lambda database: sweep_files(house, database))
    forget = Job("forget what was told live", timedelta(hours=1), live.sweep)
    tidy = Job("tidy the search index", timedelta(days=1), search.tidy)
    return [*(job for room in house.rooms for job in room.jobs), send, sweep, forget, tidy]


def sweep_files(house: House, database: Database) -> int:
    """Remove files that no row names, which a crash between file and row leaves behind."""
    with database.reading() as session:
        named = set().union(*(read(session) for room in house.rooms for read in room.files))
    return house.files.sweep(named, time.time() - OLD_ENOUGH.total_seconds())


def start(house: House) -> BackgroundScheduler:
    """Let the jobs run in the background of this process, as long as it is the leader."""
    leadership = Leadership(house.database, house.settings.instance_dir)
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    names = [job.name for job in jobs(house)]
    for job in jobs(house):
        every = IntervalTrigger(seconds=int(job.every.total_seconds()))
        scheduler.add_job(_guarded, every, args=(house, job, leadership), id=job.name)

    leads = False

    def lead() -> None:
        nonlocal leads
        # A job may have taken the lock a moment ago, as it asks for it too.
        led, leads = leads, leadership.hold()
        if leads and not led:
            log.info("leads")
            # At once, since the one that led before may have died over any of them, and so that what runs
            # once a day does so even where no process lives that long.
            for name in names:
                scheduler.modify_job(name, next_run_time=_now())

    scheduler.add_job(lead, IntervalTrigger(seconds=SECONDS_TO_TAKE_OVER), next_run_time=_now())
    scheduler.start()
    return scheduler


def _now() -> datetime:
    """The present moment of the machine, by which the scheduler counts, also where the demo's clock is ahead."""
    return clock.now() - clock.ahead()


def _guarded(house: House, job: Job, leadership: Leadership) -> None:
    if not leadership.hold():
        return
    for room in house.rooms:
        for prepare in room.before_jobs:
            prepare(house.database)
    done = job.run(house.database)
    if done:
        log.info("job", name=job.name, done=done)


def _send(database: Database, settings: Settings) -> int:
    if not settings.smtp_url:
        return outbox.send_due(database, outbox.keep_in_mailbox, settings.mail_from)
    with outbox.smtp(settings.smtp_url) as transport:
        return outbox.send_due(database, transport, settings.mail_from)
