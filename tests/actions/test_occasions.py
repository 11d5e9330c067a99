"""The rules of reminding, for every action there can be."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, strategies as st

from dialogue.actions.models import Action, ActionState, ReminderKind
from dialogue.actions.occasions import OCCASIONS, is_silent, next_day, occasion_for
from dialogue.base import workdays
from dialogue.base.i18n import speaking

START = date(2027, 1, 4)
days = st.integers(0, 120).map(lambda number: START + timedelta(number))
actions = st.builds(
    Action,
    state=st.sampled_from(ActionState),
    due_on=days,
    asked_at=days.map(lambda day: datetime(day.year, day.month, day.day, 12, tzinfo=UTC)),
    next_update_on=st.none() | days,
    snoozed_until=st.none() | days,
    suggested_due_on=st.none() | days,
    offered_to_id=st.none() | st.just(1),
)


@given(actions, days, st.booleans())
def test_an_occasion_is_told_only_when_it_has_come_in_a_state_it_belongs_to(action, today, to_leader):
    occasion = occasion_for(action, today, to_leader=to_leader)
    if occasion is not None:
        assert occasion.day(action) <= today
        assert action.state in occasion.states
        assert occasion.to_leader is to_leader
        assert not is_silent(action, today)


@given(actions, days)
def test_it_is_the_latest_that_has_come(action, today):
    occasion = occasion_for(action, today)
    if occasion is not None:
        for other in OCCASIONS:
            day = other.day(action)
            if not other.to_leader and action.state in other.states and day is not None and day <= today:
                assert day <= occasion.day(action)


@given(actions, days)
def test_who_waits_for_an_answer_or_has_paused_is_left_alone(action, today):
    waits = action.suggested_due_on is not None or action.offered_to_id is not None
    pauses = action.snoozed_until is not None and action.snoozed_until > today
    if waits or pauses:
        assert occasion_for(action, today) is None
        assert occasion_for(action, today, to_leader=True) is None


@given(actions, days)
def test_until_the_next_day_nothing_new_comes_of_itself(action, today):
    """What is looked at today need not be looked at before that day; on none that never comes it is forgotten."""
    told, following = occasion_for(action, today), next_day(action, today)
    assert following is None or following > today
    day = today
    while (day := day + timedelta(1)) < (following or START + timedelta(200)):
        now = occasion_for(action, day)
        assert now == told or now is None


@given(actions, days)
def test_every_occasion_comes_to_whoever_waits_for_it(action, today):
    """Without a pause or a question, an occasion that has come is followed by one as late or later."""
    if is_silent(action, today):
        return
    for occasion in OCCASIONS:
        day = occasion.day(action)
        if action.state in occasion.states and day is not None and day <= today:
            told = occasion_for(action, today, to_leader=occasion.to_leader)
            assert told is not None
            assert told.day(action) >= day


def test_the_table_has_one_occasion_of_each_kind_and_each_can_be_read():
    assert sorted(occasion.kind for occasion in OCCASIONS) == sorted(ReminderKind)
    for language in ("nb", "nn", "en"):
        with speaking(language):
            said = [occasion.when for occasion in OCCASIONS]
            assert len(set(said)) == len(said)


def test_the_page_tells_the_rules_as_they_are(client):
    page = client.get("/en/actions/how-we-remind")
    for occasion in OCCASIONS:
        with speaking("en"):
            assert occasion.when in page.text
            assert str(occasion.kind.label) in page.text
    assert "from 8 to 16" in page.text
    assert "up to 60 days" in page.text


def test_nobody_is_at_work_on_a_holiday_a_weekend_or_in_the_evening():
    assert not workdays.is_workday(date(2027, 5, 17))
    assert not workdays.is_workday(date(2027, 3, 26))  # Good Friday
    assert not workdays.is_workday(date(2027, 1, 9))
    assert workdays.first_workday_from(date(2027, 3, 25)) == date(2027, 3, 30)
    # In winter seven in the morning in UTC is eight in Norway; in summer it is nine.
    for moment, is_open in (
        (datetime(2027, 1, 11, 6, 59, tzinfo=UTC), False),
        (datetime(2027, 1, 11, 7, 0, tzinfo=UTC), True),
        (datetime(2027, 1, 11, 14, 59, tzinfo=UTC), True),
        (datetime(2027, 1, 11, 15, 0, tzinfo=UTC), False),
        (datetime(2027, 7, 12, 6, 0, tzinfo=UTC), True),
        (datetime(2027, 7, 12, 14, 0, tzinfo=UTC), False),
    ):
        assert workdays.is_working_time(moment) is is_open
