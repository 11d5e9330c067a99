"""Open answers become sources of themes when their survey is over, and nothing ties them to anybody."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import delete, func, select, update

from dialogue.base import clock
from dialogue.base.errors import Closed, NotAllowed
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    StatusChange,
)
from dialogue.followup import chain, themes
from dialogue.people.queries import actor_of
from dialogue.surveys import jobs, operations, queries, taking_in
from dialogue.surveys.answering import Cell
from dialogue.surveys.models import Answer, OpenAnswer, QuestionKind, Response, Survey
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words

WORDS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)
WRITTEN = [f"Wish number {number}" for number in range(40)]


@pytest.fixture
def answered(surveys):
    """A survey with forty sheets, each with two open answers, one choice and one that says nothing."""
    survey = surveys.open()
    by_kind = {question.kind: question for question in survey.questions}
    short, long = by_kind[QuestionKind.SHORT_TEXT].id, by_kind[QuestionKind.LONG_TEXT].id
    single = by_kind[QuestionKind.SINGLE]
    sheets = [
        [
            Cell(single.id, option_id=single.options[0].id),
            Cell(short, text=f"Place {text}"),
            Cell(long, text=text),
        ]
        for text in WRITTEN
    ]
    surveys.answer(survey, [*sheets, [Cell(short, text="  ")]])
    return survey


def take_in(surveys, survey) -> int:
    return surveys.change(survey.code, taking_in.take_in)


def test_every_answer_in_words_gets_an_anchor_and_no_other(surveys, answered, read):
    surveys.change(answered.code, operations.close)
    assert take_in(surveys, answered) == 2 * len(WRITTEN)
    anchors = read(select(Contribution))
    assert len(anchors) == 2 * len(WRITTEN)
    for one in anchors:
        assert (one.kind, one.channel, one.label) == (ContributionKind.ANSWER, Channel.WEB, "")
        assert (one.state, one.follow_code_id) == (ContributionState.PUBLISHED, None)
        assert one.dialogue_id == answered.dialogue_id


def held_by(surveys, **about):
    """A survey whose sheets came by so many on each way, with two answers in words each."""
    sheets = {Channel.WEB: 7, **about.pop("came")}
    survey = surveys.open(**about)
    words_of = [question.id for question in survey.questions if question.kind in WORDS]
    for place, (channel, number) in enumerate(sheets.items()):
        if place:
            surveys.change(
                survey.code,
                lambda s, a, shown, to=channel: operations.add_collector(s, a, shown, words(str(to)), to),
            )
        survey = surveys.get(survey.code)
        surveys.answer(survey, [[Cell(one, text="Light") for one in words_of]] * number, collector=place)
    surveys.change(survey.code, operations.close)
    take_in(surveys, survey)
    return survey


def came_by(read) -> dict[Channel, int]:
    return dict(Counter(read(select(Contribution.channel))))


def test_an_answer_counts_with_the_channel_that_it_came_by_also_in_its_theme(surveys, read, database):
    survey = held_by(surveys, came={Channel.SCHOOL: 5, Channel.PAPER: 6})
    assert came_by(read) == {Channel.WEB: 14, Channel.SCHOOL: 10, Channel.PAPER: 12}
    actor = surveys.actor()
    with database.writing() as session:
        dialogue = session.get_one(Survey, survey.id).dialogue
        theme = themes.create(session, actor, dialogue, words("Light"), "key")
        themes.place(session, actor, theme, session.scalars(select(Contribution.code)).all())
        assert chain.heard(session, [theme.id]) == {theme.id: came_by(read)}


@pytest.mark.parametrize(("is_sensitive", "came"), [(False, 4), (True, 9)])
def test_a_channel_that_so_few_wrote_by_that_it_points_at_them_is_not_told(surveys, read, is_sensitive, came):
    held_by(surveys, is_sensitive=is_sensitive, came={Channel.SCHOOL: 20, Channel.PAPER: came})
    told = came_by(read)
    assert Channel.PAPER not in told
    assert told[Channel.SCHOOL] >= 2 * (20 + came)
    assert sum(told.values()) == 2 * (27 + came)


def test_it_is_done_once_however_often_it_is_asked_for(surveys, answered, read):
    surveys.change(answered.code, operations.close)
    take_in(surveys, answered)
    assert take_in(surveys, answered) == 0
    assert read(select(func.count()).select_from(OpenAnswer)) == [2 * len(WRITTEN)]


def test_the_order_of_the_anchors_tells_nothing(surveys, answered, read):
    surveys.change(answered.code, operations.close)
    take_in(surveys, answered)
    rows = read(select(OpenAnswer).order_by(OpenAnswer.contribution_id))
    with surveys.database.reading() as session:
        sheet = dict(session.execute(select(Answer.id, Answer.response_id)).all())
        written = dict(session.execute(select(Answer.id, Answer.text)).all())
    # Two answers of one sheet stand beside each other no more often than by chance.
    beside = sum(sheet[one.answer_id] == sheet[next_one.answer_id] for one, next_one in pairwise(rows))
    assert beside <= 8
    order = [written[one.answer_id] for one in rows if written[one.answer_id] in WRITTEN]
    assert order not in (WRITTEN, WRITTEN[::-1])
    keys = [one.answer_id for one in rows]
    assert keys not in (sorted(keys), sorted(keys, reverse=True))


def test_all_of_them_have_the_moment_of_the_closing_day_and_no_history(surveys, answered, read):
    surveys.change(answered.code, operations.close)
    take_in(surveys, answered)
    [moment] = set(read(select(Contribution.received_at)))
    assert clock.local(moment).date() == clock.today()
    assert (clock.local(moment).hour, moment.minute, moment.second) == (12, 0, 0)
    told = read(select(StatusChange.subject_kind).where(StatusChange.to_state == "answers_taken_in"))
    assert told == ["survey"]
    assert read(select(StatusChange.id).where(StatusChange.subject_kind == "contribution")) == []


def test_a_survey_that_ran_out_gives_its_last_day(surveys, answered, read, database):
    last = clock.today() - timedelta(days=3)
    with database.writing() as session:
        session.execute(update(Survey).values(closes_on=last))
    take_in(surveys, answered)
    assert {clock.local(moment).date() for moment in read(select(Contribution.received_at))} == {last}


def test_nothing_is_taken_in_while_answers_come_in(surveys, answered, read):
    with pytest.raises(Closed):
        take_in(surveys, answered)
    assert read(select(Contribution.id)) == []


@pytest.mark.parametrize("role", [Role.LEADER, Role.FACILITATOR])
def test_who_may_not_both_read_results_and_condense_takes_nothing_in(surveys, answered, make, database, role):
    surveys.change(answered.code, operations.close)
    actor = actor_of(make.user(role, ScopeKind.DIALOGUE, answered.dialogue_id))
    with pytest.raises(NotAllowed), database.writing() as session:
        taking_in.take_in(session, actor, session.get_one(Survey, answered.id))


def test_answers_that_are_written_anew_in_random_order_are_still_found(surveys, answered, database, read):
    surveys.change(answered.code, operations.close)
    take_in(surveys, answered)
    ids = read(select(OpenAnswer.contribution_id))
    with database.reading() as session:
        before = queries.source_texts(session, ids)
    with database.writing() as session:
        jobs._hold(session, database)
        jobs._rewrite(session, [jobs._table(Response), jobs._table(Answer)])
    with database.reading() as session:
        assert queries.source_texts(session, ids) == before


def test_erasing_a_sheet_blanks_its_answers_and_keeps_the_counts(surveys, answered, make, database, read):
    surveys.change(answered.code, operations.close)
    take_in(surveys, answered)
    actor = make.actor()
    with database.writing() as session:
        survey = session.get_one(Survey, answered.id)
        theme = themes.create(session, actor, survey.dialogue, words("Light"), "key")
        codes = session.scalars(select(Contribution.code)).all()
        themes.place(session, actor, theme, codes)
        erased = session.scalars(select(Response.id).order_by(Response.id)).first()
        gone = session.scalars(
            select(OpenAnswer.contribution_id)
            .join(Answer, Answer.id == OpenAnswer.answer_id)
            .where(Answer.response_id == erased)
        ).all()
        session.execute(delete(Answer).where(Answer.response_id == erased))
        session.execute(delete(Response).where(Response.id == erased))
        assert chain.totals(session, [theme.id])[theme.id] == 2 * len(WRITTEN)
        assert {said.text for said in queries.source_texts(session, gone).values()} <= {""}


def test_the_results_page_offers_it_when_the_survey_is_over(client, surveys, answered, make, read):
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, answered.dialogue_id))
    address = f"/en/desk/surveys/{answered.code}/results"
    assert "It can be done when the survey is closed." in client.get(address).text
    surveys.change(answered.code, operations.close)
    page = client.get(address)
    assert "Take in 80 open answers" in page.text
    page = client.send(page, action="/take-in")
    assert "80 answers taken in." in page.text
    assert page.heading == "Themes"
    assert "open-answers" not in client.get(address).response.text


def test_a_leader_reads_results_and_takes_nothing_in(client, surveys, answered, make):
    surveys.change(answered.code, operations.close)
    client.sign_in(make.user(Role.LEADER, ScopeKind.DIALOGUE, answered.dialogue_id))
    page = client.get(f"/en/desk/surveys/{answered.code}/results")
    assert "Take in" not in page.text
