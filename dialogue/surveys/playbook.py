"""A survey as a playbook describes it, in the words of this room's tables."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from dialogue.dialogues.models import Dialogue
from dialogue.surveys import editing, operations
from dialogue.surveys.editing import Wording
from dialogue.surveys.models import QuestionKind, Survey
from dialogue.surveys.operations import About


def make(session: Session, dialogue: Dialogue, specification: Mapping[str, Any]) -> Survey:
    """A draft of the survey that a specification describes: ``title``, ``intro`` and the rest of About, and
    ``questions``, each with ``kind``, the ``options`` to choose between, and the rest of Wording."""
    about = {name: value for name, value in specification.items() if name in About.__dataclass_fields__}
    survey = operations.begin(session, dialogue, About(**about))
    for question in specification["questions"]:
        worded = {name: value for name, value in question.items() if name in Wording.__dataclass_fields__}
        wording = Wording(**worded, choices=tuple(question.get("options", ())))
        editing.append(session, survey, QuestionKind(question["kind"]), wording)
    return survey
