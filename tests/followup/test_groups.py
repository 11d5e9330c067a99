"""One code for a class: what was given under its name is followed by everybody in it, and changed by nobody."""

import pytest
from sqlalchemy import select, update

from dialogue.actions import operations as actions
from dialogue.actions.models import Action, ActionState
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import Invalid, NotAllowed
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue
from dialogue.followup import groups
from dialogue.followup.models import GroupCode
from dialogue.meetings.models import Group
from dialogue.residents.models import Contact
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words


@pytest.fixture
def gave(a_round, database):
    """Something that Klasse A gave, by its title and state."""

    def make(title: str, state: ContributionState = ContributionState.PUBLISHED, label: str = "Klasse A"):
        idea = a_round.idea(title, state)
        with database.writing() as session:
            session.execute(
                update(Contribution).where(Contribution.id == idea.contribution_id).values(label=label)
            )
        return idea

    return make


@pytest.fixture
def desk(client, make, a_round, house):
    """The browser of an organiser."""
    return type(client)(house).sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))


@pytest.fixture
def path(desk, a_round, gave):
    """The path of Klasse A's page."""
    gave("Lights by the path")
    page = desk.get(f"/en/desk/dialogues/{a_round.dialogue.code}/group-codes")
    page = desk.send(page, action="/group-codes")
    return f"/en/follow/{page.html.select_one('.slip__code').text}"


def test_a_code_is_made_for_a_label_in_use_and_printed_on_slips(desk, a_round, gave, read):
    gave("Lights")
    page = desk.get(
        desk.get(f"/en/desk/dialogues/{a_round.dialogue.code}").link("Codes for classes and groups")
    )
    assert "Klasse A" in page.text
    page = desk.send(page, action="/group-codes")
    assert page.heading == "Slips for Klasse A"
    assert page.html.select_one("img[src^='data:image/svg+xml']")
    assert read(select(GroupCode.label)) == ["Klasse A"]
    assert read(select(AuditEntry.verb).where(AuditEntry.subject_kind == "group code")) == ["make"]


def test_the_same_code_however_often_it_is_asked_for(desk, a_round, gave, read, database):
    gave("Lights")
    for _ in range(3):
        with database.writing() as session:
            dialogue = session.get_one(Dialogue, a_round.dialogue.id)
            groups.make(session, a_round.organiser, dialogue, "Klasse A")
    assert len(read(select(GroupCode.id))) == 1


def test_a_meetings_group_can_have_a_code_before_it_has_said_anything(a_round, make, database):
    meeting = make.meeting(a_round.dialogue)
    with database.writing() as session:
        session.add(Group(meeting_id=meeting.id, position=1, name=words("Table 1")))
    with database.writing() as session:
        dialogue = session.get_one(Dialogue, a_round.dialogue.id)
        assert groups.make(session, a_round.organiser, dialogue, "Table 1 (nb)").label == "Table 1 (nb)"


@pytest.mark.parametrize("label", ["", "Klasse B", "klasse a"])
def test_no_code_is_made_for_a_name_that_is_not_in_use(a_round, gave, database, label):
    gave("Lights")
    with database.writing() as session, pytest.raises(Invalid):
        groups.make(session, a_round.organiser, session.get_one(Dialogue, a_round.dialogue.id), label)


def test_only_who_runs_the_dialogue_makes_codes(a_round, make, gave, database):
    gave("Lights")
    other = make.actor(Role.LEADER, ScopeKind.DIALOGUE, a_round.dialogue.id)
    with database.writing() as session, pytest.raises(NotAllowed):
        groups.make(session, other, session.get_one(Dialogue, a_round.dialogue.id), "Klasse A")


def test_the_slip_of_another_dialogue_is_not_found(desk, make, path, read, client, house):
    (group_id,) = read(select(GroupCode.id))
    dialogue = make.dialogue()
    other = type(client)(house).sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, dialogue.id))
    assert other.get(f"/en/desk/dialogues/{dialogue.code}/group-codes/{group_id}").status == 404


def test_the_code_from_paper_opens_what_was_given_with_its_story(client, path, a_round, gave):
    gave("Benches by the lake")
    gave("Of another class", label="Klasse B")
    page = client.send(client.get("/en/follow"), {"code": path.rsplit("/", 1)[1].lower()})
    assert page.heading == "Klasse A"
    assert "Lights by the path" in page.text
    assert "Benches by the lake" in page.text
    assert "Of another class" not in page.text
    assert "An answer is promised by" in page.text


@pytest.mark.parametrize(
    "state", [ContributionState.RECEIVED, ContributionState.RETURNED, ContributionState.WITHDRAWN]
)
def test_only_what_is_published_is_shown(client, path, gave, state):
    gave("Names somebody", state)
    text = client.get(path).text
    assert "Names somebody" not in text
    assert "You have given 1 thing together" in text


def test_the_page_tells_themes_answers_and_asks_whether_it_helped(
    client, path, a_round, database, gave, read
):
    mine = gave("Lamps")
    theme = a_round.theme("Light", mine, a_round.idea("Of somebody else"))
    action = a_round.action(a_round.decide(theme))
    with database.writing() as session:
        found = session.get_one(Action, action.id)
        actions.finish(
            session, a_round.organiser, found, found.revision, ActionState.DONE, words("They shine")
        )
    page = client.get(path)
    assert "1 from you, 2 in all" in page.text
    assert "Taken up" in page.text
    assert "Done: New lights" in page.text
    assert "Of somebody else" not in page.text
    # The code is everybody's, so it is the device that answers.
    answer = client.send(page, {"answer": "yes"}, action="/helped", follow=False).response
    assert answer.location == f"/en/actions/{action.code}/helped?again=1"
    assert "device=" in answer.headers["Set-Cookie"]


def test_nothing_can_be_changed_taken_back_or_left_with_a_groups_code(client, path, read):
    (contribution,) = read(select(Contribution.code))
    page = client.get(path)
    assert page.html.select_one("main form[action*='/address'], main a[href*='/withdraw/']") is None
    for target, values in (
        (f"{path}/address", {"email": "kim@example.org"}),
        (f"{path}/address/how", {"how": "at_once"}),
        (f"{path}/address/remove", {}),
        (f"{path}/withdraw/{contribution}", {}),
        (f"{path}/idea", {"title": "T", "text": "T"}),
    ):
        assert client.post(target, values).status == 404, target
    assert client.get(f"{path}/withdraw/{contribution}").status == 404
    assert read(select(Contact.id)) == []
    assert read(select(Contribution.state)) == [ContributionState.PUBLISHED]


def test_the_page_is_kept_out_of_caches_and_search(client, path):
    headers = client.get(path).response.headers
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_large_class_has_pages_and_each_takes_the_same_number_of_statements(
    client, path, gave, counting, a_round
):
    def number() -> int:
        with counting() as seen:
            client.get(path)
        return len(seen)

    a_round.decide(a_round.theme("Light", gave("One")))
    few = number()
    a_round.decide(a_round.theme("More", *(gave(f"More {count}") for count in range(30))))
    # The story of each theme is read with its decisions, hearings, actions, their updates and what residents say.
    assert number() == few <= 18
    page = client.get(path)
    assert "You have given 32 things together" in page.text
    assert page.html.select_one("a[href*='page=2']")
