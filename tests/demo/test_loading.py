"""What is loaded: once, whole, and true to what is published about Tønsberg."""

import re
import time
from dataclasses import fields, is_dataclass
from datetime import datetime
from importlib import import_module
from pkgutil import walk_packages

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

import dialogue.demo
from dialogue import config
from dialogue.actions.models import Action, ActionState, Reminder, ReminderKind
from dialogue.base import clock
from dialogue.base.db import Base
from dialogue.base.i18n import LANGUAGES, Translated
from dialogue.base.outbox import MailState, OutboxMail
from dialogue.boards.models import Idea
from dialogue.briefs.models import Brief, BriefSending
from dialogue.demo import loading, operations
from dialogue.demo.models import DemoClock
from dialogue.demo.tonsberg import surveys as tonsberg_surveys
from dialogue.demo.tonsberg.loading import DEEDS
from dialogue.dialogues.models import Channel, Contribution, ContributionState, Dialogue, DialogueState
from dialogue.followup.models import Decision, DecisionOutcome
from dialogue.meetings.models import Meeting, Registration, RegistrationStatus
from dialogue.surveys.models import Answer, Option, Response, Survey
from tests.demo.conftest import TOLD


def tonsberg(seen) -> Dialogue:
    return seen(select(Dialogue).where(Dialogue.state == DialogueState.CLOSED))[0]


def eksempelvik(seen) -> Dialogue:
    return seen(select(Dialogue).where(Dialogue.state == DialogueState.PUBLISHED))[0]


def counts(seen) -> dict[str, int]:
    return {
        table.name: seen(select(func.count()).select_from(table))[0] for table in Base.metadata.sorted_tables
    }


def test_the_loading_tells_how_it_goes(demo):
    assert any("Tønsberg" in line for line in TOLD)
    assert TOLD[-1] == "The demo is ready."


def test_a_second_loading_changes_nothing(demo, seen):
    before = counts(seen)
    operations.load_once(demo, lambda _line: None)
    assert counts(seen) == before


def test_a_loading_that_breaks_off_leaves_nothing_and_can_be_done_again(house, monkeypatch):
    def break_off(*_arguments):
        raise RuntimeError("the power went")

    monkeypatch.setattr(loading.eksempelvik, "load_draft", break_off)
    with pytest.raises(RuntimeError):
        operations.load_once(house, lambda _line: None)
    with house.database.reading() as session:
        left = [
            table.name
            for table in Base.metadata.sorted_tables
            if session.scalar(select(func.count()).select_from(table))
        ]
    assert left == []
    monkeypatch.undo()
    began = time.monotonic()
    operations.load_once(house, lambda _line: None)
    print(f"the demo loads in {time.monotonic() - began:.1f} s")  # noqa: T201 - a figure for whoever looks
    with house.database.reading() as session:
        assert session.get(DemoClock, 1) is not None


def test_seventy_had_signed_up_for_the_first_talk(seen):
    first = seen(select(Meeting).where(Meeting.dialogue_id == tonsberg(seen).id).order_by(Meeting.id))[0]
    assert (first.seats_taken, first.starts_local.year, first.starts_local.month) == (70, 2021, 6)
    names = seen(select(Registration.name).where(Registration.meeting_id == first.id))
    assert len(names) == 70
    assert all(re.fullmatch(r"Deltaker \d+", name) for name in names)


def test_the_second_talk_was_in_the_autumn_and_both_have_a_report(seen):
    talks = seen(
        select(Meeting).where(Meeting.dialogue_id == tonsberg(seen).id).order_by(Meeting.starts_local)
    )
    assert len(talks) == 2
    assert 9 <= talks[1].starts_local.month <= 11
    assert all(talk.report for talk in talks)


def test_as_many_answered_the_surveys_as_is_published(seen):
    surveys = seen(select(Survey.id).where(Survey.dialogue_id == tonsberg(seen).id).order_by(Survey.id))
    numbers = [seen(select(func.count()).where(Response.survey_id == one))[0] for one in surveys]
    assert numbers == [2067, 71]


