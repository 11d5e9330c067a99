"""A board for each group of a meeting, the plenary wall that gathers them, and the run sheet that moves them."""

import threading

import pytest
from sqlalchemy import func, select

from dialogue.base import clock
from dialogue.boards import operations
from dialogue.boards.models import Board, BoardStage, Column, Idea
from dialogue.boards.operations import Draft
from dialogue.dialogues.models import Contribution, DialogueState
from dialogue.meetings.models import Group, RunItem
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client
from tests.support.make import words

BOARDS = select(func.count()).select_from(Board)


@pytest.fixture
def organiser(client, make):
    return client.sign_in(make.user())


@pytest.fixture
def meeting(make, database):
    made = make.meeting()
    with database.writing() as session:
        for position in (1, 2):
            session.add(Group(meeting_id=made.id, position=position, name=words(f"Group {position}")))
    return made


@pytest.fixture
def boards(organiser, meeting, read):
    """The plenary wall and the boards of two groups."""
    organiser.send(organiser.get(f"/en/desk/meetings/{meeting.code}/boards"), action="boards")
    return read(select(Board).order_by(Board.id))


def write(database, board, text, key):
    with database.writing() as session:
        here = session.get_one(Board, board.id)
        return operations.write_idea(session, here, Draft(here.columns[0].id, text, "Please.", "nb"), key)


def test_one_click_makes_a_board_for_each_group_and_one_wall_that_gathers_them(organiser, meeting, read):
    groups = organiser.get(f"/en/desk/meetings/{meeting.code}/groups")
    page = organiser.get(groups.link("Give each group a board"))
    first, second = organiser.send(page, action="boards"), organiser.send(page, action="boards")
    assert first.path == second.path
    plenary, *boards = read(select(Board).order_by(Board.id))
    assert plenary.gathers
    assert [board.label_for_writers for board in boards] == ["Group 1 (nb)", "Group 2 (nb)"]
    assert {board.plenary_id for board in boards} == {plenary.id}
    slips = organiser.get(f"/en/desk/boards/{plenary.code}/slips")
    assert len(slips.html.select(".slip img")) == 2
    assert all(f"/en/boards/{board.code}/write" in slips.text for board in boards)


def test_the_meetings_pages_lead_to_the_plenary_wall_on_the_wall_of_the_hall(organiser, meeting, boards):
    plenary, *_groups = boards
    page = organiser.get(f"/en/desk/meetings/{meeting.code}")
    assert plenary.code in page.link("Show on the wall")
    wall = organiser.get(page.link("Show on the wall"))
    shown = organiser.get(wall.link("Open the wall"))
    assert "/en/projector/" in shown.path
    assert "The ideas are hidden until they are shown together." in shown.text


def test_a_meeting_without_groups_leads_to_the_boards_of_its_dialogue(organiser, meeting, make):
    path = f"/en/desk/meetings/{meeting.code}"
    assert "on the wall" not in organiser.get(path).text
    first = make.board(meeting.dialogue)
    assert first.code in organiser.get(path).link("Show on the wall")
    make.board(meeting.dialogue, title=words("Lights"))
    assert organiser.get(path).link("Show “Lights (en)” on the wall")


def test_no_hall_is_led_to_what_nobody_may_see_or_to_a_meeting_that_is_not_held(
    organiser, make, meeting, boards
):
    draft = make.meeting(make.dialogue(state=DialogueState.DRAFT))
    make.board(draft.dialogue)
    assert "on the wall" not in organiser.get(f"/en/desk/meetings/{draft.code}").text
    path = f"/en/desk/meetings/{meeting.code}"
    assert organiser.get(path).link("Show on the wall")
    organiser.send(organiser.get(path), {"confirmed": "yes"}, action="cancel")
    assert "on the wall" not in organiser.get(path).text


def test_whoever_leads_the_evening_finds_the_wall_of_the_hall(house, make, meeting, boards, database):
    leader = make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, meeting.dialogue_id)
    with database.writing() as session:
        session.scalars(select(Group).order_by(Group.id)).first().facilitator_id = leader.id
        session.add(RunItem(meeting_id=meeting.id, position=1, minutes=10, activity=words("Welcome")))
    page = Client(house).sign_in(leader).get(f"/en/desk/meetings/{meeting.code}/run-sheet/evening")
    assert boards[0].code in page.link("Show on the wall")


def test_a_group_that_comes_later_gets_a_board_too(organiser, meeting, boards, database, read):
    with database.writing() as session:
        session.add(Group(meeting_id=meeting.id, position=3, name=words("Group 3")))
    page = organiser.get(f"/en/desk/meetings/{meeting.code}/boards")
    assert "Make a board for 1 group" in page.text
    organiser.send(page, action="boards")
    assert read(BOARDS) == [4]


