"""The database: the declarative base, the types of the house, and sessions that read or write."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, cast

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    DateTime,
    Dialect,
    Engine,
    Enum as SqlEnum,
    Executable,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    create_engine,
    event,
    literal,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, sessionmaker
from sqlalchemy.sql.functions import FunctionElement

from dialogue.base.i18n import Labelled, Translated
from dialogue.base.tokens import new_code

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC. A naive time is refused, because it does not say which moment it is."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone does not name a moment")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class TranslatedText(TypeDecorator[Translated]):
    """Translated, stored as a JSON object from language to text."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Translated | None, dialect: Dialect) -> dict[str, str] | None:
        return None if value is None else value.as_dict()

    def process_result_value(self, value: dict[str, str] | None, dialect: Dialect) -> Translated:
        return Translated.as_stored(value or {})


class _Keys(TypeDecorator[list[int]]):
    """Many keys as one value: an array on PostgreSQL, JSON on SQLite."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(JSON() if dialect.name == "sqlite" else postgresql.ARRAY(Integer()))


class _Among(FunctionElement[bool]):
    """A column and many keys."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """Itself. What makes other functions into conditions on SQLite, “= 1” behind them, would keep it from
        using the column's index."""
        return self


@compiles(_Among)
def _in_array(element: _Among, compiler: Any, **options: Any) -> str:
    column, keys = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY ({keys})"


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: Any, **options: Any) -> str:
    column, keys = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608 - parts that SQLAlchemy made


def among(column: Any, keys: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a column holds one of many keys. Unlike ``in_`` it is the same statement however many
    they are, and thousands cost no more than one value to send."""
    return _Among(column, literal(list(keys), _Keys()))


def one_of(kind: type[Labelled]) -> SqlEnum:
    """The column type for an enum: its stored words, checked by the database."""
    return SqlEnum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=24,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


Code = Annotated[str, mapped_column(String(16), unique=True, default=new_code)]
"""A random public identifier, made with the row."""


class Base(DeclarativeBase):
    """What every table of the product inherits."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime, Translated: TranslatedText}  # noqa: RUF012 - as SQLAlchemy asks


class Database:
    """One database and the two ways to use it.

    On SQLite a session that may write takes the write lock when it begins: a transaction that starts as
    a read and writes later would fail, or lose an update, when another wrote in between.
    """

    def __init__(self, address: str, pool_size: int = 10) -> None:
        url = make_url(address)
        # What residents wrote must not stand in an error's text, which ends up in a log.
        options: dict[str, Any] = {"pool_pre_ping": False, "hide_parameters": True}
        if url.get_backend_name() == "sqlite":
            if url.database:
                Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        else:
            url = url.set(drivername="postgresql+psycopg")
            options |= {"pool_size": pool_size, "max_overflow": 10}
        self.engine: Engine = create_engine(url, **options)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        # On PostgreSQL each statement of a reader sees what is committed by then, within a transaction or
        # without one. Without, a page costs two round trips less.
        reading = {} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._readers = sessionmaker(self.engine.execution_options(**reading), expire_on_commit=False)
        self._writers = sessionmaker(self.engine.execution_options(writes=True), expire_on_commit=False)

    def read_session(self) -> Session:
        """A session that only reads; the caller closes it."""
        return self._readers()

    def write_session(self) -> Session:
        """A session that may write; the caller commits and closes it."""
        return self._writers()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read in a transaction of its own."""
        with self._readers() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Write in a transaction of its own, committed at the end unless something is raised."""
        with self._writers.begin() as session:
            yield session


def insert_new(session: Session, table: type[Base], values: dict[str, Any]) -> Any | None:
    """Insert a row unless one with the same unique value is there; return its key, or None if it was.

    Of two transactions that insert the same at once, the second waits for the first and then gets None.
    """
    return session.execute(_insert_new(table, session.get_bind().dialect.name), values).scalar()


def insert_many_new(
    session: Session, table: type[Base], rows: Sequence[dict[str, Any]], returning: Any
) -> Sequence[Any]:
    """Insert the rows of which none with the same unique value is there; return a column of those that were
    inserted. The caller keeps them to some hundreds."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    plain = cast(Table, table.__table__)
    statement = insert(plain).on_conflict_do_nothing().returning(returning)
    # As many rows of one statement, which is put together once, rather than as one value for each of their cells.
    return session.scalars(statement, list(rows)).all()


@lru_cache
def _insert_new(table: type[Base], dialect: str) -> Executable:
    # On the table itself: what the ORM adds to an insert costs more than the insert.
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    plain = cast(Table, table.__table__)
    return insert(plain).on_conflict_do_nothing().returning(plain.primary_key.columns.values()[0])


def version_of(session: Session, statement: Executable, **values: object) -> Hashable | None:
    """The first row of a statement, for the page cache to compare; None when there is none.

    Every view of a public page asks this, so a statement that is made once, with ``bindparam``, is given
    its values here.
    """
    # Plain columns need nothing of the ORM, so it is left out.
    row = session.connection().execute(statement, values).first()
    return None if row is None else tuple(row)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction handling is switched off, so that _begin_sqlite decides.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
