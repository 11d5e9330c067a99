"""Files that belong to an action: put with it, taken away, and who may open them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dialogue.actions import rules, wording
from dialogue.actions.models import Action, Attachment
from dialogue.actions.rules import LinkHolder, Side, Someone
from dialogue.actions.taking import note
from dialogue.actions.uploads import Upload
from dialogue.base import audit, clock
from dialogue.base.errors import Closed, NotAllowed, NotFound
from dialogue.base.files import FileStore
from dialogue.base.i18n import lazy
from dialogue.dialogues import contributions

MOST_FILES = 20


def attach(
    session: Session, files: FileStore, who: Someone, action: Action, upload: Upload, is_public: bool
) -> Attachment:
    """Put a file with an action; the same file again changes nothing. Raises NotAllowed, Closed when it has too
    many."""
    _require_side(who, action)
    # Whoever comes at the same moment waits here, so that together they cannot put too many.
    session.execute(select(Action.id).where(Action.id == action.id).with_for_update())
    address = files.put(upload.content)
    there = session.scalars(
        select(Attachment).where(Attachment.action_id == action.id, Attachment.file == address)
    ).first()
    if there is not None:
        return there
    count = select(func.count()).where(Attachment.action_id == action.id)
    if (session.scalar(count) or 0) >= MOST_FILES:
        raise Closed(lazy("An action can have %(most)s files. Remove one first.", most=MOST_FILES))
    made = Attachment(
        action_id=action.id,
        name=upload.name,
        media_type=upload.media_type,
        file=address,
        size=len(upload.content),
        is_public=is_public,
        at=clock.now(),
        user_id=getattr(who, "user_id", None),
        organisation_id=action.owner_id if _is_of_owner(who, action) else None,
    )
    session.add(made)
    session.flush()
    _note(session, who, action, "attach", made)
    return made


def detach(session: Session, who: Someone, action: Action, code: str) -> None:
    """Take a file away. Raises NotAllowed, NotFound for one that is not there or not for their eyes."""
    _require_side(who, action)
    found = of_action(session, action, code)
    if not may_open(who, action, found):
        raise NotFound
    session.delete(found)
    session.flush()
    _note(session, who, action, "detach", found)


def of_action(session: Session, action: Action, code: str) -> Attachment:
    """One file of an action. Raises NotFound."""
    found = session.scalars(
        select(Attachment).where(Attachment.action_id == action.id, Attachment.code == code)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def may_open(who: Someone, action: Action, file: Attachment) -> bool:
    """Whether a file is for the eyes of somebody who may see the action at work: an owner does not see what
    another owner kept internal."""
    if file.is_public or file.organisation_id in {None, action.owner_id}:
        return True
    return not isinstance(who, LinkHolder) and rules.sees_all(who, action)


def files_in_use(session: Session) -> set[str]:
    """The addresses of the files that actions name."""
    return set(session.scalars(select(Attachment.file)))


def _require_side(who: Someone, action: Action) -> None:
    if not rules.sides(who, action):
        raise NotAllowed


def _is_of_owner(who: Someone, action: Action) -> bool:
    return Side.ORGANISER not in rules.sides(who, action)


def _note(session: Session, who: Someone, action: Action, verb: str, file: Attachment) -> None:
    said = wording.file_added(file.name) if verb == "attach" else wording.file_removed(file.name)
    note(session, who, action, action.state.value, said, is_public=False)
    audit.record(session, getattr(who, "user_id", None), verb, "action", action.id, action.dialogue_id)
    if file.is_public and rules.is_public(action):
        contributions.raise_version(session, action.dialogue_id)
