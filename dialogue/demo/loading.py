"""The order in which the demo is loaded: places, accounts, the finished case, the open one, a draft."""

from collections.abc import Callable, Mapping
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.files import FileStore
from dialogue.demo import accounts
from dialogue.demo.eksempelvik import loading as eksempelvik
from dialogue.demo.stage import Stage
from dialogue.demo.tonsberg import case as tonsberg_case, loading as tonsberg
from dialogue.dialogues.operations.setting_up import PartMaker
from dialogue.goals.loading import load_plans
from dialogue.people.models import User
from dialogue.people.queries import actor_of
from dialogue.places.loading import load_places
from dialogue.places.models import Municipality, Organisation
from dialogue.web.permissions import Grant, Role, ScopeKind


def load_all(
    session: Session,
    files: FileStore,
    hashed: Mapping[str, str],
    makers: Mapping[str, PartMaker],
    random: Random,
    tell: Callable[[str], None],
) -> None:
    """Load everything into one session and tell how it goes. ``hashed`` are the accounts' passwords."""
    tell("Loading the demo: police districts and municipalities …")
    load_places(session)
    load_plans(session)
    session.flush()
    day = clock.today()
    tell("Loading the demo: Tønsberg, summer 2021 …")
    place = session.scalars(select(Municipality).where(Municipality.name == tonsberg_case.MUNICIPALITY)).one()
    tonsberg.load(session, place, day, files, random)
    tell("Loading the demo: Trygg vei hjem in Eksempelvik …")
    municipality, bodies = eksempelvik.make_municipality(session)
    users = _make_accounts(session, municipality, bodies, hashed)
    organiser, leader = actor_of(users["municipality"]), actor_of(users["leader"])
    stage = Stage(session, day, organiser, leader, municipality, bodies)
    eksempelvik.load(stage, random, users["facilitator"], files)
    eksempelvik.load_draft(stage, makers)


def _make_accounts(
    session: Session,
    municipality: Municipality,
    bodies: Mapping[str, Organisation],
    hashed: Mapping[str, str],
) -> dict[str, User]:
    here = Grant(Role.ORGANISER, ScopeKind.MUNICIPALITY, municipality.id)
    grants = {
        "admin": [Grant(Role.ADMINISTRATOR, ScopeKind.EVERYTHING)],
        "police": [Grant(Role.ORGANISER, ScopeKind.DISTRICT, municipality.district_id)],
        "municipality": [here],
        "facilitator": [Grant(Role.FACILITATOR, ScopeKind.MUNICIPALITY, municipality.id)],
        "partner": [Grant(Role.PARTNER, ScopeKind.ORGANISATION, bodies["neighbourhood"].id)],
        "leader": [Grant(Role.LEADER, ScopeKind.MUNICIPALITY, municipality.id)],
    }
    return {role: accounts.make(session, role, grants[role], hashed[role]) for role in accounts.ROLES}
