"""What other rooms' pages show of the chain: where an action comes from, what became of an idea, what
waits at the desk."""

from collections.abc import Sequence
from datetime import datetime, time

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.base.clock import in_norway
from dialogue.base.i18n import _, lazy, ngettext, show_date
from dialogue.dialogues.models import Contribution, Dialogue
from dialogue.followup import chain, queries, queries_desk
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import ChainLink, DeskCard, DeskItem, Part

MOST_ON_CARD = 5


def sources_of_action(session: Session, action: Action) -> list[ChainLink]:
    """The decisions that an action follows from, with their themes."""
    return [
        ChainLink(
            heading=str(origin.decision.outcome.label),
            title=str(origin.theme.title),
            detail=_(
                "%(body)s, %(day)s. From %(number)s ideas.",
                body=origin.decision.body,
                day=show_date(origin.decision.decided_on),
                number=origin.total,
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
    links = [
        ChainLink(_("Theme"), str(theme.title), ngettext("%(num)s idea", "%(num)s ideas", theme.total), page)
    ]
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


def part(session: Session, actor: Actor, dialogue: Dialogue) -> Part:
    """The dialogue's themes on its desk page; who decides but does not condense goes to the decision."""
    may_condense = actor.may(Permission.CONDENSE, dialogue.scope())
    way = "condense.theme" if may_condense else "decide.decide"
    may_open = may_condense or actor.may(Permission.DECIDE, dialogue.scope())
    items = []
    for story in queries.stories(session, queries.themes_in(session, dialogue.id)):
        decided = [str(decision.outcome.label) for decision in story.in_force] or [_("Not decided")]
        ideas = ngettext("%(num)s idea", "%(num)s ideas", story.total)
        items.append(
            DeskItem(
                title=str(story.theme.title),
                url=url_for(way, code=story.theme.code) if may_open else None,
                detail=" · ".join([ideas, *decided]),
            )
        )
    return Part(
        heading=lazy("Themes and decisions"),
        items=items,
        add_url=url_for("condense.all_themes", code=dialogue.code) if may_condense else None,
        add_label=lazy("Gather ideas under themes"),
        empty=lazy("No themes yet"),
    )


def desk_cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """What waits to be decided, and ideas that wait to be placed."""
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
    if actor.has(Permission.CONDENSE):
        waiting = queries_desk.to_place(session, actor)
        place = [
            DeskItem(
                title=str(one.dialogue.title),
                url=url_for("condense.all_themes", code=one.dialogue.code),
                detail=ngettext("%(num)s idea", "%(num)s ideas", one.count),
            )
            for one in waiting[:MOST_ON_CARD]
        ]
        total = sum(one.count for one in waiting)
        cards.append(DeskCard("place", lazy("Ideas to place"), place, total, counts_items=False))
    return cards


def _morning(dialogue: Dialogue) -> datetime | None:
    """The day of the promised answer, as the moment that a card counts towards."""
    return in_norway(datetime.combine(dialogue.answer_by, time(8))) if dialogue.answer_by else None