@pytest.mark.parametrize(
    ("option", "percent"),
    [(tonsberg_surveys.ADULT, 91), (tonsberg_surveys.TEEN, 9), (tonsberg_surveys.HERE, 37)],
    ids=["adults", "young people", "Tønsberg"],
)
def test_the_shares_are_those_published(seen, option, percent):
    chosen = next(one for one in seen(select(Option)) if one.text == option)
    number = seen(select(func.count()).where(Answer.option_id == chosen.id))[0]
    assert round(100 * number / 2067) == percent


def test_the_results_page_shows_the_published_shares(seen, visitor):
    survey = seen(select(Survey).where(Survey.dialogue_id == tonsberg(seen).id).order_by(Survey.id))[0]
    page = visitor.get(f"/en/surveys/{survey.code}/results")
    assert page.status == 200
    assert "2,067" in page.text
    for share in ("91%", "9%", "37%"):
        assert share in page.text.replace(" %", "%").replace("\u00a0", "")
    assert "made by a program" in page.text


def test_every_action_of_the_source_is_there_with_its_owner_and_is_done(seen):
    found = {
        action.title.get("en"): action
        for action in seen(select(Action).where(Action.dialogue_id == tonsberg(seen).id))
    }
    assert set(found) == {deed.title.get("en") for deed in DEEDS}
    assert {action.state for action in found.values()} == {ActionState.DONE}
    assert all(action.owner_id and action.outcome for action in found.values())


@pytest.mark.parametrize(
    ("words", "owner"),
    [
        ("Fit the summer's activities", "ung"),
        ("Move shifts and tasks", "municipality"),
        ("amusement park", "municipality"),
        ("summer school", "summer-school"),
        ("child welfare be adults", "preventive"),
        ("Buy sports gear", "municipality"),
        ("Lending box", "police"),
        ("youth club", "police"),
        ("volleyball", "police"),
        ("nothing is wrong", "police"),
        ("quiet time on duty", "front-line"),
        ("day turns to evening", "neighbours"),
        ("night ravens", "ravens"),
        ("Share more about what the young do", "parents"),
        ("litter bag", "neighbours"),
        ("bring adults along", "business"),
        ("Summer jobs", "business"),
        ("schools and police to work together", "school"),
        ("Revetal", "police"),
        ("every Thursday", "police"),
        ("Remind the patrols", "police"),
    ],
)
def test_what_was_done_has_the_owner_who_did_it(words, owner):
    assert [deed.owner for deed in DEEDS if words in deed.title.get("en")] == [owner]


def test_pupils_speak_by_class_and_never_by_name(seen):
    labels = set(
        seen(
            select(Contribution.label).where(
                Contribution.dialogue_id == tonsberg(seen).id, Contribution.channel == Channel.SCHOOL
            )
        )
    )
    assert 12 <= len(labels) <= 16
    assert all(re.fullmatch(r"Klasse [A-Z]", label) for label in labels)


def test_the_finished_case_has_been_condensed_and_sent_to_those_who_decide(seen):
    brief = seen(
        select(Brief)
        .where(Brief.dialogue_id == tonsberg(seen).id)
        .options(selectinload(Brief.sendings).joinedload(BriefSending.body))
    )[0]
    bodies = [sending.body.name.get("nb") for sending in brief.sendings]
    assert bodies == ["Tiltaksledermøtet i KUBA", "Kommunens oppvekstmøte"]


