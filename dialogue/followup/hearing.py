"""Noting that a body has talked about themes on a day, whether or not it decided anything."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.db import insert_new
from dialogue.base.errors import Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions
from dialogue.followup.models import Body, Hearing, Theme
from dialogue.web.permissions import Actor, Permission

LONGEST_SAID = 300


def hear(
    session: Session,
    actor: Actor,
    themes: Iterable[Theme],
    body: Body,
    heard_on: date,
    said: Translated | None = None,
) -> int:
    """Note that a body has talked about some themes on a day; return how many of them were not noted before.

    ``said`` is what residents may know of it; given later, it takes the place of what stood there. Raises
    NotAllowed, Invalid for a day to come, too many words, or a body of another dialogue.
    """
    actor.require(Permission.DECIDE, body.dialogue.scope())
    if heard_on > clock.today():
        raise Invalid(lazy("Note it when it has been talked about, not before."), "heard_on")
    if said is not None and any(len(text) > LONGEST_SAID for _code, text in said.texts):
        raise Invalid(lazy("Write at most %(max)s characters.", max=LONGEST_SAID), "said")
    new = sum(_hear(session, actor, theme, body, heard_on, said or Translated()) for theme in themes)
    session.flush()
    contributions.raise_version(session, body.dialogue_id)
    return new


def _hear(session: Session, actor: Actor, theme: Theme, body: Body, heard_on: date, said: Translated) -> bool:
    if theme.dialogue_id != body.dialogue_id:
        raise Invalid(lazy("Choose which body."), "body")
    key = {"theme_id": theme.id, "body_id": body.id, "heard_on": heard_on}
    hearing_id = insert_new(session, Hearing, {**key, "said": said})
    if hearing_id is None:
        if said:
            session.execute(update(Hearing).filter_by(**key).values(said=said))
        return False
    contributions.note_change(
        session,
        theme.dialogue_id,
        ("hearing", hearing_id),
        ("", "discussed"),
        actor_id=actor.user_id,
        public_text=said,
    )
    return True
