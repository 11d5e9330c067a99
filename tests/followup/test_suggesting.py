"""Groups that are suggested among what is not placed: read, accepted, named, put aside, undone."""

import pytest
from sqlalchemy import func, select

from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.followup import suggesting, themes
from dialogue.followup.models import Theme, ThemeContribution
from dialogue.web import sources
from dialogue.web.permissions import Role, ScopeKind
from tests.followup.test_races import at_once

BUS = (
    "Sett opp nattbuss i helgene så ungdom kommer trygt hjem fra byen",
    "Vi vil ha nattbuss i helgene så ungdom kjem trygt heim frå byen",
    "Nattbuss i helgene, ungdom må komme trygt hjem fra byen",
)
LIGHT = (
    "Flere lyktestolper på gangveien bak skolen, det er mørkt om kvelden",
    "Gangvegen bak skulen er mørk om kvelden, fleire lyktestolpar",
)
ALONE = "Forby fyrverkeri på nyttårsaften, dyrene blir redde"


@pytest.fixture
def desk(client, make, a_round):
    return client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))


@pytest.fixture
def given(a_round):
    return {text: a_round.idea(text) for text in (*BUS, *LIGHT, ALONE)}


def url(a_round, page="suggestions"):
    return f"/en/desk/dialogues/{a_round.dialogue.code}/{page}"


def found(a_round, house, **values):
    with house.database.read_session() as session:
        suggested = suggesting.suggestions(session, a_round.dialogue.id, sources.kinds(), **values)
        return [
            (str(group.theme.title) if group.theme else "", {one.said.title for one in group.items})
            for group in suggested.groups
        ]


def codes(given, *texts):
    return [given[text].contribution.code for text in texts]


def lies_in(read):
    rows = read(select(ThemeContribution).where(ThemeContribution.removed_at.is_(None)))
    return {row.contribution_id: row.theme_id for row in rows}


def test_what_says_the_same_is_a_group_and_what_stands_alone_is_in_none(a_round, house, given):
    assert found(a_round, house) == [("", set(BUS)), ("", set(LIGHT))]


def test_what_is_like_something_in_a_theme_is_suggested_for_that_theme(a_round, house, given):
    a_round.theme("Buses", given[BUS[0]])
    [(theme, fits), (none, others)] = found(a_round, house)
    assert theme.startswith("Buses")
    assert fits == set(BUS[1:])
    assert (none, others) == ("", set(LIGHT))


def test_a_theme_that_was_put_away_takes_nothing(a_round, house, given):
    theme = a_round.theme("Buses", given[BUS[0]])
    a_round.merge(theme, a_round.theme("Traffic"))
    assert found(a_round, house)[0][0].startswith("Traffic")


def test_notes_and_answers_are_grouped_with_ideas(a_round, house):
    a_round.idea(BUS[0])
    a_round.note(BUS[1])
    a_round.answers(BUS[2], ALONE)
    with house.database.read_session() as session:
        [group] = suggesting.suggestions(session, a_round.dialogue.id, sources.kinds()).groups
        assert {one.contribution.kind for one in group.items} == set(sources.kinds())
        [only] = suggesting.suggestions(session, a_round.dialogue.id, sources.shown()).groups
        assert len(only.items) == 2


def test_nothing_is_placed_until_it_is_accepted_and_then_it_can_be_undone(desk, a_round, given, read):
    theme = a_round.theme("Buses")
    page = desk.get(url(a_round))
    assert lies_in(read) == {}
    ticked = [box["value"] for box in page.form("accept").select("input[name=chosen][checked]")]
    assert sorted(ticked) == sorted(codes(given, *BUS))
    left = codes(given, *BUS[:2])
    page = desk.send(page, {"chosen": left, "theme": theme.code}, action="accept")
    assert set(lies_in(read).values()) == {theme.id}
    assert len(lies_in(read)) == 2
    assert "2 contributions placed in “Buses (en)”." in page.text
    page = desk.send(page, action="undo")
    assert lies_in(read) == {}


