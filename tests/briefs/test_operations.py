"""What the brief says, that it is final, that it never changes but for what is taken back, and where it goes."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid, NotAllowed
from dialogue.base.i18n import Translated
from dialogue.boards import moderation
from dialogue.boards.models import ReturnReason
from dialogue.briefs import content as contents, jobs, lines, operations as briefs, queries, quoting
from dialogue.briefs.lines import Lines, Written
from dialogue.briefs.models import Brief, BriefSending, Quote
from dialogue.briefs.operations import Receivers
from dialogue.dialogues.models import Dialogue, StatusChange
from dialogue.followup import regrouping
from dialogue.followup.models import Hearing, Theme
from dialogue.goals.models import Goal
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words


def test_seven_themes_stand_on_the_page_and_the_rest_is_also_heard_in_the_annex(a_round):
    for number in range(9):
        a_round.worded(f"Theme {number}", a_round.idea(f"Idea {number}"))
    content = a_round.content()
    assert [line["title"] for line in content["themes"]] == [f"Theme {number} (en)" for number in range(7)]
    assert [line["title"] for line in content["also"]] == ["Theme 7 (en)", "Theme 8 (en)"]
    assert content["also"][1]["annex"]["sources"][0]["text"].startswith("Idea 8")


def test_every_theme_is_followed_to_everything_that_lies_in_it(a_round, make):
    ideas = [a_round.idea(f"Idea {number}") for number in range(45)]
    theme = a_round.worded(
        "Light", *ideas, going_on=words("New lamps"), minority=words("A few like the dark")
    )
    content = a_round.content()
    annex = content["themes"][0]["annex"]
    assert annex["going_on"] == "New lamps (en)"
    assert annex["minority"] == "A few like the dark (en)"
    assert len(annex["sources"]) == 40
    assert annex["more"] == 5
    assert annex["goal"] is None
    brief = a_round.freeze()
    with make.database.reading() as session:
        codes = queries.codes_of(session, session.get_one(Brief, brief.id), theme.code)
    assert codes == [idea.contribution.code for idea in ideas]


def test_the_goal_stands_with_its_number_plan_and_years(a_round, make):
    goal = Goal(position=1, number="3.2", text=words("Fewer are afraid"))
    plan = make.plan(valid_from=2021, valid_to=2023, name=words("Safe together"), goals=[goal])
    a_round.worded("Light", a_round.idea(), goal_id=plan.goals[0].id)
    assert a_round.content()["themes"][0]["annex"]["goal"] == {
        "number": "3.2",
        "text": "Fewer are afraid (en)",
        "plan": "Safe together (en)",
        "years": "2021–2023",
    }


def test_nothing_hides_outside_the_themes(a_round):
    a_round.worded("Light", a_round.idea())
    stray = a_round.idea("Benches")
    with pytest.raises(Invalid) as refused:
        a_round.freeze()
    assert refused.value.field == "left_out"
    brief = a_round.freeze(left_out="It came late.")
    assert brief.left_out == "It came late."
    assert a_round.brief(brief).content["left_out"] == "It came late."
    a_round.place(a_round.worded("Rest"), stray)
    assert a_round.freeze(a_round.body("Another")).left_out == ""


def test_what_was_put_aside_is_told_by_its_reason(a_round, make):
    a_round.worded("Light", a_round.idea())
    greeting = a_round.idea("Hello")
    with make.database.writing() as session:
        regrouping.leave_out(
            session,
            a_round.organiser,
            session.get_one(Dialogue, a_round.dialogue.id),
            [greeting.contribution.code],
            "A greeting",
        )
    brief = a_round.freeze()
    assert brief.content["aside"] == [{"reason": "A greeting", "count": 1}]


def test_a_brief_without_themes_or_receivers_is_not_sent(a_round, make):
    with pytest.raises(Invalid):
        a_round.freeze()
    a_round.worded("Light", a_round.idea())
    content = a_round.content()
    with make.database.writing() as session, pytest.raises(Invalid):
        briefs.check_final(
            session,
            a_round.organiser,
            session.get_one(Dialogue, a_round.dialogue.id),
            content,
            Receivers(),
        )


def test_a_body_of_another_dialogue_gets_nothing(a_round, make):
    a_round.worded("Light", a_round.idea())
    theirs = type(a_round)(make)
    with pytest.raises(Invalid):
        a_round.freeze(theirs.body("Theirs"))


def test_who_does_not_condense_freezes_nothing(a_round, make):
    a_round.worded("Light", a_round.idea())
    a_round.body()
    body = a_round.body()
    a_round.organiser = make.actor(Role.LEADER, ScopeKind.DIALOGUE, a_round.dialogue.id)
    with pytest.raises(NotAllowed):
        a_round.freeze(body)


def test_what_changed_while_the_documents_were_made_is_not_frozen(a_round, make):
    theme = a_round.worded("Light", a_round.idea())
    body = a_round.body()
    content = a_round.content()
    with make.database.writing() as session:
        session.get_one(Theme, theme.id).who = words("Somebody else")
    with make.database.writing() as session, pytest.raises(Closed):
        briefs.freeze(
            session,
            a_round.organiser,
            session.get_one(Dialogue, a_round.dialogue.id),
            content,
            briefs.Documents("a" * 64, "b" * 64),
            Receivers({body.id: None}),
            "key",
        )


def test_the_same_page_sent_twice_makes_one_version(a_round, make, read):
    a_round.worded("Light", a_round.idea())
    body, content = a_round.body(), a_round.content()
    for _time in range(2):
        with make.database.writing() as session:
            brief = briefs.freeze(
                session,
                a_round.organiser,
                session.get_one(Dialogue, a_round.dialogue.id),
                content,
                briefs.Documents("a" * 64, "b" * 64),
                Receivers({body.id: None}),
                "the same key",
            )
            assert brief.number == 1
    assert read(select(func.count()).select_from(Brief)) == [1]


def test_a_version_goes_to_several_bodies_each_with_its_date_and_outcome(a_round, make, read):
    theme = a_round.worded("Light", a_round.idea())
    today = clock.today()
    brief = a_round.freeze(a_round.body("The steering meeting"), a_round.body("The council"), on=today)
    third = a_round.body("The municipality's meeting")
    with make.database.writing() as session:
        found = session.get_one(Brief, brief.id)
        briefs.send(session, a_round.organiser, found, Receivers({third.id: today + timedelta(9)}))
        briefs.send(session, a_round.organiser, found, Receivers({third.id: None}))
    sendings = read(select(BriefSending).order_by(BriefSending.id))
    assert [one.meets_on for one in sendings] == [today, today, today + timedelta(9)]
    with make.database.writing() as session:
        first = session.get_one(BriefSending, sendings[0].id)
        briefs.note_outcome(session, a_round.organiser, first, "They want lamps.", today)
        briefs.note_outcome(session, a_round.organiser, first, "They want more lamps.", today)
    first, second, _third = read(select(BriefSending).order_by(BriefSending.id))
    assert first.outcome == "They want more lamps."
    assert second.outcome == ""
    heard = read(select(Hearing))
    assert [(one.theme_id, one.body_id, one.heard_on) for one in heard] == [(theme.id, first.body_id, today)]


def test_a_meeting_to_come_has_no_outcome(a_round, make):
    a_round.worded("Light", a_round.idea())
    brief = a_round.freeze()
    with make.database.writing() as session:
        sending = session.get_one(Brief, brief.id).sendings[0]
        with pytest.raises(Invalid) as refused:
            briefs.note_outcome(session, a_round.organiser, sending, "Yes", clock.today() + timedelta(1))
    assert refused.value.field == "heard_on"


def test_no_version_changes_when_the_themes_do(a_round, make):
    theme = a_round.worded("Light", a_round.idea())
    brief = a_round.freeze()
    before = a_round.brief(brief).content
    with make.database.writing() as session:
        session.get_one(Theme, theme.id).title = words("Dark")
    a_round.place(theme, a_round.idea("Benches"))
    assert a_round.brief(brief).content == before


def test_what_is_taken_back_goes_from_the_draft_and_from_every_version(a_round, make, read):
    idea = a_round.idea("Mine alone")
    a_round.worded("Light", idea, a_round.idea("Lamps"))
    assert a_round.quote(idea, "Mine alone, please.") == {}
    assert a_round.content()["themes"][0]["annex"]["quotes"][0]["text"] == "Mine alone, please."
    brief = a_round.freeze(kept=a_round.documents())
    a_round.withdraw(idea)
    assert read(select(Quote)) == []
    assert a_round.content()["themes"][0]["annex"]["quotes"] == []
    frozen = a_round.brief(brief)
    assert "Mine alone" not in str(frozen.content)
    annex = frozen.content["themes"][0]["annex"]
    assert [one["gone"] for one in (*annex["quotes"], *annex["sources"])] == ["withdrawn", "withdrawn", ""]
    assert frozen.content["themes"][0]["total"] == 2
    assert (frozen.pdf, frozen.docx) == ("", "")


def test_the_documents_are_made_anew_without_what_was_taken_back(a_round, database, house):
    idea = a_round.idea("Mine alone")
    a_round.worded("Light", idea)
    brief = a_round.freeze(kept=a_round.documents())
    before = a_round.brief(brief)
    a_round.withdraw(idea)
    assert jobs.remake_documents(database) == 1
    assert jobs.remake_documents(database) == 0
    after = a_round.brief(brief)
    assert after.pdf not in ("", before.pdf)
    assert after.docx not in ("", before.docx)
    assert house.files.get(after.pdf).startswith(b"%PDF")


def test_what_a_moderator_hides_goes_too_and_is_not_said_to_be_taken_back(a_round, make):
    idea = a_round.idea("Named Person")
    a_round.worded("Light", idea)
    brief = a_round.freeze()
    with make.database.writing() as session:
        moderation.return_to_writer(
            session, a_round.organiser, idea.contribution.code, idea.revision, ReturnReason.PERSON, ""
        )
    frozen = a_round.brief(brief)
    assert "Named Person" not in str(frozen.content)
    assert frozen.content["themes"][0]["annex"]["sources"][0]["gone"] == "hidden"


def test_a_quote_follows_its_contribution_into_another_theme(a_round):
    idea = a_round.idea("Lights")
    light, rest = a_round.worded("Light", idea), a_round.worded("Rest", a_round.idea("Benches"))
    a_round.quote(idea, "Lights, please.")
    a_round.merge(light, rest)
    assert [one["text"] for one in a_round.content()["themes"][0]["annex"]["quotes"]] == ["Lights, please."]


def test_a_quote_that_says_something_else_is_not_kept_and_no_other_with_it(a_round, make, read):
    first, second = a_round.idea("Lights"), a_round.idea("Benches")
    a_round.worded("Light", first, second)
    with make.database.writing() as session:
        wrong = quoting.keep(
            session,
            a_round.organiser,
            session.get_one(Dialogue, a_round.dialogue.id),
            {first.contribution.code: "Lights, please.", second.contribution.code: "Police, please."},
        )
    assert list(wrong) == [second.contribution.code]
    assert read(select(Quote)) == []


def test_what_lies_in_no_theme_or_in_another_dialogue_is_not_quoted(a_round, make, read):
    theirs = type(a_round)(make)
    other = theirs.idea("Theirs")
    theirs.worded("Light", other)
    for idea in (a_round.idea("Stray"), other):
        assert a_round.quote(idea, f"{idea.title}, please.")
    assert read(select(Quote)) == []


def test_lines_are_written_in_one_language_and_the_others_stay(a_round, make):
    theme = a_round.worded("Light", a_round.idea())
    before = lines.in_language(theme, "en")
    with make.database.reading() as session:
        before = lines.in_language(session.get_one(Theme, theme.id), "en")
    written = {theme.code: Written(Lines("New", "Newer", "Newest"), before.mark)}
    with make.database.writing() as session:
        here = session.get_one(Dialogue, a_round.dialogue.id)
        assert lines.write(session, a_round.organiser, here, "en", written) == {}
    with make.database.reading() as session:
        found = session.get_one(Theme, theme.id)
    assert found.what_people_say == Translated(nb="It is dark (nb)", nn="It is dark (nn)", en="New")
    assert found.title == words("Light")


def test_of_two_who_write_the_same_lines_the_second_sees_both(a_round, make):
    theme = a_round.worded("Light", a_round.idea())
    with make.database.reading() as session:
        before = lines.in_language(session.get_one(Theme, theme.id), "en")
    for text in ("First", "Second"):
        with make.database.writing() as session:
            here = session.get_one(Dialogue, a_round.dialogue.id)
            written = {theme.code: Written(Lines(text, "", ""), before.mark)}
            overtaken = lines.write(session, a_round.organiser, here, "en", written)
    assert overtaken == {theme.code: Lines("First", "", "")}
    with make.database.reading() as session:
        assert session.get_one(Theme, theme.id).what_people_say.get("en") == "First"


def test_each_step_is_written_in_the_history(a_round, read):
    a_round.worded("Light", a_round.idea())
    a_round.freeze()
    states = read(select(StatusChange.to_state).where(StatusChange.subject_kind == "brief"))
    assert states == ["frozen"]


def test_the_content_takes_as_many_statements_for_many_themes_as_for_one(a_round, make, counting):
    a_round.worded("Theme 0", a_round.idea())

    def count() -> int:
        with make.database.reading() as session, counting() as seen:
            contents.whole(session, session.get_one(Dialogue, a_round.dialogue.id), "en")
        return len(seen)

    few = count()
    for number in range(1, 9):
        idea = a_round.idea(f"Idea {number}")
        a_round.worded(f"Theme {number}", idea, a_round.idea())
        a_round.quote(idea, f"Idea {number}, please.")
    assert count() <= few + 2
