"""What residents say about each other's ideas: off unless chosen, read like ideas, shown with the one they are about."""

import pytest
from sqlalchemy import select

from dialogue.base.i18n import speaking
from dialogue.boards import as_source, moderation, operations
from dialogue.boards.models import Board, BoardStage, Idea, Support
from dialogue.boards.walls import BoardWall
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.web.permissions import Role, ScopeKind
from tests.boards.test_live import changes, position


@pytest.fixture
def board(make):
    return make.board(wall=BoardWall.OPEN, takes_comments=True)


@pytest.fixture
def idea(make, board):
    return make.idea(board, "Lights by the path")


def comment(client, idea, words="Warm ones, please.", **values):
    page = client.get(f"/en/boards/ideas/{idea.contribution.code}/comment")
    return client.send(page, {"text": words, **values}, follow=False)


def page_of(client, idea):
    return client.get(f"/en/boards/ideas/{idea.contribution.code}")


def test_a_board_takes_no_comments_unless_somebody_chooses_it(client, make):
    idea = make.idea(make.board())
    assert "Comments" not in page_of(client, idea).text
    answer = client.get(f"/en/boards/ideas/{idea.contribution.code}/comment")
    assert "Comments are closed here." in answer.text
    assert not answer.html.select("main textarea")


def test_an_organiser_chooses_it_behind_more_and_can_choose_otherwise(client, make, read):
    board = make.board()
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.EVERYTHING))
    page = client.get(f"/en/desk/boards/{board.code}")
    assert page.html.select_one("details [name=takes_comments]:not([checked])")
    page = client.send(page, {"takes_comments": "y"}, action=board.code)
    assert read(select(Board.takes_comments)) == [True]
    client.send(page, {"takes_comments": None}, action=board.code)
    assert read(select(Board.takes_comments)) == [False]


def test_a_comment_stands_with_its_idea_and_not_on_the_board(client, board, idea):
    page_of(client, idea)
    wall = f"/en/boards/{board.code}"
    client.get(wall)
    comment(client, idea)
    assert "Warm ones, please." in page_of(client, idea).text
    shown = client.get(wall)
    assert "Warm ones" not in shown.text
    assert "1 comment" in shown.text
    assert len(shown.html.select("[data-idea]")) == 1
    assert "Warm ones" not in client.get(f"{wall}/search?q=warm").text


def test_on_a_careful_wall_a_comment_is_read_first_with_what_it_is_about_above_it(client, make, read):
    idea = make.idea(make.board(takes_comments=True), "Lights by the path")
    comment(client, idea)
    assert "Warm ones" not in page_of(client, idea).text
    assert "1 comment" not in client.get(f"/en/boards/{idea.board.code}").text
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.EVERYTHING))
    queue = client.get("/en/desk/moderation")
    assert "A comment on “Lights by the path”" in queue.text
    client.send(queue, action="publish")
    assert "Warm ones, please." in page_of(client, idea).text


def test_what_a_comment_is_about_is_named_only_while_it_is_shown(client, make, database):
    idea = make.idea(make.board(takes_comments=True), "Lights by the path")
    follow = comment(client, idea).response.location
    assert "Lights by the path" in client.get(follow).text
    with database.writing() as session:
        moderator = make.actor(Role.ORGANISER, ScopeKind.EVERYTHING)
        moderation.undo(session, moderator, idea.contribution.code)
    assert "Lights by the path" not in client.get(follow).text
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.EVERYTHING))
    one = (
        client.get("/en/desk/moderation")
        .html.find(string=lambda text: "Warm ones" in text)
        .find_parent("article")
    )
    assert "A comment on an idea that is not shown" in one.get_text()


def test_the_language_is_folded_away_until_it_is_another(client, idea):
    path = f"/en/boards/ideas/{idea.contribution.code}/comment"
    page = client.get(path)
    assert not page.html.select("main details[open]")
    refused = client.send(page, {"text": "", "language": "ar"})
    assert refused.html.select("main details[open] select[name=language]")


def test_the_guard_keeps_a_comment_from_being_shown_at_once(client, idea):
    page = client.get(f"/en/boards/ideas/{idea.contribution.code}/comment")
    warned = client.send(page, {"text": "Call me on 912 34 567."})
    assert warned.status == 422
    assert "912 34 567" in warned.html.select_one("textarea").get_text()
    assert "912" not in page_of(client, idea).text


