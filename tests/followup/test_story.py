"""The story of what was given, told from records; nothing here touches a database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dialogue.actions.models import ActionState
from dialogue.base import i18n
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import ContributionKind, ContributionState
from dialogue.followup import story
from dialogue.followup.models import BodyPower, DecisionOutcome, DecisionReason, PassState
from dialogue.followup.records import (
    ActionRecord,
    ChangeRecord,
    DecisionRecord,
    Given,
    HearingRecord,
    LeftOutRecord,
    ThemeRecord,
    UpdateRecord,
)

TODAY = date(2026, 12, 1)


def moment(day: int) -> datetime:
    return datetime(2026, 11, day, 12, tzinfo=UTC)


def words(text: str) -> Translated:
    return Translated(en=text)


@pytest.fixture(autouse=True)
def _english():
    with i18n.speaking("en"):
        yield


GIVEN = Given(
    kind=ContributionKind.IDEA,
    state=ContributionState.PUBLISHED,
    received_at=moment(1),
    answer_by=date(2026, 12, 20),
    promised_by="Kari Leder",
    changes=(
        ChangeRecord(moment(1), "", "received", Translated()),
        ChangeRecord(moment(2), "received", "published", Translated()),
    ),
)
HEARD = HearingRecord(words("The steering meeting"), date(2026, 11, 9), words("They liked it."))
DECISION = DecisionRecord(
    code="d",
    outcome=DecisionOutcome.TAKE_UP,
    reason=DecisionReason.WANTED,
    explanation=words("We light the path."),
    body=words("The municipality"),
    power=BodyPower.DECIDES,
    decided_on=date(2026, 11, 10),
)
ACTION = ActionRecord(
    code="a",
    title=words("Lights"),
    owner=words("Roads"),
    owner_role=Translated(),
    due_on=date(2026, 12, 24),
    state=ActionState.ACCEPTED,
    accepted_at=moment(12),
)


COUNTY = words("The county")
RECOMMENDED = replace(DECISION, power=BodyPower.RECOMMENDS, body=words("The police council"), code="r")


def in_theme(*decisions: DecisionRecord, total: int = 4, heard: tuple[HearingRecord, ...] = ()) -> Given:
    return replace(GIVEN, theme=ThemeRecord("t", words("Light"), moment(5), total, decisions, heard))


def passed_on(state: PassState | None, answered_on: date | None = None) -> DecisionRecord:
    return replace(
        DECISION,
        outcome=DecisionOutcome.PASS_ON,
        reason=DecisionReason.OTHERS_TASK,
        passed_to=COUNTY,
        pass_state=state,
        pass_answered_on=answered_on,
    )


def titles(given: Given) -> list[str]:
    return [step.title for step in story.steps(given, TODAY)]


def test_what_waits_to_be_read_says_so_and_when():
    waiting = replace(GIVEN, state=ContributionState.RECEIVED, changes=GIVEN.changes[:1])
    told = story.steps(waiting, TODAY)
    assert [step.title for step in told] == ["Received", "Waits to be read"]
    assert told[0].when == date(2026, 11, 1)
    assert told[1].state == "current"
    assert "within one working day" in told[1].text


def test_what_is_published_says_that_an_answer_is_promised_by_when_and_by_whom():
    told = story.steps(GIVEN, TODAY)
    assert [step.title for step in told][:2] == ["Received", "Read and published"]
    assert told[-1].state == "coming"
    assert "20 December 2026" in told[-1].text
    assert "Kari Leder" in told[-1].text


def test_what_nobody_had_to_read_is_not_said_to_be_read():
    shown = replace(GIVEN.changes[1], is_by_staff=False)
    told = story.steps(replace(GIVEN, changes=(GIVEN.changes[0], shown)), TODAY)
    assert [step.title for step in told][:2] == ["Received", "Published"]


def test_what_is_returned_gives_the_reason_and_promises_nothing():
    why = words("It mentions a person. Leave out the name.")
    change = ChangeRecord(moment(2), "received", "returned", why)
    told = story.steps(
        replace(GIVEN, state=ContributionState.RETURNED, changes=(GIVEN.changes[0], change)), TODAY
    )
    assert told[-1].title == "Not published"
    assert (told[-1].state, told[-1].quote) == ("stopped", why)


def test_what_was_taken_back_ends_there():
    change = ChangeRecord(moment(6), "published", "withdrawn", Translated())
    taken = replace(in_theme(DECISION), state=ContributionState.WITHDRAWN, changes=(*GIVEN.changes, change))
    assert titles(taken) == ["Received", "Read and published", "You took it back"]


def test_the_theme_says_how_many_others_are_in_it():
    step = story.steps(in_theme(), TODAY)[2]
    assert step.title == "Placed under “Light”"
    assert "3 others like it" in step.text
    assert step.target == ("theme", "t")


def test_what_is_left_out_says_so_kindly_with_its_day_and_promises_nothing():
    left_out = replace(GIVEN, left_out=(LeftOutRecord(date(2026, 11, 4)),))
    told = story.steps(left_out, TODAY)
    assert [step.title for step in told][2:] == ["Not placed under any theme"]
    assert (told[-1].when, told[-1].state) == (date(2026, 11, 4), "stopped")
    assert "not mean that it was wrong to say it" in told[-1].text


def test_what_is_taken_in_again_says_so_and_goes_on():
    again = (LeftOutRecord(date(2026, 11, 3), date(2026, 11, 4)),)
    told = story.steps(replace(in_theme(), left_out=again), TODAY)
    assert [(step.title, step.when and step.when.day) for step in told][2:5] == [
        ("Not placed under any theme", 3),
        ("Taken in again", 4),
        ("Placed under “Light”", 5),
    ]
    waits = story.steps(replace(GIVEN, left_out=again), TODAY)
    assert [step.state for step in waits][-2:] == ["coming", "coming"]


def test_what_is_read_once_more_after_it_was_left_out_is_told_in_its_order():
    later = ChangeRecord(moment(8), "received", "published", Translated())
    told = titles(
        replace(GIVEN, changes=(*GIVEN.changes, later), left_out=(LeftOutRecord(date(2026, 11, 4)),))
    )
    assert told[1:] == ["Read and published", "Not placed under any theme", "Read and published"]


def test_the_only_one_in_a_theme_is_not_said_to_be_with_others():
    assert story.steps(in_theme(total=1), TODAY)[2].text == ""


@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_every_outcome_is_told_with_body_reason_explanation_and_date(outcome):
    passed_to = words("The county") if outcome is DecisionOutcome.PASS_ON else None
    told = story.steps(in_theme(replace(DECISION, outcome=outcome, passed_to=passed_to)), TODAY)
    step = told[3]
    assert step.title == f"Decided: {outcome.label}"
    assert step.when == date(2026, 11, 10)
    assert "The municipality" in step.text
    assert "Many want it" in step.text
    assert step.quote == words("We light the path.")
    assert ("Passed on to The county" in step.text) == (outcome is DecisionOutcome.PASS_ON)
    assert (step.state == "stopped") == (outcome in {DecisionOutcome.NOT_NOW, DecisionOutcome.NOT_FORWARD})


@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_only_a_yes_leads_on_to_an_action(outcome):
    last = story.steps(in_theme(replace(DECISION, outcome=outcome)), TODAY)[-1]
    expects_action = outcome in {DecisionOutcome.TAKE_UP, DecisionOutcome.RESIDENTS}
    assert (last.title == "An action is agreed") == expects_action


def test_a_police_council_recommends_and_does_not_decide():
    told = titles(in_theme(replace(DECISION, power=BodyPower.RECOMMENDS)))
    assert "Recommended: Taken up" in told


def test_a_recommendation_is_no_answer_and_the_answer_is_still_to_come():
    told = story.steps(in_theme(RECOMMENDED), TODAY)
    assert "The police council recommends this; others decide." in told[3].text
    assert (told[-1].title, told[-1].state) == ("You get an answer", "coming")
    assert "An action is agreed" not in [step.title for step in told]
    assert "You get an answer" not in titles(in_theme(RECOMMENDED, DECISION))


def test_a_recommendation_to_leave_it_stops_nothing():
    told = story.steps(in_theme(replace(RECOMMENDED, outcome=DecisionOutcome.NOT_FORWARD)), TODAY)
    assert [step.state for step in told if step.title == "Recommended: Not taken forward"] == ["done"]


def test_two_bodies_each_tell_their_own_answer():
    other = replace(
        DECISION,
        code="e",
        body=words("The police"),
        outcome=DecisionOutcome.NOT_FORWARD,
        reason=DecisionReason.OTHERS_TASK,
        decided_on=date(2026, 11, 12),
    )
    told = story.steps(in_theme(DECISION, other), TODAY)
    decided = [step for step in told if step.title.startswith("Decided: ")]
    assert [step.title for step in decided] == ["Decided: Taken up", "Decided: Not taken forward"]
    assert "The municipality" in decided[0].text
    assert "The police" in decided[1].text
    assert "decided anew" not in decided[0].text


def test_that_a_body_talked_about_it_is_a_step_with_its_day_before_the_decision_of_that_day():
    same_day = replace(HEARD, heard_on=DECISION.decided_on)
    told = story.steps(in_theme(DECISION, heard=(HEARD, same_day)), TODAY)
    assert [(step.title, step.when) for step in told[3:6]] == [
        ("Discussed by The steering meeting", date(2026, 11, 9)),
        ("Discussed by The steering meeting", DECISION.decided_on),
        ("Decided: Taken up", DECISION.decided_on),
    ]
    assert told[3].quote == words("They liked it.")


def test_a_discussion_is_no_answer():
    assert titles(in_theme(heard=(HEARD,)))[-2:] == [
        "Discussed by The steering meeting",
        "You get an answer",
    ]


def test_what_is_passed_on_says_that_the_organisation_is_asked():
    told = story.steps(in_theme(passed_on(PassState.ASKED)), TODAY)
    assert (told[-1].title, told[-1].state) == ("The county has been asked to confirm it", "current")


def test_what_is_passed_on_says_when_the_organisation_confirmed():
    told = story.steps(in_theme(passed_on(PassState.CONFIRMED, date(2026, 11, 20))), TODAY)
    assert told[-1].title == "The county has confirmed that they have taken it"
    assert (told[-1].when, told[-1].state) == (date(2026, 11, 20), "done")
    page = story.by_whom_and_why(passed_on(PassState.CONFIRMED, date(2026, 11, 20)))
    assert page.endswith("Passed on to The county, who confirmed it on 20 November 2026.")


def test_what_an_organisation_does_not_take_is_told_and_looked_at_once_more():
    told = story.steps(in_theme(passed_on(PassState.REFUSED, date(2026, 11, 20))), TODAY)
    assert [(step.title, step.state) for step in told[-2:]] == [
        ("The county says that it is not theirs", "stopped"),
        ("You get another answer", "coming"),
    ]


def test_what_was_passed_on_and_then_decided_anew_waits_for_nobody():
    earlier = replace(passed_on(PassState.ASKED), in_force=False)
    told = titles(in_theme(earlier, replace(DECISION, decided_on=date(2026, 11, 21))))
    assert "The county has been asked to confirm it" not in told
    assert "You get another answer" not in told


def test_a_note_from_a_group_is_told_like_an_idea():
    note = replace(in_theme(DECISION, heard=(HEARD,)), kind=ContributionKind.NOTE)
    assert titles(note) == titles(in_theme(DECISION, heard=(HEARD,)))


def test_a_decision_made_anew_tells_both_and_which_one_holds():
    earlier = replace(DECISION, outcome=DecisionOutcome.NOT_NOW, in_force=False, decided_on=date(2026, 11, 8))
    told = story.steps(in_theme(earlier, DECISION), TODAY)
    assert "decided anew" in told[3].text
    assert "decided anew" not in told[4].text


def test_an_action_is_told_from_yes_over_news_to_its_outcome():
    done = replace(
        ACTION,
        state=ActionState.DONE,
        ended_on=date(2026, 11, 28),
        outcome=words("Twelve lights shine."),
        updates=(UpdateRecord(moment(20), words("The poles are up.")),),
    )
    told = story.steps(in_theme(replace(DECISION, actions=(done,))), TODAY)
    assert [step.title for step in told][-3:] == [
        "Somebody has said yes: Lights",
        "News: Lights",
        "Done: Lights",
    ]
    assert told[-1].quote == words("Twelve lights shine.")
    assert all(step.state == "done" for step in told)


def test_an_open_action_says_by_when_it_is_expected():
    last = story.steps(in_theme(replace(DECISION, actions=(ACTION,))), TODAY)[-1]
    assert (last.state, last.title) == ("current", "To be done: Lights")
    assert "24 December 2026" in last.text


def test_a_late_action_is_plainly_said_to_be_late():
    late = replace(ACTION, is_late=True)
    assert "is late" in story.steps(in_theme(replace(DECISION, actions=(late,))), TODAY)[-1].text


def test_the_steps_stand_in_the_order_of_their_dates():
    done = replace(ACTION, state=ActionState.DONE, ended_on=date(2026, 11, 28))
    other = replace(ACTION, code="b", title=words("Benches"), accepted_at=moment(25))
    told = story.steps(in_theme(replace(DECISION, actions=(done, other))), TODAY)
    dates = [step.when for step in told if step.when]
    assert dates == sorted(dates)


def test_a_sign_up_is_told_from_its_own_history():
    sign_up = Given(
        kind=ContributionKind.REGISTRATION,
        state=ContributionState.RECEIVED,
        received_at=moment(1),
        answer_by=date(2026, 12, 20),
        promised_by="",
        changes=(
            ChangeRecord(moment(1), "", "received", Translated()),
            ChangeRecord(moment(3), "waiting", "registered", Translated()),
        ),
    )
    assert titles(sign_up) == ["Received", "You have a seat"]


def test_what_has_changed_is_told_after_the_end():
    ended = replace(
        ACTION,
        state=ActionState.DONE,
        ended_on=date(2026, 12, 1),
        outcome=words("Four lamps stand."),
        changed=words("People walk there again."),
    )
    told = story.steps(in_theme(replace(DECISION, actions=(ended,))), TODAY)
    done = next(place for place, step in enumerate(told) if step.quote == ended.outcome)
    assert (told[done + 1].title, told[done + 1].quote) == ("What has changed", ended.changed)
