"""What a playbook is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialogue.base.i18n import Lazy, Translated
from dialogue.dialogues.models import PhaseKind


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


def t(nb: str, nn: str, en: str) -> Translated:
    """A text in the three languages, in the order in which the playbooks write them."""
    return Translated(nb=nb, nn=nn, en=en)
