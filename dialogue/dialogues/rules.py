"""State questions about dialogues; pure."""

from datetime import date

from dialogue.dialogues.models import Dialogue, DialogueState, Phase


def is_public(dialogue: Dialogue) -> bool:
    """Whether anybody may see it."""
    return dialogue.state is not DialogueState.DRAFT


def takes_input(dialogue: Dialogue) -> bool:
    """Whether residents can give anything at all; each feature has its own dates besides."""
    return dialogue.state is DialogueState.PUBLISHED


def current_phase(dialogue: Dialogue, day: date) -> Phase | None:
    """The phase that a day lies in: of several the one that began last; before the first, the first."""
    begun = [phase for phase in dialogue.phases if phase.starts_on <= day]
    if begun:
        return begun[-1]
    return dialogue.phases[0] if dialogue.phases else None
