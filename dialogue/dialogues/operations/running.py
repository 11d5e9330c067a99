"""Running a dialogue: its promise, publishing and closing, team and checklist."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid, NotAllowed, NotFound
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import queries, rules
from dialogue.dialogues.models import Dialogue, DialogueState, Happening, TeamMember
from dialogue.dialogues.operations.notes import mark, tell_opened_or_closed
from dialogue.people.models import User, UserGrant
from dialogue.people.queries import find_by_email
from dialogue.web.permissions import Actor, Permission, Role, ScopeKind


def sign_promise(session: Session, actor: Actor, dialogue: Dialogue, answer_by: date) -> None:
    """Promise residents, in the leader's own name, an answer by a date.

    Raises NotAllowed for anybody but a leader, Invalid for a date that has passed or comes before residents
    are asked, Closed when the dialogue is closed.
    """
    actor.require(Permission.SIGN_PROMISE, dialogue.scope())
    if dialogue.state is DialogueState.CLOSED:
        raise Closed(lazy("This dialogue is closed."))
    if answer_by < clock.today():
        raise Invalid(lazy("This date has passed. Choose a later one."), "answer_by")
    wrong = rules.wrong_dates(
        {phase.kind: (phase.starts_on, phase.ends_on) for phase in dialogue.phases}, answer_by
    )
    if wrong is not None:
        raise Invalid(wrong[1], "answer_by")
    dialogue.answer_by = answer_by
    dialogue.promised_by = session.get_one(User, actor.user_id)
    dialogue.promised_at = clock.now()
    mark(session, actor, dialogue, Happening.PROMISED)


def publish(session: Session, actor: Actor, dialogue: Dialogue) -> None:
    """Let everybody see the dialogue. Raises Closed when it is not a draft, Invalid while something that it
    cannot be published without is missing."""
    actor.require(Permission.MANAGE_DIALOGUE, dialogue.scope())
    if dialogue.state is not DialogueState.DRAFT:
        raise Closed(lazy("This dialogue is published already."))
    if rules.missing_for_publishing(dialogue):
        raise Invalid(lazy("Something is missing. Complete the list below first."))
    dialogue.state = DialogueState.PUBLISHED
    dialogue.published_at = clock.now()
    mark(session, actor, dialogue, Happening.PUBLISHED, DialogueState.DRAFT.value)


def close(session: Session, actor: Actor, dialogue: Dialogue) -> None:
    """End the dialogue: nobody can give anything more, everything that is public stays.

    Raises Closed when it is not published.
    """
    actor.require(Permission.MANAGE_DIALOGUE, dialogue.scope())
    if dialogue.state is not DialogueState.PUBLISHED:
        raise Closed(lazy("Only a published dialogue can be closed."))
    dialogue.state = DialogueState.CLOSED
    dialogue.closed_at = clock.now()
    mark(session, actor, dialogue, Happening.CLOSED, DialogueState.PUBLISHED.value)
    tell_opened_or_closed(session, dialogue)


def reopen(session: Session, actor: Actor, dialogue: Dialogue) -> None:
    """Take a closed dialogue up again. Raises Closed when it is not closed."""
    actor.require(Permission.MANAGE_DIALOGUE, dialogue.scope())
    if dialogue.state is not DialogueState.CLOSED:
        raise Closed(lazy("This dialogue is not closed."))
    dialogue.state = DialogueState.PUBLISHED
    dialogue.closed_at = None
    mark(session, actor, dialogue, Happening.REOPENED, DialogueState.CLOSED.value)
    tell_opened_or_closed(session, dialogue)


def tick_checklist(session: Session, actor: Actor, dialogue: Dialogue, done: Collection[int]) -> None:
    """Tick the items of the checklist with these ids and no others; what was ticked keeps its day."""
    actor.require(Permission.MANAGE_DIALOGUE, dialogue.scope())
    for item in dialogue.checklist:
        item.done_on = (item.done_on or clock.today()) if item.id in done else None
    mark(session, actor, dialogue, Happening.CHECKLIST)


def add_member(
    session: Session,
    actor: Actor,
    dialogue: Dialogue,
    part: Translated,
    organisation_id: int,
    *,
    email: str = "",
    role: Role | None = None,
) -> TeamMember:
    """Add a part to the team; with an account's address and a role, that person may work on the dialogue.

    Raises Invalid when the organisation is not at work there or nobody has an account with the address,
    NotAllowed for a role that this person may not give.
    """
    actor.require(Permission.MANAGE_DIALOGUE, dialogue.scope())
    choices = {organisation.id: organisation for organisation in queries.organisations_of(session, dialogue)}
    choices[dialogue.organiser_id] = dialogue.organiser
    if organisation_id not in choices:
        raise Invalid(lazy("Choose an organisation."), "organisation_id")
    user = None
    if email:
        if role is None or role not in rules.grantable_roles(actor, dialogue.scope()):
            raise NotAllowed(lazy("You cannot give this role."))
        user = find_by_email(session, email)
        if user is None:
            raise Invalid(
                lazy("Nobody has an account with this address. Ask an administrator to invite them first."),
                "email",
            )
        _grant(session, user, role, dialogue)
    member = TeamMember(part=part, organisation=choices[organisation_id], user=user)
    dialogue.team.append(member)
    session.flush()
    mark(session, actor, dialogue, Happening.TEAM)
    return member


def remove_member(session: Session, actor: Actor, dialogue: Dialogue, member_id: int) -> None:
    """Take a part out of the team, and with it what that person was granted in this dialogue.

    Raises NotFound for a part of another dialogue, NotAllowed when a role was granted that this person may
    not give.
    """
    actor.require(Permission.MANAGE_DIALOGUE, dialogue.scope())
    member = next((member for member in dialogue.team if member.id == member_id), None)
    if member is None:
        raise NotFound
    others = [other for other in dialogue.team if other is not member and other.user_id == member.user_id]
    if member.user_id is not None and not others:
        _withdraw_grants(session, actor, dialogue, member.user_id)
    dialogue.team.remove(member)
    session.flush()
    mark(session, actor, dialogue, Happening.TEAM)


def _grant(session: Session, user: User, role: Role, dialogue: Dialogue) -> None:
    wanted = (role, ScopeKind.DIALOGUE, dialogue.id)
    if wanted not in {(grant.role, grant.scope_kind, grant.scope_id) for grant in user.grants}:
        user.grants.append(UserGrant(role=role, scope_kind=ScopeKind.DIALOGUE, scope_id=dialogue.id))


def _withdraw_grants(session: Session, actor: Actor, dialogue: Dialogue, user_id: int) -> None:
    own = (
        UserGrant.user_id == user_id,
        UserGrant.scope_kind == ScopeKind.DIALOGUE,
        UserGrant.scope_id == dialogue.id,
    )
    roles = set(session.scalars(select(UserGrant.role).where(*own)))
    if not roles <= set(rules.grantable_roles(actor, dialogue.scope())):
        raise NotAllowed(lazy("This person holds a role that you cannot give, so you cannot take it away."))
    session.execute(delete(UserGrant).where(*own).execution_options(synchronize_session=False))
