"""Reading ideas before they are shown: publish, return with a reason, and undo. Nothing is deleted here."""

from sqlalchemy.orm import Session

from dialogue.base import audit
from dialogue.base.errors import Closed
from dialogue.base.i18n import Lazy, Translated, _, in_all_languages, lazy
from dialogue.boards import news, operations, queries_desk
from dialogue.boards.models import Idea, ReturnReason
from dialogue.dialogues import contributions
from dialogue.dialogues.models import ContributionState
from dialogue.web.permissions import Actor

ALREADY: dict[ContributionState, Lazy] = {
    ContributionState.RECEIVED: lazy("This idea is waiting to be read. Nothing was changed."),
    ContributionState.PUBLISHED: lazy("This idea has already been published. Nothing was done twice."),
    ContributionState.RETURNED: lazy(
        "This idea has already been sent back to its writer. Nothing was done twice."
    ),
    ContributionState.WITHDRAWN: lazy("The writer has taken this idea back, so there is nothing to do."),
    ContributionState.HELD: lazy("This idea is held for the duty officer, so there is nothing to do here."),
    ContributionState.HANDED_OVER: lazy("The duty officer has handed this over, so there is nothing to do."),
}


def publish(session: Session, actor: Actor, code: str, revision: int) -> Idea:
    """Let everybody see an idea as the moderator has read it.

    Raises NotFound, NotAllowed, Closed when another was first or the writer has changed it since.
    """
    idea = queries_desk.desk_idea_locked(session, actor, code)
    check_state(idea, {ContributionState.RECEIVED}, revision)
    operations.publish(session, idea, actor.user_id)
    _audit(session, actor, "publish", idea)
    return idea


def return_to_writer(
    session: Session, actor: Actor, code: str, revision: int, reason: ReturnReason, note: str
) -> Idea:
    """Send an idea back with a reason, also one that is shown already, which then is shown no more.

    The writer is told the reason in their own language, with the note as it was written. Raises as
    ``publish`` does.
    """
    idea = queries_desk.desk_idea_locked(session, actor, code)
    check_state(idea, {ContributionState.RECEIVED, ContributionState.PUBLISHED}, revision)
    idea.return_reason, idea.return_note = reason, note
    idea.published_at = idea.cleared_at = None
    _move(session, actor, idea, ContributionState.RETURNED, in_all_languages(lambda: _told(reason, note)))
    _audit(session, actor, "return", idea)
    return idea


def undo(session: Session, actor: Actor, code: str) -> Idea:
    """Let an idea wait again, as before it was published or sent back. Raises as ``publish`` does."""
    idea = queries_desk.desk_idea_locked(session, actor, code)
    check_state(idea, {ContributionState.PUBLISHED, ContributionState.RETURNED}, idea.revision)
    idea.return_reason, idea.return_note = None, ""
    idea.published_at = idea.cleared_at = None
    words = in_all_languages(lambda: _("We are reading it once more."))
    _move(session, actor, idea, ContributionState.RECEIVED, words)
    _audit(session, actor, "undo", idea)
    return idea


def _told(reason: ReturnReason, note: str) -> str:
    """The reason in the language of the moment, followed by the note, which has but one."""
    return f"{reason.label}. {note}" if note else str(reason.label)


def check_state(idea: Idea, wanted: set[ContributionState], revision: int) -> None:
    """Raise Closed unless an idea is in one of these states, and as its moderator has read it."""
    if idea.contribution.state not in wanted:
        raise Closed(ALREADY[idea.contribution.state])
    if idea.revision != revision:
        raise Closed(lazy("The writer has changed this idea since you opened it. Read it again."))


def _move(session: Session, actor: Actor, idea: Idea, to: ContributionState, words: Translated) -> None:
    contributions.move(session, idea.contribution, to, actor_id=actor.user_id, public_text=words)
    session.flush()
    contributions.raise_version(session, idea.contribution.dialogue_id)
    news.idea_changed(session, idea)


def _audit(session: Session, actor: Actor, verb: str, idea: Idea) -> None:
    audit.record(session, actor.user_id, verb, "idea", idea.contribution_id, idea.contribution.dialogue_id)
