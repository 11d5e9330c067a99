"""The one thing a resident can do in a dialogue, in words."""

from datetime import date

from dialogue.base.i18n import Lazy, lazy
from dialogue.dialogues import rules
from dialogue.dialogues.models import Dialogue, PhaseKind

# Read from the phase alone, so that the front page asks nothing more of the database for each dialogue.
_BY_PHASE: dict[PhaseKind, Lazy] = {
    PhaseKind.PLAN: lazy("Read what it is about"),
    PhaseKind.INVITE: lazy("See how you can take part"),
    PhaseKind.COLLECT: lazy("Say what you think"),
    PhaseKind.DECIDE: lazy("Read what people have said"),
    PhaseKind.ACT: lazy("See what is being done"),
    PhaseKind.EVALUATE: lazy("See what came of it"),
    PhaseKind.CLOSED: lazy("See what came of it"),
}


def one_thing(dialogue: Dialogue, day: date) -> Lazy:
    """What a resident comes to do in this dialogue on this day."""
    phase = rules.current_phase(dialogue, day)
    return _BY_PHASE[phase.kind] if phase else _BY_PHASE[PhaseKind.PLAN]
