"""Whatever is done in whatever order: originals never vanish, each idea lies in one place, counts are true."""

import contextlib

from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select

from dialogue.base.errors import DomainError
from dialogue.boards import operations as boards
from dialogue.boards.models import Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.followup import chain, operations, queries, themes
from dialogue.followup.models import DecisionOutcome, Theme, ThemeContribution, ThemeDecision
from tests.followup.conftest import Round

IDEAS, THEMES = 5, 3
idea = st.integers(0, IDEAS - 1)
theme = st.integers(0, THEMES - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("place"), theme, st.lists(idea, max_size=3)),
        st.tuples(st.just("take_out"), theme, st.lists(idea, max_size=3)),
        st.tuples(st.just("merge"), theme, theme),
        st.tuples(st.just("decide"), theme, st.sampled_from(DecisionOutcome)),
        st.tuples(st.just("act"), theme, st.booleans()),
        st.tuples(st.just("retire"), theme, st.none()),
        st.tuples(st.just("restore"), theme, st.none()),
        st.tuples(st.just("withdraw"), idea, st.none()),
        st.tuples(st.just("return"), idea, st.none()),
    ),
    max_size=14,
)


def take(
    round_: Round, all_ideas: list[Idea], all_themes: list[Theme], step: tuple[str, int, object]
) -> None:
    """Take one step as an operation would, whether or not the rules allow it."""
    name, first, second = step
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
    if name == "decide" and second is not DecisionOutcome.PASS_ON:
        round_.decide(chosen, second)
    elif name == "act" and (decisions := in_force(round_, chosen.id)):
        round_.action(decisions[-1].decision, accepted=bool(second))


def in_force(round_: Round, theme_id: int) -> list[ThemeDecision]:
    with round_.make.database.reading() as session:
        links = session.scalars(
            select(ThemeDecision).where(
                ThemeDecision.theme_id == theme_id, ThemeDecision.removed_at.is_(None)
            )
        ).all()
        return [link for link in links if link.decision]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_the_chain_holds_together(make, client, steps):
    round_ = Round(make)
    all_ideas = [round_.idea(f"Wish number {number}") for number in range(IDEAS)]
    all_themes = [round_.theme(f"Theme {number}") for number in range(THEMES)]
    rows_before = 0
    for step in steps:
        with contextlib.suppress(DomainError):
            take(round_, all_ideas, all_themes, step)
        rows_before = check(round_, all_ideas, all_themes, rows_before)
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
            assert len(in_force(round_, one.id)) <= 1
        unplaced = {one.contribution_id for one in queries.unplaced(session, round_.dialogue.id).ideas}
        placed = {link.contribution_id for link in present}
        published = {key for key, state in states.items() if state is ContributionState.PUBLISHED}
        assert unplaced == published - placed
        return len(links)


def check_pages(client, round_: Round, all_themes: list[Theme]) -> None:
    """Nothing hidden stands on a page that everybody can open."""
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
