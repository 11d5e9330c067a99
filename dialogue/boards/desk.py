"""What the dialogue's page and the desk show of boards."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.i18n import _, lazy, ngettext, show_date, show_datetime
from dialogue.boards import counting, queries_desk, queries_duty, rules
from dialogue.boards.counting import BoardCount
from dialogue.boards.models import Board
from dialogue.dialogues.models import Channel, Dialogue
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskCard, DeskItem, Offer, Part

MOST_ON_CARD = 5


def offers(session: Session, dialogue: Dialogue) -> list[Offer]:
    """The boards on which residents can write, and those with something to read."""
    now = clock.now()
    made = []
    for board, counts in counting.of_dialogue(session, dialogue):
        is_open = rules.takes_ideas(board, now)
        if is_open or counts.published:
            path = url_for("boards.board", code=board.code)
            label = _("Give an idea") if is_open else _("Read the ideas")
            url = url_for("boards.write", code=board.code) if is_open and not counts.published else path
            at_once = url_for("boards.write", code=board.code, via=Channel.POSTER.value) if is_open else ""
            made.append(
                Offer(
                    "board",
                    str(board.title),
                    _detail(board, counts),
                    url,
                    label,
                    is_open,
                    from_poster=at_once,
                )
            )
    return made


def part(session: Session, actor: Actor, dialogue: Dialogue) -> Part:
    """The dialogue's boards on its desk page."""
    may_manage = actor.may(Permission.MANAGE_BOARDS, dialogue.scope())
    items = [
        DeskItem(
            title=str(board.title),
            url=url_for("boards_desk.board", code=board.code) if may_manage else None,
            detail=_detail(board, counts),
            late=counts.oldest is not None and rules.is_late(counts.oldest, clock.today()),
        )
        for board, counts in counting.of_dialogue(session, dialogue)
    ]
    return Part(
        heading=lazy("Idea boards"),
        items=items,
        add_url=url_for("boards_desk.new", code=dialogue.code) if may_manage else None,
        add_label=lazy("Make a board"),
        empty=lazy("No idea board yet"),
    )


def desk_cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """Where ideas wait for this person, for those who moderate."""
    if not actor.has(Permission.MODERATE):
        return []
    waiting = queries_desk.boards_to_read(session, actor)
    items = [
        DeskItem(
            title=str(board.title),
            url=url_for("moderation.of_board", code=board.code),
            detail=_(
                "%(ideas)s. %(waited)s.",
                ideas=_waiting(counts.waiting),
                waited=rules.waited(since, clock.now()),
            ),
            late=rules.is_late(since, clock.today()),
        )
        for board, counts in waiting[:MOST_ON_CARD]
        if (since := counts.oldest)
    ]
    count = sum(counts.waiting for _board, counts in waiting)
    return [DeskCard("ideas", lazy("Ideas to read"), items, count, counts_items=False)]


def duty_cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """What is held for this person as duty officer; and, for who runs a dialogue, that something there waits for
    its officer for too long."""
    held = queries_duty.of_officer(session, actor)
    late = queries_duty.late_for(session, actor) if actor.has(Permission.MANAGE_DIALOGUE) else []
    mine = [
        DeskItem(
            str(one.hold.idea.board.title),
            url_for("duty.one", code=one.hold.idea.contribution.code),
            detail=_("Held %(when)s", when=show_datetime(one.hold.held_at)),
            late=not one.is_opened,
        )
        for one in held[:MOST_ON_CARD]
    ]
    others = [
        DeskItem(
            str(hold.idea.board.dialogue.title),
            url_for("setting_up.framework", code=hold.idea.board.dialogue.code),
            detail=_("Call %(name)s, or name another.", name=officer.name)
            if officer
            else _("Nobody is named"),
            late=True,
        )
        for hold in late[:MOST_ON_CARD]
        for officer in [hold.idea.board.dialogue.duty_officer]
        if officer is None or officer.id != actor.user_id
    ]
    return [
        DeskCard("on-duty", lazy("Held for you as duty officer"), mine, len(held), is_urgent=True),
        DeskCard(
            "not-opened",
            lazy("Held for the duty officer, and not opened"),
            others,
            len(others),
            is_urgent=True,
        ),
    ]


def _detail(board: Board, counts: BoardCount) -> str:
    """How much there is on a board, and until when it is open."""
    said = [ideas(counts.published)] if counts.published else []
    if counts.waiting:
        said.append(_waiting(counts.waiting))
    if not rules.takes_ideas(board, clock.now()):
        said.append(_("Closed for new ideas"))
    elif board.closes_on:
        said.append(_("Open until %(date)s", date=show_date(board.closes_on)))
    return " · ".join(said)


def ideas(number: int) -> str:
    """How many ideas, in words."""
    return ngettext("%(num)s idea", "%(num)s ideas", number)


def _waiting(number: int) -> str:
    return ngettext("%(num)s idea waits to be read", "%(num)s ideas wait to be read", number)
