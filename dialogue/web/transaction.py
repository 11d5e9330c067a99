"""The one database session of a request, and its one commit."""

from typing import TYPE_CHECKING, cast

from flask import current_app, flash, g, request
from sqlalchemy.orm import Session

from dialogue.base import audit
from dialogue.base.errors import DomainError
from dialogue.web.permissions import Actor

if TYPE_CHECKING:
    from dialogue.web.house import House

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def house() -> "House":
    """The application that serves this request."""
    return cast("House", current_app._get_current_object())  # type: ignore[attr-defined]


def session() -> Session:
    """The request's session: one that only reads for a GET and for a POST that only asks, one that may write for
    any other POST."""
    if "session" not in g:
        database = house().database
        g.session = database.read_session() if _only_reads() else database.write_session()
    return cast(Session, g.session)


def begin_anew() -> None:
    """Give up what the session read, so that slow work can be done before the write transaction begins."""
    if "session" in g:
        g.session.rollback()


def give_up(error: DomainError, kind: str = "error") -> None:
    """Undo what was begun, and say above the page that comes why it was refused."""
    begin_anew()
    flash(str(error.message), kind)


def commit() -> None:
    """Commit what a POST wrote; called once, before the response leaves."""
    if "session" in g and not _only_reads():
        g.session.commit()


def _only_reads() -> bool:
    entrance = g.get("access")
    return request.method in SAFE_METHODS or (entrance is not None and entrance.only_asks)


def note_read(actor: Actor, verb: str, kind: str, *subjects: tuple[int, int]) -> None:
    """Write in the audit that somebody of the staff reads personal data: the one thing that a GET writes.

    Each subject is its key and its dialogue's. They are written in a transaction of their own, before the
    page is shown; without any nothing is.
    """
    if subjects:
        with house().database.writing() as writing:
            for key, dialogue_id in subjects:
                audit.record(writing, actor.user_id, verb, kind, key, dialogue_id)


def close() -> None:
    """Give the connection back; what was not committed is undone."""
    opened = g.pop("session", None)
    if opened is not None:
        opened.close()
