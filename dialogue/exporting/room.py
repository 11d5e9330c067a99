"""What the room of exporting declares."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base.i18n import _
from dialogue.boards.models import Board
from dialogue.exporting import jobs, queries, views
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskItem, Job, Room


def board_tools(_session: Session, actor: Actor, board: Board) -> Sequence[DeskItem]:
    """Where a board is taken out, for those who may."""
    if not actor.may(Permission.MANAGE_BOARDS, board.dialogue.scope()):
        return []
    return [DeskItem(_("Take the ideas out"), url_for("exporting.begin", code=board.code))]


room = Room(
    "exporting",
    blueprints=(views.blueprint,),
    jobs=(
        Job("make exports", timedelta(seconds=5), jobs.make_waiting),
        Job("forget exports", timedelta(hours=1), jobs.forget),
    ),
    files=(queries.files_in_use,),
    board_tools=(board_tools,),
)
