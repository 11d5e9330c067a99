"""What a room tells the house about itself, so that lower rooms need not know the higher ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint
from sqlalchemy import Select
from sqlalchemy.orm import Session

from dialogue.base.db import Database
from dialogue.base.i18n import Lazy
from dialogue.base.search import Documents
from dialogue.web.gatherings import Gathering, Openings, Seat
from dialogue.web.permissions import Actor, Permission
from dialogue.web.sources import Grouping, Source


@dataclass(frozen=True)
class Job:
    """Something the scheduler does every so often; ``run`` returns how many things it did."""

    name: str
    every: timedelta
    run: Callable[[Database], int]


@dataclass(frozen=True)
class DeskItem:
    """One thing that needs somebody today; without an address for who may not open it."""

    title: str
    url: str | None
    due: datetime | None = None
    detail: str = ""
    late: bool = False


@dataclass(frozen=True)
class DeskCard:
    """A kind of thing that needs somebody: heading, the first few, and how many there are in all.

    ``counts_items`` is False where the number counts what lies within the items, such as ideas on boards, and
    ``is_at_least`` where there may be more than were counted.
    What ``can_wait`` stands after what cannot, and what is urgent before everything.
    """

    key: str
    heading: Lazy
    items: Sequence[DeskItem]
    count: int
    counts_items: bool = True
    is_at_least: bool = False
    can_wait: bool = False
    is_urgent: bool = False

    @property
    def more(self) -> int:
        """How many items there are besides those named."""
        return self.count - len(self.items) if self.counts_items else 0

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Its place on the desk: what is urgent first, then what is late, what can wait last."""
        return (not self.is_urgent, not any(item.late for item in self.items), self.can_wait)


@dataclass(frozen=True)
class OnDay:
    """What else falls on a day of a calendar: the first few things, and how many more there are."""

    items: Sequence[DeskItem]
    more: int


@dataclass(frozen=True)
class Offer:
    """One thing a resident can do, or read, in a dialogue now; shown on the dialogue's public page.

    What ``can_wait``, such as a full meeting, stands after what cannot. ``from_poster`` leads whoever has
    scanned a poster straight to what they can do, and lets it be known that they came from there.
    """

    kind: str
    title: str
    detail: str
    url: str
    label: str
    is_open: bool
    can_wait: bool = False
    from_poster: str = ""


@dataclass(frozen=True)
class PublicPart:
    """A short section of a dialogue's public page, of plain lines; ``key`` names it in the page's address."""

    key: str
    heading: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Part:
    """A part of a dialogue as its desk page lists it; without an address for who may not add to it."""

    heading: Lazy
    items: Sequence[DeskItem]
    add_url: str | None
    add_label: Lazy
    empty: Lazy


@dataclass(frozen=True)
class FollowPart:
    """What the holder of a follow code sees of the thing itself, above its story.

    ``text`` is their own words in ``language``; ``heading_language`` is there when the heading is so too;
    ``edit_url`` is there while it can be changed. ``draft_key`` names what the form kept on the device while it was written, which is forgotten now that it is sent.
    ``waits`` says in a few words and a sentence what it waits for, and until when, while it is not shown. ``shown`` is ready markup of what was
    given besides words.
    ``is_passed_on`` says that somebody on duty has it: nothing of it is shown, and its giver is told where to turn, and pupils
    where they can talk with an adult. ``rules_url`` leads to how such things are read,
    ``same`` is the title and page of another that says the same.
    """

    heading: str
    text: str
    language: str
    heading_language: str = ""
    facts: Sequence[tuple[str, str]] = ()
    edit_url: str | None = None
    edit_label: str = ""
    withdraw_label: str = ""
    withdraw_question: str = ""
    draft_key: str = ""
    waits: tuple[str, str] | None = None
    shown: str = ""
    is_passed_on: bool = False
    has_pupils: bool = False
    rules_url: str = ""
    same: tuple[str, str] | None = None


@dataclass(frozen=True)
class ChainLink:
    """One thing that another comes from or has led to, up or down the chain: an idea, a theme, a decision,
    an action. ``url`` leads to its page."""

    heading: str
    title: str
    detail: str = ""
    url: str | None = None


@dataclass(frozen=True)
class MenuItem:
    """One entry of the desk's menu, shown to those who hold one of the permissions (or to all)."""

    key: str
    label: Lazy
    endpoint: str
    permissions: tuple[Permission, ...] = ()


