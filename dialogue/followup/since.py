"""What came of a dialogue since its last meeting, to be told at the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.actions.models import Action, ActionState
from dialogue.actions.queries import is_public
from dialogue.base import clock
from dialogue.dialogues.models import StatusChange
from dialogue.followup import chain, helped
from dialogue.followup.models import Decision, Theme, ThemeDecision
from dialogue.followup.records import ActionRecord, DecisionRecord
from dialogue.meetings.models import Meeting, MeetingState

# More is not read at a meeting.
MOST_SHOWN = 40
# What has been done stands first; what was stopped is said as openly.
_ORDER = {
    ActionState.DONE: 0,
    ActionState.PARTLY_DONE: 1,
    ActionState.STOPPED: 2,
    ActionState.UNDER_WAY: 3,
}


@dataclass(frozen=True)
class SinceLast:
    """The decisions and the actions of which there is news, from a day on; ``since`` is None where there was no
    meeting before."""

    since: date | None
    decided: Sequence[tuple[Theme, DecisionRecord]]
    actions: Sequence[ActionRecord]


def since_last_meeting(session: Session, meeting: Meeting) -> SinceLast:
    """What everybody may know of what has happened since the dialogue's meeting before this one."""
    before = session.scalars(
        select(Meeting)
        .where(
            Meeting.dialogue_id == meeting.dialogue_id,
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_local < meeting.starts_local,
        )
        .order_by(Meeting.starts_local.desc())
        .limit(1)
    ).first()
    since = before.ends_at if before else meeting.dialogue.created_at
    actions = _actions(session, meeting.dialogue_id, since)
    said = helped.summary(session, [action.id for action in actions])
    return SinceLast(
        since=clock.local(since).date() if before else None,
        decided=_decided(session, meeting.dialogue_id, since),
        actions=[chain.action_record(action, said[action.id]) for action in actions],
    )


def _decided(session: Session, dialogue_id: int, since: datetime) -> list[tuple[Theme, DecisionRecord]]:
    rows = session.execute(
        select(Theme, Decision)
        .join(ThemeDecision, ThemeDecision.theme_id == Theme.id)
        .join(Decision, Decision.id == ThemeDecision.decision_id)
        .where(
            Theme.dialogue_id == dialogue_id,
            Theme.retired_at.is_(None),
            ThemeDecision.removed_at.is_(None),
            Decision.released_at >= since,
        )
        .options(joinedload(Decision.body), joinedload(Decision.passed_to))
        .order_by(Theme.position, Theme.id, Decision.id)
        .limit(MOST_SHOWN)
    )
    return [(theme, chain.decision_record(decision)) for theme, decision in rows]


def _actions(session: Session, dialogue_id: int, since: datetime) -> list[Action]:
    has_news = exists().where(
        StatusChange.subject_kind == "action",
        StatusChange.subject_id == Action.id,
        StatusChange.is_public,
        StatusChange.at >= since,
    )
    found = session.scalars(
        select(Action)
        .where(Action.dialogue_id == dialogue_id, is_public(), has_news)
        .options(joinedload(Action.owner), joinedload(Action.dialogue), selectinload(Action.updates))
        .order_by(Action.due_on, Action.id)
        .limit(MOST_SHOWN)
    ).all()
    return sorted(found, key=lambda action: _ORDER.get(action.state, len(_ORDER)))
