"""Loading the country's plans."""

from datetime import date

from sqlalchemy import func, select

from dialogue.base.i18n import Translated
from dialogue.goals import queries
from dialogue.goals.loading import load_plans
from dialogue.goals.models import Goal, Plan


def goal(session, key):
    return session.scalars(select(Goal).where(Goal.key == key)).one()


def test_both_plans_are_loaded_with_their_years_and_goals(session):
    loaded = load_plans(session)
    session.flush()
    found = {
        plan.key: (plan.valid_from, plan.valid_to, len(plan.goals)) for plan in session.scalars(select(Plan))
    }
    assert found == {"diversity-2022": (2022, 2025, 22), "prevention-2021": (2021, 2025, 71)}
    assert loaded.added == 2 + 22 + 71
    diversity = session.scalars(select(Goal).where(Goal.number == "19")).one()
    assert diversity.area.get("en") == "Dialogue and trust-building"
    assert goal(session, "2.4.6").area.get("nb") == "Dialog og tillitsbygging"


def test_every_goal_is_written_in_bokmal_nynorsk_and_english(session):
    load_plans(session)
    session.flush()
    for found in session.scalars(select(Goal)):
        assert found.text.missing(["nb", "nn", "en"]) == []
        assert found.area.missing(["nb", "nn", "en"]) == []
        assert max(len(text) for _code, text in found.text.texts) < 120


def test_loading_again_changes_nothing(session):
    load_plans(session)
    session.flush()
    again = load_plans(session)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 95)
    assert session.scalar(select(func.count()).select_from(Goal)) == 93


def test_what_was_edited_is_kept_and_said(session):
    load_plans(session)
    session.flush()
    plan = session.scalars(select(Plan).where(Plan.key == "prevention-2021")).one()
    plan.valid_to = 2027
    changed = goal(session, "2.4.1")
    changed.text = Translated(nb="Møtes")
    session.flush()
    again = load_plans(session)
    assert (plan.valid_to, changed.text.get("nb")) == (2027, "Møtes")
    assert again.kept == ["prevention-2021.valid_to", "prevention-2021.2.4.1.text"]


def test_a_new_official_value_comes_in_where_nobody_edited(session):
    load_plans(session)
    session.flush()
    old = goal(session, "2.4.1")
    old.text = Translated(nb="Før")
    old.loaded = {**old.loaded, "text": {"nb": "Før"}}
    session.flush()
    assert load_plans(session).changed == 1
    assert old.text.get("nb").startswith("Møte innbyggerne")
    # Whoever is writing it anew meanwhile is told.
    assert (old.revision, goal(session, "2.4.2").revision) == (2, 1)


def test_none_of_them_is_valid_after_their_last_year(session, make):
    place = make.municipality()
    load_plans(session)
    session.flush()

    def valid(day):
        return [plan.key for plan, _goals in queries.valid_goals(session, day, place.id, place.district_id)]

    assert valid(date(2021, 12, 31)) == ["prevention-2021"]
    assert len(valid(date(2022, 1, 1))) == len(valid(date(2025, 12, 31))) == 2
    assert valid(date(2026, 1, 1)) == []
