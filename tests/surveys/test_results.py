"""Results: what is counted, what is shown, and to whom."""

import time

import pytest
from sqlalchemy import select, text

from dialogue.base.audit import AuditEntry
from dialogue.dialogues.models import Channel
from dialogue.surveys import editing, operations, results
from dialogue.surveys.answering import Cell
from dialogue.surveys.editing import Wording
from dialogue.surveys.models import QuestionKind
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words
from tests.surveys.conftest import ALL_KINDS, CHOICES

SINGLE = [(QuestionKind.SINGLE, Wording(words("Is it safe?"), choices=CHOICES))]
SCALE = [(QuestionKind.SCALE, Wording(words("How safe?"), lowest=1, highest=3))]


def chosen(survey, counts, question=0):
    asked = survey.questions[question]
    return [
        [Cell(asked.id, option_id=option.id)]
        for option, count in zip(asked.options, counts, strict=True)
        for _person in range(count)
    ]


def stepped(survey, counts):
    asked = survey.questions[0]
    return [[Cell(asked.id, number=step)] for step, count in enumerate(counts, 1) for _person in range(count)]


def read_results(database, survey, collector=None):
    with database.reading() as session:
        return results.of(session, survey, collector)


def test_the_exact_total_and_the_shares_are_shown(client, make, surveys):
    survey = surveys.open(None, SINGLE)
    surveys.answer(survey, chosen(survey, (1881, 100, 86)))
    client.sign_in(make.user())
    page = client.get(f"/en/desk/surveys/{survey.code}/results")
    assert "2,067 answers" in page.text
    assert "91%" in page.text


def test_a_small_count_is_hidden_together_with_a_second_one(database, surveys):
    survey = surveys.open(None, SINGLE)
    surveys.answer(survey, chosen(survey, (60, 3, 20)))
    found = read_results(database, survey).questions[0]
    assert [row["count"] for row in found.rows] == ["60", None, None]
    assert found.has_hidden


def test_the_hidden_figures_stand_nowhere_on_the_page(client, make, surveys):
    survey = surveys.open(None, SINGLE)
    surveys.answer(survey, chosen(survey, (660, 3, 217)))
    client.sign_in(make.user())
    page = client.get(f"/en/desk/surveys/{survey.code}/results")
    assert "hidden" in page.text
    assert "217" not in page.response.text.replace("question-", "")
    assert not page.html.find("rect", {"width": "25%"})


def test_the_mean_of_a_scale_is_hidden_with_its_cells(database, surveys):
    survey = surveys.open(None, SCALE)
    surveys.answer(survey, stepped(survey, (10, 10, 20)))
    assert read_results(database, survey).questions[0].mean == 2.2
    other = surveys.open(None, SCALE)
    surveys.answer(other, stepped(other, (10, 2, 20)))
    assert read_results(database, other).questions[0].mean is None


def test_numbers_are_shown_as_their_mean_when_enough_answered(database, surveys):
    survey = surveys.open(None, [(QuestionKind.NUMBER, Wording(words("How often?"), lowest=0, highest=31))])
    asked = survey.questions[0]
    surveys.answer(survey, [[Cell(asked.id, number=given)] for given in (1, 2, 3, 4)])
    assert read_results(database, survey).questions[0].is_too_few
    surveys.answer(survey, [[Cell(asked.id, number=5)]])
    assert read_results(database, survey).questions[0].mean == 3.0


def test_who_chose_several_is_counted_once(database, surveys):
    survey = surveys.open(None, [(QuestionKind.SEVERAL, Wording(words("What helps?"), choices=CHOICES))])
    asked = survey.questions[0]
    yes, no, unsure = (option.id for option in asked.options)
    sheet = [Cell(asked.id, option_id=yes), Cell(asked.id, option_id=no)]
    surveys.answer(survey, [sheet] * 30 + [[Cell(asked.id, option_id=unsure)]] * 30)
    found = read_results(database, survey).questions[0]
    assert found.base == 60
    assert [row["value"] for row in found.rows] == [50, 50, 50]


def test_a_channel_is_shown_alone_only_when_the_others_do_not_follow_from_it(client, database, make, surveys):
    survey = surveys.open(None, SINGLE)
    surveys.change(
        survey.code,
        lambda s, a, shown: operations.add_collector(s, a, shown, words("Poster"), Channel.POSTER),
    )
    survey = surveys.get(survey.code)
    surveys.answer(survey, chosen(survey, (50, 60, 70)))
    surveys.answer(survey, chosen(survey, (20, 2, 20)), collector=1)
    web, poster = survey.collectors
    assert read_results(database, survey, web.code).questions[0].is_held_back
    assert read_results(database, survey, poster.code).questions[0].is_held_back
    surveys.answer(survey, chosen(survey, (0, 3, 0)), collector=1)
    found = read_results(database, survey, poster.code).questions[0]
    assert [row["count"] for row in found.rows] == ["20", "5", "20"]
    client.sign_in(make.user())
    page = client.get(f"/en/desk/surveys/{survey.code}/results?collector={poster.code}")
    assert page.html.main.find("a", {"aria-current": "page"}).get_text(" ").split()[0] == "Poster"
    assert client.get(f"/en/desk/surveys/{survey.code}/results?collector=other").status == 404