def test_a_new_theme_of_a_group_is_named_first_made_once_and_undone(desk, a_round, given, read):
    page = desk.get(url(a_round))
    naming = desk.post(
        url(a_round, "new-theme"),
        {"chosen": codes(given, *BUS), "csrf_token": token(page), "came_from": "suggestions"},
    )
    assert naming.heading == "Name the new theme"
    assert lies_in(read) == {}
    refused = desk.send(naming, {"title-nb": "", "title-nn": ""}, action="new-theme")
    assert refused.status == 422
    for _again in range(2):
        named = {"title-nb": "Buss", "title-nn": "Buss", "chosen": codes(given, *BUS)}
        page = desk.send(naming, named, action="new-theme")
    assert page.heading == "Suggested groups"
    [theme] = read(select(Theme))
    assert set(lies_in(read).values()) == {theme.id}
    assert len(lies_in(read)) == 3
    desk.send(page, action="undo")
    assert lies_in(read) == {}
    assert read(select(Theme.retired_at)) != [None]


def test_a_group_is_put_aside_for_now_and_comes_back(desk, a_round, given):
    page = desk.get(url(a_round))
    assert page.text.count("Put this group aside") == 2
    page = desk.get(page.link("Put this group aside"))
    assert page.text.count("Put this group aside") == 1
    page = desk.get(page.link("Show what was put aside again"))
    assert page.text.count("Put this group aside") == 2


def test_where_nothing_is_alike_that_is_said(desk, a_round):
    a_round.idea(ALONE)
    assert "No groups to suggest" in desk.get(url(a_round)).text


def test_what_somebody_else_has_placed_meanwhile_stays_there_and_is_told(desk, a_round, given, read):
    mine, theirs = a_round.theme("Mine"), a_round.theme("Theirs")
    page = desk.get(url(a_round))
    a_round.place(theirs, given[BUS[0]])
    page = desk.send(page, {"chosen": codes(given, *BUS), "theme": mine.code}, action="accept")
    assert "Somebody else has placed 1 of these meanwhile. It stays there." in page.text
    assert lies_in(read)[given[BUS[0]].contribution_id] == theirs.id
    assert list(lies_in(read).values()).count(mine.id) == 2


def test_two_who_accept_the_same_group_at_once_place_each_once(a_round, given, read):
    targets = [a_round.theme(name) for name in ("One", "Other")]

    def accept(theme):
        with a_round.make.database.writing() as session:
            there = session.get_one(Theme, theme.id)
            dialogue = session.get_one(Dialogue, a_round.dialogue.id)
            themes.gather(session, a_round.organiser, dialogue, there, codes(given, *BUS))

    assert at_once(*(lambda theme=theme: accept(theme) for theme in targets)) == []
    present = lies_in(read)
    assert len(present) == 3
    assert len(set(present.values())) == 1
    # Whoever came second moved nothing that the first had placed.
    assert read(select(func.count()).select_from(ThemeContribution)) == [3]


def test_the_number_of_statements_stays_flat(desk, a_round, given, counting):
    with counting() as few:
        desk.get(url(a_round))
    for number in range(30):
        a_round.idea(f"{BUS[0]} {number}")
    with counting() as many:
        desk.get(url(a_round))
    assert len(many) <= len(few)
    assert len(many) <= 14


def token(page):
    return page.html.select_one("input[name=csrf_token]")["value"]


def test_only_contributions_of_the_dialogue_are_placed(desk, make, a_round, given, read):
    other = make.idea(make.board(), BUS[0])
    theme = a_round.theme("Buses")
    page = desk.get(url(a_round))
    desk.send(page, {"chosen": [other.contribution.code], "theme": theme.code}, action="accept")
    assert lies_in(read) == {}
    assert read(select(func.count()).select_from(Contribution)) == [len(given) + 1]
