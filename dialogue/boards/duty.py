"""The duty routine: what tells of a danger or a crime is held for the duty officer, who alone reads it.

It is never deleted before the officer has confirmed that it is handed over, and no record of it keeps its text.
"""

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.boards import claims, mail, moderation, news, operations, queries_desk, queries_duty, searching
from dialogue.boards.models import Idea
from dialogue.boards.models_reading import HandoverWay, Hold
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionState, StatusChange
from dialogue.people.models import User
from dialogue.web.permissions import Actor

HOLDABLE = {ContributionState.RECEIVED, ContributionState.PUBLISHED, ContributionState.RETURNED}


def hold(session: Session, actor: Actor, code: str, revision: int) -> Hold:
    """Take an idea from everybody's eyes and tell the duty officer, and its writer where to turn.

    Raises NotFound, NotAllowed; Closed when it is held or gone, when its writer has changed it since, or when
    nobody is on duty.
    """
    idea = queries_desk.desk_idea_locked(session, actor, code)
    moderation.check_state(idea, HOLDABLE, revision)
    if idea.board.dialogue.duty_officer is None:
        raise Closed(lazy("This dialogue has no duty officer. Ask its organiser to name one, and call them."))
    moderation.restore(session, idea)
    idea.published_at = idea.cleared_at = None
    idea.return_reason, idea.return_note, idea.same_as_id = None, "", None
    contributions.move(session, idea.contribution, ContributionState.HELD, actor_id=actor.user_id)
    held = Hold(idea=idea, held_at=clock.now(), held_by_id=actor.user_id)
    session.add(held)
    claims.release(session, idea)
    searching.hide(session, idea)
    _changed(session, actor, "hold", idea)
    mail.tell_officer(session, held)
    mail.tell_writer(session, held)
    return held


def hand_over(session: Session, actor: Actor, code: str, way: HandoverWay, on: date) -> None:
    """Confirm that something was handed over: what was written is deleted here, its anchor and counts stay.

    Raises NotFound for anybody but the duty officer, Invalid for a day that is to come or lies before it was held.
    """
    held = queries_duty.held_locked(session, actor, code)
    if not clock.local(held.held_at).date() <= on <= clock.today():
        raise Invalid(lazy("Choose the day on which you handed it over."), "on")
    contribution = held.idea.contribution
    held.way, held.handed_over_on = way, on
    _end(session, actor, held, ContributionState.HANDED_OVER, f"hand over {way.value}")
    operations.erase(session, contribution)
    _forget_words(session, contribution)
    mail.tell_moderator(session, held)


def give_back(session: Session, actor: Actor, code: str) -> None:
    """Let an idea wait to be read again, since it is nothing for the duty routine. Raises NotFound."""
    held = queries_duty.held_locked(session, actor, code)
    _end(session, actor, held, ContributionState.RECEIVED, "give back")
    searching.bring_back(session, held.idea)
    mail.tell_moderator(session, held)


def remind(session: Session, hold_id: int) -> int:
    """Remind the officer of what nobody has opened, and tell the organisers that something waits; return how many
    mails were written."""
    held = queries_duty.unopened_locked(session, hold_id)
    if held is None:
        return 0
    held.reminded_at = clock.now()
    organisers = queries_duty.organisers(session, held.idea.board.dialogue)
    return mail.remind(session, held, organisers)


def leave(session: Session, user: User) -> None:
    """Nobody is on duty where this person was, since their account is closed; what is held waits for the next."""
    for dialogue in queries_duty.on_duty_in(session, user.id):
        dialogue.duty_officer_id = None
        contributions.raise_version(session, dialogue.id)
        news.opened_or_closed(session, dialogue)
    session.flush()


def _end(session: Session, actor: Actor, held: Hold, to: ContributionState, verb: str) -> None:
    held.ended_at, held.ended_by_id = clock.now(), actor.user_id
    contributions.move(session, held.idea.contribution, to, actor_id=actor.user_id)
    _changed(session, actor, verb, held.idea)


def _forget_words(session: Session, contribution: Contribution) -> None:
    """What a moderator wrote to the giver before it was held may repeat what they said."""
    session.execute(
        update(StatusChange)
        .where(StatusChange.subject_kind == "contribution", StatusChange.subject_id == contribution.id)
        .values(public_text=Translated(), internal_note="")
        .execution_options(synchronize_session=False)
    )


def _changed(session: Session, actor: Actor, verb: str, idea: Idea) -> None:
    contribution = idea.contribution
    session.flush()
    contributions.raise_version(session, contribution.dialogue_id)
    news.idea_changed(session, idea)
    audit.record(session, actor.user_id, verb, "idea", contribution.id, contribution.dialogue_id)
