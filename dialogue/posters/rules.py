"""What a poster says; pure."""

from datetime import date
from enum import Enum, auto

from dialogue.dialogues import rules as dialogue_rules
from dialogue.dialogues.models import Dialogue, DialogueState, PhaseKind
from dialogue.posters.models import Poster
from dialogue.web.permissions import Scope


class Says(Enum):
    """What somebody who scans a poster is told."""

    NOTHING = auto()
    COMING = auto()
    ASKS = auto()
    WAITS = auto()
    ANSWERS = auto()


_BEFORE = (PhaseKind.PLAN, PhaseKind.INVITE)


def says(dialogue: Dialogue | None, day: date, is_answered: bool) -> Says:
    """What the poster that serves this dialogue says on a day.

    The phase decides while residents are to come. Afterwards facts do: as long as nothing is decided that
    everybody can read, the poster says when the answer comes, whatever the plan said.
    """
    if dialogue is None or not dialogue_rules.is_public(dialogue):
        return Says.NOTHING
    phase = dialogue_rules.current_phase(dialogue, day)
    if dialogue.state is DialogueState.PUBLISHED and phase is not None:
        if phase.kind in _BEFORE:
            return Says.COMING
        if phase.kind is PhaseKind.COLLECT:
            return Says.ASKS if phase.starts_on <= day else Says.COMING
    return Says.ANSWERS if is_answered or dialogue.state is DialogueState.CLOSED else Says.WAITS


def collects_from(dialogue: Dialogue, day: date) -> date | None:
    """The first day on which residents can say something, when it is still to come."""
    return next(
        (
            phase.starts_on
            for phase in dialogue.phases
            if phase.kind is PhaseKind.COLLECT and phase.starts_on > day
        ),
        None,
    )


def place_of(dialogue: Dialogue) -> Scope:
    """Where the posters that can serve a dialogue hang, for grants: its municipality, whoever arranges it."""
    return Scope(municipality_id=dialogue.municipality_id, district_id=dialogue.municipality.district_id)


def is_retired(poster: Poster) -> bool:
    """Whether it should hang nowhere any more."""
    return poster.retired_at is not None
