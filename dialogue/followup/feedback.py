"""Telling back: who is to be told of which change, once each, and how they stop it."""

import hmac
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, exists, select, union_all
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.models import Action, ActionState
from dialogue.actions.queries import is_public
from dialogue.base import clock, i18n, outbox, tokens
from dialogue.base.db import Database, insert_new
from dialogue.base.i18n import Translated, _
from dialogue.base.text import shorten
from dialogue.config import settings
from dialogue.dialogues.models import Contribution, ContributionKind, ContributionState, StatusChange
from dialogue.followup import mail, story
from dialogue.followup.mail import Line, News
from dialogue.followup.models import Decision, DecisionAction, ThemeContribution, ThemeDecision, Told
from dialogue.residents import operations as residents
from dialogue.residents.models import Contact, FollowCode

# News that could not be told for so long (the worker stood still) are no longer news.
STILL_NEWS = timedelta(days=30)
LONGEST_TEXT = 400
_ACTION_STATES = frozenset(state.value for state in ActionState)


@dataclass(frozen=True)
class _Pair:
    """A change and a contribution that it concerns."""

    change_id: int
    contribution_id: int
    follow_code_id: int


def tell(database: Database) -> int:
    """Queue one mail for each address that there is news for; return how many."""
    with database.reading() as session:
        waiting = sorted({pair.follow_code_id for pair in _waiting(session)})
    told = 0
    for follow_code_id in waiting:
        with database.writing() as session:
            told += _tell_one(session, follow_code_id)
    return told


def mark_told(session: Session, follow_code_id: int) -> None:
    """Count everything that has happened until now as told to the holder of a code."""
    for pair in _waiting(session, follow_code_id):
        _mark(session, pair)


def _tell_one(session: Session, follow_code_id: int) -> bool:
    # Of two jobs that run at once only one gets to mark a pair, and only that one tells of it.
    new = [pair for pair in _waiting(session, follow_code_id) if _mark(session, pair)]
    code = session.scalars(
        select(FollowCode).where(FollowCode.id == follow_code_id).options(joinedload(FollowCode.contact))
    ).one()
    if not new or code.contact is None:
        return False
    contact = code.contact
    with i18n.speaking(contact.language):
        given = _news(session, new)
        if not given:
            return False
        printed = residents.printed_code(code)
        address = settings().public_url + residents.follow_path(printed, contact.language)
        stop = unsubscribe_url(contact)
        letter = mail.news(contact.language, given, printed, address, stop)
    outbox.queue(session, contact.email, letter, unsubscribe_url=stop)
    return True


def _mark(session: Session, pair: _Pair) -> bool:
    values = {"contribution_id": pair.contribution_id, "status_change_id": pair.change_id, "at": clock.now()}
    return insert_new(session, Told, values) is not None


def _waiting(session: Session, follow_code_id: int | None = None) -> list[_Pair]:
    """What has not been told yet, of those whose address we have, in an order that is always the same."""
    pairs = union_all(*_concerned()).subquery()
    statement = (
        select(pairs.c.change_id, Contribution.id, Contribution.follow_code_id)
        .distinct()
        .join(Contribution, Contribution.id == pairs.c.contribution_id)
        .join(Contact, Contact.follow_code_id == Contribution.follow_code_id)
        .where(
            # Sign-ups are told by the room of meetings, at once.
            Contribution.kind != ContributionKind.REGISTRATION,
            Contribution.state != ContributionState.WITHDRAWN,
            ~exists().where(
                Told.contribution_id == pairs.c.contribution_id, Told.status_change_id == pairs.c.change_id
            ),
        )
        .order_by(pairs.c.change_id, Contribution.id)
    )
    if follow_code_id is not None:
        statement = statement.where(Contribution.follow_code_id == follow_code_id)
    return [_Pair(*row) for row in session.execute(statement)]


