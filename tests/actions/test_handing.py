"""Handing an action over: to somebody else in the house, or to another organisation when the organiser agrees."""

import pytest
from sqlalchemy import func, select

from dialogue.actions import handing, links, operations, queries, rules
from dialogue.actions.models import Action, ActionState, Update
from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import Invalid, NotAllowed
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Dialogue, StatusChange
from dialogue.places.models import OrganisationKind
from dialogue.places.operations import GroupFacts
from dialogue.web.permissions import Role, ScopeKind
from tests.actions.test_links import link_in
from tests.support.make import words

KARI = ("Kari Nordmann", "kari@example.org")


def everything_written(read):
    """All words of the history."""
    return " ".join(
        f"{change.public_text.as_dict()} {change.internal_note}" for change in read(select(StatusChange))
    )


def test_somebody_else_takes_over_by_link_and_the_old_link_dies(client, scene, mails, read):
    action = scene.accepted()
    old = link_in(mails()[0])
    page = client.get(old)
    sent = {"hand-over-name": KARI[0], "hand-over-email": KARI[1]}
    answer = client.send(page, sent, action="step=hand-over")
    assert answer.heading == "It is in other hands now"
    assert client.get(old).status == 404
    mail = mails()[-1]
    assert mail.to == KARI[1]
    for expected in ("Lights by the path", "Many asked for it.", "Kari Nordmann", "You need no account"):
        assert expected in mail.text
    new = client.get(link_in(mail))
    assert new.status == 200
    client.send(new, {"report-text": "I have begun."}, action="step=report")
    assert read(select(func.count(Update.id))) == [1]
    assert scene.now(action).state is ActionState.ACCEPTED


def test_the_second_click_of_a_handover_is_answered_like_the_first(client, scene, mails):
    scene.accepted()
    page = client.get(link_in(mails()[0]))
    sent = {"hand-over-name": KARI[0], "hand-over-email": KARI[1]}
    for _time in range(2):
        assert client.send(page, sent, action="step=hand-over").heading == "It is in other hands now"
    assert [mail.to for mail in mails()].count(KARI[1]) == 1


def test_the_person_is_in_no_history_and_on_no_public_page(client, scene, read):
    action = scene.accepted()
    scene.take(handing.hand_over, scene.owning, action, *KARI)
    assert "Kari" not in everything_written(read)
    assert "kari@" not in everything_written(read)
    text = client.get(f"/en/actions/{action.code}").response.text
    assert "Kari" not in text
    assert "kari@" not in text


def test_handing_over_again_erases_the_one_before(scene, read):
    action = scene.accepted()
    scene.take(handing.hand_over, scene.owning, action, *KARI)
    action = scene.take(handing.hand_over, scene.owning, action, "Ola", "ola@example.org")
    assert (action.person_name, action.person_email) == ("Ola", "ola@example.org")
    action = scene.take(handing.forget_person, scene.organising, action)
    assert (action.person_name, action.person_email) == ("", "")
    rows = read(select(Action.person_name)) + read(select(Action.person_email))
    assert rows == ["", ""]
    assert "ola@" not in everything_written(read)


def test_the_organisation_still_sees_what_a_person_looks_after(client, scene):
    action = scene.accepted(title=words("Benches"))
    scene.accepted(title=words("Lamps"))
    scene.take(handing.hand_over, scene.owning, action, *KARI)
    everything = client.get(links.of_organisation(scene.owner).removeprefix("http://localhost"))
    assert "Benches" in everything.text
    assert "Lamps" in everything.text
    assert client.get(everything.link("Benches")).status == 200
    hers = client.get(links.of_organisation(scene.owner, KARI[1]).removeprefix("http://localhost"))
    assert "Benches" in hers.text
    assert "Lamps" not in hers.text
    # And it is hers alone: what she chooses is about her own mails.
    page = client.get(hers.link("Choose which mails you get"))
    assert "Residents may see it" not in page.text
    client.send(page, {"weekly_mail": None})
    assert scene.now(action).person_weekly_mail is False


def test_a_person_without_actions_has_no_list(client, scene):
    path = links.of_organisation(scene.owner, KARI[1]).removeprefix("http://localhost")
    assert client.get(path).status == 404


@pytest.mark.parametrize("values", [("", "kari@example.org"), ("Kari", ""), ("x" * 200, "kari@example.org")])
def test_a_person_has_a_name_and_an_address(scene, values):
    action = scene.accepted()
    with pytest.raises(Invalid):
        scene.take(handing.hand_over, scene.owning, action, *values)


def test_nobody_hands_over_to_the_address_that_has_it(scene):
    action = scene.accepted()
    with pytest.raises(Invalid):
        scene.take(handing.hand_over, scene.owning, action, "Kari", scene.owner.email.upper())


def test_the_organiser_does_not_name_people(scene):
    action = scene.accepted()
    with pytest.raises(NotAllowed):
        scene.take(handing.hand_over, scene.organising, action, *KARI)


