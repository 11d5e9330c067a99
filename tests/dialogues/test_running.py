"""Publishing, promising, closing, the team and the checklist."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import Closed, Invalid, NotAllowed
from dialogue.base.i18n import Translated
from dialogue.boards.models import Idea
from dialogue.dialogues import operations, queries, rules
from dialogue.dialogues.models import (
    ChecklistItem,
    Dialogue,
    DialogueState,
    PhaseKind,
    StatusChange,
    TeamMember,
)
from dialogue.people.models import UserGrant
from dialogue.web.permissions import Permission, Role, ScopeKind


@pytest.fixture
def draft(make, district):
    """A draft that lacks nothing but a leader's signature."""

    def build(**values):
        return make.dialogue(
            **{
                "municipality_id": district.municipality.id,
                "organiser_id": district.service.id,
                "state": DialogueState.DRAFT,
                "published_at": None,
                "set_up_at": clock.now(),
                **values,
            }
        )

    return build


def desk(dialogue, page=""):
    return f"/en/desk/dialogues/{dialogue.code}{page}"


def sign(client, district, dialogue):
    client.sign_in(district.leader)
    return client.send(client.get(desk(dialogue, "/promise")))


def test_publishing_names_everything_that_is_missing(client, district, draft):
    dialogue = draft(
        title=Translated(nb="Bare bokmål"),
        purpose=Translated(),
        phases=[],
        answer_by=None,
        controller_id=None,
        privacy_notice=Translated(nb="Kort."),
        contact_email="",
        accessibility_url="",
        duty_officer_id=None,
    )
    client.sign_in(district.organiser)
    page = client.get(desk(dialogue, "/publish"))
    for missing in (
        "The title in nynorsk",
        "The purpose in bokmål",
        "The purpose in nynorsk",
        "At least one phase with dates",
        "The date by which residents get an answer",
        "Who is responsible for the personal data (the controller)",
        "The privacy notice in nynorsk",
        "An e-mail address that residents can write to",
        "The address of the accessibility statement",
        "The duty officer",
    ):
        assert client.get(page.link(missing)).status == 200
        assert missing in client.get(desk(dialogue)).text


def test_publishing_is_refused_while_something_is_missing(client, read, district, draft):
    dialogue = draft(accessibility_url="")
    client.sign_in(district.organiser)
    token = client.get(desk(dialogue, "/team")).form("team").find("input", {"name": "csrf_token"})["value"]
    answer = client.post(desk(dialogue, "/publish"), {"csrf_token": token})
    assert answer.status == 422
    assert "The address of the accessibility statement" in answer.text
    assert "A leader's signature" in answer.text
    assert read(select(Dialogue.state)) == [DialogueState.DRAFT]


def test_english_may_be_missing_but_neither_form_of_norwegian(draft):
    without_english = draft(
        title=Translated(nb="Ja", nn="Ja"), promised_by_id=None, answer_by=None, controller_id=None
    )
    steps = {one.step for one in rules.missing_for_publishing(without_english)}
    assert rules.Step.BASICS not in steps
    without_nynorsk = draft(title=Translated(nb="Ja", en="Yes"))
    assert rules.Step.BASICS in {one.step for one in rules.missing_for_publishing(without_nynorsk)}


def test_a_signed_draft_is_published_and_everybody_sees_it(client, read, district, draft):
    dialogue = draft()
    assert client.get(f"/en/dialogues/{dialogue.code}").status == 404
    signed = sign(client, district, dialogue)
    assert "Your promise is signed." in signed.text
    client.sign_in(district.organiser)
    published = client.send(client.get(desk(dialogue, "/publish")))
    assert "The dialogue is published" in published.text
    page = client.get(f"/en/dialogues/{dialogue.code}")
    assert page.status == 200
    assert "Promised by Kari Leader" in page.text
    changes = read(
        select(StatusChange).where(StatusChange.subject_kind == "dialogue").order_by(StatusChange.id)
    )
    assert [(change.from_state, change.to_state, change.is_public) for change in changes] == [
        ("", "promised", True),
        ("draft", "published", True),
    ]
    assert read(select(AuditEntry.verb).where(AuditEntry.subject_kind == "dialogue")) == [
        "promised",
        "published",
    ]


