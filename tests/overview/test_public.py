"""The public face: the front page, a dialogue's page, and what the site says of itself."""

from datetime import timedelta

from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.dialogues import operations, queries
from dialogue.dialogues.models import DialogueState, Phase, PhaseKind, TeamMember
from dialogue.web.permissions import Role

PAGES = ("", "about", "privacy", "accessibility")
# Each room is asked for what it has to offer in a dialogue; plans, help and patrols are three of them.
MOST_STATEMENTS = 13


def change_title(make, dialogue, title):
    """Change the title as an administrator does at the desk."""
    actor = make.actor(Role.ADMINISTRATOR)
    with make.session() as session:
        mine = queries.for_desk(session, actor, dialogue.code)
        words = Translated(nb=title, nn=title, en=title)
        basics = operations.Basics(words, mine.question, mine.area, mine.municipality_id, mine.organiser_id)
        operations.change_basics(session, actor, mine, basics)
        session.commit()


def etag(page):
    return page.response.headers["ETag"]


def test_the_front_page_shows_open_and_finished_dialogues_and_no_draft(client, make):
    make.dialogue(title=Translated(en="Winter in the centre"))
    make.dialogue(title=Translated(en="Summer by the beach"), state=DialogueState.CLOSED)
    make.dialogue(title=Translated(en="Not ready"), state=DialogueState.DRAFT)
    page = client.get("/en/")
    opened, finished = page.html.select_one("#open").text, page.html.select_one("#finished").text
    assert "Winter in the centre" in opened
    assert "Say what you think" in opened
    assert "Summer by the beach" in finished
    assert "Not ready" not in page.text


def test_an_empty_front_page_says_so(client, make):
    assert "No dialogue is open right now" in client.get("/en/").text


def test_the_follow_code_is_entered_on_the_front_page(client, make):
    answer = client.send(client.get("/en/"), {"code": "AAAA-AAAA-AAAA"})
    assert answer.status == 422
    assert "We do not know this code" in answer.text


def test_a_draft_cannot_be_seen_or_guessed_at(client, make):
    draft = make.dialogue(state=DialogueState.DRAFT)
    for path in (f"dialogues/{draft.code}", f"dialogues/{draft.code}/privacy", "dialogues/nosuchone"):
        page = client.get(f"/en/{path}")
        assert page.status == 404
        assert "Dialogue" not in page.heading


def test_a_dialogue_says_in_one_glance_what_it_is_and_what_one_can_do(client, make):
    leader = make.user(Role.LEADER, name="Kari Leader", title="Station head")
    dialogue = make.dialogue(promised_by_id=leader.id, promised_at=clock.now())
    make.idea(make.board(dialogue))
    make.meeting(dialogue)
    page = client.get(f"/en/dialogues/{dialogue.code}")
    now = page.html.select_one("#now").text
    assert "Evening talk" in now
    assert "Give an idea" in now
    assert "You get an answer by" in page.text
    assert "Promised by Kari Leader, Station head" in page.text
    assert page.html.select_one("[aria-current=step]").text.split()[1] == "Collect"
    assert page.link("The whole story").endswith("/what-came-of-it")
    assert client.get(page.link("The whole story")).status == 200
    assert page.link("post@example.org") == "mailto:post@example.org"
    assert page.link("Accessibility statement of the organiser") == dialogue.accessibility_url
    in_footer = page.html.select_one("footer").find("a", string="Accessibility statement")
    assert in_footer["href"] == dialogue.accessibility_url


def test_with_nothing_open_the_page_says_what_to_look_at_instead(client, make):
    dialogue = make.dialogue()
    assert "Nothing is open for answers right now" in client.get(f"/en/dialogues/{dialogue.code}").text


def test_a_finished_case_says_that_it_is_one(client, make):
    dialogue = make.dialogue(
        state=DialogueState.CLOSED, note=Translated(en="A **finished** case."), closed_at=clock.now()
    )
    page = client.get(f"/en/dialogues/{dialogue.code}")
    assert "A finished case." in page.text
    assert "This dialogue is finished" in page.text
    assert page.html.select_one(".promise") is None


def test_a_dialogues_privacy_notice_names_who_is_responsible(client, make):
    dialogue = make.dialogue(privacy_notice=Translated(en="## What we keep\n<script>x</script>Your idea."))
    page = client.get(client.get(f"/en/dialogues/{dialogue.code}").link("Privacy in this dialogue"))
    assert str(dialogue.controller.name.get("en")) in page.text
    assert page.html.find("h2", string="What we keep")
    assert "<script>x" not in page.response.text


def test_a_text_in_another_language_than_the_readers_is_marked(client, make):
    dialogue = make.dialogue(title=Translated(nb="Trygg vei hjem"), purpose=Translated(nb="Sammen."))
    page = client.get(f"/en/dialogues/{dialogue.code}")
    assert page.html.h1["lang"] == "nb"
    assert "In Norwegian (Bokmål)" in page.text


