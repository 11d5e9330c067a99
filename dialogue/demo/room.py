"""What the room of demo declares. It is one of the application's rooms only in demo mode."""

from dialogue.base.db import Database
from dialogue.demo import clockwork
from dialogue.demo.views import blueprint
from dialogue.web.rooms import Room


def follow_the_clock(database: Database) -> None:
    """Let the jobs of this process run by the demo's clock."""
    clockwork.follow(database)


room = Room("demo", blueprints=(blueprint,), before_jobs=(follow_the_clock,))
