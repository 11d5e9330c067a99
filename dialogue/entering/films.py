"""Pupils' films and slides: a link for meetings, with what is said in them as the idea's text."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from dialogue.base import audit, web_links
from dialogue.base.errors import Closed, Invalid, NotFound
from dialogue.base.i18n import lazy
from dialogue.boards import operations as boards, queries as board_queries, rules
from dialogue.boards.models import Board, Idea
from dialogue.boards.operations import Draft
from dialogue.dialogues import contributions
from dialogue.dialogues.models import GONE, ON_DUTY, Channel, Contribution, ContributionKind
from dialogue.entering.models import Film
from dialogue.residents import operations as residents
from dialogue.web.permissions import Actor, Permission

MOST_SHOWN = 100


def enter(session: Session, actor: Actor, board: Board, draft: Draft, label: str, url: str, key: str) -> None:
    """Enter a film or slides with what is said in them, once for each page. ``draft`` is the idea as everybody
    may read it; the link is for meetings, unless the draft holds it as well.

    Raises NotAllowed, Closed when nothing can be entered, Invalid for an address that is none, without a
    transcript, or with a column that is not one of the board's.
    """
    scope = board.dialogue.scope()
    actor.require(Permission.FACILITATE, scope)
    if why := rules.why_no_entries(board):
        raise Closed(why)
    address = web_links.read(url)
    if address is None:
        raise Invalid(lazy("Write a link that begins with https://."), "url")
    if not draft.text:
        raise Invalid(lazy("Write down what is said in it, so that everybody can read it."), "text")
    if draft.column_id not in {column.id for column in board.columns}:
        raise Invalid(lazy("Choose which question your idea answers."), "column")
    if not residents.first_time(session, key, f"film\0{board.id}\0{draft!r}\0{label}\0{address}"):
        return
    board_queries.hold(session, board)
    given = contributions.receive(
        session,
        board.dialogue_id,
        ContributionKind.IDEA,
        Channel.SCHOOL,
        draft.language,
        label=label,
        actor_id=actor.user_id,
    )
    idea = Idea(
        contribution=given,
        board=board,
        column_id=draft.column_id,
        title=draft.title,
        text=draft.text,
        video_url=draft.video_url,
    )
    session.add_all([idea, Film(contribution=given, url=address)])
    session.flush()
    audit.record(session, actor.user_id, "enter", "film", given.id, board.dialogue_id)
    if actor.may(Permission.MODERATE, scope) and not draft.has_findings:
        boards.publish(session, idea, actor.user_id)


def to_show(session: Session, board: Board) -> Sequence[tuple[Film, Idea]]:
    """The films and slides of a board that may be shown in a meeting, the newest first; what was taken back or is
    held is none of them."""
    rows = session.execute(
        select(Film, Idea)
        .join(Film.contribution)
        .join(Idea, Idea.contribution_id == Film.contribution_id)
        .where(Idea.board_id == board.id, Contribution.state.not_in({*GONE, *ON_DUTY}))
        .options(joinedload(Film.contribution))
        .order_by(Film.contribution_id.desc())
        .limit(MOST_SHOWN)
    )
    return [(film, idea) for film, idea in rows]


def forget_link(session: Session, actor: Actor, board: Board, code: str) -> None:
    """Let go of a link, also where it was open to all; the idea stays. Raises NotAllowed, NotFound."""
    actor.require(Permission.FACILITATE, board.dialogue.scope())
    found = session.execute(
        select(Film, Idea)
        .join(Film.contribution)
        .join(Idea, Idea.contribution_id == Film.contribution_id)
        .where(Idea.board_id == board.id, Contribution.code == code)
        .with_for_update(of=(Film, Idea))
    ).one_or_none()
    if found is None:
        raise NotFound
    film, idea = found
    if idea.video_url:
        idea.video_url = ""
        contributions.raise_version(session, board.dialogue_id)
    session.delete(film)
    audit.record(session, actor.user_id, "forget", "film", film.contribution_id, board.dialogue_id)


def sweep(session: Session) -> int:
    """Let go of the links of what was taken back or handed over; return how many."""
    gone = select(Contribution.id).where(Contribution.state.in_(GONE))
    links = delete(Film).where(Film.contribution_id.in_(gone)).returning(Film.contribution_id)
    return len(session.scalars(links).all())
