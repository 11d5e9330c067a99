"""Setting a dialogue up in three steps."""

import itertools
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.boards.models import Board
from dialogue.dialogues.models import ChecklistItem, Dialogue, DialogueState, Phase, PhaseKind, StatusChange
from dialogue.meetings.models import Meeting
from dialogue.surveys.models import Survey
from dialogue.web.permissions import Role, ScopeKind

NEW = "/en/desk/dialogues/new"


def the_dialogue(read) -> Dialogue:
    return read(select(Dialogue))[0]


def test_three_steps_make_a_draft_with_everything_the_playbook_has(client, read, district, step_one):
    client.sign_in(district.organiser)
    second = client.send(client.get(NEW), step_one)
    assert "Step 2 of 3" in second.text
    third = client.send(second)
    assert "Step 3 of 3" in third.text
    desk = client.send(third, {"accessibility_url": "https://uustatus.no/nb/erklaringer/publisert/1"})
    assert desk.heading == "title en"
    assert "Ask a leader to sign the promise" in desk.text
    dialogue = the_dialogue(read)
    assert (dialogue.state, dialogue.controller_id) == (DialogueState.DRAFT, district.service.id)
    assert dialogue.contact_email == "post@eksempelvik.example"
    for table in (Board, Meeting, Survey):
        assert read(select(func.count()).select_from(table)) == [1]
    assert read(select(func.count()).select_from(ChecklistItem))[0] > 10
    assert "Get the leaders on board first" in desk.text


def test_the_draft_is_there_after_the_first_step(client, read, district, step_one):
    client.sign_in(district.organiser)
    client.send(client.get(NEW), step_one)
    page = client.get("/en/desk/dialogues")
    assert "title en" in page.text
    desk = client.get(page.link("title en"))
    assert "Go on setting it up" in desk.text
    assert "Step 2 of 3" in client.get(desk.link("Go on")).text
    assert read(select(func.count()).select_from(Board)) == [0]


def test_going_back_changes_the_draft_and_makes_no_second_one(client, read, district, step_one):
    client.sign_in(district.organiser)
    second = client.send(client.get(NEW), step_one)
    first = client.get(second.link("Question and place"))
    assert "title nn" in first.response.text
    again = client.send(first, {"title-nb": "En annen tittel", "playbook": "empty"})
    assert "Step 2 of 3" in again.text
    assert [dialogue.title.get("nb") for dialogue in read(select(Dialogue))] == ["En annen tittel"]
    client.send(client.send(again))
    assert read(select(func.count()).select_from(Board)) == [0]


def test_the_last_step_sent_twice_makes_the_parts_once(client, read, district, step_one):
    client.sign_in(district.organiser)
    third = client.send(client.send(client.get(NEW), step_one))
    client.send(third)
    client.send(third)
    assert read(select(func.count()).select_from(Board)) == [1]


def test_a_second_click_on_the_first_step_makes_one_draft(client, read, district, step_one):
    client.sign_in(district.organiser)
    page = client.get(NEW)
    client.send(page, step_one)
    client.send(page, step_one)
    assert read(select(func.count()).select_from(Dialogue)) == [1]


def test_the_privacy_notice_is_offered_in_all_languages_with_the_facts_filled_in(
    client, read, district, step_one
):
    client.sign_in(district.organiser)
    third = client.send(client.send(client.get(NEW), step_one))
    for code, words in (
        ("nb", "behandlingsansvarlig"),
        ("nn", "behandlingsansvarleg"),
        ("en", "is the controller"),
    ):
        offered = third.html.select_one(f"textarea[name=privacy_notice-{code}]").text
        assert words in offered
        assert f"title {code}" in offered
    client.send(third, {"controller_id": district.police.id, "contact_email": "talk@example.org"})
    notice = the_dialogue(read).privacy_notice
    for code in ("nb", "nn", "en"):
        assert "Eksempelvik politi" in notice.get(code)
        assert "talk@example.org" in notice.get(code)


def test_a_notice_that_somebody_wrote_is_kept(client, read, district, step_one):
    client.sign_in(district.organiser)
    third = client.send(client.send(client.get(NEW), step_one))
    client.send(third, {"privacy_notice-nb": "Vår egen.", "controller_id": district.police.id})
    assert the_dialogue(read).privacy_notice.get("nb") == "Vår egen."


