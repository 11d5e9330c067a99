"""Making posters, and choosing which dialogue each of them serves."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions, rules as dialogue_rules
from dialogue.dialogues.models import Dialogue
from dialogue.places.models import Municipality
from dialogue.posters import queries, rules
from dialogue.posters.models import Poster, PosterDialogue
from dialogue.residents import operations as residents
from dialogue.web.permissions import Actor, Permission, Scope


def make(session: Session, actor: Actor, municipality: Municipality, place: Translated, key: str) -> Poster:
    """Make a poster for a place; the same page sent twice makes one."""
    scope = Scope(municipality_id=municipality.id, district_id=municipality.district_id)
    actor.require(Permission.MANAGE_DIALOGUE, scope)
    if not residents.first_time(session, key, f"poster\0{municipality.id}\0{place!r}"):
        newest = select(Poster).where(Poster.municipality_id == municipality.id).order_by(Poster.id.desc())
        return session.scalars(newest.limit(1)).one()
    poster = Poster(municipality=municipality, place=place, made_at=clock.now())
    session.add(poster)
    session.flush()
    return poster


def rename(session: Session, actor: Actor, poster: Poster, place: Translated) -> None:
    """Say in other words where a poster hangs."""
    _held(session, actor, poster).place = place


def serve(session: Session, actor: Actor, poster: Poster, dialogue: Dialogue) -> None:
    """Let a poster serve a dialogue in the place of the one it served until now.

    Raises Invalid for a dialogue of another municipality or one that is not public, Closed for a poster that
    is not in use any more.
    """
    held = _held(session, actor, poster)
    if rules.is_retired(held):
        raise Closed(lazy("This poster is no longer in use."))
    if dialogue.municipality_id != held.municipality_id or not dialogue_rules.is_public(dialogue):
        raise Invalid(lazy("Choose a published dialogue of this municipality."), "dialogue")
    if _serves(session, held) == dialogue.id:
        return
    _remove(session, actor, held)
    session.add(
        PosterDialogue(poster_id=held.id, dialogue_id=dialogue.id, placed_at=clock.now(), by_id=actor.user_id)
    )
    session.flush()
    _note(session, actor, held, dialogue.id, "", "placed")


def serve_with(session: Session, actor: Actor, dialogue: Dialogue, codes: Collection[str]) -> int:
    """Let those of a municipality's empty posters that have these codes serve a dialogue; return how many do.

    Somebody else may have been first with one of them, which then keeps what it serves.
    """
    actor.require(Permission.MANAGE_DIALOGUE, rules.place_of(dialogue))
    chosen = [poster for poster in queries.empty_in(session, dialogue) if poster.code in codes]
    taken = 0
    for poster in chosen:
        held = _held(session, actor, poster)
        if _serves(session, held) is None:
            serve(session, actor, held, dialogue)
            taken += 1
    return taken


def take_off(session: Session, actor: Actor, poster: Poster) -> None:
    """Let a poster serve nothing until another dialogue is chosen."""
    _remove(session, actor, _held(session, actor, poster))


def retire(session: Session, actor: Actor, poster: Poster) -> None:
    """Say that a poster hangs nowhere any more. Whoever still finds it is told so."""
    held = _held(session, actor, poster)
    if not rules.is_retired(held):
        _remove(session, actor, held)
        held.retired_at = clock.now()


def _held(session: Session, actor: Actor, poster: Poster) -> Poster:
    """The poster as it is now, kept from other changes until the transaction ends, for who looks after it."""
    actor.require(Permission.MANAGE_DIALOGUE, poster.scope())
    return session.scalars(
        select(Poster)
        .where(Poster.id == poster.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _serves(session: Session, poster: Poster) -> int | None:
    return session.scalar(
        select(PosterDialogue.dialogue_id).where(
            PosterDialogue.poster_id == poster.id, PosterDialogue.removed_at.is_(None)
        )
    )


def _remove(session: Session, actor: Actor, poster: Poster) -> None:
    served = session.execute(
        update(PosterDialogue)
        .where(PosterDialogue.poster_id == poster.id, PosterDialogue.removed_at.is_(None))
        .values(removed_at=clock.now())
        .returning(PosterDialogue.dialogue_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if served is not None:
        _note(session, actor, poster, served, "placed", "removed")


def _note(session: Session, actor: Actor, poster: Poster, dialogue_id: int, before: str, to: str) -> None:
    contributions.note_change(
        session, dialogue_id, ("poster", poster.id), (before, to), actor_id=actor.user_id, is_public=False
    )
