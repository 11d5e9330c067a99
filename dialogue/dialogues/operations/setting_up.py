"""Setting a dialogue up in three steps, each of which can be taken again later."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from dialogue.base import clock, letters, outbox
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import LANGUAGES, Translated, lazy
from dialogue.config import settings
from dialogue.dialogues import notices, playbooks, queries, rules
from dialogue.dialogues.models import ChecklistItem, Dialogue, DialogueState, Happening, Phase, PhaseKind
from dialogue.dialogues.operations.notes import mark, tell_opened_or_closed
from dialogue.people.queries import actor_of, find_by_email
from dialogue.places.models import Municipality, Organisation
from dialogue.web.permissions import Actor, Permission, Scope

# Makes one part of a playbook: (session, dialogue, specification).
PartMaker = Callable[[Session, Any, Any], None]


@dataclass(frozen=True)
class Basics:
    """Step 1: what the dialogue asks, where, and who asks."""

    title: Translated
    question: Translated
    area: Translated
    municipality_id: int
    organiser_id: int
    playbook: str = ""


@dataclass(frozen=True)
class Plan:
    """Step 2: why, in which languages, and when."""

    purpose: Translated
    languages: Sequence[str]
    phases: Mapping[PhaseKind, rules.Dates]
    answer_by: date | None
    goal_ids: Collection[int] = ()
    tell_before: date | None = None
    tell_before_what: Translated = field(default_factory=Translated)


@dataclass(frozen=True)
class Framework:
    """Step 3: who answers for the personal data, where residents can turn, and who is on duty.

    ``duty_officer`` is the address of an account.
    """

    controller_id: int
    privacy_notice: Translated
    contact_email: str
    accessibility_url: str
    has_pupils: bool
    duty_officer: str


def start(session: Session, actor: Actor, basics: Basics) -> Dialogue:
    """Make a draft of a dialogue.

    Raises Invalid for a place or body that is not this person's to choose, NotAllowed when they may not
    make a dialogue there.
    """
    municipality, organiser = _chosen_place(session, actor, basics)
    actor.require(Permission.CREATE_DIALOGUE, _scope_of(municipality, organiser))
    dialogue = Dialogue(
        state=DialogueState.DRAFT,
        title=basics.title,
        question=basics.question,
        area=basics.area,
        purpose=Translated(),
        privacy_notice=Translated(),
        municipality=municipality,
        organiser=organiser,
        languages=list(LANGUAGES),
        playbook=_known_playbook(basics.playbook),
        created_at=clock.now(),
        phases=[],
        team=[],
        checklist=[],
    )
    session.add(dialogue)
    session.flush()
    mark(session, actor, dialogue, Happening.DRAFT)
    return dialogue


def change_basics(session: Session, actor: Actor, dialogue: Dialogue, basics: Basics) -> None:
    """Change what the dialogue asks. Once it is public its place and organiser stay as they are; the
    playbook can be chosen until its parts are made. Raises what ``start`` raises, and Closed."""
    _require_open(actor, dialogue)
    if dialogue.state is DialogueState.DRAFT:
        municipality, organiser = _chosen_place(session, actor, basics, dialogue)
        moved = (municipality.id, organiser.id) != (dialogue.municipality_id, dialogue.organiser_id)
        if moved:
            actor.require(Permission.CREATE_DIALOGUE, _scope_of(municipality, organiser))
        dialogue.municipality, dialogue.organiser = municipality, organiser
    if dialogue.set_up_at is None:
        dialogue.playbook = _known_playbook(basics.playbook)
    dialogue.title, dialogue.question, dialogue.area = basics.title, basics.question, basics.area
    _changed(session, actor, dialogue, Happening.BASICS)


def change_plan(session: Session, actor: Actor, dialogue: Dialogue, plan: Plan) -> None:
    """Change purpose, languages, dates and goals. A promise that was signed for another date is no longer
    signed.

    Raises Invalid when the dates do not fit each other, when the answer's date of a public dialogue is
    changed, which is for a leader to do, for a goal that is not valid there, or for half of a day that matters.
    """
    _require_open(actor, dialogue)
    wrong = rules.wrong_dates(plan.phases, plan.answer_by)
    if wrong is not None:
        raise Invalid(wrong[1], wrong[0])
    if plan.answer_by != dialogue.answer_by:
        if rules.is_public(dialogue):
            raise Invalid(
                lazy("Residents have been promised this date. Only a leader can promise another."),
                "answer_by",
            )
        dialogue.promised_by = None
        dialogue.promised_at = None
    dialogue.purpose = plan.purpose
    dialogue.languages = [
        code for code in LANGUAGES if code in plan.languages or code in rules.BOUND_LANGUAGES
    ]
    dialogue.answer_by = plan.answer_by
    _set_phases(dialogue, plan.phases)
    _set_goals(session, dialogue, plan.goal_ids)
    _set_day_that_matters(dialogue, plan)
    _changed(session, actor, dialogue, Happening.PLAN)


def change_framework(session: Session, actor: Actor, dialogue: Dialogue, framework: Framework) -> None:
    """Change who answers for the personal data and where residents can turn.

    Raises Invalid for a controller that is not at work there, an address that is none, or a duty officer who
    cannot sign in to the desk.
    """
    _require_open(actor, dialogue)
    choices = {organisation.id: organisation for organisation in queries.organisations_of(session, dialogue)}
    choices[dialogue.organiser_id] = dialogue.organiser
    if framework.controller_id not in choices:
        raise Invalid(lazy("Choose who is responsible."), "controller_id")
    if framework.accessibility_url and not _is_web_address(framework.accessibility_url):
        raise Invalid(lazy("Write the whole address. It begins with https://"), "accessibility_url")
    controller = choices[framework.controller_id]
    # A notice that nobody has edited follows the controller and the address that are chosen beside it.
    if framework.privacy_notice == offered_notice(dialogue, list(choices.values())):
        dialogue.privacy_notice = notices.default_notice(dialogue, controller, framework.contact_email)
    else:
        dialogue.privacy_notice = framework.privacy_notice
    dialogue.controller = controller
    dialogue.contact_email = framework.contact_email
    dialogue.accessibility_url = framework.accessibility_url
    dialogue.has_pupils = framework.has_pupils
    _name_duty_officer(session, actor, dialogue, framework.duty_officer)
    _changed(session, actor, dialogue, Happening.FRAMEWORK)


def _name_duty_officer(session: Session, actor: Actor, dialogue: Dialogue, email: str) -> None:
    officer = find_by_email(session, email)
    if officer is None or not officer.is_active or not actor_of(officer).has(Permission.VIEW_DIALOGUE):
        raise Invalid(
            lazy(
                "Nobody of the staff has an account with this address. Ask an administrator to invite them first."
            ),
            "duty_officer",
        )
    if officer.id != dialogue.duty_officer_id:
        if dialogue.duty_officer_id is None:
            tell_opened_or_closed(session, dialogue)
        dialogue.duty_officer = officer
        session.flush()
        mark(session, actor, dialogue, Happening.DUTY)
        if officer.id != actor.user_id:
            desk = f"{settings().public_url}/{officer.language}/desk"
            letter = letters.write("dialogues/on_duty", officer.language, dialogue=dialogue, desk=desk)
            outbox.queue(session, officer.email, letter)


def offered_notice(dialogue: Dialogue, organisations: Sequence[Organisation]) -> Translated:
    """The privacy notice that stands in step 3 until somebody edits it."""
    controller = dialogue.controller or queries.default_controller(dialogue, organisations)
    return notices.default_notice(dialogue, controller, dialogue.contact_email)


def finish(session: Session, actor: Actor, dialogue: Dialogue, makers: Mapping[str, PartMaker]) -> None:
    """End the setting up: the playbook's checklist and parts are made, once.

    ``makers`` are the rooms' own; a part for which nobody answers is left out.
    """
    _require_open(actor, dialogue)
    if dialogue.set_up_at is not None:
        return
    dialogue.set_up_at = clock.now()
    playbook = playbooks.find(dialogue.playbook)
    if playbook is None:
        return
    dialogue.checklist = [
        ChecklistItem(position=place, text=item.text, phase=item.phase)
        for place, item in enumerate(playbook.checklist, 1)
    ]
    session.flush()
    for name, specification in playbook.parts.items():
        if name in makers:
            makers[name](session, dialogue, specification)


def _chosen_place(
    session: Session, actor: Actor, basics: Basics, dialogue: Dialogue | None = None
) -> tuple[Municipality, Organisation]:
    municipalities = {
        place.id: place for place in queries.municipalities_to_choose(session, actor, clock.today())
    }
    organisers = {body.id: body for body in queries.organisers_to_choose(session, actor)}
    if dialogue is not None:
        municipalities[dialogue.municipality_id] = dialogue.municipality
        organisers[dialogue.organiser_id] = dialogue.organiser
    if basics.municipality_id not in municipalities:
        raise Invalid(lazy("Choose a municipality."), "municipality_id")
    if basics.organiser_id not in organisers:
        raise Invalid(lazy("Choose who asks."), "organiser_id")
    municipality, organiser = municipalities[basics.municipality_id], organisers[basics.organiser_id]
    elsewhere = organiser.municipality_id not in {None, municipality.id} or (
        organiser.municipality_id is None and organiser.district_id not in {None, municipality.district_id}
    )
    if elsewhere:
        raise Invalid(lazy("This organisation is not at work in that municipality."), "organiser_id")
    return municipality, organiser


def _scope_of(municipality: Municipality, organiser: Organisation) -> Scope:
    return Scope(
        organisation_id=organiser.id,
        municipality_id=municipality.id,
        district_id=municipality.district_id,
    )


def _known_playbook(key: str) -> str:
    if key and playbooks.find(key) is None:
        raise Invalid(lazy("Choose how to begin."), "playbook")
    return key


def _set_phases(dialogue: Dialogue, wanted: Mapping[PhaseKind, rules.Dates]) -> None:
    kept = {phase.kind: phase for phase in dialogue.phases if phase.kind in wanted}
    for kind, (starts, ends) in wanted.items():
        phase = kept.setdefault(kind, Phase(kind=kind))
        phase.starts_on, phase.ends_on = starts, ends
    order = list(PhaseKind)
    dialogue.phases = sorted(kept.values(), key=lambda phase: (phase.starts_on, order.index(phase.kind)))


def _set_day_that_matters(dialogue: Dialogue, plan: Plan) -> None:
    """Keep the day before which those who gave something are told, with what it is."""
    if plan.tell_before is None and plan.tell_before_what:
        raise Invalid(lazy("Choose the date of this day."), "tell_before")
    if plan.tell_before is not None and plan.tell_before_what.missing(rules.BOUND_LANGUAGES):
        raise Invalid(lazy("Say which day it is, in bokmål and nynorsk."), "tell_before_what")
    dialogue.tell_before, dialogue.tell_before_what = plan.tell_before, plan.tell_before_what


def _set_goals(session: Session, dialogue: Dialogue, wanted: Collection[int]) -> None:
    """Tie the dialogue to these goals: those that are valid there today, and those it was tied to before."""
    offered = {goal.id: goal for goal in queries.goals_offered(session, dialogue, clock.today())}
    if not offered.keys() >= set(wanted):
        raise Invalid(lazy("Choose among the goals below."), "goals")
    dialogue.goals = [goal for key, goal in offered.items() if key in wanted]


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in parts.netloc and address.isprintable()


_STEPS = {
    Happening.BASICS: rules.Step.BASICS,
    Happening.PLAN: rules.Step.PLAN,
    Happening.FRAMEWORK: rules.Step.FRAMEWORK,
}


def _require_open(actor: Actor, dialogue: Dialogue) -> None:
    actor.require(Permission.MANAGE_DIALOGUE, dialogue.scope())
    if dialogue.state is DialogueState.CLOSED:
        raise Closed(lazy("This dialogue is closed. Open it again to change it."))


def _changed(session: Session, actor: Actor, dialogue: Dialogue, what: Happening) -> None:
    """Hold a public dialogue to what this step needs, and leave the marks."""
    if rules.is_public(dialogue):
        missing = [one for one in rules.missing_for_publishing(dialogue) if one.step is _STEPS[what]]
        if missing:
            raise Invalid(
                lazy(
                    "Residents see this dialogue, so this cannot be left out: %(what)s.",
                    what=missing[0].message,
                )
            )
    session.flush()
    mark(session, actor, dialogue, what)
