"""Those who look after a municipality make its posters, print them and choose what they serve."""

import threading

import pytest
import segno
from bs4 import BeautifulSoup
from sqlalchemy import select

from dialogue.base.errors import Closed, Invalid, NotAllowed
from dialogue.dialogues.models import Dialogue, DialogueState, StatusChange
from dialogue.posters import operations
from dialogue.posters.models import Poster, PosterDialogue
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client

PLACE = {"place-nb": "Skolen", "place-nn": "Skulen", "place-en": "The school"}


def rows(read):
    return [
        (row.poster_id, row.dialogue_id, row.removed_at is None)
        for row in read(select(PosterDialogue).order_by(PosterDialogue.id))
    ]


def test_a_poster_is_made_printed_and_given_a_dialogue(corner):
    desk = corner.desk
    listed = desk.get("/en/desk/posters")
    assert listed.heading == "Posters"
    form = desk.get(listed.link("Make a poster"))
    made = desk.send(form, PLACE)
    assert made.heading == "The school"
    served = desk.send(made, {"dialogue": corner.dialogue.id})
    assert "The poster serves this dialogue from now on." in served.text
    assert corner.dialogue.title.get("en") in desk.get("/en/desk/posters").text
    assert desk.get(served.link("Poster to print")).status == 200


def test_the_same_page_sent_twice_makes_one_poster(corner, read):
    desk = corner.desk
    form = desk.get("/en/desk/posters/new")
    first = desk.send(form, PLACE, follow=False)
    second = desk.send(form, PLACE, follow=False)
    assert first.response.location == second.response.location
    assert len(read(select(Poster))) == 2


def test_a_poster_without_a_place_is_not_made_and_nothing_typed_is_lost(corner, read):
    desk = corner.desk
    form = desk.get("/en/desk/posters/new")
    answer = desk.send(form, PLACE | {"place-nn": ""})
    assert answer.status == 422
    assert answer.html.find("input", attrs={"name": "place-nb"})["value"] == "Skolen"
    assert len(read(select(Poster))) == 1


def test_the_printed_code_is_the_short_address_and_names_no_dialogue(corner):
    corner.serve()
    desk = corner.desk
    page = desk.get(f"/en/desk/posters/{corner.poster.code}/print")
    address = f"http://localhost/p/{corner.poster.code}"
    assert f"localhost/p/{corner.poster.code}" in page.text
    assert corner.dialogue.title.get("en") not in page.text
    assert corner.dialogue.question.get("en") not in page.text
    assert {tag["lang"] for tag in page.html.select(".poster [lang]")} == {"nb", "nn", "en"}
    picture = desk.browser.get(str(page.html.select_one(".poster img")["src"]))
    assert picture.mimetype == "image/svg+xml"
    assert dark_squares(picture.text) == dark_of(segno.make_qr(address, error="m"))


def dark_of(code: segno.QRCode) -> set[tuple[int, int]]:
    """The dark squares of a code, counted with its quiet border of four."""
    return {
        (column + 4, row + 4)
        for row, line in enumerate(code.matrix)
        for column, dark in enumerate(line)
        if dark
    }


def dark_squares(svg: str) -> set[tuple[int, int]]:
    """The dark squares that an SVG draws: lines of one square's height, from left to right."""
    path = BeautifulSoup(svg, "xml").find("path", attrs={"stroke": True})["d"]
    x, y, found = 0.0, 0.0, set()
    for kind, numbers in _moves(path):
        if kind == "M":
            x, y = numbers
        elif kind == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            found |= {(int(x) + step, int(y - 0.5)) for step in range(int(numbers[0]))}
            x += numbers[0]
    return found


def _moves(path: str):
    kind, number = "", ""
    for letter in path + "h":
        if letter in "Mmh":
            if kind:
                yield kind, [float(part) for part in number.replace("-", " -").split()]
            kind, number = letter, ""
        else:
            number += letter


