"""Reads of posters with their loading plans."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base import clock, paging
from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.dialogues.models import Dialogue, DialogueState
from dialogue.followup import chain, queries as followup
from dialogue.followup.queries import ThemeStory
from dialogue.people.models import User
from dialogue.places import queries as places
from dialogue.places.models import Municipality
from dialogue.posters.models import Poster, PosterDialogue
from dialogue.web.permissions import Actor, Permission, ScopeKind

PAGE_SIZE = 40
# What fits on a phone: the themes that most spoke of, and other dialogues in the place.
THEMES_SHOWN = 7
NEARBY_SHOWN = 3
# Of those that a poster could serve, the newest.
CHOICES = 50
PAST_SHOWN = 50


@dataclass(frozen=True)
class PosterPage:
    """One page of posters: those in use first, by municipality."""

    posters: Sequence[Poster]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class Past:
    """That a poster has served a dialogue, or does, and the name of who decided it."""

    row: PosterDialogue
    name: str


def public_version(session: Session, code: str) -> Hashable | None:
    """What a poster's page hangs on: itself, the dialogue it serves, and what else there is in the place.

    None when there is no such poster.
    """
    return version_of(session, _VERSION, code=code)


_CAN_BE_SEEN = Dialogue.state != DialogueState.DRAFT
_ELSEWHERE = (
    select(func.sum(Dialogue.version))
    .where(Dialogue.municipality_id == Poster.municipality_id, _CAN_BE_SEEN)
    .scalar_subquery()
)
# The dialogue that is served is one of those in the place, so their versions hold its own.
_VERSION = (
    select(Poster.id, Poster.retired_at, Poster.place, PosterDialogue.dialogue_id, _ELSEWHERE)
    .outerjoin(
        PosterDialogue, and_(PosterDialogue.poster_id == Poster.id, PosterDialogue.removed_at.is_(None))
    )
    .where(Poster.code == bindparam("code"))
)


def public_poster(session: Session, code: str) -> Poster:
    """A poster with its municipality. Raises NotFound."""
    found = session.scalars(
        select(Poster).where(Poster.code == code).options(joinedload(Poster.municipality))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def served(session: Session, poster: Poster) -> Dialogue | None:
    """The dialogue that a poster serves, if everybody may see it."""
    return session.scalars(
        select(Dialogue)
        .join(PosterDialogue, PosterDialogue.dialogue_id == Dialogue.id)
        .where(PosterDialogue.poster_id == poster.id, PosterDialogue.removed_at.is_(None), _CAN_BE_SEEN)
        .options(
            selectinload(Dialogue.phases), joinedload(Dialogue.promised_by), joinedload(Dialogue.organiser)
        )
    ).one_or_none()


def nearby(session: Session, poster: Poster) -> Sequence[Dialogue]:
    """The newest dialogues of the municipality that everybody may see."""
    return session.scalars(
        select(Dialogue)
        .where(Dialogue.municipality_id == poster.municipality_id, _CAN_BE_SEEN)
        .order_by(Dialogue.published_at.desc(), Dialogue.id.desc())
        .limit(NEARBY_SHOWN)
    ).all()


def top_themes(session: Session, dialogue: Dialogue) -> list[ThemeStory]:
    """The themes that most spoke of, with what was decided and is done about each."""
    themes = followup.themes_in(session, dialogue.id)
    heard = chain.heard(session, [theme.id for theme in themes])
    most = sorted(themes, key=lambda theme: -sum(heard.get(theme.id, {}).values()))
    return followup.stories(session, most[:THEMES_SHOWN])


def kept_by(session: Session, actor: Actor, number: int) -> PosterPage:
    """One page of the posters that somebody looks after. Pages count from 1."""
    whose = _kept_by(actor)
    total = (
        session.scalar(select(func.count()).select_from(Poster).join(Poster.municipality).where(whose)) or 0
    )
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    posters = session.scalars(
        select(Poster)
        .join(Poster.municipality)
        .where(whose)
        .options(
            joinedload(Poster.municipality), joinedload(Poster.serving).joinedload(PosterDialogue.dialogue)
        )
        .order_by(Poster.retired_at.is_not(None), Municipality.name, Poster.id)
        .limit(PAGE_SIZE)
        .offset(offset)
    ).all()
    return PosterPage(posters, number, pages, total)


def for_desk(session: Session, actor: Actor, code: str) -> Poster:
    """A poster for somebody who looks after it. Raises NotFound."""
    found = session.scalars(
        select(Poster)
        .join(Poster.municipality)
        .where(Poster.code == code, _kept_by(actor))
        .options(
            joinedload(Poster.municipality).joinedload(Municipality.district),
            joinedload(Poster.serving).joinedload(PosterDialogue.dialogue),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def municipalities_of(session: Session, actor: Actor) -> Sequence[Municipality]:
    """Where somebody may hang up posters."""
    return places.municipalities_reached(session, actor, Permission.MANAGE_DIALOGUE, clock.today())


def choices(session: Session, poster: Poster) -> Sequence[Dialogue]:
    """The dialogues that a poster could serve: public ones of its municipality, the newest first."""
    return session.scalars(
        select(Dialogue)
        .where(Dialogue.municipality_id == poster.municipality_id, _CAN_BE_SEEN)
        .order_by(Dialogue.published_at.desc(), Dialogue.id.desc())
        .limit(CHOICES)
    ).all()


def past(session: Session, poster: Poster) -> list[Past]:
    """What a poster serves and has served, the latest first."""
    rows = session.execute(
        select(PosterDialogue, User.name)
        .outerjoin(User, User.id == PosterDialogue.by_id)
        .where(PosterDialogue.poster_id == poster.id)
        .options(joinedload(PosterDialogue.dialogue))
        .order_by(PosterDialogue.id.desc())
        .limit(PAST_SHOWN)
    ).all()
    return [Past(row, name or "") for row, name in rows]


def serving(session: Session, dialogue: Dialogue) -> Sequence[Poster]:
    """The posters that serve a dialogue."""
    return session.scalars(
        select(Poster)
        .join(PosterDialogue, PosterDialogue.poster_id == Poster.id)
        .where(PosterDialogue.dialogue_id == dialogue.id, PosterDialogue.removed_at.is_(None))
        .order_by(Poster.id)
    ).all()


def empty_in(session: Session, dialogue: Dialogue) -> Sequence[Poster]:
    """The posters in a dialogue's municipality that serve nothing now."""
    return session.scalars(
        select(Poster)
        .outerjoin(
            PosterDialogue, and_(PosterDialogue.poster_id == Poster.id, PosterDialogue.removed_at.is_(None))
        )
        .where(
            Poster.municipality_id == dialogue.municipality_id,
            Poster.retired_at.is_(None),
            PosterDialogue.id.is_(None),
        )
        .order_by(Poster.id)
    ).all()


def _kept_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on the joined municipality that somebody may hang up posters there."""
    permission = [Permission.MANAGE_DIALOGUE]
    if actor.everywhere(Permission.MANAGE_DIALOGUE):
        return true()
    return or_(
        false(),
        Municipality.id.in_(actor.ids(ScopeKind.MUNICIPALITY, permission)),
        Municipality.district_id.in_(actor.ids(ScopeKind.DISTRICT, permission)),
    )
