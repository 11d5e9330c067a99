"""What other rooms' pages show of the chain: where an action comes from, what became of an idea, what
waits at the desk."""

from collections.abc import Sequence
from datetime import datetime, time

from flask import url_for
from sqlalchemy import Select
from sqlalchemy.orm import Session

from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.clock import in_norway
from dialogue.base.i18n import _, lazy, ngettext, show_date
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.followup import chain, queries, queries_decisions, queries_desk
from dialogue.followup.models import BodyPower, PassState
from dialogue.web import sources
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import ChainLink, DeskCard, DeskItem, Part
from dialogue.web.sources import Grouping

MOST_ON_CARD = 5
# On a dialogue's desk page; its page of themes has them all.
MOST_IN_PART = 8
DECIDES = BodyPower.DECIDES


def sources_of_action(session: Session, action: Action) -> list[ChainLink]:
    """The decisions that an action follows from, with their themes."""
    return [
        ChainLink(
            heading=str(origin.decision.outcome.label),
            title=str(origin.theme.title),
            detail=_(
                "%(body)s, %(day)s. From %(gathered)s.",
                body=origin.decision.body.name,
                day=show_date(origin.decision.decided_on),
                gathered=sources.contributions(origin.total),
            ),
            url=url_for("chain.theme", code=origin.theme.code),
        )
        for origin in queries.origins(session, action.id)
    ]


def chain_below(session: Session, contribution: Contribution) -> list[ChainLink]:
    """What became of something given: its theme, the decisions in force and their public actions."""
    theme = chain.themes_of(session, [contribution.id]).get(contribution.id)
    if theme is None:
        return []
    page = url_for("chain.theme", code=theme.code)
    links = [ChainLink(_("Theme"), str(theme.title), sources.contributions(theme.total), page)]
    for decision in theme.decisions:
        if not decision.in_force:
            continue
        detail = f"{decision.body}, {show_date(decision.decided_on)}"
        links.append(
            ChainLink(
                str(decision.power.label),
                str(decision.outcome.label),
                detail,
                f"{page}#decision-{decision.code}",
            )
        )
        for action in decision.actions:
            state = _("Late") if action.is_late else str(action.state.label)
            links.append(
                ChainLink(
                    _("Action"),
                    str(action.title),
                    f"{action.owner}. {state}.",
                    url_for("chain.action", code=action.code),
                )
            )
    return links


def groupings(session: Session, dialogue: Dialogue, among: Select[int]) -> list[Grouping]:
    """The themes under which some of these contributions lie."""
    return [
        Grouping(theme.code, theme.title, chain.lying_in(theme.id))
        for theme in queries.themes_in(session, dialogue.id, chain.gathers_some_of(among))
    ]


def part(session: Session, actor: Actor, dialogue: Dialogue) -> Part:
    """The dialogue's themes on its desk page; who decides but does not condense goes to the decision."""
    may_condense = actor.may(Permission.CONDENSE, dialogue.scope())
    way = "condense.theme" if may_condense else "decide.decide"
    may_open = may_condense or actor.may(Permission.DECIDE, dialogue.scope())
    page = url_for("condense.all_themes", code=dialogue.code)
    items = []
    known = queries.themes_in(session, dialogue.id)
    for story in queries.stories_at_desk(session, known[:MOST_IN_PART]):
        decided = [str(decision.outcome.label) for decision in story.in_force if decision.power is DECIDES]
        decided = decided or [_("Not decided")]
        items.append(
            DeskItem(
                title=str(story.theme.title),
                url=url_for(way, code=story.theme.code) if may_open else None,
                detail=" · ".join([story.gathers, *decided]),
            )
        )
    if len(known) > MOST_IN_PART:
        everything = ngettext("See the %(num)s theme", "See all %(num)s themes", len(known))
        items.append(DeskItem(title=everything, url=page if may_open else None))
    return Part(
        heading=lazy("Themes and decisions"),
        items=items,
        add_url=page if may_condense else None,
        add_label=lazy("Gather the input under themes"),
        empty=lazy("No themes yet"),
    )


def desk_cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """What waits to be decided, and what waits to be placed."""
    cards = []
    if actor.has(Permission.DECIDE):
        themes, count = queries_desk.to_decide(session, actor, MOST_ON_CARD)
        decide = [
            DeskItem(
                title=str(theme.title),
                url=url_for("condense.theme", code=theme.code),
                due=_morning(theme.dialogue),
                detail=str(theme.dialogue.title),
                late=theme.dialogue.answer_by is not None and theme.dialogue.answer_by < clock.today(),
            )
            for theme in themes
        ]
        cards.append(DeskCard("decide", lazy("To decide"), decide, count))
        cards.append(_passed_on(session, actor))
    if actor.has(Permission.CONDENSE):
        waiting, total = queries_desk.to_place(session, actor, MOST_ON_CARD)
        place = [
            DeskItem(
                title=str(one.dialogue.title),
                url=url_for("condense.all_themes", code=one.dialogue.code),
                detail=sources.in_words(one.kinds),
            )
            for one in waiting
        ]
        cards.append(
            DeskCard(
                "place",
                lazy("To place under themes"),
                place,
                total,
                counts_items=False,
                is_at_least=total == queries_desk.MOST_COUNTED,
            )
        )
    return cards


def _passed_on(session: Session, actor: Actor) -> DeskCard:
    """What an organisation has not taken; that it has not answered yet can wait, that it said no cannot."""
    decisions, count = queries_decisions.unconfirmed(session, actor, MOST_ON_CARD)
    items = [
        DeskItem(
            title=str(decision.passed_to.name) if decision.passed_to else "",
            url=url_for("passing.note", code=decision.code),
            detail=f"{decision.pass_state.label} · {decision.dialogue.title}" if decision.pass_state else "",
        )
        for decision in decisions
    ]
    refused = any(decision.pass_state is PassState.REFUSED for decision in decisions)
    return DeskCard("passed-on", lazy("Passed on, not confirmed"), items, count, can_wait=not refused)


def _morning(dialogue: Dialogue) -> datetime | None:
    """The day of the promised answer, as the moment that a card counts towards."""
    return in_norway(datetime.combine(dialogue.answer_by, time(8))) if dialogue.answer_by else None
