"""Reading ideas one by one: each decision brings the next, and nobody is given what another has."""

import threading
from datetime import timedelta

import pytest
from hypothesis import given as given_that, strategies as st
from sqlalchemy import select, update

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import speaking
from dialogue.boards import claims, moderation, operations, queries_desk, queries_reading
from dialogue.boards.models import Board, Idea, ReturnReason
from dialogue.boards.models_reading import Claim, Redaction
from dialogue.boards.operations import Draft
from dialogue.boards.redacting import Cut, redacted
from dialogue.dialogues.models import Contribution, ContributionState, StatusChange
from dialogue.people.queries import actor_of
from dialogue.web.permissions import Role, ScopeKind
from tests.support.client import Client

RECEIVED, PUBLISHED, RETURNED = (
    ContributionState.RECEIVED,
    ContributionState.PUBLISHED,
    ContributionState.RETURNED,
)
PHONE = "Ring 99 88 77 66 om lyset"
READING = "/en/desk/reading"


@pytest.fixture
def board(make):
    return make.board()


@pytest.fixture
def ideas(make, database, board):
    """Five that wait, the first the oldest."""
    made = [make.idea(board, f"Idea {number}", RECEIVED) for number in range(1, 6)]
    with database.writing() as session:
        for age, idea in enumerate(reversed(made)):
            session.execute(
                update(Contribution)
                .where(Contribution.id == idea.contribution_id)
                .values(received_at=clock.now() - timedelta(hours=age))
            )
    return [idea.contribution.code for idea in made]


@pytest.fixture
def moderator(client, make):
    return client.sign_in(make.user())


def begin(client):
    page = client.get(READING)
    return client.send(page, action="next")


def states(read):
    return read(select(Contribution.state).order_by(Contribution.id))


def test_who_holds_an_idea_is_told_that_the_duty_officer_knows_and_given_the_next(moderator, read, ideas):
    page = moderator.send(begin(moderator), action="hold")
    assert "Held. The duty officer is told" in page.text
    assert "Idea 2" in page.text
    assert states(read)[0] is ContributionState.HELD


def test_each_decision_brings_the_next_the_oldest_first(moderator, read, ideas):
    page = begin(moderator)
    assert "5 ideas wait" in page.text
    assert "Idea 1" in page.text
    page = moderator.send(page, action="publish")
    assert "Idea 2" in page.text
    page = moderator.send(page, {"reason": "unclear", "note": "Which path?"}, action="return")
    assert "Idea 3" in page.text
    page = moderator.send(page, action="skip")
    assert "Idea 4" in page.text
    for number in (5, 3):
        page = moderator.send(page, action="publish")
        assert f"Idea {number}" in page.text
    page = moderator.send(page, action="publish")
    assert "No idea waits to be read." in page.text
    assert states(read) == [PUBLISHED, RETURNED, PUBLISHED, PUBLISHED, PUBLISHED]


def test_the_last_decision_is_undone_and_the_idea_is_in_front_again(moderator, read, ideas):
    page = moderator.send(begin(moderator), action="publish")
    page = moderator.send(page, action="undo")
    assert "Idea 1" in page.text
    assert states(read)[0] is RECEIVED


def test_looking_takes_nothing(moderator, read, ideas):
    moderator.get(READING)
    assert read(select(Claim)) == []


def test_two_moderators_never_have_the_same_one(house, make, ideas):
    first, second = (Client(house).sign_in(make.user()) for _ in range(2))
    assert "Idea 1" in begin(first).text
    page = begin(second)
    assert "Idea 2" in page.text
    assert "is reading this one" in second.get("/en/desk/moderation").text
    # Whoever is given nothing is told that others have it.
    for _number in (2, 3, 4):
        page = second.send(page, action="publish")
    assert "Idea 5" in page.text
    page = second.send(page, action="publish")
    assert "Others are reading what is left." in page.text


def test_what_another_reads_is_not_decided_about(database, make, read, ideas):
    reader, other = make.actor(), make.actor()
    with database.writing() as session:
        claims.take_next(session, reader)
    for decide in (
        lambda session: moderation.publish(session, other, ideas[0], 1),
        lambda session: moderation.return_to_writer(session, other, ideas[0], 1, ReturnReason.UNCLEAR, ""),
        lambda session: moderation.redact(session, other, ideas[0], 1, Cut((), ["Idea"])),
    ):
        with database.writing() as session, pytest.raises(Closed, match="is reading this idea now"):
            decide(session)
    assert states(read)[0] is RECEIVED


