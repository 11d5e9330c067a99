"""The schema: migrations lead from nothing to the models and back."""

import re

import pytest
from sqlalchemy import Enum, create_engine, inspect, select, text
from sqlalchemy.engine import make_url

from dialogue.base import schema
from dialogue.base.db import Base, Database
from dialogue.briefs.models import Brief


@pytest.fixture
def fresh(settings, tmp_path, worker_id):
    """A database with nothing in it, of the kind that is being tested."""
    if settings.database.startswith("sqlite"):
        yield Database(f"sqlite:///{tmp_path / 'fresh.db'}")
        return
    url = make_url(settings.database).set(drivername="postgresql+psycopg")
    name = f"{url.database}_fresh"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    made = Database(url.set(database=name).render_as_string(hide_password=False))
    yield made
    made.engine.dispose()
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()


def test_the_newest_migration_is_what_the_models_say(fresh):
    schema.upgrade(fresh)
    with fresh.engine.connect() as connection:
        assert schema.differences(connection) == []
    assert schema.problems(fresh) == []


def test_migrations_go_down_to_nothing_and_up_again(fresh):
    schema.upgrade(fresh)
    schema.downgrade(fresh, "base")
    with fresh.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    schema.upgrade(fresh)
    assert schema.problems(fresh) == []


def test_upgrading_again_changes_nothing(fresh):
    schema.upgrade(fresh)
    schema.upgrade(fresh)
    assert schema.problems(fresh) == []


def test_a_database_that_is_behind_is_told_how_to_catch_up(fresh):
    assert schema.problems(fresh) == ["The database is not up to date. Run: dialogue db upgrade"]


def test_a_column_of_words_holds_the_models_words_and_no_others(fresh):
    schema.upgrade(fresh)
    inspector = inspect(fresh.engine)
    for table in Base.metadata.sorted_tables:
        checks = {one["name"]: one["sqltext"] for one in inspector.get_check_constraints(table.name)}
        for column in table.columns:
            if isinstance(column.type, Enum):
                listed = set(re.findall(r"'([^']*)'", checks[f"ck_{table.name}_{column.type.name}"]))
                assert listed == set(column.type.enums), f"{table.name}.{column.name}"


# What a database of the first version can hold of what the second keeps otherwise.
FIRST = (
    "INSERT INTO police_district VALUES (1, 'p1', '{}', 'd', 'H', '2016-01-01', NULL, '{}')",
    "INSERT INTO municipality (id, number, name, official_name, other_names, slug, county, district_id, sami_language,"
    " valid_from, loaded) VALUES (1, '0001', 'K', 'K', '', 'k', 'F', 1, '', '2020-01-01', '{}')",
    "INSERT INTO organisation (id, code, kind, name, email, language, municipality_id, district_id)"
    " VALUES (1, 'o1', 'school', '{}', 'a@example.org', 'nb', 1, 1)",
    "INSERT INTO dialogue (id, code, state, title, question, purpose, area, municipality_id, organiser_id, languages,"
    " privacy_notice, contact_email, accessibility_url, note, playbook, has_pupils, created_at, version)"
    " VALUES (1, 'd1', 'published', '{}', '{}', '{}', '{}', 1, 1, '[]', '{}', '', '', '{}', '', FALSE,"
    " '2026-01-01 10:00:00.000000', 1)",
    *(
        "INSERT INTO decision (id, code, dialogue_id, outcome, reason, explanation, body, power, decided_on, created_at)"  # noqa: S608 - words of this test's own
        f" VALUES ({number}, 'dec{number}', 1, 'take_up', 'wanted', '{{}}', '{{\"nb\": \"{body}\"}}', '{power}',"
        " '2026-01-02', '2026-01-02 10:00:00.000000')"
        for number, body, power in (
            (1, "Styret", "decides"),
            (2, "Styret", "decides"),
            (3, "Raadet", "recommends"),
        )
    ),
    "INSERT INTO status_change (dialogue_id, subject_kind, subject_id, from_state, to_state, at, public_text, is_public,"
    " internal_note) VALUES (1, 'decision', 3, '', 'take_up', '2026-01-02 10:00:00.000000', '{}', TRUE, '')",
    "INSERT INTO brief (id, code, dialogue_id, number, language, sent_to, frozen_at, content, pdf)"
    " VALUES (1, 'b1', 1, 1, 'nb', 'Raadet i mars', '2026-01-02 10:00:00.000000', '{\"themes\": [{\"title\": \"Lys\"}]}', 'x')",
    "INSERT INTO action (id, code, dialogue_id, title, why, owner_id, owner_role, due_on, state, is_internal, reply,"
    " outcome, asked_at, revision) VALUES (1, 'a1', 1, '{}', '{}', 1, '{}', '2026-03-01', 'proposed', FALSE, '', '{}',"
    " '2026-01-03 10:00:00.000000', 1)",
    "INSERT INTO theme (id, code, dialogue_id, position, title, what_people_say, what_we_propose, who, created_at)"
    " VALUES (1, 't1', 1, 1, '{}', '{}', '{}', '{}', '2026-01-02 10:00:00.000000')",
    "INSERT INTO survey (id, code, dialogue_id, state, title, intro, is_sensitive, results_public, results_shown, note)"
    " VALUES (1, 's1', 1, 'open', '{}', '{}', FALSE, FALSE, FALSE, '{}')",
    "INSERT INTO collector (id, code, survey_id, name, is_open) VALUES (1, 'c1', 1, '{}', TRUE)",
    "INSERT INTO board (id, code, dialogue_id, title, intro, state, moderated) VALUES"
    " (1, 'b1', 1, '{}', '{}', 'open', TRUE), (2, 'b2', 1, '{}', '{}', 'frozen', FALSE)",
)


