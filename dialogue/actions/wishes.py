"""What an organisation has chosen itself: who is told when it is late, and whether it gets a weekly mail."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dialogue.actions import queries_links, rules
from dialogue.actions.models import Action
from dialogue.actions.rules import Someone
from dialogue.base import audit
from dialogue.base.errors import Invalid, NotAllowed
from dialogue.base.i18n import lazy
from dialogue.dialogues.models import Dialogue
from dialogue.places.models import Organisation
from dialogue.web.permissions import Actor


@dataclass(frozen=True)
class ListHolder:
    """Whoever holds the signed link to the list of an organisation, or of one ``person`` there by address."""

    organisation_id: int
    person: str = ""


@dataclass(frozen=True)
class Wishes:
    """Whether everybody may see that it is late, and whether a leader is told, at which address."""

    shows_lateness: bool
    tells_leader: bool
    leader_email: str = ""


def save(
    session: Session, who: Actor | ListHolder, owner: Organisation, wishes: Wishes, weekly_mail: bool
) -> None:
    """Change what an organisation has chosen. Raises NotAllowed for who does not speak for it, Invalid for a
    leader without an address."""
    may = who == ListHolder(owner.id) if isinstance(who, ListHolder) else rules.chooses_for(who, owner)
    if not may:
        raise NotAllowed
    write(session, getattr(who, "user_id", None), owner, wishes)
    owner.weekly_mail = weekly_mail


def answer(session: Session, who: Someone, action: Action, wishes: Wishes) -> None:
    """What an organisation says when it says yes to its first action; later answers are given elsewhere."""
    if rules.is_to_be_asked(who, action):
        write(session, getattr(who, "user_id", None), action.owner, wishes)


def write(session: Session, user_id: int | None, owner: Organisation, wishes: Wishes) -> None:
    """Set the choices, and renew the public pages that show what this organisation does."""
    if wishes.tells_leader and not wishes.leader_email:
        raise Invalid(lazy("Write the leader's address, or leave the box empty."), "leader_email")
    showed = owner.shows_lateness
    owner.shows_lateness = wishes.shows_lateness
    owner.tells_leader = wishes.tells_leader
    # An address that is not used is not kept.
    owner.leader_email = wishes.leader_email if wishes.tells_leader else ""
    audit.record(session, user_id, "choose", "organisation", owner.id)
    if showed is not wishes.shows_lateness:
        concerned = select(Action.dialogue_id).where(Action.owner_id == owner.id)
        session.execute(
            update(Dialogue)
            .where(Dialogue.id.in_(concerned))
            .values(version=Dialogue.version + 1)
            .execution_options(synchronize_session=False)
        )


def set_weekly_mail_of_person(session: Session, holder: ListHolder, is_wanted: bool) -> None:
    """Whether one person behind an organisation's actions gets a weekly mail about them."""
    session.execute(
        update(Action)
        .where(Action.owner_id == holder.organisation_id, Action.person_email == holder.person)
        .values(person_weekly_mail=is_wanted)
    )


def stop_weekly_lists(session: Session, address: str) -> None:
    """Mail no weekly list to an address any more, whether it is an organisation's or a person's."""
    for owner in queries_links.listed_weekly(session, address):
        owner.weekly_mail = False
        audit.record(session, None, "choose", "organisation", owner.id)
    session.execute(
        update(Action)
        .where(queries_links.listed_weekly_to_person(address))
        .values(person_weekly_mail=False)
        .execution_options(synchronize_session=False)
    )