def test_an_offer_changes_nothing_before_the_organiser_agrees(client, scene, mails, read):
    action = scene.accepted()
    other = scene.new_owner()
    scene.take(handing.hand_over, scene.owning, action, *KARI)
    action = scene.take(handing.offer, scene.owning, action, other.id, "They own the poles.")
    assert (action.owner_id, action.state, rules.is_public(action)) == (
        scene.owner.id,
        ActionState.ACCEPTED,
        True,
    )
    assert mails()[-1].to == scene.organiser.email
    assert "They own the poles." in mails()[-1].text
    client.sign_in(scene.organiser)
    page = client.get(f"/en/desk/actions/{action.code}")
    assert "would hand it over to" in page.text
    version = read(select(Dialogue.version))
    page = client.send(page, action="step=agree-offer")
    assert "They are asked" in page.text
    now = scene.now(action)
    assert (now.owner_id, now.state, now.accepted_at, now.person_email, now.offered_to_id) == (
        other.id,
        ActionState.PROPOSED,
        None,
        "",
        None,
    )
    assert read(select(Dialogue.version)) != version
    assert [mail.to for mail in mails()[-2:]] == [KARI[1], other.email]
    assert client.get(f"/en/actions/{action.code}").status == 404


def test_an_offer_can_be_refused_and_taken_back(scene, mails):
    action = scene.accepted()
    other = scene.new_owner()
    scene.take(handing.offer, scene.owning, action, other.id, "")
    action = scene.take(handing.refuse_offer, scene.organising, action)
    assert (action.owner_id, action.offered_to_id) == (scene.owner.id, None)
    assert mails()[-1].to == scene.owner.email
    assert str(other.name.get("en")) in mails()[-1].text
    scene.take(handing.offer, scene.owning, action, other.id, "")
    action = scene.take(handing.keep_it, scene.owning, action)
    assert action.offered_to_id is None


def test_it_cannot_be_offered_far_away_or_to_oneself(scene):
    action = scene.accepted()
    far = scene.make.organisation(municipality_id=scene.make.municipality().id)
    for to in (far.id, scene.owner.id):
        with pytest.raises(Invalid):
            scene.take(handing.offer, scene.owning, action, to, "")


def test_a_new_owner_does_not_read_what_was_said_before(client, scene, mails, database):
    action = scene.proposed()
    scene.take(operations.decline, scene.owning, action, "We quarrel with the neighbours.")
    other = scene.new_owner()
    scene.take(operations.propose_anew, scene.organising, action, other.id, action.due_on)
    page = client.get(link_in(mails()[-1]))
    assert "quarrel" not in page.text
    client.sign_in(scene.partner_of(other))
    assert "quarrel" not in client.get(f"/en/desk/actions/{action.code}").text
    client.sign_in(scene.organiser)
    assert "quarrel" in client.get(f"/en/desk/actions/{action.code}").text


def test_a_new_owner_reads_what_was_public_before(scene, database):
    action = scene.accepted()
    scene.take(operations.report, scene.owning, action, Translated(en="Two are up."), True)
    scene.take(operations.report, scene.owning, action, Translated(en="Our budget is gone."), False)
    scene.take(handing.offer, scene.owning, action, scene.new_owner().id, "")
    scene.take(handing.agree_offer, scene.organising, action, action.due_on)
    with database.reading() as session:
        current = scene.again(action.id, session)
        told = [
            str(line.change.public_text.get("en"))
            for line in queries.history(session, current, sees_all=False)
        ]
        everything = queries.history(session, current, sees_all=True)
    assert "Two are up." in told
    assert "Our budget is gone." not in told
    assert len(everything) > len(told)


def test_staff_who_read_a_persons_name_stand_in_the_audit(client, scene, make, read):
    action = scene.accepted()
    scene.take(handing.hand_over, scene.owning, action, *KARI)
    client.sign_in(scene.organiser)
    assert "Kari" in client.get(f"/en/desk/actions/{action.code}").text
    assert "read person" in read(select(AuditEntry.verb))


def test_a_residents_group_is_asked_from_the_form_without_being_in_the_list(client, scene, mails, read):
    client.sign_in(scene.organiser)
    page = client.get(f"/en/desk/dialogues/{scene.dialogue.code}/actions/propose")
    values = {f"{name}-{code}": "Clean the beach" for name in ("title", "why") for code in ("nb", "nn", "en")}
    values |= {"due_on": clock.today().isoformat(), "owner": 0, "new_kind": "residents"}
    wrong = client.send(page, values | {"new_name": "The neighbours"})
    assert wrong.status == 422
    assert "The neighbours" in wrong.response.text
    page = client.send(wrong, {"new_email": "post@neighbours.example.org"})
    assert "is asked" in page.text
    assert mails()[-1].to == "post@neighbours.example.org"
    (action,) = read(select(Action))
    with scene.make.database.reading() as session:
        owner = session.get_one(Action, action.id).owner
        assert (owner.kind.value, owner.municipality_id) == ("residents", scene.dialogue.municipality_id)
    again = client.get(f"/en/desk/dialogues/{scene.dialogue.code}/actions/propose")
    refused = client.send(again, values | {"new_name": "the neighbours", "new_email": "other@example.org"})
    assert any("in the list above" in error for error in refused.errors)


def test_an_organiser_of_another_place_cannot_add_a_group_here(scene, make):
    stranger = make.actor(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id)
    draft = scene.draft(new_owner=GroupFacts(OrganisationKind.RESIDENTS, "Us", "us@example.org"))
    with make.database.writing() as session, pytest.raises(NotAllowed):
        operations.propose(session, stranger, session.merge(scene.dialogue), draft)
