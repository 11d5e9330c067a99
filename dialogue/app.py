"""The wiring: every room's declaration, joined into one application."""

import structlog
from whitenoise import WhiteNoise

from dialogue import config
from dialogue.actions.room import room as actions
from dialogue.boards.room import room as boards
from dialogue.briefs.room import room as briefs
from dialogue.config import ConfigurationError, Settings
from dialogue.demo.room import room as demo
from dialogue.dialogues import contributions
from dialogue.dialogues.operations.notes import call_when_opened_or_closed
from dialogue.dialogues.room import room as dialogues
from dialogue.entering.room import room as entering
from dialogue.exporting.room import room as exporting
from dialogue.followup.room import room as followup
from dialogue.goals.room import room as goals
from dialogue.helping.room import room as helping
from dialogue.meetings.room import room as meetings
from dialogue.overview.room import room as overview
from dialogue.people.operations import call_when_closed
from dialogue.people.queries import find_actor
from dialogue.people.room import room as people
from dialogue.places.room import room as places
from dialogue.posters.room import room as posters
from dialogue.reporting.room import room as reporting
from dialogue.surveys.room import room as surveys
from dialogue.web import sources
from dialogue.web.assets import BUILT, STATIC
from dialogue.web.house import House

ROOMS = (
    overview,
    dialogues,
    meetings,
    boards,
    surveys,
    followup,
    briefs,
    reporting,
    posters,
    entering,
    exporting,
    actions,
    helping,
    places,
    goals,
    people,
)

# An error is logged with where it happened, never with what stood in the variables there: the library's own
# choice prints them, and they hold what residents wrote and the codes they follow it by.
LOG = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
    structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
)


def create_app(settings: Settings | None = None) -> House:
    """The application for these settings, or for those of the environment.

    Raises ConfigurationError when there is no key to keep secrets with.
    """
    chosen = config.use(settings or config.settings())
    if not chosen.secret_key:
        raise ConfigurationError("DIALOGUE_SECRET_KEY is missing. Run: dialogue check")
    structlog.configure(processors=LOG)
    house = House(chosen, (*ROOMS, demo) if chosen.demo else ROOMS)
    house.find_actor = find_actor
    sources.declare(source for room in house.rooms for source in room.sources)
    contributions.call_when_hidden(listener for room in house.rooms for listener in room.no_longer_shown)
    call_when_closed(listener for room in house.rooms for listener in room.account_closed)
    call_when_opened_or_closed(listener for room in house.rooms for listener in room.opened_or_closed)
    # Static files never reach the router; their names carry a digest, so they may be kept for ever.
    static = WhiteNoise(
        house.wsgi_app,
        root=str(STATIC / BUILT),
        prefix="static/built/",
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=_static_headers,
    )
    house.wsgi_app = static  # type: ignore[method-assign]
    return house


def _static_headers(headers: dict[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