def test_after_a_while_without_a_sign_it_is_given_to_the_next(database, make, ideas, read):
    reader, other = make.actor(), make.actor()
    with database.writing() as session:
        mine = claims.take_next(session, reader)
    with clock.standing_at(clock.now() + timedelta(minutes=2)), database.writing() as session:
        assert claims.renew(session, reader, ideas[0])
        assert not claims.renew(session, other, ideas[0])
    with clock.standing_at(clock.now() + timedelta(minutes=4)), database.writing() as session:
        assert claims.take_next(session, other) != mine
    with clock.standing_at(clock.now() + timedelta(minutes=6)), database.writing() as session:
        assert claims.take_next(session, other) == mine
        assert not claims.renew(session, reader, ideas[0])
    # Whoever comes back to an old page is told, and nothing is done twice.
    with (
        clock.standing_at(clock.now() + timedelta(minutes=7)),
        database.writing() as session,
        pytest.raises(Closed, match="is reading"),
    ):
        moderation.publish(session, reader, ideas[0], 1)


def test_an_old_page_decides_as_long_as_nobody_else_has_the_idea(database, make, ideas, read):
    reader = make.actor()
    with database.writing() as session:
        claims.take_next(session, reader)
    with clock.standing_at(clock.now() + timedelta(hours=2)), database.writing() as session:
        moderation.publish(session, reader, ideas[0], 1)
    assert states(read)[0] is PUBLISHED
    assert read(select(Claim)) == []


def test_whoever_reads_a_plenary_wall_is_given_what_its_groups_have_written(database, make):
    wall = make.board(gathers=True)
    group = make.board(wall.dialogue, plenary_id=wall.id)
    idea, actor = make.idea(group, "Lights", RECEIVED), make.actor()
    with database.writing() as session:
        here = session.get_one(Board, wall.id)
        assert claims.take_next(session, actor, here) == idea.contribution_id
        now = queries_reading.reading(session, actor, here)
    assert (now.idea.title, now.waiting) == ("Lights", 1)


