"""Paper cards: printed, typed twice, settled where that differs, and handed on to become ideas."""

import io
import threading
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select, update

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.boards.models import Idea
from dialogue.dialogues.models import Channel, Contribution, ContributionState, Dialogue, DialogueState
from dialogue.entering import jobs, queries_cards
from dialogue.entering.models import Batch
from dialogue.entering.models_cards import CardEntry, CardSheet, CardStack, PaperCard
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import filled_in

TEXTS = select(CardEntry.text).order_by(CardEntry.number, CardEntry.turn)
IDEAS = select(Idea.text).order_by(Idea.contribution_id)


@pytest.fixture
def desk(organiser, make):
    """Two who type, a board, and a stack on it."""
    return Desk(organiser, make.board())


class Desk:
    def __init__(self, organiser, board, role=Role.FACILITATOR, **chosen):
        self.board = board
        self.one, self.two = organiser(board), organiser(board, role)
        page = self.one.get(f"/en/desk/boards/{board.code}/cards")
        values = {"label": "Class A", "language": "nb", **chosen}
        self.stack = self.one.send(page, values, action="/cards").path.removesuffix("/type")

    def type(self, browser, number, text, turn="type", page=None, **values):
        page = page or browser.get(f"{self.stack}/{turn}")
        sent = {"number": number, "column": self.board.columns[0].id, "text": text, **values}
        return browser.send(page, sent, action=f"/{turn}")

    def again(self, browser, number, text, page=None, **values):
        return self.type(browser, number, text, "type-again", page, **values)

    def hand_on(self):
        return self.one.send(self.one.get(self.stack), action="/hand-on")

    def store(self):
        return self.one.send(self.hand_on(), {"then": "store"}, action="/rows")


def test_cards_that_agree_and_those_that_are_settled_become_ideas_and_no_others(desk, read):
    desk.type(desk.one, 1, "Lys ved bekken")
    desk.type(desk.one, 2, "En benk ved bussen", title="Benk")
    desk.type(desk.one, 3, "Ring 99 88 77 66")
    desk.type(desk.one, 4, "Typed once only")
    assert "Card 1 agrees" in desk.again(desk.two, 1, "lys  ved bekken!").text
    page = desk.again(desk.two, 2, "En benk ved bassen", title="Benk")
    assert page.heading == "Card 2"
    assert [mark.text for mark in page.html.find_all("mark")] == ["bussen", "bassen"]
    page = desk.two.send(page, {"text": "En benk ved bussen."}, action="/2")
    assert "Card 2 is saved" in page.text
    desk.again(desk.two, 3, "Ring 99 88 77 66")
    preview = desk.hand_on()
    assert preview.heading == "Look before it is stored"
    assert "3 were typed twice, by two people." in preview.text
    assert "1 was settled afterwards." in preview.text
    assert "Card 2" in preview.text
    page = desk.one.send(preview, {"then": "store"}, action="/rows")
    assert page.heading == "3 ideas came in"
    assert read(IDEAS) == ["Lys ved bekken", "En benk ved bussen.", "Ring 99 88 77 66"]
    assert set(read(select(Contribution.label))) == {"Class A"}
    assert set(read(select(Contribution.channel))) == {Channel.PAPER}
    # What looks like personal information waits to be read, as it does whichever way it comes in.
    assert read(select(Contribution.state).order_by(Contribution.id))[2] is ContributionState.RECEIVED
    assert "Typed once" in desk.one.get(desk.stack).text
    assert desk.one.get(page.link("Card 2")).status == 200


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_columns_of_the_cards_are_known_in_every_language(organiser, make, read, language):
    desk = Desk(organiser, make.board(), is_double=None)
    second = desk.board.columns[1].id
    desk.type(desk.one, 1, "Lys", title="Ved bekken", label="Group 4", column=second)
    stack = f"/{language}{desk.stack[3:]}"
    page = desk.one.send(desk.one.get(stack), action="/hand-on")
    desk.one.send(page, {"then": "store"}, action="/rows")
    (idea,) = read(select(Idea))
    assert (idea.title, idea.text, idea.column_id) == ("Ved bekken", "Lys", second)
    assert read(select(Contribution.label)) == ["Group 4"]