def run(database, *statements):
    with database.engine.execution_options(writes=True).begin() as connection:
        for statement in statements:
            # A colon in a JSON text is no parameter.
            connection.exec_driver_sql(statement)


def rows(database, statement):
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_a_database_of_the_first_version_keeps_what_it_had_up_and_down(fresh):
    schema.upgrade(fresh, "0001")
    run(fresh, *FIRST)
    schema.upgrade(fresh)
    assert rows(fresh, "SELECT body_id FROM decision ORDER BY id") == [(1,), (1,), (2,)]
    assert rows(fresh, "SELECT count(*) FROM decision WHERE released_at = created_at") == [(3,)]
    assert rows(fresh, "SELECT power FROM body ORDER BY id") == [
        ("decides",),
        ("recommends",),
        ("discusses",),
    ]
    assert rows(fresh, "SELECT brief_id, body_id FROM brief_sending") == [(1, 3)]
    with fresh.reading() as session:
        (line,) = session.scalars(select(Brief.content)).one()["themes"]
    assert (line["title"], line["number"], line["annex"]["quotes"]) == ("Lys", 1, [])
    assert rows(fresh, "SELECT subject_kind FROM status_change") == [("recommendation",)]
    assert rows(fresh, "SELECT count(*) FROM action WHERE owner_since = asked_at") == [(1,)]
    assert rows(fresh, "SELECT revision FROM theme") == [(1,)]
    assert rows(fresh, "SELECT channel FROM collector") == [("web",)]
    assert rows(fresh, "SELECT wall, stage FROM board ORDER BY id") == [
        ("careful", "open"),
        ("open", "freeze"),
    ]
    schema.downgrade(fresh, "0001")
    assert rows(fresh, "SELECT power FROM decision ORDER BY id") == [
        ("decides",),
        ("decides",),
        ("recommends",),
    ]
    assert rows(fresh, "SELECT state, CAST(moderated AS INTEGER) FROM board ORDER BY id") == [
        ("open", 1),
        ("frozen", 0),
    ]
    assert rows(fresh, "SELECT sent_to FROM brief") == [("Raadet i mars",)]
    assert rows(fresh, "SELECT subject_kind FROM status_change") == [("decision",)]
