"""Signing up for a meeting, as a resident does it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from dialogue.base.outbox import OutboxMail
from dialogue.dialogues.models import Contribution, ContributionKind, DialogueState
from dialogue.meetings.models import Meeting, MeetingState, Registration, RegistrationStatus
from dialogue.meetings.room import offers
from dialogue.residents.models import Contact
from tests.meetings.support import fill, local_now, sign_up, standing


def test_a_resident_signs_up_without_an_address_and_gets_a_follow_code(client, make, database, read):
    meeting = make.meeting()
    answer = fill(client, meeting)
    assert answer.status == 302
    assert "/en/follow/" in answer.response.location
    assert standing(database, meeting) == (1, [("Kari", "registered")])
    assert read(select(Contribution.kind)) == [ContributionKind.REGISTRATION]
    assert read(select(OutboxMail.to)) == []


def test_who_leaves_an_address_gets_a_mail_with_calendar_and_follow_link(client, make, read):
    meeting = make.meeting()
    answer = fill(client, meeting, email="kari@example.org")
    [mail] = read(select(OutboxMail))
    assert mail.to == "kari@example.org"
    assert f"/en/meetings/{meeting.code}.ics" in mail.text
    assert answer.response.location.removesuffix("?new=1") in mail.text
    assert read(select(Contact.email)) == ["kari@example.org"]


def test_no_mail_repeats_what_a_resident_wrote(client, make, read):
    fill(client, make.meeting(), name="[Win](http://evil.example)", email="victim@example.org")
    [mail] = read(select(OutboxMail))
    assert "evil" not in mail.text + mail.html + mail.subject


def test_the_same_form_sent_twice_is_one_seat_and_one_code(client, make, database):
    meeting = make.meeting()
    page = client.get(f"/en/meetings/{meeting.code}/sign-up")
    first = client.send(page, {"name": "Kari"}, follow=False)
    second = client.send(page, {"name": "Kari"}, follow=False)
    assert first.response.location == second.response.location
    assert standing(database, meeting)[0] == 1


def test_the_same_form_gives_the_same_answer_after_the_deadline_too(client, make, session, database):
    meeting = make.meeting()
    page = client.get(f"/en/meetings/{meeting.code}/sign-up")
    first = client.send(page, {"name": "Kari"}, follow=False)
    session.execute(update(Meeting).values(deadline_local=local_now() - timedelta(minutes=1)))
    session.commit()
    second = client.send(page, {"name": "Kari"}, follow=False)
    assert first.response.location == second.response.location


def test_a_full_meeting_says_before_sending_that_one_gets_on_the_waiting_list(client, make, database):
    meeting = make.meeting(capacity=1)
    sign_up(database, meeting)
    public = client.get(f"/en/meetings/{meeting.code}")
    assert "All seats are taken" in public.text
    page = client.get(public.link("Get on the waiting list"))
    assert page.heading == "Get on the waiting list"
    assert "You are put on the waiting list." in page.text
    client.send(page, {"name": "Ola"})
    assert standing(database, meeting) == (1, [("Kari", "registered"), ("Ola", "waiting")])


def test_the_waiting_get_a_mail_that_says_so(client, make, database, read):
    meeting = make.meeting(capacity=1)
    sign_up(database, meeting)
    fill(client, meeting, email="ola@example.org")
    [subject] = read(select(OutboxMail.subject))
    assert subject.startswith("You are on the waiting list")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"deadline_local": local_now() - timedelta(minutes=1)}, "deadline"),
        ({"state": MeetingState.CANCELLED}, "cancelled"),
        ({"starts_local": local_now() - timedelta(hours=1)}, "has begun or is over"),
    ],
)
def test_when_the_meeting_closes_between_showing_and_sending_the_typed_text_is_kept(
    client, make, session, database, change, says
):
    meeting = make.meeting()
    page = client.get(f"/en/meetings/{meeting.code}/sign-up")
    session.execute(update(Meeting).values(**change))
    session.commit()
    answer = client.send(page, {"name": "Kari", "needs": "Step-free access"})
    assert answer.status == 422
    assert any(says in error for error in answer.errors)
    assert filled(answer) == ("Kari", "Step-free access")
    assert standing(database, meeting) == (0, [])


def filled(page) -> tuple[str, str]:
    form = page.form("sign-up")
    return tuple(form.find(attrs={"name": name})["value"] for name in ("name", "needs"))


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"name": None},
        {"name": "x" * 81},
        {"name": "   \x00\x07 "},
        {"needs": "x" * 301},
        {"email": "not an address"},
        {"email": "a@example.org\nBcc: b@example.org"},
        {"email": "x" * 300 + "@example.org"},
    ],
)
def test_wrong_missing_and_oversized_fields_are_told_and_store_nothing(client, make, read, values):
    answer = fill(client, make.meeting(), **values)
    assert answer.status == 422
    assert answer.errors
    assert read(select(func.count()).select_from(Registration)) == [0]


def test_markup_in_a_name_is_shown_as_text(client, make, database):
    meeting = make.meeting()
    sign_up(database, meeting, name="<script>alert(1)</script>{{ 7*7 }}")
    client.sign_in(make.user())
    page = client.get(f"/en/desk/meetings/{meeting.code}/registrations")
    assert "<script>alert" not in page.response.text
    assert "<script>alert(1)</script>{{ 7*7 }}" in page.html.main.text


def test_what_should_not_be_written_is_asked_about_once(client, make, read):
    meeting = make.meeting()
    page = client.get(f"/en/meetings/{meeting.code}/sign-up")
    asked = client.send(page, {"name": "Kari", "needs": "Call me on 41 23 45 67"})
    assert asked.status == 422
    assert "Look at this once more" in asked.text
    assert client.send(asked, {"send_anyway": "y"}, follow=False).status == 302


def test_ones_own_name_is_wanted_and_that_of_somebody_else_asked_about(client, make):
    meeting = make.meeting()
    page = client.get(f"/en/meetings/{meeting.code}/sign-up")
    asked = client.send(page, {"name": "Kari Solheim", "needs": "A seat beside Marte Lindberg"})
    assert asked.status == 422
    assert "Name of a person: Marte Lindberg" in asked.text
    assert "Name of a person: Kari Solheim" not in asked.text
    assert client.send(asked, {"needs": "A seat in front"}, follow=False).status == 302


def test_a_meeting_of_a_draft_is_not_public(client, make):
    meeting = make.meeting(make.dialogue(state=DialogueState.DRAFT))
    for ending in ("", ".ics", "/sign-up"):
        assert client.get(f"/en/meetings/{meeting.code}{ending}").status == 404
    assert client.post(f"/en/meetings/{meeting.code}/sign-up", {"name": "Kari"}).status == 404


def test_the_follow_page_shows_the_link_only_to_who_has_a_seat(client, make, database):
    meeting = make.meeting(capacity=1, link="https://video.example/room")
    seated, waiting = sign_up(database, meeting), sign_up(database, meeting, "Ola")
    assert "https://video.example/room" not in client.get(f"/en/meetings/{meeting.code}").response.text
    assert "https://video.example/room" in client.get(f"/en/follow/{seated}").response.text
    page = client.get(f"/en/follow/{waiting}")
    assert "https://video.example/room" not in page.response.text
    assert "You are number 1 on the waiting list." in page.text


def test_who_withdraws_gives_the_seat_to_the_first_in_line_who_is_told_at_once(client, make, database, read):
    meeting = make.meeting(capacity=1)
    seated = sign_up(database, meeting, "Kari", "kari@example.org")
    ola = sign_up(database, meeting, "Ola", "ola@example.org", language="nn")
    sign_up(database, meeting, "Nils", "nils@example.org")
    page = client.get(client.get(f"/en/follow/{seated}").link("Cancel my sign-up"))
    client.send(page)
    assert standing(database, meeting) == (1, [("", "cancelled"), ("Ola", "registered"), ("Nils", "waiting")])
    told = read(select(OutboxMail.to).where(OutboxMail.once.like("meeting-moved_up-%")))
    assert told == ["ola@example.org"]
    assert read(select(OutboxMail.language).where(OutboxMail.once.like("meeting-moved_up-%"))) == ["nn"]
    assert "A seat was given back, and it is yours." in client.get(f"/en/follow/{ola}").text
    assert sorted(read(select(Contact.email))) == ["nils@example.org", "ola@example.org"]


def test_withdrawing_removes_name_and_needs_and_keeps_the_anchor(client, make, database, read):
    meeting = make.meeting()
    code = fill(client, meeting, needs="An interpreter").response.location.split("/")[-1].split("?")[0]
    client.send(client.get(client.get(f"/en/follow/{code}").link("Cancel my sign-up")))
    [registration] = read(select(Registration))
    assert (registration.name, registration.needs, registration.status) == (
        "",
        "",
        RegistrationStatus.CANCELLED,
    )
    assert read(select(func.count()).select_from(Contribution)) == [1]
    assert "You have cancelled." in client.get(f"/en/follow/{code}").text


def test_after_the_meeting_a_name_can_be_removed_and_the_seat_stays_counted(client, make, session, database):
    meeting = make.meeting()
    code = sign_up(database, meeting)
    session.execute(update(Meeting).values(starts_local=local_now() - timedelta(days=2)))
    session.commit()
    client.send(client.get(client.get(f"/en/follow/{code}").link("Remove my name")))
    assert standing(database, meeting) == (1, [("", "registered")])


def test_the_public_page_sets_no_cookie_and_tells_of_seats_at_once(client, make, database):
    meeting = make.meeting(capacity=3)
    page = client.get(f"/en/meetings/{meeting.code}")
    assert "Set-Cookie" not in page.response.headers
    assert "3 of 3 left" in page.text
    sign_up(database, meeting)
    assert "2 of 3 left" in client.get(f"/en/meetings/{meeting.code}").text


def test_the_dialogue_page_offers_the_meeting_and_says_when_it_is_full(make, house, database):
    meeting = make.meeting(capacity=1)
    version = "SELECT version FROM dialogue"
    with house.test_request_context("/en/"), database.reading() as session:
        [offer] = offers(session, meeting.dialogue)
        before = session.connection().exec_driver_sql(version).scalar()
    assert offer.is_open
    assert "seats left" in offer.detail
    sign_up(database, meeting)
    with house.test_request_context("/en/"), database.reading() as session:
        assert "waiting list" in offers(session, meeting.dialogue)[0].detail
        assert session.connection().exec_driver_sql(version).scalar() > before


def test_a_page_that_asks_for_a_name_does_not_forbid_names(client, make):
    page = client.get(f"/en/meetings/{make.meeting().code}/sign-up")
    assert "112" in page.text
    assert "Do not write names" not in page.text


def test_who_has_just_signed_up_reads_first_that_there_is_a_seat(client, make):
    page = client.get(fill(client, make.meeting()).response.location)
    assert page.html.select_one(".page-header__lead").text.strip() == "You have a seat."


def test_a_meeting_says_when_it_is_above_its_title_and_begins_it_with_a_large_letter(client, make):
    page = client.get(f"/nb/meetings/{make.meeting().code}")
    said = page.html.select_one(".page-header__eyebrow").text.strip()
    assert " kl. " in said
    assert said[0].isupper()


def test_a_past_meeting_whose_people_were_not_counted_does_not_say_that_nobody_came(client, make):
    page = client.get(f"/en/meetings/{make.meeting(starts_local=local_now() - timedelta(days=3)).code}")
    assert "When and where" in page.text
    assert "signed up" not in page.text
