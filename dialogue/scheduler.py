"""Which job runs when. The schedule is code; what is due stands in tables."""

from datetime import timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from dialogue.base import clock, outbox
from dialogue.base.db import Database
from dialogue.base.leader import Leadership
from dialogue.config import Settings
from dialogue.web.house import House
from dialogue.web.rooms import Job

log = structlog.get_logger()


def jobs(house: House) -> list[Job]:
    """Every job there is: the outbox's and those that the rooms declare."""
    send = Job("send mail", timedelta(seconds=10), lambda database: _send(database, house.settings))
    return [*(job for room in house.rooms for job in room.jobs), send]


def run_all(house: House) -> dict[str, int]:
    """Run every job once, now, in order; return how many things each did."""
    return {job.name: job.run(house.database) for job in jobs(house)}


def start(house: House) -> BackgroundScheduler:
    """Let the jobs run in the background of this process, as long as it is the leader."""
    leadership = Leadership(house.database, house.settings.instance_dir)
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    for job in jobs(house):
        scheduler.add_job(
            _guarded,
            IntervalTrigger(seconds=int(job.every.total_seconds())),
            args=(house, job, leadership),
            id=job.name,
            # At once, so that what runs once a day does so even where no process lives that long.
            next_run_time=clock.now(),
        )
    scheduler.start()
    return scheduler


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
