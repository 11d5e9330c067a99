"""Whatever is done in whatever order: originals never vanish, each idea lies in one place, counts are true."""

import contextlib
from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.boards import operations as boards
from dialogue.boards.models import Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionState, StatusChange
from dialogue.followup import chain, gathered, hearing, operations, passing, queries, releasing, rules, themes
from dialogue.followup.models import (
    Body,
    BodyPower,
    Decision,
    DecisionAction,
    DecisionOutcome,
    Theme,
    ThemeContribution,
    ThemeDecision,
)
from tests.followup.conftest import Round
from tests.support.make import words

IDEAS, THEMES = 5, 3
idea = st.integers(0, IDEAS - 1)
theme = st.integers(0, THEMES - 1)
POWERS = (BodyPower.DECIDES, BodyPower.DECIDES, BodyPower.RECOMMENDS)
WHEN = ("now", "together", "later")
body = st.integers(0, len(POWERS) - 1)
when = st.sampled_from(WHEN)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("place"), theme, st.lists(idea, max_size=3)),
        st.tuples(st.just("take_out"), theme, st.lists(idea, max_size=3)),
        st.tuples(st.just("merge"), theme, theme),
        st.tuples(st.just("decide"), theme, st.tuples(st.sampled_from(DecisionOutcome), body, when)),
        st.tuples(st.just("hear"), theme, body),
        st.tuples(st.just("publish"), when, st.none()),
        st.tuples(st.just("answer"), theme, st.sampled_from(passing.ANSWERS)),
        st.tuples(st.just("act"), theme, st.booleans()),
        st.tuples(st.just("retire"), theme, st.none()),
        st.tuples(st.just("restore"), theme, st.none()),
        st.tuples(st.just("withdraw"), idea, st.none()),
        st.tuples(st.just("return"), idea, st.none()),
    ),
    max_size=18,
)


def take(round_: Round, all_ideas: list[Idea], all_themes: list[Theme], step: tuple[str, Any, Any]) -> None:
    """Take one step as an operation would, whether or not the rules allow it."""
    name, first, second = step
    if name in {"decide", "hear", "publish", "answer", "act"}:
        decide(round_, all_themes, step)
        return
    with round_.make.database.writing() as session:
        if name in {"withdraw", "return"}:
            one = session.get_one(Contribution, all_ideas[first].contribution_id)
            if name == "withdraw":
                operations.withdraw(session, one, boards.erase)
            elif one.state is ContributionState.PUBLISHED:
                contributions.move(session, one, ContributionState.RETURNED)
            return
        chosen = session.get_one(Theme, all_themes[first].id)
        codes = [all_ideas[one].contribution.code for one in second] if isinstance(second, list) else []
        if name == "place":
            themes.place(session, round_.organiser, chosen, codes)
        elif name == "take_out":
            themes.take_out(session, round_.organiser, chosen, codes)
        elif name == "merge":
            themes.merge(
                session, round_.organiser, chosen, session.get_one(Theme, all_themes[int(str(second))].id)
            )
        elif name in {"retire", "restore"}:
            getattr(themes, name)(session, round_.organiser, chosen)


def decide(round_: Round, all_themes: list[Theme], step: tuple[str, Any, Any]) -> None:
    """Take a step of the bodies, of the team that publishes, or of an organisation that answers."""
    name, first, second = step
    if name == "publish":
        publish(round_, first)
        return
    chosen = all_themes[first]
    if name == "decide":
        outcome, number, moment = second
        is_passed = outcome is DecisionOutcome.PASS_ON
        to = round_.make.organisation(municipality_id=round_.dialogue.municipality_id) if is_passed else None
        round_.decide(
            chosen,
            outcome,
            body_id=the_body(round_, number).id,
            passed_to_id=to.id if to else None,
            explanation=words(f"Reasoned {next(round_.keys)}."),
            is_held=moment == "together",
            public_from=clock.now() + timedelta(days=1) if moment == "later" else None,
        )
        return
    links = in_force(round_, chosen.id)
    with round_.make.database.writing() as session:
        if name == "hear":
            found = session.merge(the_body(round_, second))
            theme_here = session.get_one(Theme, chosen.id)
            hearing.hear(session, round_.organiser, [theme_here], found, clock.today())
        elif name == "answer" and links:
            one = session.get_one(Decision, links[-1].decision_id)
            passing.note_answer(session, round_.organiser, one, second, "")
    if name == "act" and links:
        round_.action(links[-1].decision, accepted=bool(second))


def publish(round_: Round, moment: str) -> None:
    """Make public what waits for its time, or for the others."""
    if moment == "later":
        with clock.standing_at(clock.now() + timedelta(days=2)):
            releasing.release_due(round_.make.database)
        return
    with round_.make.database.writing() as session:
        releasing.release_all(session, round_.organiser, session.merge(round_.dialogue))


def the_body(round_: Round, number: int) -> Body:
    return round_.body(f"Body {number}", POWERS[number])


