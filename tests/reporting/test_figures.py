"""The arithmetic of the figures, and what is kept of them."""

from datetime import date, timedelta
from statistics import median as plain_median

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select, update

from dialogue.base import clock
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.followup.models import DecisionOutcome, DecisionReason, Help
from dialogue.reporting import counting, jobs, queries
from dialogue.reporting.figures import Answer, Asked, AtDesk, Count, Did, Heard, median, share, together
from dialogue.reporting.models import DialogueFigures

SMALL = st.integers(0, 40)
KEYS = st.sampled_from(["idea", "note", "registration"])
PAIRS = st.tuples(
    st.sampled_from([one.value for one in DecisionOutcome]),
    st.sampled_from([one.value for one in DecisionReason]),
)
ANSWERS = st.sampled_from([one.value for one in Help])
COUNTS = st.builds(
    Count,
    st.builds(Asked, SMALL, SMALL, SMALL, SMALL),
    st.builds(
        Heard,
        st.dictionaries(KEYS, SMALL),
        st.dictionaries(SMALL.map(str), SMALL),
        SMALL,
        st.dictionaries(SMALL.map(str), SMALL),
        SMALL,
    ),
    st.builds(
        Did,
        st.dictionaries(PAIRS, SMALL),
        SMALL,
        st.dictionaries(KEYS, SMALL),
        SMALL,
        SMALL,
        SMALL,
        st.dictionaries(ANSWERS, SMALL),
    ),
    st.builds(
        AtDesk,
        st.dictionaries(KEYS, SMALL),
        SMALL,
        SMALL,
        st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    ),
)


@given(st.dictionaries(SMALL, st.integers(1, 9), min_size=1))
def test_the_median_is_that_of_all_values_one_by_one(counts):
    assert median(counts) == plain_median(value for value, number in counts.items() for _ in range(number))


def test_there_is_no_median_of_nothing_and_no_share_of_few():
    assert median({}) is None
    assert share(4, 4) is None
    assert share(4, 5) == 0.8


@given(COUNTS)
def test_what_is_kept_is_read_as_it_was_counted(count):
    assert Count.from_json(count.as_json()) == count


@given(st.lists(COUNTS, max_size=5))
def test_a_places_figures_are_the_sum_of_its_dialogues(counts):
    whole = together(counts)
    assert whole.heard.ideas == sum(one.heard.ideas for one in counts)
    assert whole.heard.answered == sum(one.heard.answered for one in counts)
    assert whole.did.said_no == sum(one.did.said_no for one in counts)
    assert whole.did.late == sum(one.did.late for one in counts)
    assert whole.did.residents_say.total == sum(one.did.residents_say.total for one in counts)
    assert whole.asked.ways == sum(one.asked.ways for one in counts)
    assert whole.at_desk.unpublished == sum(one.at_desk.unpublished for one in counts)


def test_the_most_frequent_no_stands_first():
    did = Did({("not_now", "money"): 1, ("not_forward", "law"): 3, ("take_up", "wanted"): 9})
    assert did.noes == [
        Answer(DecisionOutcome.NOT_FORWARD, DecisionReason.LAW, 3),
        Answer(DecisionOutcome.NOT_NOW, DecisionReason.MONEY, 1),
    ]


def days_of(a_round, database):
    with database.reading() as session:
        days = counting.count(session, [a_round.dialogue.id])[a_round.dialogue.id].heard.days
    return {int(day): number for day, number in days.items()}


def test_an_idea_is_answered_by_the_first_decision_about_a_theme_it_lay_in(a_round, database):
    idea = a_round.idea()
    with database.writing() as session:
        session.execute(update(Contribution).values(received_at=clock.now() - timedelta(10)))
    with clock.standing_at(clock.now() - timedelta(8)):
        theme = a_round.theme("Light", idea)
    with clock.standing_at(clock.now() - timedelta(6)):
        a_round.decide(theme)
    assert days_of(a_round, database) == {4: 1}
    other = a_round.theme("Other")
    a_round.place(other, idea)
    a_round.decide(other)
    assert days_of(a_round, database) == {4: 1}, "what is decided later changes nothing"


