"""Reads of dialogues with their loading plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.base import paging
from dialogue.base.errors import NotFound
from dialogue.base.i18n import Lazy
from dialogue.dialogues import rules
from dialogue.dialogues.models import (
    Dialogue,
    DialogueState,
    Happening,
    Phase,
    StatusChange,
    TeamMember,
)
from dialogue.goals import queries as goals
from dialogue.goals.models import Goal
from dialogue.people.models import User
from dialogue.places import queries as places
from dialogue.places.models import Municipality, Organisation, OrganisationKind
from dialogue.web.permissions import Actor, Permission, ScopeKind

LONGEST_HISTORY = 200
PAGE_SIZE = 40


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


@dataclass(frozen=True)
class Summary:
    """A dialogue as the lists of the desk show it."""

    dialogue: Dialogue
    phase: Phase | None
    is_late: bool


@dataclass(frozen=True)
class SummaryPage:
    """One page of them; pages count from 1."""

    summaries: Sequence[Summary]
    number: int
    pages: int
    total: int


def summaries(
    session: Session, actor: Actor, day: date, number: int = 1, size: int = PAGE_SIZE
) -> SummaryPage:
    """One page of the dialogues that somebody may see at the desk, drafts first, then the newest, with where
    each is and whether its answer is late."""
    reached = reached_by(actor, Permission.VIEW_DIALOGUE)
    total = session.scalar(select(func.count()).select_from(Dialogue).where(reached)) or 0
    number, pages, offset = paging.place(number, total, size)
    shown = session.scalars(
        select(Dialogue)
        .where(reached)
        .options(joinedload(Dialogue.municipality), selectinload(Dialogue.phases))
        .order_by(Dialogue.published_at.is_not(None), Dialogue.published_at.desc(), Dialogue.id.desc())
        .limit(size)
        .offset(offset)
    ).all()
    done = answered(session, [dialogue.id for dialogue in shown])
    found = [
        Summary(
            dialogue,
            rules.current_phase(dialogue, day),
            rules.is_late(dialogue, day, dialogue.id in done),
        )
        for dialogue in shown
    ]
    return SummaryPage(found, number, pages, total)


def _with_all(statement: Select[Dialogue]) -> Select[Dialogue]:
    return statement.options(
        joinedload(Dialogue.municipality).joinedload(Municipality.district),
        joinedload(Dialogue.organiser),
        joinedload(Dialogue.controller),
        joinedload(Dialogue.promised_by),
        joinedload(Dialogue.duty_officer),
        selectinload(Dialogue.phases),
        selectinload(Dialogue.team).options(joinedload(TeamMember.organisation), joinedload(TeamMember.user)),
        selectinload(Dialogue.checklist),
        selectinload(Dialogue.goals).joinedload(Goal.plan),
    )


def answered(session: Session, dialogue_ids: Sequence[int]) -> set[int]:
    """Which of these dialogues have given residents an answer: a decision that everybody can read."""
    return set(
        session.scalars(
            select(StatusChange.dialogue_id)
            .where(
                StatusChange.dialogue_id.in_(dialogue_ids),
                StatusChange.subject_kind == "decision",
                StatusChange.is_public,
            )
            .distinct()
        )
    )


def late_dialogues(session: Session, actor: Actor, day: date, most: int) -> tuple[Sequence[Dialogue], int]:
    """The first few dialogues of somebody's desk whose promised day has passed without an answer, the oldest
    first, and how many there are in all."""
    decided = exists().where(
        StatusChange.dialogue_id == Dialogue.id,
        StatusChange.subject_kind == "decision",
        StatusChange.is_public,
    )
    chosen = (
        select(Dialogue)
        .where(
            reached_by(actor, Permission.MANAGE_DIALOGUE, Permission.SIGN_PROMISE),
            Dialogue.state == DialogueState.PUBLISHED,
            Dialogue.answer_by < day,
            ~decided,
        )
        .order_by(Dialogue.answer_by, Dialogue.id)
    )
    return paging.first_few(session, chosen, most)


def without_duty_officer(session: Session, actor: Actor, most: int) -> tuple[Sequence[Dialogue], int]:
    """The first few public dialogues of somebody's desk that have no duty officer, and how many."""
    chosen = (
        select(Dialogue)
        .where(
            reached_by(actor, Permission.MANAGE_DIALOGUE),
            Dialogue.state == DialogueState.PUBLISHED,
            Dialogue.duty_officer_id.is_(None),
        )
        .order_by(Dialogue.id)
    )
    return paging.first_few(session, chosen, most)


def unsigned_promises(session: Session, actor: Actor, most: int) -> tuple[Sequence[Dialogue], int]:
    """The first few dialogues that wait for this person, as a leader, to sign their promise, and how many."""
    chosen = (
        select(Dialogue)
        .where(
            reached_by(actor, Permission.SIGN_PROMISE),
            Dialogue.state != DialogueState.CLOSED,
            Dialogue.set_up_at.is_not(None),
            Dialogue.promised_by_id.is_(None),
        )
        .order_by(Dialogue.id)
    )
    return paging.first_few(session, chosen, most)


