"""What the kept pages hang on: the versions of the dialogues that they tell of, and those that were counted."""

from collections.abc import Hashable

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from dialogue.base.db import version_of
from dialogue.dialogues.models import Dialogue, DialogueState
from dialogue.places.models import Municipality, PoliceDistrict
from dialogue.reporting.models import DialogueFigures

_can_be_seen = Dialogue.state != DialogueState.DRAFT

_VERSIONS = (
    func.count(Dialogue.id),
    func.sum(Dialogue.version),
    func.sum(DialogueFigures.version),
)


_OF_DIALOGUE = (
    select(Dialogue.id, Dialogue.version, DialogueFigures.version)
    .outerjoin(DialogueFigures, DialogueFigures.dialogue_id == Dialogue.id)
    .where(_can_be_seen, Dialogue.code == bindparam("code"))
)
_OF_MUNICIPALITY = (
    select(Municipality.id, *_VERSIONS)
    .outerjoin(Dialogue, and_(Dialogue.municipality_id == Municipality.id, _can_be_seen))
    .outerjoin(DialogueFigures, DialogueFigures.dialogue_id == Dialogue.id)
    .where(or_(Municipality.slug == bindparam("place"), Municipality.number == bindparam("place")))
    .group_by(Municipality.id)
)
_OF_DISTRICT = (
    select(PoliceDistrict.id, *_VERSIONS)
    .outerjoin(Municipality, Municipality.district_id == PoliceDistrict.id)
    .outerjoin(Dialogue, and_(Dialogue.municipality_id == Municipality.id, _can_be_seen))
    .outerjoin(DialogueFigures, DialogueFigures.dialogue_id == Dialogue.id)
    .where(PoliceDistrict.slug == bindparam("slug"))
    .group_by(PoliceDistrict.id)
)
_OF_ALL = (
    select(*_VERSIONS)
    .outerjoin(DialogueFigures, DialogueFigures.dialogue_id == Dialogue.id)
    .where(_can_be_seen)
)


def dialogue_version(session: Session, code: str) -> Hashable | None:
    """What the pages of what came of a dialogue hang on; None for one that nobody may see."""
    return version_of(session, _OF_DIALOGUE, code=code)


def municipality_version(session: Session, place: str) -> Hashable | None:
    """What the pages of a municipality hang on; None where there is none."""
    return version_of(session, _OF_MUNICIPALITY, place=place)


def district_version(session: Session, slug: str) -> Hashable | None:
    """What the pages of a police district hang on; None where there is none."""
    return version_of(session, _OF_DISTRICT, slug=slug)


def places_version(session: Session) -> Hashable:
    """What the list of places hangs on."""
    return version_of(session, _OF_ALL)
