"""A whole country in one database: 350 municipalities, 100,000 ideas and 20,000 actions, with one dialogue and
one owner that are much larger than the others."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.nation_chain import chain
from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.db import Base, Database
from dialogue.dialogues.models import Dialogue, DialogueState, Phase, PhaseKind
from dialogue.followup import groups
from dialogue.followup.models import Theme
from dialogue.people import operations as people
from dialogue.people.queries import actor_of
from dialogue.places.loading import load_places
from dialogue.places.models import Municipality, Organisation, OrganisationKind
from dialogue.posters import operations as posters
from dialogue.reporting.jobs import count_anew
from dialogue.web.permissions import Actor, Grant, Role, ScopeKind
from tests.support.make import words

MUNICIPALITIES = 350
DIALOGUES_EACH = 2
IDEAS = 100_000
IDEAS_OF_THE_LARGEST = 10_000
ACTIONS = 20_000
ACTIONS_OF_THE_LARGEST = 400
THEMES = 5
THEMES_OF_THE_LARGEST = 40


@dataclass(frozen=True)
class Nation:
    """The largest dialogue, what is in it and where it lies, and somebody who may see everything."""

    dialogue: str
    theme: str
    action: str
    group: str
    group_id: int
    poster: str
    municipality: str
    district: str
    organiser: str
    user_id: int


def fill(database: Database) -> Nation:
    """Make the tables and the country."""
    with database.writing() as session:
        Base.metadata.create_all(session.connection())
        load_places(session)
        session.flush()
        municipalities = session.scalars(
            select(Municipality).order_by(Municipality.number).limit(MUNICIPALITIES)
        ).all()
        dialogues = [made for place in municipalities for made in _dialogues(session, place)]
        session.flush()
        ideas = _shares(IDEAS, len(dialogues), IDEAS_OF_THE_LARGEST)
        actions = _shares(ACTIONS, len(dialogues), ACTIONS_OF_THE_LARGEST)
        for place, dialogue in enumerate(dialogues):
            chain(session, dialogue, ideas[place], actions[place], THEMES if place else THEMES_OF_THE_LARGEST)
        grant = Grant(Role.ADMINISTRATOR, ScopeKind.EVERYTHING)
        user = people.create_user(session, "keeper@example.org", "Keeper", "nb", [grant])
        session.flush()
        nation = _around_the_largest(session, dialogues[0], actor_of(user))
    count_anew(database)
    tidy(database)
    return nation


def tidy(database: Database) -> None:
    """What PostgreSQL in use does by itself within minutes of such changes (autovacuum): take away what was
    replaced, and count anew what its plans go by. SQLite does nothing of the kind."""
    if database.is_sqlite:
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _around_the_largest(session: Session, dialogue: Dialogue, keeper: Actor) -> Nation:
    """What people come to by a code: the largest dialogue gets a poster, and one of its groups a code."""
    poster = posters.make(session, keeper, dialogue.municipality, words("At the kiosk"), "kiosk")
    session.flush()
    posters.serve(session, keeper, poster, dialogue)
    group = groups.make(session, keeper, dialogue, groups.labels(session, dialogue)[0].name)
    _group, code = groups.for_slip(session, dialogue, group.id)
    theme, action = (
        session.scalars(
            select(kind.code).where(kind.dialogue_id == dialogue.id).order_by(kind.id).limit(1)
        ).one()
        for kind in (Theme, Action)
    )
    return Nation(
        dialogue=dialogue.code,
        theme=theme,
        action=action,
        group=code,
        group_id=group.id,
        poster=poster.code,
        municipality=dialogue.municipality.slug,
        district=dialogue.municipality.district.slug,
        organiser=dialogue.organiser.code,
        user_id=keeper.user_id,
    )


def _shares(total: int, count: int, largest: int) -> list[int]:
    """How many each of so many gets, the first so much more than the others."""
    rest, left = divmod(total - largest, count - 1)
    return [largest, *(rest + (place < left) for place in range(count - 1))]


def _dialogues(session: Session, place: Municipality) -> list[Dialogue]:
    today = clock.today()
    owners = [
        Organisation(
            kind=kind,
            name=words(f"{kind.value} {place.number}"),
            email=f"{kind.value}{place.number}@example.org",
            municipality=place,
            district_id=place.district_id,
        )
        for kind in (
            OrganisationKind.MUNICIPAL_SERVICE,
            OrganisationKind.POLICE_UNIT,
            OrganisationKind.SCHOOL,
        )
    ]
    session.add_all(owners)
    made = [
        Dialogue(
            state=DialogueState.PUBLISHED,
            title=words(f"Dialogue {number} in {place.name}"),
            question=words("What makes the evening safe?"),
            purpose=words("To find out together."),
            area=words(place.name),
            municipality=place,
            organiser=owners[1],
            controller=owners[0],
            languages=["nb", "nn", "en"],
            privacy_notice=words("What we keep."),
            contact_email="post@example.org",
            accessibility_url="https://uustatus.no/nb/erklaringer/publisert/test",
            answer_by=today - timedelta(30),
            created_at=clock.now() - timedelta(100),
            published_at=clock.now() - timedelta(100),
            set_up_at=clock.now() - timedelta(100),
            phases=[
                Phase(kind=PhaseKind.COLLECT, starts_on=today - timedelta(90), ends_on=today - timedelta(60)),
                Phase(kind=PhaseKind.DECIDE, starts_on=today - timedelta(59), ends_on=today - timedelta(30)),
                Phase(kind=PhaseKind.ACT, starts_on=today - timedelta(29), ends_on=today + timedelta(100)),
            ],
        )
        for number in range(DIALOGUES_EACH)
    ]
    session.add_all(made)
    return made
