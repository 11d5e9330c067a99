"""Who looks after an action: handed over within its organisation, or to another when the organiser agrees."""

from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from dialogue.actions import checks, mail, queries, queries_links, rules, wording
from dialogue.actions.models import LONGEST_PERSON, LONGEST_REPLY, Action, ActionState, Reminder
from dialogue.actions.rules import Someone, Step
from dialogue.actions.taking import goes_on, move
from dialogue.base import clock
from dialogue.base.errors import Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions
from dialogue.places.models import Organisation


def hand_over(session: Session, who: Someone, action: Action, revision: int, name: str, email: str) -> None:
    """Somebody else in the owner's organisation looks after the action from here on, and gets its mails.

    The history tells that it happened, and not who they are. Raises Invalid for the address that has it.
    """
    checks.text(name, LONGEST_PERSON, "name")
    checks.text(email, 254, "email")

    def is_done() -> bool:
        return (action.person_name, action.person_email) == (name, email)

    if goes_on(session, who, action, Step.HAND_OVER, revision, is_done):
        if email.casefold() == rules.holder(action).casefold():
            raise Invalid(lazy("This address has it already. Write somebody else's."), "email")
        # Who has stopped the weekly list gets none because of one more action.
        wants_list = not queries_links.has_stopped_list(session, email)
        _hold(action, name, email)
        action.person_weekly_mail = wants_list
        move(session, who, action, action.state, wording.handed_over(action.owner.name), is_public=False)
        mail.hand_over(session, action)


def forget_person(session: Session, who: Someone, action: Action, revision: int) -> None:
    """Erase the person behind the action; mails go to the organisation's own address from here on."""
    if goes_on(session, who, action, Step.FORGET_PERSON, revision, lambda: not action.person_email):
        _hold(action, "", "")
        move(session, who, action, action.state, wording.person_left(action.owner.name), is_public=False)


def offer(session: Session, who: Someone, action: Action, revision: int, owner_id: int, reply: str) -> None:
    """The owner would hand the action over to another organisation. It stays with the owner until the
    organiser has answered. Raises Invalid for a wrong organisation."""
    checks.length(reply, LONGEST_REPLY, "reply")

    def is_done() -> bool:
        return (action.offered_to_id, action.offer_note) == (owner_id, reply)

    if goes_on(session, who, action, Step.OFFER, revision, is_done):
        to = queries.possible_owner(session, action.dialogue, owner_id)
        if to.id == action.owner_id:
            raise Invalid(lazy("Choose another organisation than the one that has it."), "owner")
        action.offered_to, action.offer_note = to, reply
        words = wording.offers(action.owner.name, to.name)
        move(session, who, action, action.state, words, is_public=False, internal_note=reply)
        mail.tell_organiser(session, action)


def keep_it(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The owner keeps what it would have handed over."""
    if goes_on(session, who, action, Step.KEEP_IT, revision, lambda: action.offered_to_id is None):
        action.offered_to, action.offer_note = None, ""
        move(session, who, action, action.state, wording.keeps(action.owner.name), is_public=False)


def refuse_offer(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The organiser leaves the action with its owner, who is told."""
    if goes_on(session, who, action, Step.REFUSE_OFFER, revision, lambda: action.offered_to_id is None):
        mail.tell_owner(session, action, "actions/stays")
        action.offered_to, action.offer_note = None, ""
        move(session, who, action, action.state, wording.stays(action.owner.name), is_public=False)


def agree_offer(session: Session, who: Someone, action: Action, revision: int, due_on: date) -> None:
    """The organiser asks the one that the owner would hand over to; nothing is public until they say yes.

    Raises Invalid for a date that has passed, or an organisation that cannot be asked any more.
    """
    checks.ahead(due_on, "due_on")

    def is_done() -> bool:
        return action.offered_to_id is None and action.state is ActionState.PROPOSED

    if goes_on(session, who, action, Step.AGREE_OFFER, revision, is_done):
        to = queries.possible_owner(session, action.dialogue, action.offered_to_id or 0)
        mail.tell_owner(session, action, "actions/passed")
        was_public = rules.is_public(action)
        give_to(action, to)
        ask_anew(session, who, action, due_on)
        if was_public:
            contributions.raise_version(session, action.dialogue_id)


def give_to(action: Action, owner: Organisation) -> None:
    """Another organisation is the one to be asked: it begins from the start, and knows nothing of the former
    owner's person, pause or words."""
    action.owner = owner
    action.owner_id = owner.id
    action.owner_role = Translated()
    action.owner_since = clock.now()
    action.accepted_at = None
    action.next_update_on = None
    _hold(action, "", "")


def ask_anew(session: Session, who: Someone, action: Action, due_on: date) -> None:
    """Ask the owner, whoever it is now, by a date."""
    action.due_on = due_on
    action.suggested_due_on = None
    action.reply = ""
    action.offered_to, action.offer_note = None, ""
    action.snoozed_until, action.snooze_reason = None, ""
    action.asked_by_id = getattr(who, "user_id", None)
    count_anew(session, action)
    move(session, who, action, ActionState.PROPOSED, wording.asked(action.owner.name, due_on))
    session.flush()
    session.refresh(action, ["asked_by"])
    mail.ask(session, action)


def count_anew(session: Session, action: Action) -> None:
    """Count the days without an answer from now, with reminders of their own."""
    action.asked_at = clock.now()
    session.execute(delete(Reminder).where(Reminder.action_id == action.id))


def _hold(action: Action, name: str, email: str) -> None:
    action.person_name, action.person_email = name, email
    action.person_weekly_mail = True
    action.holder_since = clock.now()
