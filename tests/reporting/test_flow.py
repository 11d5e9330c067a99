"""The picture of the flow: nothing gets lost on the way, and one sees where it stops."""

import re
from collections import Counter

from hypothesis import given, strategies as st

from dialogue.base.i18n import Translated
from dialogue.dialogues import contributions
from dialogue.followup import regrouping
from dialogue.followup.models import DecisionOutcome, DecisionReason
from dialogue.reporting.drawing import LONGEST_LINE, STARTS, WIDTH, draw, in_lines
from dialogue.reporting.flow import (
    THEMES_SHOWN,
    Column,
    FlowCount,
    Standing,
    ThemeCount,
    ThemeFlow,
    flow,
    shared_out,
)
from dialogue.web.permissions import Role, ScopeKind

STANDINGS = st.dictionaries(st.sampled_from(list(Standing)), st.integers(1, 30))
THEMES = st.lists(
    st.tuples(
        st.integers(0, 500), st.frozensets(st.sampled_from(list(DecisionOutcome)), max_size=2), STANDINGS
    ),
    max_size=12,
)


LEFT_OUT = 3


def flow_of(themes, unplaced):
    made = [
        ThemeFlow(key, f"code{key}", Translated(en=f"Theme {key}"), gathered, answers, actions)
        for key, (gathered, answers, actions) in enumerate(themes)
    ]
    actions = Counter()
    for one in made:
        actions.update(one.actions)
    return flow(made, unplaced, LEFT_OUT, actions)


@given(THEMES, st.integers(0, 100))
def test_what_comes_to_a_bar_goes_on_or_stops_there_and_nothing_is_lost(themes, unplaced):
    made = flow_of(themes, unplaced)
    total = sum(gathered for gathered, *_rest in themes) + unplaced + LEFT_OUT
    assert made.total == total
    assert sum(node.weight for node in made.column(Column.THEMES)) == total
    for node in made.nodes:
        coming = sum(ribbon.weight for ribbon in made.ribbons if ribbon.target == node)
        going = sum(ribbon.weight for ribbon in made.ribbons if ribbon.source == node)
        assert node.column is Column.GIVEN or coming == node.weight
        assert going <= node.weight
        if node.key == "agreed" or node.column is Column.GIVEN:
            assert going == node.weight
        if node.key == "left_out":
            assert (node.weight, going, node.stops) == (LEFT_OUT, 0, False), "an end of its own"
        elif node.column is Column.THEMES and node.key != "unplaced":
            assert going == node.weight, "every theme has an answer, or waits for one"
    assert len(made.column(Column.THEMES)) <= THEMES_SHOWN + 3


@given(st.integers(0, 1000), STANDINGS.filter(bool))
def test_what_is_shared_out_makes_up_the_whole(weight, counts):
    parts = shared_out(weight, counts)
    assert sum(parts.values()) == weight
    assert all(part > 0 and stands in counts for stands, part in parts.items())


@given(THEMES, st.integers(0, 100), st.booleans())
def test_the_picture_lies_within_its_frame_and_turned_round_it_is_the_same(themes, unplaced, turned):
    made = flow_of(themes, unplaced)
    drawing = draw(made, right_to_left=turned)
    for bar in drawing.bars:
        assert 0 <= bar.x <= WIDTH - 16
        assert bar.y + bar.height <= drawing.height
        start = WIDTH - bar.x - 16 if turned else bar.x
        assert start == STARTS[bar.node.column]
    for band in drawing.bands:
        assert all(0 <= float(x) <= WIDTH for x in re.findall(r"[MC]([\d.]+) ", band.path))


@given(THEMES, st.integers(0, 100))
def test_bars_of_a_column_do_not_cover_each_other(themes, unplaced):
    drawing = draw(flow_of(themes, unplaced), right_to_left=False)
    for column in Column:
        ends = 0.0
        for bar in (one for one in drawing.bars if one.node.column is column):
            assert bar.y >= ends
            ends = max(bar.y + bar.height, bar.number_at)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=120))
def test_a_name_stands_on_two_lines_at_most(words):
    lines = in_lines(words)
    assert 1 <= len(lines) <= 2
    assert all(len(line) <= LONGEST_LINE for line in lines)


