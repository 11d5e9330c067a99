"""Reads of dialogues with their loading plans."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base.errors import NotFound
from dialogue.dialogues.models import Dialogue
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission, ScopeKind


def reached_by(actor: Actor, *permissions: Permission) -> ColumnElement[bool]:
    """The condition on Dialogue that one of the permissions is granted to this person there."""
    if any(actor.everywhere(permission) for permission in permissions):
        return true()
    conditions: list[ColumnElement[bool]] = []
    columns: dict[ScopeKind, Any] = {
        ScopeKind.DIALOGUE: Dialogue.id,
        ScopeKind.ORGANISATION: Dialogue.organiser_id,
        ScopeKind.MUNICIPALITY: Dialogue.municipality_id,
    }
    for kind, column in columns.items():
        if ids := actor.ids(kind, permissions):
            conditions.append(column.in_(ids))
    if districts := actor.ids(ScopeKind.DISTRICT, permissions):
        within = select(Municipality.id).where(Municipality.district_id.in_(districts))
        conditions.append(Dialogue.municipality_id.in_(within))
    return or_(*conditions) if conditions else false()


def for_desk(
    session: Session, actor: Actor, code: str, permission: Permission = Permission.VIEW_DIALOGUE
) -> Dialogue:
    """A dialogue for somebody of its team. Raises NotFound for one they may not know of, NotAllowed
    when they may see it but not do this."""
    dialogue = session.scalars(
        _with_all(select(Dialogue)).where(
            Dialogue.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, permission)
        )
    ).one_or_none()
    if dialogue is None:
        raise NotFound
    actor.require(permission, dialogue.scope())
    return dialogue


def all_for_desk(session: Session, actor: Actor) -> Sequence[Dialogue]:
    """Every dialogue somebody may see at the desk, drafts first, then the newest."""
    return session.scalars(
        select(Dialogue)
        .where(reached_by(actor, Permission.VIEW_DIALOGUE))
        .options(joinedload(Dialogue.municipality), selectinload(Dialogue.phases))
        .order_by(Dialogue.published_at.is_not(None), Dialogue.published_at.desc(), Dialogue.id.desc())
    ).all()


def _with_all(statement: Select[Dialogue]) -> Select[Dialogue]:
    return statement.options(
        joinedload(Dialogue.municipality).joinedload(Municipality.district),
        joinedload(Dialogue.organiser),
        joinedload(Dialogue.controller),
        joinedload(Dialogue.promised_by),
        selectinload(Dialogue.phases),
        selectinload(Dialogue.team),
        selectinload(Dialogue.checklist),
    )
