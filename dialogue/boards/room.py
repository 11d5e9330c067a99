"""What the room of boards declares."""

from collections.abc import Sequence
from datetime import timedelta

from flask import get_template_attribute, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from dialogue.base import clock, tongues
from dialogue.base.i18n import _, language, lazy, ngettext, show_date, show_datetime, show_day
from dialogue.base.search import Documents
from dialogue.boards import (
    duty,
    gathering,
    jobs,
    moderation as moderating,
    operations,
    queries,
    queries_desk,
    queries_duty,
    rules,
    searching,
    stages,
    wording,
)
from dialogue.boards.keeping import board_from_playbook
from dialogue.boards.models import Board, BoardStage, Idea
from dialogue.boards.models_reading import Redaction
from dialogue.boards.queries import BoardCount
from dialogue.boards.views import blueprint as public
from dialogue.boards.views_desk import blueprint as desk
from dialogue.boards.views_duty import blueprint as duty_officer
from dialogue.boards.views_live import blueprint as live
from dialogue.boards.views_log import blueprint as moderation_log
from dialogue.boards.views_moderation import blueprint as moderation
from dialogue.boards.views_projector import blueprint as projector
from dialogue.boards.views_reading import blueprint as reading
from dialogue.boards.views_similar import blueprint as similar
from dialogue.dialogues.models import (
    GONE,
    ON_DUTY,
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    DialogueState,
)
from dialogue.web.gatherings import Gathering, Openings, Seat
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskCard, DeskItem, FollowPart, Job, MenuItem, Offer, Part, Room
from dialogue.web.sources import Source

MOST_ON_CARD = 5


def offers(session: Session, dialogue: Dialogue) -> list[Offer]:
    """The boards on which residents can write, and those with something to read."""
    now = clock.now()
    made = []
    for board, counts in queries.of_dialogue(session, dialogue):
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
        for board, counts in queries.of_dialogue(session, dialogue)
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


def follow_part(session: Session, contribution: Contribution, code: str) -> FollowPart:
    """An idea as the one who gave it sees it."""
    idea = queries.idea_of(session, contribution)
    if contribution.state in {*GONE, *ON_DUTY}:
        return FollowPart(
            heading=_("Your idea"),
            text="",
            language=contribution.language,
            draft_key=_draft_key(idea),
            is_passed_on=contribution.state in ON_DUTY,
            has_pupils=idea.board.has_pupils,
        )
    can_change = rules.can_change(idea)
    returned = contribution.state is ContributionState.RETURNED
    return FollowPart(
        heading=idea.heading,
        text=idea.rest,
        language=contribution.language,
        heading_language=contribution.language,
        same=_same(session, idea),
        facts=_facts(idea, session.get(Redaction, idea.contribution_id)),
        edit_url=url_for("boards.change", code=code) if can_change else None,
        edit_label=_("Change it and send it again") if returned else _("Change the idea"),
        withdraw_label=_("Take the idea back"),
        withdraw_question=_("What you wrote is removed and cannot be brought back."),
        rules_url=url_for("boards.how_we_read", code=idea.board.code),
        draft_key=_draft_key(idea),
        waits=_waits(idea) if contribution.state is ContributionState.RECEIVED else None,
        shown=get_template_attribute("boards/_given.html", "given_with")(idea, "boards.own_picture", code),
    )


def _draft_key(idea: Idea) -> str:
    return f"idea-{idea.board.code}"


def _waits(idea: Idea) -> tuple[str, str]:
    """For the reveal; or to be read, and by when, or that we have not kept that."""
    if idea.cleared_at is not None:
        return _("Waits to be shown"), _("Your idea is hidden until all ideas are shown together.")
    day = rules.read_by(idea.contribution.received_at)
    if day >= clock.today():
        said = _("A person reads it before it is shown, by %(day)s.", day=show_day(day))
    else:
        said = _(
            "We said that we would read it by %(day)s. It is late, and still in line.", day=show_day(day)
        )
    return _("Waits to be read"), said


