"""Choosing quotes: words of residents that somebody has checked and that the brief shows."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import lazy
from dialogue.base.text import tidy
from dialogue.briefs import rules, sources
from dialogue.briefs.models import Quote
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue
from dialogue.followup import themes
from dialogue.followup.models import ThemeContribution
from dialogue.web.permissions import Actor, Permission

# So many fit on one page.
MOST_AT_ONCE = 100


def keep(session: Session, actor: Actor, dialogue: Dialogue, quotes: Mapping[str, str]) -> dict[str, Any]:
    """Keep quotes that somebody says they have checked, by the code of what they are taken from; one that is
    there already is replaced. Returns what is wrong with each that cannot be kept; then none is.

    Raises NotAllowed, Invalid without any.
    """
    actor.require(Permission.CONDENSE, dialogue.scope())
    if not quotes:
        raise Invalid(lazy("Tick at least one quote that you have checked."))
    # Whoever takes something back waits for this and then takes the quote along. It holds on to the same
    # things in the same order, so that neither waits for ever.
    session.execute(
        select(Contribution.id)
        .where(Contribution.code.in_(quotes), Contribution.dialogue_id == dialogue.id)
        .order_by(Contribution.id)
        .with_for_update()
    )
    themes.take_turns(session, dialogue)
    given = _given(session, dialogue, quotes)
    texts = sources.read(session, list(given.values()))
    wrong: dict[str, Any] = {}
    for code, quote in quotes.items():
        try:
            if code not in given:
                raise Closed(
                    lazy("It has been taken back or moved out of the themes since you opened the page.")
                )
            rules.check_quote(texts[given[code].id].text, quote)
        except (Invalid, Closed) as error:
            wrong[code] = error.message
    if not wrong:
        for code, quote in quotes.items():
            _keep(session, actor, given[code], quote)
    return wrong


def remove(session: Session, actor: Actor, dialogue: Dialogue, code: str) -> None:
    """Show a quote no more; what it was taken from stays. Raises NotAllowed."""
    actor.require(Permission.CONDENSE, dialogue.scope())
    of_dialogue = select(Contribution.id).where(
        Contribution.code == code, Contribution.dialogue_id == dialogue.id
    )
    session.execute(delete(Quote).where(Quote.contribution_id.in_(of_dialogue)))


def _given(session: Session, dialogue: Dialogue, quotes: Mapping[str, str]) -> dict[str, Contribution]:
    """What the quotes are taken from: of this dialogue, shown, and in a theme."""
    rows = session.scalars(
        select(Contribution)
        .join(ThemeContribution, ThemeContribution.contribution_id == Contribution.id)
        .where(
            Contribution.dialogue_id == dialogue.id,
            Contribution.code.in_(quotes),
            Contribution.state == ContributionState.PUBLISHED,
            ThemeContribution.removed_at.is_(None),
        )
    )
    return {one.code: one for one in rows}


def _keep(session: Session, actor: Actor, contribution: Contribution, text: str) -> None:
    quote = session.scalars(select(Quote).where(Quote.contribution_id == contribution.id)).one_or_none()
    if quote is None:
        quote = Quote(contribution_id=contribution.id, language=contribution.language)
        session.add(quote)
    quote.text, quote.by_id, quote.at = tidy(text), actor.user_id, clock.now()
    session.flush()
    audit.record(session, actor.user_id, "quote", "contribution", contribution.id, contribution.dialogue_id)
