"""What the tests of posters share: a dialogue with dates for every phase, and a poster in its municipality."""

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta

import pytest

from dialogue.base import clock
from dialogue.base.tokens import new_token
from dialogue.dialogues.models import Dialogue, DialogueState, Phase, PhaseKind
from dialogue.people.queries import actor_of
from dialogue.places.models import Municipality
from dialogue.posters import operations
from dialogue.posters.models import Poster
from dialogue.web.house import House
from dialogue.web.permissions import Role, ScopeKind
from tests.followup.conftest import Round
from tests.support.client import Client, Page
from tests.support.make import Make, words

# On which day each phase begins, from the first day of the dialogue.
BEGINS = {
    PhaseKind.PLAN: 0,
    PhaseKind.INVITE: 10,
    PhaseKind.COLLECT: 20,
    PhaseKind.DECIDE: 40,
    PhaseKind.ACT: 60,
    PhaseKind.EVALUATE: 90,
}


class Corner(Round):
    """A street corner with a poster, its organiser, and a dialogue that begins today."""

    def __init__(self, make: Make, house: House, client: Client) -> None:
        self.make, self.house, self.client = make, house, client
        self.first = clock.today()
        self.keys = iter(range(10_000))
        self.municipality = make.municipality()
        self.keeper = make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, self.municipality.id)
        self.organiser = actor_of(self.keeper)
        self.leader = make.user(Role.LEADER, ScopeKind.MUNICIPALITY, self.municipality.id, name="Kim Leader")
        self.dialogue = self.new_dialogue()
        self.board = make.board(self.dialogue)
        self.poster = self.hang_up()

    def new_dialogue(self, **values: object) -> Dialogue:
        return self.make.dialogue(
            **{
                "municipality_id": self.municipality.id,
                "answer_by": self.first + timedelta(60),
                "promised_by_id": self.leader.id,
                "phases": [
                    Phase(
                        kind=kind,
                        starts_on=self.first + timedelta(day),
                        ends_on=self.first + timedelta(day + 9),
                    )
                    for kind, day in BEGINS.items()
                ],
                **values,
            }
        )

    def hang_up(self, place: str = "The kiosk") -> Poster:
        with self.make.database.writing() as session:
            here = session.get_one(Municipality, self.municipality.id)
            return operations.make(session, self.organiser, here, words(place), new_token())

    def serve(self, dialogue: Dialogue | None = None) -> None:
        with self.make.database.writing() as session:
            chosen = session.get_one(Dialogue, (dialogue or self.dialogue).id)
            operations.serve(session, self.organiser, session.get_one(Poster, self.poster.id), chosen)

    def on(self, kind: PhaseKind, days: int = 1) -> AbstractContextManager[None]:
        """Let it be a day of a phase, noon."""
        self.house.pages.clear()
        day: date = self.first + timedelta(BEGINS[kind] + days)
        return clock.standing_at(clock.in_norway(datetime.combine(day, time(12))))

    def scan(self) -> Page:
        return self.client.get(f"/p/{self.poster.code}")

    def close(self) -> None:
        with self.make.database.writing() as session:
            current = session.get_one(Dialogue, self.dialogue.id)
            current.state = DialogueState.CLOSED
            current.closed_at = clock.now()
            current.version += 1

    @property
    def desk(self) -> Client:
        return Client(self.house).sign_in(self.keeper)


@pytest.fixture
def corner(make: Make, house: House) -> Corner:
    """A corner with a poster that serves nothing yet."""
    browser = Client(house)
    browser.browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return Corner(make, house, browser)


__all__ = ["corner"]
