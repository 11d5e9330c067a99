"""The database's schema: migrations up and down, and whether it is up to date."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from dialogue.base import search
from dialogue.base.db import Base, Database
from dialogue.base.files import data_dir


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema to the newest migration, or to an earlier one."""
    _with_connection(database, command.upgrade, revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to a revision, or to ``base``."""
    _with_connection(database, command.downgrade, revision)


def revision(database: Database, title: str) -> Path:
    """Write a migration from the difference between models and database; return its path."""
    written = _with_connection(database, command.revision, message=title, autogenerate=True)
    return Path(written.path)


def differences(connection: Connection) -> list[Any]:
    """What the models have that the database has not, or the other way round."""
    return list(compare_metadata(MigrationContext.configure(connection, opts=_OPTIONS), Base.metadata))


def is_described(thing: Any, name: str | None, kind: str, is_reflected: bool, _model: Any) -> bool:
    """Whether something of the database is described by the models, as all is but what it keeps for searching."""
    table = getattr(thing, "table", None)
    return not (
        is_reflected and search.belongs_to_index(name, kind, table.name if table is not None else None)
    )


def problems(database: Database) -> list[str]:
    """Whether the database answers and is up to date; a sentence each that says how to mend it."""
    try:
        with database.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        return [f"The database does not answer ({error.orig}). Check DIALOGUE_DATABASE_URL and that it runs."]
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return [] if current == head else ["The database is not up to date. Run: dialogue db upgrade"]


_OPTIONS = {"compare_type": True, "render_as_batch": True, "include_object": is_described}


def _config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(data_dir("migrations")))
    made.set_main_option("file_template", "%%(slug)s")
    return made


def _with_connection(database: Database, run: Any, *arguments: Any, **options: Any) -> Any:
    chosen = _config()
    with database.engine.execution_options(writes=True).connect() as connection:
        chosen.attributes["connection"] = connection
        if not database.is_sqlite:
            with connection.begin():
                return run(chosen, *arguments, **options)
        # SQLite changes a table by making it anew, which other tables' keys would forbid; they are checked at
        # the end instead. This can only be switched outside a transaction.
        plain = connection.connection.cursor()
        plain.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                done = run(chosen, *arguments, **options)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"The migration leaves keys that lead nowhere: {broken[:5]}")
                return done
        finally:
            plain.execute("PRAGMA foreign_keys=ON")
            plain.close()
