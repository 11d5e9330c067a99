"""Reads of the leader's pages: what was promised, what is late, what residents said most, which goals are covered.

Everything is of the dialogues that the reader may see at the desk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from dialogue.actions.models import Action, ActionState
from dialogue.actions.queries import is_late
from dialogue.base import clock, paging
from dialogue.base.errors import NotFound
from dialogue.base.i18n import Labelled, lazy
from dialogue.dialogues.models import Dialogue, DialogueGoal, DialogueState
from dialogue.dialogues.queries import reached_by
from dialogue.followup.chain import is_answered
from dialogue.followup.models import Theme
from dialogue.goals.models import Goal
from dialogue.goals.queries import Coverage, coverage
from dialogue.places.models import Municipality, Organisation, OrganisationKind, PoliceDistrict
from dialogue.reporting import queries
from dialogue.reporting.figures import Figures, Heard
from dialogue.reporting.queries import Counted, Within
from dialogue.web.permissions import Actor, Permission, Scope, ScopeKind

SHOWN = 5
VIEW = Permission.VIEW_DIALOGUE


class PlaceKind(Labelled):
    """What a leader leads: a station, a municipality or a police district; the words of the address."""

    ORGANISATION = "organisations", lazy("Police units and services")
    MUNICIPALITY = "municipalities", lazy("Municipalities")
    DISTRICT = "districts", lazy("Police districts")


@dataclass(frozen=True)
class Place:
    """A place with a leader's page. ``key`` names it in the address; the two ids say whose plans hold there."""

    kind: PlaceKind
    key: str
    name: str
    within: Within
    municipality_id: int = 0
    district_id: int = 0


def places_of(session: Session, actor: Actor) -> list[tuple[PlaceKind, str, str]]:
    """The places that somebody was given as (kind, key, name), each kind by name; of one who was given everything
    the police districts."""
    found: list[tuple[PlaceKind, str, str]] = []
    own = actor.ids(ScopeKind.ORGANISATION, [VIEW])
    for organisation in session.scalars(select(Organisation).where(Organisation.id.in_(own))):
        found.append((PlaceKind.ORGANISATION, organisation.code, str(organisation.name)))
    municipalities = actor.ids(ScopeKind.MUNICIPALITY, [VIEW])
    for place in session.scalars(select(Municipality).where(Municipality.id.in_(municipalities))):
        found.append((PlaceKind.MUNICIPALITY, place.slug, place.name))
    chosen = select(PoliceDistrict).where(PoliceDistrict.valid_to.is_(None))
    if not actor.everywhere(VIEW):
        chosen = select(PoliceDistrict).where(PoliceDistrict.id.in_(actor.ids(ScopeKind.DISTRICT, [VIEW])))
    for district in session.scalars(chosen):
        found.append((PlaceKind.DISTRICT, district.slug, str(district.name)))
    order = list(PlaceKind)
    return sorted(found, key=lambda one: (order.index(one[0]), one[2]))


def organisation(session: Session, actor: Actor, code: str) -> Place:
    """A station or a service, by the dialogues that it organises. Raises NotFound, NotAllowed."""
    found = session.scalars(
        select(Organisation).where(Organisation.code == code).options(joinedload(Organisation.municipality))
    ).one_or_none()
    if found is None:
        raise NotFound
    actor.require(VIEW, found.scope())
    return Place(
        PlaceKind.ORGANISATION,
        code,
        str(found.name),
        _seen_by(actor, Dialogue.organiser_id == found.id),
        found.municipality_id or 0,
        found.district_id or 0,
    )


def municipality(session: Session, actor: Actor, place: str) -> Place:
    """A municipality. Raises NotFound, NotAllowed."""
    found = queries.municipality(session, place)
    actor.require(VIEW, Scope(municipality_id=found.id, district_id=found.district_id))
    return Place(
        PlaceKind.MUNICIPALITY,
        found.slug,
        found.name,
        _seen_by(actor, Dialogue.municipality_id == found.id),
        found.id,
        found.district_id,
    )


def district(session: Session, actor: Actor, slug: str) -> Place:
    """A police district. Raises NotFound, NotAllowed."""
    found = queries.district(session, slug)
    actor.require(VIEW, Scope(district_id=found.id))
    within = select(Municipality.id).where(Municipality.district_id == found.id)
    return Place(
        PlaceKind.DISTRICT,
        slug,
        str(found.name),
        _seen_by(actor, Dialogue.municipality_id.in_(within)),
        district_id=found.id,
    )


def _seen_by(actor: Actor, where: ColumnElement[bool]) -> Within:
    return and_(where, Dialogue.state != DialogueState.DRAFT, reached_by(actor, VIEW))


def below(session: Session, place: Place) -> list[tuple[PlaceKind, str, str]]:
    """The stations and the municipalities of a police district that have a dialogue, by name and by nothing else."""
    if place.kind is not PlaceKind.DISTRICT:
        return []
    stations = session.scalars(
        select(Organisation).where(
            Organisation.kind == OrganisationKind.POLICE_UNIT,
            Organisation.id.in_(select(Dialogue.organiser_id).where(place.within)),
        )
    )
    found = [(PlaceKind.ORGANISATION, one.code, str(one.name)) for one in stations]
    return [
        *sorted(found, key=lambda one: one[2]),
        *(
            (PlaceKind.MUNICIPALITY, one.slug, one.name)
            for one in queries.municipalities_in(session, place.district_id)
        ),
    ]


