"""Reads of what a signed link opens besides one action, and of what an organisation may choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from dialogue.actions import links, rules
from dialogue.actions.models import Action
from dialogue.actions.queries import open_and_ended
from dialogue.base.errors import NotFound
from dialogue.places.models import Organisation
from dialogue.web.permissions import Actor, Permission


@dataclass(frozen=True)
class OpenedList:
    """The list that a signed link opens: an organisation's, or what one person there looks after, by address."""

    owner: Organisation
    person: str
    has_expired: bool


def list_by_link(session: Session, token: str) -> OpenedList:
    """The list that a signed link opens. Raises NotFound for a link that was not made here, or was made for an
    address that nothing is mailed to any more."""
    link = links.read_organisation(token)
    owner = session.scalars(select(Organisation).where(Organisation.code == link.code)).one_or_none()
    if owner is None:
        raise NotFound
    if links.is_for(link, owner.id, owner.email):
        return OpenedList(owner, "", link.has_expired)
    people = select(Action.person_email).where(Action.owner_id == owner.id, Action.person_email != "")
    for person in session.scalars(people.distinct()):
        if links.is_for(link, owner.id, person):
            return OpenedList(owner, person, link.has_expired)
    raise NotFound


def listed(session: Session, opened: OpenedList) -> Sequence[Action]:
    """What stands in such a list: the most urgent first, then the latest that ended."""
    whose = Action.owner_id == opened.owner.id
    if opened.person:
        whose = and_(whose, Action.person_email == opened.person)
    return open_and_ended(session, whose)


def gets_weekly_mail(session: Session, opened: OpenedList) -> bool:
    """Whether a person behind an organisation's actions gets a weekly mail about them."""
    wanted = select(Action.person_weekly_mail).where(
        Action.owner_id == opened.owner.id, Action.person_email == opened.person
    )
    return any(session.scalars(wanted))


def organisation_of(session: Session, actor: Actor, code: str) -> Organisation:
    """An organisation that somebody speaks for, or looks after. Raises NotFound for any other."""
    found = session.scalars(select(Organisation).where(Organisation.code == code)).one_or_none()
    if found is None or not (
        rules.speaks_for(actor, found) or actor.may(Permission.MANAGE_ORGANISATIONS, found.scope())
    ):
        raise NotFound
    return found