@dataclass(frozen=True)
class Room:
    """A room's declaration. Functions take (session, dialogue) unless they say otherwise."""

    name: str
    blueprints: tuple[Blueprint, ...] = ()
    jobs: tuple[Job, ...] = ()
    # What must happen in a process before its jobs run, such as reading the demo's clock.
    before_jobs: tuple[Callable[[Database], None], ...] = ()
    # (session, actor) -> cards for the desk
    desk_cards: tuple[Callable[[Session, Actor], Sequence[DeskCard]], ...] = ()
    # (session, dialogue) -> what residents can do now
    offers: tuple[Callable[[Session, Any], Sequence[Offer]], ...] = ()
    # (session, dialogue) -> short sections of the dialogue's public page
    public_parts: tuple[Callable[[Session, Any], Sequence[PublicPart]], ...] = ()
    # (session, actor, dialogue) -> the room's part of the dialogue's desk page
    parts: tuple[Callable[[Session, Actor, Any], Part], ...] = ()
    menu: tuple[MenuItem, ...] = ()
    # contribution kind -> function (session, contribution, printed code) -> what its giver sees of it
    follow_parts: dict[str, Callable[[Session, Any, str], FollowPart]] = field(default_factory=dict)
    # contribution kind -> function (session, contribution) that takes it back and blanks what was given
    erasers: dict[str, Callable[[Session, Any], None]] = field(default_factory=dict)
    # (session, contribution): something given is shown no more, so its words must go from wherever else they stand
    no_longer_shown: tuple[Callable[[Session, Any], None], ...] = ()
    # (session, user): an account is closed, so what hangs on that person needs somebody else
    account_closed: tuple[Callable[[Session, Any], None], ...] = ()
    # (session, dialogue): residents can give something from now on, or no more, so open pages must say so
    opened_or_closed: tuple[Callable[[Session, Any], None], ...] = ()
    # (session, action) -> what the action comes from
    sources_of_action: tuple[Callable[[Session, Any], Sequence[ChainLink]], ...] = ()
    # (session, action, token) -> what else its owner and organiser can do with an action, on their pages of it;
    # the token is that of the link in the owner's mail, empty at the desk
    action_tools: tuple[Callable[[Session, Any, str], Sequence[ChainLink]], ...] = ()
    # (session, actor, a select of the ids of actions, first day, last day) -> what else falls on the days of these
    # actions' calendar
    action_days: tuple[Callable[[Session, Actor, Any, date, date], Mapping[date, OnDay]], ...] = ()
    # (session, contribution) -> what became of something given: its theme, decisions and public actions
    chain_below: tuple[Callable[[Session, Any], Sequence[ChainLink]], ...] = ()
    # (session, dialogue, a select of ids of contributions) -> what some of these are gathered under
    groupings: tuple[Callable[[Session, Any, Select[int]], Sequence[Grouping]], ...] = ()
    # name of a playbook's part -> function (session, dialogue, specification) that makes it
    playbook_parts: dict[str, Callable[[Session, Any, Any], None]] = field(default_factory=dict)
    # (session) -> the addresses of the files in the store that the room's rows name; others are swept
    files: tuple[Callable[[Session], set[str]], ...] = ()
    # (session, dialogue, group) -> pages on which a facilitator writes for the group
    group_tools: tuple[Callable[[Session, Any, Seat], Sequence[DeskItem]], ...] = ()
    # (session, actor, code of a meeting) -> the meeting with its groups, for whoever plans it; raises NotFound
    gatherings: tuple[Callable[[Session, Actor, str], Gathering], ...] = ()
    # (session, actor, meeting) -> pages on which its groups are given something of the room's
    gathering_tools: tuple[Callable[[Session, Actor, Gathering], Sequence[DeskItem]], ...] = ()
    # (session, actor, meeting) -> pages that lead to what of the room's is shown on the wall of the hall
    hall_tools: tuple[Callable[[Session, Actor, Gathering], Sequence[DeskItem]], ...] = ()
    # What an item of a meeting's run sheet can open in this room.
    openings: tuple[Openings, ...] = ()
    # (session, actor, board) -> what else its team can do with a board, on its page at the desk
    board_tools: tuple[Callable[[Session, Actor, Any], Sequence[DeskItem]], ...] = ()
    # (session, ids of goals whose words have changed): the room's public pages that name them are made anew
    goals_changed: tuple[Callable[[Session, Sequence[int]], None], ...] = ()
    # What can be searched for, for the index to be made anew from.
    documents: tuple[Documents, ...] = ()
    # The kinds of source that the room gives to themes (docs/decisions/0011).
    sources: tuple[Source, ...] = ()