def test_an_idea_that_is_placed_in_a_decided_theme_is_answered_that_day(a_round, database):
    theme = a_round.theme("Light", a_round.idea("First"))
    a_round.decide(theme)
    late = a_round.idea("Later")
    with database.writing() as session:
        session.execute(
            update(Contribution)
            .where(Contribution.id == late.contribution_id)
            .values(received_at=clock.now() - timedelta(3))
        )
    a_round.place(theme, late)
    assert days_of(a_round, database) == {0: 1, 3: 1}


def test_an_idea_moved_out_before_the_decision_is_not_answered_by_it(a_round, database):
    idea, other = a_round.idea("Moved"), a_round.idea("Stays")
    theme = a_round.theme("Light", idea, other)
    a_round.place(a_round.theme("Elsewhere"), idea)
    a_round.decide(theme)
    assert days_of(a_round, database) == {0: 1}


def test_deciding_anew_does_not_change_when_the_first_answer_came(a_round, database):
    idea = a_round.idea()
    theme = a_round.theme("Light", idea)
    a_round.decide(theme)
    with clock.standing_at(clock.now() + timedelta(20)):
        a_round.decide(theme, DecisionOutcome.NOT_NOW, reason=DecisionReason.MONEY)
    assert days_of(a_round, database) == {0: 1}


def test_what_goes_along_with_a_merge_answers_the_ideas_there_from_that_day(a_round, database):
    now = clock.now()
    with clock.standing_at(now - timedelta(9)):
        decided, other = a_round.theme("Decided", a_round.idea()), a_round.theme("Other", a_round.idea())
        a_round.decide(decided)
    with clock.standing_at(now - timedelta(4)):
        a_round.merge(decided, other)
    assert days_of(a_round, database) == {0: 1, 5: 1}
    with database.reading() as session:
        desk = counting.count(session, [a_round.dialogue.id])[a_round.dialogue.id].at_desk
    assert desk.answered_on == clock.local(now - timedelta(4)).date()


def test_the_job_counts_what_has_changed_and_nothing_else(a_round, database):
    a_round.idea()
    assert jobs.count_anew(database) == 1
    assert jobs.count_anew(database) == 0
    with database.writing() as session:
        session.execute(update(Dialogue).values(version=Dialogue.version + 1))
    assert jobs.count_anew(database) == 1


def test_a_count_is_made_anew_when_it_has_grown_old_and_when_the_day_has_turned(a_round, database):
    jobs.count_anew(database)
    with clock.standing_at(clock.now() + queries.FRESH_FOR + timedelta(minutes=1)):
        assert jobs.count_anew(database) == 1


def test_what_is_small_is_counted_while_one_waits_and_what_is_large_is_as_it_was(
    a_round, database, monkeypatch
):
    a_round.idea("First")
    jobs.count_anew(database)
    a_round.idea("Second")
    with database.writing() as session:
        session.execute(update(Dialogue).values(version=Dialogue.version + 1))
    within = queries.of_dialogue(a_round.dialogue.id)
    with database.reading() as session:
        counted = queries.counted(session, within)
        assert counted.figures().heard.ideas == 2
        assert not counted.is_older
    monkeypatch.setattr(queries, "COUNTED_AT_ONCE", 0)
    with database.reading() as session:
        counted = queries.counted(session, within)
        assert counted.figures().heard.ideas == 1
        assert counted.is_older


def test_the_count_of_the_job_is_that_of_the_moment(a_round, database, client):
    theme = a_round.theme("Light", a_round.idea(), a_round.idea())
    a_round.action(a_round.decide(theme))
    a_round.theme("Benches", a_round.idea())
    path = f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it"
    live = client.get(path).html.select_one("main").get_text()
    jobs.count_anew(database)
    a_round.make.database.read_session().close()
    client.house.pages.clear()
    assert client.get(path).html.select_one("main").get_text() == live
    with database.reading() as session:
        assert session.scalar(select(DialogueFigures.size)) == 4


@pytest.mark.parametrize("path", ["what-came-of-it", "what-came-of-it/embed", "what-came-of-it/feed"])
def test_a_get_writes_nothing(client, a_round, database, path):
    a_round.idea()
    assert client.browser.get(f"/en/dialogues/{a_round.dialogue.code}/{path}").status_code == 200
    with database.reading() as session:
        assert session.scalar(select(DialogueFigures.dialogue_id)) is None
