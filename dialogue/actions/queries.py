"""Reads of actions with their loading plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.actions import links, rules
from dialogue.actions.models import Action, ActionState, Contributor, Update
from dialogue.actions.rules import LinkHolder
from dialogue.base import clock, paging
from dialogue.base.errors import Invalid, NotFound
from dialogue.base.i18n import lazy
from dialogue.dialogues.models import Dialogue, StatusChange
from dialogue.dialogues.queries import reached_by
from dialogue.goals.models import Goal
from dialogue.people.models import User
from dialogue.places.models import Organisation
from dialogue.web.permissions import Actor, Permission, ScopeKind

# Of what has ended a list shows the latest; each dialogue's own list has them all.
MOST_ENDED = 50


@dataclass(frozen=True)
class Line:
    """One line of an action's history, with the name of the staff member behind it, for the desk only."""

    change: StatusChange
    name: str


@dataclass(frozen=True)
class Opened:
    """What a signed link opens, for whom, and whether it has grown too old to be used."""

    action: Action
    holder: LinkHolder
    has_expired: bool


def own_organisations(actor: Actor) -> set[int]:
    """The organisations for which somebody was given an account: theirs is what these own."""
    return actor.ids(ScopeKind.ORGANISATION, (Permission.OWN_ACTIONS,))


def for_desk(session: Session, actor: Actor, code: str) -> Action:
    """An action for its owner or for the dialogue's team. Raises NotFound for one they may not know of."""
    action = session.scalars(
        _with_all(select(Action))
        .join(Action.dialogue)
        .join(Action.owner)
        .where(
            Action.code == code,
            or_(
                _owner_reached_by(actor),
                reached_by(actor, Permission.VIEW_DIALOGUE, Permission.MANAGE_ACTIONS),
            ),
        )
    ).one_or_none()
    if action is None:
        raise NotFound
    return action


def by_link(session: Session, token: str) -> Opened:
    """The action that a signed link opens. Raises NotFound for a link that was not made here, or was made
    for an address or an owner that is not the action's any more."""
    link = links.read_action(token)
    action = session.scalars(_with_all(select(Action)).where(Action.code == link.code)).one_or_none()
    if action is None or not links.is_for(link, action.owner_id, rules.holder(action)):
        raise NotFound
    return Opened(action, LinkHolder(action.id, action.owner_id), link.has_expired)


def of_dialogue(session: Session, dialogue_id: int) -> Sequence[Action]:
    """Every action of a dialogue, by due date."""
    return session.scalars(
        select(Action)
        .where(Action.dialogue_id == dialogue_id)
        .options(joinedload(Action.owner))
        .order_by(Action.due_on, Action.id)
    ).all()


def is_public() -> ColumnElement[bool]:
    """The condition on Action that rules.is_public states of one."""
    return and_(
        Action.accepted_at.is_not(None), Action.is_internal.is_(False), Action.waits_for_decision.is_(False)
    )


def shows_late(today: date) -> ColumnElement[bool]:
    """The condition on Action that rules.shows_late states of one."""
    return and_(is_late(today), shows_lateness())


def is_late(today: date) -> ColumnElement[bool]:
    """The condition on Action that rules.is_late states of one."""
    return and_(Action.state.in_(rules.OPEN), Action.due_on < today)


def shows_lateness() -> ColumnElement[bool]:
    """The condition on Action that rules.shows_lateness states of one."""
    says_yes = select(Organisation.id).where(Organisation.shows_lateness.is_(True))
    organiser = select(Dialogue.organiser_id).where(Dialogue.id == Action.dialogue_id).scalar_subquery()
    return or_(Action.owner_id.in_(says_yes), Action.owner_id == organiser)


def history(session: Session, action: Action, *, sees_all: bool) -> list[Line]:
    """What has happened with an action, oldest first. An owner does not see what was said among others before
    it was asked."""
    shown = (
        select(StatusChange, User.name)
        .outerjoin(User, User.id == StatusChange.actor_id)
        .where(StatusChange.subject_kind == "action", StatusChange.subject_id == action.id)
        .order_by(StatusChange.at, StatusChange.id)
    )
    if not sees_all:
        shown = shown.where(or_(StatusChange.is_public, StatusChange.at >= action.owner_since))
    return [Line(change, name or "") for change, name in session.execute(shown).all()]


def with_more() -> tuple[Any, ...]:
    """The loading plan of everything that a page of one action shows, but for its dialogue."""
    return (
        joinedload(Action.owner),
        joinedload(Action.goal).joinedload(Goal.plan),
        selectinload(Action.updates),
        selectinload(Action.attachments),
        selectinload(Action.contributors).joinedload(Contributor.organisation),
    )


def public_updates(action: Action) -> list[Update]:
    """The updates that anybody may read, newest first."""
    return [update for update in reversed(action.updates) if update.is_public]


def possible_owners(session: Session, dialogue: Dialogue) -> list[Organisation]:
    """The organisations that can be asked in a dialogue: of its municipality, its police district, or of
    the whole country, by name."""
    found = session.scalars(select(Organisation).where(_can_own(dialogue))).all()
    return sorted(found, key=lambda organisation: str(organisation.name).casefold())


