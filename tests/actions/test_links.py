"""The signed link in a mail: one action, without sign-in, for as long as it holds."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogue.actions import links, operations
from dialogue.actions.models import ActionState, Update
from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import NotFound
from dialogue.dialogues.models import StatusChange
from dialogue.places.models import Organisation
from tests.support.make import words


def link_in(mail):
    found = re.search(r"http://localhost(/\w\w/actions/[\w-]+/[^\s)]+)", mail.text)
    assert found is not None
    return found[1]


def test_the_link_in_the_mail_lets_the_owner_say_yes(client, scene, mails):
    action = scene.proposed()
    page = client.get(link_in(mails()[0]))
    assert page.status == 200
    assert "Can you do this by" in page.text
    after = client.send(page, action="step=accept")
    assert "Your yes is noted" in after.text
    assert scene.now(action).state is ActionState.ACCEPTED


def test_a_program_that_follows_the_link_changes_nothing(client, scene, mails, read):
    action = scene.proposed()
    address = link_in(mails()[0])
    for path in (address, address + "?step=accept", address + "?told=accept"):
        page = client.get(path)
        assert page.status == 200
        assert "Set-Cookie" not in page.response.headers
    assert scene.now(action).revision == 1
    assert read(select(func.count(StatusChange.id))) == [1]


def test_the_address_is_kept_out_of_search_and_referrers(client, scene, mails):
    scene.proposed()
    headers = client.get(link_in(mails()[0])).response.headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]


def test_a_post_from_another_site_is_refused(client, scene, mails):
    action = scene.proposed()
    answer = client.browser.post(
        link_in(mails()[0]) + "?step=accept",
        data={"accept-revision": "1"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert scene.now(action).revision == 1


def test_the_link_gives_the_owners_steps_and_no_others(client, scene, mails):
    action = scene.proposed()
    address = link_in(mails()[0])
    for step in ("withdraw", "show", "propose-anew", "accept-date"):
        values = {
            f"{step}-revision": "1",
            "show-audience": "internal",
            "propose-anew-owner": str(scene.owner.id),
        }
        assert client.post(f"{address}?step={step}", values).status == 422
    assert scene.now(action).revision == 1


def test_the_link_of_one_action_opens_no_other(client, scene, mails):
    first = scene.proposed()
    second = scene.proposed(title=words("Benches"))
    page = client.get(link_in(mails()[0]))
    assert "Benches" not in page.text
    assert second.code not in page.response.text
    client.send(page, action="step=accept")
    assert scene.now(second).state is ActionState.PROPOSED
    assert scene.now(first).state is ActionState.ACCEPTED


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-3] + "abc", lambda t: "x" + t, lambda t: t.split(".")[0], lambda _t: "æ" * 50]
)
def test_a_tampered_link_opens_nothing(client, scene, mails, spoil):
    scene.proposed()
    before, token = link_in(mails()[0]).rsplit("/", 1)
    assert client.get(f"{before}/{spoil(token)}").status == 404


def test_a_link_to_a_list_is_none_to_an_action(client, scene, mails):
    scene.proposed()
    of_list = links.of_organisation(scene.owner).rsplit("/", 1)[1]
    of_action = link_in(mails()[0]).rsplit("/", 1)[1]
    assert client.get(f"/en/actions/by-link/{of_list}").status == 404
    assert client.get(f"/en/actions/mine/{of_action}").status == 404
    with pytest.raises(NotFound):
        links.read_action(of_list)
    with pytest.raises(NotFound):
        links.read_organisation(of_action)


def test_a_link_dies_when_the_address_changes_or_somebody_else_is_asked(client, scene, mails):
    action = scene.proposed()
    address = link_in(mails()[0])
    with scene.make.session() as session:
        session.get_one(Organisation, scene.owner.id).email = "new@example.org"
        session.commit()
    assert client.get(address).status == 404
    other = scene.new_owner()
    scene.take(operations.propose_anew, scene.organising, action, other.id, action.due_on)
    assert client.get(link_in(mails()[-1])).status == 200


def test_an_expired_link_says_so_and_sends_a_new_one_to_the_owner_only(client, scene, mails):
    scene.proposed()
    address = link_in(mails()[0])
    clock.move_to(timedelta(days=61))
    page = client.get(address)
    assert page.status == 410
    assert page.heading == "This link is too old"
    assert client.post(address + "?step=accept", {"accept-revision": "1"}).status == 410
    told = client.send(page)
    assert told.heading == "A new link is on its way"
    client.send(page)
    assert [mail.to for mail in mails()] == [scene.owner.email] * 2
    assert client.get(link_in(mails()[-1])).status == 200


def test_the_list_shows_all_of_one_organisation_and_opens_each(client, scene):
    scene.proposed(title=words("Benches"))
    scene.accepted(title=words("Lamps"))
    scene.proposed(title=words("Theirs"), owner_id=scene.new_owner().id)
    path = links.of_organisation(scene.owner).removeprefix("http://localhost")
    page = client.get(path)
    assert page.status == 200
    assert "Benches" in page.text
    assert "Theirs" not in page.text
    assert "Can you do this by" in client.get(page.link("Benches")).text


def test_an_expired_list_sends_a_new_link(client, scene, mails):
    path = links.of_organisation(scene.owner).removeprefix("http://localhost")
    clock.move_to(timedelta(days=61))
    page = client.get(path)
    assert page.status == 410
    client.send(page)
    assert mails()[-1].to == scene.owner.email
    assert client.get(link_in(mails()[-1])).status == 200


def test_what_the_link_holder_does_is_in_history_and_audit_without_a_person(client, scene, mails, read):
    scene.proposed()
    client.send(client.get(link_in(mails()[0])), action="step=accept")
    assert read(select(StatusChange.actor_id).order_by(StatusChange.id))[-1] is None
    assert read(select(AuditEntry.verb).where(AuditEntry.actor_id.is_(None))) == ["accept", "choose"]


def test_a_double_click_by_link_tells_once(client, scene, mails, read):
    scene.accepted()
    page = client.get(link_in(mails()[0]))
    for _time in range(2):
        answer = client.send(page, {"report-text": "Ordered."}, action="step=report")
        assert "What you told is saved" in answer.text
    assert read(select(func.count(Update.id))) == [1]
