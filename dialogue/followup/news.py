"""News in words, for those who left an address."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.models import Action, ActionState
from dialogue.base import clock, i18n
from dialogue.base.i18n import Translated, _, show_date
from dialogue.base.text import shorten
from dialogue.dialogues.models import Contribution, StatusChange
from dialogue.followup import records, rules, story
from dialogue.followup.mail import Line, News, Way
from dialogue.followup.models import Decision, PassState, Told
from dialogue.followup.queries_untold import Untold
from dialogue.meetings import mail as meetings
from dialogue.meetings.models import Meeting

LONGEST_TEXT = 400
_ACTION_STATES = frozenset(state.value for state in ActionState)
_PASSED = frozenset(state.value for state in PassState)
_SAID = tuple(rules.SUBJECTS.values())


def tell(session: Session, new: Sequence[Untold], ways: Mapping[int, Way]) -> list[News]:
    """The words of what is new, in the language of the moment; ``ways`` are the pages by follow code.

    Each change is said once, also where it concerns several things, such as two ideas under one theme.
    """
    writer = _Writer(session, new)
    given = {
        contribution.id: contribution
        for contribution in session.scalars(
            select(Contribution).where(Contribution.id.in_({one.contribution_id for one in new}))
        )
    }
    concerned: dict[int, list[int]] = defaultdict(list)
    for one in new:
        concerned[one.change_id].append(one.contribution_id)
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for change_id, things in concerned.items():
        alike[tuple(things)].append(change_id)
    said: list[News] = []
    for ids, changes in alike.items():
        first = given[ids[0]]
        way = ways[first.follow_code_id] if first.follow_code_id is not None else None
        days = dict.fromkeys(show_date(given[key].received_at) for key in ids)
        said.append(News(", ".join(days), [writer.line(change_id, way, ids) for change_id in changes]))
    return said


class _Writer:
    """Puts changes into words; what they are about is read once for all of them."""

    def __init__(self, session: Session, new: Sequence[Untold]) -> None:
        self.session = session
        ids = {one.change_id for one in new}
        found = session.scalars(select(StatusChange).where(StatusChange.id.in_(ids)))
        self.changes = {change.id: change for change in found}
        self.decisions = self._by_id(Decision, _SAID, joinedload(Decision.body))
        self.actions = self._by_id(Action, ("action",))
        self.meetings = self._by_id(Meeting, ("meeting",))

    def _by_id(self, kind: Any, names: tuple[str, ...], *options: Any) -> dict[int, Any]:
        ids = {change.subject_id for change in self.changes.values() if change.subject_kind in names}
        found = self.session.scalars(select(kind).where(kind.id.in_(ids)).options(*options)) if ids else ()
        return {one.id: one for one in found}

    def line(self, change_id: int, way: Way | None, contribution_ids: Sequence[int]) -> Line:
        """One change in words; ``way`` is where it can be answered whether an action helped."""
        change = self.changes[change_id]
        day = clock.local(change.at).date()
        if change.subject_kind in _SAID:
            return self._of_decision(day, change, self.decisions[change.subject_id])
        if change.subject_kind == "action":
            return self._of_action(day, change, self.actions[change.subject_id], way, contribution_ids)
        if change.subject_kind == "meeting":
            return _of_meeting(day, self.meetings[change.subject_id])
        by_staff = change.actor_id is not None
        title = story.title_of(change.to_state, is_by_staff=by_staff) if change.from_state else _("Received")
        return Line(day, title, _shown(change.public_text))

    def _of_decision(self, day: date, change: StatusChange, decision: Decision) -> Line:
        if change.to_state in _PASSED:
            return Line(day, str(PassState(change.to_state).label), _shown(change.public_text))
        title = f"{decision.body.power.label}: {decision.outcome.label}"
        return Line(day, title, _shown(decision.explanation))

    def _of_action(
        self,
        day: date,
        change: StatusChange,
        action: Action,
        way: Way | None,
        contribution_ids: Sequence[int],
    ) -> Line:
        is_new_state = change.to_state != change.from_state and change.to_state in _ACTION_STATES
        happened = ActionState(change.to_state).label if is_new_state else _("News")
        asks = (
            is_new_state
            and change.to_state in records.ASKED_OF
            and action.state in records.ASKED_OF
            and not self._asked_before(change, contribution_ids)
        )
        return Line(
            day,
            f"{happened}: {action.title}",
            _shown(change.public_text),
            asks=f"{way.address}#helped-{action.code}" if asks and way else "",
        )

    def _asked_before(self, change: StatusChange, contribution_ids: Sequence[int]) -> bool:
        """Whether the same people were asked when it was done the first time, or are in this same mail."""
        earlier = (
            select(Told.status_change_id)
            .join(StatusChange, StatusChange.id == Told.status_change_id)
            .where(
                Told.contribution_id.in_(contribution_ids),
                StatusChange.subject_kind == "action",
                StatusChange.subject_id == change.subject_id,
                StatusChange.id < change.id,
                StatusChange.to_state != StatusChange.from_state,
                StatusChange.to_state.in_([state.value for state in records.ASKED_OF]),
            )
        )
        return self.session.scalars(earlier.limit(1)).first() is not None


def _of_meeting(day: date, meeting: Meeting) -> Line:
    place = ", ".join(words for words in (meetings.when_there(meeting), meetings.where(meeting)) if words)
    address = meetings.page(meeting, i18n.language())
    return Line(day, _("New meeting: %(title)s", title=meeting.title), place, meeting=address)


def _shown(text: Translated) -> str:
    return shorten(str(text), LONGEST_TEXT)
