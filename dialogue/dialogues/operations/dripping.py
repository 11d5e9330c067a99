"""Setting up a drip: the three steps taken at once, with the playbook's answers to everything but the question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.i18n import LANGUAGES, Translated
from dialogue.dialogues import queries, rules
from dialogue.dialogues.models import Dialogue, PhaseKind
from dialogue.dialogues.operations import running, setting_up
from dialogue.dialogues.operations.setting_up import PartMaker
from dialogue.dialogues.playbooks import DRIP
from dialogue.people.models import User
from dialogue.web.permissions import Actor


@dataclass(frozen=True)
class Drip:
    """What somebody says of a drip: the question, where, who asks, and where residents can turn."""

    question: Translated
    municipality_id: int
    organiser_id: int
    contact_email: str
    accessibility_url: str


def answer_by(day: date) -> date:
    """The day by which a drip that begins on this day is answered: within fourteen days."""
    return rules.default_phases(day, DRIP.days)[PhaseKind.DECIDE][1]


def drip(
    session: Session, actor: Actor, said: Drip, makers: Mapping[str, PartMaker], *, is_promised: bool
) -> Dialogue:
    """Make a dialogue of one question; with the promise of a leader, signed and published at once.

    Raises what the steps raise: Invalid for a place, body or address, NotAllowed for who may not make a
    dialogue there, or may not promise.
    """
    basics = setting_up.Basics(
        title=said.question,
        question=said.question,
        area=Translated(),
        municipality_id=said.municipality_id,
        organiser_id=said.organiser_id,
        playbook=DRIP.key,
    )
    dialogue = setting_up.start(session, actor, basics)
    # The name of a municipality is the same in every language.
    dialogue.area = Translated.as_stored(dict.fromkeys(LANGUAGES, dialogue.municipality.name))
    today = clock.today()
    languages = [code for code in LANGUAGES if said.question.get(code)]
    phases = rules.default_phases(today, DRIP.days)
    plan = setting_up.Plan(DRIP.purpose, languages, phases, answer_by(today))
    setting_up.change_plan(session, actor, dialogue, plan)
    organisations = queries.organisations_of(session, dialogue)
    framework = setting_up.Framework(
        controller_id=queries.default_controller(dialogue, organisations).id,
        privacy_notice=setting_up.offered_notice(dialogue, organisations),
        contact_email=said.contact_email,
        accessibility_url=said.accessibility_url,
        has_pupils=False,
        duty_officer=session.get_one(User, actor.user_id).email,
    )
    setting_up.change_framework(session, actor, dialogue, framework)
    setting_up.finish(session, actor, dialogue, makers)
    if is_promised:
        running.sign_promise(session, actor, dialogue, answer_by(today))
        running.publish(session, actor, dialogue)
    return dialogue
