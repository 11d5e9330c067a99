"""The feed of what has changed in public: a list of entries, and Atom (RFC 4287) made of it.

An entry is known by a tag URI (RFC 4151) that never changes, so that a reader of feeds shows it once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from xml.etree import ElementTree as Xml

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.models import Action
from dialogue.actions.queries import is_public
from dialogue.actions.rules import ENDS
from dialogue.base.i18n import _, show_date
from dialogue.dialogues.models import Dialogue
from dialogue.followup.chain import is_released
from dialogue.followup.models import Body, Decision, Theme, ThemeDecision
from dialogue.reporting.queries import Within

LONGEST = 30
ATOM = "http://www.w3.org/2005/Atom"
# The year in which this way of naming began; it stays.
NAMED_SINCE = "2026"
# What no XML may hold.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One public change. ``page`` is the endpoint and the code of the page that tells of it."""

    key: str
    at: datetime
    title: str
    text: str
    page: tuple[str, str]


@dataclass(frozen=True)
class Heading:
    """What a feed is about: its own address, the page it belongs to, and the host that names its entries."""

    title: str
    key: str
    host: str
    language: str
    own_url: str
    page_url: str


def entries(session: Session, within: Within) -> list[Entry]:
    """The latest public changes, the newest first."""
    found = [
        *_begun(session, within),
        *_decided(session, within),
        *_accepted(session, within),
        *_ended(session, within),
    ]
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)[:LONGEST]


def _begun(session: Session, within: Within) -> list[Entry]:
    dialogues = session.scalars(
        select(Dialogue)
        .where(within, Dialogue.published_at.is_not(None))
        .order_by(Dialogue.published_at.desc(), Dialogue.id.desc())
        .limit(LONGEST)
    )
    return [
        Entry(
            f"dialogue/{dialogue.code}",
            dialogue.published_at,
            _("New dialogue: %(title)s", title=dialogue.title),
            str(dialogue.question),
            ("overview.dialogue", dialogue.code),
        )
        for dialogue in dialogues
        if dialogue.published_at is not None
    ]


def _decided(session: Session, within: Within) -> list[Entry]:
    rows = session.execute(
        select(Theme.code, Theme.title, Decision)
        .select_from(ThemeDecision)
        .join(Decision, Decision.id == ThemeDecision.decision_id)
        .join(Theme, Theme.id == ThemeDecision.theme_id)
        .join(Dialogue, Dialogue.id == Decision.dialogue_id)
        .where(within, is_released(), ThemeDecision.removed_at.is_(None), Theme.retired_at.is_(None))
        .options(joinedload(Decision.body).load_only(Body.name, Body.power))
        .order_by(Decision.released_at.desc(), Decision.id.desc())
        .limit(LONGEST)
    )
    return [
        Entry(
            f"decision/{decision.code}/{code}",
            decision.released_at,
            f"{decision.body.power.label}: {decision.outcome.label}. {title}",
            _("%(body)s: %(explanation)s", body=decision.body.name, explanation=decision.explanation),
            ("chain.theme", code),
        )
        for code, title, decision in rows
        if decision.released_at is not None
    ]


def _accepted(session: Session, within: Within) -> list[Entry]:
    actions = session.scalars(
        select(Action)
        .join(Action.dialogue)
        .where(within, is_public())
        .options(joinedload(Action.owner))
        .order_by(Action.accepted_at.desc(), Action.id.desc())
        .limit(LONGEST)
    )
    return [
        Entry(
            f"action/{action.code}/accepted",
            action.accepted_at,
            _("Somebody has said yes: %(action)s", action=action.title),
            _("%(owner)s does it by %(day)s.", owner=action.owner.name, day=show_date(action.due_on)),
            ("chain.action", action.code),
        )
        for action in actions
        if action.accepted_at is not None
    ]


def _ended(session: Session, within: Within) -> list[Entry]:
    actions = session.scalars(
        select(Action)
        .join(Action.dialogue)
        .where(within, is_public(), Action.state.in_(ENDS), Action.ended_on.is_not(None))
        .order_by(Action.ended_on.desc(), Action.id.desc())
        .limit(LONGEST)
    )
    return [
        Entry(
            f"action/{action.code}/ended",
            datetime.combine(action.ended_on, time(12), UTC),
            f"{action.state.label}: {action.title}",
            str(action.outcome),
            ("chain.action", action.code),
        )
        for action in actions
        if action.ended_on is not None
    ]


def atom(heading: Heading, listed: Sequence[tuple[Entry, str]], since: datetime) -> str:
    """The feed as Atom; each entry stands with the address of its page. ``since`` is the time of a feed that is
    empty yet."""
    Xml.register_namespace("", ATOM)
    feed = Xml.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": heading.language})
    _add(feed, "title", heading.title)
    _add(feed, "id", _tag(heading, heading.key))
    _add(feed, "updated", _moment(max((entry.at for entry, _url in listed), default=since)))
    _add(feed, "link", rel="self", type="application/atom+xml", href=heading.own_url)
    _add(feed, "link", rel="alternate", type="text/html", href=heading.page_url)
    author = Xml.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", "Dialogue")
    for entry, url in listed:
        written = Xml.SubElement(feed, f"{{{ATOM}}}entry")
        _add(written, "title", entry.title)
        _add(written, "id", _tag(heading, entry.key))
        _add(written, "updated", _moment(entry.at))
        _add(written, "link", rel="alternate", type="text/html", href=url)
        _add(written, "summary", entry.text)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(feed, encoding="unicode")


def _tag(heading: Heading, key: str) -> str:
    # The same change in another language is another entry, or a reader of both feeds would see it in one only.
    return f"tag:{heading.host},{NAMED_SINCE}:{heading.language}/{key}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> None:
    element = Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text:
        element.text = _UNWRITABLE.sub("", text)
