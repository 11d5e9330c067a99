"""Public pages are made once for each version."""

import gzip
import re

from dialogue.dialogues.contributions import raise_version
from dialogue.dialogues.models import DialogueState

GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_that_has_not_changed_is_not_sent_again(client, make):
    board = make.board()
    first = client.browser.get(f"/en/boards/{board.code}")
    again = client.browser.get(f"/en/boards/{board.code}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


def test_a_page_is_made_anew_when_its_dialogue_changes(client, make, database):
    board = make.board()
    first = client.browser.get(f"/en/boards/{board.code}")
    make.idea(board, "A new idea")
    assert "A new idea" not in client.get(f"/en/boards/{board.code}").text
    with database.writing() as session:
        raise_version(session, board.dialogue_id)
    assert "A new idea" in client.get(f"/en/boards/{board.code}").text
    assert client.browser.get(f"/en/boards/{board.code}").headers["ETag"] != first.headers["ETag"]


def test_each_language_has_its_own_page(client, make):
    board = make.board()
    assert "(nb)" in client.get(f"/nb/boards/{board.code}").text
    assert "(nn)" in client.get(f"/nn/boards/{board.code}").text


def test_a_page_is_kept_compressed(client, make):
    board = make.board()
    answer = client.browser.get(f"/en/boards/{board.code}", headers=GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == client.browser.get(f"/en/boards/{board.code}").data


def test_each_page_load_has_a_submission_key_of_its_own(client, make):
    board = make.board()
    keys = set()
    for _ in range(3):
        answer = client.browser.get(f"/en/boards/{board.code}/write", headers=GZIP)
        body = gzip.decompress(answer.data) if "Content-Encoding" in answer.headers else answer.data
        keys.add(re.search(rb'name="submission_key" value="([^"]+)"', body).group(1))
    assert len(keys) == 3


def test_public_pages_set_no_cookie(client, make):
    board = make.board()
    for path in ("/en/", "/en/sign-in", f"/en/boards/{board.code}", f"/en/boards/{board.code}/write"):
        assert "Set-Cookie" not in client.browser.get(path).headers


def test_the_page_of_a_draft_is_found_by_nobody(client, make):
    board = make.board(make.dialogue(state=DialogueState.DRAFT))
    assert client.get(f"/en/boards/{board.code}").status == 404


def test_marks_that_others_add_to_an_address_lead_to_the_same_kept_page(client, make, house):
    board = make.board()
    path = f"/en/boards/{board.code}"
    first = client.browser.get(f"{path}?fbclid=somebody").data
    kept = len(house.pages._pages)
    assert client.browser.get(f"{path}?utm_source=x&fbclid=somebody-else").data == first
    assert len(house.pages._pages) == kept
    assert b"fbclid" not in first


def test_a_page_of_ideas_keeps_its_number_in_the_other_languages(client, make):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}?page=2&fbclid=x")
    assert page.html.find("link", hreflang="nn")["href"] == f"/nn/boards/{board.code}?page=2"
