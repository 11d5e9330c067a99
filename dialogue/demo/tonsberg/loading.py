"""Loads the case from Tønsberg, step by step as it happened, and closes it."""

from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from dialogue.base.files import FileStore
from dialogue.boards import stages as board_stages
from dialogue.boards.models import BoardStage, Idea
from dialogue.briefs import content as contents, documents, operations as briefs
from dialogue.briefs.operations import Receivers
from dialogue.demo import accounts, gathering, polling, stage as stages, telling
from dialogue.demo.content import Words
from dialogue.demo.stage import Stage
from dialogue.demo.tonsberg import (
    board,
    case,
    deeds_local,
    deeds_municipality,
    deeds_police,
    meetings,
    school,
    surveys,
    themes,
)
from dialogue.dialogues import operations as dialogues
from dialogue.dialogues.models import Channel, Dialogue
from dialogue.followup import bodies, groups
from dialogue.followup.models import BodyPower
from dialogue.meetings import planning
from dialogue.meetings.operations import SignUp
from dialogue.places.models import Municipality
from dialogue.surveys import operations as survey_operations
from dialogue.surveys.operations import About
from dialogue.web.permissions import Role

DEEDS = (
    *deeds_municipality.DEEDS,
    *deeds_police.DEEDS,
    *deeds_local.RESIDENTS,
    *deeds_local.BUSINESS,
    *deeds_local.RIPPLES,
)
LINK = "https://example.org/naermiljoprat"


def load(
    session: Session, municipality: Municipality, day: date, files: FileStore, random: Random
) -> Dialogue:
    """The whole case, closed at its end."""
    with stages.standing(case.CREATED):
        organiser = accounts.make_past(
            session,
            "Politikontakten i Tønsberg (eksempel)",
            "",
            "politikontakt-tonsberg",
            Role.ORGANISER,
            municipality.id,
        )
        leader = accounts.make_past(
            session,
            "Politistasjonssjefen i Tønsberg (eksempel)",
            "",
            "stasjonssjef-tonsberg",
            Role.LEADER,
            municipality.id,
        )
    stage = Stage(
        session, day, organiser, leader, municipality, stages.make_bodies(session, municipality, case.BODIES)
    )
    dialogue = stages.set_up(stage, case.CASE)
    given = _school(stage, dialogue) + _first_talk(stage, dialogue)
    with stage.at(meetings.FIRST_STARTS.date(), 22):
        found = telling.gather(stage, dialogue, themes.THEMES, given)
        _send_brief(stage, dialogue, files)
    decisions = telling.decide(stage, found, themes.RULINGS)
    for deed in DEEDS:
        telling.act(stage, decisions[deed.ruling], deed)
    _residents_survey(stage, dialogue, random)
    _staff_survey(stage, dialogue, random)
    _second_talk(stage, dialogue)
    with stage.at(date(2021, 6, 20)):
        # One code for each class and group, with which they find what came of what they said.
        for label in groups.labels(session, dialogue):
            if label.given:
                groups.make(session, organiser, dialogue, label.name)
    with stage.at(case.CLOSED):
        dialogues.close(session, organiser, dialogue)
    accounts.close_past(session, organiser, leader)
    session.flush()
    return dialogue


