"""Condensing: contributions are gathered under themes, regrouped and merged, and every original stays.

A link is never deleted: it is removed with its time, and a new one is placed. So all of it can be undone
by placing things back, and the history tells what lay where.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, aliased, joinedload

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.base.revisions import differing, is_as_shown
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.followup import chain, placed, placing, queries
from dialogue.followup.models import Hearing, Regrouped, Theme, ThemeContribution, ThemeDecision
from dialogue.residents.operations import first_time
from dialogue.web.permissions import Actor, Permission

LONGEST_TITLE = 80
LONGEST_WORDS = 400

_CHANGED = lazy(
    "Somebody else changed this theme while you wrote. Read what is new below, and send again if it still holds."
)


@dataclass(frozen=True)
class ThemeWords:
    """A theme in the words of the brief."""

    title: Translated
    what_people_say: Translated
    what_we_propose: Translated
    who: Translated
    # For the annex.
    going_on: Translated = field(default_factory=Translated)
    minority: Translated = field(default_factory=Translated)
    options: Translated = field(default_factory=Translated)
    open_questions: Translated = field(default_factory=Translated)
    goal_id: int | None = None


def create(
    session: Session, actor: Actor, dialogue: Dialogue, title: Translated, submission_key: str
) -> Theme:
    """Make a theme, last in the order; the same page sent twice makes one. Raises NotAllowed, Invalid."""
    take_hold(session, actor, dialogue)
    return _new(session, actor, dialogue, title, submission_key) or _newest(session, dialogue)


def place(session: Session, actor: Actor, theme: Theme, codes: Collection[str]) -> int:
    """Put what was given into a theme, out of where it lies; return how many were moved.

    What was left out is so no more. Raises NotAllowed, Closed for a retired theme, Invalid when nothing was
    chosen.
    """
    take_hold(session, actor, theme.dialogue, theme)
    check_in_use(theme)
    moved = _move(session, actor, theme, chosen(session, theme.dialogue, codes), Regrouped.PLACED)
    note(session, actor, theme, "placed")
    return moved


def gather(session: Session, actor: Actor, dialogue: Dialogue, theme: Theme, codes: Collection[str]) -> int:
    """Put what still lies in no theme into one; return how many of these somebody else has placed meanwhile,
    which stay there. Raises NotAllowed, Closed for a retired theme, Invalid when nothing was chosen or for a theme
    of another dialogue."""
    take_hold(session, actor, dialogue, theme)
    check_in_use(theme)
    if theme.dialogue_id != dialogue.id:
        raise Invalid(lazy("Choose another theme of the same dialogue."), "theme")
    ids = chosen(session, dialogue, codes)
    free = _free(session, ids)
    _move(session, actor, theme, free, Regrouped.PLACED)
    note(session, actor, theme, "placed")
    return len(ids) - len(free)


def make_of(
    session: Session, actor: Actor, dialogue: Dialogue, codes: Collection[str], title: Translated, key: str
) -> int:
    """Make a theme, last in the order, of what still lies in none; return how many of these somebody else has
    placed meanwhile, which stay there. The same page sent twice makes one.

    Raises NotAllowed, Invalid without a name or when nothing of it is left to be placed.
    """
    take_hold(session, actor, dialogue)
    made = _new(session, actor, dialogue, title, key)
    if made is None:
        return 0
    ids = chosen(session, dialogue, codes)
    free = _free(session, ids)
    if not free:
        raise Invalid(lazy("Somebody else has placed all of these meanwhile."), "title")
    _move(session, actor, made, free, Regrouped.SPLIT, {"made": [made.id]})
    return len(ids) - len(free)


def split(
    session: Session, actor: Actor, source: Theme, codes: Collection[str], title: Translated, key: str
) -> Theme:
    """Make a new theme of what was chosen in another one, last in the order; the same page sent twice makes one.

    Raises NotAllowed, Invalid without a name or when nothing was chosen that lies in the theme.
    """
    take_hold(session, actor, source.dialogue, source)
    moving = chosen(session, source.dialogue, codes)
    lies_in = placing.present(session, moving)
    moving = [one for one in moving if lies_in.get(one) == source.id]
    made = _new(session, actor, source.dialogue, title, key)
    if made is None:
        return _newest(session, source.dialogue)
    if not moving:
        raise Invalid(lazy("Choose at least one contribution."), "chosen")
    _move(session, actor, made, moving, Regrouped.SPLIT, {"made": [made.id]})
    note(session, actor, source, "split", f"into {made.code}")
    return made


def take_out(session: Session, actor: Actor, theme: Theme, codes: Collection[str]) -> int:
    """Take contributions out of a theme, so that they wait to be placed again; return how many.

    Raises NotAllowed, Invalid when nothing was chosen.
    """
    take_hold(session, actor, theme.dialogue, theme)
    leaving = chosen(session, theme.dialogue, codes)
    lifted = placing.lift(
        session, ThemeContribution.contribution_id.in_(leaving), ThemeContribution.theme_id == theme.id
    )
    placing.remember(session, actor, theme, Regrouped.TAKEN_OUT, {"lifted": placing.keys(lifted), "laid": []})
    note(session, actor, theme, "taken out")
    return len(lifted)


def merge(session: Session, actor: Actor, source: Theme, target: Theme) -> None:
    """Put everything of one theme into another and retire the emptied one; minority views stay marked.

    What was decided about it goes along, what was decided anew since included, and who talked about it. Raises NotAllowed, Invalid for
    themes of different dialogues, the same theme, or two that the same body has both decided about: what people
    have been told would change without anybody deciding it.
    """
    take_hold(session, actor, source.dialogue, source, target)
    check_in_use(source)
    check_in_use(target)
    if source.id == target.id or source.dialogue_id != target.dialogue_id:
        raise Invalid(lazy("Choose another theme of the same dialogue."), "target")
    decided = decisions(session, source)
    bodies = {link.decision.body_id for link in decisions(session, target)}
    if any(link.decision.body_id in bodies for link in decided):
        raise Invalid(
            lazy("The same body has decided about both themes. Move single contributions instead."),
            "target",
        )
    lifted = placing.lift(session, ThemeContribution.theme_id == source.id)
    laid = placing.lay(session, actor, target.id, {row.contribution_id: row.is_minority for row in lifted})
    links = {
        "lifted": placing.keys(lifted),
        "laid": laid,
        "decisions_laid": move_decisions(session, actor, all_decisions(session, source), target.id),
        "hearings": _move_hearings(session, source, target),
        "retired": [source.id],
    }
    source.retired_at = clock.now()
    placing.remember(session, actor, target, Regrouped.MERGED, links)
    note(session, actor, source, "merged", f"into {target.code}")


def reword(session: Session, actor: Actor, theme: Theme, revision: int, words: ThemeWords) -> None:
    """Change a theme's name and its words in the brief; words that stand there already change nothing.

    Raises NotAllowed, Invalid without a name, Changed when somebody else was first.
    """
    take_hold(session, actor, theme.dialogue)
    if not words.title:
        raise Invalid(lazy("Give the theme a name."), "title")
    is_as_shown(session, theme, revision, lambda: not differing(theme, words), _CHANGED)
    if not differing(theme, words):
        return
    for name, value in vars(words).items():
        setattr(theme, name, value)
    theme.revision += 1
    note(session, actor, theme, "reworded")


def move(session: Session, actor: Actor, theme: Theme, *, up: bool) -> None:
    """Let a theme change places with the one before or after it. Raises NotAllowed, Closed for one that was put
    away."""
    take_hold(session, actor, theme.dialogue, theme)
    check_in_use(theme)
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
    take_hold(session, actor, theme.dialogue, theme)
    in_it = select(func.count()).where(
        ThemeContribution.theme_id == theme.id, ThemeContribution.removed_at.is_(None)
    )
    if session.scalar(in_it) or decisions(session, theme):
        raise Closed(lazy("Only a theme that gathers nothing and has no decision can be put away."))
    theme.retired_at = clock.now()
    note(session, actor, theme, "retired")


def restore(session: Session, actor: Actor, theme: Theme) -> None:
    """Take a theme into use again that was put away or merged; what lay in it is placed back by hand."""
    take_hold(session, actor, theme.dialogue, theme)
    theme.retired_at = None
    note(session, actor, theme, "restored")


def take_turns(session: Session, dialogue: Dialogue, *themes: Theme) -> None:
    """Let those who change the themes of a dialogue do it one after the other, each seeing what the one
    before did to these themes."""
    session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    for theme in themes:
        session.refresh(theme, ["position", "retired_at"])


def take_hold(session: Session, actor: Actor, dialogue: Dialogue, *themes: Theme) -> None:
    """The same for whoever condenses. Raises NotAllowed for everybody else."""
    actor.require(Permission.CONDENSE, dialogue.scope())
    take_turns(session, dialogue, *themes)


def check_in_use(theme: Theme) -> None:
    """Raise Closed for a theme that was put away or merged."""
    if theme.retired_at is not None:
        raise Closed(lazy("This theme has been put away. Choose another one."))


def chosen(session: Session, dialogue: Dialogue, codes: Collection[str]) -> list[int]:
    """The contributions of a dialogue with these codes, of those that can be placed. Raises Invalid when there
    is none."""
    found = list(
        session.scalars(
            select(Contribution.id)
            .where(
                Contribution.dialogue_id == dialogue.id,
                Contribution.code.in_(codes),
                placed.can_be_placed(),
            )
            .order_by(Contribution.id)
        )
    )
    if not found:
        raise Invalid(lazy("Choose at least one contribution."), "chosen")
    return found


def decisions(session: Session, theme: Theme) -> Sequence[ThemeDecision]:
    """What ties a theme to the decisions that stand."""
    return session.scalars(
        select(ThemeDecision)
        .where(ThemeDecision.theme_id == theme.id, ThemeDecision.removed_at.is_(None))
        .options(joinedload(ThemeDecision.decision))
    ).all()


def all_decisions(session: Session, theme: Theme) -> Sequence[ThemeDecision]:
    """What ties a theme to all that was decided about it, what was decided anew since included."""
    return session.scalars(
        select(ThemeDecision)
        .where(ThemeDecision.theme_id == theme.id, chain.is_told_of())
        .order_by(ThemeDecision.id)
    ).all()


def move_decisions(
    session: Session, actor: Actor, links: Sequence[ThemeDecision], theme_id: int
) -> list[int]:
    """Tie decisions to another theme instead; return the keys of the new rows. What was decided anew before stays
    so: its row was removed before it was placed."""
    moment = clock.now()
    new = [
        ThemeDecision(
            theme_id=theme_id,
            decision_id=link.decision_id,
            placed_at=moment,
            removed_at=link.removed_at,
            by_id=actor.user_id,
        )
        for link in links
    ]
    for link in links:
        link.removed_at = link.removed_at or moment
    session.add_all(new)
    session.flush()
    return [link.id for link in new]


def _move_hearings(session: Session, source: Theme, target: Theme) -> list[int]:
    """Tell of the target who talked about the source, where that is not told already; return the rows' keys."""
    same = aliased(Hearing)
    is_told = exists().where(
        same.theme_id == target.id, same.body_id == Hearing.body_id, same.heard_on == Hearing.heard_on
    )
    moved = session.scalars(select(Hearing.id).where(Hearing.theme_id == source.id, ~is_told)).all()
    put_hearings(session, moved, source.id, target.id)
    return list(moved)


