"""Who may enter a page. Every view says it; one that does not stops the application from starting."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeVar

from flask import Flask

from dialogue.web.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])


class Door(Enum):
    """The kinds of entrance."""

    PUBLIC = auto()
    FOLLOW_CODE = auto()
    MAIL_LINK = auto()
    MACHINE = auto()
    SIGNED_IN = auto()
    STAFF = auto()


@dataclass(frozen=True)
class Access:
    """The entrance of one view; for staff, any one of the permissions opens it.

    ``may_be_framed`` lets other sites show the page within theirs; such a page holds no form. ``only_asks`` marks
    a POST that reads and stores nothing.
    """

    door: Door
    permissions: tuple[Permission, ...] = ()
    may_be_framed: bool = False
    only_asks: bool = False

    @property
    def needs_sign_in(self) -> bool:
        """Whether only signed-in people get in."""
        return self.door in {Door.SIGNED_IN, Door.STAFF}

    @property
    def is_secret(self) -> bool:
        """Whether the address itself is the key, and so must not be stored, indexed, referred to or logged."""
        return self.door in {Door.FOLLOW_CODE, Door.MAIL_LINK}


def _mark(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


public = _mark(Access(Door.PUBLIC))
"""Anybody. A GET sets no cookie and holds nothing that belongs to one visitor."""

embeddable = _mark(Access(Door.PUBLIC, may_be_framed=True))
"""Anybody, also as a part of another site's page."""

asks = _mark(Access(Door.PUBLIC, only_asks=True))
"""Anybody, to ask about what they have typed: by a POST, so that it stands in no address and no log. It cannot
write, and is counted apart from what is sent, since a page may ask many times while somebody writes."""

follow_code = _mark(Access(Door.FOLLOW_CODE))
"""Whoever holds a resident's follow code, which is part of the address."""

mail_link = _mark(Access(Door.MAIL_LINK))
"""Whoever holds a signed link that was mailed to them."""

machine = _mark(Access(Door.MACHINE))
"""Programs: health checks and one-click unsubscribe; exempt from the check of the sending site."""

signed_in = _mark(Access(Door.SIGNED_IN))
"""Any signed-in person, for what is their own."""


def takes_files(largest: int) -> Callable[[View], View]:
    """The view takes a body of so many bytes, more than the pages without files do."""

    def mark(view: View) -> View:
        view.largest_body = largest  # type: ignore[attr-defined]
        return view

    return mark


def staff(*permissions: Permission) -> Callable[[View], View]:
    """Signed-in people who hold one of the permissions somewhere; the operation checks where."""
    return _mark(Access(Door.STAFF, permissions))


def of(app: Flask, endpoint: str) -> Access | None:
    """The entrance of an endpoint, or None when it says nothing."""
    view = app.view_functions.get(endpoint)
    access = getattr(view, "access", None)
    return access if isinstance(access, Access) else None


def largest_body(app: Flask, endpoint: str) -> int | None:
    """How many bytes an endpoint takes, where it is not as many as the others."""
    found = getattr(app.view_functions.get(endpoint), "largest_body", None)
    return found if isinstance(found, int) else None


def check_every_route(app: Flask) -> None:
    """Raise RuntimeError when a route does not say who may enter."""
    silent = sorted({rule.endpoint for rule in app.url_map.iter_rules() if of(app, rule.endpoint) is None})
    if silent:
        raise RuntimeError(
            f"These views do not say who may enter (see dialogue.web.access): {', '.join(silent)}"
        )
