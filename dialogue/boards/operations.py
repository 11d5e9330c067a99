"""What is written on a board: by residents, and by the team for those who said it elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from dialogue.base import audit, clock, i18n, tongues
from dialogue.base.errors import Closed, Invalid, NotFound
from dialogue.base.i18n import Translated, lazy
from dialogue.boards import news, queries, rules
from dialogue.boards.models import Board, Idea, Support
from dialogue.boards.models_reading import Redaction
from dialogue.boards.picturing import Picture
from dialogue.boards.walls import TERMS
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Channel, Contribution, ContributionKind, ContributionState
from dialogue.residents import guard, operations as residents
from dialogue.residents.operations import Receipt
from dialogue.web.permissions import Actor, Permission


@dataclass(frozen=True)
class Draft:
    """An idea as it is written: a title, a text or both."""

    column_id: int
    title: str
    text: str
    language: str
    video_url: str = ""
    place: str = ""
    picture: Picture | None = None
    picture_words: str = ""
    comment_on_id: int | None = None

    @property
    def has_findings(self) -> bool:
        """Whether the guard found something, so that somebody must read it before it is shown."""
        return bool(guard.check_all(self.title, self.text, self.picture_words))

    @property
    def must_be_read(self) -> bool:
        """Whether somebody reads it before it is shown, whichever board it is on."""
        return self.picture is not None or bool(self.video_url) or self.has_findings


NO_PICTURE = Picture("", "", 0, 0)


@dataclass(frozen=True)
class Source:
    """Where an idea that the team enters was said, and by whom: "Group 4", never a person."""

    channel: Channel
    label: str = ""


def write_idea(
    session: Session, board: Board, draft: Draft, submission_key: str, channel: Channel | None = None
) -> Receipt:
    """Store a resident's idea and give them the code to follow it by.

    It is shown at once where nobody reads first and nothing is kept back, unless the guard found something in it
    or it holds what the guard cannot read. ``channel`` is None for whoever came by no way of their own, so that the
    wall says how. Raises Closed when the board takes no ideas now, Invalid when nothing is written or the column is
    not one of the board's.
    """
    queries.hold(session, board)
    if not rules.takes_ideas(board, clock.now()):
        raise Closed(
            lazy("This board is closed for new ideas. What you wrote is still here, so you can copy it.")
        )
    return _receive(session, board, draft, submission_key, channel)


def comment(session: Session, idea: Idea, text: str, language: str, submission_key: str) -> Receipt:
    """Store what a resident says about an idea, and give them the code to follow it by; shown as an idea would be.

    Raises NotFound for a comment, which takes none; Closed when the board takes no comments now, Invalid when
    nothing is written.
    """
    if idea.comment_on_id is not None:
        raise NotFound
    queries.hold(session, idea.board)
    if not rules.takes_comments(idea.board, clock.now()):
        raise Closed(lazy("Comments are closed here. What you wrote is still here, so you can copy it."))
    draft = Draft(idea.column_id, "", text, language, comment_on_id=idea.contribution_id)
    return _receive(session, idea.board, draft, submission_key, None)


def _receive(
    session: Session, board: Board, draft: Draft, submission_key: str, channel: Channel | None
) -> Receipt:
    _check(board, draft)
    receipt = residents.issue_code(session, submission_key, _content(board, draft), i18n.language())
    if receipt.is_new:
        contribution = contributions.receive(
            session,
            board.dialogue_id,
            ContributionKind.IDEA,
            channel or TERMS[board.wall].channel,
            draft.language,
            follow_code_id=receipt.follow_code_id,
            label=board.label_for_writers,
        )
        idea = _add(session, board, draft, contribution)
        if not board.moderated and not draft.must_be_read:
            publish(session, idea, None)
    # How many ideas wait is public too, but not worth making every kept page anew: it is up to date within
    # the time that a page is kept.
    return receipt


def enter_idea(session: Session, actor: Actor, board: Board, draft: Draft, source: Source, key: str) -> bool:
    """Store what was said in a meeting, at school or on paper; return whether it is shown at once.

    An organiser has read what they enter; a facilitator's entry waits on a moderated board. What the guard
    found something in always waits. The same page sent twice is stored once. Raises NotAllowed, Closed when
    nothing can be entered, Invalid when the column is not one of the board's.
    """
    scope = board.dialogue.scope()
    actor.require(Permission.FACILITATE, scope)
    queries.hold(session, board)
    if why := rules.why_no_entries(board):
        raise Closed(why)
    _check(board, draft)
    has_read = actor.may(Permission.MODERATE, scope)
    shown = not draft.has_findings if has_read else not (board.moderated or draft.must_be_read)
    if residents.first_time(session, key, f"{source.channel}\0{source.label}\0{_content(board, draft)}"):
        contribution = contributions.receive(
            session,
            board.dialogue_id,
            ContributionKind.IDEA,
            source.channel,
            draft.language,
            label=source.label,
            actor_id=actor.user_id,
        )
        idea = _add(session, board, draft, contribution)
        audit.record(session, actor.user_id, "enter", "idea", contribution.id, board.dialogue_id)
        if shown:
            publish(session, idea, actor.user_id)
    return shown


def change_idea(session: Session, idea: Idea, draft: Draft) -> None:
    """Let the writer change an idea that is not shown yet; one that was returned is sent again by it.

    The caller holds the contribution's lock. Raises Closed when it is too late, Invalid when the column is
    not one of the board's.
    """
    if not rules.can_change(idea):
        raise Closed(
            lazy(
                "This idea can no longer be changed, because it has been published or taken back, or the dialogue has ended."
            )
        )
    _check(idea.board, draft, idea.place)
    was_returned = idea.contribution.state is ContributionState.RETURNED
    if _as_draft(idea) == draft and not was_returned:
        return
    _take_over(idea, draft)
    session.execute(delete(Redaction).where(Redaction.idea_id == idea.contribution_id))
    idea.contribution.language = draft.language
    idea.revision += 1
    # Whoever read it has read something else, so it waits to be read where somebody has to.
    column = next(one for one in idea.board.columns if one.id == draft.column_id)
    is_clear = not idea.board.moderated and not draft.must_be_read
    idea.cleared_at = clock.now() if is_clear and rules.is_kept_back(idea.board, column) else None
    if was_returned:
        idea.return_reason, idea.return_note, idea.same_as_id = None, "", None
        contributions.move(session, idea.contribution, ContributionState.RECEIVED)


def erase(session: Session, contribution: Contribution) -> None:
    """Blank an idea that is taken back; the anchor and the number of those who supported it stay."""
    idea = session.get_one(Idea, contribution.id)
    blank(session, [idea])
    contributions.raise_version(session, contribution.dialogue_id)
    news.idea_changed(session, idea)


def blank(session: Session, ideas: Sequence[Idea]) -> None:
    """Remove what was written in ideas and who supported them, in as many statements however many they are."""
    for idea in ideas:
        _take_over(idea, Draft(idea.column_id, "", "", idea.contribution.language))
        idea.return_note = ""
        idea.published_at = idea.cleared_at = None
        idea.revision += 1
    ids = [idea.contribution_id for idea in ideas]
    session.execute(delete(Support).where(Support.idea_id.in_(ids)))
    session.execute(delete(Redaction).where(Redaction.idea_id.in_(ids)))
    session.flush()


def publish(
    session: Session, idea: Idea, actor_id: int | None, public_text: Translated | None = None
) -> None:
    """Let everybody see an idea; where ideas are kept back, at the reveal. ``public_text`` is told its writer."""
    column = next(one for one in idea.board.columns if one.id == idea.column_id)
    if rules.is_kept_back(idea.board, column):
        idea.cleared_at = clock.now()
        session.flush()
        return
    idea.published_at = clock.now()
    contributions.move(
        session,
        idea.contribution,
        ContributionState.PUBLISHED,
        actor_id=actor_id,
        public_text=public_text,
    )
    session.flush()
    contributions.raise_version(session, idea.contribution.dialogue_id)
    news.idea_changed(session, idea)


def _add(session: Session, board: Board, draft: Draft, contribution: Contribution) -> Idea:
    idea = Idea(contribution=contribution, board=board, comment_on_id=draft.comment_on_id)
    _take_over(idea, draft)
    session.add(idea)
    return idea


def _take_over(idea: Idea, draft: Draft) -> None:
    """Let the idea be what was written; its language is its contribution's."""
    idea.column_id, idea.title, idea.text = draft.column_id, draft.title, draft.text
    idea.video_url, idea.place = draft.video_url, draft.place
    picture = draft.picture or NO_PICTURE
    idea.picture, idea.picture_small = picture.full, picture.small
    idea.picture_width, idea.picture_height = picture.width, picture.height
    idea.picture_words = draft.picture_words if draft.picture else ""


def _as_draft(idea: Idea) -> Draft:
    return Draft(
        idea.column_id,
        idea.title,
        idea.text,
        idea.contribution.language,
        idea.video_url,
        idea.place,
        picture_of(idea),
        idea.picture_words,
        idea.comment_on_id,
    )


def picture_of(idea: Idea) -> Picture | None:
    """The picture of an idea, if it has one."""
    if not idea.picture:
        return None
    return Picture(idea.picture, idea.picture_small, idea.picture_width, idea.picture_height)


def _check(board: Board, draft: Draft, place_before: str = "") -> None:
    if not (draft.title or draft.text):
        raise Invalid(lazy("Write your idea. A few words are enough."), "text")
    if draft.place not in {"", place_before, *board.place_names}:
        raise Invalid(lazy("Choose one of the places, or none."), "place")
    if draft.language not in tongues.CODES:
        raise Invalid(lazy("Choose the language of the idea."), "language")
    if draft.column_id not in {column.id for column in board.columns}:
        raise Invalid(lazy("Choose which question your idea answers."), "column")


def _content(board: Board, draft: Draft) -> str:
    return f"idea\0{board.id}\0{draft!r}"
