"""What happens to places and organisations."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Invalid, NotAllowed
from dialogue.base.i18n import LANGUAGES, Translated, lazy
from dialogue.places.models import Municipality, Organisation, OrganisationKind
from dialogue.web.permissions import Actor, Permission, Scope


@dataclass(frozen=True)
class OrganisationFacts:
    """What is known of an organisation. It lies in a municipality, else in a whole police district."""

    kind: OrganisationKind
    name: Translated
    email: str
    language: str
    municipality_id: int | None
    district_id: int | None


def save_organisation(
    session: Session, actor: Actor, facts: OrganisationFacts, organisation: Organisation | None = None
) -> Organisation:
    """Make an organisation, or change one. Raises NotAllowed outside the places this person looks after."""
    municipality = session.get(Municipality, facts.municipality_id) if facts.municipality_id else None
    district_id = municipality.district_id if municipality else facts.district_id
    scopes = [Scope(municipality_id=facts.municipality_id, district_id=district_id)]
    if organisation is not None:
        scopes.append(organisation.scope())
    if not all(actor.may(Permission.MANAGE_ORGANISATIONS, scope) for scope in scopes):
        raise NotAllowed(lazy("You can only look after organisations in your own places."))
    made = organisation or Organisation()
    made.kind = facts.kind
    made.name = facts.name
    made.email = facts.email
    made.language = facts.language
    made.municipality_id = facts.municipality_id
    made.district_id = district_id
    session.add(made)
    session.flush()
    audit.record(session, actor.user_id, "change" if organisation else "create", "organisation", made.id)
    return made


# Who residents and volunteers are, when they own an action together.
GROUPS = (OrganisationKind.RESIDENTS, OrganisationKind.ASSOCIATION)


@dataclass(frozen=True)
class GroupFacts:
    """A residents' group or volunteers, by the name of the group or of a role in it, and where to write."""

    kind: OrganisationKind
    name: str
    email: str


def add_group(
    session: Session, actor: Actor, municipality: Municipality, facts: GroupFacts, language: str
) -> Organisation:
    """Make an organisation of residents or volunteers in a municipality, for who may ask them to act there.

    Raises Invalid for another kind, or for one that is there already. The caller checks the right to ask.
    """
    if facts.kind not in GROUPS:
        raise Invalid(lazy("Choose what they are."), "new_kind")
    name = Translated(dict.fromkeys(LANGUAGES, facts.name))
    here = select(Organisation).where(Organisation.municipality_id == municipality.id)
    if any(facts.name.casefold() == str(one.name).casefold() for one in session.scalars(here)):
        raise Invalid(lazy("They are in the list above. Choose them there."), "new_name")
    made = Organisation(
        kind=facts.kind,
        name=name,
        email=facts.email,
        language=language,
        municipality_id=municipality.id,
        district_id=municipality.district_id,
    )
    session.add(made)
    session.flush()
    audit.record(session, actor.user_id, "create", "organisation", made.id)
    return made


def retire_organisation(session: Session, actor: Actor, organisation: Organisation) -> None:
    """Offer an organisation no longer; what it owns stays its own. Done again, it is offered again."""
    actor.require(Permission.MANAGE_ORGANISATIONS, organisation.scope())
    organisation.retired_on = None if organisation.retired_on else clock.today()
    audit.record(session, actor.user_id, "retire", "organisation", organisation.id)


def change_municipality(
    session: Session,
    actor: Actor,
    municipality: Municipality,
    *,
    name: str,
    district_id: int,
    valid_to: date | None,
    successor: Municipality | None,
) -> None:
    """Change what is known of a municipality; a later loading keeps it.

    Raises Invalid when it would end before it began, or succeed itself.
    """
    require_keeper_of_all(actor)
    if valid_to is not None and valid_to <= municipality.valid_from:
        raise Invalid(lazy("The last day must be after the first."), "valid_to")
    if successor is not None and (successor.id == municipality.id or valid_to is None):
        raise Invalid(
            lazy("A successor must be another municipality, and this one must have a last day."), "successor"
        )
    municipality.name = name
    municipality.district_id = district_id
    session.flush()
    bring_organisations_along(session)
    municipality.valid_to = valid_to
    municipality.successor_id = successor.id if successor else None
    audit.record(session, actor.user_id, "change", "municipality", municipality.id)


def bring_organisations_along(session: Session) -> None:
    """Let organisations lie in the police district that their municipality lies in now."""
    its_own = select(Municipality.district_id).where(Municipality.id == Organisation.municipality_id)
    session.execute(
        update(Organisation)
        .where(Organisation.municipality_id.is_not(None))
        .values(district_id=its_own.scalar_subquery())
        .execution_options(synchronize_session=False)
    )


def require_keeper_of_all(actor: Actor) -> None:
    """Raise NotAllowed unless this person looks after the places of the whole country."""
    if not actor.everywhere(Permission.MANAGE_PLACES):
        raise NotAllowed
