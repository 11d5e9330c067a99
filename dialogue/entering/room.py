"""What the room of entering declares."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base.i18n import _
from dialogue.boards import rules
from dialogue.boards.models import Board
from dialogue.entering import jobs, views, views_films
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskItem, Job, Room


def board_tools(_session: Session, actor: Actor, board: Board) -> Sequence[DeskItem]:
    """Where many ideas are brought in at once, for those who may."""
    if not actor.may(Permission.MANAGE_BOARDS, board.dialogue.scope()) or not rules.takes_entries(board):
        return []
    return [
        DeskItem(_("Bring in many ideas"), url_for("entering.begin", code=board.code)),
        DeskItem(_("Films and slides"), url_for("films.of_board", code=board.code)),
    ]


room = Room(
    "entering",
    blueprints=(views.blueprint, views_films.blueprint),
    jobs=(Job("forget entered batches", timedelta(hours=6), jobs.sweep),),
    board_tools=(board_tools,),
)
