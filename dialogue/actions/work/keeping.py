"""Filters that somebody of the staff keeps under a name."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dialogue.actions.models import SavedView
from dialogue.base.db import insert_new
from dialogue.base.errors import Invalid, NotFound
from dialogue.base.i18n import lazy
from dialogue.web.permissions import Actor

# More than anybody finds their way in.
MOST_VIEWS = 30
LONGEST_NAME = 60
LONGEST_QUERY = 400


def views_of(session: Session, actor: Actor) -> Sequence[SavedView]:
    """Somebody's filters, by name."""
    return session.scalars(
        select(SavedView).where(SavedView.user_id == actor.user_id).order_by(SavedView.name)
    ).all()


def first_of(session: Session, actor: Actor) -> SavedView | None:
    """The filter that somebody's list begins with."""
    return session.scalars(
        select(SavedView).where(SavedView.user_id == actor.user_id, SavedView.opens_first).limit(1)
    ).first()


def keep_view(session: Session, actor: Actor, name: str, query: str, opens_first: bool) -> None:
    """Keep a choice under a name; the same again changes nothing.

    Raises Invalid for a name that stands for another choice already, or when there are very many.
    """
    _check(name, query)
    there = {view.name: view for view in views_of(session, actor)}
    if name not in there and len(there) >= MOST_VIEWS:
        raise Invalid(lazy("You have very many filters. Delete one first."), "name")
    values: dict[str, Any] = {
        "user_id": actor.user_id,
        "name": name,
        "query": query,
        "opens_first": False,
    }
    insert_new(session, SavedView, values)
    kept = next(view for view in views_of(session, actor) if view.name == name)
    if kept.query != query:
        raise Invalid(lazy("You have a filter with this name. Choose another."), "name")
    if opens_first:
        open_first(session, actor, kept.id)


def rename_view(session: Session, actor: Actor, view_id: int, name: str) -> None:
    """Give a filter another name. Raises Invalid for one that is taken, NotFound for somebody else's."""
    view = own_view(session, actor, view_id)
    _check(name, view.query)
    try:
        with session.begin_nested():
            view.name = name
            session.flush()
    except IntegrityError:
        raise Invalid(lazy("You have a filter with this name. Choose another."), "name") from None


def delete_view(session: Session, actor: Actor, view_id: int) -> None:
    """Delete a filter. Raises NotFound for somebody else's, and for one that is gone."""
    session.delete(own_view(session, actor, view_id))


def open_first(session: Session, actor: Actor, view_id: int | None) -> None:
    """Let the list of actions begin with this filter, or with none. Raises NotFound for somebody else's."""
    if view_id is not None:
        own_view(session, actor, view_id)
    session.execute(
        update(SavedView)
        .where(SavedView.user_id == actor.user_id)
        .values(opens_first=SavedView.id == view_id)
        .execution_options(synchronize_session=False)
    )


def own_view(session: Session, actor: Actor, view_id: int) -> SavedView:
    """One of somebody's filters. Raises NotFound."""
    found = session.scalars(
        select(SavedView).where(SavedView.id == view_id, SavedView.user_id == actor.user_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def _check(name: str, query: str) -> None:
    if not name.strip():
        raise Invalid(lazy("Fill in this field."), "name")
    if len(name) > LONGEST_NAME:
        raise Invalid(lazy("Write at most %(max)s characters.", max=LONGEST_NAME), "name")
    if len(query) > LONGEST_QUERY:
        raise Invalid(lazy("This filter is too long to be kept. Leave out some words."), "name")
