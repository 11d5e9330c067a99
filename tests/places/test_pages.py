"""Pages of places and organisations."""

import pytest
from sqlalchemy import select

from dialogue.places.models import Municipality, Organisation
from dialogue.web.permissions import Role, ScopeKind


def organisation_values(place):
    return {
        "name-nb": "Natteravnene",
        "kind": "association",
        "place": place,
        "email": "post@example.org",
        "language": "nb",
    }


def test_an_organiser_adds_an_organisation_in_their_own_place(client, make, read):
    place = make.municipality()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, place.id))
    page = client.send(client.get("/en/desk/organisations/new"), organisation_values(f"m{place.id}"))
    assert "Natteravnene" in page.text
    assert read(select(Organisation.municipality_id)) == [place.id]


def test_an_organiser_cannot_add_one_elsewhere(client, make, read):
    place, elsewhere = make.municipality(), make.municipality()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, place.id))
    page = client.send(client.get("/en/desk/organisations/new"), organisation_values(f"m{elsewhere.id}"))
    assert page.status == 422
    assert read(select(Organisation.id)) == []


def test_an_organisation_elsewhere_is_not_found(client, make):
    place = make.municipality()
    foreign = make.organisation(municipality_id=make.municipality().id)
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, place.id))
    assert client.get(f"/en/desk/organisations/{foreign.code}").status == 404
    assert client.post(f"/en/desk/organisations/{foreign.code}/retire").status in {403, 404}


def test_a_district_organiser_reaches_the_organisations_of_its_municipalities(client, make):
    district = make.district()
    own = make.organisation(municipality_id=make.municipality(district_id=district.id).id)
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DISTRICT, district.id))
    assert client.get(f"/en/desk/organisations/{own.code}").status == 200


def test_a_municipality_that_ends_has_a_successor(client, make, read):
    old, new = make.municipality(), make.municipality()
    client.sign_in(make.user(Role.ADMINISTRATOR))
    client.send(
        client.get(f"/en/desk/municipalities/{old.number}"),
        {"valid_to": "2028-01-01", "successor": new.number, "district_id": old.district_id},
    )
    assert read(select(Municipality.successor_id).where(Municipality.id == old.id)) == [new.id]


@pytest.mark.parametrize(
    "values", [{"valid_to": "2000-01-01"}, {"successor": "9999"}, {"valid_to": "yesterday"}]
)
def test_an_impossible_end_is_refused(client, make, values):
    place = make.municipality()
    client.sign_in(make.user(Role.ADMINISTRATOR))
    page = client.send(
        client.get(f"/en/desk/municipalities/{place.number}"), {"district_id": place.district_id, **values}
    )
    assert page.status == 422
    assert page.errors


def test_a_district_organiser_saves_and_retires_the_organisations_of_its_municipalities(client, make, read):
    place = make.municipality()
    own = make.organisation(municipality_id=place.id)
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DISTRICT, place.district_id))
    page = client.get(f"/en/desk/organisations/{own.code}")
    assert client.send(page, {"email": "new@example.org"}, action=own.code).status == 200
    client.send(client.get(f"/en/desk/organisations/{own.code}"), action="/retire")
    assert read(select(Organisation.email)) == ["new@example.org"]
    assert read(select(Organisation.retired_on)) != [None]


def test_organisations_follow_their_municipality_to_another_district(client, make, read):
    place, other = make.municipality(), make.district()
    own = make.organisation(municipality_id=place.id)
    alone = make.organisation(district_id=place.district_id)
    client.sign_in(make.user(Role.ADMINISTRATOR))
    client.send(client.get(f"/en/desk/municipalities/{place.number}"), {"district_id": other.id})
    assert read(select(Organisation.district_id).where(Organisation.id == own.id)) == [other.id]
    assert read(select(Organisation.district_id).where(Organisation.id == alone.id)) == [place.district_id]
