"""What those who left an address have not been told yet, along the chain of what they gave."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, exists, func, select, true, union_all
from sqlalchemy.orm import Session, aliased

from dialogue.actions.models import Action, ActionState
from dialogue.actions.queries import is_public
from dialogue.base import clock
from dialogue.dialogues.models import (
    GONE,
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    DialogueState,
    StatusChange,
)
from dialogue.followup import rules, story
from dialogue.followup.models import (
    Decision,
    DecisionAction,
    DecisionOutcome,
    ThemeContribution,
    ThemeDecision,
    Told,
)
from dialogue.meetings.models import Meeting, MeetingState
from dialogue.residents.models import Contact

# News are gathered to one mail in so long, unless somebody asked to be told at once.
WEEK = timedelta(days=7)
# What could not be told for so long (the worker stood still), beside the week of gathering, is no longer news.
STILL_NEWS = timedelta(days=30)
# Done or not, it has ended: a step that is worth a mail. What happens on the way there is told with the next one.
_ENDS = (ActionState.DONE.value, ActionState.PARTLY_DONE.value, ActionState.STOPPED.value)
_OUTCOMES = tuple(outcome.value for outcome in DecisionOutcome)
_SAID = tuple(rules.SUBJECTS.values())
# Those who sign up or help out are written to by the rooms of meetings and of helping, at once.
TOLD_ELSEWHERE = (ContributionKind.REGISTRATION, ContributionKind.HELP)


@dataclass(frozen=True)
class Untold:
    """A change and a contribution that it concerns, with what says when its giver is told.

    ``is_step`` is whether it is worth a mail by itself, ``last_mail`` when the address was last written to,
    ``before`` the day before which everything in its dialogue is to be told.
    """

    change_id: int
    contribution_id: int
    is_step: bool
    follow_code_id: int
    email: str
    at_once: bool
    last_mail: datetime | None
    before: date | None


def untold(session: Session, *only: ColumnElement[bool]) -> list[Untold]:
    """What has not been told yet of those whose address we have, in an order that is always the same."""
    followed = (
        select(Contribution.id)
        .join(Contact, Contact.follow_code_id == Contribution.follow_code_id)
        .where(
            Contribution.kind.not_in(TOLD_ELSEWHERE),
            # Who gave what is held is written to by the duty routine, and of nothing else.
            Contribution.state.not_in((*GONE, ContributionState.HELD)),
            *only,
        )
        .cte("followed")
    )
    pairs = union_all(*_concerned(followed)).subquery()
    other = aliased(Contact)
    last_mail = select(func.max(other.told_at)).where(other.email == Contact.email).scalar_subquery()
    told = exists().where(
        Told.contribution_id == pairs.c.contribution_id, Told.status_change_id == pairs.c.change_id
    )
    rows = session.execute(
        select(
            pairs.c.change_id,
            Contribution.id,
            pairs.c.is_step,
            Contact.follow_code_id,
            Contact.email,
            Contact.at_once,
            last_mail,
            Dialogue.tell_before,
        )
        .distinct()
        .join(Contribution, Contribution.id == pairs.c.contribution_id)
        .join(Dialogue, Dialogue.id == Contribution.dialogue_id)
        .join(Contact, Contact.follow_code_id == Contribution.follow_code_id)
        .where(~told)
        .order_by(pairs.c.change_id, Contribution.id)
    )
    return [Untold(*row) for row in rows]


def _concerned(followed: CTE) -> list[Select[Any]]:
    """(change, contribution, whether it is a step) along the chain of what is followed by mail: the thing itself,
    then its theme's decisions and actions, then a meeting that was planned after it was given."""
    # Each is narrowed to these few before anything else, since a theme gathers many and a year has many changes.
    return [
        branch.where(given.in_(select(followed.c.id)))
        for branch, given in (
            (_of_itself(), StatusChange.subject_id),
            (_of_decisions(), ThemeContribution.contribution_id),
            (_of_actions(), ThemeContribution.contribution_id),
            (_of_meetings(), _GIVEN.id),
        )
    ]


_GIVEN = aliased(Contribution)


def _changes(kinds: tuple[str, ...], contribution: Any, is_step: Any) -> Select[Any]:
    return select(
        StatusChange.id.label("change_id"),
        contribution.label("contribution_id"),
        is_step.label("is_step"),
    ).where(
        StatusChange.subject_kind.in_(kinds),
        StatusChange.is_public,
        StatusChange.at > clock.now() - STILL_NEWS - WEEK,
    )


def _of_itself() -> Select[Any]:
    return _changes(("contribution",), StatusChange.subject_id, StatusChange.from_state != "").where(
        # The writer who sends a returned idea again knows it.
        (StatusChange.from_state == "") | StatusChange.to_state.in_(story.TOLD)
    )


def _of_decisions() -> Select[Any]:
    is_step = StatusChange.to_state.in_(_OUTCOMES)
    return (
        _changes(_SAID, ThemeContribution.contribution_id, is_step)
        .join(ThemeDecision, ThemeDecision.decision_id == StatusChange.subject_id)
        .join(Decision, Decision.id == ThemeDecision.decision_id)
        .join(ThemeContribution, ThemeContribution.theme_id == ThemeDecision.theme_id)
        .where(
            Decision.released_at.is_not(None),
            ThemeDecision.removed_at.is_(None),
            ThemeContribution.removed_at.is_(None),
        )
    )


def _of_actions() -> Select[Any]:
    is_step = (StatusChange.to_state != StatusChange.from_state) & StatusChange.to_state.in_(_ENDS)
    return (
        _changes(("action",), ThemeContribution.contribution_id, is_step)
        .join(Action, Action.id == StatusChange.subject_id)
        .join(DecisionAction, DecisionAction.action_id == Action.id)
        .join(ThemeDecision, ThemeDecision.decision_id == DecisionAction.decision_id)
        .join(ThemeContribution, ThemeContribution.theme_id == ThemeDecision.theme_id)
        .where(
            is_public(),
            DecisionAction.removed_at.is_(None),
            ThemeDecision.removed_at.is_(None),
            ThemeContribution.removed_at.is_(None),
        )
    )


def _of_meetings() -> Select[Any]:
    now = clock.local(clock.now()).replace(tzinfo=None)
    return (
        _changes(("meeting",), _GIVEN.id, true())
        .join(Meeting, Meeting.id == StatusChange.subject_id)
        .join(Dialogue, Dialogue.id == Meeting.dialogue_id)
        .join(_GIVEN, _GIVEN.dialogue_id == Meeting.dialogue_id)
        .where(
            StatusChange.from_state == "",
            StatusChange.to_state == MeetingState.PLANNED.value,
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_local > now,
            Dialogue.state == DialogueState.PUBLISHED,
            _GIVEN.received_at < StatusChange.at,
        )
    )
