"""What the scheduler does for meetings."""

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.base.outbox import OutboxMail
from dialogue.dialogues.models import Contribution
from dialogue.meetings import mail, queries, rules
from dialogue.meetings.mail import News
from dialogue.meetings.models import Meeting, Registration


def remind(database: Database) -> int:
    """Remind those with a seat and an address, once, from the day before a meeting; return how many.

    Who signed up that day or later knows it without a reminder.
    """
    with database.writing() as session:
        now = clock.local(clock.now()).replace(tzinfo=None)
        meetings = queries.to_remind(session, now, datetime.combine(now.date() + timedelta(days=2), time()))
        return sum(_remind(session, meeting) for meeting in meetings)


def _remind(session: Session, meeting: Meeting) -> int:
    occasion = meeting.starts_local.strftime("%Y%m%d%H%M")
    day_before = datetime.combine(meeting.starts_local.date() - timedelta(days=1), time())
    seated = session.scalars(
        queries.with_address(select(Registration).join(Registration.contribution)).where(
            Registration.meeting_id == meeting.id,
            Registration.status.in_(rules.SEATED),
            Contribution.received_at < clock.in_norway(day_before),
        )
    ).all()
    ending = f"-{occasion}"
    beginning = f"meeting-{News.REMINDER.value}-"
    # Read at once, so that a hall full of people who have been reminded costs one statement an hour.
    told = set(
        session.scalars(
            select(OutboxMail.once).where(
                OutboxMail.once.in_([f"{beginning}{each.contribution_id}{ending}" for each in seated])
            )
        )
    )
    due = [each for each in seated if f"{beginning}{each.contribution_id}{ending}" not in told]
    return mail.tell_all(session, meeting, due, News.REMINDER, occasion)
