"""Loading the country's places."""

from sqlalchemy import func, select

from dialogue.places.loading import load_places
from dialogue.places.models import Municipality, PoliceDistrict


def test_the_whole_country_is_loaded(session):
    loaded = load_places(session)
    session.commit()
    assert session.scalar(select(func.count()).select_from(PoliceDistrict)) == 12
    assert session.scalar(select(func.count()).select_from(Municipality)) == 357
    assert loaded.added == 369


def test_two_municipalities_may_share_a_name(session):
    load_places(session)
    for name in ("Herøy", "Våler"):
        assert session.scalar(select(func.count()).where(Municipality.name == name)) == 2


def test_loading_again_changes_nothing(session):
    load_places(session)
    session.flush()
    again = load_places(session)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 369)


def test_what_was_edited_is_kept_and_said(session):
    load_places(session)
    session.flush()
    place = session.scalars(select(Municipality).where(Municipality.number == "3905")).one()
    place.name = "Tønsberg by"
    session.flush()
    again = load_places(session)
    assert place.name == "Tønsberg by"
    assert again.kept == [f"{place.slug}.name"]


def test_a_new_official_value_comes_in_where_nobody_edited(session):
    load_places(session)
    place = session.scalars(select(Municipality).where(Municipality.number == "3905")).one()
    place.county, place.loaded = "Gammelt fylke", {**place.loaded, "county": "Gammelt fylke"}
    session.flush()
    assert load_places(session).changed == 1
    assert place.county == "Vestfold"
