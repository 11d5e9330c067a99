"""Loads the dialogue in Eksempelvik as it stands on the day of loading, and a draft beside it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.models import ActionState
from dialogue.base.files import FileStore
from dialogue.base.i18n import Translated
from dialogue.boards import picturing
from dialogue.boards.models import Idea
from dialogue.boards.picturing import Picture
from dialogue.demo import drawings, gathering, polling, stage as stages, telling
from dialogue.demo.accounts import DOMAIN, follower
from dialogue.demo.content import Words
from dialogue.demo.eksempelvik import (
    around,
    board,
    bringing,
    case,
    deeds,
    draft,
    meetings,
    rulings,
    survey,
    themes,
    walls,
)
from dialogue.demo.eksempelvik.meetings import Evening
from dialogue.demo.stage import Stage
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.operations.setting_up import PartMaker
from dialogue.followup import operations as followup
from dialogue.meetings import grouping, planning
from dialogue.meetings.models import Meeting
from dialogue.meetings.operations import SignUp
from dialogue.people.models import User
from dialogue.places.models import Municipality, Organisation, PoliceDistrict
from dialogue.residents.models import FollowCode
from dialogue.surveys.operations import About

# The first ideas were condensed together, the later ones as they came.
CONDENSED = -31
# Residents who want to be told: their ideas, by place on the board.
TOLD = (0, 8, 12, 16)

Given = list[tuple[Words, Idea]]


def make_municipality(session: Session) -> tuple[Municipality, dict[str, Organisation]]:
    """The made-up municipality, inside a real police district so that grants by district show it."""
    district = session.scalars(select(PoliceDistrict).where(PoliceDistrict.slug == case.DISTRICT)).one()
    municipality = Municipality(
        number=case.NUMBER,
        name=case.NAME,
        official_name=case.NAME,
        slug=case.SLUG,
        county=case.COUNTY,
        district=district,
        valid_from=date(2024, 1, 1),
    )
    session.add(municipality)
    session.flush()
    return municipality, stages.make_bodies(session, municipality, case.BODIES)


def load(stage: Stage, random: Random, facilitator: User, files: FileStore) -> Dialogue:
    """The open dialogue. ``stage.organiser`` is the municipality's project lead."""
    dialogue = stages.set_up(stage, case.CASE)
    _hold_meetings(stage, dialogue, facilitator)
    with stage.at(case.PUBLISHED, 10):
        sheet = telling.make_board(stage, dialogue, board.SHEET)
    ideas = sorted(
        (*board.IDEAS, *board.RETURNED, *board.HELD, *board.WAITING), key=lambda words: -words.days_ago
    )
    given = [(words, telling.receive(stage, sheet, words, _picture(files, words))) for words in ideas]
    _leave_addresses(stage, [idea for words, idea in given if words.theme])
    shown = [(words, idea) for words, idea in given if not (words.returned or words.waits or words.held)]
    first, later = _apart(shown)
    with stage.at(CONDENSED, 13):
        found = telling.gather(stage, dialogue, themes.THEMES, first)
    for words, idea in later:
        if words.theme:
            with stage.at(1 - words.days_ago, 13):
                telling.place(stage, found[words.theme], idea)
    decisions = telling.decide(
        stage, found, sorted(rulings.RULINGS, key=lambda ruling: stage.day_of(ruling.when))
    )
    done = {
        deed.key: telling.act(
            stage,
            decisions[deed.ruling],
            deed,
            deeds.ENDS.get(deed.key, ActionState.DONE),
            begun=deed.key not in deeds.NOT_BEGUN,
        )
        for deed in deeds.DEEDS
    }
    around.tell(stage, dialogue, found, decisions, done, files)
    _hold_survey(stage, dialogue, random)
    bringing.bring(stage, sheet)
    bringing.type_cards(stage, sheet, facilitator)
    bringing.take_out(stage, sheet, files)
    return dialogue


def _picture(files: FileStore, words: Words) -> Picture | None:
    return picturing.keep(files, drawings.draw(words.picture)) if words.picture else None


def _apart(given: Given) -> tuple[Given, Given]:
    early = [one for one in given if one[0].days_ago > 1 - CONDENSED]
    return early, [one for one in given if one not in early]


def load_draft(stage: Stage, makers: Mapping[str, PartMaker]) -> Dialogue:
    """The draft that waits for a leader's promise."""
    return stages.set_up(stage, draft.CASE, dict(makers))


def _hold_meetings(stage: Stage, dialogue: Dialogue, facilitator: User) -> None:
    for evening in meetings.EVENINGS:
        starts = datetime.combine(_weekday(stage.day_of(evening.days)), evening.at)
        planned = -40 if evening.days < 0 else -16
        with stage.at(planned, 11):
            meeting = gathering.plan(
                stage,
                dialogue,
                evening.title,
                evening.intro,
                starts,
                evening.minutes,
                evening.capacity,
                place=evening.place,
                sheet=meetings.RUN_SHEET if evening is meetings.COMING else (),
                groups=evening.groups,
            )
        _fill(stage, meeting, evening, planned)
        if evening.report:
            with stage.at(starts.date() + timedelta(days=1), 10):
                planning.publish_report(stage.session, stage.organiser, meeting, evening.report)
        if evening is meetings.COMING:
            _give_group(stage, meeting, facilitator)
            with stage.at(-1, 19):
                walls.tell(stage, meeting)


def _weekday(day: date) -> date:
    """The same day, or the Monday after it: nobody holds such a meeting on a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


def _fill(stage: Stage, meeting: Meeting, evening: Evening, planned: int) -> None:
    days = range(planned, min(evening.days - 2, 0))
    for number in range(evening.signed_up):
        place = (number + evening.capacity) % len(meetings.NICKNAMES)
        email = (
            f"deltaker{number + 1}@{DOMAIN}" if evening.days > 0 and number in meetings.WITH_ADDRESS else ""
        )
        needs = meetings.NEEDS.get(number, "") if evening is meetings.COMING else ""
        with stage.at(days[number * len(days) // evening.signed_up], 8 + number % 12):
            gathering.sign_up(stage, meeting, SignUp(meetings.NICKNAMES[place], email, needs, "nb"))


def _give_group(stage: Stage, meeting: Meeting, facilitator: User) -> None:
    with stage.at(-1, 15):
        gathering.distribute(stage, meeting)
        group = meeting.groups[1]
        name = group.name
        grouping.change_group(
            stage.session, stage.organiser, group, Translated(name.as_dict()), facilitator.id
        )


def _leave_addresses(stage: Stage, ideas: list[Idea]) -> None:
    for number, place in enumerate(TOLD, start=1):
        code = stage.session.scalars(
            select(FollowCode)
            .where(FollowCode.id == ideas[place].contribution.follow_code_id)
            .options(joinedload(FollowCode.contact))
        ).one()
        with stage.at(-33, 20):
            followup.leave_address(stage.session, code, follower(number), "nb")


def _hold_survey(stage: Stage, dialogue: Dialogue, random: Random) -> None:
    about = About(survey.TITLE, survey.INTRO, survey.NOTE, stage.day_of(survey.CLOSES), results_public=True)
    with stage.at(survey.OPENED):
        poll = polling.hold(stage, dialogue, about, survey.ASKS, survey.CHANNELS)
    forms = polling.fill(poll, random, survey.ANSWERS, {}, survey.REMARKS)
    days = [stage.day_of(survey.OPENED) + timedelta(days=n) for n in range(-survey.OPENED)]
    polling.store(stage, poll, random, forms, [way.share for way in survey.CHANNELS], days)
