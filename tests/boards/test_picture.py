"""The picture of an idea: sent with it, kept while the form is put right, and seen by those who may see the idea."""

import io
import tempfile

import pytest
from sqlalchemy import select, update

from dialogue import scheduler
from dialogue.boards import moderation
from dialogue.boards.models import Idea
from dialogue.boards.walls import BoardWall
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue, DialogueState
from dialogue.people.queries import actor_of
from dialogue.web.permissions import Role, ScopeKind
from tests.boards.test_picturing import SECRET, camera, picture
from tests.support.client import SAME_SITE, Client, filled_in

SIZES = ("full", "small")


def send(client, page, content=None, **values):
    """Fill in the form of the page and send it with a picture."""
    form = page.form()
    data = {**filled_in(form), **values}
    if content is not None:
        data["picture"] = (io.BytesIO(content), "IMG_0001.HEIC")
    answer = client.browser.post(form["action"], data=data, headers=SAME_SITE)
    return client._seen(answer)


@pytest.fixture
def board(make):
    return make.board(columns=1, wall=BoardWall.OPEN)


@pytest.fixture
def given(client, board, read):
    """An idea with a picture: its code and the path of its writer's pages."""
    page = client.get(f"/en/boards/{board.code}/write")
    answer = send(client, page, picture(exif=camera()), text="The stairs.", picture_words="Worn stairs")
    assert answer.status == 302
    follow = answer.response.location.partition("?")[0]
    return read(select(Contribution.code))[0], follow


def statuses(house, paths, who=None):
    client = Client(house).sign_in(who) if who else Client(house)
    return {client.browser.get(path).status_code for path in paths}


def public(code):
    return [f"/en/boards/ideas/{code}/picture/{size}" for size in SIZES]


def at_desk(code):
    return [f"/en/desk/ideas/{code}/picture/{size}" for size in SIZES]


def test_a_picture_waits_for_a_reader_also_on_an_open_wall(given, read):
    assert read(select(Contribution.state)) == [ContributionState.RECEIVED]
    assert read(select(Idea.picture_words)) == ["Worn stairs"]


def test_the_form_says_that_somebody_looks_at_it_first(client, board):
    page = client.get(f"/en/boards/{board.code}/write")
    assert "Somebody looks at it before your idea is shown, since a picture can show a person." in page.text


def test_until_it_is_published_only_its_writer_and_moderators_see_it(house, make, given, board, client):
    code, follow = given
    reader = make.user(Role.LEADER, ScopeKind.DIALOGUE, board.dialogue_id)
    stranger = make.user(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id)
    assert statuses(house, public(code)) == {404}
    assert statuses(house, [f"{follow}/idea/picture/{size}" for size in SIZES]) == {200}
    assert statuses(house, at_desk(code), make.user()) == {200}
    assert statuses(house, at_desk(code), reader) == {403}
    assert statuses(house, at_desk(code), stranger) <= {403, 404}
    assert statuses(house, at_desk(code)) == {302}
    thanks = client.get(follow).html.select_one(".given__picture img")
    assert thanks["alt"] == "Worn stairs"
    assert thanks["src"].startswith(follow)