def test_only_a_leader_signs(client, make, session, district, draft):
    dialogue = draft()
    client.sign_in(district.organiser)
    assert client.get(desk(dialogue, "/promise")).status == 403
    assert (
        client.post(desk(dialogue, "/promise"), {"answer_by": dialogue.answer_by.isoformat()}).status == 403
    )
    organiser = make.actor(Role.ORGANISER)
    mine = queries.for_desk(session, organiser, dialogue.code)
    with pytest.raises(NotAllowed):
        operations.sign_promise(session, organiser, mine, mine.answer_by)


def test_a_leader_of_another_district_does_not_find_the_dialogue(client, make_district, draft):
    dialogue = draft()
    client.sign_in(make_district("Annenby").leader)
    assert client.get(desk(dialogue, "/promise")).status == 404


def test_a_promise_cannot_be_for_a_day_that_has_passed(client, district, draft):
    dialogue = draft()
    client.sign_in(district.leader)
    page = client.get(desk(dialogue, "/promise"))
    answer = client.send(page, {"answer_by": (clock.today() - timedelta(1)).isoformat()})
    assert any("This date has passed" in error for error in answer.errors)


def test_another_date_needs_another_signature(client, read, district, draft):
    dialogue = draft()
    sign(client, district, dialogue)
    client.sign_in(district.organiser)
    later = dialogue.answer_by + timedelta(7)
    client.send(client.get(desk(dialogue, "/purpose-and-dates")), {"answer_by": later.isoformat()})
    assert read(select(Dialogue.promised_by_id)) == [None]
    assert "A leader's signature" in client.get(desk(dialogue, "/publish")).text


def test_the_date_promised_to_residents_is_only_a_leaders_to_move(client, make, read, session, district):
    dialogue = make.dialogue(
        municipality_id=district.municipality.id, promised_by_id=district.leader.id, promised_at=clock.now()
    )
    client.sign_in(district.organiser)
    page = client.get(desk(dialogue, "/purpose-and-dates"))
    assert page.html.find("input", {"name": "answer_by"}) is None
    client.send(page, {"answer_by": "2030-01-01"})
    assert read(select(Dialogue.answer_by)) == [dialogue.answer_by]
    later = dialogue.answer_by + timedelta(7)
    client.sign_in(district.leader)
    client.send(client.get(desk(dialogue, "/promise")), {"answer_by": later.isoformat()})
    assert read(select(Dialogue.answer_by)) == [later]


def test_a_public_dialogue_cannot_lose_what_it_was_published_with(client, make, read, district):
    dialogue = make.dialogue(
        municipality_id=district.municipality.id,
        organiser_id=district.service.id,
        promised_by_id=district.leader.id,
    )
    client.sign_in(district.organiser)
    answer = client.send(client.get(desk(dialogue, "/basics")), {"title-nn": ""})
    assert answer.status == 422
    answer = client.send(client.get(desk(dialogue, "/privacy-and-contact")), {"accessibility_url": ""})
    assert any("The address of the accessibility statement" in error for error in answer.errors)
    assert read(select(Dialogue.accessibility_url)) == [dialogue.accessibility_url]


def test_an_organiser_sees_the_dialogues_of_their_own_district_only(client, make_district, district, draft):
    dialogue = draft(title=Translated(nb="Vinter"))
    client.sign_in(make_district("Annenby").organiser)
    assert "Vinter" not in client.get("/en/desk/dialogues").text
    for page in (
        "",
        "/basics",
        "/purpose-and-dates",
        "/privacy-and-contact",
        "/publish",
        "/close",
        "/team",
        "/plan",
        "/history",
    ):
        assert client.get(desk(dialogue, page)).status == 404
    client.sign_in(district.organiser)
    assert "Vinter" in client.get("/en/desk/dialogues").text


def test_a_partner_has_no_list_of_dialogues(client, make, district):
    client.sign_in(make.user(Role.PARTNER, ScopeKind.ORGANISATION, district.service.id))
    assert client.get("/en/desk/dialogues").status == 403