class Promise(Labelled):
    """What became of a promised answer."""

    LATE = "late", lazy("Late")
    COMING = "coming", lazy("Coming")
    ANSWERED_LATE = "answered_late", lazy("Answered late")
    KEPT = "kept", lazy("Kept")


@dataclass(frozen=True)
class Promised:
    """A promise: which dialogue, by when, in whose name, and what became of it."""

    dialogue: Dialogue
    became: Promise


@dataclass(frozen=True)
class FiveMinutes:
    """What a leader reads in five minutes before a meeting. Lists hold the first few, the numbers all."""

    figures: Figures
    promises: Sequence[Promised]
    promise_counts: Mapping[Promise, int]
    late: Sequence[Action]
    themes: Sequence[tuple[Theme, int]]
    waiting: Sequence[Theme]
    states: Mapping[ActionState, int]
    goals: Sequence[Coverage]


def five_minutes(session: Session, place: Place, today: date) -> FiveMinutes:
    """Everything on a leader's page."""
    within = place.within
    counted = queries.counted(session, within)
    figures = counted.figures()
    promises, counts = _promises(session, counted, today)
    waiting = session.scalars(
        select(Theme)
        .join(Theme.dialogue)
        .where(within, Theme.retired_at.is_(None), ~is_answered())
        .options(contains_eager(Theme.dialogue))
        .order_by(Dialogue.answer_by, Theme.id)
        .limit(SHOWN)
    ).all()
    states = figures.at_desk.states
    return FiveMinutes(
        figures,
        promises,
        counts,
        _late(session, within, today),
        _most_said(session, figures.heard),
        waiting,
        {state: states[state.value] for state in ActionState if states.get(state.value)},
        coverage(session, today, place.municipality_id, place.district_id, _goals(session, within)),
    )


def _late(session: Session, within: Within, today: date) -> Sequence[Action]:
    return session.scalars(
        select(Action)
        .where(Action.dialogue_id.in_(_ids(within)), is_late(today))
        .options(joinedload(Action.owner), joinedload(Action.dialogue))
        .order_by(Action.due_on, Action.id)
        .limit(SHOWN)
    ).all()


def _promises(
    session: Session, counted: Counted, today: date
) -> tuple[list[Promised], Mapping[Promise, int]]:
    """The promises that are broken or wait first, by their day; then those kept, the latest first.

    A promise is kept when every theme has its first answer by the day.
    """
    rows = [
        (key, day, _became(day, counted.by_dialogue[key].at_desk.answered_on, today))
        for key, day in counted.promised.items()
    ]
    counts = {became: sum(row[2] is became for row in rows) for became in Promise}
    order = list(Promise)
    is_over = (Promise.ANSWERED_LATE, Promise.KEPT)
    rows.sort(
        key=lambda row: (
            order.index(row[2]),
            -row[1].toordinal() if row[2] in is_over else row[1].toordinal(),
            row[0],
        )
    )
    became = {key: what for key, _day, what in rows[:SHOWN]}
    found = {
        one.id: one
        for one in session.scalars(
            select(Dialogue).where(Dialogue.id.in_(became)).options(joinedload(Dialogue.promised_by))
        )
    }
    return [Promised(found[key], what) for key, what in became.items()], counts


def _became(answer_by: date, answered_on: date | None, today: date) -> Promise:
    if answered_on is not None:
        return Promise.KEPT if answered_on <= answer_by else Promise.ANSWERED_LATE
    return Promise.LATE if answer_by < today else Promise.COMING


def _most_said(session: Session, heard: Heard) -> list[tuple[Theme, int]]:
    """The themes that gather most."""
    numbered = ((int(key), count) for key, count in heard.themes.items())
    largest = sorted(numbered, key=lambda entry: (-entry[1], entry[0]))[:SHOWN]
    found = {
        theme.id: theme
        for theme in session.scalars(
            select(Theme)
            .where(Theme.id.in_([key for key, _count in largest]))
            .options(joinedload(Theme.dialogue))
        )
    }
    return [(found[key], count) for key, count in largest]


def _goals(session: Session, within: Within) -> set[int]:
    """The goals that a dialogue, a theme or an action is tied to."""
    ids = _ids(within)
    tied_to_dialogue = exists().where(DialogueGoal.goal_id == Goal.id, DialogueGoal.dialogue_id.in_(ids))
    tied_to_theme = exists().where(
        Theme.goal_id == Goal.id, Theme.dialogue_id.in_(ids), Theme.retired_at.is_(None)
    )
    tied_to_action = exists().where(Action.goal_id == Goal.id, Action.dialogue_id.in_(ids))
    return set(session.scalars(select(Goal.id).where(or_(tied_to_dialogue, tied_to_theme, tied_to_action))))


def _ids(within: Within) -> Select[int]:
    return select(Dialogue.id).where(within)


def late_of_leader(session: Session, actor: Actor) -> tuple[Sequence[Action], int]:
    """What is late in the dialogues that somebody leads without following up its actions; the first few, and how
    many."""
    # Whoever follows up everywhere has none that they only lead; SQLite would look for it through all that is late.
    if actor.everywhere(Permission.MANAGE_ACTIONS):
        return [], 0
    led = and_(reached_by(actor, Permission.SIGN_PROMISE), not_(reached_by(actor, Permission.MANAGE_ACTIONS)))
    late = select(Action).where(Action.dialogue_id.in_(_ids(led)), is_late(clock.today()))
    ordered = late.order_by(Action.due_on, Action.id)
    return paging.first_few(session, ordered, SHOWN, joinedload(Action.dialogue))
