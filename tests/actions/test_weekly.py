"""The list of the week: once, on its first working day, as that day's one mail; and off for who wants none."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogue.actions import handing, jobs, links, operations
from dialogue.actions.models import Action, ActionState
from dialogue.base.audit import AuditEntry
from dialogue.base.i18n import Translated
from dialogue.base.outbox import OutboxMail
from dialogue.places.models import Organisation
from tests.actions.conftest import Scene
from tests.actions.test_reminders import MONDAY, go_to
from tests.support.make import words


@pytest.fixture
def scene(make):
    """The scene on the Monday, with an owner who wants its weekly list."""
    go_to(0)
    return Scene(make)


@pytest.fixture
def weekly(read):
    """The mails that the job wrote, oldest first."""
    return lambda: read(
        select(OutboxMail).where(OutboxMail.once.like("action reminder%")).order_by(OutboxMail.id)
    )


def due(day):
    """A date so many days from the Monday."""
    return MONDAY.date() + timedelta(day)


def run(database, *days, hour=10):
    """On which of the days a mail was written."""
    written = []
    for day in days:
        go_to(day, hour)
        if jobs.remind(database):
            written.append(day)
    return written


def test_it_comes_on_mondays_and_names_what_lies_in_each_pile(scene, database, weekly):
    scene.accepted(title=words("Lamps"), due_on=due(60))
    scene.accepted(title=words("Benches"), due_on=due(90))
    ended = scene.accepted(title=words("Paint"), due_on=due(90))
    go_to(3)
    scene.take(operations.finish, scene.owning, ended, ActionState.DONE, Translated(en="Painted."))
    assert run(database, *range(1, 20)) == [7, 14]
    first, second = weekly()
    assert first.to == scene.owner.email
    assert "Your week: 2 open actions" in first.subject
    for expected in (
        "Lamps",
        "Benches",
        "Under way: 2",
        "Done in the last week: 1",
        "Paint",
        "/actions/mine/",
    ):
        assert expected in first.text
    assert "Paint" not in second.text


def test_what_comes_in_the_middle_of_a_week_waits_for_the_next(scene, database):
    go_to(2)
    scene.accepted(due_on=due(90))
    assert run(database, 2, 3, 4, 7, 8) == [7]


def test_a_monday_on_which_the_machine_stands_still_is_made_up_for(scene, database):
    scene.accepted(due_on=due(90))
    assert run(database, 8, 9, 14) == [8, 14]


def test_a_monday_that_is_a_holiday_is_followed_by_a_tuesday(scene, database):
    # 29 March 2027 is Easter Monday.
    scene.accepted(due_on=due(200))
    easter = (due(0).replace(month=3, day=29) - due(0)).days
    run(database, easter - 7)
    assert run(database, easter, easter + 1, easter + 2) == [easter + 1]


def test_reminders_and_the_list_are_one_mail(scene, database, weekly):
    scene.accepted(title=words("Lamps"), due_on=due(7))
    scene.accepted(title=words("Benches"), due_on=due(90))
    go_to(0)
    assert run(database, 7) == [7]
    (mail,) = weekly()
    assert "Due today: Lamps" in mail.subject
    assert "Your actions this week" in mail.text
    assert "Benches" in mail.text


def test_a_long_list_is_counted_rather_than_written(scene, database, weekly):
    for number in range(9):
        scene.accepted(title=words(f"Lamp {number}"), due_on=due(60))
    run(database, 7)
    (mail,) = weekly()
    assert mail.text.count("Lamp ") == 5
    assert "and 4 more" in mail.text


def test_a_person_gets_a_list_of_their_own_and_can_switch_it_off(client, scene, database, weekly):
    action = scene.accepted(title=words("Lamps"), due_on=due(60))
    scene.accepted(title=words("Benches"), due_on=due(60))
    scene.take(handing.hand_over, scene.owning, action, "Kari", "kari@example.org")
    run(database, 7)
    hers, theirs = sorted(weekly(), key=lambda mail: mail.to)
    assert (hers.to, theirs.to) == ("kari@example.org", scene.owner.email)
    assert ("Lamps" in hers.text, "Benches" in hers.text) == (True, False)
    assert ("Lamps" in theirs.text, "Benches" in theirs.text) == (False, True)
    with database.writing() as session:
        session.get_one(Organisation, scene.owner.id).weekly_mail = False
    path = links.of_organisation(scene.owner, "kari@example.org").removeprefix("http://localhost")
    page = client.get(client.get(path).link("Choose which mails you get"))
    client.send(page, {"weekly_mail": None})
    assert run(database, 14, 15) == []


def test_one_who_reads_for_two_organisations_gets_one_mail(scene, database, weekly):
    other = scene.new_owner(email=scene.owner.email.upper(), weekly_mail=False)
    scene.accepted(title=words("Lamps"), due_on=due(7))
    with database.writing() as session:
        action = session.get_one(Action, scene.proposed(title=words("Benches"), owner_id=other.id).id)
        action.due_on, action.state = due(7), ActionState.UNDER_WAY
    assert run(database, 7) == [7]
    (mail,) = weekly()
    assert "Lamps" in mail.text
    assert "Benches" in mail.text
    assert mail.text.count("/actions/mine/") == 2


def test_a_leader_is_told_only_where_the_owner_said_yes_and_gets_no_key(scene, database, weekly):
    scene.accepted(title=words("Lamps"), due_on=due(3))
    with database.writing() as session:
        owner = session.get_one(Organisation, scene.owner.id)
        owner.leader_email, owner.weekly_mail = "leader@example.org", False
    assert run(database, 17, 18, 21) == [17]
    with database.writing() as session:
        session.get_one(Organisation, scene.owner.id).tells_leader = True
    assert run(database, 22, 23) == [22]
    mail = weekly()[-1]
    assert mail.to == "leader@example.org"
    assert "Lamps" in mail.text
    assert "/by-link/" not in mail.text
    assert "/mine/" not in mail.text


def test_the_organisers_own_leader_is_told_without_asking(scene, database, weekly):
    action = scene.proposed(owner_id=scene.dialogue.organiser_id, due_on=due(3))
    with database.writing() as session:
        session.get_one(Action, action.id).state = ActionState.ACCEPTED
        session.get_one(Organisation, scene.dialogue.organiser_id).leader_email = "chief@example.org"
    run(database, 17)
    assert "chief@example.org" in {mail.to for mail in weekly()}


def test_nothing_is_written_in_the_evening_or_at_night(scene, database):
    scene.accepted(due_on=due(7))
    for hour in (0, 7, 16, 23):
        assert run(database, 7, hour=hour) == []
    assert run(database, 7, hour=8) == [7]


def path_of(mail):
    return mail.unsubscribe_url.removeprefix("http://localhost")


def gets_list(read, owner):
    return read(select(Organisation.weekly_mail).where(Organisation.id == owner.id)) == [True]


def test_one_click_stops_the_list_without_a_page_or_a_cookie(house, scene, database, weekly, read):
    scene.accepted(due_on=due(60))
    run(database, 7)
    (mail,) = weekly()
    assert f"[Stop the weekly list]({mail.unsubscribe_url})" in mail.text
    # A mail program sends no origin and knows no token.
    answer = house.test_client().post(path_of(mail), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not gets_list(read, scene.owner)
    assert "choose" in read(select(AuditEntry.verb))
    assert run(database, 14, 15) == []


def test_a_program_that_opens_the_link_to_stop_stops_nothing(client, scene, database, weekly, read):
    scene.accepted(due_on=due(60))
    run(database, 7)
    page = client.get(path_of(weekly()[0]))
    assert page.heading == "Stop the weekly list?"
    assert "Set-Cookie" not in page.response.headers
    assert gets_list(read, scene.owner)
    assert client.send(page).heading == "You get no weekly list"
    assert not gets_list(read, scene.owner)


def test_what_was_stopped_is_switched_on_again_among_the_choices(client, scene, database, weekly, read):
    scene.accepted(due_on=due(60))
    run(database, 7)
    client.send(client.get(path_of(weekly()[0])))
    path = links.of_organisation(scene.owner).removeprefix("http://localhost")
    client.send(client.get(client.get(path).link("Choose who is told")), {"weekly_mail": "y"})
    assert gets_list(read, scene.owner)


def test_a_person_stops_their_own_list_and_not_that_of_the_organisation(
    client, scene, database, weekly, read
):
    action = scene.accepted(due_on=due(60))
    scene.take(handing.hand_over, scene.owning, action, "Kari", "kari@example.org")
    run(database, 7)
    client.send(client.get(path_of(weekly()[0])))
    assert read(select(Action.person_weekly_mail)) == [False]
    assert gets_list(read, scene.owner)


def test_one_more_action_does_not_begin_a_persons_list_again(client, scene, database, weekly, read):
    for _number in range(2):
        action = scene.accepted(due_on=due(60))
        scene.take(handing.hand_over, scene.owning, action, "Kari", "kari@example.org")
        if not weekly():
            run(database, 7)
            client.send(client.get(path_of(weekly()[0])))
    assert read(select(Action.person_weekly_mail)) == [False, False]


def test_one_who_reads_for_two_organisations_stops_both(client, scene, database, weekly, read):
    other = scene.new_owner(email=scene.owner.email.upper())
    scene.accepted(due_on=due(60))
    run(database, 7)
    client.send(client.get(path_of(weekly()[0])))
    assert not gets_list(read, other)


def test_the_link_to_stop_works_after_months_and_dies_with_the_address(client, scene, database, weekly, read):
    scene.accepted(due_on=due(360))
    run(database, 7)
    path = path_of(weekly()[0])
    go_to(300)
    assert client.get(path).heading == "Stop the weekly list?"
    with database.writing() as session:
        session.get_one(Organisation, scene.owner.id).email = "new@example.org"
    assert client.get(path).heading == "You get no weekly list"
    client.post(path)
    assert gets_list(read, scene.owner)


def test_a_link_to_stop_opens_nothing_else_and_a_made_up_one_stops_nothing(
    client, scene, database, weekly, read
):
    scene.accepted(due_on=due(60))
    run(database, 7)
    token = path_of(weekly()[0]).rsplit("/", 1)[1]
    assert client.get(f"/en/actions/mine/{token}").status == 404
    for other in ("nosuch22", links.token_of_list(scene.owner)):
        assert client.post(f"/en/actions/weekly-list/stop/{other}").heading == "You get no weekly list"
    assert gets_list(read, scene.owner)


def test_a_mail_that_only_reminds_cannot_be_stopped_as_a_list(scene, database, weekly):
    with database.writing() as session:
        session.get_one(Organisation, scene.owner.id).weekly_mail = False
    scene.accepted(due_on=due(7))
    run(database, 7)
    (mail,) = weekly()
    assert mail.unsubscribe_url is None
    assert "Stop the weekly list" not in mail.text