def test_the_dates_proposed_follow_each_other_from_today(client, read, district, step_one):
    client.sign_in(district.organiser)
    client.send(client.send(client.get(NEW), step_one))
    phases = read(select(Phase).order_by(Phase.starts_on))
    assert phases[0].starts_on == clock.today()
    assert [phase.kind for phase in phases] == [kind for kind in PhaseKind if kind is not PhaseKind.CLOSED]
    assert all(later.starts_on > earlier.ends_on for earlier, later in itertools.pairwise(phases))
    assert the_dialogue(read).answer_by == phases[3].ends_on


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"collect_ends": "2020-01-01"}, "The last day comes before the first."),
        ({"collect_ends": ""}, "Fill in both dates, or neither."),
        ({"decide_starts": "2020-01-01"}, "This phase begins before the one above it."),
        ({"answer_by": "2020-01-01"}, "The answer cannot come before residents have been asked."),
        ({"answer_by": "tomorrow"}, "Not a valid date value."),
        ({"purpose-nb": ""}, "Fill in this field."),
        ({"purpose-nn": "x" * 1001}, "Write at most 1000 characters."),
    ],
)
def test_dates_and_texts_that_do_not_fit_are_refused_and_kept(
    client, read, district, step_one, changed, complaint
):
    client.sign_in(district.organiser)
    second = client.send(client.get(NEW), step_one)
    answer = client.send(second, {"purpose-nb": "Vi vil vite.", **changed})
    assert answer.status == 422
    assert any(complaint in error for error in answer.errors)
    assert read(select(Phase)) == []
    for value in changed.values():
        assert value in answer.response.text


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"title-nb": ""}, "Fill in this field."),
        ({"question-nb": "x" * 201}, "Write at most 200 characters."),
        ({"municipality_id": "99999"}, "Not a valid choice."),
        ({"organiser_id": "0"}, "Choose one."),
        ({"municipality_id": "x"}, "Invalid Choice: could not coerce."),
        ({"organiser_id": "999999"}, "Not a valid choice."),
        ({"playbook": "../../etc/passwd"}, "Not a valid choice."),
    ],
)
def test_the_first_step_refuses_what_is_missing_oversized_or_made_up(
    client, read, district, step_one, changed, complaint
):
    client.sign_in(district.organiser)
    answer = client.send(client.get(NEW), {**step_one, **changed})
    assert answer.status == 422
    assert any(complaint in error for error in answer.errors)
    assert "title nn" in answer.response.text
    assert read(select(Dialogue)) == []


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"contact_email": "nobody"}, "Write an e-mail address like name@example.no."),
        ({"contact_email": ""}, "Fill in this field."),
        ({"accessibility_url": "javascript:alert(1)"}, "It begins with https://"),
        ({"accessibility_url": "https://" + "x" * 300}, "Write at most 300 characters."),
        ({"controller_id": "999999"}, "Not a valid choice."),
        ({"privacy_notice-nb": "x" * 8001}, "Write at most 8000 characters."),
    ],
)
def test_the_third_step_refuses_addresses_that_are_none(client, read, district, step_one, changed, complaint):
    client.sign_in(district.organiser)
    third = client.send(client.send(client.get(NEW), step_one))
    answer = client.send(third, changed)
    assert answer.status == 422
    assert any(complaint in error for error in answer.errors)
    assert the_dialogue(read).controller_id is None


def test_markup_in_a_title_is_shown_as_it_was_written(client, read, district, step_one):
    client.sign_in(district.organiser)
    client.send(client.get(NEW), {**step_one, "title-en": "<script>alert(1)</script>"})
    page = client.get(f"/en/desk/dialogues/{the_dialogue(read).code}")
    assert page.heading == "<script>alert(1)</script>"


def test_only_places_of_ones_own_can_be_chosen(client, read, make_district, district, step_one):
    elsewhere = make_district("Annenby")
    client.sign_in(district.organiser)
    page = client.get(NEW)
    assert "Annenby" not in page.text
    answer = client.send(
        page, {**step_one, "municipality_id": elsewhere.municipality.id, "organiser_id": elsewhere.police.id}
    )
    assert answer.status == 422
    assert read(select(Dialogue)) == []


def test_a_body_asks_only_where_it_is_at_work(client, make, make_district, read, step_one):
    here, elsewhere = make_district("Herby"), make_district("Derby")
    client.sign_in(make.user(Role.ORGANISER))
    answer = client.send(
        client.get(NEW),
        {**step_one, "municipality_id": here.municipality.id, "organiser_id": elsewhere.police.id},
    )
    assert any("not at work in that municipality" in error for error in answer.errors)


def test_somebody_who_organises_for_one_organisation_makes_its_dialogues(
    client, make, read, district, step_one
):
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.ORGANISATION, district.service.id))
    page = client.get(NEW)
    assert "Eksempelvik politi" not in page.text
    client.send(page, {**step_one, "organiser_id": district.service.id})
    assert the_dialogue(read).organiser_id == district.service.id


def test_without_an_organisation_the_page_says_where_to_add_one(client, make):
    municipality = make.municipality()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, municipality.id))
    page = client.get(NEW)
    assert page.link("Organisations")
    assert "Add it first" in page.text


def test_every_step_is_noted_in_history_and_audit(client, read, district, step_one):
    client.sign_in(district.organiser)
    client.send(client.send(client.send(client.get(NEW), step_one)))
    told = read(select(StatusChange.to_state).where(StatusChange.subject_kind == "dialogue"))
    assert told == ["draft", "plan", "duty", "framework"]
    assert read(select(AuditEntry.verb).where(AuditEntry.subject_kind == "dialogue")) == told
    assert (
        read(select(StatusChange.id).where(StatusChange.subject_kind == "dialogue", StatusChange.is_public))
        == []
    )
    page = client.get(f"/en/desk/dialogues/{the_dialogue(read).code}/history")
    assert "Privacy and contact changed" in page.text
    assert district.organiser.name in page.text


def test_a_phase_can_be_left_out_and_taken_in_again(client, read, district, step_one):
    client.sign_in(district.organiser)
    second = client.send(client.get(NEW), step_one)
    third = client.send(second, {"evaluate_starts": "", "evaluate_ends": ""})
    assert PhaseKind.EVALUATE not in read(select(Phase.kind))
    last = max(read(select(Phase.ends_on)))
    starts, ends = last + timedelta(1), last + timedelta(9)
    client.send(
        client.get(third.link("Purpose and dates")),
        {"evaluate_starts": starts.isoformat(), "evaluate_ends": ends.isoformat()},
    )
    assert read(select(Phase.starts_on).where(Phase.kind == PhaseKind.EVALUATE)) == [starts]
    assert isinstance(starts, date)