def test_the_plenary_wall_gathers_moves_and_keeps_hidden_what_the_groups_write(
    house, organiser, boards, database
):
    plenary, first, second = boards
    write(database, first, "A bench", "one")
    write(database, second, "A lamp", "two")
    resident = Client(house)
    for board in boards:
        page = resident.get(f"/en/boards/{board.code}")
        assert "A bench" not in page.text
        assert "A lamp" not in page.text
        assert {count.text for count in page.html.select(".wall__count")} <= {"0"}
    desk = organiser.get(f"/en/desk/boards/{plenary.code}")
    assert "ideas kept back" in desk.text
    organiser.send(desk, action="stage")
    page = resident.get(f"/en/boards/{plenary.code}")
    assert {card.get_text(" ", strip=True) for card in page.html.select("article h3, article h2")} == {
        "A bench",
        "A lamp",
    }
    assert "Group 1 (nb)" in page.text
    assert "Group 2 (nb)" in page.text
    assert "Give an idea" not in page.text
    own = resident.get(f"/en/boards/{first.code}")
    assert "A bench" in own.text
    assert "A lamp" not in own.text


def test_a_groups_board_has_the_prompts_of_its_plenary_wall_and_follows_its_stages(organiser, boards, read):
    plenary, first, _second = boards
    page = organiser.get(f"/en/desk/boards/{plenary.code}")
    new = {f"column-2-title-{code}": f"Who helps? {code}" for code in ("nb", "nn", "en")}
    organiser.send(page, new, action=f"/boards/{plenary.code}")
    titles = read(select(Column.title).where(Column.board_id == first.id).order_by(Column.position))
    assert [title.get("en") for title in titles][1:] == ["Who helps? en"]
    own = organiser.get(f"/en/desk/boards/{first.code}")
    assert "This is a group's board" in own.text
    assert organiser.post(f"/en/desk/boards/{first.code}/stage", {"to": "reveal"}).status in (403, 409, 400)
    assert set(read(select(Board.stage))) == {BoardStage.WRITE}


def test_a_facilitators_page_leads_to_the_groups_own_board(house, make, meeting, boards, database, read):
    leader = make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, meeting.dialogue_id)
    with database.writing() as session:
        group = session.scalars(select(Group).order_by(Group.id)).first()
        group.facilitator_id = leader.id
        code = group.code
    page = Client(house).sign_in(leader).get(f"/en/desk/groups/{code}")
    assert boards[1].code in page.link("Write ideas on “Group 1 (en)”")
    assert boards[2].code not in page.response.text
    assert boards[1].code in page.link("Code for the table")


def test_an_item_of_the_run_sheet_opens_a_stage_once(house, organiser, make, meeting, boards, database, read):
    plenary = boards[0]
    form = organiser.get(f"/en/desk/meetings/{meeting.code}/run-sheet/new")
    filled = {f"activity-{code}": f"Read all {code}" for code in ("nb", "nn", "en")}
    organiser.send(form, {**filled, "opens": f"boards/{plenary.code}/reveal"}, action="new")
    page = organiser.get(f"/en/desk/meetings/{meeting.code}/run-sheet/evening")
    assert "Opens: " in page.text
    after = organiser.send(page, action="begin")
    assert "All ideas are shown." in after.text
    assert set(read(select(Board.stage))) == {BoardStage.REVEAL}
    assert organiser.send(page, action="begin").status == 409
    organiser.send(after, action="anew")
    assert read(select(RunItem.begun_at)) == [None]


def test_a_facilitator_of_another_meeting_begins_nothing(house, make, meeting, boards, database, read):
    with database.writing() as session:
        session.add(RunItem(meeting_id=meeting.id, position=1, minutes=10, activity=words("Read")))
    (item,) = read(select(RunItem.id))
    other = Client(house).sign_in(make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, meeting.dialogue_id))
    answer = other.post(f"/en/desk/meetings/{meeting.code}/run-sheet/{item}/begin")
    assert answer.status in (403, 404)
    assert read(select(RunItem.begun_at)) == [None]


def test_ten_groups_of_seven_write_at_the_same_time_and_nothing_is_lost(
    organiser, meeting, make, database, read
):
    with database.writing() as session:
        for position in range(3, 11):
            session.add(Group(meeting_id=meeting.id, position=position, name=words(f"Group {position}")))
    organiser.send(organiser.get(f"/en/desk/meetings/{meeting.code}/boards"), action="boards")
    groups = read(select(Board).where(Board.plenary_id.is_not(None)).order_by(Board.id))
    start, begun = threading.Barrier(10), clock.now()

    def table(board):
        start.wait()
        for number in range(7):
            write(database, board, f"{board.label_for_writers}: {number}", f"{board.id} {number}")

    threads = [threading.Thread(target=table, args=(board,)) for board in groups]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"70 ideas of ten groups in {(clock.now() - begun).total_seconds():.2f} s")  # noqa: T201 - a figure for who asks
    assert read(select(func.count()).select_from(Idea)) == [70]
    per_label = read(select(func.count()).select_from(Contribution).group_by(Contribution.label))
    assert per_label == [7] * 10
