"""What happens to actions: the organiser asks, the owner answers, acts and tells what came of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from dialogue.actions import checks, mail, queries, rules, wording
from dialogue.actions.models import (
    LONGEST_REPLY,
    LONGEST_ROLE,
    LONGEST_TITLE,
    LONGEST_UPDATE,
    LONGEST_WHY,
    Action,
    ActionState,
    Reminder,
    Update,
)
from dialogue.actions.rules import Someone, Step
from dialogue.actions.taking import goes_on, move, note
from dialogue.base import audit, clock
from dialogue.base.errors import Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.places.models import Organisation
from dialogue.residents.operations import first_time
from dialogue.web.permissions import Actor, Permission


@dataclass(frozen=True)
class ActionDraft:
    """An action as it is proposed. With a page's ``submission_key`` the same draft is stored once."""

    title: Translated
    why: Translated
    owner_id: int
    owner_role: Translated
    due_on: date
    is_internal: bool = False
    submission_key: str = ""


def propose(session: Session, actor: Actor, dialogue: Dialogue, draft: ActionDraft) -> Action:
    """Ask an organisation to do something by a date, and mail them the question.

    Raises NotAllowed for who may not ask in this dialogue, Invalid for a wrong owner, date or text.
    """
    actor.require(Permission.MANAGE_ACTIONS, dialogue.scope())
    _check_draft(session, dialogue, draft)
    if draft.submission_key and not first_time(
        session, draft.submission_key, f"action\0{dialogue.id}\0{draft}"
    ):
        return queries.asked_before(session, dialogue, actor.user_id, draft.owner_id, draft.due_on)
    action = Action(
        dialogue=dialogue,
        title=draft.title,
        why=draft.why,
        owner_id=draft.owner_id,
        owner_role=draft.owner_role,
        due_on=draft.due_on,
        state=ActionState.PROPOSED,
        is_internal=draft.is_internal,
        asked_by_id=actor.user_id,
        asked_at=clock.now(),
    )
    session.add(action)
    session.flush()
    note(session, actor, action, "", wording.asked(action.owner.name, action.due_on))
    audit.record(session, actor.user_id, "propose", "action", action.id, dialogue.id)
    mail.ask(session, action)
    return action