def possible_owner(session: Session, dialogue: Dialogue, organisation_id: int) -> Organisation:
    """One of them. Raises Invalid for any other organisation."""
    found = session.scalars(
        select(Organisation).where(Organisation.id == organisation_id, _can_own(dialogue))
    ).one_or_none()
    if found is None:
        raise Invalid(lazy("Choose who is to do it."), "owner")
    return found


def asked_before(
    session: Session, dialogue: Dialogue, user_id: int, owner_id: int | None, due_on: date
) -> Action:
    """What somebody proposed with the same form a moment ago; to an owner made with it when none is named."""
    asked = select(Action).where(
        Action.dialogue_id == dialogue.id, Action.asked_by_id == user_id, Action.due_on == due_on
    )
    if owner_id is not None:
        asked = asked.where(Action.owner_id == owner_id)
    return session.scalars(asked.order_by(Action.id.desc()).limit(1)).one()


def to_answer(session: Session, actor: Actor, most: int) -> tuple[Sequence[Action], int]:
    """The first few of what somebody's organisations have been asked and not answered, and how many."""
    return _first(
        session, most, Action.owner_id.in_(own_organisations(actor)), Action.state == ActionState.PROPOSED
    )


def late_of_owner(session: Session, actor: Actor, most: int) -> tuple[Sequence[Action], int]:
    """The first few of what somebody's organisations said yes to and that is late, and how many."""
    return _first(session, most, Action.owner_id.in_(own_organisations(actor)), _is_late(rules.AT_WORK))


def late_of_organiser(session: Session, actor: Actor, most: int) -> tuple[Sequence[Action], int]:
    """The first few that are late in the dialogues somebody organises, and how many."""
    return _first(session, most, _organised_by(actor), _is_late(rules.OPEN))


def answers_of_owners(session: Session, actor: Actor, most: int) -> tuple[Sequence[Action], int]:
    """The first few whose owner said no or suggested another date, and how many."""
    # Said so that both databases look each of the three up in an index: there are few among many. What is open
    # is said by what it is not, since SQLite would go through all that is.
    is_open = Action.state.not_in((*rules.ENDS, ActionState.DECLINED))
    waits = or_(
        Action.state == ActionState.DECLINED,
        and_(Action.suggested_due_on > date.min, is_open),
        and_(Action.offered_to_id > 0, is_open),
    )
    return _first(session, most, _organised_by(actor), waits)


def open_and_ended(session: Session, whose: ColumnElement[bool]) -> Sequence[Action]:
    """What is open of these, the most urgent first, then the latest that ended."""
    shown = select(Action).where(whose).options(joinedload(Action.owner), joinedload(Action.dialogue))
    is_open = shown.where(Action.state.not_in(rules.ENDS)).order_by(Action.due_on, Action.id)
    ended = shown.where(Action.state.in_(rules.ENDS)).order_by(Action.ended_on.desc(), Action.id.desc())
    return [*session.scalars(is_open), *session.scalars(ended.limit(MOST_ENDED))]


def _first(session: Session, most: int, *conditions: ColumnElement[bool]) -> tuple[Sequence[Action], int]:
    chosen = select(Action).where(*conditions).order_by(Action.due_on, Action.id)
    return paging.first_few(session, chosen, most, joinedload(Action.owner), joinedload(Action.dialogue))


def _is_late(states: Sequence[ActionState]) -> ColumnElement[bool]:
    return and_(Action.state.in_(states), Action.due_on < clock.today())


def _organised_by(actor: Actor) -> ColumnElement[bool]:
    if actor.everywhere(Permission.MANAGE_ACTIONS):
        return true()
    return Action.dialogue_id.in_(select(Dialogue.id).where(reached_by(actor, Permission.MANAGE_ACTIONS)))


def _owner_reached_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on the joined owner that OWN_ACTIONS is granted to this person there."""
    if actor.everywhere(Permission.OWN_ACTIONS):
        return true()
    columns: dict[ScopeKind, Any] = {
        ScopeKind.ORGANISATION: Organisation.id,
        ScopeKind.MUNICIPALITY: Organisation.municipality_id,
        ScopeKind.DISTRICT: Organisation.district_id,
    }
    conditions = [
        column.in_(ids)
        for kind, column in columns.items()
        if (ids := actor.ids(kind, (Permission.OWN_ACTIONS,)))
    ]
    return or_(*conditions) if conditions else false()


def _can_own(dialogue: Dialogue) -> ColumnElement[bool]:
    district_id = dialogue.municipality.district_id
    above = or_(Organisation.district_id == district_id, Organisation.district_id.is_(None))
    return and_(
        or_(Organisation.retired_on.is_(None), Organisation.retired_on > clock.today()),
        or_(
            Organisation.municipality_id == dialogue.municipality_id,
            and_(Organisation.municipality_id.is_(None), above),
        ),
    )


def _with_all(statement: Select[Action]) -> Select[Action]:
    return statement.options(
        joinedload(Action.asked_by),
        joinedload(Action.dialogue).joinedload(Dialogue.municipality),
        joinedload(Action.dialogue).joinedload(Dialogue.organiser),
        joinedload(Action.offered_to),
        *with_more(),
    )
