"""Reads of what is held for the duty routine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import NotFound
from dialogue.boards.models import Board, Idea
from dialogue.boards.models_reading import Hold
from dialogue.dialogues.models import Contribution, Dialogue, DialogueState
from dialogue.dialogues.queries import reached_by
from dialogue.people.models import User, UserGrant
from dialogue.places.models import Municipality
from dialogue.web.permissions import ALLOWED, Actor, Permission, Role, ScopeKind

# What has not been opened for so long is late.
OPENED_WITHIN = timedelta(minutes=30)
# How the audit names that a duty officer has read something.
READ, HELD_IDEA = "read", "held idea"
# So long one can look back on what was handed over.
LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True)
class Held:
    """Something held, and whether its duty officer has opened it."""

    hold: Hold
    is_opened: bool


def of_officer(session: Session, actor: Actor) -> list[Held]:
    """What waits for this person as duty officer, the oldest first."""
    rows = session.execute(
        _holds()
        .add_columns(_is_opened())
        .where(Dialogue.duty_officer_id == actor.user_id, Hold.ended_at.is_(None))
        .order_by(Hold.held_at, Hold.id)
    )
    return [Held(hold, is_opened) for hold, is_opened in rows]


def ended_of(session: Session, actor: Actor) -> Sequence[Hold]:
    """What this person handed over or gave back lately, the latest first."""
    return session.scalars(
        _holds()
        .where(Hold.ended_by_id == actor.user_id, Hold.ended_at > clock.now() - LOOK_BACK)
        .order_by(Hold.ended_at.desc(), Hold.id.desc())
    ).all()


def held(session: Session, actor: Actor, code: str) -> Hold:
    """Something held, for its duty officer. Raises NotFound for everybody else."""
    return _one(session, _of(actor, code))


def held_locked(session: Session, actor: Actor, code: str) -> Hold:
    """The same, for ending it: of two clicks the second finds that it is done."""
    locked = _of(actor, code).with_for_update(of=(Hold, Contribution, Idea))
    return _one(session, locked.execution_options(populate_existing=True))


def of_idea(session: Session, idea: Idea) -> Hold:
    """The last time an idea was held: when, by whom, and how it ended."""
    return session.scalars(
        _holds().where(Hold.idea_id == idea.contribution_id).order_by(Hold.id.desc()).limit(1)
    ).one()


def unopened(session: Session, now: datetime) -> list[int]:
    """The ids of what has waited too long to be opened, and of which nobody has been reminded."""
    chosen = _unopened(now).where(Hold.reminded_at.is_(None))
    return list(session.scalars(chosen.with_only_columns(Hold.id, maintain_column_froms=True)))


def unopened_locked(session: Session, hold_id: int) -> Hold | None:
    """One of them, if it still is; of two jobs the second finds that somebody was reminded."""
    return session.scalars(
        _unopened(clock.now())
        .where(Hold.id == hold_id, Hold.reminded_at.is_(None))
        .with_for_update(of=Hold)
        .execution_options(populate_existing=True)
    ).one_or_none()


def late_for(session: Session, actor: Actor) -> Sequence[Hold]:
    """What has waited too long in the dialogues that this person runs; that it waits, and no word of it."""
    return session.scalars(
        _unopened(clock.now())
        .where(reached_by(actor, Permission.MANAGE_DIALOGUE))
        .order_by(Hold.held_at, Hold.id)
    ).all()


def organisers(session: Session, dialogue: Dialogue) -> Sequence[User]:
    """Those who run a dialogue: whoever was given it itself, else its organisation, its place, its district, and
    in the end those who look after everything."""
    roles = [role for role in Role if Permission.MANAGE_DIALOGUE in ALLOWED[role]]
    scope = dialogue.scope()
    for kind in (
        ScopeKind.DIALOGUE,
        ScopeKind.ORGANISATION,
        ScopeKind.MUNICIPALITY,
        ScopeKind.DISTRICT,
        ScopeKind.EVERYTHING,
    ):
        scope_id = 0 if kind is ScopeKind.EVERYTHING else getattr(scope, f"{kind.value}_id")
        granted = exists().where(
            UserGrant.user_id == User.id,
            UserGrant.role.in_(roles),
            UserGrant.scope_kind == kind,
            UserGrant.scope_id == scope_id,
        )
        found = session.scalars(select(User).where(User.is_active, granted).order_by(User.id)).all()
        if found:
            return found
    return ()


def on_duty_in(session: Session, user_id: int) -> Sequence[Dialogue]:
    """The dialogues that have not ended in which somebody is on duty."""
    return session.scalars(
        select(Dialogue).where(Dialogue.duty_officer_id == user_id, Dialogue.state != DialogueState.CLOSED)
    ).all()


def _holds() -> Select[Hold]:
    return (
        select(Hold)
        .join(Hold.idea)
        .join(Idea.contribution)
        .join(Idea.board)
        .join(Board.dialogue)
        .options(
            contains_eager(Hold.idea).options(
                contains_eager(Idea.contribution).joinedload(Contribution.follow_code),
                contains_eager(Idea.board)
                .contains_eager(Board.dialogue)
                .options(
                    joinedload(Dialogue.municipality).joinedload(Municipality.district),
                    joinedload(Dialogue.duty_officer),
                ),
                joinedload(Idea.column),
            ),
            joinedload(Hold.held_by),
            joinedload(Hold.ended_by),
        )
    )


def _of(actor: Actor, code: str) -> Select[Hold]:
    return _holds().where(
        Contribution.code == code, Dialogue.duty_officer_id == actor.user_id, Hold.ended_at.is_(None)
    )


def _one(session: Session, statement: Select[Hold]) -> Hold:
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def _unopened(now: datetime) -> Select[Hold]:
    return _holds().where(Hold.ended_at.is_(None), Hold.held_at <= now - OPENED_WITHIN, ~_is_opened())


def _is_opened() -> ColumnElement[bool]:
    """The condition on Hold that its duty officer of now has read it, as the audit tells."""
    return (
        exists()
        .where(
            AuditEntry.verb == READ,
            AuditEntry.subject_kind == HELD_IDEA,
            AuditEntry.subject_id == Hold.idea_id,
            AuditEntry.actor_id == Dialogue.duty_officer_id,
            AuditEntry.at >= Hold.held_at,
        )
        .correlate(Hold, Dialogue)
    )