def accept(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The owner says yes to what and when; from here on the action can be public.

    Raises Closed when the date has passed, since nobody can promise that any more.
    """
    if goes_on(session, who, action, Step.ACCEPT, revision, lambda: action.state is ActionState.ACCEPTED):
        checks.still_ahead(action.due_on)
        action.accepted_at = clock.now()
        action.suggested_due_on = None
        action.reply = ""
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


def accept_suggested_date(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The organiser agrees to the date the owner offered, which makes the owner's answer a yes.

    Raises Closed when that date has passed.
    """
    if goes_on(session, who, action, Step.ACCEPT_DATE, revision, lambda: action.suggested_due_on is None):
        action.due_on = action.suggested_due_on or action.due_on
        checks.still_ahead(action.due_on)
        action.suggested_due_on = None
        action.reply = ""
        was_accepted = action.accepted_at is not None
        action.accepted_at = action.accepted_at or clock.now()
        words = (
            wording.agreed(action.due_on)
            if was_accepted
            else wording.accepted(action.owner.name, action.due_on)
        )
        move(session, who, action, rules.MOVES[Step.ACCEPT_DATE].states[action.state][0], words)
        mail.tell_date(session, action)


def keep_date(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The organiser stands by the first date; an owner who has not said yes is asked again."""
    if goes_on(session, who, action, Step.KEEP_DATE, revision, lambda: action.suggested_due_on is None):
        action.suggested_due_on = None
        to = rules.MOVES[Step.KEEP_DATE].states[action.state][0]
        if to is ActionState.PROPOSED:
            _ask_anew(session, action)
        move(session, who, action, to, wording.kept(action.due_on), is_public=False)
        (mail.ask if to is ActionState.PROPOSED else mail.tell_date)(session, action)


def propose_anew(
    session: Session, who: Someone, action: Action, revision: int, owner_id: int, due_on: date
) -> None:
    """Ask again after a no, a suggestion or silence: the same or another organisation, the same or another
    date. Raises Invalid for a wrong owner or date."""
    checks.ahead(due_on, "due_on")

    def is_done() -> bool:
        return (action.state, action.owner_id, action.due_on) == (ActionState.PROPOSED, owner_id, due_on)

    if goes_on(session, who, action, Step.PROPOSE_ANEW, revision, is_done):
        if owner_id != action.owner_id:
            action.owner = queries.possible_owner(session, action.dialogue, owner_id)
            action.owner_role = Translated()
        action.due_on = due_on
        action.suggested_due_on = None
        action.reply = ""
        action.asked_by_id = getattr(who, "user_id", None)
        _ask_anew(session, action)
        move(session, who, action, ActionState.PROPOSED, wording.asked(action.owner.name, due_on))
        session.flush()
        session.refresh(action, ["asked_by"])
        mail.ask(session, action)


def withdraw(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The organiser takes back a question that nobody has said yes to."""
    if goes_on(session, who, action, Step.WITHDRAW, revision, lambda: action.state is ActionState.STOPPED):
        action.suggested_due_on = None
        action.ended_on = clock.today()
        move(session, who, action, ActionState.STOPPED)


def start(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The owner has begun."""
    if goes_on(session, who, action, Step.START, revision, lambda: action.state is ActionState.UNDER_WAY):
        move(session, who, action, ActionState.UNDER_WAY, wording.begun())


def reopen(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The owner takes up again what was called finished too early."""
    if goes_on(session, who, action, Step.REOPEN, revision, lambda: action.state is ActionState.UNDER_WAY):
        action.ended_on = None
        action.outcome = Translated()
        move(session, who, action, ActionState.UNDER_WAY, wording.reopened())


def report(
    session: Session, who: Someone, action: Action, revision: int, text: Translated, is_public: bool
) -> None:
    """Tell what has happened, to everybody or to the team and the owner only. Raises Invalid when empty."""
    checks.words(text, LONGEST_UPDATE, "text")

    def is_done() -> bool:
        last = action.updates[-1] if action.updates else None
        return last is not None and (last.text, last.is_public) == (text, is_public)

    if goes_on(session, who, action, Step.REPORT, revision, is_done):
        user_id = getattr(who, "user_id", None)
        action.updates.append(Update(at=clock.now(), text=text, is_public=is_public, user_id=user_id))
        move(session, who, action, action.state, text, is_public=is_public)


def finish(
    session: Session, who: Someone, action: Action, revision: int, state: ActionState, outcome: Translated
) -> None:
    """The owner says how it ended and what came of it. Raises Invalid without an outcome."""
    if state not in rules.ENDS:
        raise Invalid(lazy("Choose how it ended."), "state")
    checks.words(outcome, LONGEST_UPDATE, "outcome")

    def is_done() -> bool:
        return (action.state, action.outcome) == (state, outcome)

    if goes_on(session, who, action, Step.FINISH, revision, is_done):
        action.outcome = outcome
        action.ended_on = clock.today()
        action.suggested_due_on = None
        move(session, who, action, state, outcome)
        mail.tell_organiser(session, action)


def show(session: Session, who: Someone, action: Action, revision: int, is_internal: bool) -> None:
    """The organiser keeps the action from the public pages, or lets them show it."""
    if goes_on(session, who, action, Step.SHOW, revision, lambda: action.is_internal is is_internal):
        if action.is_internal is is_internal:
            return
        was_public = rules.is_public(action)
        action.is_internal = is_internal
        move(session, who, action, action.state, wording.hidden() if is_internal else wording.shown())
        if was_public:
            contributions.raise_version(session, action.dialogue_id)


def request_new_link(session: Session, action: Action) -> None:
    """Mail a fresh link to the owner's own address, at most once a day."""
    mail.send_new_link(session, action, f"action link {action.id} {action.owner_id} {clock.today()}")


def request_new_list(session: Session, organisation: Organisation) -> None:
    """Mail a fresh link to an organisation's list to its own address, at most once a day."""
    mail.send_new_list(session, organisation, f"action list {organisation.id} {clock.today()}")


def _ask_anew(session: Session, action: Action) -> None:
    """Count the days without an answer from now, with reminders of their own."""
    action.asked_at = clock.now()
    session.execute(delete(Reminder).where(Reminder.action_id == action.id))


def _check_draft(session: Session, dialogue: Dialogue, draft: ActionDraft) -> None:
    checks.words(draft.title, LONGEST_TITLE, "title")
    checks.words(draft.why, LONGEST_WHY, "why")
    for _code, text in draft.owner_role.texts:
        checks.length(text, LONGEST_ROLE, "owner_role")
    checks.ahead(draft.due_on, "due_on")
    queries.possible_owner(session, dialogue, draft.owner_id)