def test_a_comment_is_followed_changed_and_taken_back_by_its_code(client, make, read):
    idea = make.idea(make.board(takes_comments=True))
    follow = client.get(comment(client, idea).response.location)
    assert "Your comment" in follow.text or "Warm ones, please." in follow.text
    change = client.get(follow.link("Change it"))
    page = client.send(change, {"text": "Cold ones."})
    assert "Cold ones." in page.text
    assert read(select(Idea.comment_on_id).where(Idea.text == "Cold ones.")) == [idea.contribution_id]
    client.send(client.get(page.link("Take the comment back")))
    assert read(select(Contribution.state).order_by(Contribution.id))[-1] is ContributionState.WITHDRAWN


def test_the_same_comment_sent_twice_is_one(client, idea, read):
    page = client.get(f"/en/boards/ideas/{idea.contribution.code}/comment")
    first, second = (client.send(page, {"text": "Warm."}, follow=False) for _ in range(2))
    assert first.response.location == second.response.location
    assert len(read(select(Idea).where(Idea.comment_on_id.is_not(None)))) == 1


def test_nobody_comments_on_a_comment_or_supports_one(client, idea, read):
    comment(client, idea)
    code = read(select(Contribution.code).join(Idea).where(Idea.comment_on_id.is_not(None)))[0]
    own = client.get(f"/en/boards/ideas/{code}")
    assert own.status == 200
    assert own.html.select_one(".back, .page-header a")
    assert not own.html.select("form[action$=support], a[href$=comment]")
    assert client.get(f"/en/boards/ideas/{code}/comment").status == 404
    client.browser.set_cookie("device", "x" * 40)
    assert client.post(f"/en/boards/ideas/{code}/support").status == 404
    assert read(select(Support)) == []


@pytest.mark.parametrize("stage", [BoardStage.FREEZE])
def test_a_closed_board_takes_no_comment_and_what_was_typed_is_kept(client, idea, database, stage):
    page = client.get(f"/en/boards/ideas/{idea.contribution.code}/comment")
    with database.writing() as session:
        session.get_one(Board, idea.board_id).stage = stage
    refused = client.send(page, {"text": "Too late?"})
    assert refused.status == 422
    assert refused.html.select_one("textarea").get_text().strip() == "Too late?"
    assert "Comments are closed here" in refused.text


def test_an_open_board_page_is_told_the_new_number_and_nothing_of_one_that_waits(
    client, board, idea, database
):
    since = position(client, board)
    with database.writing() as session:
        operations.comment(session, session.get_one(Idea, idea.contribution_id), "Warm.", "en", "key")
    told = changes(client, board, since)
    assert [one["code"] for one in told["ideas"]] == [idea.contribution.code]
    assert "1 comment" in told["ideas"][0]["html"]
    assert told["gone"] == []
    assert "Warm." not in str(told)
    with database.writing() as session:
        session.get_one(Board, board.id).wall = BoardWall.CAREFUL
    with database.writing() as session:
        operations.comment(session, session.get_one(Idea, idea.contribution_id), "Cold.", "en", "another")
    assert "Cold" not in str(changes(client, board, since))


def test_a_comment_on_what_was_taken_back_stands_alone_and_says_so(client, idea, read, database):
    comment(client, idea)
    with database.writing() as session:
        gone = session.get_one(Contribution, idea.contribution_id)
        operations.erase(session, gone)
    code = read(select(Contribution.code).join(Idea).where(Idea.comment_on_id.is_not(None)))[0]
    page = client.get(f"/en/boards/ideas/{code}")
    assert "It is about an idea that is no longer shown." in page.text
    assert "Lights" not in page.text


def test_an_idea_is_not_changed_as_if_it_were_a_comment_nor_the_other_way(client, give, idea, board):
    for follow, page in (
        (give(board).response.location, "comment"),
        (comment(client, idea).response.location, "idea"),
    ):
        assert client.get(follow.split("?")[0] + "/" + page).status == 404


def test_whoever_gathers_under_themes_reads_what_a_comment_is_about(make, board, idea, database):
    said = make.idea(board, "", text="Yes, and soon.", comment_on_id=idea.contribution_id)
    with speaking("en"), database.reading() as session:
        text = as_source.source_texts(session, [said.contribution_id])[said.contribution_id]
    assert (text.text, text.support) == ("Yes, and soon.", None)
    assert text.where == "Board (en) · A comment on “Lights by the path”"


def test_the_writer_comes_from_a_comment_to_what_it_is_about(client, idea):
    follow = client.get(comment(client, idea).response.location)
    assert client.get(follow.link("Lights by the path")).heading == "Lights by the path"
