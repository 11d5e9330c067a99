"""Reads of frozen briefs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base.errors import NotFound
from dialogue.briefs.models import Brief, BriefSending
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.queries import reached_by
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission


def brief(
    session: Session, actor: Actor, code: str, permission: Permission = Permission.VIEW_DIALOGUE
) -> Brief:
    """A frozen brief for somebody of its dialogue's team. Raises NotFound, NotAllowed."""
    found = session.scalars(
        select(Brief)
        .join(Brief.dialogue)
        .where(Brief.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, permission))
        .options(_placed(Brief.dialogue), selectinload(Brief.sendings).joinedload(BriefSending.body))
    ).one_or_none()
    if found is None:
        raise NotFound
    actor.require(permission, found.dialogue.scope())
    return found


def sending(session: Session, actor: Actor, code: str) -> BriefSending:
    """That a version was sent to a body, for somebody who decides. Raises NotFound, NotAllowed."""
    found = session.scalars(
        select(BriefSending)
        .join(BriefSending.brief)
        .join(Brief.dialogue)
        .where(BriefSending.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, Permission.DECIDE))
        .options(
            joinedload(BriefSending.body), joinedload(BriefSending.brief).options(_placed(Brief.dialogue))
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    actor.require(Permission.DECIDE, found.brief.dialogue.scope())
    return found


def briefs_of(session: Session, dialogue_id: int) -> Sequence[Brief]:
    """The frozen briefs of a dialogue with whom they were sent to, the newest first."""
    return session.scalars(
        select(Brief)
        .where(Brief.dialogue_id == dialogue_id)
        .options(selectinload(Brief.sendings).joinedload(BriefSending.body))
        .order_by(Brief.number.desc())
    ).all()


def newest(session: Session, dialogue_id: int) -> Brief:
    """The version that was frozen last; there is one."""
    return session.scalars(
        select(Brief).where(Brief.dialogue_id == dialogue_id).order_by(Brief.number.desc()).limit(1)
    ).one()


def without_documents(session: Session) -> Sequence[Brief]:
    """The versions whose documents have to be made anew."""
    return session.scalars(
        select(Brief).where(or_(Brief.pdf == "", Brief.docx == "")).order_by(Brief.id)
    ).all()


def codes_of(session: Session, brief: Brief, theme_code: str) -> list[str]:
    """The codes of what lay in a theme when the brief was frozen. Raises NotFound for another theme."""
    by_theme = session.scalars(select(Brief.sources).where(Brief.id == brief.id)).one()
    if theme_code not in by_theme:
        raise NotFound
    return by_theme[theme_code]


def files(session: Session) -> set[str]:
    """The addresses of every document of a brief in the file store."""
    return {address for row in session.execute(select(Brief.pdf, Brief.docx)) for address in row if address}


def _placed(dialogue: Any) -> Any:
    return joinedload(dialogue).joinedload(Dialogue.municipality).joinedload(Municipality.district)
