"""One dot from each device for each idea."""

import threading

import pytest
from sqlalchemy import func, select, update

from dialogue.base.errors import Closed, NotFound
from dialogue.boards import support
from dialogue.boards.models import Board, BoardStage, Idea, PlacedDots, Support, SupportKind
from dialogue.dialogues.models import ContributionState
from tests.support.client import SAME_SITE, Client

COUNT = select(Idea.support_count)


@pytest.mark.parametrize("before", ["?page=1", "/search?q=lights"])
def test_support_is_counted_and_the_page_comes_back_at_the_idea(client, make, read, before):
    board = make.board()
    code = make.idea(board).contribution.code
    page = client.get(f"/en/boards/{board.code}")
    answer = client.browser.post(
        page.form("support")["action"],
        headers={**SAME_SITE, "Referer": f"http://localhost/en/boards/{board.code}{before}"},
        follow_redirects=True,
    )
    assert answer.history[-1].location == f"/en/boards/{board.code}{before}#supported-{code}"
    shown = client.get(f"/en/boards/{board.code}").html
    assert shown.select_one(".support__count").text == "1"
    assert shown.select_one(f"#supported-{code}").text == "Your support is counted."
    assert read(COUNT) == [1]


def test_the_cookie_is_set_by_support_only_and_ends_with_the_browser(client, make):
    board = make.board()
    make.idea(board)
    page = client.get(f"/en/boards/{board.code}")
    assert "Set-Cookie" not in page.response.headers
    answer = client.send(page, action="support", follow=False)
    assert answer.status == 307
    cookie = answer.response.headers["Set-Cookie"]
    assert cookie.startswith("device=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie


def test_a_second_click_counts_once_and_offers_to_take_it_back(client, make, read):
    board = make.board()
    make.idea(board)
    page = client.get(f"/en/boards/{board.code}")
    client.send(page, action="support")
    second = client.send(page, action="support")
    assert second.heading == "You already support this idea"
    assert read(COUNT) == [1]
    client.send(second, action="support")
    assert read(COUNT) == [0]
    assert read(select(func.count()).select_from(Support)) == [0]


def test_taking_back_what_was_not_given_changes_nothing(client, make, read):
    idea = make.idea(make.board(), support_count=3)
    client.post(f"/en/boards/ideas/{idea.contribution.code}/support", {"take_back": "yes"})
    assert read(COUNT) == [3]


def test_two_devices_count_twice(house, make, read):
    board = make.board()
    make.idea(board)
    for browser in (Client(house), Client(house)):
        browser.send(browser.get(f"/en/boards/{board.code}"), action="support")
    assert read(COUNT) == [2]


def test_a_browser_without_cookies_is_told_and_not_counted(house, make, read):
    idea = make.idea(make.board())
    browser = house.test_client(use_cookies=False)
    answer = browser.post(
        f"/en/boards/ideas/{idea.contribution.code}/support", headers=SAME_SITE, follow_redirects=True
    )
    assert answer.status_code == 409
    assert "cookie" in answer.text
    assert read(COUNT) == [0]


def test_the_script_gets_the_new_number_each_time(client, make):
    idea = make.idea(make.board(), support_count=6)
    address = f"/en/boards/ideas/{idea.contribution.code}/support"

    def ask(**values):
        headers = {**SAME_SITE, "Accept": "text/plain"}
        return client.browser.post(address, data=values, headers=headers, follow_redirects=True).text

    assert [ask(), ask(), ask(take_back="yes")] == ["7", "7", "6"]


def test_support_for_an_idea_on_a_closed_board_is_refused(client, make, read, database):
    board = make.board()
    make.idea(board)
    page = client.get(f"/en/boards/{board.code}")
    with database.writing() as session:
        session.execute(update(Board).values(stage=BoardStage.FREEZE))
    answer = client.send(page, action="support")
    assert answer.status == 409
    assert "Support cannot be given or taken back on this board now" in answer.text
    assert read(COUNT) == [0]


@pytest.mark.parametrize(
    "before", ["http://evil.example/en/boards/x", "http://localhost/en/desk", "", "::::"]
)
def test_the_page_before_is_trusted_only_when_it_is_of_the_board(client, make, before):
    board = make.board()
    idea = make.idea(board)
    headers = {**SAME_SITE, "Referer": before}
    answer = client.browser.post(
        f"/en/boards/ideas/{idea.contribution.code}/support", headers=headers, follow_redirects=True
    )
    assert answer.history[-1].location.startswith(f"/en/boards/{board.code}#")


def test_rows_of_one_device_cannot_be_put_together(client, make, read):
    board = make.board()
    for title in ("Lights", "Benches"):
        code = make.idea(board, title).contribution.code
        client.post(f"/en/boards/ideas/{code}/support")
    assert len(set(read(select(Support.device_hash)))) == 2


@pytest.mark.parametrize("devices", [1, 8])
def test_clicks_at_the_same_moment_count_once_for_each_device(make, database, read, devices):
    code = make.idea(make.board()).contribution.code
    start = threading.Barrier(8)
    given = []

    def click(number):
        start.wait()
        with database.writing() as session:
            given.append(support.give(session, code, f"device {number % devices}"))

    threads = [threading.Thread(target=click, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(given) == devices
    assert read(COUNT) == [devices]


def test_an_idea_that_is_not_shown_cannot_be_supported(make, database, read):
    code = make.idea(make.board(), "My secret", ContributionState.RECEIVED).contribution.code
    with database.writing() as session:
        for act in (support.give, support.take_back):
            with pytest.raises(NotFound):
                act(session, code, "a device")
    assert read(COUNT) == [0]


def test_dots_run_out_and_can_be_moved(client, make, read):
    board = make.board(support_kind=SupportKind.DOTS, dots_each=2)
    codes = [make.idea(board, title).contribution.code for title in ("Lights", "Benches", "Bins")]
    assert "You have 2 dots to place" in client.get(f"/en/boards/{board.code}").text
    for code in codes[:2]:
        client.post(f"/en/boards/ideas/{code}/support")
    refused = client.post(f"/en/boards/ideas/{codes[2]}/support")
    assert refused.status == 409
    assert "You have placed all your dots (2)." in refused.text
    assert sorted(read(COUNT)) == [0, 1, 1]
    client.post(f"/en/boards/ideas/{codes[0]}/support", {"take_back": "yes"})
    client.post(f"/en/boards/ideas/{codes[2]}/support")
    assert sorted(read(COUNT)) == [0, 1, 1]
    assert read(select(PlacedDots.placed)) == [2]


def test_the_last_dot_is_placed_once_however_many_presses_come_at_the_same_moment(make, database, read):
    board = make.board(support_kind=SupportKind.DOTS, dots_each=3)
    codes = [make.idea(board, f"Idea {number}").contribution.code for number in range(8)]
    start, refused = threading.Barrier(8), []

    def press(code):
        start.wait()
        try:
            with database.writing() as session:
                support.give(session, code, "one device")
        except Closed:
            refused.append(code)

    threads = [threading.Thread(target=press, args=(code,)) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 5
    assert sum(read(COUNT)) == 3
    assert read(select(func.count()).select_from(Support)) == [3]


def test_what_one_thinks_can_be_changed_and_taken_back(client, make, read):
    board = make.board(support_kind=SupportKind.STANCE)
    make.idea(board)
    counts = select(Idea.support_count, Idea.disagree_count, Idea.pass_count)
    page = client.get(f"/en/boards/{board.code}")
    seen = []
    for values in ({"stance": "agree"}, {"stance": "disagree"}, {"stance": "disagree"}, {"stance": "pass"}):
        client.send(page, values, action="support")
        seen.append(read(select(Idea.support_count + 10 * Idea.disagree_count + 100 * Idea.pass_count))[0])
    assert seen == [1, 10, 10, 100]
    client.send(page, {"take_back": "yes"}, action="support")
    assert read(counts.with_only_columns(Idea.pass_count)) == [0]
    assert read(select(func.count()).select_from(Support)) == [0]


def test_another_kind_keeps_what_was_given(make, database, read):
    board = make.board()
    code = make.idea(board).contribution.code
    with database.writing() as session:
        support.give(session, code, "a device")
    for kind, number in ((SupportKind.STANCE, 0), (SupportKind.DOTS, 1), (SupportKind.DOT, 1)):
        with database.writing() as session:
            support.change_kind(session, session.get_one(Board, board.id), kind, 3)
        assert read(COUNT) == [number]


def test_a_board_of_dots_takes_no_stance(client, make, read):
    code = make.idea(make.board()).contribution.code
    client.post(f"/en/boards/ideas/{code}/support")
    assert client.post(f"/en/boards/ideas/{code}/support", {"stance": "disagree"}).status == 422
    assert read(select(Idea.disagree_count)) == [0]