def _concerned() -> tuple[Select[int, int], ...]:
    """(change, contribution) along the chain: the thing itself, then its theme's decisions and actions."""
    change = StatusChange
    placed, decided, acted = ThemeContribution, ThemeDecision, DecisionAction
    fresh = (change.is_public, change.at > clock.now() - STILL_NEWS)
    contribution = placed.contribution_id.label("contribution_id")
    own = select(change.id.label("change_id"), change.subject_id.label("contribution_id")).where(
        *fresh,
        change.subject_kind == "contribution",
        # The writer who sends a returned idea again knows it.
        (change.from_state == "") | change.to_state.in_(story.TOLD),
    )
    by_decision = (
        select(change.id.label("change_id"), contribution)
        .join(decided, decided.decision_id == change.subject_id)
        .join(placed, placed.theme_id == decided.theme_id)
        .where(
            *fresh,
            change.subject_kind == "decision",
            decided.removed_at.is_(None),
            placed.removed_at.is_(None),
        )
    )
    by_action = (
        select(change.id.label("change_id"), contribution)
        .join(Action, Action.id == change.subject_id)
        .join(acted, acted.action_id == Action.id)
        .join(decided, decided.decision_id == acted.decision_id)
        .join(placed, placed.theme_id == decided.theme_id)
        .where(
            *fresh,
            change.subject_kind == "action",
            is_public(),
            acted.removed_at.is_(None),
            decided.removed_at.is_(None),
            placed.removed_at.is_(None),
        )
    )
    return own, by_decision, by_action


def _news(session: Session, pairs: Sequence[_Pair]) -> list[News]:
    changes = {
        change.id: change
        for change in session.scalars(
            select(StatusChange).where(StatusChange.id.in_({pair.change_id for pair in pairs}))
        )
    }
    decisions = _by_id(session, Decision, changes, "decision")
    actions = _by_id(session, Action, changes, "action")
    given = session.scalars(
        select(Contribution)
        .where(Contribution.id.in_({pair.contribution_id for pair in pairs}))
        .order_by(Contribution.received_at, Contribution.id)
    )
    lines: dict[int, list[Line]] = defaultdict(list)
    for pair in pairs:
        change = changes[pair.change_id]
        lines[pair.contribution_id].append(
            _line(change, decisions.get(change.subject_id), actions.get(change.subject_id))
        )
    return [News(clock.local(one.received_at).date(), lines[one.id]) for one in given if lines[one.id]]


def _by_id(session: Session, kind: Any, changes: Mapping[int, StatusChange], name: str) -> dict[int, Any]:
    ids = {change.subject_id for change in changes.values() if change.subject_kind == name}
    return {one.id: one for one in session.scalars(select(kind).where(kind.id.in_(ids)))} if ids else {}


def _line(change: StatusChange, decision: Decision | None, action: Action | None) -> Line:
    day = clock.local(change.at).date()
    if change.subject_kind == "decision" and decision is not None:
        title = f"{decision.power.label}: {decision.outcome.label}"
        return Line(day, title, _shown(decision.explanation))
    if change.subject_kind == "action" and action is not None:
        happened = (
            ActionState(change.to_state).label
            if change.to_state != change.from_state and change.to_state in _ACTION_STATES
            else _("News")
        )
        return Line(day, f"{happened}: {action.title}", _shown(change.public_text))
    title = str(story.HISTORY[change.to_state]) if change.from_state else _("Received")
    return Line(day, title, _shown(change.public_text))


def _shown(text: Translated) -> str:
    return shorten(str(text), LONGEST_TEXT)


def unsubscribe_url(contact: Contact) -> str:
    """The address that stops the mails to a contact with one click."""
    return f"{settings().public_url}/{contact.language}/unsubscribe/{contact.id}.{_signature(contact)}"


def find_subscription(session: Session, token: str) -> Contact | None:
    """The contact that an unsubscribe address names; None when it is made up, or no longer there."""
    number, _, signature = token.partition(".")
    known = number.isascii() and number.isdigit() and len(number) < 10
    contact = session.get(Contact, int(number)) if known else None
    if contact is None or not hmac.compare_digest(signature.encode(), _signature(contact).encode()):
        return None
    return contact


def _signature(contact: Contact) -> str:
    # The address is part of it, so that an old mail does not remove an address left later.
    purpose = f"{contact.id}\0{contact.email}"
    return tokens.printed(tokens.digest(settings().secret_key, "unsubscribe", purpose), 24)
