"""The follow page, for whoever holds a code."""

import pytest
from sqlalchemy import select

from dialogue.residents.models import Contact


@pytest.fixture
def code(client, make) -> str:
    """The follow code of an idea that was just sent."""
    board = make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    values = {"column": board.columns[0].id, "title": "Lights", "text": "By the path."}
    return (
        client.send(page, values, follow=False).response.location.split("/follow/")[1].removesuffix("?new=1")
    )


def test_after_sending_the_code_is_shown_to_be_written_down(client, code):
    page = client.get(f"/en/follow/{code}?new=1")
    assert page.status == 200
    assert page.heading == "Thank you. We have received it."
    assert page.html.select_one(".codebox code").text == code


def test_the_story_begins_with_what_was_received_and_says_what_comes_next(client, code):
    page = client.get(f"/en/follow/{code}")
    assert "Received" in page.text
    assert "Waits to be read" in page.text


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")]
)
def test_a_code_may_be_typed_without_dashes_and_in_small_letters(client, code, change):
    answer = client.send(client.get("/en/follow"), {"code": change(code)}, follow=False)
    assert answer.status == 302
    assert answer.response.location == f"/en/follow/{code}"


def test_a_code_that_is_misread_on_paper_is_still_right(client, code):
    misread = code.replace("0", "O").replace("1", "l")
    assert client.get(f"/en/follow/{misread}").status == 200


def test_an_unknown_code_is_told_as_unknown_wherever_it_is_entered(client, house):
    typed = client.send(client.get("/en/follow"), {"code": "AAAA-BBBB-CCCC"})
    opened = client.get("/en/follow/AAAA-BBBB-CCCC")
    assert (typed.status, opened.status) == (422, 404)
    for page in (typed, opened):
        assert "We do not know this code" in page.errors[0]


def test_whoever_guesses_too_often_learns_nothing_more_not_even_of_a_right_code(client, code):
    for number in range(30):
        client.get(f"/en/follow/AAAA-BBBB-CC{number:02}")
    assert client.get("/en/follow/AAAA-BBBB-DDDD").status == 429
    assert client.get(f"/en/follow/{code}").status == 429


def test_opening_the_right_page_often_is_no_guess(client, code):
    for _ in range(40):
        assert client.get(f"/en/follow/{code}").status == 200


def test_the_page_is_kept_out_of_caches_and_search(client, code):
    headers = client.get(f"/en/follow/{code}").response.headers
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Referrer-Policy"] == "no-referrer"


def test_an_address_is_left_changed_and_removed(client, code, read):
    page = client.get(f"/en/follow/{code}")
    page = client.send(page, {"email": "one@example.org"}, action="/address")
    assert read(select(Contact.email)) == ["one@example.org"]
    page = client.send(page, {"email": "two@example.org"}, action="/address")
    page = client.get(f"/en/follow/{code}")
    assert read(select(Contact.email)) == ["two@example.org"]
    client.send(page, action="/address/remove")
    assert read(select(Contact.email)) == []


def test_an_address_that_is_none_is_shown_again_with_what_is_wrong(client, code):
    page = client.send(client.get(f"/en/follow/{code}"), {"email": "nobody"}, action="/address")
    assert page.status == 422
    assert page.errors
    assert 'value="nobody"' in page.response.text


def test_nothing_of_another_code_can_be_taken_back(client, make, code):
    other = make.idea(make.board())
    assert client.get(f"/en/follow/{code}/withdraw/{other.contribution.code}").status == 404
    assert client.post(f"/en/follow/{code}/withdraw/{other.contribution.code}").status == 404


def test_what_was_kept_on_the_device_while_writing_is_forgotten_when_it_has_arrived(client, code):
    assert client.get(f"/en/follow/{code}?new=1").html.select_one("[data-draft-clear^=idea-]")
    assert not client.get(f"/en/follow/{code}").html.select_one("[data-draft-clear]")


def test_a_page_without_a_field_for_words_warns_of_none(client, code):
    assert "Do not write names" not in client.get(f"/en/follow/{code}").text
