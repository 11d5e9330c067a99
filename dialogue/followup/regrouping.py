"""What else is done to what lies in themes: undone, left out with a reason, marked as a minority view."""

from collections.abc import Collection

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.followup import placing, themes
from dialogue.followup.models import LeftOut, Regrouping, Theme, ThemeContribution, ThemeDecision
from dialogue.web.permissions import Actor

LONGEST_REASON = 200

_CHANGED = lazy("Something has happened to these contributions since, so this can no longer be undone.")


def undo(session: Session, actor: Actor, step: Regrouping) -> None:
    """Put back exactly what one step moved, and what it did to themes and decisions.

    Raises NotAllowed; Closed when it was undone before, or when something else has happened since to what it
    moved or to a theme that it would come back to.
    """
    themes.take_hold(session, actor, step.dialogue)
    first = session.scalar(
        update(Regrouping)
        .where(Regrouping.id == step.id, Regrouping.undone_at.is_(None))
        .values(undone_at=clock.now())
        .returning(Regrouping.id)
        .execution_options(synchronize_session=False)
    )
    if first is None:
        raise Closed(lazy("This has been undone already."))
    _take_back(session, step)
    before = session.scalars(
        select(ThemeContribution).where(ThemeContribution.id.in_(step.links["lifted"]))
    ).all()
    _open_themes(session, actor, step, {row.theme_id for row in before})
    marks: dict[int, dict[int, bool]] = {}
    for row in before:
        marks.setdefault(row.theme_id, {})[row.contribution_id] = row.is_minority
    for theme_id, marked in marks.items():
        placing.lay(session, actor, theme_id, marked)
    left_out = session.scalars(select(LeftOut).where(LeftOut.id.in_(step.links.get("taken_in", ())))).all()
    placing.leave_out(session, actor, {row.contribution_id: row.reason for row in left_out})
    themes.note(session, actor, step.theme, "undone", step.what.value)


def leave_out(session: Session, actor: Actor, dialogue: Dialogue, codes: Collection[str], reason: str) -> int:
    """Leave what lies in no theme out of all of them, and say why; return how many.

    Raises NotAllowed, Invalid without a reason or when nothing was chosen that waits to be placed.
    """
    themes.take_hold(session, actor, dialogue)
    if not reason:
        raise Invalid(lazy("Say why it belongs to no theme."), "reason")
    ids = themes.chosen(session, dialogue, codes)
    placed = placing.present(session, ids)
    known = set(
        session.scalars(
            select(LeftOut.contribution_id).where(
                LeftOut.contribution_id.in_(ids), LeftOut.removed_at.is_(None)
            )
        )
    )
    leaving = [one for one in ids if one not in placed and one not in known]
    placing.leave_out(session, actor, dict.fromkeys(leaving, reason))
    for one in leaving:
        _note(session, actor, dialogue.id, one, "left_out", reason)
    contributions.raise_version(session, dialogue.id)
    return len(leaving)


def take_in(session: Session, actor: Actor, dialogue: Dialogue, codes: Collection[str]) -> int:
    """Let what was left out wait to be placed again; return how many. Raises NotAllowed, Invalid."""
    themes.take_hold(session, actor, dialogue)
    ids = themes.chosen(session, dialogue, codes)
    taken = placing.take_in(session, ids)
    for one in session.scalars(select(LeftOut.contribution_id).where(LeftOut.id.in_(taken))):
        _note(session, actor, dialogue.id, one, "taken_in")
    contributions.raise_version(session, dialogue.id)
    return len(taken)


def mark(session: Session, actor: Actor, theme: Theme, codes: Collection[str]) -> int:
    """Show these as minority views of a theme; return how many. Raises NotAllowed, Invalid."""
    return _mark(session, actor, theme, codes, True)


def unmark(session: Session, actor: Actor, theme: Theme, codes: Collection[str]) -> int:
    """Show these among the others again; return how many. Raises NotAllowed, Invalid."""
    return _mark(session, actor, theme, codes, False)


def _mark(session: Session, actor: Actor, theme: Theme, codes: Collection[str], is_minority: bool) -> int:
    themes.take_hold(session, actor, theme.dialogue, theme)
    ids = themes.chosen(session, theme.dialogue, codes)
    changed = session.scalars(
        update(ThemeContribution)
        .where(
            ThemeContribution.theme_id == theme.id,
            ThemeContribution.contribution_id.in_(ids),
            ThemeContribution.removed_at.is_(None),
            ThemeContribution.is_minority != is_minority,
        )
        .values(is_minority=is_minority)
        .returning(ThemeContribution.id)
        .execution_options(synchronize_session=False)
    ).all()
    themes.note(session, actor, theme, "marked" if is_minority else "unmarked")
    return len(changed)


def _take_back(session: Session, step: Regrouping) -> None:
    """Lift what the step laid; of what it only lifted, nothing may lie anywhere now."""
    laid = step.links["laid"]
    if len(placing.lift(session, ThemeContribution.id.in_(laid))) != len(laid):
        raise Closed(_CHANGED)
    lifted = select(ThemeContribution.contribution_id).where(ThemeContribution.id.in_(step.links["lifted"]))
    elsewhere = select(func.count()).where(
        ThemeContribution.contribution_id.in_(lifted), ThemeContribution.removed_at.is_(None)
    )
    left_out = select(func.count()).where(LeftOut.contribution_id.in_(lifted), LeftOut.removed_at.is_(None))
    if session.scalar(elsewhere) or session.scalar(left_out):
        raise Closed(_CHANGED)


def _open_themes(session: Session, actor: Actor, step: Regrouping, needed: set[int]) -> None:
    """Take a merged theme into use again with its decisions, and put away one that was made by the step."""
    for theme_id in step.links.get("retired", ()):
        theme = session.get_one(Theme, theme_id, populate_existing=True)
        theme.retired_at = None
        themes.note(session, actor, theme, "restored")
        laid = ThemeDecision.id.in_(step.links["decisions_laid"])
        links = session.scalars(select(ThemeDecision).where(laid).order_by(ThemeDecision.id)).all()
        if any(link.removed_at and link.removed_at > link.placed_at for link in links):
            raise Closed(lazy("It has been decided anew since, so this can no longer be undone."))
        themes.move_decisions(session, actor, links, theme_id)
        themes.put_hearings(session, step.links["hearings"], step.theme_id, theme_id)
    session.flush()
    for theme in session.scalars(select(Theme).where(Theme.id.in_(needed), Theme.retired_at.is_not(None))):
        themes.check_in_use(theme)
    for theme_id in step.links.get("made", ()):
        made = session.get_one(Theme, theme_id, populate_existing=True)
        in_it = select(func.count()).where(
            ThemeContribution.theme_id == made.id, ThemeContribution.removed_at.is_(None)
        )
        if not session.scalar(in_it) and not themes.decisions(session, made):
            made.retired_at = clock.now()


def _note(
    session: Session, actor: Actor, dialogue_id: int, contribution_id: int, happened: str, text: str = ""
) -> None:
    contributions.note_change(
        session,
        dialogue_id,
        ("contribution", contribution_id),
        ("", happened),
        actor_id=actor.user_id,
        is_public=False,
        internal_note=text,
    )