def drafts(session: Session, actor: Actor, most: int) -> tuple[Sequence[Dialogue], int]:
    """The first few drafts that this person can work on, the newest first, and how many there are in all."""
    chosen = (
        select(Dialogue)
        .where(reached_by(actor, Permission.MANAGE_DIALOGUE), Dialogue.state == DialogueState.DRAFT)
        .order_by(Dialogue.id.desc())
    )
    return paging.first_few(session, chosen, most)


def municipalities_to_choose(session: Session, actor: Actor, day: date) -> Sequence[Municipality]:
    """Where this person may make a dialogue: where they hold the permission, and where an organisation
    for which they hold it is at work."""
    found = {
        place.id: place
        for place in places.municipalities_reached(session, actor, Permission.CREATE_DIALOGUE, day)
    }
    own = actor.ids(ScopeKind.ORGANISATION, [Permission.CREATE_DIALOGUE])
    if own:
        for organisation in session.scalars(select(Organisation).where(Organisation.id.in_(own))):
            for place in _at_work_in(session, organisation):
                found[place.id] = place
    return sorted(found.values(), key=lambda place: (place.name, place.number))


def _at_work_in(session: Session, organisation: Organisation) -> Sequence[Municipality]:
    condition = (
        Municipality.id == organisation.municipality_id
        if organisation.municipality_id is not None
        else Municipality.district_id == organisation.district_id
    )
    statement = select(Municipality).where(condition, Municipality.valid_to.is_(None))
    return session.scalars(statement.options(joinedload(Municipality.district))).all()


def organisers_to_choose(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The bodies for which this person may make a dialogue: police units and municipal services."""
    kinds = {OrganisationKind.POLICE_UNIT, OrganisationKind.MUNICIPAL_SERVICE}
    return [
        organisation
        for organisation in places.organisations_reached(session, actor)
        if organisation.kind in kinds and organisation.retired_on is None
    ]


def organisations_of(session: Session, dialogue: Dialogue) -> Sequence[Organisation]:
    """The organisations that can play a part in a dialogue, by name."""
    return places.organisations_around(session, dialogue.municipality_id, dialogue.municipality.district_id)


def default_controller(dialogue: Dialogue, organisations: Sequence[Organisation]) -> Organisation:
    """Who is responsible for the personal data unless somebody else is named: the municipality; the
    organiser where the municipality has no organisation here."""
    if dialogue.organiser.kind is OrganisationKind.MUNICIPAL_SERVICE:
        return dialogue.organiser
    for organisation in organisations:
        if (
            organisation.kind is OrganisationKind.MUNICIPAL_SERVICE
            and organisation.municipality_id == dialogue.municipality_id
        ):
            return organisation
    return dialogue.organiser


def last_contact(session: Session, actor: Actor) -> dict[str, str]:
    """Where residents could turn in the newest dialogue that somebody works on: what the next one begins with."""
    row = session.execute(
        select(Dialogue.contact_email, Dialogue.accessibility_url)
        .where(reached_by(actor, Permission.MANAGE_DIALOGUE), Dialogue.contact_email != "")
        .order_by(Dialogue.id.desc())
        .limit(1)
    ).first()
    return {} if row is None else {"contact_email": row[0], "accessibility_url": row[1]}


def goals_offered(session: Session, dialogue: Dialogue, day: date) -> list[Goal]:
    """The goals that are valid in a dialogue's place on a day, and after them those that it is tied to already
    and that have run out."""
    place = dialogue.municipality
    valid = [
        goal
        for _plan, found in goals.valid_goals(session, day, place.id, place.district_id)
        for goal in found
    ]
    ids = {goal.id for goal in valid}
    return [*valid, *(goal for goal in dialogue.goals if goal.id not in ids)]


def goals_to_choose(session: Session, dialogue: Dialogue, day: date) -> list[tuple[int, str]]:
    """The same as (id, words) of a form's choices."""
    return [(goal.id, goal.named) for goal in goals_offered(session, dialogue, day)]


@dataclass(frozen=True)
class Line:
    """One line of a dialogue's own history: what happened, when, and the name of who did it."""

    what: Lazy
    at: datetime
    who: str


def history(session: Session, dialogue: Dialogue) -> list[Line]:
    """What has happened to the dialogue itself, the newest first."""
    rows = session.execute(
        select(StatusChange.to_state, StatusChange.at, User.name)
        .outerjoin(User, User.id == StatusChange.actor_id)
        .where(
            StatusChange.dialogue_id == dialogue.id,
            StatusChange.subject_kind == "dialogue",
            StatusChange.to_state.in_([what.value for what in Happening]),
        )
        .order_by(StatusChange.id.desc())
        .limit(LONGEST_HISTORY)
    )
    return [Line(Happening(state).label, at, name or "") for state, at, name in rows]
