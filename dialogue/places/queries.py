"""Reads of places and organisations."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from dialogue.base.errors import NotFound
from dialogue.places.models import Municipality, Organisation, PoliceDistrict
from dialogue.web.permissions import Actor, Permission, ScopeKind


def districts(session: Session) -> Sequence[tuple[PoliceDistrict, int]]:
    """Every police district with the number of its present municipalities, by code."""
    counted = (
        select(Municipality.district_id, func.count().label("number"))
        .where(Municipality.valid_to.is_(None))
        .group_by(Municipality.district_id)
        .subquery()
    )
    rows = session.execute(
        select(PoliceDistrict, func.coalesce(counted.c.number, 0))
        .outerjoin(counted, counted.c.district_id == PoliceDistrict.id)
        .order_by(PoliceDistrict.code)
    )
    return [(district, number) for district, number in rows]


def district_by_slug(session: Session, slug: str) -> PoliceDistrict:
    """A police district. Raises NotFound."""
    found = session.scalars(select(PoliceDistrict).where(PoliceDistrict.slug == slug)).one_or_none()
    if found is None:
        raise NotFound
    return found


def municipalities_of(session: Session, district_id: int) -> Sequence[Municipality]:
    """The municipalities of a district, those that have ended too, by name."""
    return session.scalars(
        select(Municipality).where(Municipality.district_id == district_id).order_by(Municipality.name)
    ).all()


def municipalities_reached(
    session: Session, actor: Actor, permission: Permission, day: date
) -> Sequence[Municipality]:
    """The municipalities of a day in which this person holds a permission, by name."""
    return session.scalars(
        select(Municipality)
        .where(
            _reached(actor, permission),
            or_(Municipality.valid_to.is_(None), Municipality.valid_to > day),
        )
        .options(joinedload(Municipality.district))
        .order_by(Municipality.name, Municipality.number)
    ).all()


def _reached(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    if actor.everywhere(permission):
        return true()
    conditions: list[ColumnElement[bool]] = [false()]
    if municipalities := actor.ids(ScopeKind.MUNICIPALITY, [permission]):
        conditions.append(Municipality.id.in_(municipalities))
    if within := actor.ids(ScopeKind.DISTRICT, [permission]):
        conditions.append(Municipality.district_id.in_(within))
    return or_(*conditions)


def municipality_by_number(session: Session, number: str) -> Municipality:
    """A municipality. Raises NotFound."""
    found = session.scalars(
        select(Municipality).where(Municipality.number == number).options(joinedload(Municipality.district))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def organisations_reached(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The organisations this person may look after, by their bokmål name."""
    if actor.everywhere(Permission.MANAGE_ORGANISATIONS):
        reached: ColumnElement[bool] = true()
    else:
        permission = [Permission.MANAGE_ORGANISATIONS]
        municipalities = actor.ids(ScopeKind.MUNICIPALITY, permission)
        within = actor.ids(ScopeKind.DISTRICT, permission)
        reached = or_(
            Organisation.id.in_(actor.ids(ScopeKind.ORGANISATION, permission)),
            Organisation.municipality_id.in_(municipalities),
            Organisation.district_id.in_(within),
        )
    found = session.scalars(
        select(Organisation)
        .where(reached)
        .options(joinedload(Organisation.municipality), joinedload(Organisation.district))
    ).all()
    return sorted(
        found, key=lambda organisation: (organisation.retired_on is not None, str(organisation.name))
    )


def organisation_for_desk(session: Session, actor: Actor, code: str) -> Organisation:
    """An organisation this person may look after. Raises NotFound."""
    for organisation in organisations_reached(session, actor):
        if organisation.code == code:
            return organisation
    raise NotFound


def organisations_around(session: Session, municipality_id: int, district_id: int) -> Sequence[Organisation]:
    """The organisations at work in a municipality or in the whole of its police district, by name."""
    found = session.scalars(
        select(Organisation).where(
            or_(
                Organisation.municipality_id == municipality_id,
                Organisation.municipality_id.is_(None) & (Organisation.district_id == district_id),
                Organisation.municipality_id.is_(None) & Organisation.district_id.is_(None),
            ),
            Organisation.retired_on.is_(None),
        )
    ).all()
    return sorted(found, key=lambda organisation: str(organisation.name))
