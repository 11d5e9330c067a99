"""The note for patrols: what residents wish for, where and when; the link by which patrols answer it; and what
they answer, of which only a number for each month is kept."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from dialogue.base import clock, tokens
from dialogue.base.db import insert_new
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.briefs import queries_patrols, rules
from dialogue.briefs.models import PatrolLink, PatrolMonth, PatrolWish
from dialogue.config import settings
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.rules import required_languages
from dialogue.followup import themes
from dialogue.followup.queries import themes_in
from dialogue.residents import guard
from dialogue.residents.operations import first_time
from dialogue.web.permissions import Actor, Permission

LONGEST_WHAT = 120
LONGEST_PLACE = 80
LETTERS_IN_LINK = 12


@dataclass(frozen=True)
class WishDraft:
    """A line of the note as it is written down. ``theme_id`` is the theme it comes from."""

    theme_id: int
    what: Translated
    where: Translated
    when: Translated
    ends_on: date | None = None


def add(
    session: Session, actor: Actor, dialogue: Dialogue, draft: WishDraft, submission_key: str
) -> PatrolWish | None:
    """Add a line; None when the same page was sent twice. Raises NotAllowed, Invalid, Closed when there are as
    many lines as fit."""
    actor.require(Permission.CONDENSE, dialogue.scope())
    themes.take_turns(session, dialogue)
    _check(session, dialogue, draft)
    if not first_time(session, submission_key, f"patrol wish\0{dialogue.id}\0{draft!r}"):
        return None
    if len(queries_patrols.asked(session, dialogue.id)) >= rules.MOST_WISHES:
        raise Closed(lazy("Six lines are as many as a briefing has time for. End one first."))
    last = session.scalar(select(func.max(PatrolWish.position)).where(PatrolWish.dialogue_id == dialogue.id))
    wish = PatrolWish(
        dialogue_id=dialogue.id, position=(last or 0) + 1, begins_on=clock.today(), **vars(draft)
    )
    session.add(wish)
    if session.get(PatrolLink, dialogue.id) is None:
        session.add(PatrolLink(dialogue_id=dialogue.id, serial=1, token_hash=_hash(_token(dialogue.id, 1))))
    session.flush()
    _note(session, actor, wish, "asked")
    return wish


def change(session: Session, actor: Actor, wish: PatrolWish, draft: WishDraft, revision: int) -> None:
    """Change a line. Raises NotAllowed, Invalid, Closed for one that has ended or that somebody else changed."""
    _take_hold(session, actor, wish)
    if wish.revision != revision:
        raise Closed(lazy("Somebody else has changed this line since you opened it. Look at it once more."))
    _check(session, wish.dialogue, draft)
    wish.theme_id, wish.ends_on = draft.theme_id, draft.ends_on
    wish.what, wish.where, wish.when = draft.what, draft.where, draft.when
    wish.revision += 1
    _note(session, actor, wish, "changed")


def end(session: Session, actor: Actor, wish: PatrolWish) -> None:
    """Ask patrols no more; the months that were counted stay. Raises NotAllowed, Closed when it has ended."""
    _take_hold(session, actor, wish)
    wish.ended_at = clock.now()
    _note(session, actor, wish, "ended")


def was_there(session: Session, wish: PatrolWish, submission_key: str) -> None:
    """Count one more visit in this month; the same page sent twice counts once. No person and no time is kept.

    Raises Closed when patrols are asked no more.
    """
    today = clock.today()
    if rules.is_over(wish, today):
        raise Closed(lazy("This line has ended. Thank you all the same."))
    if not first_time(session, submission_key, f"patrol\0{wish.id}"):
        return
    month = {"wish_id": wish.id, "month": today.replace(day=1)}
    insert_new(session, PatrolMonth, {**month, "times": 0})
    session.execute(
        update(PatrolMonth)
        .filter_by(**month)
        .values(times=PatrolMonth.times + 1)
        .execution_options(synchronize_session=False)
    )


def renew_link(session: Session, actor: Actor, dialogue: Dialogue) -> None:
    """Make a new link, with which the old one opens nothing more. Raises NotAllowed, Closed without a line."""
    actor.require(Permission.CONDENSE, dialogue.scope())
    themes.take_turns(session, dialogue)
    link = session.get(PatrolLink, dialogue.id)
    if link is None:
        raise Closed(lazy("Write the first line. It makes the link."))
    link.serial += 1
    link.token_hash = _hash(_token(dialogue.id, link.serial))
    contributions.note_change(
        session,
        dialogue.id,
        ("dialogue", dialogue.id),
        ("", "patrol link"),
        actor_id=actor.user_id,
        is_public=False,
    )


def token(link: PatrolLink) -> str:
    """What stands in the link, in groups of four."""
    return tokens.in_groups(_token(link.dialogue_id, link.serial))


def find_link(session: Session, typed: str) -> PatrolLink | None:
    """The link that somebody typed or that stands in an address, or None."""
    read = tokens.read_printed(typed)
    if len(read) != LETTERS_IN_LINK:
        return None
    return queries_patrols.link_by_hash(session, _hash(read))


def _token(dialogue_id: int, serial: int) -> str:
    seed = tokens.digest(settings().secret_key, "patrol link", f"{dialogue_id}\0{serial}")
    return tokens.printed(seed, LETTERS_IN_LINK)


def _hash(read: str) -> bytes:
    return tokens.digest(settings().secret_key, "patrol link hash", read)


def _take_hold(session: Session, actor: Actor, wish: PatrolWish) -> None:
    actor.require(Permission.CONDENSE, wish.dialogue.scope())
    themes.take_turns(session, wish.dialogue)
    session.refresh(wish)
    if wish.ended_at is not None:
        raise Closed(lazy("This line has ended. Write a new one."))


def _check(session: Session, dialogue: Dialogue, draft: WishDraft) -> None:
    if draft.theme_id not in {theme.id for theme in themes_in(session, dialogue.id)}:
        raise Invalid(lazy("Choose one of the themes."), "theme")
    for name in ("what", "where", "when"):
        text: Translated = getattr(draft, name)
        if text.missing(required_languages(dialogue)):
            raise Invalid(lazy("Residents read this too. Write it in bokmål and nynorsk."), name)
        if guard.check_all(*(words for _code, words in text.texts)):
            raise Invalid(lazy("Write of places and times, never of people, cars or addresses."), name)
    if draft.ends_on is not None and draft.ends_on < clock.today():
        raise Invalid(lazy("This day has passed."), "ends_on")


def _note(session: Session, actor: Actor, wish: PatrolWish, happened: str) -> None:
    """Write the team's line of history; the dialogue's page tells of the line once a month has ended."""
    contributions.note_change(
        session,
        wish.dialogue_id,
        ("patrol wish", wish.id),
        ("", happened),
        actor_id=actor.user_id,
        is_public=False,
    )
    session.flush()
    contributions.raise_version(session, wish.dialogue_id)