def test_nobody_sees_the_first_typing_before_they_have_typed_the_card(desk):
    desk.type(desk.one, 1, "A secret word")
    for path in ("", "/type", "/type-again", "/1"):
        assert "secret" not in desk.two.get(desk.stack + path).response.text
    assert "secret" in desk.one.get(f"{desk.stack}/1").text
    page = desk.two.get(f"{desk.stack}/1")
    assert "Typed once, by Person" in page.text
    sent = {"column": desk.board.columns[0].id, "text": "Other", "csrf_token": token(desk.two, desk.stack)}
    refused = desk.two.post(f"{desk.stack}/1", sent)
    assert "Type it the second time before you see it" in refused.text
    assert "secret" not in refused.response.text


def token(browser, stack):
    page = browser.get(f"{stack}/type")
    return page.form("/type").find(attrs={"name": "csrf_token"})["value"]


def test_two_on_the_same_card_see_both(desk, read):
    page = desk.two.get(f"{desk.stack}/type")
    desk.type(desk.one, 1, "Lys ved bekken")
    page = desk.type(desk.two, 1, "Lys ved bakken", page=page)
    assert page.heading == "Card 1"
    assert "bekken" in page.text
    assert "bakken" in page.text
    assert read(TEXTS) == ["Lys ved bekken", "Lys ved bakken"]


def test_a_double_click_and_the_back_button_keep_a_card_once(desk, read):
    page = desk.one.get(f"{desk.stack}/type")
    for _again in range(2):
        assert "Card 1 is saved" in desk.type(desk.one, 1, "Lys", page=page).text
    page = desk.two.get(f"{desk.stack}/type-again")
    for _again in range(2):
        assert desk.again(desk.two, 1, "lys", page=page).status == 200
    assert read(TEXTS) == ["Lys", "lys"]


@pytest.mark.parametrize(
    ("turn", "says"),
    [("type", "You have typed card 1 already."), ("type-again", "Card 1 has been typed twice already.")],
)
def test_a_number_that_is_taken_is_told_and_what_was_typed_is_kept(desk, read, turn, says):
    desk.type(desk.one, 1, "Lys")
    page = desk.one.get(f"{desk.stack}/{turn}")
    if turn == "type-again":
        desk.again(desk.two, 1, "Lys")
    page = desk.type(desk.one, 1, "Something else", turn, page=page)
    assert page.status == 422
    assert says in page.errors[0]
    assert "Something else" in page.html.find("textarea", {"name": "text"}).text
    assert "Something else" not in read(TEXTS)


def test_a_number_lies_in_one_stack_of_a_board(organiser, make, desk):
    desk.type(desk.one, 7, "Lys")
    other = Desk(organiser, desk.board)
    page = other.type(other.one, 7, "Lys")
    assert "Card 7 lies in another stack" in page.errors[0]
    assert other.one.get(f"{other.stack}/7").status == 404
    assert other.one.get(f"{other.stack}/type").html.find(id="number")["value"] == "8"


def test_who_typed_a_card_changes_it_until_it_was_typed_again(desk, read):
    desk.type(desk.one, 1, "Lyss")
    desk.one.send(desk.one.get(f"{desk.stack}/1"), {"text": "Lys"}, action="/1")
    assert read(TEXTS) == ["Lys"]


def test_one_who_types_both_times_is_written_down(desk, read):
    desk.type(desk.one, 1, "Lys")
    page = desk.one.get(f"{desk.stack}/type-again")
    assert "You typed this card the first time too" in page.text
    desk.again(desk.one, 1, "Lys")
    assert "1 was typed twice by the same person." in desk.hand_on().text
    assert "type again alone" in read(select(AuditEntry.verb).where(AuditEntry.subject_kind == "cards"))


def test_one_typing_is_enough_where_that_is_chosen(desk, read):
    desk.type(desk.one, 1, "Lys")
    page = desk.one.send(desk.one.get(desk.stack), action="/times")
    assert "What is misread stays" in page.text
    assert "1 was typed once only." in desk.store().text
    assert read(IDEAS) == ["Lys"]


def test_the_question_is_compared_too(desk):
    desk.type(desk.one, 1, "Lys")
    page = desk.again(desk.two, 1, "Lys", column=desk.board.columns[1].id)
    assert [mark.text for mark in page.html.find_all("mark")] == ["Prompt 1 (en)", "Prompt 2 (en)"]
    page = desk.two.send(page, action="/1")
    assert "1 card is ready" in desk.one.get(desk.stack).text


def test_a_double_click_hands_on_once(desk, read):
    desk.type(desk.one, 1, "Lys")
    desk.again(desk.two, 1, "Lys")
    page = desk.one.get(desk.stack)
    first = desk.one.send(page, action="/hand-on")
    assert desk.one.send(page, action="/hand-on").path == first.path
    assert read(select(func.count()).select_from(Batch)) == [1]
    refused = desk.two.get(f"{desk.stack}/1")
    assert "gone on to become an idea" in refused.text


