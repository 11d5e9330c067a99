"""An organisation itself chooses who is told when it is late."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogue.actions import links, operations, queries, rules, wishes
from dialogue.actions.models import Action, ActionState
from dialogue.actions.wishes import ListHolder, Wishes
from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import Invalid, NotAllowed
from dialogue.dialogues.models import Dialogue
from dialogue.people.models import UserGrant
from dialogue.people.queries import actor_of
from dialogue.places.models import Organisation, OrganisationKind
from dialogue.web.permissions import Role, ScopeKind
from tests.actions.test_links import link_in


def owner_now(read, scene):
    return read(select(Organisation).where(Organisation.id == scene.owner.id))[0]


def make_late(scene, action):
    with scene.make.database.writing() as session:
        session.get_one(Action, action.id).due_on = clock.today() - timedelta(3)


def test_the_first_yes_asks_and_the_next_does_not(client, scene, mails, read):
    scene.proposed()
    page = client.get(link_in(mails()[-1]))
    assert "Residents may see it if we are late" in page.text
    answer = client.send(page, {"accept-shows_lateness": "y"}, action="step=accept")
    assert "Your yes is noted" in answer.text
    owner = owner_now(read, scene)
    assert (owner.shows_lateness, owner.tells_leader, owner.leader_email) == (True, False, "")
    assert "choose" in read(select(AuditEntry.verb))
    scene.proposed()
    assert "Residents may see it if we are late" not in client.get(link_in(mails()[-1])).text


def test_saying_nothing_is_a_no_to_both(client, scene, mails, read):
    scene.proposed()
    client.send(client.get(link_in(mails()[-1])), action="step=accept")
    owner = owner_now(read, scene)
    assert (owner.shows_lateness, owner.tells_leader) == (False, False)


def test_a_leader_needs_an_address_and_nothing_typed_is_lost(client, scene, mails, read):
    action = scene.proposed()
    page = client.get(link_in(mails()[-1]))
    sent = {"accept-tells_leader": "y", "accept-shows_lateness": "y"}
    answer = client.send(page, sent, action="step=accept")
    assert answer.status == 422
    assert any("leader" in error for error in answer.errors)
    assert scene.now(action).state is ActionState.PROPOSED
    assert answer.form("step=accept").find("input", {"name": "accept-shows_lateness"}).has_attr("checked")
    client.send(answer, {"accept-leader_email": "leader@example.org"}, action="step=accept")
    assert owner_now(read, scene).leader_email == "leader@example.org"


def test_who_answers_in_the_owners_place_does_not_choose_for_it(client, scene, make, read):
    scene.proposed()
    everything = make.user(Role.ADMINISTRATOR)
    client.sign_in(everything)
    action = read(select(Action))[0]
    page = client.get(f"/en/desk/actions/{action.code}")
    assert "Residents may see it if we are late" not in page.text
    client.send(page, action="step=accept")
    assert owner_now(read, scene).shows_lateness is None


def test_the_organiser_itself_is_not_asked(scene):
    action = scene.proposed(owner_id=scene.dialogue.organiser_id)
    with scene.make.database.reading() as session:
        current = scene.again(action.id, session)
        holder = rules.LinkHolder(action.id, action.owner_id)
        assert not rules.is_to_be_asked(holder, current)
        assert rules.shows_lateness(current)


@pytest.mark.parametrize(
    ("said", "is_organiser"), [(None, False), (False, False), (True, False), (None, True)]
)
def test_the_rule_and_the_condition_agree(scene, database, said, is_organiser):
    action = scene.proposed(**({"owner_id": scene.dialogue.organiser_id} if is_organiser else {}))
    make_late(scene, action)
    with database.writing() as session:
        session.get_one(Organisation, action.owner_id).shows_lateness = said
    with database.reading() as session:
        for day in (clock.today(), clock.today() - timedelta(3)):
            found = session.scalars(select(Action.id).where(queries.shows_late(day))).all()
            current = scene.again(action.id, session)
            assert bool(found) is rules.shows_late(current, day)
        assert rules.shows_late(current, clock.today()) is (said is True or is_organiser)
        assert rules.is_late(current, clock.today())


def test_it_is_changed_later_from_the_list_and_public_pages_are_made_anew(client, scene, read):
    action = scene.accepted()
    make_late(scene, action)
    path = links.of_organisation(scene.owner).removeprefix("http://localhost")
    page = client.get(client.get(path).link("Choose who is told"))
    before = read(select(Dialogue.version))
    answer = client.send(page, {"shows_lateness": "y", "weekly_mail": None})
    assert "Your choices are saved" in answer.text
    owner = owner_now(read, scene)
    assert (owner.shows_lateness, owner.weekly_mail) == (True, False)
    assert read(select(Dialogue.version)) != before


def test_a_partner_and_an_administrator_change_it_at_the_desk(client, scene, make, read):
    path = f"/en/desk/organisations/{scene.owner.code}/follow-up"
    client.sign_in(scene.partner)
    client.send(client.get(path), {"shows_lateness": "y"})
    assert owner_now(read, scene).shows_lateness is True
    client.sign_in(make.user(Role.ADMINISTRATOR, ScopeKind.MUNICIPALITY, scene.dialogue.municipality_id))
    page = client.get(f"/en/desk/organisations/{scene.owner.code}")
    client.send(client.get(page.link("Who is told when it is late")), {"shows_lateness": None})
    assert owner_now(read, scene).shows_lateness is False


def test_others_do_not_choose_for_an_organisation(client, scene):
    stranger = scene.partner_of(scene.new_owner())
    client.sign_in(stranger)
    assert client.get(f"/en/desk/organisations/{scene.owner.code}/follow-up").status == 404
    for who in (actor_of(stranger), ListHolder(scene.owner.id, "kari@example.org"), ListHolder(0)):
        with scene.make.database.writing() as session:
            owner = session.get_one(Organisation, scene.owner.id)
            with pytest.raises(NotAllowed):
                wishes.save(session, who, owner, Wishes(True, False), True)


def test_an_address_of_a_leader_who_is_not_told_is_not_kept(scene, session):
    owner = session.get_one(Organisation, scene.owner.id)
    holder = ListHolder(owner.id)
    wishes.save(session, holder, owner, Wishes(False, True, "leader@example.org"), True)
    wishes.save(session, holder, owner, Wishes(False, False, "leader@example.org"), True)
    assert owner.leader_email == ""
    with pytest.raises(Invalid):
        wishes.save(session, holder, owner, Wishes(False, True), True)


def test_a_second_click_does_not_choose_again(scene, read):
    action = scene.proposed()
    scene.take(operations.accept, scene.owning, action, Wishes(True, False), revision=1)
    scene.take(operations.accept, scene.owning, action, Wishes(False, False), revision=1)
    assert owner_now(read, scene).shows_lateness is True


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMINISTRATOR])
def test_a_police_district_does_not_choose_for_what_is_a_municipalitys(client, scene, make, role):
    owner = scene.owner
    client.sign_in(make.user(role, ScopeKind.DISTRICT, owner.district_id))
    page = client.get(f"/en/desk/organisations/{owner.code}")
    assert page.status == 200
    assert "Who is told when it is late" not in page.text
    path = f"/en/desk/organisations/{owner.code}/follow-up"
    assert client.get(path).status == 404
    assert client.post(path, {"shows_lateness": "y"}).status in {403, 404}


def test_a_police_district_chooses_for_its_stations_and_for_what_lies_in_the_whole_of_it(client, scene, make):
    district_id = scene.owner.district_id
    station = scene.new_owner(kind=OrganisationKind.POLICE_UNIT)
    council = make.organisation(district_id=district_id)
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DISTRICT, district_id))
    for owner in (station, council):
        assert client.get(f"/en/desk/organisations/{owner.code}/follow-up").status == 200


def test_a_partner_finds_the_choices_from_the_list_of_actions(client, scene, read):
    client.sign_in(scene.partner)
    page = client.get(client.get("/en/desk/actions").link("Choose who is told when something is late"))
    back = client.send(page, {"shows_lateness": "y", "weekly_mail": None})
    assert back.heading == "Your actions"
    owner = owner_now(read, scene)
    assert (owner.shows_lateness, owner.weekly_mail) == (True, False)


def test_who_speaks_for_two_organisations_finds_the_choices_of_each(client, scene, database):
    other = scene.new_owner()
    with database.writing() as session:
        partner = session.merge(scene.partner)
        partner.grants.append(
            UserGrant(role=Role.PARTNER, scope_kind=ScopeKind.ORGANISATION, scope_id=other.id)
        )
    client.sign_in(scene.partner)
    page = client.get("/en/desk/actions")
    for owner in (scene.owner, other):
        assert client.get(page.link(str(owner.name))).path.endswith(f"{owner.code}/follow-up")


def test_who_owns_no_actions_is_offered_no_choices(client, scene):
    client.sign_in(scene.organiser)
    assert "Choose who is told" not in client.get("/en/desk/actions").text
