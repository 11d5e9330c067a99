"""The rows that say where something lies: lifted, laid and remembered, so that a step can be undone.

Who may do it and what is allowed stands in ``themes`` and ``regrouping``; this knows the rows only.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.followup.models import LeftOut, Regrouped, Regrouping, Theme, ThemeContribution
from dialogue.web.permissions import Actor

# A larger step is not remembered; nobody wants so much undone by one button.
MOST_REMEMBERED = 10_000

Links = Mapping[str, list[int]]
"""Keys of rows that a step removed or placed, by what they are: ``lifted``, ``laid``, ``taken_in``, and of a
merge or a split also ``decisions_laid``, ``hearings``, ``retired`` and ``made``."""


def present(session: Session, ids: Collection[int]) -> dict[int, int]:
    """The theme in which each of these contributions lies; those that lie in none are left out."""
    rows = session.execute(
        select(ThemeContribution.contribution_id, ThemeContribution.theme_id).where(
            ThemeContribution.contribution_id.in_(ids), ThemeContribution.removed_at.is_(None)
        )
    )
    return dict(rows.all())


def lift(session: Session, *conditions: ColumnElement[bool]) -> list[ThemeContribution]:
    """Take what meets the conditions out of where it lies; return the rows as they were."""
    rows = session.scalars(
        select(ThemeContribution)
        .where(ThemeContribution.removed_at.is_(None), *conditions)
        .order_by(ThemeContribution.contribution_id)
        .execution_options(populate_existing=True)
    ).all()
    moment = clock.now()
    for row in rows:
        row.removed_at = moment
    session.flush()
    return list(rows)


def lay(session: Session, actor: Actor, theme_id: int, marked: Mapping[int, bool]) -> list[int]:
    """Put contributions into a theme, each marked as a minority view or not; return the new rows' keys."""
    if not marked:
        return []
    moment = clock.now()
    rows = [
        {
            "theme_id": theme_id,
            "contribution_id": one,
            "is_minority": is_minority,
            "placed_at": moment,
            "by_id": actor.user_id,
        }
        for one, is_minority in marked.items()
    ]
    return list(session.scalars(insert(ThemeContribution).returning(ThemeContribution.id), rows))


def take_in(session: Session, ids: Collection[int]) -> list[int]:
    """Let what was left out be left out no more; return the keys of the rows that said so."""
    return list(
        session.scalars(
            update(LeftOut)
            .where(LeftOut.contribution_id.in_(ids), LeftOut.removed_at.is_(None))
            .values(removed_at=clock.now())
            .returning(LeftOut.id)
            .execution_options(synchronize_session=False)
        )
    )


def leave_out(session: Session, actor: Actor, reasons: Mapping[int, str]) -> None:
    """Leave contributions out of every theme, each with its reason."""
    moment = clock.now()
    session.add_all(
        LeftOut(contribution_id=one, reason=reason, placed_at=moment, by_id=actor.user_id)
        for one, reason in reasons.items()
    )
    session.flush()


def remember(session: Session, actor: Actor, theme: Theme, what: Regrouped, links: Links) -> None:
    """Keep what a step did, so that it can be undone; nothing is kept of one that moved nothing."""
    count = len(links["lifted"]) if what is Regrouped.TAKEN_OUT else len(links["laid"])
    if 0 < count <= MOST_REMEMBERED:
        session.add(
            Regrouping(
                dialogue_id=theme.dialogue_id,
                what=what,
                theme_id=theme.id,
                count=count,
                links=dict(links),
                by_id=actor.user_id,
                at=clock.now(),
            )
        )
        session.flush()


def keys(rows: Sequence[ThemeContribution]) -> list[int]:
    """The keys of rows."""
    return [row.id for row in rows]
