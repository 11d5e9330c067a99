"""Condensing: contributions are gathered under themes, regrouped and merged, and every original stays.

A link is never deleted: it is removed with its time, and a new one is placed. So all of it can be undone
by placing things back, and the history tells what lay where.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionKind, ContributionState, Dialogue
from dialogue.followup import queries
from dialogue.followup.models import Theme, ThemeContribution, ThemeDecision
from dialogue.residents.operations import first_time
from dialogue.web.permissions import Actor, Permission

LONGEST_TITLE = 80
LONGEST_WORDS = 400


@dataclass(frozen=True)
class ThemeWords:
    """A theme in the words of the brief."""

    title: Translated
    what_people_say: Translated
    what_we_propose: Translated
    who: Translated


def create(
    session: Session, actor: Actor, dialogue: Dialogue, title: Translated, submission_key: str
) -> Theme:
    """Make a theme, last in the order; the same page sent twice makes one. Raises NotAllowed, Invalid."""
    _take_hold(session, actor, dialogue)
    if not title:
        raise Invalid(lazy("Give the theme a name."), "title")
    if submission_key and not first_time(session, submission_key, f"theme\0{dialogue.id}\0{title}"):
        newest = select(Theme).where(Theme.dialogue_id == dialogue.id).order_by(Theme.id.desc()).limit(1)
        return session.scalars(newest).one()
    last = session.scalar(select(func.max(Theme.position)).where(Theme.dialogue_id == dialogue.id)) or 0
    theme = Theme(dialogue=dialogue, title=title, position=last + 1, created_at=clock.now())
    session.add(theme)
    session.flush()
    _note(session, actor, theme, "created")
    return theme


def place(session: Session, actor: Actor, theme: Theme, codes: Collection[str]) -> int:
    """Put published ideas into a theme, out of the one they lie in; return how many were moved.

    Raises NotAllowed, Closed for a retired theme, Invalid when nothing was chosen.
    """
    _take_hold(session, actor, theme.dialogue, theme)
    _check_in_use(theme)
    chosen = _chosen(session, theme.dialogue, codes)
    present = _present(session, chosen)
    moving = [one for one in chosen if present.get(one) != theme.id]
    _remove(session, moving)
    _add(session, actor, theme, moving)
    _note(session, actor, theme, "placed")
    return len(moving)


def take_out(session: Session, actor: Actor, theme: Theme, codes: Collection[str]) -> int:
    """Take ideas out of a theme, so that they wait to be placed again; return how many.

    Raises NotAllowed, Invalid when nothing was chosen.
    """
    _take_hold(session, actor, theme.dialogue, theme)
    chosen = _chosen(session, theme.dialogue, codes)
    present = _present(session, chosen)
    leaving = [one for one in chosen if present.get(one) == theme.id]
    _remove(session, leaving)
    _note(session, actor, theme, "taken out")
    return len(leaving)


def merge(session: Session, actor: Actor, source: Theme, target: Theme) -> None:
    """Put everything of one theme into another and retire the emptied one.

    What was decided about it goes along where the other has no decision. Raises NotAllowed, Invalid for
    themes of different dialogues, the same theme, or two that are both decided: what people have been
    told would change without anybody deciding it.
    """
    _take_hold(session, actor, source.dialogue, source, target)
    _check_in_use(source)
    _check_in_use(target)
    if source.id == target.id or source.dialogue_id != target.dialogue_id:
        raise Invalid(lazy("Choose another theme of the same dialogue."), "target")
    decided = _decisions(session, source)
    if decided and _decisions(session, target):
        raise Invalid(
            lazy("Both themes have been decided, and people have been told. Move single ideas instead."),
            "target",
        )
    everything = session.scalars(
        select(ThemeContribution.contribution_id).where(
            ThemeContribution.theme_id == source.id, ThemeContribution.removed_at.is_(None)
        )
    ).all()
    _remove(session, everything)
    _add(session, actor, target, everything)
    for link in decided:
        link.removed_at = clock.now()
        session.add(
            ThemeDecision(
                theme_id=target.id, decision_id=link.decision_id, placed_at=clock.now(), by_id=actor.user_id
            )
        )
    source.retired_at = clock.now()
    _note(session, actor, source, "merged", f"into {target.code}")


def reword(session: Session, actor: Actor, theme: Theme, words: ThemeWords) -> None:
    """Change a theme's name and its words in the brief. Raises NotAllowed, Invalid without a name."""
    _take_hold(session, actor, theme.dialogue, theme)
    if not words.title:
        raise Invalid(lazy("Give the theme a name."), "title")
    theme.title, theme.who = words.title, words.who
    theme.what_people_say, theme.what_we_propose = words.what_people_say, words.what_we_propose
    _note(session, actor, theme, "reworded")