def test_a_closed_dialogue_takes_no_input(client, make, read, district):
    dialogue = make.dialogue(municipality_id=district.municipality.id)
    board = make.board(dialogue)
    write = client.get(f"/en/boards/{board.code}/write")
    client.sign_in(district.organiser)
    question = client.get(desk(dialogue, "/close"))
    assert "follow codes keep working" in question.text
    assert "Residents have had no answer yet" in question.text
    client.send(question)
    answer = client.send(write, {"column": board.columns[0].id, "title": "Lights", "text": "By the path."})
    assert answer.status == 422
    assert read(select(Idea)) == []
    page = client.get(f"/en/dialogues/{dialogue.code}")
    assert "This dialogue is finished" in page.text
    client.send(client.get(desk(dialogue)), action="reopen")
    assert read(select(Dialogue.state)) == [DialogueState.PUBLISHED]
    assert "This dialogue is finished" not in client.get(f"/en/dialogues/{dialogue.code}").text


def test_a_closed_dialogue_is_not_edited(client, make, district):
    dialogue = make.dialogue(municipality_id=district.municipality.id, state=DialogueState.CLOSED)
    client.sign_in(district.organiser)
    answer = client.send(client.get(desk(dialogue, "/basics")))
    assert any("Open it again" in error for error in answer.errors)


@pytest.mark.parametrize(
    ("state", "change"),
    [
        (DialogueState.PUBLISHED, operations.publish),
        (DialogueState.CLOSED, operations.publish),
        (DialogueState.DRAFT, operations.close),
        (DialogueState.CLOSED, operations.close),
        (DialogueState.PUBLISHED, operations.reopen),
    ],
)
def test_a_change_of_state_that_has_been_made_is_refused(make, session, state, change):
    actor = make.actor(Role.ADMINISTRATOR)
    dialogue = queries.for_desk(session, actor, make.dialogue(state=state).code)
    with pytest.raises(Closed):
        change(session, actor, dialogue)


def test_ticks_are_kept_with_the_day_they_were_made(client, make, read, district):
    earlier = clock.today() - timedelta(3)
    dialogue = make.dialogue(
        municipality_id=district.municipality.id,
        checklist=[
            ChecklistItem(position=1, text=Translated(nb="En"), phase=PhaseKind.PLAN, done_on=earlier),
            ChecklistItem(position=2, text=Translated(nb="To"), phase=PhaseKind.PLAN),
        ],
    )
    first, second = dialogue.checklist
    client.sign_in(district.organiser)
    client.send(client.get(desk(dialogue)), {"done": [first.id, second.id, 999999]}, action="checklist")
    days = select(ChecklistItem.done_on).order_by(ChecklistItem.position)
    assert read(days) == [earlier, clock.today()]
    client.send(client.get(desk(dialogue)), {"done": None}, action="checklist")
    assert read(days) == [None, None]


def test_a_team_member_with_an_account_may_work_on_this_dialogue_and_no_other(
    client, make, read, district, draft
):
    dialogue, other = draft(), draft()
    colleague = make.user(Role.PARTNER, ScopeKind.ORGANISATION, district.service.id)
    client.sign_in(district.organiser)
    page = client.send(
        client.get(desk(dialogue, "/team")),
        {
            "part-nb": "Politikontakt",
            "part-nn": "Politikontakt",
            "organisation_id": district.police.id,
            "email": colleague.email,
            "role": "organiser",
        },
        action="team",
    )
    assert "Politikontakt" in page.text
    client.sign_in(colleague)
    assert client.get(desk(dialogue, "/basics")).status == 200
    assert client.get(desk(other, "/basics")).status == 404
    client.sign_in(district.organiser)
    client.send(client.get(desk(dialogue, "/team")), action="remove")
    assert read(select(TeamMember)) == []
    client.sign_in(colleague)
    assert client.get(desk(dialogue)).status in {403, 404}


def test_an_organiser_cannot_make_anybody_a_leader(client, make, session, read, district, draft):
    dialogue = draft()
    client.sign_in(district.organiser)
    page = client.get(desk(dialogue, "/team"))
    assert page.html.find("option", {"value": "leader"}) is None
    values = {
        "part-nb": "Sjef",
        "part-nn": "Sjef",
        "organisation_id": district.police.id,
        "email": district.organiser.email,
        "role": "leader",
    }
    assert client.send(page, values, action="team").status == 422
    actor = make.actor(Role.ORGANISER)
    mine = queries.for_desk(session, actor, dialogue.code)
    with pytest.raises(NotAllowed):
        operations.add_member(
            session,
            actor,
            mine,
            Translated(nb="Sjef"),
            district.police.id,
            email="x@example.org",
            role=Role.LEADER,
        )
    assert Role.LEADER not in read(select(UserGrant.role).where(UserGrant.scope_kind == ScopeKind.DIALOGUE))