def test_a_preview_that_is_thrown_away_gives_the_cards_back(desk, read):
    desk.type(desk.one, 1, "Lys")
    desk.again(desk.two, 1, "Lys")
    page = desk.one.get(desk.stack)
    desk.one.send(desk.one.send(page, action="/hand-on"), action="/throw-away")
    assert "1 card is ready" in desk.one.get(desk.stack).text
    assert read(TEXTS) == ["Lys", "Lys"]
    # Also when the page before is sent anew.
    assert "Lys" in desk.one.send(page, action="/hand-on").text


def test_what_was_typed_and_its_picture_go_when_the_cards_become_ideas(desk, read, house, database):
    desk.type(desk.one, 1, "Lys")
    page = desk.one.get(f"{desk.stack}/1")
    page = desk.one.send(page, {"picture": (picture(), "card.png")}, action="/picture")
    assert "The picture is there" in page.text
    (address,) = read(select(PaperCard.photo))
    assert b"Exif" not in house.files.get(address)
    assert desk.one.get(f"{desk.stack}/1/picture").response.mimetype == "image/jpeg"
    # Who only types does not see it.
    assert desk.two.get(f"{desk.stack}/1/picture").status == 403
    with database.reading() as session:
        assert queries_cards.files_in_use(session) == {address}
    desk.again(desk.two, 1, "Lysene")
    desk.one.send(desk.one.get(f"{desk.stack}/1"), {"text": "Lysene"}, action="/1")
    desk.store()
    assert read(TEXTS) == ["", ""]
    assert read(select(PaperCard.photo)) == read(select(PaperCard.text)) == [""]
    assert desk.one.get(f"{desk.stack}/1/picture").status == 404
    with database.reading() as session:
        assert queries_cards.files_in_use(session) == set()


def picture():
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(written, "PNG")
    written.seek(0)
    return written


def test_a_batch_that_is_taken_back_lets_go_of_its_cards_so_that_they_can_be_typed_anew(desk, read):
    desk.type(desk.one, 1, "Lys")
    desk.again(desk.two, 1, "Lys")
    desk.one.send(desk.store(), action="/undo")
    assert read(select(PaperCard.number)) == []
    assert "Card 1 is saved" in desk.type(desk.one, 1, "Lys").text


def test_what_is_typed_and_lies_is_forgotten_after_two_days(desk, read, database):
    desk.type(desk.one, 1, "Lys")
    desk.again(desk.two, 1, "Lys")
    desk.hand_on()
    desk.type(desk.one, 2, "Benk")

    def age(days):
        with database.writing() as session:
            then = clock.now() - timedelta(days=days)
            session.execute(update(Batch).values(made_at=then))
            session.execute(update(CardStack).values(touched_at=then))
        jobs.sweep(database)

    age(1)
    assert read(TEXTS) == ["Lys", "Lys", "Benk"]
    age(3)
    assert read(TEXTS) == read(select(PaperCard.number)) == read(select(CardStack.id)) == []


def test_what_became_ideas_is_remembered_as_long_as_the_batch(desk, read, database):
    desk.type(desk.one, 1, "Lys")
    desk.again(desk.two, 1, "Lys")
    desk.store()
    for days, left in ((3, [1]), (31, [])):
        with database.writing() as session:
            then = clock.now() - timedelta(days=days)
            session.execute(update(Batch).values(stored_at=then))
            session.execute(update(CardStack).values(touched_at=then))
        jobs.sweep(database)
        assert read(select(PaperCard.number)) == left
    assert read(IDEAS) == ["Lys"]


def test_a_stack_is_thrown_away_and_a_card_removed(desk, read):
    desk.type(desk.one, 1, "Lys")
    desk.type(desk.one, 2, "Benk")
    desk.one.send(desk.one.get(f"{desk.stack}/1"), action="/remove")
    assert read(TEXTS) == ["Benk"]
    desk.one.send(desk.one.get(desk.stack), action="/throw-away")
    assert read(TEXTS) == []


def test_nothing_is_lost_when_the_dialogue_ends_meanwhile(desk, database, read):
    page = desk.one.get(f"{desk.stack}/type")
    with database.writing() as session:
        session.execute(update(Dialogue).values(state=DialogueState.CLOSED))
    page = desk.type(desk.one, 1, "Lys ved bekken", page=page)
    assert "This dialogue has ended" in page.text
    assert "Lys ved bekken" in page.html.find("textarea", {"name": "text"}).text
    assert read(TEXTS) == []