def test_eksempelvik_has_something_in_every_state(seen):
    dialogue = eksempelvik(seen)
    states = set(seen(select(Action.state).where(Action.dialogue_id == dialogue.id)))
    wanted = {
        ActionState.PROPOSED,
        ActionState.NEW_DATE,
        ActionState.UNDER_WAY,
        ActionState.DONE,
        ActionState.PARTLY_DONE,
    }
    assert wanted <= states
    outcomes = set(seen(select(Decision.outcome).where(Decision.dialogue_id == dialogue.id)))
    assert outcomes == set(DecisionOutcome)
    here = Contribution.dialogue_id == dialogue.id
    ideas = seen(select(Contribution.state).join(Idea, Idea.contribution_id == Contribution.id).where(here))
    # What the groups wrote waits for the reveal, and nobody has to read it.
    kept_back = seen(
        select(Idea.cleared_at).join(Idea.contribution).where(here, Idea.cleared_at.is_not(None))
    )
    assert len(kept_back) > 4
    assert ideas.count(ContributionState.RECEIVED) - len(kept_back) == 4
    assert ideas.count(ContributionState.HELD) == ideas.count(ContributionState.HANDED_OVER) == 1
    assert ideas.count(ContributionState.RETURNED) == 1
    assert 40 <= ideas.count(ContributionState.PUBLISHED) <= 60


def test_one_coming_meeting_has_seats_left_and_one_a_waiting_list(seen):
    coming = seen(
        select(Meeting).where(Meeting.dialogue_id == eksempelvik(seen).id, Meeting.report_at.is_(None))
    )
    assert sorted(meeting.seats_taken < meeting.capacity for meeting in coming) == [False, True]
    waiting = seen(select(Registration).where(Registration.status == RegistrationStatus.WAITING))
    assert len(waiting) == 4


def test_the_owner_who_is_late_had_been_reminded_in_time(seen):
    late = next(
        action
        for action in seen(select(Action).where(Action.dialogue_id == eksempelvik(seen).id))
        if "porch light" in action.title.get("en")
    )
    kinds = set(seen(select(Reminder.kind).where(Reminder.action_id == late.id)))
    assert {ReminderKind.BEFORE, ReminderKind.ON_DUE} <= kinds


def test_followers_have_one_mail_with_what_was_decided_and_what_is_done(seen):
    told = select(OutboxMail).where(
        OutboxMail.to.like("innbygger%"), OutboxMail.subject == "Nytt om det du ga"
    )
    mails = seen(told)
    assert mails
    assert len({mail.to for mail in mails}) == len(mails)
    assert all(mail.state is MailState.SENT for mail in mails)
    assert any("Besluttet: " in mail.text and "Pågår: " in mail.text for mail in mails)
    assert any("Ferdig: " in mail.text and "Hjalp det? [Svar her](" in mail.text for mail in mails)


@pytest.mark.parametrize(
    ("now", "written"),
    [("03:10", "27 19:59"), ("08:00", "28 08:00"), ("19:58", "28 19:58"), ("20:00", "28 19:59")],
)
def test_followers_are_told_by_day_even_where_the_demo_is_loaded_at_night(now, written):
    moment = clock.in_norway(datetime.fromisoformat(f"2027-01-28 {now}"))
    assert clock.local(operations.last_awake(moment)).strftime("%d %H:%M") == written


def every_text(thing, found):
    """Every Translated inside what the demo's modules define."""
    if isinstance(thing, Translated):
        found.append(thing)
    elif isinstance(thing, tuple | list):
        for part in thing:
            every_text(part, found)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            every_text(getattr(thing, field.name), found)


def test_every_text_of_the_staff_is_written_in_all_languages():
    found: list[Translated] = []
    for module in walk_packages(dialogue.demo.__path__, "dialogue.demo."):
        for value in vars(import_module(module.name)).values():
            every_text(value, found)
    assert len(found) > 300
    assert [text for text in found if text and text.missing(list(LANGUAGES))] == []


def test_leftovers_are_found_in_a_database_that_is_not_the_demos(demo, house, demo_settings, settings):
    assert len(operations.leftovers(demo.database)) == 2
    config.use(settings)
    assert operations.leftovers(house.database) == []
