"""Writing an idea on a board."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from dialogue.base import clock
from dialogue.boards.models import LONGEST_TEXT, LONGEST_TITLE, Board, BoardStage, Idea
from dialogue.boards.operations import publish
from dialogue.boards.walls import BoardWall
from dialogue.dialogues.models import Contribution, ContributionState, DialogueState
from dialogue.residents.models import FollowCode
from tests.support.client import Client

IDEAS = select(func.count()).select_from(Idea)


def test_an_idea_is_stored_and_waits_to_be_read(give, make, read):
    answer = give(make.board())
    assert answer.status == 302
    assert answer.response.location.startswith("/en/follow/")
    assert read(select(Contribution.state)) == [ContributionState.RECEIVED]


def test_on_a_board_without_moderation_an_idea_is_shown_at_once(client, give, make):
    board = make.board(wall=BoardWall.OPEN)
    client.get(f"/en/boards/{board.code}")
    give(board, "More benches")
    assert "More benches" in client.get(f"/en/boards/{board.code}").text


def test_the_page_that_says_thank_you_shows_the_idea_and_forgets_the_draft(client, give, make):
    board = make.board()
    thanks = client.get(give(board, "Warm lights").response.location)
    assert "Warm lights" in thanks.text
    assert thanks.html.select_one("[data-draft-clear]")["data-draft-clear"] == f"idea-{board.code}"
    form = client.get(f"/en/boards/{board.code}/write").html.select_one(f"form[data-draft=idea-{board.code}]")
    assert form["data-outbox"] == form["data-draft"]


def test_the_same_form_sent_twice_is_one_idea_and_one_code(client, make, read):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    values = {"column": board.columns[0].id, "title": "Lights", "text": "By the path."}
    first = client.send(page, values, follow=False)
    second = client.send(page, values, follow=False)
    assert first.response.location == second.response.location
    assert read(IDEAS) == [1]


def test_back_and_edit_and_send_again_is_another_idea_with_a_code_of_its_own(client, make, read):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    for title in ("Lights", "Benches"):
        client.send(
            page, {"column": board.columns[0].id, "title": title, "text": "By the path."}, follow=False
        )
    assert read(select(func.count()).select_from(FollowCode)) == [2]


def test_the_address_can_name_the_prompt_that_is_answered(client, make):
    board = make.board(columns=3)
    wanted = board.columns[1].id
    page = client.get(f"/en/boards/{board.code}/write?column={wanted}")
    assert [box["value"] for box in page.html.select("input[name=column][checked]")] == [str(wanted)]


def test_a_board_with_one_prompt_asks_for_no_choice(client, make, read):
    board = make.board(columns=1)
    page = client.get(f"/en/boards/{board.code}/write")
    assert not page.html.select("input[type=radio]")
    client.send(page, {"title": "Lights", "text": "By the path."}, follow=False)
    assert read(IDEAS) == [1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "x" * (LONGEST_TITLE + 1)},
        {"text": "x" * (LONGEST_TEXT + 1)},
        {"video_url": "javascript:alert(1)"},
        {"video_url": "http://video.example.org/1"},
        {"language": "xx"},
        {"column": None},
        {"column": "0"},
        {"column": "9" * 30},
        {"column": "1; DROP TABLE idea"},
        {"column": "٣"},
    ],
)
def test_what_is_missing_too_long_or_hostile_is_refused_and_the_rest_is_kept(client, make, read, wrong):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    values = {"column": board.columns[0].id, "title": "Lights", "text": "By the path."}
    answer = client.send(page, {**values, **wrong})
    assert answer.status == 422
    assert len(answer.errors) == 1
    (key,) = wrong
    assert "Lights" in answer.response.text if key != "title" else "By the path." in answer.response.text
    assert read(IDEAS) == [0]


@pytest.mark.parametrize("nothing", ["", None, " \u200b "])
def test_something_must_be_written_and_the_rest_is_kept(client, make, read, nothing):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    values = {"column": board.columns[0].id, "video_url": "video.example.org/1"}
    answer = client.send(page, {**values, "title": nothing, "text": nothing})
    assert answer.errors == ["Your idea – Write your idea. A few words are enough."]
    assert answer.html.select_one("[name=column][checked]")["value"] == str(board.columns[0].id)
    assert "video.example.org/1" in answer.response.text
    assert read(IDEAS) == [0]


def test_a_title_or_a_text_is_enough(give, make, read):
    board = make.board()
    assert give(board, title="", text="More light.").status == 302
    assert give(board, title="More light.", text="").status == 302
    assert read(IDEAS) == [2]


def test_without_a_title_an_idea_is_shown_by_how_it_begins(client, give, make):
    board = make.board(wall=BoardWall.OPEN)
    give(board, title="", text="The path by the river is dark. Children walk there to school.")
    card = client.get(f"/en/boards/{board.code}").html.select_one(".idea-card")
    assert card.select_one(".card__title").get_text() == "The path by the river is dark."
    assert card.select_one(".idea-card__text").get_text() == "Children walk there to school."
    page = client.get(card.a["href"])
    assert page.heading == "The path by the river is dark."
    assert page.html.blockquote.get_text() == "Children walk there to school."


def test_an_idea_has_a_language_of_its_own_and_is_written_in_its_direction(client, give, make, read):
    board = make.board(wall=BoardWall.OPEN)
    page = client.get(f"/en/boards/{board.code}/write")
    assert page.html.select_one("[name=language] [selected]")["value"] == "en"
    give(board, title="", text="أضواء على الطريق", language="ar")
    assert read(select(Contribution.language)) == ["ar"]
    # The mails and the pages for the writer are in the language of the page they wrote on.
    assert read(select(FollowCode.language)) == ["en"]
    card = client.get(f"/en/boards/{board.code}").html.select_one(".idea-card .card__title")
    assert (card["lang"], card["dir"]) == ("ar", "auto")


def test_a_video_is_a_link_that_names_its_host_and_waits_on_every_board(client, give, make, read, database):
    board = make.board(wall=BoardWall.OPEN)
    answer = give(board, video_url=" www.Video.example.org/watch?v=1&x=2 ")
    assert read(select(Idea.video_url)) == ["https://www.video.example.org/watch?v=1&x=2"]
    assert read(select(Contribution.state)) == [ContributionState.RECEIVED]
    link = client.get(answer.response.location).html.select_one(".given__video a")
    assert link.get_text() == "Video at video.example.org"
    assert link["rel"] == ["noopener", "nofollow", "ugc"]
    with database.writing() as session:
        publish(session, session.scalars(select(Idea)).one(), None)
    (code,) = read(select(Contribution.code))
    page = client.get(f"/en/boards/ideas/{code}")
    assert page.link("Video at video.example.org") == "https://www.video.example.org/watch?v=1&x=2"
    assert not page.html.select("iframe, video, embed, object")


def test_the_writer_is_told_by_when_it_is_read(client, give, make):
    board = make.board()
    with time_machine.travel("2026-12-24T10:00:00Z"):
        assert "Yours by Monday, 28 December 2026." in client.get(f"/en/boards/{board.code}/write").text
        thanks = give(board).response.location
        assert "A person reads it before it is shown, by Monday, 28 December 2026." in client.get(thanks).text
    with time_machine.travel("2026-12-29T10:00:00Z"):
        assert "It is late, and still in line." in client.get(thanks).text


class TestPlaces:
    """A place is a name on the board's list, or nothing."""

    def test_a_board_without_places_asks_for_none(self, client, make):
        assert not client.get(f"/en/boards/{make.board().code}/write").html.select("[name=place]")

    def test_an_idea_can_say_which_place_it_is_about(self, client, give, make, read):
        board = make.board(wall=BoardWall.OPEN, places="Strandby\nNerbyen")
        page = client.get(f"/en/boards/{board.code}/write")
        offered = [option["value"] for option in page.html.select("[name=place] option")]
        assert offered == ["", "Strandby", "Nerbyen"]
        give(board, place="Nerbyen")
        give(board, "Benches")
        assert sorted(read(select(Idea.place))) == ["", "Nerbyen"]
        assert "Nerbyen" in client.get(f"/en/boards/{board.code}").text

    def test_nobody_gives_a_place_of_their_own(self, give, make, read):
        assert give(make.board(places="Strandby"), place="Storgata 5").status == 422
        assert read(IDEAS) == [0]

    def test_a_place_that_is_struck_from_the_list_stays_with_the_idea(
        self, client, give, make, read, database
    ):
        board = make.board(places="Strandby")
        follow = give(board, place="Strandby").response.location.partition("?")[0]
        with database.writing() as session:
            session.execute(update(Board).values(places=""))
        assert client.send(client.get(f"{follow}/idea"), {"text": "More."}, follow=False).status == 302
        assert read(select(Idea.place)) == ["Strandby"]


