"""A drip: one question, one code, an answer within fourteen days, set up in one form."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogue.base import clock
from dialogue.boards.models import Board, Column
from dialogue.dialogues.models import Dialogue, DialogueState, Phase, PhaseKind
from dialogue.meetings.models import Meeting
from dialogue.web.permissions import Role, ScopeKind

NEW = "/en/desk/dialogues/new/drip"
STATEMENT = "https://uustatus.no/nb/erklaringer/publisert/1"


@pytest.fixture
def said(district):
    """What an organiser writes."""
    return {
        "question-nb": "Hva skal vi gjøre med fartsdumpen?",
        "question-nn": "Kva skal vi gjere med fartsdumpa?",
        "municipality_id": district.municipality.id,
        "organiser_id": district.police.id,
        "contact_email": "post@eksempelvik.example",
        "accessibility_url": STATEMENT,
    }


def test_one_form_makes_everything_but_the_signature(client, read, district, said):
    client.sign_in(district.organiser)
    start = client.get(client.get("/en/desk/dialogues").link("Or begin with a drip"))
    page = client.send(start, said)
    assert "Ask a leader to sign the promise" in page.text
    (dialogue,) = read(select(Dialogue))
    today = clock.today()
    assert dialogue.state is DialogueState.DRAFT
    assert dialogue.answer_by == today + timedelta(14)
    assert dialogue.controller_id == district.service.id
    assert dialogue.privacy_notice.get("nn")
    assert dialogue.languages == ["nb", "nn"]
    (board,) = read(select(Board))
    assert board.title.get("nb") == "Hva skal vi gjøre med fartsdumpen?"
    assert read(select(func.count()).select_from(Column)) == [1]
    assert read(select(func.count()).select_from(Meeting)) == [0]
    phases = {phase.kind: (phase.starts_on, phase.ends_on) for phase in read(select(Phase))}
    assert phases[PhaseKind.COLLECT][0] == today
    assert phases[PhaseKind.DECIDE][1] == dialogue.answer_by


def test_a_leader_who_organises_publishes_with_the_same_form(client, read, district, said, make):
    client.sign_in(make.user(Role.ADMINISTRATOR, ScopeKind.DISTRICT, district.municipality.district_id))
    client.send(client.get(NEW), said | {"is_promised": "y"})
    (dialogue,) = read(select(Dialogue))
    assert dialogue.state is DialogueState.PUBLISHED
    assert dialogue.promised_at is not None
    public = client.get(f"/nb/dialogues/{dialogue.code}")
    assert "Hva skal vi gjøre med fartsdumpen?" in public.text


def test_an_organiser_cannot_promise_in_a_leaders_name(client, read, district, said):
    client.sign_in(district.organiser)
    client.send(client.get(NEW), said | {"is_promised": "y"})
    (dialogue,) = read(select(Dialogue))
    assert dialogue.promised_at is None


def test_a_second_click_makes_one(client, read, district, said):
    client.sign_in(district.organiser)
    page = client.get(NEW)
    client.send(page, said)
    client.send(page, said)
    assert read(select(func.count()).select_from(Dialogue)) == [1]


def test_what_is_wrong_is_said_and_nothing_is_lost_or_half_made(client, read, district, said):
    client.sign_in(district.organiser)
    page = client.send(client.get(NEW), said | {"accessibility_url": "a page"})
    assert page.status == 422
    assert "It begins with https://" in page.text
    assert "fartsdumpen" in page.response.text
    assert read(select(func.count()).select_from(Dialogue)) == [0]
    page = client.send(page, said | {"question-nn": ""})
    assert page.status == 422


def test_the_next_one_remembers_where_residents_can_turn(client, district, said):
    client.sign_in(district.organiser)
    client.send(client.get(NEW), said)
    assert STATEMENT in client.get(NEW).response.text


def test_the_sheet_carries_a_code_for_the_public_page(client, read, district, said):
    client.sign_in(district.organiser)
    desk = client.send(client.get(NEW), said)
    sheet = client.get(desk.link("Sheet with a code"))
    (dialogue,) = read(select(Dialogue))
    assert f"/nb/dialogues/{dialogue.code}" in sheet.text
    picture = client.get(f"/en/desk/dialogues/{dialogue.code}/qr.svg")
    assert picture.response.mimetype == "image/svg+xml"


def test_the_drip_is_also_a_playbook_with_dates_of_its_own(client, read, district, step_one):
    client.sign_in(district.organiser)
    second = client.send(client.get("/en/desk/dialogues/new"), step_one | {"playbook": "drip"})
    client.send(client.send(second), {"accessibility_url": STATEMENT})
    (dialogue,) = read(select(Dialogue))
    assert set(read(select(Phase.kind))) == {
        PhaseKind.COLLECT,
        PhaseKind.DECIDE,
        PhaseKind.ACT,
        PhaseKind.EVALUATE,
    }
    assert dialogue.answer_by == clock.today() + timedelta(14)
