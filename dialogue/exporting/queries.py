"""Reads of what is taken out of a board, and of exports, each within what the person may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from dialogue.base.errors import NotFound
from dialogue.boards.counting import is_on
from dialogue.boards.models import Board, Column, Idea
from dialogue.dialogues.models import Channel, Contribution, ContributionState, Dialogue, StatusChange
from dialogue.dialogues.queries import reached_by
from dialogue.exporting.models import Audience, Export
from dialogue.followup import chain
from dialogue.followup.models import Theme, ThemeContribution
from dialogue.places.models import Municipality
from dialogue.web.permissions import Actor, Permission

# Whose words leave the house at all. What the duty routine has is in no export, not even as a number.
WITH_WORDS = frozenset({ContributionState.PUBLISHED, ContributionState.RECEIVED, ContributionState.RETURNED})
MOST_LISTED = 20
MOST_FOUND_SHOWN = 50
# The idea that a comment is about.
_About = aliased(Contribution)


@dataclass(frozen=True)
class Taken:
    """One idea as it is taken out. Of one that was taken back only the anchor is left, without words."""

    id: int
    code: str
    prompt: str
    title: str
    text: str
    label: str
    language: str
    channel: Channel
    support: int
    state: ContributionState
    published_at: datetime | None
    theme: str = ""
    decision: str = ""
    picture_words: str = ""
    video_url: str = ""
    # The code of the idea that it is a comment on.
    comment_on: str | None = None


def count(session: Session, board: Board, audience: Audience) -> int:
    """How many ideas an export for these would hold."""
    chosen = select(func.count()).select_from(Idea).join(Idea.contribution)
    return session.scalar(chosen.where(is_on(board), _seen_by(audience))) or 0


def taken(session: Session, board: Board, audience: Audience) -> list[Taken]:
    """What is taken out for an audience, prompt by prompt, the oldest first; the texts in the language of the
    moment. Four statements, however many ideas there are."""
    themes = _themes(session, board)
    rows = session.execute(
        select(
            Contribution.id,
            Contribution.code,
            Column.title.label("prompt"),
            Idea.title,
            Idea.text,
            Idea.picture_words,
            Idea.video_url,
            Contribution.label,
            Contribution.language,
            Contribution.channel,
            Idea.support_count.label("support"),
            Contribution.state,
            Idea.published_at,
            _About.code.label("comment_on"),
        )
        .select_from(Idea)
        .join(Idea.contribution)
        .join(Idea.column)
        .outerjoin(_About, _About.id == Idea.comment_on_id)
        .where(is_on(board), _seen_by(audience))
        .order_by(Column.position, Contribution.id)
    )
    found = []
    for row in rows:
        said = {**row._asdict(), "prompt": str(row.prompt)}
        if row.state not in WITH_WORDS:
            said |= dict.fromkeys(("title", "text", "picture_words", "video_url"), "")
        theme, decision = themes.get(row.id, ("", ""))
        found.append(Taken(**said, theme=theme, decision=decision))
    return found


def _seen_by(audience: Audience) -> ColumnElement[bool]:
    if audience is Audience.PUBLIC:
        return (Contribution.state == ContributionState.PUBLISHED) & Idea.published_at.is_not(None)
    return Contribution.state.in_({*WITH_WORDS, ContributionState.WITHDRAWN})


def _themes(session: Session, board: Board) -> Mapping[int, tuple[str, str]]:
    """By the key of an idea, the title of its theme and what was decided about it in public."""
    rows = session.execute(
        select(ThemeContribution.contribution_id, Theme.id, Theme.title)
        .join(Theme, Theme.id == ThemeContribution.theme_id)
        .join(Idea, Idea.contribution_id == ThemeContribution.contribution_id)
        .where(is_on(board), ThemeContribution.removed_at.is_(None), Theme.retired_at.is_(None))
    ).all()
    decided = chain.decisions_of(session, {theme_id for _key, theme_id, _title in rows})
    return {
        key: (
            str(title),
            "; ".join(f"{one.body}: {one.outcome.label}" for one in decided[theme_id] if one.in_force),
        )
        for key, theme_id, title in rows
    }


def export(session: Session, actor: Actor, code: str, *, locked: bool = False) -> Export:
    """An export for somebody who may manage its board. Raises NotFound, NotAllowed."""
    chosen = (
        select(Export)
        .join(Export.board)
        .join(Board.dialogue)
        .where(Export.code == code, reached_by(actor, Permission.VIEW_DIALOGUE, Permission.MANAGE_BOARDS))
        .options(
            joinedload(Export.board, Board.dialogue, Dialogue.municipality).joinedload(Municipality.district),
        )
    )
    if locked:
        chosen = chosen.with_for_update(of=Export).execution_options(populate_existing=True)
    found = session.scalars(chosen).one_or_none()
    if found is None:
        raise NotFound
    actor.require(Permission.MANAGE_BOARDS, found.board.dialogue.scope())
    return found


def of_board(session: Session, board: Board) -> Sequence[Export]:
    """The last few exports of a board with who made them, the newest first."""
    chosen = select(Export).where(Export.board_id == board.id).options(joinedload(Export.made_by))
    return session.scalars(chosen.order_by(Export.id.desc()).limit(MOST_LISTED)).all()


def found_ideas(session: Session, export: Export) -> Sequence[Idea]:
    """The first few of the ideas in which something was found."""
    chosen = (
        select(Idea)
        .join(Idea.contribution)
        .where(Idea.contribution_id.in_(export.found[:MOST_FOUND_SHOWN]), Contribution.state.in_(WITH_WORDS))
    )
    return session.scalars(chosen.options(joinedload(Idea.contribution)).order_by(Idea.contribution_id)).all()


def is_overtaken(session: Session, export: Export) -> bool:
    """Whether an idea of the board was taken back, sent back or held since, so that words which are to be read no
    more may stand in the file."""
    hidden = [
        state.value
        for state in ContributionState
        if state not in {ContributionState.PUBLISHED, ContributionState.RECEIVED}
    ]
    since = (
        select(StatusChange.id)
        .join(Idea, Idea.contribution_id == StatusChange.subject_id)
        .where(
            StatusChange.subject_kind == "contribution",
            StatusChange.to_state.in_(hidden),
            StatusChange.dialogue_id == export.dialogue_id,
            StatusChange.at >= export.made_at,
            is_on(export.board),
        )
    )
    return session.scalar(since.limit(1)) is not None


def files_in_use(session: Session) -> set[str]:
    """The addresses of the files that exports name."""
    return {address for address in session.scalars(select(Export.file)) if address}
