"""Reads of "you said – we did": the figures of a dialogue, a municipality or a district, and what stands beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base import clock, paging
from dialogue.base.errors import NotFound
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Dialogue, DialogueState
from dialogue.followup.chain import is_released
from dialogue.followup.models import Body, BodyPower, Decision, DecisionReason, Theme, ThemeDecision
from dialogue.followup.story import SAYS_NO
from dialogue.places.models import Municipality, PoliceDistrict
from dialogue.places.queries import district_by_slug
from dialogue.reporting import counting
from dialogue.reporting.figures import Count, Figures, together
from dialogue.reporting.models import DialogueFigures

PAGE_SIZE = 20
NOES_SHOWN = 5
# A job counts anew what has changed, every minute, and everything when it has grown so old. What is not fresh is
# counted while the reader waits, as long as it is not more than this; of the rest the last count is shown.
FRESH_FOR = timedelta(minutes=10)
COUNTED_AT_ONCE = 1000

Within = ColumnElement[bool]
"""A condition on Dialogue: those whose figures are asked for."""

_can_be_seen = Dialogue.state != DialogueState.DRAFT


def of_dialogue(dialogue_id: int) -> Within:
    """One dialogue."""
    return and_(Dialogue.id == dialogue_id, _can_be_seen)


def in_municipality(municipality_id: int) -> Within:
    """The dialogues of a municipality that anybody may see."""
    return and_(Dialogue.municipality_id == municipality_id, _can_be_seen)


def in_district(district_id: int) -> Within:
    """The dialogues of a police district that anybody may see."""
    within = select(Municipality.id).where(Municipality.district_id == district_id)
    return and_(Dialogue.municipality_id.in_(within), _can_be_seen)


@dataclass(frozen=True)
class Counted:
    """What was counted of each of some dialogues, and the day by which each has promised an answer. ``kept`` are
    those that a job counted, ``is_older`` when one of these has changed since."""

    by_dialogue: Mapping[int, Count]
    promised: Mapping[int, date]
    kept: frozenset[int]
    late_answers: int
    is_older: bool

    def figures(self) -> Figures:
        """All of it together."""
        count = together(self.by_dialogue.values())
        return Figures(count.asked, count.heard, count.did, count.at_desk, self.late_answers, self.is_older)


def counted(session: Session, within: Within) -> Counted:
    """What is counted of each of some dialogues. What is small and not fresh is counted while one waits."""
    # Without a row, the dialogue has never been counted.
    rows: Any = session.execute(
        select(
            Dialogue.id,
            Dialogue.state,
            Dialogue.answer_by,
            Dialogue.version,
            DialogueFigures.version,
            DialogueFigures.counted_at,
            DialogueFigures.size,
            DialogueFigures.content,
        )
        .outerjoin(DialogueFigures, DialogueFigures.dialogue_id == Dialogue.id)
        .where(within)
        .order_by(Dialogue.id)
    ).all()
    kept: dict[int, Count] = {}
    anew: list[int] = []
    left, is_older = COUNTED_AT_ONCE, False
    for key, _state, _day, version, counted_version, counted_at, size, content in rows:
        is_fresh = counted_version == version and counted_at >= fresh_since()
        if counted_version is None or (not is_fresh and size <= left):
            left -= size or 0
            anew.append(key)
        else:
            kept[key] = Count.from_json(content)
            is_older = is_older or not is_fresh
    by_dialogue = kept | (counting.count(session, anew) if anew else {})
    today = clock.today()
    late = sum(
        state is DialogueState.PUBLISHED
        and day is not None
        and day < today
        and not by_dialogue[key].did.answers
        for key, state, day, *_rest in rows
    )
    promised = {key: day for key, _state, day, *_rest in rows if day is not None}
    return Counted(by_dialogue, promised, frozenset(kept), late, is_older)


def fresh_since() -> datetime:
    """A count from before is not fresh: something may have changed that no version tells of, and what is late
    changes with the day."""
    midnight = clock.in_norway(datetime.combine(clock.today(), time()))
    return max(clock.now() - FRESH_FOR, midnight)


def to_count(session: Session) -> Sequence[int]:
    """The dialogues whose count is not fresh any more."""
    return session.scalars(
        select(Dialogue.id)
        .outerjoin(DialogueFigures, DialogueFigures.dialogue_id == Dialogue.id)
        .where(
            _can_be_seen,
            or_(
                DialogueFigures.version.is_(None),
                DialogueFigures.version != Dialogue.version,
                DialogueFigures.counted_at < fresh_since(),
            ),
        )
        .order_by(Dialogue.id)
    ).all()


def dialogue(session: Session, code: str) -> Dialogue:
    """A dialogue that anybody may see. Raises NotFound."""
    found = session.scalars(
        select(Dialogue)
        .where(Dialogue.code == code, _can_be_seen)
        .options(
            joinedload(Dialogue.promised_by),
            joinedload(Dialogue.organiser),
            joinedload(Dialogue.municipality).joinedload(Municipality.district),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def municipality(session: Session, place: str) -> Municipality:
    """A municipality by the words or the number in an address. Raises NotFound."""
    found = session.scalars(
        select(Municipality)
        .where(or_(Municipality.slug == place, Municipality.number == place))
        .options(joinedload(Municipality.district))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def district(session: Session, slug: str) -> PoliceDistrict:
    """A police district. Raises NotFound."""
    return district_by_slug(session, slug)


@dataclass(frozen=True)
class Named:
    """A municipality as a list of names has it."""

    name: str
    slug: str
    number: str


def municipalities_in(session: Session, district_id: int) -> list[Named]:
    """The municipalities of a police district that have a dialogue, by name and by nothing else."""
    rows = session.execute(
        select(Municipality.name, Municipality.slug, Municipality.number).where(
            Municipality.district_id == district_id, _has_dialogue()
        )
    )
    return sorted((Named(*row) for row in rows), key=_by_name)


def places(session: Session) -> list[tuple[PoliceDistrict, list[Municipality]]]:
    """The municipalities that have a dialogue under their police districts, all by name."""
    found: dict[int, tuple[PoliceDistrict, list[Municipality]]] = {}
    for place in session.scalars(
        select(Municipality).where(_has_dialogue()).options(joinedload(Municipality.district))
    ):
        found.setdefault(place.district_id, (place.district, []))[1].append(place)
    ordered = sorted(found.values(), key=lambda entry: str(entry[0].name))
    return [(district, sorted(within, key=_by_name)) for district, within in ordered]


def _by_name(place: Municipality | Named) -> tuple[str, str]:
    # In Norwegian å follows æ and ø, which by their numbers it stands before.
    return (place.name.casefold().replace("å", "ÿ"), place.number)


def _has_dialogue() -> ColumnElement[bool]:
    return exists().where(Dialogue.municipality_id == Municipality.id, _can_be_seen)


@dataclass(frozen=True)
class DialoguePage:
    """One page of dialogues, the newest first."""

    dialogues: Sequence[Dialogue]
    number: int
    pages: int
    total: int


def dialogues_in(session: Session, within: Within, number: int = 1) -> DialoguePage:
    """One page of the dialogues of a place."""
    total = session.scalar(select(func.count()).select_from(Dialogue).where(within)) or 0
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    found = session.scalars(
        select(Dialogue)
        .where(within)
        .options(selectinload(Dialogue.phases), joinedload(Dialogue.municipality))
        .order_by(Dialogue.published_at.desc(), Dialogue.id.desc())
        .limit(PAGE_SIZE)
        .offset(offset)
    ).all()
    return DialoguePage(found, number, pages, total)


@dataclass(frozen=True)
class No:
    """A theme that was answered with no or not now, with the explanation."""

    theme: str
    title: Translated
    dialogue: Translated
    outcome: str
    reason: DecisionReason
    explanation: Translated
    decided_on: date


def noes(session: Session, within: Within) -> list[No]:
    """The latest of what was answered with no or not now."""
    rows = session.execute(
        select(Theme.code, Theme.title, Dialogue.title, Decision)
        .select_from(ThemeDecision)
        .join(Decision, Decision.id == ThemeDecision.decision_id)
        .join(Body, Body.id == Decision.body_id)
        .join(Theme, Theme.id == ThemeDecision.theme_id)
        .join(Dialogue, Dialogue.id == Decision.dialogue_id)
        .where(
            within,
            ThemeDecision.removed_at.is_(None),
            Theme.retired_at.is_(None),
            Body.power == BodyPower.DECIDES,
            Decision.outcome.in_(SAYS_NO),
            is_released(),
        )
        .order_by(Decision.released_at.desc(), Decision.id.desc(), Theme.position)
        .limit(NOES_SHOWN)
    ).all()
    return [
        No(
            theme=code,
            title=title,
            dialogue=dialogue_title,
            outcome=str(decision.outcome.label),
            reason=decision.reason,
            explanation=decision.explanation,
            decided_on=decision.decided_on,
        )
        for code, title, dialogue_title, decision in rows
    ]