def taken_at_once(database, actors):
    """What each of these people is given, when all ask at the same moment."""
    start, taken = threading.Barrier(len(actors)), []

    def attempt(actor):
        start.wait()
        with database.writing() as session:
            taken.append(claims.take_next(session, actor))

    threads = [threading.Thread(target=attempt, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def test_many_at_the_same_moment_are_each_given_another(database, make, board):
    for number in range(8):
        make.idea(board, f"Idea {number}", RECEIVED)
    taken = taken_at_once(database, [make.actor() for _ in range(8)])
    assert len(set(taken)) == 8
    assert None not in taken


def test_of_many_who_take_the_same_one_one_has_it(database, make, board, read):
    make.idea(board, "The only one", RECEIVED)
    taken = taken_at_once(database, [make.actor() for _ in range(6)])
    assert [one for one in taken if one is not None] == read(select(Idea.contribution_id))


def test_the_same_idea_is_sent_back_with_the_way_to_the_other(house, moderator, database, make, board, read):
    other = make.idea(board, "Lys langs turstien ved skolen")
    draft = Draft(board.columns[0].id, "Lys langs turstien ved skolen", "", "nb")
    with database.writing() as session:
        receipt = operations.write_idea(session, session.get_one(Board, board.id), draft, "mine")
    page = begin(moderator)
    assert "The same as this one" in page.text
    moderator.send(page, action="same")
    writer = Client(house)
    follow = writer.get(f"/en/follow/{receipt.code}")
    assert "The same idea is there already" in follow.text
    assert other.contribution.code in follow.link("Lys langs turstien ved skolen")
    # Once the other is shown no more, nobody is led there.
    with database.writing() as session:
        session.execute(
            update(Idea).where(Idea.contribution_id == other.contribution_id).values(published_at=None)
        )
    assert other.contribution.code not in writer.get(f"/en/follow/{receipt.code}").response.text


def test_only_an_idea_that_is_shown_on_the_same_board_can_be_the_same(database, make, board, read):
    actor = make.actor()
    code = make.idea(board, "Lys", RECEIVED).contribution.code
    hidden = make.idea(board, "Lys", RECEIVED).contribution.code
    elsewhere = make.idea(make.board(), "Lys").contribution.code
    for other in (hidden, elsewhere, code):
        with database.write_session() as session, pytest.raises(Invalid):
            moderation.return_as_same(session, actor, code, 1, other)
    assert states(read)[0] is RECEIVED


# Taking something out.


def test_what_was_found_is_taken_out_with_one_press(moderator, make, board, read):
    idea = make.idea(board, "Lys", RECEIVED, text=PHONE)
    page = begin(moderator)
    assert [box["value"] for box in page.html.select("input[name=found][checked]")] == ["99 88 77 66"]
    moderator.send(page, action="redact")
    (shown,) = read(select(Idea))
    assert shown.text == "Ring [telefon] om lyset"
    assert "[telefon]" in moderator.get(f"/en/boards/{board.code}").text
    assert "99 88" not in moderator.get(f"/en/boards/ideas/{idea.contribution.code}").response.text
    (kept,) = read(select(Redaction))
    assert (kept.text, kept.kinds) == (PHONE, ["phone"])
    assert read(select(AuditEntry.verb).where(AuditEntry.verb.in_(("publish", "redact")))) == ["redact"]


def test_words_that_were_marked_are_taken_out_and_what_is_not_there_is_told(moderator, make, board, read):
    make.idea(board, "Lys", RECEIVED, text="Naboen i det gule huset klager.")
    page = begin(moderator)
    answer = moderator.send(page, {"passages": "in no idea"}, action="redact")
    assert answer.status == 422
    assert any("just as it stands" in error for error in answer.errors)
    assert "in no idea" in answer.response.text
    moderator.send(page, {"passages": "i det  gule huset\n"}, action="redact")
    assert read(select(Idea.text)) == ["Naboen […] klager."]


@pytest.mark.parametrize("how", ["undone", "returned", "withdrawn"])
def test_when_it_is_shown_no_more_it_says_what_its_writer_wrote(database, make, board, read, how):
    actor = make.actor()
    idea = make.idea(board, "Lys", RECEIVED, text=PHONE)
    code = idea.contribution.code
    with database.writing() as session:
        moderation.redact(session, actor, code, 1, Cut({"99 88 77 66"}))
    with database.writing() as session:
        if how == "undone":
            moderation.undo(session, actor, code)
        elif how == "returned":
            moderation.return_to_writer(session, actor, code, 2, ReturnReason.UNCLEAR, "")
        else:
            operations.erase(session, session.get_one(Contribution, idea.contribution_id))
    assert read(select(Idea.text)) == ["" if how == "withdrawn" else PHONE]
    assert read(select(Redaction)) == []


def test_a_published_idea_is_redacted_and_what_was_there_is_kept_once(database, make, board, read):
    actor = make.actor()
    code = make.idea(board, "Lys", text="Ring 99 88 77 66 til Kari Hansen").contribution.code
    with database.writing() as session:
        moderation.redact(session, actor, code, 1, Cut({"99 88 77 66"}))
    with database.writing() as session:
        moderation.redact(session, actor, code, 2, Cut({"99 88 77 66", "Kari Hansen"}))
    assert read(select(Idea.text)) == ["Ring [telefon] til [navn]"]
    assert read(select(Redaction.text)) == ["Ring 99 88 77 66 til Kari Hansen"]


def test_the_writer_is_told_in_their_language_what_was_taken_out(house, database, make, board, read):
    draft = Draft(board.columns[0].id, "Lys", PHONE, "nn")
    with database.writing() as session:
        receipt = operations.write_idea(session, session.get_one(Board, board.id), draft, "mine")
    (code,) = read(select(Contribution.code))
    actor = make.actor()
    with database.writing() as session:
        moderation.redact(session, actor, code, 1, Cut({"99 88 77 66"}))
    writer = Client(house)
    for language, words in (("nb", "telefonnummer"), ("nn", "telefonnummer"), ("en", "phone number")):
        page = writer.get(f"/{language}/follow/{receipt.code}")
        assert words in page.text
        assert PHONE in page.text
    (told,) = read(select(StatusChange.public_text).where(StatusChange.to_state == "published"))
    assert "Teke ut" in told.get("nn")


# What can be taken out of any text.

TEXTS = st.text(st.sampled_from("ab AB […]9.\n"), max_size=60)


@given_that(TEXTS, st.lists(st.text(st.sampled_from("abAB 9."), min_size=1, max_size=6), max_size=4))
def test_nothing_is_added_but_the_sign_and_what_is_cut_is_gone(text, passages):
    passages = [passage.strip() for passage in passages if passage.strip()]
    with speaking("nb"):
        left, kinds = redacted(text, Cut((), passages))
    if not kinds:
        assert left == text
        return
    pieces = left.split("[…]")
    at = 0
    for piece in pieces:
        place = text.find(piece, at) if piece else at
        assert place >= at or "[…]" in text
        at = max(at, place) + len(piece)


@pytest.mark.parametrize(
    ("text", "found", "passages", "left"),
    [
        ("Ola bor her, og Olav bor der.", (), ["Ola"], "[…] bor her, og Olav bor der."),
        ("Ring 99 88 77 66 nå", {"99 88 77 66"}, ["Ring 99 88 77 66"], "[…] nå"),
        ("a b a", (), ["a"], "[…] b […]"),
        ("Nothing here", (), ["there"], "Nothing here"),
    ],
)
def test_what_is_cut_is_cut_whole_and_everywhere(text, found, passages, left):
    with speaking("en"):
        assert redacted(text, Cut(found, passages))[0] == left


def test_a_title_never_grows_too_long():
    title = "12345678 " * 11
    with speaking("nb"):
        assert len(redacted(title, Cut((), ["12345678"]), 100)[0]) <= 100


def test_nothing_chosen_is_told(database, make, board):
    code = make.idea(board, "Lys", RECEIVED).contribution.code
    actor = make.actor()
    with database.writing() as session, pytest.raises(Invalid):
        moderation.redact(session, actor, code, 1, Cut(()))


def test_somebody_of_another_place_is_given_nothing(database, make, ideas):
    anybody = make.actor()
    stranger = actor_of(make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, make.municipality().id))
    with database.writing() as session:
        assert claims.take_next(session, stranger) is None
        idea = queries_desk.desk_idea(session, anybody, ideas[0])
        assert not claims.take(session, stranger, idea)
