"""The owner answers the question: yes, another date, or no."""

from datetime import date

from sqlalchemy.orm import Session

from dialogue.actions import checks, mail, rules, wishes as choices, wording
from dialogue.actions.models import (
    LONGEST_REPLY,
    Action,
    ActionState,
)
from dialogue.actions.queries_links import OpenedList
from dialogue.actions.rules import Someone, Step
from dialogue.actions.taking import goes_on, move
from dialogue.actions.wishes import Wishes
from dialogue.base import clock
from dialogue.base.errors import Invalid
from dialogue.base.i18n import lazy


def accept(
    session: Session, who: Someone, action: Action, revision: int, wishes: Wishes | None = None
) -> None:
    """The owner says yes to what and when; from here on the action can be public. At its first yes an
    organisation is asked how it wants lateness to be told.

    Raises Closed when the date has passed, since nobody can promise that any more.
    """
    if goes_on(session, who, action, Step.ACCEPT, revision, lambda: action.state is ActionState.ACCEPTED):
        checks.still_ahead(action.due_on)
        action.accepted_at = clock.now()
        action.suggested_due_on = None
        action.reply = ""
        if wishes is not None:
            choices.answer(session, who, action, wishes)
        move(session, who, action, ActionState.ACCEPTED, wording.accepted(action.owner.name, action.due_on))
        mail.tell_organiser(session, action)


def suggest_date(
    session: Session, who: Someone, action: Action, revision: int, new_date: date, reply: str
) -> None:
    """The owner offers another date; the organiser answers. Raises Invalid for a date that has passed."""
    checks.ahead(new_date, "new_date")
    checks.length(reply, LONGEST_REPLY, "reply")

    def is_done() -> bool:
        return (action.suggested_due_on, action.reply) == (new_date, reply)

    if goes_on(session, who, action, Step.SUGGEST_DATE, revision, is_done):
        if new_date == action.due_on:
            raise Invalid(lazy("This is the date we asked for. Choose another, or say yes."), "new_date")
        action.suggested_due_on = new_date
        action.reply = reply
        to = rules.MOVES[Step.SUGGEST_DATE].states[action.state][0]
        words = wording.asks_for(action.owner.name, new_date)
        move(session, who, action, to, words, is_public=False, internal_note=reply)
        mail.tell_organiser(session, action)


def decline(session: Session, who: Someone, action: Action, revision: int, reply: str) -> None:
    """The owner says no, and why. Raises Invalid without a reason."""
    checks.text(reply, LONGEST_REPLY, "reply")

    def is_done() -> bool:
        return action.state is ActionState.DECLINED and action.reply == reply

    if goes_on(session, who, action, Step.DECLINE, revision, is_done):
        action.suggested_due_on = None
        action.reply = reply
        move(session, who, action, ActionState.DECLINED, internal_note=reply)
        mail.tell_organiser(session, action)


def request_new_link(session: Session, action: Action) -> None:
    """Mail a fresh link to the owner's own address, at most once a day."""
    mail.send_new_link(session, action, clock.today())


def request_new_list(session: Session, opened: OpenedList) -> None:
    """Mail a fresh link to a list to the address it was made for, at most once a day."""
    mail.send_new_list(session, opened.owner, opened.person, clock.today())
