"""Counting what residents gave and in which ways they were asked: each in one statement over any number of
dialogues. How long it takes hangs on how much there is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.boards.models import Board
from dialogue.dialogues.models import Contribution, ContributionKind
from dialogue.followup import placed
from dialogue.followup.chain import COUNTED
from dialogue.followup.models import ThemeContribution
from dialogue.meetings.models import Meeting, MeetingState
from dialogue.reporting import counting_done
from dialogue.reporting.figures import Asked, Count, Heard
from dialogue.surveys.models import Response, Survey, SurveyState


def count(session: Session, ids: Sequence[int]) -> dict[int, Count]:
    """Everything that is counted of some dialogues."""
    today = clock.today()
    asked, heard = _asked(session, ids), _heard(session, ids)
    did, at_desk = counting_done.did(session, ids, today), counting_done.at_desk(session, ids, today)
    return {one: Count(asked[one], heard[one], did[one], at_desk[one]) for one in ids}


def _asked(session: Session, ids: Sequence[int]) -> Mapping[int, Asked]:
    ways: dict[str, dict[int, int]] = {}
    for name, table, *conditions in (
        ("boards", Board),
        ("meetings", Meeting, Meeting.state != MeetingState.CANCELLED),
        ("surveys", Survey, Survey.state != SurveyState.DRAFT),
    ):
        rows = session.execute(
            select(table.dialogue_id, func.count())
            .where(table.dialogue_id.in_(ids), *conditions)
            .group_by(table.dialogue_id)
        )
        ways[name] = dict(rows.all())
    return {one: Asked(1, **{name: counts.get(one, 0) for name, counts in ways.items()}) for one in ids}


def _heard(session: Session, ids: Sequence[int]) -> Mapping[int, Heard]:
    kinds, unplaced = _kinds(session, ids)
    themes = _themes(session, ids)
    days, forms = _days(session, ids), _forms(session, ids)
    return {
        one: Heard(
            kinds[one],
            themes[one],
            unplaced[one],
            days[one],
            forms.get(one, 0),
        )
        for one in ids
    }


def _kinds(session: Session, ids: Sequence[int]) -> tuple[Mapping[int, dict[str, int]], Mapping[int, int]]:
    """How much of each kind was given, and how much of all waits to be placed in a theme."""
    waits = case((and_(placed.can_be_placed(), placed.is_unplaced()), 1), else_=0)
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    unplaced: dict[int, int] = defaultdict(int)
    for one, kind, state, number, waiting in session.execute(
        select(Contribution.dialogue_id, Contribution.kind, Contribution.state, func.count(), func.sum(waits))
        .where(Contribution.dialogue_id.in_(ids))
        .group_by(Contribution.dialogue_id, Contribution.kind, Contribution.state)
    ):
        if kind is ContributionKind.REGISTRATION or state in COUNTED:
            counts[one][kind.value] = counts[one].get(kind.value, 0) + number
        unplaced[one] += waiting
    sign_ups = ContributionKind.REGISTRATION.value
    for one, before in session.execute(
        select(Meeting.dialogue_id, func.sum(Meeting.registered_before))
        .where(Meeting.dialogue_id.in_(ids), Meeting.registered_before > 0)
        .group_by(Meeting.dialogue_id)
    ):
        counts[one][sign_ups] = counts[one].get(sign_ups, 0) + before
    return counts, unplaced


def _themes(session: Session, ids: Sequence[int]) -> Mapping[int, dict[str, int]]:
    """How much each theme gathers."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for one, theme_id, number in session.execute(
        select(Contribution.dialogue_id, ThemeContribution.theme_id, func.count())
        .join(ThemeContribution, ThemeContribution.contribution_id == Contribution.id)
        .where(
            Contribution.dialogue_id.in_(ids),
            ThemeContribution.removed_at.is_(None),
            Contribution.state.in_(COUNTED),
        )
        .group_by(Contribution.dialogue_id, ThemeContribution.theme_id)
    ):
        counts[one][str(theme_id)] = number
    return counts


def _days(session: Session, ids: Sequence[int]) -> Mapping[int, dict[str, int]]:
    """How many ideas had their answer after how many days.

    An idea has its answer when a body that decides has decided, in public, about a theme that it lies in then,
    or when it is placed in a theme that has been decided; the first time counts.
    """
    answers = counting_done.answers_over_time(ids)
    placed_at = ThemeContribution.placed_at
    answered = (
        select(
            ThemeContribution.contribution_id,
            func.min(case((placed_at > answers.c.at, placed_at), else_=answers.c.at)).label("at"),
        )
        .join(answers, answers.c.theme_id == ThemeContribution.theme_id)
        .where(
            or_(ThemeContribution.removed_at.is_(None), ThemeContribution.removed_at > answers.c.at),
            or_(answers.c.until.is_(None), answers.c.until > placed_at),
        )
        .group_by(ThemeContribution.contribution_id)
        .subquery()
    )
    # Both databases cut a moment to its day; how many days lie between is left to the groups that remain.
    received_on, answered_on = func.date(Contribution.received_at), func.date(answered.c.at)
    days: dict[int, dict[str, int]] = defaultdict(dict)
    for one, began, ended, number in session.execute(
        select(Contribution.dialogue_id, received_on, answered_on, func.count())
        .join(answered, answered.c.contribution_id == Contribution.id)
        .where(
            Contribution.dialogue_id.in_(ids),
            Contribution.kind == ContributionKind.IDEA,
            Contribution.state.in_(COUNTED),
        )
        .group_by(Contribution.dialogue_id, received_on, answered_on)
    ):
        between = str(max(0, (_day(ended) - _day(began)).days))
        days[one][between] = days[one].get(between, 0) + number
    return days


def _day(value: Any) -> date:
    """A day as SQLite or as PostgreSQL gives it."""
    return date.fromisoformat(str(value))


def _forms(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    """How many answered forms the surveys of each dialogue have."""
    rows = session.execute(
        select(Survey.dialogue_id, func.count())
        .join(Response, Response.survey_id == Survey.id)
        .where(Survey.dialogue_id.in_(ids))
        .group_by(Survey.dialogue_id)
    )
    return dict(rows.all())