def test_the_numbers_on_paper_go_on_from_the_last(desk, read, organiser):
    path = f"/en/desk/boards/{desk.board.code}/cards"
    page = desk.one.get(path)
    first = desk.one.send(page, {"count": 5}, action="/card-sheets")
    # A double click gives out the same numbers.
    assert desk.one.send(page, {"count": 5}, action="/card-sheets").path == first.path
    desk.one.send(desk.one.get(path), action="/card-sheets")
    desk.type(desk.one, 40, "Lys")
    page = desk.one.send(desk.one.get(path), {"count": 1}, action="/card-sheets")
    numbers = read(select(CardSheet).order_by(CardSheet.id))
    assert [(sheet.first_number, sheet.last_number) for sheet in numbers] == [(1, 5), (6, 17), (41, 41)]
    assert [number.text for number in page.html.select(".paper-card__number")] == ["41"]


def test_a_card_on_paper_says_what_is_asked_in_a_language_of_the_dialogue(desk):
    page = desk.one.send(
        desk.one.get(f"/en/desk/boards/{desk.board.code}/cards"), {"count": 5}, action="/card-sheets"
    )
    assert len(page.html.select(".paper-cards")) == 2
    assert "Prompt 1 (en)" in page.text
    page = desk.one.get(f"{page.path}?in=nn")
    assert page.html.select_one(".paper-cards")["lang"] == "nn"
    assert "Prompt 1 (nn)" in page.text
    assert f"/nn/boards/{desk.board.code}" in page.text
    assert desk.one.get(f"{page.path}?in=fi").html.select_one(".paper-cards")["lang"] == "en"


@pytest.mark.parametrize("count", ["", "0", "201", "many"])
def test_a_number_of_cards_that_cannot_be_printed_is_told(desk, read, count):
    page = desk.one.get(f"/en/desk/boards/{desk.board.code}/cards")
    page = desk.one.send(page, {"count": count}, action="/card-sheets")
    assert page.status == 422
    assert page.errors
    assert read(select(CardSheet.id)) == []


def test_what_is_no_picture_is_told(desk):
    desk.type(desk.one, 1, "Lys")
    page = desk.one.get(f"{desk.stack}/1")
    page = desk.one.send(page, {"picture": (io.BytesIO(b"no picture"), "card.png")}, action="/picture")
    assert "Choose a picture in JPEG" in page.errors[0]


def test_who_may_what(desk, organiser, make):
    desk.type(desk.one, 1, "Lys")
    assert desk.two.get(f"/en/desk/boards/{desk.board.code}/cards").status == 403
    assert "Throw away" not in desk.two.get(desk.stack).text
    stranger = organiser(make.board())
    for path in ("", "/type", "/type-again", "/1", "/1/picture"):
        assert stranger.get(desk.stack + path).status == 404


def test_the_second_person_finds_the_cards_on_their_desk(desk):
    desk.type(desk.one, 1, "Lys")
    desk.type(desk.one, 2, "Benk")
    page = desk.two.get("/en/desk")
    assert "Paper cards to type the second time" in page.text
    assert desk.two.get(page.link("Class A")).path == desk.stack
    assert "Paper cards to type the second time" not in desk.one.get("/en/desk").text


def test_two_who_send_the_same_card_at_the_same_moment_both_keep_what_they_wrote(desk, read):
    pages = {browser: browser.get(f"{desk.stack}/type") for browser in (desk.one, desk.two)}
    threads = [
        threading.Thread(target=desk.type, args=(browser, 1, text), kwargs={"page": pages[browser]})
        for browser, text in ((desk.one, "Lys ved bekken"), (desk.two, "Lys ved bakken"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(read(TEXTS)) == ["Lys ved bakken", "Lys ved bekken"]
    assert "1 card was typed in two ways" in desk.one.get(desk.stack).text


def test_the_plenary_wall_says_why_no_cards_are_made_for_it(client, make):
    plenary = make.board(gathers=True)
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.EVERYTHING))
    page = client.get(f"/en/desk/boards/{plenary.code}/cards")
    assert "Use the board of a group instead." in page.text
    assert "has ended" not in page.text
    # A page that was open before the board became one.
    form = client.get(f"/en/desk/boards/{make.board(plenary.dialogue).code}/cards")
    sent = filled_in(form.form("/cards")) | {"channel": "paper", "language": "nb"}
    refused = client.post(page.path, sent)
    assert refused.status == 422
    assert "Use the board of a group instead." in refused.text
