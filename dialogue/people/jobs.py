"""What happens to sign-ins by itself."""

from sqlalchemy import delete

from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.people.models import OneTimeLink, SignIn


def remove_expired(database: Database) -> int:
    """Remove sign-ins and one-time links that have ended; return how many."""
    with database.writing() as session:
        removed = 0
        for table in (SignIn, OneTimeLink):
            result = session.execute(delete(table).where(table.expires_at < clock.now()))
            removed += getattr(result, "rowcount", 0)
        return removed
