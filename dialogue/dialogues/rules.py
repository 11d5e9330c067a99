"""State questions about dialogues; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from dialogue.base.i18n import Lazy, Translated, lazy
from dialogue.dialogues.models import Dialogue, DialogueState, Phase, PhaseKind
from dialogue.web.permissions import ALLOWED, Actor, Role, Scope

# Police districts are state bodies: what they publish stands in both forms of Norwegian at the same time.
BOUND_LANGUAGES = ("nb", "nn")

# The phases that have dates, in the order of the round, and how many days each is given to begin with.
PHASE_DAYS: Mapping[PhaseKind, int] = {
    PhaseKind.PLAN: 21,
    PhaseKind.INVITE: 14,
    PhaseKind.COLLECT: 28,
    PhaseKind.DECIDE: 21,
    PhaseKind.ACT: 90,
    PhaseKind.EVALUATE: 28,
}

Dates = tuple[date, date]


class Step(Enum):
    """The three steps in which a dialogue is set up, and the promise that a leader signs."""

    BASICS = auto()
    PLAN = auto()
    FRAMEWORK = auto()
    PROMISE = auto()


class NextStep(Enum):
    """The one thing that the team of a dialogue should do next."""

    SET_UP = auto()
    COMPLETE = auto()
    SIGN = auto()
    PUBLISH = auto()
    PREPARE = auto()
    COLLECT = auto()
    ANSWER = auto()
    FOLLOW_UP = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Missing:
    """One thing without which a dialogue cannot be published, and the step where it is put right."""

    message: Lazy
    step: Step


def is_public(dialogue: Dialogue) -> bool:
    """Whether anybody may see it."""
    return dialogue.state is not DialogueState.DRAFT


def takes_input(dialogue: Dialogue) -> bool:
    """Whether residents can give anything at all; each feature has its own dates besides."""
    return dialogue.state is DialogueState.PUBLISHED


def takes_free_text(dialogue: Dialogue) -> bool:
    """Whether residents can write freely: somebody must be named who is told when it is about a danger."""
    return takes_input(dialogue) and dialogue.duty_officer_id is not None


def current_phase(dialogue: Dialogue, day: date) -> Phase | None:
    """The phase that a day lies in: of several the one that began last; before the first, the first."""
    begun = [phase for phase in dialogue.phases if phase.starts_on <= day]
    if begun:
        return begun[-1]
    return dialogue.phases[0] if dialogue.phases else None


def required_languages(dialogue: Dialogue) -> tuple[str, ...]:
    """The languages in which every text that residents will read must be written: those of the dialogue
    that the law binds."""
    return tuple(code for code in dialogue.languages if code in BOUND_LANGUAGES)


def required_in_step(dialogue: Dialogue) -> tuple[str, ...]:
    """The languages that a step of the setting up asks for: a draft can be saved in bokmål alone, and
    publishing names what is missing; what is public stays in all that are required."""
    return required_languages(dialogue) if is_public(dialogue) else ("nb",)


def missing_for_publishing(dialogue: Dialogue) -> list[Missing]:
    """What stands between a dialogue and its publishing; empty when nothing does."""
    found = [
        *_missing_text(dialogue.title, lazy("The title"), Step.BASICS),
        *_missing_text(dialogue.question, lazy("The question"), Step.BASICS),
        *_missing_text(dialogue.area, lazy("The area"), Step.BASICS),
        *_missing_text(dialogue.purpose, lazy("The purpose"), Step.PLAN),
    ]
    if not dialogue.phases:
        found.append(Missing(lazy("At least one phase with dates"), Step.PLAN))
    if dialogue.answer_by is None:
        found.append(Missing(lazy("The date by which residents get an answer"), Step.PLAN))
    if dialogue.controller_id is None:
        found.append(
            Missing(lazy("Who is responsible for the personal data (the controller)"), Step.FRAMEWORK)
        )
    found += _missing_text(dialogue.privacy_notice, lazy("The privacy notice"), Step.FRAMEWORK)
    if not dialogue.contact_email:
        found.append(Missing(lazy("An e-mail address that residents can write to"), Step.FRAMEWORK))
    if not dialogue.accessibility_url:
        found.append(Missing(lazy("The address of the accessibility statement"), Step.FRAMEWORK))
    if dialogue.duty_officer_id is None:
        found.append(Missing(lazy("The duty officer"), Step.FRAMEWORK))
    if dialogue.answer_by is not None and dialogue.promised_by_id is None:
        found.append(Missing(lazy("A leader's signature on the promise of an answer"), Step.PROMISE))
    return found


def _missing_text(text: Translated, what: Lazy, step: Step) -> list[Missing]:
    names = {"nb": lazy("bokmål"), "nn": lazy("nynorsk")}
    return [
        Missing(lazy("%(what)s in %(language)s", what=what, language=names[code]), step)
        for code in text.missing(BOUND_LANGUAGES)
    ]


def next_step(dialogue: Dialogue, day: date) -> NextStep:
    """What the team should do now."""
    if dialogue.state is DialogueState.CLOSED:
        return NextStep.NOTHING
    if dialogue.state is DialogueState.DRAFT:
        if dialogue.set_up_at is None:
            return NextStep.SET_UP
        missing = {one.step for one in missing_for_publishing(dialogue)}
        if not missing:
            return NextStep.PUBLISH
        return NextStep.SIGN if missing == {Step.PROMISE} else NextStep.COMPLETE
    phase = current_phase(dialogue, day)
    return _BY_PHASE[phase.kind] if phase else NextStep.NOTHING


_BY_PHASE = {
    PhaseKind.PLAN: NextStep.PREPARE,
    PhaseKind.INVITE: NextStep.PREPARE,
    PhaseKind.COLLECT: NextStep.COLLECT,
    PhaseKind.DECIDE: NextStep.ANSWER,
    PhaseKind.ACT: NextStep.FOLLOW_UP,
    PhaseKind.EVALUATE: NextStep.FOLLOW_UP,
    PhaseKind.CLOSED: NextStep.NOTHING,
}


def is_late(dialogue: Dialogue, day: date, is_answered: bool) -> bool:
    """Whether the promised day has passed and residents have had no answer."""
    return (
        dialogue.state is DialogueState.PUBLISHED
        and dialogue.answer_by is not None
        and dialogue.answer_by < day
        and not is_answered
    )


def default_phases(day: date, given: Mapping[PhaseKind, int] = PHASE_DAYS) -> dict[PhaseKind, Dates]:
    """Dates for every phase that is given days, one after the other from this day on."""
    dates: dict[PhaseKind, Dates] = {}
    for kind, days in given.items():
        dates[kind] = (day, day + timedelta(days - 1))
        day += timedelta(days)
    return dates


def wrong_dates(phases: Mapping[PhaseKind, Dates], answer_by: date | None) -> tuple[str, Lazy] | None:
    """The first field whose date does not fit the others, and why; None when they all do.

    Phases may overlap, but none begins before the one that comes before it in the round.
    """
    before: date | None = None
    for kind in PHASE_DAYS:
        if kind not in phases:
            continue
        starts, ends = phases[kind]
        if ends < starts:
            return f"{kind.value}_ends", lazy("The last day comes before the first.")
        if before is not None and starts < before:
            return f"{kind.value}_starts", lazy("This phase begins before the one above it.")
        before = starts
    collect = phases.get(PhaseKind.COLLECT)
    if answer_by and collect and answer_by < collect[0]:
        return "answer_by", lazy("The answer cannot come before residents have been asked.")
    return None


def grantable_roles(actor: Actor, scope: Scope) -> list[Role]:
    """The roles that somebody may give others in a dialogue: those that can do nothing they cannot do
    themselves, so that an organiser cannot make themselves a leader."""
    roles = (Role.ORGANISER, Role.FACILITATOR, Role.LEADER)
    return [role for role in roles if all(actor.may(permission, scope) for permission in ALLOWED[role])]
