"""Ready-made dialogues. What they write is the team's to change, in all three languages."""

from dialogue.dialogues.playbooks.drip import DRIP
from dialogue.dialogues.playbooks.neighbourhood_talk import NEIGHBOURHOOD_TALK
from dialogue.dialogues.playbooks.shape import Playbook

PLAYBOOKS: tuple[Playbook, ...] = (NEIGHBOURHOOD_TALK, DRIP)

__all__ = ["DRIP", "NEIGHBOURHOOD_TALK", "PLAYBOOKS", "Playbook", "find"]


def find(key: str) -> Playbook | None:
    """The playbook with this key, or None."""
    return next((playbook for playbook in PLAYBOOKS if playbook.key == key), None)
