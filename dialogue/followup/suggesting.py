"""What is not placed yet, in groups that look alike: those that fit a theme, and those that may become one.

What looks alike is a matter of letters (docs/decisions/0017). So these are proposals on a page of their own; nothing
is placed until somebody has read them and says so.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from dialogue.base import likeness
from dialogue.base.i18n import Labelled
from dialogue.base.likeness import Index
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.followup import gathered, placed
from dialogue.followup.gathered import Gathered
from dialogue.followup.models import Theme, ThemeContribution

# As many are compared as takes a second or two; the rest come when these are placed.
MOST_COMPARED = 2000
# Of what lies in themes, the latest placed stand for the others.
MOST_PLACED = 1000
MOST_SHOWN = 12
# More in one group are not read before they are placed.
MOST_IN_GROUP = 40
_PORTION = 500


@dataclass(frozen=True)
class Group:
    """Contributions that look alike, and the theme that holds others like them, if one does. ``words`` are the
    ones that most of them use."""

    items: Sequence[Gathered]
    theme: Theme | None
    words: Sequence[str]

    @property
    def key(self) -> str:
        """What it is known by on the page: the code of its first."""
        return self.items[0].contribution.code


@dataclass(frozen=True)
class Suggestions:
    """The groups to be shown, how many there are in all, and among how many contributions was looked."""

    groups: Sequence[Group]
    total: int
    compared: int

    @property
    def needs_note(self) -> bool:
        """Whether the reading of it is noted, since its words are for a few only."""
        return any(one.source.needs for group in self.groups for one in group.items)


def suggestions(
    session: Session, dialogue_id: int, readable: Collection[Labelled], put_aside: Collection[str] = ()
) -> Suggestions:
    """The groups among what is not placed, of the kinds that somebody may read; without those put aside."""
    waiting = _with_words(
        session,
        select(Contribution)
        .where(*placed.waits_for_theme(dialogue_id), Contribution.kind.in_(readable))
        .order_by(Contribution.id)
        .limit(MOST_COMPARED),
    )
    by_theme, rest = _that_fit(session, dialogue_id, readable, waiting)
    found = [
        Group(items[:MOST_IN_GROUP], theme, likeness.telling(map(_text, items))) for theme, items in by_theme
    ]
    for places in likeness.groups([_text(one) for one in rest]):
        items = [rest[place] for place in places]
        found.append(Group(items[:MOST_IN_GROUP], None, likeness.telling(map(_text, items))))
    kept = [group for group in found if group.key not in put_aside]
    return Suggestions(kept[:MOST_SHOWN], len(kept), len(waiting))


def _that_fit(
    session: Session, dialogue_id: int, readable: Collection[Labelled], waiting: Sequence[Gathered]
) -> tuple[list[tuple[Theme, list[Gathered]]], list[Gathered]]:
    """What is like something that lies in a theme, by theme in their order, and the rest."""
    lies_in, themes = _themes_of(session, dialogue_id)
    there = _with_words(
        session,
        select(Contribution).where(
            Contribution.id.in_(list(lies_in)),
            Contribution.kind.in_(readable),
            Contribution.state == ContributionState.PUBLISHED,
        ),
    )
    index = Index(((lies_in[one.contribution.id], one.contribution.id), _text(one)) for one in there)
    fits: dict[int, list[Gathered]] = defaultdict(list)
    rest = []
    for one in waiting:
        like = index.like(_text(one))
        if like:
            # The theme with most that is like it; of several, the one with the most alike.
            fits[Counter(match.key[0] for match in like).most_common(1)[0][0]].append(one)
        else:
            rest.append(one)
    return [(theme, fits[theme.id]) for theme in themes if theme.id in fits], rest


def _themes_of(session: Session, dialogue_id: int) -> tuple[dict[int, int], list[Theme]]:
    rows = session.execute(
        select(ThemeContribution.contribution_id, Theme)
        .join(ThemeContribution.theme)
        .where(
            Theme.dialogue_id == dialogue_id,
            Theme.retired_at.is_(None),
            ThemeContribution.removed_at.is_(None),
        )
        .order_by(ThemeContribution.id.desc())
        .limit(MOST_PLACED)
    ).all()
    themes = {theme.id: theme for _key, theme in rows}
    in_order = sorted(themes.values(), key=lambda theme: (theme.position, theme.id))
    return {key: theme.id for key, theme in rows}, in_order


def _with_words(session: Session, chosen: Select[Contribution]) -> list[Gathered]:
    contributions = session.scalars(chosen).all()
    return [
        one
        for start in range(0, len(contributions), _PORTION)
        for one in gathered.with_words(session, contributions[start : start + _PORTION])
    ]


def _text(one: Gathered) -> str:
    return f"{one.said.title}\n{one.said.text}"
