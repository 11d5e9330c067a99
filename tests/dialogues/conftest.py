"""A district with a municipality, the two bodies that ask, and the people who work there."""

from dataclasses import dataclass

import pytest

from dialogue.base.i18n import Translated
from dialogue.people.models import User
from dialogue.places.models import Municipality, Organisation, OrganisationKind
from dialogue.web.permissions import Role, ScopeKind


@dataclass
class District:
    """One district's place, bodies and people."""

    municipality: Municipality
    service: Organisation
    police: Organisation
    organiser: User
    leader: User


@pytest.fixture
def make_district(make):
    def build(name: str) -> District:
        municipality = make.municipality(name=name)
        inside = {"municipality_id": municipality.id}
        return District(
            municipality=municipality,
            service=make.organisation(
                name=Translated(nb=f"{name} kommune", nn=f"{name} kommune", en=f"{name} municipality"),
                email=f"post@{name.lower()}.example",
                **inside,
            ),
            police=make.organisation(
                kind=OrganisationKind.POLICE_UNIT,
                district_id=municipality.district_id,
                name=Translated(nb=f"{name} politi"),
            ),
            organiser=make.user(Role.ORGANISER, ScopeKind.DISTRICT, municipality.district_id),
            leader=make.user(Role.LEADER, ScopeKind.DISTRICT, municipality.district_id, name="Kari Leader"),
        )

    return build


@pytest.fixture
def district(make_district) -> District:
    return make_district("Eksempelvik")


@pytest.fixture
def step_one(district):
    """What an organiser writes in step 1."""
    return {
        "playbook": "neighbourhood-talk",
        "municipality_id": district.municipality.id,
        "organiser_id": district.police.id,
        **{
            f"{name}-{code}": f"{name} {code}"
            for name in ("title", "question", "area")
            for code in ("nb", "nn", "en")
        },
    }
