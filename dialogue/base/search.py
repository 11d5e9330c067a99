"""Search in what people wrote, on either database: one document for each text, kept in the transaction that writes it.

A document holds the text's words, and after them the stems of those that have another, so that phrases are found by the
words as they stand and single words by their forms. Who may see what is found is no matter of the document: whoever
searches joins what is found with its own rows and their state, so that nothing hidden can be found, however it came
to be hidden (docs/decisions/0028).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    CTE,
    DDL,
    Connection,
    String,
    Table,
    Text,
    UniqueConstraint,
    column,
    delete,
    event,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from dialogue.base import stems
from dialogue.base.db import Base, Database
from dialogue.base.looked_for import Query, coded, coded_stem

AT_A_TIME = 500


class SearchDocument(Base):
    """The words of one text, as search knows them, in letters and digits that both databases split alike.

    The database keeps its own index of them: FTS5 on SQLite, by triggers that do nothing else, and a generated
    ``tsvector`` on PostgreSQL.
    """

    __tablename__ = "search_document"
    __table_args__ = (UniqueConstraint("kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(Text)


FOR_SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_document', content_rowid='id',"
    " tokenize='ascii')",
    "CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN"
    " INSERT INTO search_index(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN"
    " INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER search_document_changed AFTER UPDATE ON search_document BEGIN"
    " INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words);"
    " INSERT INTO search_index(rowid, words) VALUES (new.id, new.words); END",
)
FOR_POSTGRESQL = (
    "ALTER TABLE search_document ADD COLUMN vector tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED",
    "CREATE INDEX ix_search_document_vector ON search_document USING gin (vector)",
)
_TABLE = cast(Table, SearchDocument.__table__)


def _only_on(dialect: str, statement: str) -> Any:
    return DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]


for _dialect, _statements in (("sqlite", FOR_SQLITE), ("postgresql", FOR_POSTGRESQL)):
    for _statement in _statements:
        event.listen(_TABLE, "after_create", _only_on(_dialect, _statement))
event.listen(_TABLE, "before_drop", _only_on("sqlite", "DROP TABLE IF EXISTS search_index"))


def belongs_to_index(name: str | None, kind: str, parent: str | None) -> bool:
    """Whether something of the database is its own index of the documents, which the models do not describe."""
    if kind == "table":
        return (name or "").startswith("search_index")
    return parent == "search_document" and name in {"vector", "ix_search_document_vector"}


@dataclass(frozen=True)
class Document:
    """A text to be found: the kind of thing it belongs to, its key, where it lies, and its words. What stands in the
    title counts more than what stands in the text. ``within`` is in small English letters and digits; it never
    changes."""

    kind: str
    subject_id: int
    within: str
    language: str
    title: str
    text: str


@dataclass(frozen=True)
class Documents:
    """Everything of one kind that can be searched, for the index to be made anew from."""

    kind: str
    all: Callable[[Session], Iterable[Document]]


def keep(connection: Connection, documents: Sequence[Document]) -> None:
    """Let these be found by the words they have now; one without words is found no more."""
    filled = [document for document in documents if document.title.strip() or document.text.strip()]
    for document in documents:
        if document not in filled:
            forget(connection, document.kind, document.subject_id)
    if not filled:
        return
    insert: Any = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(_TABLE)
    upsert = insert.on_conflict_do_update(
        index_elements=["kind", "subject_id"],
        set_={"language": insert.excluded.language, "words": insert.excluded.words},
    )
    rows = [
        {
            "kind": document.kind,
            "subject_id": document.subject_id,
            "language": document.language,
            "words": _indexed(document),
        }
        for document in filled
    ]
    connection.execute(upsert, rows)


def forget(connection: Connection, kind: str, subject_id: int) -> None:
    """Let something be found no more."""
    connection.execute(
        delete(SearchDocument).where(SearchDocument.kind == kind, SearchDocument.subject_id == subject_id)
    )


def rebuild(session: Session, declared: Iterable[Documents]) -> int:
    """Make the index anew from what is there; returns how many documents it has."""
    connection = session.connection()
    connection.execute(delete(SearchDocument))
    count = 0
    for documents in declared:
        for some in _in_parts(documents.all(session)):
            keep(connection, some)
            count += len(some)
    return count


def is_empty(session: Session) -> bool:
    """Whether nothing can be found, as in a database that is older than the index."""
    return session.scalar(select(SearchDocument.id).limit(1)) is None


def tidy(database: Database) -> int:
    """Take out of SQLite's index the words of what was removed; until then they stand in its file, though nothing is
    found by them. PostgreSQL does so by itself."""
    if not database.is_sqlite:
        return 0
    with database.writing() as session:
        session.connection().exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('optimize')")
    return 1


def _in_parts(documents: Iterable[Document]) -> Iterator[list[Document]]:
    some: list[Document] = []
    for document in documents:
        some.append(document)
        if len(some) == AT_A_TIME:
            yield some
            some = []
    if some:
        yield some


def _indexed(document: Document) -> str:
    """Where it lies; the title, once more in front for its words to count double; then the words in order; then what
    they have in common with their other forms."""
    in_title = [word for _begin, _end, word in stems.words(document.title)]
    in_text = [word for _begin, _end, word in stems.words(document.text)]
    stem = stems.english if document.language == "en" else stems.norwegian
    found = dict.fromkeys((*in_title, *in_text))
    others = dict.fromkeys(other for word in found if (other := stem(word)) != word)
    words = (coded(word) for word in (*in_title, *in_title, *in_text))
    return " ".join((_place(document.within), *words, *(coded_stem(other) for other in others)))


def _place(within: str) -> str:
    """Where something lies, as a word of its own in the index, so that a search in one place does not read what is
    found in all others. No coding of a word begins so."""
    return f"qx{within}"


def matching(session: Session, kind: str, within: Collection[str], query: Query) -> CTE:
    """Selects ``subject_id`` and ``rank`` of what is found in any of these, of whatever state; the lower the rank the
    better."""
    # What the index finds is written down first and then joined: SQLite would rather ask the index about every row
    # there is, one by one.
    if session.get_bind().dialect.name == "sqlite":
        index = table("search_index", column("rowid"), column("search_index"), column("rank"))
        there = f"({' OR '.join(map(_place, within))}) AND {query.for_sqlite()}"
        hits = select(index.c.rowid, index.c.rank).where(index.c.search_index.op("MATCH")(there))
        written = hits.cte("hits").prefix_with("MATERIALIZED")
        return (
            select(SearchDocument.subject_id, written.c.rank)
            .join(written, written.c.rowid == SearchDocument.id)
            .where(SearchDocument.kind == kind)
            .cte("found")
        )
    vector: Any = literal_column("search_document.vector")
    there = f"({' | '.join(map(_place, within))}) & {query.for_postgresql()}"
    rank = -func.ts_rank(vector, func.to_tsquery("simple", query.for_postgresql()))
    found = select(SearchDocument.subject_id, rank.label("rank")).where(
        vector.op("@@")(func.to_tsquery("simple", there)), SearchDocument.kind == kind
    )
    return found.cte("found").prefix_with("MATERIALIZED")
