"""Tells a case through the rooms' own operations: what was given, what it came to, what was done."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import count

from sqlalchemy import insert, select, update

from dialogue.actions import operations as actions
from dialogue.actions.models import Action, ActionState
from dialogue.actions.operations import ActionDraft
from dialogue.actions.rules import LinkHolder
from dialogue.base import clock
from dialogue.boards import duty, keeping, moderation, operations as boards
from dialogue.boards.keeping import BoardPlan, ColumnPlan
from dialogue.boards.models import Board, Idea, Support
from dialogue.boards.models_reading import HandoverWay
from dialogue.boards.operations import Draft, Source
from dialogue.boards.picturing import Picture
from dialogue.demo.content import Deed, Gathering, Ruling, Sheet, Words
from dialogue.demo.stage import Stage
from dialogue.dialogues.models import Channel, Contribution, Dialogue
from dialogue.followup import bodies, deciding, themes
from dialogue.followup.deciding import DecisionDraft
from dialogue.followup.models import Decision, Theme
from dialogue.followup.themes import ThemeWords
from dialogue.people.queries import actor_of

_keys = count(1)


def make_board(stage: Stage, dialogue: Dialogue, sheet: Sheet) -> Board:
    """Make a board, moderated, with its prompts."""
    columns = [ColumnPlan(title, place) for place, title in enumerate(sheet.columns, start=1)]
    closes_on = None if sheet.closes is None else stage.day_of(sheet.closes)
    plan = BoardPlan(
        sheet.title,
        sheet.intro,
        columns,
        closes_on=closes_on,
        takes_comments=sheet.takes_comments,
        places=sheet.places,
    )
    return keeping.make_board(stage.session, stage.organiser, dialogue, plan, _key(dialogue))


def receive(stage: Stage, board: Board, words: Words, picture: Picture | None = None) -> Idea:
    """A resident writes an idea, perhaps with a picture, or a comment on one; the team reads it, and publishes it or
    sends it back."""
    session, key = stage.session, _key(board.dialogue)
    with stage.at(-words.days_ago, 19):
        if words.about:
            about = session.scalars(
                select(Idea).where(Idea.board_id == board.id, Idea.title == words.about)
            ).one()
            receipt = boards.comment(session, about, words.text, words.language, key)
        else:
            receipt = boards.write_idea(session, board, _draft(board, words, picture), key)
    session.flush()
    idea = session.scalars(
        select(Idea).join(Idea.contribution).where(Contribution.follow_code_id == receipt.follow_code_id)
    ).one()
    if not words.waits:
        with stage.at(1 - words.days_ago, 10):
            code, revision = idea.contribution.code, idea.revision
            if words.held:
                _hold(stage, code, revision, words)
            elif words.returned is None:
                moderation.publish(session, stage.organiser, code, revision)
            else:
                moderation.return_to_writer(
                    session, stage.organiser, code, revision, words.returned, words.note
                )
    give_support(stage, idea, words.support)
    return idea


def _hold(stage: Stage, code: str, revision: int, words: Words) -> None:
    """A moderator holds it for the duty officer, who may have handed it over."""
    held = duty.hold(stage.session, stage.organiser, code, revision)
    officer = held.idea.board.dialogue.duty_officer
    if words.handed_over and officer is not None:
        way, today = HandoverWay.CASE_SYSTEM, clock.today()
        duty.hand_over(stage.session, actor_of(officer), code, way, today)


def enter(stage: Stage, board: Board, words: Words, channel: Channel) -> Idea:
    """The team enters what a class or a group said. The caller sets the clock."""
    session = stage.session
    source = Source(channel, words.label)
    boards.enter_idea(session, stage.organiser, board, _draft(board, words), source, _key(board.dialogue))
    session.flush()
    idea = session.scalars(
        select(Idea).where(Idea.board_id == board.id).order_by(Idea.contribution_id.desc()).limit(1)
    ).one()
    give_support(stage, idea, words.support)
    return idea


def give_support(stage: Stage, idea: Idea, dots: int) -> None:
    """So many devices support an idea; written at once, since there are many."""
    if dots:
        rows = [
            {
                "idea_id": idea.contribution_id,
                "device_hash": hashlib.sha256(f"{idea.contribution_id}.{n}".encode()).digest(),
            }
            for n in range(dots)
        ]
        stage.session.execute(insert(Support), rows)
        stage.session.execute(
            update(Idea).where(Idea.contribution_id == idea.contribution_id).values(support_count=dots)
        )


def gather(
    stage: Stage, dialogue: Dialogue, gatherings: Iterable[Gathering], ideas: Sequence[tuple[Words, Idea]]
) -> dict[str, Theme]:
    """Put what was given under themes, in the words of the brief. The caller sets the clock."""
    made = {}
    for gathering in gatherings:
        theme = themes.create(stage.session, stage.organiser, dialogue, gathering.title, _key(dialogue))
        words = ThemeWords(gathering.title, gathering.people_say, gathering.we_propose, gathering.who)
        themes.reword(stage.session, stage.organiser, theme, theme.revision, words)
        codes = [idea.contribution.code for words_given, idea in ideas if words_given.theme == gathering.key]
        if codes:
            themes.place(stage.session, stage.organiser, theme, codes)
        made[gathering.key] = theme
    return made


def place(stage: Stage, theme: Theme, idea: Idea) -> None:
    """Put one more idea under a theme. The caller sets the clock."""
    themes.place(stage.session, stage.organiser, theme, [idea.contribution.code])


def decide(stage: Stage, found: dict[str, Theme], rulings: Iterable[Ruling]) -> dict[str, Decision]:
    """Write down what was decided about the themes."""
    made = {}
    for ruling in rulings:
        with stage.at(ruling.when, 14):
            passed_to = stage.bodies[ruling.passed_to].id if ruling.passed_to else None
            theme = found[ruling.theme]
            body = bodies.ensure(stage.session, stage.organiser, theme.dialogue, ruling.body, ruling.power)
            draft = DecisionDraft(
                ruling.outcome,
                ruling.reason,
                ruling.explanation,
                body.id,
                stage.day_of(ruling.when),
                passed_to,
            )
            made[ruling.key] = deciding.decide(
                stage.session, stage.organiser, theme, draft, _key(theme.dialogue)
            )
    return made


def act(
    stage: Stage, decision: Decision, deed: Deed, end: ActionState = ActionState.DONE, *, begun: bool = True
) -> Action:
    """Ask for an action, and let its owner answer, tell and finish as the case has it."""
    session = stage.session
    owner = stage.bodies[deed.owner]
    with stage.at(deed.asked, 15):
        draft = ActionDraft(deed.title, deed.why, owner.id, deed.role, stage.day_of(deed.due))
        action = deciding.propose_action(session, stage.organiser, decision, draft)
    who = LinkHolder(action.id, owner.id)
    if deed.new_date is not None:
        with stage.at(-2, 11):
            actions.suggest_date(
                session, who, action, action.revision, stage.day_of(deed.new_date), deed.reply
            )
    if deed.accepted is not None:
        with stage.at(deed.accepted, 16):
            actions.accept(session, who, action, action.revision)
            if begun:
                actions.start(session, who, action, action.revision)
    for news in deed.news:
        with stage.at(news.when, 17):
            actions.report(session, who, action, action.revision, news.text, news.is_public)
    if deed.ended is not None:
        with stage.at(deed.ended, 18):
            actions.finish(session, who, action, action.revision, end, deed.outcome)
    session.flush()
    return action


def _draft(board: Board, words: Words, picture: Picture | None = None) -> Draft:
    return Draft(
        board.columns[words.column - 1].id,
        words.title,
        words.text,
        words.language,
        place=words.place,
        picture=picture,
        picture_words=words.picture_words,
    )


def _key(dialogue: Dialogue) -> str:
    """A submission key for one thing of the loading."""
    return f"demo {dialogue.code} {next(_keys)}"
