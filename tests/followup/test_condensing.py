"""Gathering what residents gave, of whatever kind: placed, split, undone, left out, marked, and never hidden."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import Closed
from dialogue.boards.models import Idea
from dialogue.dialogues.models import (
    ContributionKind,
    StatusChange,
)
from dialogue.followup import hearing, queries, queries_desk, regrouping, themes
from dialogue.followup.models import DecisionOutcome, LeftOut, Theme, ThemeContribution, ThemeDecision
from dialogue.surveys import editing, operations as surveys
from dialogue.surveys.answering import Cell, store
from dialogue.surveys.editing import Wording
from dialogue.surveys.models import QuestionKind
from dialogue.surveys.operations import About
from dialogue.web import sources
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words


@pytest.fixture
def desk(client, make, a_round):
    """The browser of an organiser of the dialogue."""
    return client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))


def themes_url(a_round) -> str:
    return f"/en/desk/dialogues/{a_round.dialogue.code}/themes"


def code_of(thing: Any) -> str:
    return thing.contribution.code if isinstance(thing, Idea) else thing.code


def lies_in(read) -> dict[int, int]:
    rows = read(select(ThemeContribution).where(ThemeContribution.removed_at.is_(None)))
    return {row.contribution_id: row.theme_id for row in rows}


# Of every kind


def test_every_kind_is_placed_on_one_page_and_counted_in_its_own_words(desk, a_round):
    a_round.idea("Lights by the path")
    note, answers = a_round.note(), a_round.answers("A bench", "A bus", "A bin")
    theme = a_round.theme("Light")
    page = desk.get(themes_url(a_round))
    for said in ("Lights by the path", "More lights", "A bench", "What first?", "Group 4"):
        assert said in page.text
    chosen = [box["value"] for box in page.html.select("input[name=chosen]")]
    assert set(chosen) >= {note.code, *(one.code for one in answers)}
    page = desk.send(page, {"chosen": chosen, "theme": theme.code}, action="/place")
    assert "Everything is placed" in page.text
    assert "1 idea, 1 note from a group, 3 answers in surveys" in page.text


def test_the_kinds_that_rooms_declare_are_all_there_is_and_each_is_declared_once(house):
    declared = [source.kind for room in house.rooms for source in room.sources]
    assert sorted(declared) == sorted(set(declared))
    # Whoever signs up or helps gives no opinion to gather; everything else must not be able to hide.
    opinions = set(ContributionKind) - {ContributionKind.REGISTRATION, ContributionKind.HELP}
    assert set(declared) == opinions == set(sources.kinds())


def test_words_are_found_in_every_kind(desk, a_round):
    a_round.idea("Bench by the path")
    a_round.note("A bench at the bus stop")
    a_round.answers("A longer bench", "Nothing like it")
    page = desk.get(f"{themes_url(a_round)}?q=bench")
    assert "Not placed yet (3)" in page.text
    assert "Nothing like it" not in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=note", ["More lights"]),
        ("channel=meeting", ["More lights"]),
        ("label=Group 4 (nb)", ["More lights"]),
        ("kind=answer", ["A bench"]),
        ("kind=idea&q=path", ["Lights by the path"]),
        ("kind=nonsense&channel=nonsense", ["More lights", "A bench", "Lights by the path"]),
    ],
)
def test_what_waits_is_narrowed_by_kind_way_and_group(desk, a_round, query, found):
    a_round.idea("Lights by the path")
    a_round.note()
    a_round.answers("A bench")
    text = desk.get(f"{themes_url(a_round)}?{query}").text
    for said in ("More lights", "A bench", "Lights by the path"):
        assert (said in text) is (said in found)


def test_the_public_page_shows_notes_with_their_group_and_keeps_answers_to_itself(desk, client, a_round):
    answers = a_round.answers("A secret wish", "Another one")
    theme = a_round.theme("Light", a_round.idea("Lights by the path"))
    a_round.do(themes.place, theme, [a_round.note().code, *(one.code for one in answers)])
    text = client.get(f"/en/themes/{theme.code}").text
    assert "1 idea, 1 note from a group, 2 answers in surveys" in text
    assert "More lights" in text
    assert "Group 4 (nb)" in text
    assert "A secret wish" not in text
    assert "promised so: 2 answers in surveys" in text


def test_an_action_tells_of_notes_it_comes_from_and_of_no_answer(client, a_round):
    theme = a_round.theme("Light")
    answer = a_round.answers("A secret wish")[0]
    a_round.do(themes.place, theme, [a_round.note().code, answer.code])
    action = a_round.action(a_round.decide(theme))
    text = client.get(f"/en/actions/{action.code}").text
    assert "From 2 contributions" in text
    assert "More lights" in text
    assert "A secret wish" not in text


def test_reading_answers_is_noted_and_reading_ideas_is_not(desk, a_round, read):
    a_round.idea()
    desk.get(themes_url(a_round))
    assert "read texts" not in read(select(AuditEntry.verb))
    answer = a_round.answers("A bench")[0]
    desk.get(themes_url(a_round))
    assert read(select(AuditEntry.verb)).count("read texts") == 1
    theme = a_round.theme("Light")
    a_round.do(themes.place, theme, [answer.code])
    desk.get(f"/en/desk/themes/{theme.code}")
    assert read(select(AuditEntry.verb)).count("read texts") == 2


def test_who_decides_without_condensing_reads_no_answers_that_wait(client, make, a_round):
    a_round.answers("A secret wish")
    client.sign_in(make.user(Role.LEADER, ScopeKind.DIALOGUE, a_round.dialogue.id))
    assert "A secret wish" not in client.get(themes_url(a_round)).text


def test_what_the_guard_finds_and_what_says_hardly_anything_is_marked(desk, a_round):
    a_round.answers("Ring meg på 912 34 567", "-")
    page = desk.get(themes_url(a_round))
    assert [mark.find(string=True, recursive=False) for mark in page.html.select("main mark")] == [
        "912 34 567"
    ]
    assert page.text.count("Says hardly anything") == 1


def test_a_theme_tells_which_groups_said_it_and_how_it_came(desk, a_round):
    theme = a_round.theme("Light", a_round.idea(), a_round.idea("More"))
    a_round.do(themes.place, theme, [a_round.note().code])
    text = desk.get(f"/en/desk/themes/{theme.code}").text
    assert "Group 4 (nb) Meeting 1 note from a group" in text
    assert "Residents on their own Web page 2 ideas" in text


# Choosing many


def test_everything_on_a_page_is_ticked_by_a_link(desk, a_round):
    for number in range(3):
        a_round.idea(f"Idea {number}")
    page = desk.get(themes_url(a_round))
    assert page.html.select("input[name=chosen][checked]") == []
    page = desk.get(page.link("Tick everything on this page").split("#")[0])
    assert len(page.html.select("input[name=chosen][checked]")) == 3


def test_after_placing_one_goes_on_where_one_was(desk, a_round):
    for number in range(3):
        a_round.idea(f"Bench {number}")
    a_round.idea("Lights")
    a_round.theme("First")
    second = a_round.theme("Second")
    page = desk.get(f"{themes_url(a_round)}?q=bench")
    chosen = page.html.select_one("input[name=chosen]")["value"]
    sent = desk.send(page, {"chosen": [chosen], "theme": second.code}, action="/place", follow=False)
    assert sent.response.location.endswith("#unplaced")
    page = desk.get(sent.response.location.split("#")[0])
    assert "Not placed yet (2)" in page.text
    assert "Lights" not in page.text
    assert page.html.select_one(".pile[data-latest] button[name=theme]")["value"] == second.code


# Splitting


def test_a_new_theme_is_made_of_some_of_what_lies_in_another(desk, a_round, read):
    bus, light = a_round.idea("Night bus"), a_round.idea("Lights")
    theme = a_round.theme("Mixed", bus, light)
    page = desk.get(f"/en/desk/themes/{theme.code}")
    values = {"chosen": [code_of(bus)], "new_title-nb": "Buss", "new_title-nn": "Buss"}
    form = page.form("/regroup")
    key = form.select_one("input[name=submission_key]")["value"]
    token = form.select_one("input[name=csrf_token]")["value"]
    sent = {**values, "submission_key": key, "csrf_token": token}
    for _ in range(2):
        desk.post(f"/en/desk/themes/{theme.code}/split", sent)
    made = read(select(Theme).order_by(Theme.id.desc()).limit(1))[0]
    assert made.title.get("nb") == "Buss"
    assert read(select(func.count()).select_from(Theme)) == [2]
    assert lies_in(read) == {bus.contribution_id: made.id, light.contribution_id: theme.id}


@pytest.mark.parametrize(
    ("values", "error"),
    [({"new_title-nb": ""}, "Fill in this field."), ({"chosen": []}, "Choose at least one contribution.")],
)
def test_a_split_that_lacks_something_says_so_and_loses_nothing(desk, a_round, read, values, error):
    bus = a_round.idea("Night bus")
    theme = a_round.theme("Mixed", bus)
    page = desk.get(f"/en/desk/themes/{theme.code}")
    token = page.form("/regroup").select_one("input[name=csrf_token]")["value"]
    sent = {"chosen": [code_of(bus)], "new_title-nb": "Buss", "new_title-nn": "Buss", "csrf_token": token}
    page = desk.post(f"/en/desk/themes/{theme.code}/split", {**sent, **values})
    assert page.status == 422
    assert any(error in line for line in page.errors)
    assert ("checked" in page.html.select_one("input[name=chosen]").attrs) is ("chosen" not in values)
    assert page.html.select_one("[name=new_title-nn]").text.strip() == "Buss"
    assert read(select(func.count()).select_from(Theme)) == [1]


# Undoing


def test_the_last_step_is_undone_by_one_button(desk, a_round, read):
    idea, theme = a_round.idea(), a_round.theme("Light")
    page = desk.get(themes_url(a_round))
    page = desk.send(page, {"chosen": [code_of(idea)], "theme": theme.code}, action="/place")
    assert "1 contribution placed in “Light (en)”." in page.text
    page = desk.send(page, action="/undo")
    assert lies_in(read) == {}
    assert "/undo" not in page.response.text


def test_a_step_of_somebody_else_is_not_offered_to_be_undone(client, make, a_round):
    a_round.place(a_round.theme("Light"), a_round.idea())
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))
    assert "/undo" not in client.get(themes_url(a_round)).response.text


def test_a_merge_is_undone_with_its_decision_and_its_minority_views(a_round, read):
    few, many = a_round.idea("Few"), a_round.idea("Many")
    source, target = a_round.theme("Source", few), a_round.theme("Target", many)
    a_round.do(regrouping.mark, source, [code_of(few)])
    a_round.decide(source)
    a_round.merge(source, target)
    marked = select(ThemeContribution.contribution_id).where(
        ThemeContribution.removed_at.is_(None), ThemeContribution.is_minority
    )
    assert read(marked) == [few.contribution_id]
    a_round.do(regrouping.undo, a_round.last_step())
    assert lies_in(read) == {few.contribution_id: source.id, many.contribution_id: target.id}
    assert read(select(Theme.retired_at).where(Theme.id == source.id)) == [None]
    stands = select(ThemeDecision.theme_id).where(ThemeDecision.removed_at.is_(None))
    assert read(stands) == [source.id]
    assert read(marked) == [few.contribution_id]


def test_a_decision_is_told_once_where_it_is_now_whatever_was_merged_and_undone(a_round, database):
    light, rest = a_round.theme("Light", a_round.idea()), a_round.theme("Rest", a_round.idea())
    action = a_round.action(a_round.decide(light))

    def told() -> list[list[bool]]:
        with database.reading() as session:
            found = queries.stories(session, [session.get_one(Theme, one.id) for one in (light, rest)])
            assert len(queries.origins(session, action.id)) == 1
            assert sum(len(queries_desk.actions_after(session, one.id)) for one in (light, rest)) == 1
            return [[decision.in_force for decision in one.decisions] for one in found]

    a_round.merge(light, rest)
    assert told() == [[], [True]]
    a_round.do(regrouping.undo, a_round.last_step())
    assert told() == [[True], []]


def test_what_was_decided_anew_before_a_merge_goes_along_with_its_actions_and_comes_back(a_round, database):
    light, rest = a_round.theme("Light", a_round.idea()), a_round.theme("Rest", a_round.idea())
    action = a_round.action(a_round.decide(light))
    a_round.decide(light, DecisionOutcome.NOT_NOW)

    def lies_in() -> tuple[str, list[bool]]:
        with database.reading() as session:
            [origin] = queries.origins(session, action.id)
            return origin.theme.code, [
                one.in_force for one in queries.story_of(session, origin.theme).decisions
            ]

    a_round.merge(light, rest)
    assert lies_in() == (rest.code, [False, True])
    a_round.do(regrouping.undo, a_round.last_step())
    assert lies_in() == (light.code, [False, True])


def test_who_talked_about_a_theme_goes_along_with_a_merge_once_and_comes_back(a_round, database):
    light, rest = a_round.theme("Light", a_round.idea()), a_round.theme("Rest", a_round.idea())
    body, today = a_round.body(), clock.today()
    for theme, day in ((light, today), (light, today - timedelta(1)), (rest, today)):
        a_round.do(
            lambda session, actor, *what: hearing.hear(session, actor, [what[0]], *what[1:]), theme, body, day
        )

    def told() -> list[list[date]]:
        with database.reading() as session:
            return [
                [one.heard_on for one in queries.story_of(session, session.get_one(Theme, theme.id)).hearings]
                for theme in (light, rest)
            ]

    a_round.merge(light, rest)
    assert told() == [[today], [today - timedelta(1), today]]
    a_round.do(regrouping.undo, a_round.last_step())
    assert told() == [[today - timedelta(1), today], [today]]


def test_a_merge_is_not_undone_when_it_was_decided_anew_since(a_round):
    light, rest = a_round.theme("Light", a_round.idea()), a_round.theme("Rest", a_round.idea())
    a_round.decide(light)
    a_round.merge(light, rest)
    step = a_round.last_step()
    a_round.decide(rest, DecisionOutcome.NOT_NOW)
    with pytest.raises(Closed):
        a_round.do(regrouping.undo, step)


def test_the_history_says_of_a_theme_that_a_merge_of_it_was_undone(a_round, read):
    light, rest = a_round.theme("Light", a_round.idea()), a_round.theme("Rest")
    a_round.merge(light, rest)
    a_round.do(regrouping.undo, a_round.last_step())
    its = select(StatusChange.to_state).where(
        StatusChange.subject_kind == "theme", StatusChange.subject_id == light.id
    )
    assert read(its.order_by(StatusChange.id)) == ["created", "placed", "merged", "restored"]


def test_undoing_a_split_puts_the_emptied_theme_away(a_round, read):
    idea = a_round.idea()
    theme = a_round.theme("Mixed", idea)
    made = a_round.do(themes.split, theme, [code_of(idea)], words("New"), "key")
    a_round.do(regrouping.undo, a_round.last_step())
    assert lies_in(read) == {idea.contribution_id: theme.id}
    assert read(select(Theme.retired_at).where(Theme.id == made.id)) != [None]


def test_undoing_brings_back_the_reason_for_which_something_was_left_out(a_round, read):
    idea, theme = a_round.idea("Hello!"), a_round.theme("Light")
    a_round.do(regrouping.leave_out, a_round.dialogue, [code_of(idea)], "A greeting")
    a_round.place(theme, idea)
    assert read(select(LeftOut.reason).where(LeftOut.removed_at.is_(None))) == []
    a_round.do(regrouping.undo, a_round.last_step())
    assert read(select(LeftOut.reason).where(LeftOut.removed_at.is_(None))) == ["A greeting"]
    assert lies_in(read) == {}


def test_what_something_else_has_happened_to_is_not_undone(a_round, read):
    idea, light, rest = a_round.idea(), a_round.theme("Light"), a_round.theme("Rest")
    a_round.place(light, idea)
    first = a_round.last_step()
    a_round.place(rest, idea)
    with pytest.raises(Closed):
        a_round.do(regrouping.undo, first)
    assert lies_in(read) == {idea.contribution_id: rest.id}
    a_round.do(themes.take_out, rest, [code_of(idea)])
    taken_out = a_round.last_step()
    a_round.do(regrouping.leave_out, a_round.dialogue, [code_of(idea)], "A greeting")
    with pytest.raises(Closed):
        a_round.do(regrouping.undo, taken_out)


def test_what_came_from_a_theme_that_was_put_away_is_not_put_back_into_it(a_round, read):
    idea, light, rest = a_round.idea(), a_round.theme("Light"), a_round.theme("Rest")
    a_round.place(light, idea)
    a_round.place(rest, idea)
    step = a_round.last_step()
    a_round.do(themes.retire, light)
    with pytest.raises(Closed):
        a_round.do(regrouping.undo, step)
    assert lies_in(read) == {idea.contribution_id: rest.id}


def test_a_step_is_undone_once(desk, a_round, read):
    theme = a_round.theme("Light")
    a_round.place(theme, a_round.idea())
    step = a_round.last_step()
    a_round.do(regrouping.undo, step)
    with pytest.raises(Closed):
        a_round.do(regrouping.undo, step)
    token = desk.get(themes_url(a_round)).html.select_one("input[name=csrf_token]")["value"]
    page = desk.post(f"/en/desk/regroupings/{step.code}/undo", {"csrf_token": token})
    assert "This has been undone already." in page.text


# Left out


def test_what_belongs_to_no_theme_is_left_out_with_a_reason_and_listed(desk, a_round, read):
    idea = a_round.idea("Hello!")
    page = desk.get(themes_url(a_round))
    values = {"chosen": [code_of(idea)], "reason": "A greeting", "csrf_token": token_of(page)}
    address = f"/en/desk/dialogues/{a_round.dialogue.code}/leave-out"
    page = desk.post(address, values)
    assert "Everything is placed" in page.text
    assert "Why: A greeting" in page.text
    with a_round.make.database.reading() as session:
        found = queries.not_placed(session, a_round.dialogue)
        assert (found.total, found.left_out, found.is_empty) == (0, 1, True)
    page = desk.send(page, action="/take-in")
    assert "Not placed yet (1)" in page.text
    told = select(StatusChange.internal_note).where(StatusChange.to_state == "left_out")
    assert read(told) == ["A greeting"]


def test_nothing_is_left_out_without_a_reason_and_what_was_chosen_stays_chosen(desk, a_round, read):
    idea = a_round.idea("Hello!")
    page = desk.get(themes_url(a_round))
    values = {"chosen": [code_of(idea)], "reason": " ", "csrf_token": token_of(page)}
    page = desk.post(f"/en/desk/dialogues/{a_round.dialogue.code}/leave-out", values)
    assert page.status == 422
    assert any("Say why" in line for line in page.errors)
    assert "checked" in page.html.select_one("input[name=chosen]").attrs
    assert read(select(LeftOut.id)) == []


def test_what_lies_in_a_theme_is_not_left_out(a_round, read):
    idea = a_round.idea()
    a_round.theme("Light", idea)
    assert a_round.do(regrouping.leave_out, a_round.dialogue, [code_of(idea)], "A greeting") == 0
    assert read(select(LeftOut.id)) == []


def test_answers_that_were_not_taken_in_do_not_hide(desk, a_round):
    with a_round.make.database.writing() as session:
        about = About(title=words("Survey"), intro=words("Short."))
        survey = surveys.begin(session, session.merge(a_round.dialogue), about)
        editing.append(session, survey, QuestionKind.SHORT_TEXT, Wording(words("Where?")))
        surveys.publish(session, a_round.organiser, survey)
        sheets = [[Cell(survey.questions[0].id, text="Here")]]
        store(session, survey.collectors[0], survey.versions[0].id, "nb", clock.today(), sheets)
        surveys.close(session, a_round.organiser, survey)
    page = desk.get(themes_url(a_round))
    assert "1 contribution from “Survey (en)” waits to be taken in." in page.text
    with a_round.make.database.reading() as session, a_round.make.database.engine.connect():
        with desk.house.test_request_context("/en/"):
            found = queries.not_placed(session, a_round.dialogue)
        assert (found.outside, found.is_empty) == (1, False)
    page = desk.get(page.link("Take them in").split("#")[0])
    page = desk.send(page, action="/take-in")
    assert "Not placed yet (1)" in page.text
    assert "waits to be taken in" not in page.text


# Minority views


def test_a_minority_view_is_shown_apart_and_the_mark_goes_when_it_is_moved(desk, client, a_round, read):
    few, many = a_round.idea("No lights, please"), a_round.idea("Lights")
    theme, other = a_round.theme("Light", few, many), a_round.theme("Dark")
    page = desk.get(f"/en/desk/themes/{theme.code}")
    values = {"chosen": [code_of(few)], "csrf_token": token_of(page)}
    desk.post(f"/en/desk/themes/{theme.code}/mark", values)
    shown = client.get(f"/en/themes/{theme.code}").html
    apart = shown.select_one("#otherwise").get_text(" ")
    assert "No lights, please" in apart
    assert "No lights, please" not in shown.select_one("#gathered").get_text(" ")
    desk.post(f"/en/desk/themes/{theme.code}/unmark", values)
    assert client.get(f"/en/themes/{theme.code}").html.select_one("#otherwise") is None
    a_round.do(regrouping.mark, theme, [code_of(few)])
    a_round.place(other, few)
    assert read(
        select(ThemeContribution.is_minority).where(
            ThemeContribution.theme_id == other.id, ThemeContribution.removed_at.is_(None)
        )
    ) == [False]


# The annex


def test_what_the_annex_needs_is_written_behind_more_with_a_goal_that_is_valid(desk, a_round, make, read):
    goal = make_goal(make, a_round)
    theme = a_round.theme("Light")
    page = desk.get(f"/en/desk/themes/{theme.code}")
    texts = {f"{name}-nb": f"{name} nb" for name in ("going_on", "minority", "options", "open_questions")}
    desk.send(page, {**texts, "goal_id": goal.id}, action=f"/themes/{theme.code}")
    [kept] = read(select(Theme).where(Theme.id == theme.id))
    assert kept.goal_id == goal.id
    assert [str(getattr(kept, name)) for name in ("going_on", "options")] == ["going_on nb", "options nb"]
    assert desk.send(page, {"goal_id": 99_999}, action=f"/themes/{theme.code}").status == 422


def make_goal(make, a_round):
    from dialogue.goals.models import Goal  # noqa: PLC0415

    goal = Goal(position=1, number="1", area=words("Places"), text=words("Light"))
    return make.plan(municipality_id=a_round.dialogue.municipality_id, goals=[goal]).goals[0]


# Many


def test_a_page_takes_the_same_number_of_statements_however_much_there_is(
    desk, a_round, counting: Callable[[], AbstractContextManager[list[str]]]
):
    theme = a_round.theme("Light", a_round.idea())
    a_round.do(themes.place, theme, [a_round.note().code, a_round.answers("A bench")[0].code])
    a_round.idea("Waits")
    a_round.note("Waits too")

    def number(path: str) -> int:
        with counting() as seen:
            assert desk.get(path).status == 200
        return len(seen)

    paths = [themes_url(a_round), f"/en/desk/themes/{theme.code}"]
    few = [number(path) for path in paths]
    for count in range(6):
        a_round.place(theme, a_round.idea(f"Idea {count}"))
        a_round.idea(f"Waits {count}")
        a_round.do(regrouping.leave_out, a_round.dialogue, [a_round.note(f"Hello {count}").code], "No")
    # Left out are notes only now, which is one statement more than none left out.
    assert [number(path) for path in paths] <= [few[0] + 1, few[1]]
    # The team's whole dialogue, themes with their decisions, filters, each kind's words, and the audit.
    assert max(few) <= 32


def token_of(page: Any) -> str:
    return page.html.select_one("input[name=csrf_token]")["value"]