@given(
    st.dictionaries(
        st.integers(1, 99),
        st.builds(ThemeCount, st.frozensets(st.sampled_from(list(DecisionOutcome))), STANDINGS, STANDINGS),
    ),
    STANDINGS,
    STANDINGS,
)
def test_what_is_kept_is_read_as_it_was_counted(themes, public, desk):
    count = FlowCount(themes, public, desk, LEFT_OUT)
    assert FlowCount.from_json(count.as_json()) == count


def shown(client, a_round):
    page = client.get(f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it")
    return page, page.html.select_one(".flow")


def test_the_picture_has_a_name_words_and_a_table_with_the_same_figures(client, a_round):
    theme = a_round.theme("Light", a_round.idea(), a_round.idea())
    a_round.action(a_round.decide(theme))
    a_round.theme("Benches", a_round.idea())
    a_round.idea("Not placed")
    _page, picture = shown(client, a_round)
    svg = picture.select_one("svg.flow__picture")
    assert svg["role"] == "img"
    assert svg.title.get_text()
    assert svg.desc.get_text()
    assert not picture.find_all(style=True)
    rows = {
        row.th.get_text(strip=True): [cell.get_text(strip=True) for cell in row.find_all("td")]
        for row in picture.select("tbody tr")
    }
    assert rows["Light (en)"][1] == "2"
    assert rows["Not placed yet"][1:] == ["1", "", "stops here"]
    assert rows["Not decided yet"][1:] == ["1", "1", "stops here"]
    assert rows["Actions agreed"][1:3] == ["2", "1"]
    assert rows["Under way"][1:3] == ["2", "1"]
    drawn = [text.get_text() for text in svg.select(".flow__number")]
    assert "2 · 1 action" in drawn


def test_what_is_left_out_waits_on_no_page_and_every_page_has_the_same_figure(client, a_round, database):
    a_round.theme("Light", a_round.idea())
    left_out, *_waiting = a_round.idea("A greeting"), a_round.idea("Benches"), a_round.idea("Bins")
    with database.writing() as session:
        dialogue = session.merge(a_round.dialogue)
        regrouping.leave_out(session, a_round.organiser, dialogue, [left_out.contribution.code], "A greeting")
    public, picture = shown(client, a_round)
    assert "2 contributions are not placed under a theme yet." in public.text
    said = " ".join(picture.table.get_text(" ", strip=True).split())
    assert "Contributions What people said 4" in said
    assert "Not placed yet Themes 2" in said
    assert "Left out, with a reason Themes 1" in said
    scope = a_round.dialogue.municipality_id
    client.sign_in(a_round.make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, scope))
    desk = f"/en/desk/dialogues/{a_round.dialogue.code}"
    flow_at_desk = client.get(f"{desk}/flow").html.select_one(".flow table")
    assert "Not placed yet Themes 2" in " ".join(flow_at_desk.get_text(" ", strip=True).split())
    assert "Not placed yet (2)" in client.get(f"{desk}/themes").text


def test_a_no_ends_the_way_without_waiting_and_what_is_taken_up_waits_for_an_action(client, a_round):
    a_round.decide(
        a_round.theme("Pool", a_round.idea()), DecisionOutcome.NOT_NOW, reason=DecisionReason.MONEY
    )
    a_round.decide(a_round.theme("Light", a_round.idea()))
    text = shown(client, a_round)[1].select_one("table").get_text(" ")
    assert "No action yet" in text
    assert text.count("stops here") == 1


def test_an_action_that_is_not_public_is_not_in_the_picture(client, a_round):
    decision = a_round.decide(a_round.theme("Light", a_round.idea()))
    a_round.action(decision, is_internal=True)
    assert "Actions agreed" not in shown(client, a_round)[1].get_text()


def test_without_anything_given_there_is_no_picture(client, a_round):
    assert shown(client, a_round)[1] is None


def test_something_taken_back_keeps_its_place_in_the_picture(client, a_round, database):
    idea = a_round.idea()
    a_round.theme("Light", idea, a_round.idea())
    with database.writing() as session:
        one = session.merge(idea.contribution)
        contributions.move(session, one, type(one.state).WITHDRAWN)
        contributions.raise_version(session, a_round.dialogue.id)
    assert "2" in shown(client, a_round)[1].select_one(".flow__number").get_text()
