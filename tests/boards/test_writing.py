"""Writing an idea on a board."""

from sqlalchemy import func, select

from dialogue.boards.models import Idea
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.residents.models import FollowCode


def test_an_idea_is_stored_and_waits_to_be_read(client, make, read):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    answer = client.send(
        page, {"column": board.columns[0].id, "title": "Lights", "text": "By the path."}, follow=False
    )
    assert answer.status == 302
    assert answer.response.location.startswith("/en/follow/")
    assert read(select(Contribution.state)) == [ContributionState.RECEIVED]


def test_the_same_form_sent_twice_is_one_idea_and_one_code(client, make, read):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    values = {"column": board.columns[0].id, "title": "Lights", "text": "By the path."}
    first = client.send(page, values, follow=False)
    second = client.send(page, values, follow=False)
    assert first.response.location == second.response.location
    assert read(select(func.count()).select_from(Idea)) == [1]


def test_the_same_form_with_other_content_is_another_idea(client, make, read):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    for title in ("Lights", "Benches"):
        client.send(page, {"column": board.columns[0].id, "title": title, "text": "By the path."}, follow=False)
    assert read(select(func.count()).select_from(FollowCode)) == [2]


def test_what_was_typed_is_kept_when_something_is_missing(client, make):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    answer = client.send(page, {"column": board.columns[0].id, "title": "", "text": "By the path."})
    assert answer.status == 422
    assert "By the path." in answer.response.text
    assert answer.errors