def test_another_boards_prompt_is_refused(client, make, read):
    board, other = make.board(), make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    answer = client.send(page, {"column": other.columns[0].id, "title": "Lights", "text": "By the path."})
    assert answer.errors == [
        "Which question does your idea answer? – Choose which question your idea answers."
    ]
    assert read(IDEAS) == [0]


def test_a_body_beyond_all_bounds_is_refused(client, make, read):
    board = make.board()
    assert client.post(f"/en/boards/{board.code}/write", {"text": "x" * 2_000_000}).status == 413
    assert read(IDEAS) == [0]


def test_markup_in_an_idea_is_shown_as_text(client, give, make):
    board = make.board(wall=BoardWall.OPEN)
    give(board, "<script>alert(1)</script>", "<img src=x onerror=alert(1)> & [a](javascript:b)")
    for page in (
        client.get(f"/en/boards/{board.code}"),
        client.get(client.get(f"/en/boards/{board.code}").link("<script>")),
    ):
        assert "<script>alert(1)</script>" in page.text
        assert "<img src=x onerror=alert(1)> & [a](javascript:b)" in page.text
        assert not page.html.select("img")
        assert "alert(1)</script>" not in page.response.text


def close_by_hand(board):
    return update(Board).where(Board.id == board.id).values(stage=BoardStage.FREEZE)


