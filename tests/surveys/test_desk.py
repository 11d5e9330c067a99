"""Writing, publishing and sharing a survey at the desk."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Channel, DialogueState, StatusChange
from dialogue.dialogues.playbooks.neighbourhood_talk_parts import SURVEY
from dialogue.surveys import editing, operations, playbook, questionnaire, rules
from dialogue.surveys.editing import Wording
from dialogue.surveys.models import Collector, Question, QuestionKind, Survey, SurveyState, SurveyVersion
from dialogue.surveys.operations import About
from dialogue.surveys.room import room
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words
from tests.surveys.conftest import CHOICES

SHORT = [
    (QuestionKind.SHORT_TEXT, Wording(words("Where?"))),
    (QuestionKind.SHORT_TEXT, Wording(words("When?"))),
]


def text(field: str, value: str, *codes: str) -> dict[str, str]:
    return {f"{field}-{code}": value for code in codes or ("nb", "nn", "en")}


def test_the_same_page_sent_twice_begins_one_survey(client, make, read):
    dialogue = make.dialogue()
    client.sign_in(make.user())
    page = client.get(f"/en/desk/dialogues/{dialogue.code}/surveys/new")
    first, second = (client.send(page, text("title", "Our beach")) for _ in range(2))
    assert first.path == second.path
    assert len(read(select(Survey.id))) == 1


def test_a_survey_is_made_filled_published_and_answered(client, make, surveys, read, house):
    dialogue = make.dialogue()
    client.sign_in(make.user())
    page = client.get(f"/en/desk/dialogues/{dialogue.code}/surveys/new")
    page = client.send(page, {**text("title", "Our beach"), **text("intro", "Short.")})
    assert page.heading == "Our beach"
    assert "There is no question yet" in page.text
    for kind, values in {
        "single": text("options", "Yes\nNo"),
        "several": text("options", "One\nTwo\nThree"),
        "scale": {"lowest": "1", "highest": "5", **text("lowest_label", "Not at all")},
        "number": {"lowest": "0", "highest": "10"},
        "short_text": {},
        "long_text": {"is_required": "y"},
    }.items():
        form = client.get(page.path + f"/questions/new?kind={kind}")
        page = client.send(form, {**text("text", f"About {kind}"), **values})
        assert page.status == 200, page.errors
        assert f"About {kind}" in page.text
    assert "About several" in client.get(page.path + "/preview").text
    page = client.send(page, action="publish")
    assert "The survey is published." in page.text
    survey = read(select(Survey))[0]
    assert survey.state is SurveyState.OPEN
    collector = page.html.find("strong", {"translate": "no"}).text.rsplit("/", 1)[-1]
    assert len(client.get(f"/nn/surveys/{collector}").html.main.find_all("fieldset")) == 3


def test_what_is_missing_is_said_before_publishing(client, make, surveys):
    texts = Wording(Translated(nb="Bare bokmål"))
    code = surveys.draft(None, [(QuestionKind.SHORT_TEXT, texts)], title=Translated(nb="Tittel"))
    client.sign_in(make.user())
    page = client.get(f"/en/desk/surveys/{code}")
    assert "The title is not written in Nynorsk." in page.text
    assert "Question 1 is not written in Nynorsk." in page.text
    with pytest.raises(Invalid):
        surveys.change(code, operations.publish)
    assert client.post(f"/en/desk/surveys/{code}/publish").status == 403
    token = page.html.find("input", {"name": "csrf_token"})["value"]
    refused = client.post(f"/en/desk/surveys/{code}/publish", {"csrf_token": token})
    assert refused.status == 422
    assert "Something is still missing" in refused.text


def test_every_part_of_a_question_must_be_written_in_both_forms_of_norwegian(surveys):
    half = Wording(
        words("Which?"), choices=(Translated(nb="A", nn="A"), Translated(nb="B")), help=Translated(nb="Hjelp")
    )
    survey = surveys.get(surveys.draft(None, [(QuestionKind.SINGLE, half)]))
    missing = [str(sentence) for sentence in rules.missing(questionnaire.draft_of(survey))]
    assert len(missing) == 1
    survey.questions[0].options.pop()
    assert any("at least two answers" in str(one) for one in rules.missing(questionnaire.draft_of(survey)))


def test_a_published_version_never_changes(surveys, read):
    survey = surveys.open(None, SHORT)
    before = read(select(SurveyVersion.form))[0]

    def change(session, actor, shown):
        editing.change_question(session, actor, shown, shown.questions[0], Wording(words("Where exactly?")))
        editing.remove_question(session, actor, shown, shown.questions[1])
        operations.describe(session, actor, shown, About(words("Another title"), words("Another")))

    surveys.change(survey.code, change)
    assert read(select(SurveyVersion.form)) == [before]
    surveys.change(survey.code, operations.publish)
    versions = read(select(SurveyVersion).order_by(SurveyVersion.number))
    assert versions[0].form == before
    assert [question["text"]["en"] for question in versions[1].form["questions"]] == ["Where exactly? (en)"]


def test_publishing_the_same_again_is_refused(surveys):
    survey = surveys.open()
    assert not operations.has_changes(survey)
    with pytest.raises(Invalid):
        surveys.change(survey.code, operations.publish)


def test_a_published_question_is_retired_and_can_come_back_an_unpublished_one_is_deleted(surveys, read):
    survey = surveys.open(None, SHORT)
    asked = survey.questions[0].id

    def change(session, actor, shown):
        new = editing.add_question(session, actor, shown, QuestionKind.SHORT_TEXT, Wording(words("New?")))
        assert not editing.remove_question(session, actor, shown, new)
        assert editing.remove_question(session, actor, shown, shown.questions[0])

    surveys.change(survey.code, change)
    assert read(select(Question.id).where(Question.is_retired)) == [asked]
    assert len(read(select(Question.id))) == 2
    surveys.change(survey.code, lambda s, a, shown: editing.restore_question(s, a, shown, shown.questions[0]))
    assert [item.id for item in questionnaire.draft_of(surveys.get(survey.code)).items][-1] == asked


def test_questions_move_up_and_down_and_stop_at_the_ends(client, make, surveys):
    code = surveys.draft(None, SHORT)
    first, second = (question.id for question in surveys.get(code).questions)
    client.sign_in(make.user())
    page = client.get(f"/en/desk/surveys/{code}")
    page = client.send(page, action=f"/questions/{first}/down")
    assert [question.id for question in surveys.get(code).questions] == [second, first]
    surveys.change(code, lambda s, a, shown: editing.move_question(s, a, shown, shown.questions[0], -1))
    assert [question.id for question in surveys.get(code).questions] == [second, first]


def test_a_choice_keeps_its_answers_while_its_text_is_unchanged_in_one_language(surveys):
    survey = surveys.open(None, [(QuestionKind.SINGLE, Wording(words("Safe?"), choices=CHOICES))])
    before = [option.id for option in survey.questions[0].options]
    better = (Translated(nb="Nei (nb)", nn="No (nn)"), Translated(nb="Yes (nb)", nn="Ja!"), words("Perhaps"))
    wording = Wording(words("Safe?"), choices=better)
    surveys.change(
        survey.code, lambda s, a, shown: editing.change_question(s, a, shown, shown.questions[0], wording)
    )
    after = questionnaire.draft_of(surveys.get(survey.code)).items[0].choices
    assert [choice.id for choice in after][:2] == [before[1], before[0]]
    assert after[2].id not in before


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ({"nb": "A\nB", "nn": "A"}, "as many answers in each language"),
        ({"nb": "A"}, "from 2 to 30 answers"),
        ({"nb": "A\nA"}, "stands here twice"),
        ({"nb": "A\n" + "x" * 161}, "160 characters at most"),
        ({"nb": "\n".join(str(number) for number in range(31))}, "from 2 to 30 answers"),
    ],
)
def test_choices_that_do_not_fit_are_refused_and_kept_on_the_page(client, make, surveys, lines, sentence):
    code = surveys.draft(None, [])
    client.sign_in(make.user())
    page = client.get(f"/en/desk/surveys/{code}/questions/new?kind=single")
    values = {**text("text", "Which?"), **{f"options-{language}": given for language, given in lines.items()}}
    refused = client.send(page, values)
    assert refused.status == 422
    assert sentence in refused.text
    assert "Which?" in refused.response.text


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        ("scale", "1", "20"),
        ("scale", "5", "1"),
        ("number", "0", "0"),
        ("number", "0", "99999999999"),
        ("scale", "", "x"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused(client, make, surveys, kind, low, high):
    code = surveys.draft(None, [])
    client.sign_in(make.user())
    page = client.get(f"/en/desk/surveys/{code}/questions/new?kind={kind}")
    refused = client.send(page, {**text("text", "How?"), "lowest": low, "highest": high})
    assert refused.status == 422
    assert surveys.get(code).questions == []


def test_a_kind_that_does_not_exist_is_not_found(client, make, surveys):
    code = surveys.draft()
    client.sign_in(make.user())
    assert client.get(f"/en/desk/surveys/{code}/questions/new?kind=password").status == 404


def test_another_surveys_question_cannot_be_changed_through_this_one(client, make, surveys):
    code, other = surveys.draft(), surveys.get(surveys.draft())
    client.sign_in(make.user())
    assert client.get(f"/en/desk/surveys/{code}/questions/{other.questions[0].id}").status == 404


@pytest.mark.parametrize(
    "path",
    ["", "/about", "/questions/new?kind=scale", "/preview", "/results", "/channels/new"],
)
def test_the_staff_of_another_dialogue_find_nothing(client, make, surveys, path):
    survey = surveys.open()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id))
    assert client.get(f"/en/desk/surveys/{survey.code}{path}").status == 404


def test_the_staff_of_another_dialogue_change_nothing(client, make, surveys):
    survey = surveys.open()
    other = make.dialogue()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, other.id))
    token = client.get(f"/en/desk/dialogues/{other.code}/surveys/new").html.find(
        "input", {"name": "csrf_token"}
    )
    sent = {"csrf_token": token["value"]}
    channel = survey.collectors[0].code
    for path in (
        f"surveys/{survey.code}/close",
        f"surveys/{survey.code}/questions/{survey.questions[0].id}/remove",
        f"channels/{channel}/close",
    ):
        assert client.post(f"/en/desk/{path}", sent).status == 404
    assert client.get(f"/en/desk/channels/{channel}/sheet").status == 404
    assert surveys.get(survey.code).state is SurveyState.OPEN


def test_each_step_of_a_survey_is_in_the_history(surveys, read):
    survey = surveys.open()
    for step in (operations.close, operations.reopen):
        surveys.change(survey.code, step)
    assert read(select(StatusChange.to_state).where(StatusChange.subject_kind == "survey")) == [
        "open",
        "closed",
        "open",
    ]


def test_a_survey_whose_results_were_public_never_takes_answers_again(surveys):
    survey = surveys.open(results_public=True)
    surveys.change(survey.code, operations.close)
    with pytest.raises(Closed):
        surveys.change(survey.code, operations.reopen)
    # Not by hiding the results first, either.
    about = About(survey.title, survey.intro, results_public=False)
    surveys.change(survey.code, lambda s, a, shown: operations.describe(s, a, shown, about))
    with pytest.raises(Closed):
        surveys.change(survey.code, operations.reopen)


def test_a_last_day_that_showed_results_cannot_be_moved_on(surveys):
    survey = surveys.open(results_public=True, closes_on=clock.today())
    clock.move_to(timedelta(days=1))
    later = About(
        survey.title, survey.intro, results_public=True, closes_on=clock.today() + timedelta(days=5)
    )
    with pytest.raises(Closed):
        surveys.change(survey.code, lambda s, a, shown: operations.describe(s, a, shown, later))


def test_results_that_were_shown_are_remembered_when_they_are_hidden_again(surveys):
    survey = surveys.open(results_public=True, closes_on=clock.today())
    clock.move_to(timedelta(days=1))
    hidden = About(survey.title, survey.intro, closes_on=survey.closes_on)
    later = About(survey.title, survey.intro, closes_on=clock.today() + timedelta(days=5))
    surveys.change(survey.code, lambda s, a, shown: operations.describe(s, a, shown, hidden))
    with pytest.raises(Closed):
        surveys.change(survey.code, lambda s, a, shown: operations.describe(s, a, shown, later))


def test_the_limit_of_secrecy_is_fixed_once_answers_may_have_come(surveys):
    survey = surveys.open(is_sensitive=True)
    about = About(survey.title, survey.intro, is_sensitive=False)
    with pytest.raises(Invalid):
        surveys.change(survey.code, lambda s, a, shown: operations.describe(s, a, shown, about))


def test_a_channel_has_a_link_a_qr_code_and_a_sheet_of_its_own(client, make, surveys):
    survey = surveys.open()
    client.sign_in(make.user())
    page = client.send(client.get(f"/en/desk/surveys/{survey.code}/channels/new"), text("name", "Poster"))
    links = [strong.text for strong in page.html.find_all("strong", {"translate": "no"})]
    assert len(set(links)) == 2
    code = links[1].rsplit("/", 1)[-1]
    sheet = client.get(
        page.html.find("a", string=lambda words: words and "Sheet to print" in words)
        or f"/en/desk/channels/{code}/sheet"
    )
    assert f"/s/{code}" in sheet.text
    picture = client.get(str(sheet.html.find("img")["src"]))
    assert picture.response.mimetype == "image/svg+xml"
    assert picture.response.text.startswith("<?xml")
    assert "style=" not in picture.response.text
    page = client.send(client.get(f"/en/desk/surveys/{survey.code}"), action=f"/channels/{code}/close")
    assert "closed for answers" in client.get(f"/en/surveys/{code}").text
    renamed = client.send(client.get(f"/en/desk/channels/{code}"), text("name", "Poster by the kiosk"))
    assert "Poster by the kiosk" in renamed.text


def test_a_link_says_how_answers_come_through_it_and_can_say_it_anew(client, make, surveys, read):
    survey = surveys.open()
    client.sign_in(make.user())
    form = client.get(f"/en/desk/surveys/{survey.code}/channels/new")
    page = client.send(form, {**text("name", "Class 8"), "channel": "school"})
    assert [card.p.find_next("p").text.split(" · ")[0] for card in page.html.select("#links .ds-card")] == [
        "Web page",
        "School",
    ]
    code = surveys.get(survey.code).collectors[1].code
    client.send(client.get(f"/en/desk/channels/{code}"), {"channel": "paper"})
    assert read(select(Collector.channel).order_by(Collector.id)) == [Channel.WEB, Channel.PAPER]


@pytest.mark.parametrize("channel", ["", "fax"])
def test_a_way_that_is_none_is_refused_and_the_name_is_kept(client, make, surveys, channel):
    survey = surveys.open()
    client.sign_in(make.user())
    form = client.get(f"/en/desk/surveys/{survey.code}/channels/new")
    page = client.send(form, {**text("name", "Class 8"), "channel": channel})
    assert page.status == 422
    assert 'value="Class 8"' in page.response.text
    assert len(surveys.get(survey.code).collectors) == 1


def test_the_playbooks_survey_is_a_draft_that_can_be_published_as_it_is(make, surveys, database):
    dialogue = make.dialogue()
    with database.writing() as session:
        code = playbook.make(session, session.merge(dialogue), SURVEY).code
    survey = surveys.get(code)
    assert survey.state is SurveyState.DRAFT
    assert len(survey.questions) == len(SURVEY["questions"])
    assert not rules.missing(questionnaire.draft_of(survey))


def offers(house, session, dialogue):
    with house.test_request_context("/en/"):
        return [(offer.kind, offer.is_open) for make in room.offers for offer in make(session, dialogue)]


def test_a_dialogue_offers_the_survey_while_it_is_open_and_its_results_afterwards(
    house, make, surveys, database
):
    dialogue = make.dialogue()
    survey = surveys.open(dialogue, results_public=True)
    surveys.draft(dialogue)
    with database.reading() as session:
        assert offers(house, session, dialogue) == [("survey", True)]
    surveys.change(survey.code, operations.close)
    with database.reading() as session:
        assert offers(house, session, dialogue) == [("results", False)]


def test_the_desk_reminds_of_a_draft_while_the_dialogue_collects(house, make, surveys, database):
    surveys.draft(make.dialogue())
    surveys.draft(make.dialogue(state=DialogueState.DRAFT))
    surveys.open()
    with house.test_request_context("/en/"), database.reading() as session:
        (card,) = room.desk_cards[0](session, surveys.actor())
        assert card.count == 1
        assert room.desk_cards[0](session, make.actor(Role.ORGANISER, ScopeKind.DIALOGUE, 0)) == []