def test_answers_to_every_version_count_by_their_question_and_choice(database, surveys):
    survey = surveys.open(None, SINGLE)
    surveys.answer(survey, chosen(survey, (20, 10, 10)))

    def change(session, actor, shown):
        asked = shown.questions[0]
        fewer = (words("Yes"), words("No"), words("Perhaps"))
        editing.change_question(
            session, actor, shown, asked, Wording(words("Is it quite safe?"), choices=fewer)
        )
        operations.publish(session, actor, shown)

    surveys.change(survey.code, change)
    newer = surveys.get(survey.code)
    asked = newer.questions[0]
    surveys.answer(newer, [[Cell(asked.id, option_id=asked.options[0].id)]] * 5)
    found = read_results(database, newer).questions[0]
    assert str(found.item.text).startswith("Is it quite safe?")
    counts = {str(row["label"]).split(" (")[0]: row["count"] for row in found.rows}
    assert set(counts) == {"Yes", "No", "Perhaps", "Do not know"}
    assert found.base == 45


def test_everybody_sees_results_only_when_the_survey_is_over_and_its_team_wants_it(client, surveys):
    kept = surveys.open(None, SINGLE)
    survey = surveys.open(None, SINGLE, results_public=True)
    surveys.answer(survey, chosen(survey, (20, 30, 40)))
    path = f"/en/surveys/{survey.code}/results"
    assert "when the survey is over" in client.get(path).text
    assert "90 answers" not in client.get(path).text
    for code in (survey.code, kept.code):
        surveys.change(code, operations.close)
    page = client.get(path)
    assert "90 answers" in page.text
    assert "Set-Cookie" not in page.response.headers
    assert client.get(f"/en/surveys/{kept.code}/results").status == 404
    assert client.get(path + "?collector=nonsense").status == 404


def test_what_people_wrote_is_read_at_the_desk_only_and_the_reading_is_noted(client, make, read, surveys):
    survey = surveys.open(None, ALL_KINDS, results_public=True)
    asked = survey.questions[5]
    formula = '=HYPERLINK("http://example.org")<script>alert(1)</script>'
    surveys.answer(survey, [[Cell(asked.id, text=formula)]] * 6)
    surveys.change(survey.code, operations.close)
    assert "HYPERLINK" not in client.get(f"/en/surveys/{survey.code}/results").text
    user = make.user()
    client.sign_in(user)
    page = client.get(f"/en/desk/surveys/{survey.code}/results")
    assert "HYPERLINK" not in page.text
    texts = client.get(page.link("Read what they wrote"))
    assert texts.text.count('=HYPERLINK("http://example.org")<script>alert(1)</script>') == 6
    assert "<script>alert" not in texts.response.text
    assert read(select(AuditEntry.verb).where(AuditEntry.subject_kind == "question")) == ["read texts"]
    assert read(select(AuditEntry.actor_id).where(AuditEntry.subject_kind == "question")) == [user.id]


def test_texts_of_a_question_that_is_not_written_to_are_not_found(client, make, surveys):
    survey = surveys.open()
    client.sign_in(make.user())
    for question_id in (survey.questions[0].id, 999999):
        assert client.get(f"/en/desk/surveys/{survey.code}/results/{question_id}/texts").status == 404


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PARTNER])
def test_who_may_not_read_results_is_turned_away(client, make, surveys, role):
    survey = surveys.open()
    client.sign_in(make.user(role))
    assert client.get(f"/en/desk/surveys/{survey.code}/results").status == 403


def test_a_leader_reads_results_but_does_not_edit(client, make, surveys):
    survey = surveys.open()
    client.sign_in(make.user(Role.LEADER))
    assert client.get(f"/en/desk/surveys/{survey.code}/results").status == 200
    assert client.get(f"/en/desk/surveys/{survey.code}").status == 403


def test_somebody_elses_results_do_not_exist(client, make, surveys):
    survey = surveys.open()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id))
    assert client.get(f"/en/desk/surveys/{survey.code}/results").status == 404
    assert client.get(f"/en/desk/surveys/{survey.code}/results/{survey.questions[5].id}/texts").status == 404


def test_results_of_many_answers_are_quick_and_take_the_same_number_of_statements(
    database, surveys, counting
):
    eight = [
        (QuestionKind.SINGLE, Wording(words(f"Question {place}"), choices=CHOICES)) for place in range(6)
    ]
    eight += [(QuestionKind.SCALE, Wording(words("Scale"), lowest=1, highest=5)), ALL_KINDS[1]]
    survey = surveys.open(None, eight)
    surveys.answer(survey, [sheet(survey, 1)])
    few = statements(counting, database, survey)
    surveys.answer(survey, [sheet(survey, person) for person in range(2066)])
    know_the_tables(database)
    many = statements(counting, database, survey)
    assert many == few <= 3
    times = []
    for _try in range(5):
        began = time.perf_counter()
        assert read_results(database, survey).total == 2067
        times.append(time.perf_counter() - began)
    # The aim is 50 ms; a busy machine is given more before this fails.
    assert min(times) < 0.25, times


def know_the_tables(database):
    """What PostgreSQL does by itself within a minute."""
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE response, answer"))


def sheet(survey, person):
    cells = [
        Cell(asked.id, option_id=asked.options[(person + asked.id) % 3].id)
        for asked in survey.questions
        if asked.options
    ]
    return [*cells, Cell(survey.questions[6].id, number=1 + person % 5)]


def statements(counting, database, survey):
    with counting() as seen:
        read_results(database, survey)
    return len([statement for statement in seen if statement.startswith("SELECT")])
