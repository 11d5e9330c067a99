"""Who may do what: the roles, the permissions, and the one table that joins them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from dialogue.base.errors import NotAllowed
from dialogue.base.i18n import Labelled, lazy


class Role(Labelled):
    """What somebody is in a place, an organisation or a dialogue."""

    ADMINISTRATOR = "administrator", lazy("Administrator")
    ORGANISER = "organiser", lazy("Organiser")
    FACILITATOR = "facilitator", lazy("Facilitator")
    PARTNER = "partner", lazy("Partner")
    LEADER = "leader", lazy("Leader")


class ScopeKind(Labelled):
    """How far a grant reaches."""

    EVERYTHING = "everything", lazy("Everything")
    DISTRICT = "district", lazy("Police district")
    MUNICIPALITY = "municipality", lazy("Municipality")
    ORGANISATION = "organisation", lazy("Organisation")
    DIALOGUE = "dialogue", lazy("One dialogue")


class Permission(Enum):
    """One thing that a signed-in person can be allowed to do."""

    MANAGE_PEOPLE = auto()
    MANAGE_PLACES = auto()
    MANAGE_ORGANISATIONS = auto()
    CREATE_DIALOGUE = auto()
    VIEW_DIALOGUE = auto()
    MANAGE_DIALOGUE = auto()
    SIGN_PROMISE = auto()
    MANAGE_MEETINGS = auto()
    FACILITATE = auto()
    MANAGE_BOARDS = auto()
    MODERATE = auto()
    MANAGE_SURVEYS = auto()
    READ_RESULTS = auto()
    CONDENSE = auto()
    DECIDE = auto()
    MANAGE_ACTIONS = auto()
    OWN_ACTIONS = auto()


_ORGANISER = frozenset(Permission) - {
    Permission.MANAGE_PEOPLE,
    Permission.MANAGE_PLACES,
    Permission.SIGN_PROMISE,
}

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.ORGANISER: _ORGANISER,
    Role.FACILITATOR: frozenset({Permission.FACILITATE}),
    Role.PARTNER: frozenset({Permission.OWN_ACTIONS}),
    Role.LEADER: frozenset(
        {
            Permission.VIEW_DIALOGUE,
            Permission.SIGN_PROMISE,
            Permission.READ_RESULTS,
            Permission.DECIDE,
            Permission.OWN_ACTIONS,
        }
    ),
}


@dataclass(frozen=True)
class Scope:
    """Where a thing lies: the ids of the dialogue, organisation, municipality and district it belongs to."""

    dialogue_id: int | None = None
    organisation_id: int | None = None
    municipality_id: int | None = None
    district_id: int | None = None


@dataclass(frozen=True)
class Grant:
    """A role somebody holds within a scope; ``scope_id`` is None for everything."""

    role: Role
    kind: ScopeKind
    scope_id: int | None = None

    def reaches(self, scope: Scope) -> bool:
        """Whether the thing lies within this grant."""
        if self.kind is ScopeKind.EVERYTHING:
            return True
        return self.scope_id is not None and self.scope_id == getattr(scope, f"{self.kind.value}_id")


@dataclass(frozen=True)
class Actor:
    """The signed-in person as operations see them: who, in which language, with which grants."""

    user_id: int
    name: str
    language: str
    grants: tuple[Grant, ...]

    def may(self, permission: Permission, scope: Scope) -> bool:
        """Whether one of the grants allows this on a thing that lies there."""
        return any(permission in ALLOWED[grant.role] and grant.reaches(scope) for grant in self.grants)

    def has(self, permission: Permission) -> bool:
        """Whether one of the grants allows this anywhere."""
        return any(permission in ALLOWED[grant.role] for grant in self.grants)

    def ids(self, kind: ScopeKind, permissions: Iterable[Permission]) -> set[int]:
        """The ids of this kind of scope within which any of the permissions is granted."""
        wanted = set(permissions)
        return {
            grant.scope_id
            for grant in self.grants
            if grant.kind is kind and grant.scope_id is not None and wanted & ALLOWED[grant.role]
        }

    def everywhere(self, permission: Permission) -> bool:
        """Whether the permission is granted for everything there is."""
        return any(
            grant.kind is ScopeKind.EVERYTHING and permission in ALLOWED[grant.role] for grant in self.grants
        )

    def require(self, permission: Permission, scope: Scope) -> None:
        """Raise NotAllowed unless one of the grants allows this there."""
        if not self.may(permission, scope):
            raise NotAllowed