def test_what_the_site_says_of_itself(client, make):
    make.dialogue(organiser_id=make.organisation(name=Translated(en="Example town")).id)
    about, privacy, accessibility = (client.get(f"/en/{page}").text for page in PAGES[1:])
    assert "call 112" in about
    assert "02800" in about
    assert "We do not keep your IP address" in privacy
    assert "Datatilsynet" in privacy
    assert "WCAG 2.2" in accessibility
    assert "Example town" in accessibility


def test_public_pages_are_the_same_for_everybody_and_set_no_cookie(client, make, house):
    dialogue = make.dialogue()
    for path in (*PAGES, f"dialogues/{dialogue.code}", f"dialogues/{dialogue.code}/privacy"):
        anonymous = client.get(f"/en/{path}")
        assert "Set-Cookie" not in anonymous.response.headers
        signed_in = type(client)(house).sign_in(make.user()).get(f"/en/{path}")
        assert etag(signed_in) == etag(anonymous)


def test_a_page_that_has_not_changed_is_not_sent_again(client, make, counting):
    dialogue = make.dialogue()
    for path in ("/en/", f"/en/dialogues/{dialogue.code}"):
        first = client.get(path)
        with counting() as statements:
            again = client.browser.get(path, headers={"If-None-Match": etag(first)})
        assert again.status_code == 304
        assert again.data == b""
        assert len(statements) == 1


def test_a_change_at_the_desk_shows_at_once(client, make):
    dialogue, other = make.dialogue(), make.dialogue()
    paths = ("/en/", f"/en/dialogues/{dialogue.code}")
    before = [etag(client.get(path)) for path in paths]
    untouched = etag(client.get(f"/en/dialogues/{other.code}"))
    change_title(make, dialogue, "A new title")
    after = [client.get(path) for path in paths]
    assert all("A new title" in page.text for page in after)
    assert not set(before) & {etag(page) for page in after}
    assert etag(client.get(f"/en/dialogues/{other.code}")) == untouched


def test_publishing_one_and_closing_another_both_change_the_front_page(client, make):
    actor = make.actor(Role.ADMINISTRATOR)
    open_one = make.dialogue(title=Translated(en="Open one"))
    client.get("/en/")
    with make.session() as session:
        operations.close(session, actor, queries.for_desk(session, actor, open_one.code))
        session.commit()
    page = client.get("/en/")
    assert "Open one" in page.html.select_one("#finished").text


def test_the_front_page_takes_as_many_statements_for_thirty_dialogues_as_for_one(
    client, make, counting, house
):
    seen = []
    for more in (1, 29):
        for _ in range(more):
            make.dialogue()
        house.pages.clear()
        with counting() as statements:
            client.get("/en/")
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 6


def test_a_dialogues_page_takes_as_many_statements_however_much_there_is_in_it(client, make, counting, house):
    dialogue = make.dialogue()
    path = f"/en/dialogues/{dialogue.code}"
    make.idea(make.board(dialogue))
    make.meeting(dialogue)
    house.pages.clear()
    with counting() as few:
        client.get(path)
    municipality_id = dialogue.municipality_id
    with make.session() as session:
        for number in range(10):
            organisation = make_organisation(make, municipality_id)
            session.add(
                TeamMember(
                    dialogue_id=dialogue.id,
                    part=Translated(en=f"Part {number}"),
                    organisation_id=organisation,
                )
            )
        session.commit()
    for _ in range(5):
        make.meeting(dialogue)
        make.idea(make.board(dialogue))
    house.pages.clear()
    with counting() as many:
        client.get(path)
    assert len(many) == len(few) <= MOST_STATEMENTS


def make_organisation(make, municipality_id):
    return make.organisation(municipality_id=municipality_id).id


def test_the_phase_of_the_day_says_what_one_can_do(client, make):
    today = clock.today()
    for kind, words in (
        (PhaseKind.INVITE, "See how you can take part"),
        (PhaseKind.ACT, "See what is being done"),
    ):
        make.dialogue(phases=[Phase(kind=kind, starts_on=today - timedelta(1), ends_on=today + timedelta(1))])
        assert words in client.get("/en/").text


def test_what_can_be_done_at_once_stands_before_a_meeting_that_is_full(client, make):
    dialogue = make.dialogue()
    make.meeting(dialogue, title=Translated(en="The full one"), capacity=1, seats_taken=1)
    make.meeting(dialogue, title=Translated(en="The one with seats"))
    make.board(dialogue, title=Translated(en="The board"))
    page = client.get(f"/en/dialogues/{dialogue.code}")
    offered = [heading.text for heading in page.html.select(".offer h3")]
    assert offered == ["The one with seats", "The board", "The full one"]
