"""Signed links in mails: each opens one action, or the list of one organisation, without sign-in.

A link names the address it was mailed to by an HMAC, so it dies when the address is changed, and when the
action is handed over to somebody else.
"""

from dataclasses import dataclass

from dialogue.actions import rules
from dialogue.actions.models import Action
from dialogue.base import signed_links, tokens
from dialogue.config import settings
from dialogue.places.models import Organisation

_ACTION = "action link"
_LIST = "actions of an organisation"
_STOP = "weekly list"


@dataclass(frozen=True)
class Link:
    """What a link says: which action or organisation, by which code, mailed to whom."""

    code: str
    address_mark: str
    has_expired: bool


def of_action(action: Action) -> str:
    """The address that lets the owner of an action answer without sign-in."""
    return f"{settings().public_url}/{action.owner.language}/actions/by-link/{token_of_action(action)}"


def of_organisation(organisation: Organisation, person: str = "") -> str:
    """The address of the list of an organisation's actions, or of those that a person there looks after."""
    return (
        f"{settings().public_url}/{organisation.language}/actions/mine/{token_of_list(organisation, person)}"
    )


def of_rules(language: str) -> str:
    """The address of the page that tells when we remind."""
    return f"{settings().public_url}/{language}/actions/how-we-remind"


def token_of_action(action: Action) -> str:
    """What stands in a link to one action."""
    return sign_action(action.code, action.owner_id, rules.holder(action))


def sign_action(code: str, organisation_id: int, address: str) -> str:
    """The same for what is known of an action: its code, its owner and who mails about it go to."""
    return _sign(_ACTION, [code, address_mark(organisation_id, address)])


def token_of_list(organisation: Organisation, person: str = "") -> str:
    """What stands in a link to a list."""
    return sign_list(organisation.code, organisation.id, person or organisation.email)


def sign_list(organisation_code: str, organisation_id: int, address: str) -> str:
    """The same for what is known of an organisation: its code, its key and to whom it is mailed."""
    return _sign(_LIST, [organisation_code, address_mark(organisation_id, address)])


def to_stop(language: str, organisation_code: str, organisation_id: int, address: str) -> str:
    """The address that stops the weekly lists mailed to an address with one click. It opens nothing else."""
    token = _sign(_STOP, [organisation_code, address_mark(organisation_id, address)])
    return f"{settings().public_url}/{language}/actions/weekly-list/stop/{token}"


def read_action(token: str) -> Link:
    """What a link to an action says. Raises NotFound when it was not made here for that."""
    return _read(_ACTION, token)


def read_organisation(token: str) -> Link:
    """What a link to an organisation's list says. Raises NotFound when it was not made here for that."""
    return _read(_LIST, token)


def read_stop(token: str) -> Link:
    """What a link that stops weekly lists says. Raises NotFound when it was not made here for that."""
    return _read(_STOP, token)


def is_for(link: Link, organisation_id: int, address: str) -> bool:
    """Whether a link was mailed to this address of an organisation."""
    return address_mark(organisation_id, address) == link.address_mark


def address_mark(organisation_id: int, address: str) -> str:
    """What stands in a link for the address it was mailed to."""
    return tokens.digest(settings().secret_key, "action link", f"{organisation_id}\0{address}").hex()[:24]


def _sign(purpose: str, content: list[str]) -> str:
    return signed_links.sign(settings().secret_key, purpose, content)


def _read(purpose: str, token: str) -> Link:
    signed = signed_links.read(settings().secret_key, purpose, token)
    code, mark = signed.content
    return Link(code, mark, signed.has_expired)