def _school(stage: Stage, dialogue: Dialogue) -> list[tuple[Words, Idea]]:
    with stage.at(case.PUBLISHED, 10):
        pupils = telling.make_board(stage, dialogue, school.SHEET)
    given = []
    for place, words in enumerate(school.INPUT):
        with stage.at(date(2021, 6, 7) + timedelta(days=place // 6), 10):
            given.append((words, telling.enter(stage, pupils, words, Channel.SCHOOL)))
    with stage.at(date(2021, 6, 14)):
        board_stages.move(stage.session, stage.organiser, pupils, BoardStage.FREEZE)
    return given


def _first_talk(stage: Stage, dialogue: Dialogue) -> list[tuple[Words, Idea]]:
    starts = meetings.FIRST_STARTS
    with stage.at(case.PUBLISHED, 11):
        talk = gathering.plan(
            stage,
            dialogue,
            meetings.FIRST,
            meetings.FIRST_INTRO,
            starts,
            meetings.FIRST_MINUTES,
            100,
            link=LINK,
            deadline=starts - timedelta(hours=meetings.DEADLINE_HOURS),
            sheet=meetings.RUN_SHEET,
            groups=meetings.GROUPS,
        )
        ideas = telling.make_board(stage, dialogue, board.SHEET)
    for number in range(meetings.SIGNED_UP):
        with stage.at(date(2021, 6, 2) + timedelta(days=number * 13 // meetings.SIGNED_UP), 8 + number % 12):
            gathering.sign_up(stage, talk, SignUp(f"Deltaker {number + 1}", "", "", "nb"))
    given = []
    with stage.at(starts.date(), 17):
        gathering.distribute(stage, talk)
    with stage.at(starts.date(), 19):
        given = [(words, telling.enter(stage, ideas, words, Channel.MEETING)) for words in board.IDEAS]
    with stage.at(starts.date(), 21):
        board_stages.move(stage.session, stage.organiser, ideas, BoardStage.FREEZE)
        planning.publish_report(stage.session, stage.organiser, talk, meetings.FIRST_REPORT)
    return given


def _send_brief(stage: Stage, dialogue: Dialogue, files: FileStore) -> None:
    """The police contact's short list of everything, to the two meetings that decide."""
    content = contents.whole(stage.session, dialogue, "nb")
    days = ((themes.KUBA, date(2021, 6, 17)), (themes.CHILDHOOD, date(2021, 6, 18)))
    receivers = Receivers(
        {
            bodies.ensure(stage.session, stage.organiser, dialogue, name, BodyPower.DECIDES).id: day
            for name, day in days
        }
    )
    kept = documents.store(files, content)
    briefs.freeze(stage.session, stage.organiser, dialogue, content, kept, receivers, "the brief of the case")


def _second_talk(stage: Stage, dialogue: Dialogue) -> None:
    starts: datetime = meetings.SECOND_STARTS
    with stage.at(date(2021, 9, 15)):
        talk = gathering.plan(
            stage,
            dialogue,
            meetings.SECOND,
            meetings.SECOND_INTRO,
            starts,
            meetings.SECOND_MINUTES,
            100,
            link=LINK,
        )
    with stage.at(starts.date(), 22):
        planning.publish_report(stage.session, stage.organiser, talk, meetings.SECOND_REPORT)


def _residents_survey(stage: Stage, dialogue: Dialogue, random: Random) -> None:
    about = About(surveys.TITLE, surveys.INTRO, surveys.NOTE, results_public=True)
    with stage.at(surveys.OPENED):
        poll = polling.hold(stage, dialogue, about, surveys.ASKS, surveys.CHANNELS)
    forms = polling.fill(
        poll,
        random,
        surveys.RESIDENTS_TOTAL,
        {
            surveys.WHO: (surveys.ADULTS, surveys.YOUNG),
            surveys.WHERE: (surveys.FROM_TONSBERG, surveys.FROM_ELSEWHERE),
        },
    )
    polling.store(stage, poll, random, forms, [way.share for way in surveys.CHANNELS], _days())
    with stage.at(surveys.CLOSED):
        survey_operations.close(stage.session, stage.organiser, poll.survey)


def _staff_survey(stage: Stage, dialogue: Dialogue, random: Random) -> None:
    about = About(surveys.STAFF_TITLE, surveys.STAFF_INTRO, surveys.STAFF_NOTE, results_public=True)
    with stage.at(surveys.OPENED):
        poll = polling.hold(stage, dialogue, about, surveys.STAFF_ASKS, [surveys.STAFF_CHANNEL])
    forms = polling.fill(poll, random, surveys.STAFF_TOTAL, {})
    polling.store(stage, poll, random, forms, [1.0], _days())
    with stage.at(surveys.CLOSED):
        survey_operations.close(stage.session, stage.organiser, poll.survey)


def _days() -> list[date]:
    return [surveys.OPENED + timedelta(days=n) for n in range((surveys.CLOSED - surveys.OPENED).days)]
