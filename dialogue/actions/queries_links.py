"""Reads of what a signed link opens besides one action, and of what an organisation may choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from dialogue.actions import links, queries, rules
from dialogue.actions.links import Link
from dialogue.actions.models import Action
from dialogue.base.errors import NotFound
from dialogue.places.models import Organisation
from dialogue.web.permissions import Actor


@dataclass(frozen=True)
class OpenedList:
    """The list that a signed link opens: an organisation's, or what one person there looks after, by address."""

    owner: Organisation
    person: str
    has_expired: bool


def list_by_link(session: Session, token: str) -> OpenedList:
    """The list that a signed link opens. Raises NotFound for a link that was not made here, or was made for an
    address that nothing is mailed to any more."""
    return _opened(session, links.read_organisation(token))


def stopped_by_link(session: Session, token: str) -> str:
    """The address whose weekly lists a signed link stops, however old it is. Raises NotFound for a link that was
    not made here, or was made for an address that nothing is mailed to any more."""
    opened = _opened(session, links.read_stop(token))
    return opened.person or opened.owner.email


def _opened(session: Session, link: Link) -> OpenedList:
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
    return queries.open_and_ended(session, whose)


def gets_weekly_mail(session: Session, opened: OpenedList) -> bool:
    """Whether a person behind an organisation's actions gets a weekly mail about them."""
    wanted = select(Action.person_weekly_mail).where(
        Action.owner_id == opened.owner.id, Action.person_email == opened.person
    )
    return any(session.scalars(wanted))


def listed_weekly(session: Session, address: str) -> Sequence[Organisation]:
    """The organisations whose mailbox this is and that get a weekly list there."""
    its_own = func.lower(Organisation.email) == func.lower(address)
    return session.scalars(select(Organisation).where(its_own, Organisation.weekly_mail)).all()


def listed_weekly_to_person(address: str) -> ColumnElement[bool]:
    """The condition on an action that whoever looks after it has this address and gets a weekly list there."""
    return and_(func.lower(Action.person_email) == func.lower(address), Action.person_weekly_mail)


def has_stopped_list(session: Session, address: str) -> bool:
    """Whether somebody with this address looks after actions and has said no to a weekly list of them."""
    stopped = select(Action.id).where(
        func.lower(Action.person_email) == func.lower(address), Action.person_weekly_mail.is_(False)
    )
    return session.scalar(stopped.limit(1)) is not None


def gets_any_list(session: Session, address: str) -> bool:
    """Whether a weekly list of any organisation or person goes to this address."""
    to_person = select(Action.id).where(listed_weekly_to_person(address)).limit(1)
    return bool(listed_weekly(session, address)) or session.scalar(to_person) is not None


def own_organisations(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The organisations for which somebody was given an account, by name."""
    found = session.scalars(select(Organisation).where(Organisation.id.in_(queries.own_organisations(actor))))
    return sorted(found, key=lambda organisation: str(organisation.name))


def organisation_of(session: Session, actor: Actor, code: str) -> Organisation:
    """An organisation that somebody may choose for. Raises NotFound for any other."""
    found = session.scalars(select(Organisation).where(Organisation.code == code)).one_or_none()
    if found is None or not rules.chooses_for(actor, found):
        raise NotFound
    return found
