"""What a playbook is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogue.base.i18n import Lazy, Translated
from dialogue.dialogues.models import PhaseKind
from dialogue.dialogues.rules import PHASE_DAYS


@dataclass(frozen=True)
class Reminder:
    """One thing the team should not forget, and in which phase."""

    phase: PhaseKind
    text: Translated


@dataclass(frozen=True)
class Playbook:
    """A ready-made dialogue.

    ``parts`` holds what the rooms make, each in the words of that room's tables: board, meeting, survey.
    """

    key: str
    name: Lazy
    description: Lazy
    purpose: Translated
    checklist: tuple[Reminder, ...]
    parts: Mapping[str, Mapping[str, Any]]
    # How many days each phase is given to begin with, one after the other; one that is left out has no dates.
    days: Mapping[PhaseKind, int] = field(default_factory=lambda: PHASE_DAYS)


def t(nb: str, nn: str, en: str) -> Translated:
    """A text in the three languages, in the order in which the playbooks write them."""
    return Translated(nb=nb, nn=nn, en=en)