def close_by_date(board):
    return update(Board).where(Board.id == board.id).values(closes_on=clock.today() - timedelta(1))


@pytest.mark.parametrize("close", [close_by_hand, close_by_date])
def test_a_board_closed_between_showing_and_sending_keeps_the_text_and_says_so(
    client, make, database, read, close
):
    board = make.board()
    page = client.get(f"/en/boards/{board.code}/write")
    with database.writing() as session:
        session.execute(close(board))
    answer = client.send(page, {"column": board.columns[0].id, "title": "Lights", "text": "By the path."})
    assert answer.errors == [
        "This board is closed for new ideas. What you wrote is still here, so you can copy it."
    ]
    assert "By the path." in answer.response.text
    assert read(IDEAS) == [0]


def test_nobody_writes_on_the_board_of_a_draft(client, make):
    board = make.board(make.dialogue(state=DialogueState.DRAFT))
    assert client.get(f"/en/boards/{board.code}/write").status == 404
    assert client.post(f"/en/boards/{board.code}/write", {"title": "x"}).status == 404


def test_a_form_from_another_site_is_refused(house, make, read):
    board = make.board()
    browser = house.test_client()
    values = {"column": board.columns[0].id, "title": "Lights", "text": "By the path."}
    answer = browser.post(
        f"/en/boards/{board.code}/write", data=values, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert read(IDEAS) == [0]


class TestWhatTheGuardFinds:
    """A writer is told at once, and can change it or send it anyway."""

    def test_the_writer_is_told_what_was_found_and_nothing_is_stored(self, give, make, read):
        answer = give(make.board(), text="Ask my neighbour, 99 88 77 66.")
        assert answer.status == 422
        assert "Look at this once more" in answer.text
        assert "Phone number: 99 88 77 66" in answer.text
        assert "politiet.no" not in answer.text
        assert read(IDEAS) == [0]

    def test_who_seems_to_report_a_crime_is_told_where_that_is_done(self, give, make):
        assert "politiet.no" in give(make.board(), text="I was robbed there.").text

    def test_it_can_be_changed_and_sent(self, client, give, make, read):
        answer = give(make.board(), text="Ask my neighbour, 99 88 77 66.")
        assert client.send(answer, {"text": "Ask my neighbour."}, follow=False).status == 302
        assert read(IDEAS) == [1]

    def test_sent_anyway_it_waits_even_on_a_board_without_moderation(self, client, give, make, read):
        answer = give(make.board(wall=BoardWall.OPEN), text="Ask my neighbour, 99 88 77 66.")
        assert client.send(answer, {"send_anyway": "y"}, follow=False).status == 302
        assert read(select(Contribution.state)) == [ContributionState.RECEIVED]

    def test_a_name_is_asked_about_and_waits(self, client, give, make, read):
        answer = give(make.board(wall=BoardWall.OPEN), text="Ask Marte Lindberg about the light.")
        assert "Name of a person: Marte Lindberg" in answer.text
        assert client.send(answer, {"send_anyway": "y"}, follow=False).status == 302
        assert read(select(Contribution.state)) == [ContributionState.RECEIVED]

    def test_what_the_guard_is_least_sure_of_stops_nobody(self, client, give, make, read):
        answer = give(make.board(wall=BoardWall.OPEN), text="There were lights when Marte lived here.")
        assert answer.status == 302
        assert read(select(Contribution.state)) == [ContributionState.PUBLISHED]

    def test_the_box_to_send_anyway_is_not_there_before_something_is_found(self, client, make):
        page = client.get(f"/en/boards/{make.board().code}/write")
        assert not page.html.select("input[name=send_anyway]")

    def test_a_wrong_field_and_a_finding_are_told_together(self, give, make):
        answer = give(make.board(), video_url="x", text="Ask my neighbour, 99 88 77 66.")
        assert answer.errors
        assert "Phone number" in answer.text


def test_two_devices_with_the_same_words_give_two_ideas(house, make, read):
    board = make.board()
    for browser in (Client(house), Client(house)):
        page = browser.get(f"/en/boards/{board.code}/write")
        browser.send(page, {"column": board.columns[0].id, "title": "Lights", "text": "More."}, follow=False)
    assert read(IDEAS) == [2]
