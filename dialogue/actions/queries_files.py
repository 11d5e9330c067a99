"""Reads of the files of an action."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.actions.models import Action, Attachment
from dialogue.actions.queries import is_public
from dialogue.base.errors import NotFound
from dialogue.dialogues.models import Dialogue, DialogueState


def attachments(action: Action, *, sees_all: bool) -> list[Attachment]:
    """The files of an action for its team, or for its owner: not those that another owner kept internal."""
    return [
        one
        for one in action.attachments
        if sees_all or one.is_public or one.organisation_id in {None, action.owner_id}
    ]


def public_file(session: Session, code: str, file: str) -> Attachment:
    """A file that anybody may open, of an action that anybody may see. Raises NotFound."""
    found = session.scalars(
        select(Attachment)
        .join(Action, Action.id == Attachment.action_id)
        .join(Dialogue, Dialogue.id == Action.dialogue_id)
        .where(
            Action.code == code,
            Attachment.code == file,
            Attachment.is_public,
            is_public(),
            Dialogue.state != DialogueState.DRAFT,
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
