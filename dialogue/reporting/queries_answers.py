"""Reads of the themes of a dialogue with what was answered and the first few actions of each answer."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.models import Action
from dialogue.actions.queries import is_public, shows_late
from dialogue.base import clock, paging
from dialogue.dialogues.models import Dialogue
from dialogue.followup import helped
from dialogue.followup.chain import decision_record, is_released
from dialogue.followup.models import BodyPower, Decision, DecisionAction, Theme, ThemeDecision
from dialogue.followup.records import ActionRecord, DecisionRecord
from dialogue.places.models import Organisation
from dialogue.reporting.figures import Heard

PAGE_SIZE = 20
ACTIONS_SHOWN = 5


@dataclass(frozen=True)
class AnsweredTheme:
    """A theme, how many contributions it gathers, and what stands decided about it in public.

    ``more`` is how many actions there are beside those named in ``decisions``, by a decision's code.
    """

    theme: Theme
    total: int
    decisions: tuple[DecisionRecord, ...]
    more: Mapping[str, int]

    @property
    def is_answered(self) -> bool:
        """Whether a body that decides has decided."""
        return any(decision.power is BodyPower.DECIDES for decision in self.decisions)


@dataclass(frozen=True)
class ThemePage:
    """One page of the themes of a dialogue, in their order."""

    themes: Sequence[AnsweredTheme]
    number: int
    pages: int
    total: int


def themes(session: Session, dialogue: Dialogue, heard: Heard, number: int = 1) -> ThemePage:
    """One page of the themes of a dialogue."""
    in_use = (Theme.dialogue_id == dialogue.id, Theme.retired_at.is_(None))
    total = session.scalar(select(func.count()).select_from(Theme).where(*in_use)) or 0
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    found = session.scalars(
        select(Theme).where(*in_use).order_by(Theme.position, Theme.id).limit(PAGE_SIZE).offset(offset)
    ).all()
    decided = _decisions(session, [theme.id for theme in found])
    actions = _actions(session, {decision.id for decisions in decided.values() for decision in decisions})
    shown = []
    for theme in found:
        decisions = decided.get(theme.id, [])
        records = tuple(
            replace(decision_record(decision), actions=tuple(actions[decision.id][0]))
            for decision in decisions
        )
        more = {decision.code: actions[decision.id][1] for decision in decisions}
        shown.append(AnsweredTheme(theme, heard.gathered(theme.id), records, more))
    return ThemePage(shown, number, pages, total)


def _decisions(session: Session, theme_ids: Collection[int]) -> Mapping[int, list[Decision]]:
    found: dict[int, list[Decision]] = defaultdict(list)
    for theme_id, decision in session.execute(
        select(ThemeDecision.theme_id, Decision)
        .join(Decision, Decision.id == ThemeDecision.decision_id)
        .where(
            ThemeDecision.theme_id.in_(theme_ids),
            ThemeDecision.removed_at.is_(None),
            is_released(),
        )
        .options(joinedload(Decision.body), joinedload(Decision.passed_to))
        .order_by(ThemeDecision.placed_at, ThemeDecision.id)
    ):
        found[theme_id].append(decision)
    return found


def _actions(session: Session, decision_ids: Collection[int]) -> Mapping[int, tuple[list[ActionRecord], int]]:
    """The first few public actions of each decision, and how many more there are.

    A decision can lead to hundreds, so the database cuts the list, and no row becomes an object.
    """
    inner = (
        select(
            DecisionAction.decision_id,
            Action.id,
            func.row_number()
            .over(partition_by=DecisionAction.decision_id, order_by=(Action.due_on, Action.id))
            .label("place"),
            func.count().over(partition_by=DecisionAction.decision_id).label("among"),
        )
        .join(Action, Action.id == DecisionAction.action_id)
        .where(DecisionAction.decision_id.in_(decision_ids), DecisionAction.removed_at.is_(None), is_public())
        .subquery()
    )
    found: dict[int, tuple[list[ActionRecord], int]] = defaultdict(lambda: ([], 0))
    rows = session.execute(
        select(
            inner.c.decision_id,
            inner.c.among,
            Action.code,
            Action.title,
            Organisation.name,
            Action.owner_role,
            Action.due_on,
            Action.state,
            Action.accepted_at,
            Action.ended_on,
            Action.id,
            case((shows_late(clock.today()), True), else_=False).label("is_late"),
        )
        .join(Action, Action.id == inner.c.id)
        .join(Organisation, Organisation.id == Action.owner_id)
        .where(inner.c.place <= ACTIONS_SHOWN)
        .order_by(inner.c.decision_id, inner.c.place)
    ).all()
    said = helped.summary(session, {row.id for row in rows})
    for row in rows:
        record = ActionRecord(
            code=row.code,
            title=row.title,
            owner=row.name,
            owner_role=row.owner_role,
            due_on=row.due_on,
            state=row.state,
            accepted_at=row.accepted_at,
            ended_on=row.ended_on,
            is_late=row.is_late,
            residents_say=said[row.id],
        )
        records, _more = found[row.decision_id]
        records.append(record)
        found[row.decision_id] = (records, row.among - len(records))
    return found
