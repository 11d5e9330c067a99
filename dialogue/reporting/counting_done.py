"""Counting what was decided and done, and how far each theme has come: each in one statement over any number of
dialogues."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from dialogue.actions import queries as actions
from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.dialogues.models import Contribution
from dialogue.followup import placed
from dialogue.followup.chain import is_released
from dialogue.followup.models import (
    Body,
    BodyPower,
    Decision,
    DecisionAction,
    DecisionOutcome,
    Help,
    Helped,
    LeftOut,
    Theme,
    ThemeDecision,
)
from dialogue.followup.records import ASKED_OF
from dialogue.followup.releasing import waits
from dialogue.reporting.figures import AtDesk, Did
from dialogue.reporting.flow import FlowCount, Standing, ThemeCount, standing


def did(session: Session, ids: Sequence[int], today: date) -> Mapping[int, Did]:
    """What was decided and done in each dialogue, as everybody may know it."""
    answers: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for one, outcome, reason, number in session.execute(
        _decided(select(Decision.dialogue_id, Decision.outcome, Decision.reason, func.count()), ids).group_by(
            Decision.dialogue_id, Decision.outcome, Decision.reason
        )
    ):
        answers[one][outcome.value, reason.value] = number
    waiting, done = _waiting(session, ids), _done(session, ids, today)
    return {one: replace(done[one], answers=answers[one], waiting=waiting.get(one, 0)) for one in ids}


def _done(session: Session, ids: Sequence[int], today: date) -> Mapping[int, Did]:
    """How the public actions of each dialogue stand, how many are on time, and what residents say of them."""
    states: dict[int, dict[str, int]] = defaultdict(dict)
    pace: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    helped: dict[int, dict[str, int]] = defaultdict(dict)
    ended = Action.state.in_([ActionState.DONE, ActionState.PARTLY_DONE])
    is_due = and_(or_(ended, Action.due_on < today), Action.state != ActionState.STOPPED)
    flags = (
        _flag(actions.shows_late(today)),
        _flag(and_(is_due, actions.shows_lateness())),
        _flag(and_(ended, Action.ended_on <= Action.due_on)),
    )
    said_of = _said_of_each(ids)
    said = [func.coalesce(func.sum(said_of.c[answer.value]), 0) for answer in Help]
    for one, state, is_late, was_due, was_on_time, number, *answered in session.execute(
        select(Action.dialogue_id, Action.state, *flags, func.count(), *said)
        .outerjoin(said_of, said_of.c.action_id == Action.id)
        .where(Action.dialogue_id.in_(ids), actions.is_public())
        .group_by(Action.dialogue_id, Action.state, *flags)
    ):
        states[one][state.value] = states[one].get(state.value, 0) + number
        found = pace[one]
        found[0] += is_late * number
        found[1] += was_due * number
        found[2] += was_due * was_on_time * number
        # What is not done after all has its answers still, and nobody is asked of it any more.
        if state in ASKED_OF:
            for answer, times in zip(Help, answered, strict=True):
                helped[one][answer.value] = helped[one].get(answer.value, 0) + int(times)
    return {
        one: Did(
            states=states[one],
            late=pace[one][0],
            due=pace[one][1],
            on_time=pace[one][2],
            helped=helped[one],
        )
        for one in ids
    }


def _said_of_each(ids: Sequence[int]) -> Any:
    """How often residents gave each answer about each action, as a table."""
    within = select(Action.id).where(Action.dialogue_id.in_(ids))
    return (
        select(
            Helped.action_id,
            *(func.sum(_flag(Helped.answer == said)).label(said.value) for said in Help),
        )
        .where(Helped.action_id.in_(within))
        .group_by(Helped.action_id)
        .subquery()
    )


def at_desk(session: Session, ids: Sequence[int], today: date) -> Mapping[int, AtDesk]:
    """What only the team knows of each dialogue."""
    states: dict[int, dict[str, int]] = defaultdict(dict)
    late: dict[int, int] = defaultdict(int)
    is_late = _flag(actions.is_late(today))
    for one, state, lateness, number in session.execute(
        select(Action.dialogue_id, Action.state, is_late, func.count())
        .where(Action.dialogue_id.in_(ids))
        .group_by(Action.dialogue_id, Action.state, is_late)
    ):
        states[one][state.value] = states[one].get(state.value, 0) + number
        late[one] += lateness * number
    unpublished = dict(
        session.execute(
            select(Decision.dialogue_id, func.count())
            .where(Decision.dialogue_id.in_(ids), waits())
            .group_by(Decision.dialogue_id)
        ).all()
    )
    answered = _answered_on(session, ids)
    return {one: AtDesk(states[one], late[one], unpublished.get(one, 0), answered.get(one)) for one in ids}


def flows(session: Session, ids: Sequence[int]) -> Mapping[int, FlowCount]:
    """How each theme of each dialogue was answered, and where its actions stand."""
    today = clock.today()
    answers: dict[int, dict[int, set[DecisionOutcome]]] = defaultdict(lambda: defaultdict(set))
    for one, theme_id, outcome in session.execute(
        _decided(select(Decision.dialogue_id, ThemeDecision.theme_id, Decision.outcome), ids).distinct()
    ):
        answers[one][theme_id].add(outcome)
    public = _standing(session, ids, actions.shows_late(today), actions.is_public())
    desk = _standing(session, ids, actions.is_late(today), Action.accepted_at.is_not(None))
    left_out = _left_out(session, ids)
    found = {}
    for one in ids:
        themes = {*answers[one], *desk[0][one], *public[0][one]}
        found[one] = FlowCount(
            {
                key: ThemeCount(frozenset(answers[one][key]), public[0][one][key], desk[0][one][key])
                for key in themes
            },
            public[1][one],
            desk[1][one],
            left_out.get(one, 0),
        )
    return found


def _left_out(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """How much of what each dialogue was given was left out of every theme, of what everybody may know of."""
    rows = session.execute(
        select(Contribution.dialogue_id, func.count())
        .join(LeftOut, LeftOut.contribution_id == Contribution.id)
        .where(Contribution.dialogue_id.in_(ids), LeftOut.removed_at.is_(None), placed.can_be_placed())
        .group_by(Contribution.dialogue_id)
    )
    return {row[0]: row[1] for row in rows}


_ByTheme = dict[int, dict[int, dict[Standing, int]]]


def _standing(
    session: Session, ids: Sequence[int], late: ColumnElement[bool], shown: ColumnElement[bool]
) -> tuple[_ByTheme, dict[int, dict[Standing, int]]]:
    """Where the actions of each theme stand, and those of each dialogue, each of these counted once."""
    is_late = _flag(late)
    by_theme: _ByTheme = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for one, theme_id, state, lateness, number in session.execute(
        _following(
            select(
                Decision.dialogue_id,
                ThemeDecision.theme_id,
                Action.state,
                is_late,
                func.count(Action.id.distinct()),
            ),
            ids,
            shown,
        ).group_by(Decision.dialogue_id, ThemeDecision.theme_id, Action.state, is_late)
    ):
        by_theme[one][theme_id][standing(state, bool(lateness))] += number
    once: dict[int, dict[Standing, int]] = defaultdict(lambda: defaultdict(int))
    for one, state, lateness, number in session.execute(
        _following(
            select(Decision.dialogue_id, Action.state, is_late, func.count(Action.id.distinct())), ids, shown
        ).group_by(Decision.dialogue_id, Action.state, is_late)
    ):
        once[one][standing(state, bool(lateness))] += number
    return by_theme, once


def _following(statement: Any, ids: Sequence[int], shown: ColumnElement[bool]) -> Any:
    """The actions that follow from what stands decided in public."""
    return (
        statement.select_from(ThemeDecision)
        .join(Decision, Decision.id == ThemeDecision.decision_id)
        .join(DecisionAction, DecisionAction.decision_id == Decision.id)
        .join(Action, Action.id == DecisionAction.action_id)
        .where(
            Decision.dialogue_id.in_(ids),
            ThemeDecision.removed_at.is_(None),
            DecisionAction.removed_at.is_(None),
            is_released(),
            shown,
        )
    )


def _decided(statement: Any, ids: Sequence[int]) -> Any:
    """Of what bodies that decide have said in public, what stands about themes in use."""
    return (
        statement.select_from(ThemeDecision)
        .join(Decision, Decision.id == ThemeDecision.decision_id)
        .join(Body, Body.id == Decision.body_id)
        .join(Theme, Theme.id == ThemeDecision.theme_id)
        .where(
            Decision.dialogue_id.in_(ids),
            ThemeDecision.removed_at.is_(None),
            Theme.retired_at.is_(None),
            Body.power == BodyPower.DECIDES,
            is_released(),
        )
    )


def _waiting(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    """How many themes of each dialogue have no answer."""
    answered = _decided(select(ThemeDecision.theme_id), ids).subquery()
    rows = session.execute(
        select(Theme.dialogue_id, func.count())
        .where(
            Theme.dialogue_id.in_(ids),
            Theme.retired_at.is_(None),
            Theme.id.not_in(select(answered.c.theme_id)),
        )
        .group_by(Theme.dialogue_id)
    )
    return dict(rows.all())


def answers_over_time(ids: Sequence[int]) -> Any:
    """From when, and until when, a theme had each answer that a body that decides has given in public, as a table.
    What went along with a merge answers the theme that it came to from then on."""
    at = case(
        (Decision.released_at > ThemeDecision.placed_at, Decision.released_at), else_=ThemeDecision.placed_at
    )
    return (
        select(ThemeDecision.theme_id, at.label("at"), ThemeDecision.removed_at.label("until"))
        .join(Decision, Decision.id == ThemeDecision.decision_id)
        .join(Body, Body.id == Decision.body_id)
        .where(
            Decision.dialogue_id.in_(ids),
            is_released(),
            Body.power == BodyPower.DECIDES,
            or_(ThemeDecision.removed_at.is_(None), ThemeDecision.removed_at > at),
        )
        .subquery()
    )


def _answered_on(session: Session, ids: Sequence[int]) -> Mapping[int, date]:
    """When the last theme of each dialogue had its first answer, where none waits."""
    answers = answers_over_time(ids)
    first = (
        select(answers.c.theme_id, func.min(answers.c.at).label("at")).group_by(answers.c.theme_id).subquery()
    )
    rows = session.execute(
        select(Theme.dialogue_id, func.count(Theme.id), func.count(first.c.at), func.max(first.c.at))
        .outerjoin(first, first.c.theme_id == Theme.id)
        .where(Theme.dialogue_id.in_(ids), Theme.retired_at.is_(None))
        .group_by(Theme.dialogue_id)
    )
    return {one: clock.local(at).date() for one, themes, answered, at in rows if at and themes == answered}


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