def move(session: Session, actor: Actor, theme: Theme, *, up: bool) -> None:
    """Let a theme change places with the one before or after it. Raises NotAllowed."""
    _take_hold(session, actor, theme.dialogue, theme)
    order = list(queries.themes_in(session, theme.dialogue_id))
    place_now = next(place for place, one in enumerate(order) if one.id == theme.id)
    place_then = place_now - 1 if up else place_now + 1
    if 0 <= place_then < len(order):
        order[place_now], order[place_then] = order[place_then], order[place_now]
    for place, one in enumerate(order, start=1):
        one.position = place
    session.flush()
    contributions.raise_version(session, theme.dialogue_id)


def retire(session: Session, actor: Actor, theme: Theme) -> None:
    """Put an empty theme away. Raises NotAllowed, Closed when something lies in it or it has been decided."""
    _take_hold(session, actor, theme.dialogue, theme)
    in_it = select(func.count()).where(
        ThemeContribution.theme_id == theme.id, ThemeContribution.removed_at.is_(None)
    )
    if session.scalar(in_it) or _decisions(session, theme):
        raise Closed(lazy("Only a theme without ideas and decisions can be put away. Move its ideas first."))
    theme.retired_at = clock.now()
    _note(session, actor, theme, "retired")


def restore(session: Session, actor: Actor, theme: Theme) -> None:
    """Take a theme into use again that was put away or merged; what lay in it is placed back by hand."""
    _take_hold(session, actor, theme.dialogue, theme)
    theme.retired_at = None
    _note(session, actor, theme, "restored")


def take_turns(session: Session, dialogue: Dialogue, *themes: Theme) -> None:
    """Let those who change the themes of a dialogue do it one after the other, each seeing what the one
    before did to these themes."""
    session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    for theme in themes:
        session.refresh(theme, ["position", "retired_at"])


def _take_hold(session: Session, actor: Actor, dialogue: Dialogue, *themes: Theme) -> None:
    actor.require(Permission.CONDENSE, dialogue.scope())
    take_turns(session, dialogue, *themes)


def _check_in_use(theme: Theme) -> None:
    if theme.retired_at is not None:
        raise Closed(lazy("This theme has been put away. Choose another one."))


def _chosen(session: Session, dialogue: Dialogue, codes: Collection[str]) -> list[int]:
    chosen = list(
        session.scalars(
            select(Contribution.id)
            .where(
                Contribution.dialogue_id == dialogue.id,
                Contribution.code.in_(codes),
                Contribution.kind == ContributionKind.IDEA,
                Contribution.state == ContributionState.PUBLISHED,
            )
            .order_by(Contribution.id)
        )
    )
    if not chosen:
        raise Invalid(lazy("Choose at least one idea."), "ideas")
    return chosen


def _present(session: Session, ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(ThemeContribution.contribution_id, ThemeContribution.theme_id).where(
            ThemeContribution.contribution_id.in_(ids), ThemeContribution.removed_at.is_(None)
        )
    )
    return dict(rows.all())


def _remove(session: Session, ids: Sequence[int]) -> None:
    session.execute(
        update(ThemeContribution)
        .where(ThemeContribution.contribution_id.in_(ids), ThemeContribution.removed_at.is_(None))
        .values(removed_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def _add(session: Session, actor: Actor, theme: Theme, ids: Sequence[int]) -> None:
    moment = clock.now()
    session.add_all(
        ThemeContribution(theme_id=theme.id, contribution_id=one, placed_at=moment, by_id=actor.user_id)
        for one in ids
    )
    session.flush()


def _decisions(session: Session, theme: Theme) -> Sequence[ThemeDecision]:
    return session.scalars(
        select(ThemeDecision).where(ThemeDecision.theme_id == theme.id, ThemeDecision.removed_at.is_(None))
    ).all()


def _note(session: Session, actor: Actor, theme: Theme, happened: str, note: str = "") -> None:
    """Write the team's line of history. It is not told back: the answer is, when there is one."""
    contributions.note_change(
        session,
        theme.dialogue_id,
        ("theme", theme.id),
        ("", happened),
        actor_id=actor.user_id,
        is_public=False,
        internal_note=note,
    )
    session.flush()
    contributions.raise_version(session, theme.dialogue_id)
