"""What a meeting's pages lead to and open on boards."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base.i18n import _
from dialogue.boards import counting, gathering, queries, rules, stages, wording
from dialogue.boards.models import BoardStage
from dialogue.dialogues.models import Channel, Dialogue, DialogueState
from dialogue.web.gatherings import Gathering, Seat
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskItem


def group_tools(session: Session, dialogue: Dialogue, group: Seat) -> Sequence[DeskItem]:
    """Where a facilitator enters what their group says: the group's own board, else each that takes entries; and
    the slip by which the group writes itself."""
    own = gathering.board_of(session, dialogue, group.code)
    boards = [own] if own else [board for board, _counts in counting.of_dialogue(session, dialogue)]
    tools = [
        DeskItem(
            title=_("Write ideas on “%(board)s”", board=board.title),
            url=url_for(
                "boards_desk.enter", code=board.code, channel=Channel.MEETING.value, label=group.label
            ),
        )
        for board in boards
        if rules.takes_entries(board)
    ]
    if own:
        tools.append(DeskItem(_("Code for the table"), url_for("boards_desk.slips", code=own.code)))
    return tools


def gathering_tools(session: Session, actor: Actor, meeting: Gathering) -> Sequence[DeskItem]:
    """Where a meeting's groups are given a board each."""
    if not meeting.seats or not actor.may(Permission.MANAGE_BOARDS, meeting.dialogue.scope()):
        return []
    made = gathering.plenary_of(session, meeting.dialogue, meeting.code)
    title = _("The groups' boards") if made else _("Give each group a board")
    return [DeskItem(title, url_for("boards_desk.of_meeting", code=meeting.code))]


def hall_tools(session: Session, actor: Actor, meeting: Gathering) -> Sequence[DeskItem]:
    """The boards for the wall of a meeting's hall: what its groups' plenary wall gathers, else what all write on."""
    dialogue = meeting.dialogue
    if dialogue.state is DialogueState.DRAFT or not actor.may(Permission.FACILITATE, dialogue.scope()):
        return []
    plenary = gathering.plenary_of(session, dialogue, meeting.code)
    all_write_on = (board for board, _counts in counting.of_dialogue(session, dialogue) if not board.gathers)
    boards = [plenary] if plenary else list(all_write_on)
    return [
        DeskItem(
            _("Show on the wall")
            if len(boards) == 1
            else _("Show “%(board)s” on the wall", board=board.title),
            url_for("projector.link", code=board.code),
        )
        for board in boards
    ]


def openings(session: Session, dialogue: Dialogue) -> Sequence[tuple[str, str]]:
    """The stages of a dialogue's boards, for the items of a run sheet to open."""
    return [
        (f"boards/{board.code}/{stage.value}", f"{board.title}: {wording.GO_TO[stage]}")
        for board, _counts in counting.of_dialogue(session, dialogue)
        if board.in_stages
        for stage in rules.stages(board)
    ]


def open_stage(session: Session, actor: Actor, dialogue: Dialogue, key: str) -> str:
    """Bring a board to the stage that a key names. Raises NotFound when there is no such board."""
    _room, code, stage = key.split("/")
    board = queries.board_in(session, dialogue, code)
    to = BoardStage(stage)
    stages.begin(session, actor, board, to)
    return str(wording.SINCE_MOVED[to])