def test_choosing_another_dialogue_keeps_what_was(corner, read):
    after = corner.new_dialogue()
    corner.serve()
    corner.serve()
    corner.serve(after)
    assert rows(read) == [
        (corner.poster.id, corner.dialogue.id, False),
        (corner.poster.id, after.id, True),
    ]
    page = corner.desk.get(f"/en/desk/posters/{corner.poster.code}")
    assert "What it has served" in page.text
    assert corner.keeper.name in page.text
    changes = read(select(StatusChange.to_state).where(StatusChange.subject_kind == "poster"))
    assert changes == ["placed", "removed", "placed"]


def test_a_poster_serves_one_dialogue_however_many_choose_at_once(corner, read):
    others = [corner.new_dialogue() for _ in range(4)]
    gate, errors = threading.Barrier(len(others)), []

    def choose(dialogue: Dialogue) -> None:
        gate.wait()
        try:
            corner.serve(dialogue)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=choose, args=(each,)) for each in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [present for _poster, _dialogue, present in rows(read)].count(True) == 1


def test_only_public_dialogues_of_the_same_municipality_can_be_served(corner, make):
    draft = corner.new_dialogue(state=DialogueState.DRAFT, published_at=None)
    elsewhere = make.dialogue()
    for wrong in (draft, elsewhere):
        with pytest.raises(Invalid):
            corner.serve(wrong)
    page = corner.desk.get(f"/en/desk/posters/{corner.poster.code}")
    offered = {option["value"] for option in page.html.select("select[name=dialogue] option")}
    assert offered == {"0", str(corner.dialogue.id)}


def test_a_retired_poster_serves_nothing_and_cannot_again(corner, read):
    corner.serve()
    desk = corner.desk
    page = desk.get(f"/en/desk/posters/{corner.poster.code}")
    done = desk.send(page, action="/retire")
    assert "This poster is no longer in use." in done.text
    assert rows(read) == [(corner.poster.id, corner.dialogue.id, False)]
    with pytest.raises(Closed):
        corner.serve()


def test_who_looks_after_another_place_finds_no_poster(corner, make, house):
    elsewhere = make.municipality()
    for user in (
        make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, elsewhere.id),
        make.user(Role.ORGANISER, ScopeKind.DIALOGUE, corner.dialogue.id),
    ):
        stranger = Client(house).sign_in(user)
        assert "The kiosk" not in stranger.get("/en/desk/posters").text
        for path in ("", "/place", "/print", "/qr.svg"):
            assert stranger.get(f"/en/desk/posters/{corner.poster.code}{path}").status in {403, 404}, path
        for path in ("/take-off", "/retire"):
            assert stranger.post(f"/en/desk/posters/{corner.poster.code}{path}").status in {403, 404}, path
    with corner.make.database.writing() as session, pytest.raises(NotAllowed):
        operations.retire(
            session,
            make.actor(Role.ORGANISER, ScopeKind.MUNICIPALITY, elsewhere.id),
            session.get_one(Poster, corner.poster.id),
        )


def test_a_published_dialogue_offers_to_be_served_by_the_posters_that_stand_empty(corner, read):
    second = corner.hang_up("The school")
    desk = corner.desk
    page = desk.get(f"/en/desk/dialogues/{corner.dialogue.code}")
    assert "2 posters here serve nothing now" in page.text
    form = desk.get(page.link("Let them serve this dialogue"))
    done = desk.send(form, {"poster": [corner.poster.code]})
    assert "1 poster serves it now." in done.text
    assert rows(read) == [(corner.poster.id, corner.dialogue.id, True)]
    assert "1 poster here serves nothing now" in desk.get(f"/en/desk/dialogues/{corner.dialogue.code}").text
    # One that was taken by another dialogue in the meantime keeps what it serves.
    other = corner.new_dialogue()
    with corner.make.database.writing() as session:
        operations.serve(
            session, corner.organiser, session.get_one(Poster, second.id), session.get_one(Dialogue, other.id)
        )
    desk.send(form, {"poster": [second.code]})
    assert (second.id, other.id, True) in rows(read)


def test_a_draft_is_not_offered_to_posters(corner):
    draft = corner.new_dialogue(state=DialogueState.DRAFT, published_at=None)
    page = corner.desk.get(f"/en/desk/dialogues/{draft.code}")
    assert "serve nothing now" not in page.text
