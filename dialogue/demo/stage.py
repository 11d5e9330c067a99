"""What the loading of a case stands on: its session, its day, who acts, and its organisations."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.demo import accounts
from dialogue.demo.content import Body, Case
from dialogue.dialogues import operations as dialogues
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.operations import Basics, Framework, Plan
from dialogue.dialogues.operations.setting_up import PartMaker
from dialogue.people.models import User
from dialogue.places.models import Municipality, Organisation
from dialogue.web.permissions import Actor


@dataclass
class Stage:
    """One municipality of the demo. Whole numbers among the dates are days from the day of loading."""

    session: Session
    day: date
    organiser: Actor
    leader: Actor
    municipality: Municipality
    bodies: dict[str, Organisation]

    def day_of(self, when: date | int) -> date:
        """A fixed date, or so many days from the day of loading."""
        return self.day + timedelta(when) if isinstance(when, int) else when

    def at(self, when: date | int, hour: int = 12) -> AbstractContextManager[None]:
        """Let the clock stand at an hour of a day, or now when that is yet to come."""
        moment = clock.in_norway(datetime.combine(self.day_of(when), time(hour)))
        return clock.standing_at(min(moment, clock.now()))


def standing(day: date) -> AbstractContextManager[None]:
    """Let the clock stand at nine in the morning of a day."""
    return clock.standing_at(clock.in_norway(datetime.combine(day, time(9))))


def make_bodies(
    session: Session, municipality: Municipality, bodies: Iterable[Body]
) -> dict[str, Organisation]:
    """Make the organisations of a case, by their keys."""
    made = {
        body.key: Organisation(
            kind=body.kind,
            name=body.name,
            email=body.email,
            municipality_id=municipality.id if body.local else None,
            district_id=municipality.district_id,
        )
        for body in bodies
    }
    session.add_all(made.values())
    session.flush()
    return made


def set_up(stage: Stage, case: Case, makers: dict[str, PartMaker] | None = None) -> Dialogue:
    """Set a dialogue up as its team would, and publish it when the case says so."""
    session, actor = stage.session, stage.organiser
    with stage.at(case.created, 9):
        basics = Basics(
            case.title,
            case.question,
            case.area,
            stage.municipality.id,
            stage.bodies[case.organiser].id,
            case.playbook,
        )
        dialogue = dialogues.start(session, actor, basics)
        phases = {
            period.kind: (stage.day_of(period.first), stage.day_of(period.last)) for period in case.periods
        }
        answer_by = stage.day_of(case.answer_by)
        dialogues.change_plan(
            session, actor, dialogue, Plan(case.purpose, ["nb", "nn", "en"], phases, answer_by)
        )
        controller = stage.bodies[case.controller]
        notice = case.privacy or dialogues.offered_notice(dialogue, list(stage.bodies.values()))
        officer = (
            accounts.address(case.officer) if case.officer else session.get_one(User, actor.user_id).email
        )
        framework = Framework(
            controller.id, notice, case.contact, case.accessibility, case.has_pupils, officer
        )
        dialogues.change_framework(session, actor, dialogue, framework)
        for part, body in case.team:
            dialogues.add_member(session, actor, dialogue, part, stage.bodies[body].id)
        dialogues.finish(session, actor, dialogue, makers or {})
        dialogue.note = case.note
    if case.published is not None:
        with stage.at(case.published, 9):
            dialogues.sign_promise(session, stage.leader, dialogue, answer_by)
            dialogues.tick_checklist(session, actor, dialogue, [item.id for item in dialogue.checklist])
            dialogues.publish(session, actor, dialogue)
    session.flush()
    return dialogue
