"""Reading ideas before they are shown: publish, take something out, return with a reason, and undo.

Nothing is deleted here: what is taken out of an idea is kept beside it until it is shown no more.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Lazy, Translated, _, in_all_languages, lazy, speaking
from dialogue.boards import claims, news, operations, queries_desk
from dialogue.boards.models import LONGEST_PICTURE_WORDS, LONGEST_TEXT, LONGEST_TITLE, Idea, ReturnReason
from dialogue.boards.models_reading import Redaction
from dialogue.boards.redacting import OTHER, Cut, redacted
from dialogue.dialogues import contributions
from dialogue.dialogues.models import ContributionState
from dialogue.residents.guard import FindingKind
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
    claims.check(session, actor, idea)
    operations.publish(session, idea, actor.user_id)
    _decided(session, actor, "publish", idea)
    return idea


def redact(session: Session, actor: Actor, code: str, revision: int, cut: Cut) -> Idea:
    """Take something out of an idea and let everybody see the rest; its writer is told what it was.

    Raises as ``publish`` does, and Invalid when nothing of it stands there, or nothing would be left.
    """
    idea = queries_desk.desk_idea_locked(session, actor, code)
    check_state(idea, {ContributionState.RECEIVED, ContributionState.PUBLISHED}, revision)
    claims.check(session, actor, idea)
    if idea.contribution.state is ContributionState.PUBLISHED:
        # What quotes it must let it go, as when it is taken down.
        restore(session, idea)
        contributions.move(session, idea.contribution, ContributionState.RECEIVED, actor_id=actor.user_id)
    with speaking(idea.contribution.language):
        title, of_title = redacted(idea.title, cut, LONGEST_TITLE)
        text, of_text = redacted(idea.text, cut, LONGEST_TEXT)
        words, of_words = redacted(idea.picture_words, cut, LONGEST_PICTURE_WORDS)
    kinds = list(dict.fromkeys([*of_title, *of_text, *of_words]))
    if not kinds:
        raise Invalid(
            lazy("Choose or write what is to be taken out, just as it stands in the idea."), "passages"
        )
    session.add(
        Redaction(
            idea_id=idea.contribution_id,
            title=idea.title,
            text=idea.text,
            picture_words=idea.picture_words,
            kinds=kinds,
            by_id=actor.user_id,
            at=clock.now(),
        )
    )
    idea.title, idea.text, idea.picture_words = title, text, words
    idea.revision += 1
    operations.publish(session, idea, actor.user_id, in_all_languages(lambda: taken_out(kinds)))
    _decided(session, actor, "redact", idea)
    return idea


def taken_out(kinds: Sequence[str]) -> str:
    """What was taken out, in the language of the moment."""
    named = [str(FindingKind(kind).label) for kind in kinds if kind != OTHER]
    if OTHER in kinds:
        named.append(_("Something else"))
    return _("Taken out before it was shown: %(what)s.", what=", ".join(named).lower())


def restore(session: Session, idea: Idea) -> None:
    """Let an idea say again what its writer wrote, since it is shown no more."""
    redaction = session.get(Redaction, idea.contribution_id)
    if redaction is not None:
        idea.title, idea.text = redaction.title, redaction.text
        idea.picture_words = redaction.picture_words
        idea.revision += 1
        session.delete(redaction)
        session.flush()


def return_to_writer(
    session: Session, actor: Actor, code: str, revision: int, reason: ReturnReason, note: str
) -> Idea:
    """Send an idea back with a reason, also one that is shown already, which then is shown no more.

    The writer is told the reason in their own language, with the note as it was written. Raises as
    ``publish`` does.
    """
    idea = queries_desk.desk_idea_locked(session, actor, code)
    check_state(idea, {ContributionState.RECEIVED, ContributionState.PUBLISHED}, revision)
    claims.check(session, actor, idea)
    restore(session, idea)
    idea.return_reason, idea.return_note, idea.same_as_id = reason, note, None
    idea.published_at = idea.cleared_at = None
    _move(session, actor, idea, ContributionState.RETURNED, in_all_languages(lambda: _told(reason, note)))
    _decided(session, actor, f"return {reason.value}", idea)
    return idea


def return_as_same(session: Session, actor: Actor, code: str, revision: int, other: str) -> Idea:
    """Send an idea back because another that is shown says the same; its writer is led to that, to support it.

    Nothing is lost: who disagrees sends it again. Raises as ``publish`` does, and Invalid when the other is no
    idea that is shown on the same board.
    """
    idea = return_to_writer(session, actor, code, revision, ReturnReason.DUPLICATE, "")
    like = queries_desk.desk_idea(session, actor, other)
    if like.board_id != idea.board_id or like.published_at is None or like is idea:
        raise Invalid(lazy("Choose an idea that is shown on the same board."), "other")
    idea.same_as_id = like.contribution_id
    session.flush()
    return idea


def undo(session: Session, actor: Actor, code: str) -> Idea:
    """Let an idea wait again, as before it was published or sent back. Raises as ``publish`` does."""
    idea = queries_desk.desk_idea_locked(session, actor, code)
    check_state(idea, {ContributionState.PUBLISHED, ContributionState.RETURNED}, idea.revision)
    restore(session, idea)
    idea.return_reason, idea.return_note, idea.same_as_id = None, "", None
    idea.published_at = idea.cleared_at = None
    words = in_all_languages(lambda: _("We are reading it once more."))
    _move(session, actor, idea, ContributionState.RECEIVED, words)
    _decided(session, actor, "undo", idea)
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


def _decided(session: Session, actor: Actor, verb: str, idea: Idea) -> None:
    claims.release(session, idea)
    audit.record(session, actor.user_id, verb, "idea", idea.contribution_id, idea.contribution.dialogue_id)