def test_published_it_is_seen_by_all_and_no_more_when_it_is_sent_back_or_taken_back(
    house, make, given, database, client, read, board
):
    code, follow = given
    moderator = actor_of(make.user())
    with database.writing() as session:
        moderation.publish(session, moderator, code, 1)
    answer = client.browser.get(public(code)[0])
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    again = client.browser.get(public(code)[0], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    own = client.browser.get(f"{follow}/idea/picture/full")
    assert own.headers["Cache-Control"] == "no-store"
    card = client.get(f"/en/boards/{board.code}").html.select_one(".idea-card img")
    assert (card["alt"], card["src"]) == ("Worn stairs", public(code)[1])
    assert (
        client.get(f"/en/boards/ideas/{code}").html.select_one(".given__picture img")["src"]
        == public(code)[0]
    )
    with database.writing() as session:
        session.execute(update(Dialogue).values(state=DialogueState.DRAFT))
    assert statuses(house, public(code)) == {404}
    with database.writing() as session:
        session.execute(update(Dialogue).values(state=DialogueState.PUBLISHED))
        moderation.undo(session, moderator, code)
    assert statuses(house, public(code)) == {404}
    (idea,) = read(select(Idea))
    page = client.get(follow)
    client.send(client.get(page.link("Take the idea back")))
    assert statuses(house, [f"{follow}/idea/picture/full"]) == {404}
    assert statuses(house, at_desk(code), make.user()) == {404}
    assert read(select(Idea.picture)) == [""]
    age = scheduler.OLD_ENOUGH
    try:
        scheduler.OLD_ENOUGH = -age
        scheduler.sweep_files(house, database)
    finally:
        scheduler.OLD_ENOUGH = age
    for address in (idea.picture, idea.picture_small):
        with pytest.raises(FileNotFoundError):
            house.files.get(address)


def test_the_sweep_leaves_what_an_idea_names(house, database, given, read):
    age = scheduler.OLD_ENOUGH
    try:
        scheduler.OLD_ENOUGH = -age
        scheduler.sweep_files(house, database)
    finally:
        scheduler.OLD_ENOUGH = age
    (idea,) = read(select(Idea))
    assert house.files.get(idea.picture)
    assert house.files.get(idea.picture_small)


def test_a_chosen_picture_survives_an_error_elsewhere_and_is_sent_once(client, board, read, house):
    page = client.get(f"/en/boards/{board.code}/write")
    wrong = send(client, page, picture(exif=camera()), text="", picture_words="Stairs")
    assert wrong.status == 422
    assert wrong.html.select_one("img.idea-picture__preview")["src"].startswith("data:image/jpeg;base64,")
    assert "Stairs" in wrong.response.text
    assert send(client, wrong, text="The stairs.").status == 302
    (idea,) = read(select(Idea))
    assert house.files.get(idea.picture)
    assert idea.picture_words == "Stairs"


def test_a_kept_picture_can_be_left_out(client, board, read):
    page = client.get(f"/en/boards/{board.code}/write")
    wrong = send(client, page, picture(), text="", picture_words="Stairs")
    assert send(client, wrong, text="The stairs.", without_picture="y").status == 302
    assert read(select(Idea.picture)) == [""]
    assert read(select(Idea.picture_words)) == [""]
    assert read(select(Contribution.state)) == [ContributionState.PUBLISHED]


@pytest.mark.parametrize("token", ["x", "WyJhIl0.a.b", "../../etc/passwd", "a" * 5000])
def test_nobody_gives_a_file_of_others_by_a_made_up_token(client, board, read, token):
    page = client.get(f"/en/boards/{board.code}/write")
    answer = send(client, page, text="The stairs.", held_picture=token)
    assert answer.errors == ["Picture – Choose the picture once more. We keep it for an hour only."]
    assert read(select(Idea)) == []


def test_what_is_no_picture_is_refused_at_its_field_and_the_text_is_kept(client, board, read):
    page = client.get(f"/en/boards/{board.code}/write")
    answer = send(client, page, b"<svg/>", text="The stairs.")
    assert answer.errors == ["Picture – Choose a picture in JPEG, PNG or WebP. A screenshot is one."]
    assert "The stairs." in answer.response.text
    assert read(select(Idea)) == []


def test_the_description_is_read_by_the_guard(client, board):
    page = client.get(f"/en/boards/{board.code}/write")
    answer = send(client, page, picture(), text="The stairs.", picture_words="Call 99 88 77 66")
    assert answer.status == 422
    assert "Phone number" in answer.text


def test_a_picture_can_be_changed_and_left_out_while_the_idea_waits(client, given, read):
    _code, follow = given
    (before,) = read(select(Idea.picture))
    assert send(client, client.get(f"{follow}/idea"), text="New words.").status == 302
    assert read(select(Idea.picture)) == [before]
    assert send(client, client.get(f"{follow}/idea"), picture(size=(50, 50))).status == 302
    (after,) = read(select(Idea.picture))
    assert after not in {"", before}
    assert send(client, client.get(f"{follow}/idea"), without_picture="y").status == 302
    assert read(select(Idea.picture)) == [""]


def test_the_picture_as_it_was_sent_never_lies_on_the_disk(client, board, house, monkeypatch):
    def no_file(*_how, **_more):
        raise AssertionError("a temporary file")

    put = []
    keep = house.files.put
    monkeypatch.setattr(house.files, "put", lambda content: put.append(content) or keep(content))
    for name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, no_file)
    page = client.get(f"/en/boards/{board.code}/write")
    content = picture(exif=camera()) + b"\0" * 2_000_000
    assert send(client, page, content, text="The stairs.").status == 302
    assert put
    assert all(SECRET not in kept for kept in put)


def test_a_body_beyond_all_bounds_is_refused(client, board, read):
    page = client.get(f"/en/boards/{board.code}/write")
    assert send(client, page, b"\0" * (17 * 1024 * 1024), text="x").status == 413
    assert read(select(Idea)) == []


def test_a_picture_that_nobody_described_says_so(client, board, read, make, database):
    page = client.get(f"/en/boards/{board.code}/write")
    follow = send(client, page, picture(), text="The stairs.").response.location
    assert (
        client.get(follow).html.select_one(".given__picture img")["alt"] == "A picture that is not described"
    )


def test_a_board_with_pictures_asks_no_more_of_the_database(client, board, make, counting):
    def statements():
        client.house.pages.clear()
        with counting() as seen:
            client.get(f"/en/boards/{board.code}")
        return len(seen)

    make.idea(board)
    before = statements()
    for number in range(5):
        make.idea(
            board,
            f"Idea {number}",
            picture="a" * 64,
            picture_small="b" * 64,
            picture_width=4,
            picture_height=3,
        )
    assert statements() == before