def put_hearings(session: Session, ids: Collection[int], from_id: int, to_id: int) -> None:
    """Let these hearings of one theme be told of another."""
    session.execute(
        update(Hearing)
        .where(Hearing.id.in_(ids), Hearing.theme_id == from_id)
        .values(theme_id=to_id)
        .execution_options(synchronize_session="fetch")
    )


def note(session: Session, actor: Actor, theme: Theme, happened: str, text: str = "") -> None:
    """Write the team's line of history. It is not told back: the answer is, when there is one."""
    contributions.note_change(
        session,
        theme.dialogue_id,
        ("theme", theme.id),
        ("", happened),
        actor_id=actor.user_id,
        is_public=False,
        internal_note=text,
    )
    session.flush()
    contributions.raise_version(session, theme.dialogue_id)


def _move(
    session: Session,
    actor: Actor,
    theme: Theme,
    ids: Sequence[int],
    what: Regrouped,
    more: placing.Links | None = None,
) -> int:
    lies_in = placing.present(session, ids)
    moving = [one for one in ids if lies_in.get(one) != theme.id]
    lifted = placing.lift(session, ThemeContribution.contribution_id.in_(moving))
    links = {
        "lifted": placing.keys(lifted),
        "taken_in": placing.take_in(session, moving),
        "laid": placing.lay(session, actor, theme.id, dict.fromkeys(moving, False)),
    }
    placing.remember(session, actor, theme, what, links | dict(more or {}))
    return len(moving)


def _free(session: Session, ids: Sequence[int]) -> list[int]:
    """Those of them that lie in no theme."""
    lies_in = placing.present(session, ids)
    return [one for one in ids if one not in lies_in]


def _new(
    session: Session, actor: Actor, dialogue: Dialogue, title: Translated, submission_key: str
) -> Theme | None:
    if not title:
        raise Invalid(lazy("Give the theme a name."), "title")
    if submission_key and not first_time(session, submission_key, f"theme\0{dialogue.id}\0{title}"):
        return None
    last = session.scalar(select(func.max(Theme.position)).where(Theme.dialogue_id == dialogue.id)) or 0
    theme = Theme(dialogue=dialogue, title=title, position=last + 1, created_at=clock.now())
    session.add(theme)
    session.flush()
    note(session, actor, theme, "created")
    return theme


def _newest(session: Session, dialogue: Dialogue) -> Theme:
    newest = select(Theme).where(Theme.dialogue_id == dialogue.id).order_by(Theme.id.desc()).limit(1)
    return session.scalars(newest).one()
