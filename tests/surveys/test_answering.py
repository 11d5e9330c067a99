"""Answering a survey, as a resident does it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.outbox import OutboxMail
from dialogue.dialogues.models import Channel, Contribution, DialogueState, StatusChange
from dialogue.residents.models import FollowCode, Submission
from dialogue.surveys import editing, operations
from dialogue.surveys.editing import Wording
from dialogue.surveys.models import Answer, QuestionKind, Response, Survey
from tests.support.client import Client
from tests.support.make import words


def path(survey: Survey, language: str = "en") -> str:
    return f"/{language}/surveys/{survey.collectors[0].code}"


def name(survey: Survey, kind: QuestionKind) -> str:
    return next(f"q{question.id}" for question in survey.questions if question.kind is kind)


def option(survey: Survey, kind: QuestionKind, place: int = 0) -> str:
    question = next(question for question in survey.questions if question.kind is kind)
    return str(question.options[place].id)


def everything(survey: Survey) -> dict[str, object]:
    return {
        name(survey, QuestionKind.SINGLE): option(survey, QuestionKind.SINGLE),
        name(survey, QuestionKind.SEVERAL): [option(survey, QuestionKind.SEVERAL, place) for place in (0, 2)],
        name(survey, QuestionKind.SCALE): "4",
        name(survey, QuestionKind.NUMBER): " 12 ",
        name(survey, QuestionKind.SHORT_TEXT): "By the lake",
        name(survey, QuestionKind.LONG_TEXT): "Lights.\r\nAnd benches.",
    }


def count(read: Callable, table: type) -> int:
    return read(select(func.count()).select_from(table))[0]


def test_every_kind_of_question_can_be_answered(client, surveys, read):
    survey = surveys.open()
    answer = client.send(client.get(path(survey)), everything(survey))
    assert answer.heading == "Thank you for answering"
    assert count(read, Response) == 1
    numbers = sorted(read(select(Answer.number).where(Answer.number.is_not(None))))
    assert numbers == [4, 12]
    chosen = sorted(read(select(Answer.option_id).where(Answer.option_id.is_not(None))))
    first = [question.options for question in survey.questions if question.options]
    assert chosen == sorted([first[0][0].id, first[1][0].id, first[1][2].id])
    assert sorted(read(select(Answer.text).where(Answer.text.is_not(None)))) == [
        "By the lake",
        "Lights.\nAnd benches.",
    ]


def test_only_what_must_be_answered_must_be_answered(client, surveys, read):
    survey = surveys.open()
    page = client.get(path(survey))
    refused = client.send(page, {name(survey, QuestionKind.SHORT_TEXT): "By the lake"})
    assert refused.status == 422
    assert any("Answer this question" in error for error in refused.errors)
    assert "By the lake" in refused.response.text
    client.send(refused, {name(survey, QuestionKind.SINGLE): option(survey, QuestionKind.SINGLE)})
    assert count(read, Answer) == 2


def test_a_form_without_any_answer_is_not_an_answer(client, surveys, read):
    survey = surveys.open(None, [(QuestionKind.SHORT_TEXT, Wording(words("Where?")))])
    refused = client.send(client.get(path(survey)))
    assert refused.status == 422
    assert "Answer at least one question" in refused.text
    assert count(read, Response) == 0


@pytest.mark.parametrize(
    ("kind", "sent", "words_of_error"),
    [
        (QuestionKind.SINGLE, "999999", "Choose one of the answers"),
        (QuestionKind.SINGLE, "' OR 1=1 --", "Choose one of the answers"),
        (QuestionKind.SEVERAL, ["1", "drop"], "Choose one of the answers"),
        (QuestionKind.SCALE, "6", "whole number from 1 to 5"),
        (QuestionKind.SCALE, "0", "whole number from 1 to 5"),
        (QuestionKind.NUMBER, "32", "whole number from 0 to 31"),
        (QuestionKind.NUMBER, "-1", "whole number from 0 to 31"),
        (QuestionKind.NUMBER, "3,5", "whole number from 0 to 31"),
        (QuestionKind.NUMBER, "9" * 5000, "whole number from 0 to 31"),
        (QuestionKind.NUMBER, "١٢", "whole number from 0 to 31"),
        (QuestionKind.SHORT_TEXT, "x" * 201, "at most 200 characters"),
        (QuestionKind.LONG_TEXT, "x" * 2001, "at most 2000 characters"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_in_plain_words(
    client, surveys, read, kind, sent, words_of_error
):
    survey = surveys.open()
    values = {**everything(survey), name(survey, kind): sent}
    refused = client.send(client.get(path(survey)), values)
    assert refused.status == 422
    assert any(words_of_error in error for error in refused.errors)
    assert "By the lake" in refused.response.text or kind is QuestionKind.SHORT_TEXT
    assert count(read, Response) == 0


def test_the_choice_of_another_question_is_not_a_choice_of_this_one(client, surveys, read):
    survey = surveys.open()
    values = {**everything(survey), name(survey, QuestionKind.SINGLE): option(survey, QuestionKind.SEVERAL)}
    assert client.send(client.get(path(survey)), values).status == 422
    assert count(read, Response) == 0


def test_fields_that_the_form_does_not_have_are_left_aside(client, surveys, read):
    survey = surveys.open()
    values = {**everything(survey), "q999999": "1", "survey_id": "7", "day": "2001-01-01"}
    assert client.send(client.get(path(survey)), values).heading == "Thank you for answering"
    assert read(select(Response.survey_id)) == [survey.id]
    assert read(select(Response.day)) == [clock.today()]


def test_a_second_click_is_stored_once(client, surveys, read):
    survey = surveys.open()
    page = client.get(path(survey))
    for _click in range(2):
        assert client.send(page, everything(survey)).heading == "Thank you for answering"
    assert count(read, Response) == 1


def test_back_edit_and_send_again_is_another_answer(client, surveys, read):
    survey = surveys.open()
    page = client.get(path(survey))
    client.send(page, everything(survey))
    client.send(page, {**everything(survey), name(survey, QuestionKind.SCALE): "5"})
    assert count(read, Response) == 2


def test_two_visitors_who_say_the_same_are_two_answers(client, surveys, read, house):
    survey = surveys.open()
    for browser in (client, Client(house)):
        browser.send(browser.get(path(survey)), everything(survey))
    assert count(read, Response) == 2


def test_two_forms_without_a_key_that_say_the_same_are_two_answers(client, surveys, read):
    survey = surveys.open()
    for _visitor in range(2):
        client.send(client.get(path(survey)), {**everything(survey), "submission_key": None})
    assert count(read, Response) == 2


def test_a_survey_closed_between_showing_and_sending_keeps_what_was_typed(client, surveys, read):
    survey = surveys.open()
    page = client.get(path(survey))
    surveys.change(survey.code, operations.close)
    refused = client.send(page, everything(survey))
    assert refused.status == 422
    assert "The survey has closed" in refused.text
    assert "By the lake" in refused.response.text
    assert "And benches." in refused.response.text
    assert count(read, Response) == 0


def test_a_closed_survey_shows_no_form(client, surveys):
    survey = surveys.open()
    surveys.change(survey.code, operations.close)
    page = client.get(path(survey))
    assert page.status == 200
    assert "closed for answers" in page.text
    assert not page.html.main.find("form")


def test_a_closed_link_leaves_the_other_links_open(client, surveys, database):
    survey = surveys.open()
    other = surveys.change(
        survey.code,
        lambda s, a, shown: operations.add_collector(s, a, shown, words("Poster"), Channel.POSTER).code,
    )
    surveys.change(survey.code, lambda s, a, shown: operations.close_collector(s, a, shown.collectors[0]))
    assert "closed for answers" in client.get(path(survey)).text
    assert client.get(f"/en/surveys/{other}").html.main.find("form")


def test_after_its_last_day_no_answer_is_taken(client, surveys, read):
    survey = surveys.open(closes_on=clock.today())
    page = client.get(path(survey))
    clock.move_to(timedelta(days=1))
    assert client.send(page, everything(survey)).status == 422
    assert count(read, Response) == 0


def test_a_draft_and_a_survey_of_a_draft_are_nowhere(client, surveys, make):
    draft = surveys.get(surveys.draft())
    hidden = surveys.open(make.dialogue(state=DialogueState.DRAFT))
    assert client.get(path(draft)).status == 404
    assert client.get(path(hidden)).status == 404
    assert client.get(path(hidden) + "/thanks").status == 404
    assert client.get(f"/en/surveys/{hidden.code}/results").status == 404
    assert client.get("/en/surveys/nonsense").status == 404


def test_the_version_that_was_shown_counts_while_it_is_the_one_before_the_newest(client, surveys, read):
    survey = surveys.open()
    page = client.get(path(survey))
    republish(surveys, survey.code, "Something else?")
    assert client.send(page, everything(survey)).heading == "Thank you for answering"
    assert read(select(Response.version_id)) == [survey.versions[0].id]


def test_an_older_version_is_shown_anew_with_what_was_typed(client, surveys, read):
    survey = surveys.open()
    page = client.get(path(survey))
    republish(surveys, survey.code, "Something else?")
    republish(surveys, survey.code, "And one more?")
    refused = client.send(page, everything(survey))
    assert refused.status == 422
    assert "The questions have changed" in refused.text
    assert "By the lake" in refused.response.text
    assert client.send(refused).heading == "Thank you for answering"
    assert read(select(Response.version_id)) == [surveys.get(survey.code).versions[2].id]


def republish(surveys, code: str, text: str) -> None:
    def change(session, actor, survey):
        editing.add_question(session, actor, survey, QuestionKind.SHORT_TEXT, Wording(words(text)))
        operations.publish(session, actor, survey)

    surveys.change(code, change)


def test_a_nonsense_version_is_read_as_the_newest(client, surveys):
    survey = surveys.open()
    page = client.get(path(survey))
    for version in ("x", "", None):
        assert (
            client.send(page, {**everything(survey), "version": version}).heading == "Thank you for answering"
        )
    assert client.send(page, {**everything(survey), "version": "-4"}).status == 422


def test_nothing_that_is_stored_tells_who_answered(client, surveys, read):
    survey = surveys.open()
    before = {
        table: count(read, table)
        for table in (StatusChange, AuditEntry, OutboxMail, Contribution, FollowCode)
    }
    answer = client.send(client.get(path(survey)), everything(survey), follow=False)
    assert answer.status == 302
    assert "Set-Cookie" not in answer.response.headers
    assert {table: count(read, table) for table in before} == before
    assert set(Response.__table__.columns.keys()) == {
        "id",
        "survey_id",
        "version_id",
        "collector_id",
        "language",
        "day",
    }
    assert set(Answer.__table__.columns.keys()) == {
        "id",
        "response_id",
        "question_id",
        "option_id",
        "number",
        "text",
    }
    assert set(Submission.__table__.columns.keys()) == {"key_hash", "day"}
    assert all(key.version == 4 for key in read(select(Response.id)) + read(select(Answer.id)))


def test_the_writer_is_warned_once_of_what_should_not_stand_in_a_text(client, surveys, read):
    survey = surveys.open()
    told = {**everything(survey), name(survey, QuestionKind.LONG_TEXT): "Call me on 99 88 77 66"}
    warned = client.send(client.get(path(survey)), told)
    assert warned.status == 422
    assert "Phone number" in warned.text
    assert "Call me on 99 88 77 66" in warned.response.text
    assert count(read, Response) == 0
    assert client.send(warned, {"send_anyway": "y"}).heading == "Thank you for answering"
    assert count(read, Response) == 1


def test_markup_in_a_text_is_shown_as_text(client, surveys, read):
    survey = surveys.open()
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    values = {
        **everything(survey),
        name(survey, QuestionKind.SHORT_TEXT): hostile,
        name(survey, QuestionKind.SINGLE): "",
    }
    page = client.send(client.get(path(survey)), values)
    assert "<script>alert" not in page.response.text
    assert not page.html.find("img")
    assert page.html.find("input", {"name": name(survey, QuestionKind.SHORT_TEXT)})["value"] == hostile


def test_the_short_link_leads_to_the_readers_language(client, surveys):
    survey = surveys.open()
    short = f"/s/{survey.collectors[0].code}"
    for asked, language in (("nn-NO,nn;q=0.9", "nn"), ("en-GB", "en"), ("fr", "nb")):
        answer = client.browser.get(short, headers={"Accept-Language": asked})
        assert answer.location == path(survey, language)
        assert "Accept-Language" in answer.headers["Vary"]


def test_the_form_stands_in_the_readers_language_and_says_where_it_does_not(client, surveys, make):
    texts = Wording(words("Is it safe?").__class__(nb="Er det trygt?", nn="Er det trygt no?"))
    survey = surveys.open(make.dialogue(languages=["nb", "nn"]), [(QuestionKind.SHORT_TEXT, texts)])
    assert "Er det trygt no?" in client.get(path(survey, "nn")).text
    assert client.get(path(survey, "en")).html.find("span", {"lang": "nb"}, string="Er det trygt?")


def test_each_visitor_gets_a_key_and_no_cookie_from_the_kept_page(client, surveys):
    survey = surveys.open()
    pages = [client.get(path(survey)) for _visit in range(2)]
    keys = {page.html.find("input", {"name": "submission_key"})["value"] for page in pages}
    assert len(keys) == 2
    assert all("Set-Cookie" not in page.response.headers for page in pages)


def test_where_to_turn_stands_where_something_is_written_freely(client, surveys):
    written = surveys.open()
    chosen = surveys.open(None, [(QuestionKind.SCALE, Wording(words("How safe?"), lowest=1, highest=5))])
    assert client.get(path(written)).html.select(".emergency")
    assert not client.get(path(chosen)).html.select(".emergency")


def test_the_thank_you_page_says_what_happens_next(client, surveys, make):
    dialogue = make.dialogue()
    survey = surveys.open(dialogue)
    page = client.get(path(survey) + "/thanks")
    assert "what was decided, and why" in page.text
    assert page.link("Go to the dialogue") == f"/en/dialogues/{dialogue.code}"


def test_two_clicks_at_the_same_moment_are_stored_once(client, surveys, read, house):
    survey = surveys.open()
    page = client.get(path(survey))
    clicks = 6
    together = Barrier(clicks)

    def click(_number: int) -> str:
        together.wait()
        return Client(house).send(page, everything(survey)).heading

    with ThreadPoolExecutor(clicks) as threads:
        assert set(threads.map(click, range(clicks))) == {"Thank you for answering"}
    assert count(read, Response) == 1


def test_the_form_takes_the_same_few_statements_however_many_have_answered(client, surveys, house, counting):
    survey = surveys.open()

    def seen() -> int:
        house.pages.clear()
        with counting() as asked:
            client.get(path(survey))
        return len([statement for statement in asked if statement.startswith("SELECT")])

    few = seen()
    for _person in range(5):
        client.send(client.get(path(survey)), everything(survey))
    assert seen() == few <= 5
