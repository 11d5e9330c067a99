"""Makes what tests need, on a real database, with sensible defaults."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.db import Database
from dialogue.base.i18n import Translated
from dialogue.boards.models import Board, Column, Idea
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    DialogueState,
    Phase,
    PhaseKind,
)
from dialogue.goals.models import Goal, Plan
from dialogue.meetings.models import Meeting
from dialogue.people.models import User, UserGrant
from dialogue.people.queries import actor_of
from dialogue.places.models import Municipality, Organisation, OrganisationKind, PoliceDistrict
from dialogue.web.permissions import Actor, Role, ScopeKind

_numbers = count(1)


def words(text: str) -> Translated:
    """The same text in all three languages, each marked so that a test can tell them apart."""
    return Translated(nb=f"{text} (nb)", nn=f"{text} (nn)", en=f"{text} (en)")


class Make:
    """One method per thing; each commits and returns the object, which can still be looked around in."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._reader = database.read_session()
        self._duty_officer: User | None = None

    def close(self) -> None:
        self._reader.close()

    def _keep(self, thing: Any) -> Any:
        with self.database.writing() as session:
            session.add(thing)
            session.flush()
            key = inspect(thing).identity
        # What was read before must not hide what was just written.
        self._reader.rollback()
        return self._reader.get_one(type(thing), key)

    def district(self, **values: Any) -> PoliceDistrict:
        number = next(_numbers)
        return self._keep(
            PoliceDistrict(
                **{
                    "code": f"t{number}",
                    "name": words(f"District {number}"),
                    "slug": f"district-{number}",
                    "headquarters": "Byen",
                    "valid_from": date(2016, 1, 1),
                    **values,
                }
            )
        )

    def municipality(self, **values: Any) -> Municipality:
        number = next(_numbers)
        if "district_id" not in values:
            values["district_id"] = self.district().id
        return self._keep(
            Municipality(
                **{
                    "number": f"{9000 + number % 1000:04}",
                    "name": f"Kommune {number}",
                    "official_name": f"Kommune {number}",
                    "slug": f"kommune-{number}",
                    "county": "Fylket",
                    "valid_from": date(2024, 1, 1),
                    **values,
                }
            )
        )

    def organisation(self, **values: Any) -> Organisation:
        number = next(_numbers)
        if "municipality_id" in values and "district_id" not in values:
            with self.database.reading() as session:
                place = session.get(Municipality, values["municipality_id"])
                values["district_id"] = place.district_id if place else None
        return self._keep(
            Organisation(
                **{
                    "kind": OrganisationKind.MUNICIPAL_SERVICE,
                    "name": words(f"Organisation {number}"),
                    "email": f"organisation{number}@example.org",
                    **values,
                }
            )
        )

    def user(
        self,
        role: Role = Role.ORGANISER,
        kind: ScopeKind = ScopeKind.EVERYTHING,
        scope_id: int = 0,
        **values: Any,
    ) -> User:
        number = next(_numbers)
        user = User(
            **{
                "email": f"user{number}@example.org",
                "name": f"Person {number}",
                "language": "en",
                "created_at": clock.now(),
                **values,
            }
        )
        user.grants = [UserGrant(role=role, scope_kind=kind, scope_id=scope_id)]
        return self._keep(user)

    def duty_officer(self) -> User:
        """Who is on duty in every dialogue for which no other is named; they may see no dialogue at the desk."""
        if self._duty_officer is None:
            nowhere = self.organisation().id
            self._duty_officer = self.user(
                Role.LEADER, ScopeKind.ORGANISATION, nowhere, name="Officer on duty"
            )
        return self._duty_officer

    def actor(
        self, role: Role = Role.ORGANISER, kind: ScopeKind = ScopeKind.EVERYTHING, scope_id: int = 0
    ) -> Actor:
        return actor_of(self.user(role, kind, scope_id))

    def dialogue(self, **values: Any) -> Dialogue:
        """A published dialogue that is collecting."""
        if "municipality_id" not in values:
            values["municipality_id"] = self.municipality().id
        if "organiser_id" not in values:
            values["organiser_id"] = self.organisation(municipality_id=values["municipality_id"]).id
        if "duty_officer_id" not in values:
            values["duty_officer_id"] = self.duty_officer().id
        today = clock.today()
        phases = values.pop(
            "phases",
            [
                Phase(kind=PhaseKind.COLLECT, starts_on=today - timedelta(7), ends_on=today + timedelta(14)),
                Phase(kind=PhaseKind.DECIDE, starts_on=today + timedelta(15), ends_on=today + timedelta(30)),
            ],
        )
        number = next(_numbers)
        return self._keep(
            Dialogue(
                **{
                    "state": DialogueState.PUBLISHED,
                    "title": words(f"Dialogue {number}"),
                    "question": words("What makes the evening safe?"),
                    "purpose": words("To find out together."),
                    "area": words("The beach"),
                    "languages": ["nb", "nn", "en"],
                    "controller_id": values["organiser_id"],
                    "privacy_notice": words("What we keep."),
                    "contact_email": "post@example.org",
                    "accessibility_url": "https://uustatus.no/nb/erklaringer/publisert/test",
                    "answer_by": today + timedelta(40),
                    "created_at": clock.now(),
                    "published_at": clock.now(),
                    "phases": phases,
                    **values,
                }
            )
        )

    def plan(self, **values: Any) -> Plan:
        """A plan of the country that is valid this year, with one goal."""
        year = clock.today().year
        return self._keep(
            Plan(
                **{
                    "name": words("Plan"),
                    "valid_from": year,
                    "valid_to": year,
                    "goals": [Goal(position=1, number="1", text=words("Safe way home"))],
                    **values,
                }
            )
        )

    def board(self, dialogue: Dialogue | None = None, columns: int = 2, **values: Any) -> Board:
        dialogue = dialogue or self.dialogue()
        return self._keep(
            Board(
                **{
                    "dialogue_id": dialogue.id,
                    "title": words("Board"),
                    "intro": words("Write what you wish for."),
                    "columns": [
                        Column(position=place, title=words(f"Prompt {place}"))
                        for place in range(1, columns + 1)
                    ],
                    **values,
                }
            )
        )

    def idea(
        self,
        board: Board,
        title: str = "Lights by the path",
        state: ContributionState = ContributionState.PUBLISHED,
        **values: Any,
    ) -> Idea:
        moment = clock.now()
        contribution = Contribution(
            dialogue_id=board.dialogue_id,
            kind=ContributionKind.IDEA,
            channel=Channel.WEB,
            language="nb",
            state=state,
            received_at=moment,
        )
        return self._keep(
            Idea(
                **{
                    "contribution": contribution,
                    "board_id": board.id,
                    "column_id": board.columns[0].id,
                    "title": title,
                    "text": f"{title}, please.",
                    "published_at": moment if state is ContributionState.PUBLISHED else None,
                    **values,
                }
            )
        )

    def meeting(self, dialogue: Dialogue | None = None, **values: Any) -> Meeting:
        dialogue = dialogue or self.dialogue()
        evening = datetime.combine(clock.today() + timedelta(7), time(18))
        return self._keep(
            Meeting(
                **{
                    "dialogue_id": dialogue.id,
                    "title": words("Evening talk"),
                    "intro": words("Come as you are."),
                    "starts_local": evening,
                    "minutes": 120,
                    "place": "Grendehuset",
                    "capacity": 10,
                    "deadline_local": evening - timedelta(days=1),
                    **values,
                }
            )
        )

    def session(self) -> Session:
        """A session that may write, for what has no method here."""
        return self.database.write_session()