def in_force(round_: Round, theme_id: int) -> list[ThemeDecision]:
    with round_.make.database.reading() as session:
        links = session.scalars(
            select(ThemeDecision).where(
                ThemeDecision.theme_id == theme_id, ThemeDecision.removed_at.is_(None)
            )
        ).all()
        return [link for link in links if link.decision.body]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_the_chain_holds_together(make, client, steps):
    round_ = Round(make)
    answered: set[int] = set()
    all_ideas = [round_.idea(f"Wish number {number}") for number in range(IDEAS)]
    all_themes = [round_.theme(f"Theme {number}") for number in range(THEMES)]
    rows_before = 0
    for step in steps:
        with contextlib.suppress(DomainError):
            take(round_, all_ideas, all_themes, step)
        rows_before = check(round_, all_ideas, all_themes, rows_before)
        answered = check_answers(round_, all_themes, answered)
    check_pages(client, round_, all_themes)


def check(round_: Round, all_ideas: list[Idea], all_themes: list[Theme], rows_before: int) -> int:
    """Hold the state against what must always be so; return how many links there have ever been."""
    with round_.make.database.reading() as session:
        ids = [one.contribution_id for one in all_ideas]
        assert len(session.scalars(select(Idea).where(Idea.contribution_id.in_(ids))).all()) == IDEAS
        links = session.scalars(
            select(ThemeContribution).where(ThemeContribution.contribution_id.in_(ids))
        ).all()
        assert len(links) >= rows_before
        present = [link for link in links if link.removed_at is None]
        assert len({link.contribution_id for link in present}) == len(present)
        states = dict(
            session.execute(select(Contribution.id, Contribution.state).where(Contribution.id.in_(ids))).all()
        )
        for one in all_themes:
            found = session.get_one(Theme, one.id)
            inside = [link for link in present if link.theme_id == one.id]
            counted = [link for link in inside if states[link.contribution_id] in chain.COUNTED]
            assert queries.story_of(session, found).total == len(counted)
            assert found.retired_at is None or not inside
        unplaced = {one.contribution.id for one in gathered.unplaced(session, round_.dialogue.id).items}
        placed = {link.contribution_id for link in present}
        published = {key for key, state in states.items() if state is ContributionState.PUBLISHED}
        assert unplaced == published - placed
        return len(links)


def check_answers(round_: Round, all_themes: list[Theme], answered: set[int]) -> set[int]:
    """Hold the decisions against what must always be so; return what has been public in force.

    Each body has one answer about a theme, and besides it at most one that is not public yet. What was public
    is so until the same body's next answer is, and the history and the story say the same.
    """
    with round_.make.database.reading() as session:
        public: set[int] = set()
        for one in all_themes:
            links = in_force(round_, one.id)
            shown = Counter(link.decision.body_id for link in links if link.decision.released_at)
            waiting = Counter(link.decision.body_id for link in links if not link.decision.released_at)
            assert max([*shown.values(), *waiting.values()], default=0) <= 1
            public |= {link.decision_id for link in links if link.decision.released_at}
            told = queries.story_of(session, session.get_one(Theme, one.id))
            codes = {link.decision.code for link in links if link.decision.released_at}
            assert {decision.code for decision in told.in_force} == codes
            assert all(decision.is_public for decision in told.decisions)
        for gone in answered - public:
            old = session.get_one(Decision, gone)
            newer = select(Decision.id).where(
                Decision.body_id == old.body_id, Decision.id > old.id, Decision.released_at.is_not(None)
            )
            assert session.scalars(newer).first() is not None
        check_history(session, round_)
        return answered | public


def check_history(session: Session, round_: Round) -> None:
    """A decision has a public line of history exactly when it is public, and so have its actions."""
    for decision in session.scalars(select(Decision).where(Decision.dialogue_id == round_.dialogue.id)):
        lines = session.scalars(
            select(StatusChange).where(
                StatusChange.subject_kind == rules.SUBJECTS[decision.body.power],
                StatusChange.subject_id == decision.id,
                StatusChange.to_state == decision.outcome.value,
            )
        ).all()
        assert sum(line.is_public for line in lines) == (decision.released_at is not None)
        assert lines
    ties = session.execute(
        select(Action, Decision)
        .join(DecisionAction, DecisionAction.action_id == Action.id)
        .join(Decision, Decision.id == DecisionAction.decision_id)
        .where(DecisionAction.removed_at.is_(None), Decision.dialogue_id == round_.dialogue.id)
    )
    for action, decision in ties:
        assert action.waits_for_decision == (decision.released_at is None)


def check_pages(client, round_: Round, all_themes: list[Theme]) -> None:
    """Nothing hidden stands on a page that everybody can open."""
    with round_.make.database.reading() as session:
        waiting = session.scalars(
            select(Decision.explanation).where(
                Decision.dialogue_id == round_.dialogue.id, Decision.released_at.is_(None)
            )
        ).all()
    with round_.make.database.reading() as session:
        hidden = session.scalars(
            select(Idea.title)
            .join(Contribution, Contribution.id == Idea.contribution_id)
            .where(
                Contribution.dialogue_id == round_.dialogue.id,
                Contribution.state != ContributionState.PUBLISHED,
                Idea.title != "",
            )
        ).all()
    client.house.pages.clear()
    paths = [
        f"/en/dialogues/{round_.dialogue.code}/what-came-of-it",
        *(f"/en/themes/{one.code}" for one in all_themes),
    ]
    for path in paths:
        page = client.get(path)
        assert page.status == 200
        assert not [title for title in hidden if title in page.text]
        assert not [explanation for explanation in waiting if explanation.get("en") in page.text]
