"""What the tests of meetings share."""

from datetime import datetime, timedelta
from typing import Any

from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.base.tokens import new_token
from dialogue.meetings import operations
from dialogue.meetings.models import Meeting, Registration
from dialogue.meetings.operations import SignUp
from tests.support.client import Client, Page


def wish(name: str = "Kari", email: str = "", needs: str = "", language: str = "en") -> SignUp:
    return SignUp(name, email, needs, language)


def sign_up(
    database: Database, meeting: Meeting, name: str = "Kari", email: str = "", language: str = "en"
) -> str:
    """Sign somebody up in a transaction of its own and return the follow code."""
    with database.writing() as session:
        current = session.get_one(Meeting, meeting.id)
        return operations.sign_up(session, current, wish(name, email, language=language), new_token()).code


def fill(client: Client, meeting: Meeting, **values: Any) -> Page:
    """Open the form, fill it in and send it."""
    page = client.get(f"/en/meetings/{meeting.code}/sign-up")
    return client.send(page, {"name": "Kari", **values}, follow=False)


def local_now() -> datetime:
    """What the clock on the wall in Norway shows now."""
    return clock.local(clock.now()).replace(tzinfo=None, second=0, microsecond=0)


def wall(text: str) -> datetime:
    """What a clock on the wall shows: ``wall("2027-03-28 18:00")``."""
    return datetime.fromisoformat(text)


def standing(database: Database, meeting: Meeting) -> tuple[int, list[tuple[str, str]]]:
    """The seats counted, and (name, status) in the order of signing up."""
    with database.reading() as session:
        current = session.get_one(Meeting, meeting.id)
        rows = (
            session.query(Registration)
            .filter(Registration.meeting_id == meeting.id)
            .order_by(Registration.contribution_id)
            .all()
        )
        return current.seats_taken, [(row.name, row.status.value) for row in rows]


def tomorrow_evening() -> datetime:
    return datetime.combine(clock.today() + timedelta(days=1), datetime.min.time().replace(hour=18))
