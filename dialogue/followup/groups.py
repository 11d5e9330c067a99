"""The follow code that a class or a group shares: it opens everything published that was given under its label."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from dialogue.base import audit, i18n, paging
from dialogue.base.db import insert_new
from dialogue.base.errors import Invalid, NotFound
from dialogue.base.i18n import lazy
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue
from dialogue.followup import chain
from dialogue.followup.models import GroupCode, Theme, ThemeContribution
from dialogue.followup.records import ThemeRecord
from dialogue.meetings.models import Group, Meeting
from dialogue.residents import operations as residents
from dialogue.residents.models import FollowCode
from dialogue.web import sources
from dialogue.web.permissions import Actor, Permission
from dialogue.web.sources import SourceText

PAGE_SIZE = 20
LONGEST_LABEL = 60


@dataclass(frozen=True)
class Label:
    """A class or group: how many published things were given under its name, and its code if it has one."""

    name: str
    given: int
    group_id: int | None
    printed_code: str


@dataclass(frozen=True)
class Gathered:
    """What a group gave that lies in one theme, or in none yet, and how many of it there are on all pages."""

    theme: ThemeRecord | None
    given: int
    contributions: Sequence[Contribution]


@dataclass(frozen=True)
class GivenByGroup:
    """One page of what a group gave, by theme, with the words of each thing."""

    parts: Sequence[Gathered]
    texts: Mapping[int, SourceText]
    number: int
    pages: int
    total: int


def labels(session: Session, dialogue: Dialogue) -> list[Label]:
    """The labels that are in use in a dialogue: those that something was given under, and those of its
    meetings' groups."""
    counts = Counter[str](dict(session.execute(_counts(dialogue.id)).all()))
    names = session.scalars(select(Group.name).join(Group.meeting).where(Meeting.dialogue_id == dialogue.id))
    for name in names:
        counts.setdefault(name.pick("nb").text[:LONGEST_LABEL], 0)
    codes = {
        group.label: (group.id, residents.printed_code(code))
        for group, code in session.execute(
            select(GroupCode, FollowCode)
            .join(FollowCode, FollowCode.id == GroupCode.follow_code_id)
            .where(GroupCode.dialogue_id == dialogue.id)
        )
    }
    found = sorted({*counts, *codes} - {""}, key=lambda name: (name.casefold(), name))
    return [Label(name, counts[name], *codes.get(name, (None, ""))) for name in found]


def _counts(dialogue_id: int) -> Select[str, int]:
    return (
        select(Contribution.label, func.count())
        .where(Contribution.dialogue_id == dialogue_id, Contribution.label != "", _can_be_seen())
        .group_by(Contribution.label)
    )


def make(session: Session, actor: Actor, dialogue: Dialogue, label: str) -> GroupCode:
    """Give a class or group its code, once; the same one however often it is asked for.

    Raises NotAllowed, and Invalid for a label that is not in use.
    """
    actor.require(Permission.MANAGE_DIALOGUE, dialogue.scope())
    if label not in {known.name for known in labels(session, dialogue)}:
        raise Invalid(lazy("Choose a class or group that has given something."), "label")
    # Its own name is its key, so that two who make it at once make one.
    receipt = residents.issue_code(session, f"group {dialogue.id}", label, i18n.DEFAULT_LANGUAGE)
    values = {"dialogue_id": dialogue.id, "label": label, "follow_code_id": receipt.follow_code_id}
    made = insert_new(session, GroupCode, values)
    if made is not None:
        audit.record(session, actor.user_id, "make", "group code", made, dialogue.id)
    return session.scalars(
        select(GroupCode).where(GroupCode.dialogue_id == dialogue.id, GroupCode.label == label)
    ).one()


def for_slip(session: Session, dialogue: Dialogue, group_id: int) -> tuple[GroupCode, str]:
    """A group's code with what is printed. Raises NotFound for that of another dialogue."""
    row = session.execute(
        select(GroupCode, FollowCode)
        .join(FollowCode, FollowCode.id == GroupCode.follow_code_id)
        .where(GroupCode.id == group_id, GroupCode.dialogue_id == dialogue.id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], residents.printed_code(row[1])


def of_code(session: Session, follow_code_id: int) -> GroupCode | None:
    """The group whose code this is, with its dialogue; None for a code of one's own."""
    return session.scalars(
        select(GroupCode)
        .where(GroupCode.follow_code_id == follow_code_id)
        .options(
            joinedload(GroupCode.dialogue).joinedload(Dialogue.promised_by),
            joinedload(GroupCode.dialogue).joinedload(Dialogue.municipality),
        )
    ).one_or_none()


def given_by(session: Session, group: GroupCode, number: int) -> GivenByGroup:
    """One page of what everybody may read of a group's contributions, by theme and then the oldest first.

    The story of a theme is read once for all that lies in it, and the number of statements does not grow.
    """
    counts = _by_theme(session, group)
    total = sum(counts.values())
    number, pages, offset = paging.place(number, total, PAGE_SIZE)
    rows = session.execute(
        _placed(select(Contribution, Theme.id), group)
        .order_by(Theme.id.is_(None), Theme.position, Theme.id, Contribution.id)
        .limit(PAGE_SIZE)
        .offset(offset)
    ).all()
    themes = chain.themes_of(session, [contribution.id for contribution, _theme in rows])
    parts = []
    for theme_id, together in groupby(rows, key=lambda row: row[1]):
        things = [contribution for contribution, _theme in together]
        parts.append(Gathered(themes.get(things[0].id), counts[theme_id], things))
    return GivenByGroup(parts, _texts(session, [row[0] for row in rows]), number, pages, total)


def _by_theme(session: Session, group: GroupCode) -> dict[int | None, int]:
    """How many things of a group lie in each theme; in none under None."""
    rows = session.execute(_placed(select(Theme.id, func.count(Contribution.id)), group).group_by(Theme.id))
    return dict(rows.all())


def _placed(statement: Any, group: GroupCode) -> Any:
    return (
        statement.select_from(Contribution)
        .outerjoin(
            ThemeContribution,
            (ThemeContribution.contribution_id == Contribution.id) & ThemeContribution.removed_at.is_(None),
        )
        .outerjoin(Theme, Theme.id == ThemeContribution.theme_id)
        .where(
            Contribution.dialogue_id == group.dialogue_id, Contribution.label == group.label, _can_be_seen()
        )
    )


def _texts(session: Session, contributions: Sequence[Contribution]) -> dict[int, SourceText]:
    by_kind = defaultdict(list)
    for contribution in contributions:
        by_kind[contribution.kind].append(contribution.id)
    return {
        key: text
        for kind, ids in by_kind.items()
        for key, text in sources.of(kind).texts(session, ids).items()
    }


def _can_be_seen() -> ColumnElement[bool]:
    return (Contribution.state == ContributionState.PUBLISHED) & Contribution.kind.in_(sources.shown())
