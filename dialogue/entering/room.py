"""What the room of entering declares."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base.i18n import _, lazy, ngettext
from dialogue.boards import rules
from dialogue.boards.models import Board
from dialogue.entering import jobs, queries_cards, views, views_cards, views_films, views_typing
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskCard, DeskItem, Job, Room

MOST_ON_CARD = 5


def board_tools(_session: Session, actor: Actor, board: Board) -> Sequence[DeskItem]:
    """Where many ideas are brought in at once, for those who may."""
    if not actor.may(Permission.MANAGE_BOARDS, board.dialogue.scope()) or not rules.takes_entries(board):
        return []
    return [
        DeskItem(_("Bring in many ideas"), url_for("entering.begin", code=board.code)),
        DeskItem(_("Paper cards"), url_for("cards.of_board", code=board.code)),
        DeskItem(_("Films and slides"), url_for("films.of_board", code=board.code)),
    ]


def desk_cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """Paper cards that somebody else has typed, for those who can type them the second time."""
    if not actor.has(Permission.FACILITATE):
        return []
    waiting = queries_cards.to_type_again(session, actor)
    items = [
        DeskItem(
            " · ".join(filter(None, (str(one.board), one.label))),
            url_for("cards.stack", code=one.code),
            detail=ngettext("%(num)s card", "%(num)s cards", one.cards),
        )
        for one in waiting[:MOST_ON_CARD]
    ]
    count = sum(one.cards for one in waiting)
    heading = lazy("Paper cards to type the second time")
    return [DeskCard("paper-cards", heading, items, count, counts_items=False, can_wait=True)]


room = Room(
    "entering",
    blueprints=(views.blueprint, views_films.blueprint, views_cards.blueprint, views_typing.blueprint),
    jobs=(Job("forget entered batches", timedelta(hours=6), jobs.sweep),),
    board_tools=(board_tools,),
    desk_cards=(desk_cards,),
    files=(queries_cards.files_in_use,),
)
