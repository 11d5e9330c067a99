"""What needs me today."""

from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import DialogueState
from dialogue.web.permissions import Role, ScopeKind


def test_the_desk_asks_for_sign_in(client, make):
    page = client.get("/en/desk")
    assert page.path == "/en/sign-in"


def test_with_nothing_to_do_the_desk_says_so(client, make):
    page = client.sign_in(make.user()).get("/en/desk")
    assert "Nothing waits for you" in page.text
    assert client.get(page.link("New dialogue")).heading == "New dialogue"


def test_a_partner_sees_a_desk_without_dialogues(client, make):
    organisation = make.organisation()
    make.dialogue(title=Translated(en="Winter"))
    page = client.sign_in(make.user(Role.PARTNER, ScopeKind.ORGANISATION, organisation.id)).get("/en/desk")
    assert page.status == 200
    assert "My dialogues" not in page.text
    assert "Winter" not in page.text


def test_a_leader_finds_the_promise_that_waits_for_a_signature(client, make):
    dialogue = make.dialogue(
        title=Translated(en="Winter"), state=DialogueState.DRAFT, published_at=None, set_up_at=clock.now()
    )
    page = client.sign_in(make.user(Role.LEADER)).get("/en/desk")
    assert "Promises to sign" in page.text
    assert page.link("Winter") == f"/en/desk/dialogues/{dialogue.code}/promise"


def test_an_organiser_finds_drafts_and_their_own_dialogues(client, make):
    dialogue = make.dialogue(title=Translated(en="Winter"), state=DialogueState.DRAFT, published_at=None)
    make.dialogue(title=Translated(en="Elsewhere"))
    organiser = make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, dialogue.municipality_id)
    page = client.sign_in(organiser).get("/en/desk")
    assert "Drafts" in page.text
    assert "Winter" in page.html.select_one("#dialogues").text
    assert "Elsewhere" not in page.text
    assert "Promises to sign" not in page.text