def test_an_unknown_address_and_a_foreign_organisation_are_refused_in_the_team(
    client, make, make_district, district, draft
):
    dialogue = draft()
    client.sign_in(district.organiser)
    page = client.get(desk(dialogue, "/team"))
    values = {
        "part-nb": "Rolle",
        "part-nn": "Rolle",
        "organisation_id": district.police.id,
        "email": "nobody@example.org",
    }
    answer = client.send(page, values, action="team")
    assert any("Nobody has an account" in error for error in answer.errors)
    assert "Rolle" in answer.response.text
    foreign = make_district("Annenby").police
    assert (
        client.send(page, {**values, "email": "", "organisation_id": foreign.id}, action="team").status == 422
    )


def test_the_team_is_public_by_part_and_organisation_and_never_by_name(client, make, district):
    dialogue = make.dialogue(
        municipality_id=district.municipality.id,
        team=[
            TeamMember(
                part=Translated(nb="Politikontakt"),
                organisation_id=district.police.id,
                user_id=district.organiser.id,
            )
        ],
    )
    page = client.get(f"/nb/dialogues/{dialogue.code}")
    assert "Politikontakt Eksempelvik politi" in page.text
    assert district.organiser.name not in page.response.text
    assert district.organiser.email not in page.response.text


def test_the_one_page_plan_has_what_a_wall_needs(client, make, district):
    dialogue = make.dialogue(
        municipality_id=district.municipality.id,
        team=[TeamMember(part=Translated(en="Police contact"), organisation_id=district.police.id)],
        checklist=[ChecklistItem(position=1, text=Translated(en="Ask first"), phase=PhaseKind.PLAN)],
    )
    make.board(dialogue)
    client.sign_in(district.leader)
    page = client.get(desk(dialogue, "/plan"))
    for words in (
        "What makes the evening safe?",
        "To find out together.",
        "Collect",
        "Police contact",
        "Ask first",
        "Board (en)",
    ):
        assert words in page.text


def test_a_promised_day_that_passes_without_an_answer_is_late(client, make, district):
    dialogue = make.dialogue(municipality_id=district.municipality.id, answer_by=clock.today() - timedelta(1))
    client.sign_in(district.leader)
    assert "The answer is late" in client.get(desk(dialogue)).text
    assert "Late" in client.get("/en/desk/dialogues").text
    assert "Answers that are late" in client.get("/en/desk").text
    with make.session() as session:
        session.add(
            StatusChange(
                dialogue_id=dialogue.id,
                subject_kind="decision",
                subject_id=1,
                to_state="take_up",
                at=clock.now(),
            )
        )
        session.commit()
    assert "The answer is late" not in client.get(desk(dialogue)).text
    assert "Answers that are late" not in client.get("/en/desk").text


def test_what_an_organiser_may_do_is_asked_of_the_operation_too(make, session, district, draft):
    stranger = make.actor(Role.ORGANISER, ScopeKind.ORGANISATION, 999999)
    administrator = make.actor(Role.ADMINISTRATOR)
    dialogue = queries.for_desk(session, administrator, draft().code, Permission.MANAGE_DIALOGUE)
    for change in (operations.publish, operations.close, operations.reopen):
        with pytest.raises(NotAllowed):
            change(session, stranger, dialogue)
    with pytest.raises(NotAllowed):
        operations.tick_checklist(session, stranger, dialogue, set())
    with pytest.raises(NotAllowed):
        operations.add_member(session, stranger, dialogue, Translated(nb="Rolle"), district.police.id)
    with pytest.raises(NotAllowed):
        operations.finish(session, stranger, dialogue, {})
    with pytest.raises(Invalid):
        operations.publish(session, administrator, dialogue)


def test_the_list_of_dialogues_comes_in_pages(client, make):
    municipality, organiser = make.municipality(), make.organisation()
    here = {"municipality_id": municipality.id, "organiser_id": organiser.id}
    for number in range(queries.PAGE_SIZE + 1):
        make.dialogue(title=Translated(en=f"Number {number}."), **here)
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, municipality.id))
    first = client.get("/en/desk/dialogues")
    assert f"Number {queries.PAGE_SIZE}." in first.text
    assert "Number 0." not in first.text
    assert "Number 0." in client.get("/en/desk/dialogues?page=2").text