def group_tools(session: Session, dialogue: Dialogue, group: Seat) -> Sequence[DeskItem]:
    """Where a facilitator enters what their group says: the group's own board, else each that takes entries; and
    the slip by which the group writes itself."""
    own = gathering.board_of(session, dialogue, group.code)
    boards = [own] if own else [board for board, _counts in queries.of_dialogue(session, dialogue)]
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
    all_write_on = (board for board, _counts in queries.of_dialogue(session, dialogue) if not board.gathers)
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
        for board, _counts in queries.of_dialogue(session, dialogue)
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


def _same(session: Session, idea: Idea) -> tuple[str, str] | None:
    """The idea that says the same, while it is shown, with its page."""
    like = session.get(Idea, idea.same_as_id) if idea.same_as_id else None
    if like is None or like.published_at is None:
        return None
    return like.heading, url_for("boards.idea", code=like.contribution.code)


def _facts(idea: Idea, redaction: Redaction | None) -> list[tuple[str, str]]:
    address = url_for("boards.board", code=idea.board.code)
    facts: list[tuple[str, str]] = [
        (_("Idea board"), Markup('<a href="{}">{}</a>').format(address, idea.board.title)),
        (_("Question"), str(idea.column.title)),
    ]
    if idea.contribution.language != language():
        facts.append((_("Language"), tongues.name(idea.contribution.language)))
    if idea.published_at:
        facts.append((_("Published"), show_date(idea.published_at)))
        facts.append(
            (_("Support"), ngettext("%(num)s supports this", "%(num)s support this", idea.support_count))
        )
    if redaction is not None:
        facts.append((_("Taken out"), moderating.taken_out(redaction.kinds)))
        facts.append((_("As you wrote it"), f"{redaction.title}\n{redaction.text}".strip()))
    if idea.return_reason:
        facts.append((_("Why it is not shown"), str(idea.return_reason.label)))
    if idea.return_note:
        facts.append((_("From the one who read it"), idea.return_note))
    return facts


def _detail(board: Board, counts: BoardCount) -> str:
    """How much there is on a board, and until when it is open."""
    said = [_ideas(counts.published)] if counts.published else []
    if counts.waiting:
        said.append(_waiting(counts.waiting))
    if not rules.takes_ideas(board, clock.now()):
        said.append(_("Closed for new ideas"))
    elif board.closes_on:
        said.append(_("Open until %(date)s", date=show_date(board.closes_on)))
    return " · ".join(said)


def _ideas(number: int) -> str:
    return ngettext("%(num)s idea", "%(num)s ideas", number)


def _waiting(number: int) -> str:
    return ngettext("%(num)s idea waits to be read", "%(num)s ideas wait to be read", number)


room = Room(
    "boards",
    blueprints=(public, live, projector, similar, desk, moderation, reading, duty_officer, moderation_log),
    jobs=(
        Job("move boards", timedelta(seconds=2), stages.move_due),
        Job("remind of what is held", timedelta(minutes=1), jobs.remind_of_held),
    ),
    desk_cards=(duty_cards, desk_cards),
    offers=(offers,),
    parts=(part,),
    menu=(MenuItem("ideas", lazy("Ideas to read"), "moderation.queue", (Permission.MODERATE,)),),
    follow_parts={ContributionKind.IDEA.value: follow_part},
    files=(queries.files_in_use,),
    erasers={ContributionKind.IDEA.value: operations.erase},
    account_closed=(duty.leave,),
    playbook_parts={"board": board_from_playbook},
    group_tools=(group_tools,),
    gathering_tools=(gathering_tools,),
    hall_tools=(hall_tools,),
    openings=(Openings("boards", openings, open_stage),),
    documents=(Documents(searching.KIND, searching.documents),),
    sources=(
        Source(
            ContributionKind.IDEA,
            counted=_ideas,
            texts=queries.source_texts,
            holds=queries.holds_words,
            support=queries.support_of_contribution(),
            page="boards.idea",
        ),
    ),
)
