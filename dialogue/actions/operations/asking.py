"""The organiser asks an organisation to do something, answers what it offers instead, and says who may see it."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from dialogue.actions import checks, editing, handing, mail, queries, rules, wording
from dialogue.actions.editing import More
from dialogue.actions.models import (
    LONGEST_GROUP,
    Action,
    ActionState,
)
from dialogue.actions.rules import Someone, Step
from dialogue.actions.taking import goes_on, move, note
from dialogue.base import audit, clock
from dialogue.base.errors import Closed
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.rules import is_public
from dialogue.places import operations as places
from dialogue.places.operations import GroupFacts
from dialogue.residents.operations import first_time
from dialogue.web.permissions import Actor, Permission


@dataclass(frozen=True)
class ActionDraft:
    """An action as it is proposed, to an organisation there is or to a ``new_owner``. With a page's
    ``submission_key`` the same draft is stored once."""

    title: Translated
    why: Translated
    owner_id: int
    owner_role: Translated
    due_on: date
    is_internal: bool = False
    submission_key: str = ""
    more: More = field(default_factory=More)
    new_owner: GroupFacts | None = None


def propose(session: Session, actor: Actor, dialogue: Dialogue, draft: ActionDraft) -> Action:
    """Ask an organisation to do something by a date, and mail them the question.

    Raises NotAllowed for who may not ask in this dialogue, Closed before it is published, Invalid for a wrong
    owner, date or text.
    """
    actor.require(Permission.MANAGE_ACTIONS, dialogue.scope())
    if not is_public(dialogue):
        # The mail would lead them to pages that nobody can open.
        raise Closed(lazy("Publish the dialogue first. Then somebody can be asked."))
    _check_draft(session, dialogue, draft)
    if draft.submission_key and not first_time(
        session, draft.submission_key, f"action\0{dialogue.id}\0{draft}"
    ):
        asked = None if draft.new_owner else draft.owner_id
        return queries.asked_before(session, dialogue, actor.user_id, asked, draft.due_on)
    owner_id = draft.owner_id
    if draft.new_owner is not None:
        language = actor.language
        made = places.add_group(session, actor, dialogue.municipality, draft.new_owner, language)
        owner_id = made.id
    action = Action(
        dialogue=dialogue,
        title=draft.title,
        why=draft.why,
        owner_id=owner_id,
        owner_since=clock.now(),
        holder_since=clock.now(),
        owner_role=draft.owner_role,
        due_on=draft.due_on,
        state=ActionState.PROPOSED,
        is_internal=draft.is_internal,
        asked_by_id=actor.user_id,
        asked_at=clock.now(),
    )
    session.add(action)
    session.flush()
    editing.set_more(session, action, draft.more)
    note(session, actor, action, "", wording.asked(action.owner.name, action.due_on))
    audit.record(session, actor.user_id, "propose", "action", action.id, dialogue.id)
    mail.ask(session, action)
    return action


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
            handing.count_anew(session, action)
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
            handing.give_to(action, queries.possible_owner(session, action.dialogue, owner_id))
        handing.ask_anew(session, who, action, due_on)


def withdraw(session: Session, who: Someone, action: Action, revision: int) -> None:
    """The organiser takes back a question that nobody has said yes to."""
    if goes_on(session, who, action, Step.WITHDRAW, revision, lambda: action.state is ActionState.STOPPED):
        action.suggested_due_on = None
        action.ended_on = clock.today()
        move(session, who, action, ActionState.STOPPED)


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


def _check_draft(session: Session, dialogue: Dialogue, draft: ActionDraft) -> None:
    editing.check_words(draft.title, draft.why, draft.owner_role)
    editing.check_more(session, dialogue, draft.more)
    checks.ahead(draft.due_on, "due_on")
    if draft.new_owner is None:
        queries.possible_owner(session, dialogue, draft.owner_id)
    else:
        checks.text(draft.new_owner.name, LONGEST_GROUP, "new_name")
        checks.text(draft.new_owner.email, 254, "new_email")
