"""Did it help? What residents say of an action that is done, apart from what its owner says of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.models import Action
from dialogue.base import audit, clock, tokens
from dialogue.base.db import insert_new
from dialogue.base.errors import NotFound
from dialogue.config import settings
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.queries import reached_by
from dialogue.followup.models import Help, Helped
from dialogue.followup.records import ASKED_OF, HelpedCount
from dialogue.web.permissions import Actor, Permission

LONGEST_WORD = 200
# On an action's page; more would be a list that nobody reads.
WORDS_SHOWN = 20
WORDS_TO_READ = 100


@dataclass(frozen=True)
class Word:
    """What somebody wrote with their answer, read by the team."""

    answer: Help
    text: str
    language: str


def holder(follow_code_id: int) -> str:
    """Who answers: whoever holds a follow code."""
    return f"code {follow_code_id}"


def device(cookie: str) -> str:
    """Who answers: a device, without a code."""
    return f"device {cookie}"


def answer(session: Session, action: Action, voter: str, said: Help, word: str | None, language: str) -> None:
    """Keep what somebody answers, in the place of what the same answered before; at the same moment too.

    ``word`` is None for one that is not asked about it again. A new word waits until somebody of the team has
    read it. Raises NotFound for an action of which this is not asked.
    """
    if action.state not in ASKED_OF:
        raise NotFound
    values = {
        "action_id": action.id,
        "voter_hash": _hash(action.id, voter),
        "answer": said,
        "word": word or "",
        "language": language,
        "is_read": False,
        "is_shown": False,
        "day": clock.today(),
    }
    if insert_new(session, Helped, values) is None:
        _answer_anew(session, action.id, voter, said, word, language)
    contributions.raise_version(session, action.dialogue_id)


def _answer_anew(
    session: Session, action_id: int, voter: str, said: Help, word: str | None, language: str
) -> None:
    row = session.get_one(Helped, (action_id, _hash(action_id, voter)), with_for_update=True)
    row.answer, row.day = said, clock.today()
    if word is not None and word != row.word:
        row.word, row.language, row.is_read, row.is_shown = word, language, False, False


def summary(session: Session, action_ids: Iterable[int]) -> Mapping[int, HelpedCount]:
    """What residents say of each action, in one statement; zeros for one of which nobody has said anything."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = session.execute(
        select(Helped.action_id, Helped.answer, func.count())
        .where(Helped.action_id.in_(list(action_ids)))
        .group_by(Helped.action_id, Helped.answer)
    )
    for action_id, said, count in rows:
        counts[action_id][said.value] = count
    found: dict[int, HelpedCount] = defaultdict(HelpedCount)
    found.update({action_id: HelpedCount(**said) for action_id, said in counts.items()})
    return found


def words(session: Session, action_id: int) -> list[Word]:
    """Some of the words that the team has read and chosen to show; by their codes, which tell no order."""
    rows = session.scalars(
        select(Helped)
        .where(Helped.action_id == action_id, Helped.is_shown, Helped.word != "")
        .order_by(Helped.code)
        .limit(WORDS_SHOWN)
    )
    return [Word(row.answer, row.word, row.language) for row in rows]


def answers_of(session: Session, action_ids: Iterable[int], voter: str) -> Mapping[int, Helped]:
    """What one voter has answered of some actions."""
    keys = [(action_id, _hash(action_id, voter)) for action_id in action_ids]
    rows = session.scalars(
        select(Helped).where(tuple_(Helped.action_id, Helped.voter_hash).in_(keys)) if keys else _NONE
    )
    return {row.action_id: row for row in rows}


_NONE = select(Helped).where(Helped.action_id.is_(None))


def asked_by_code(
    session: Session, codes: Iterable[str], voter: str
) -> tuple[Mapping[str, Action], Mapping[str, Helped]]:
    """Actions by their codes, and what one voter has answered of them, by code too."""
    actions = {one.code: one for one in session.scalars(select(Action).where(Action.code.in_(list(codes))))}
    answers = answers_of(session, [action.id for action in actions.values()], voter)
    return actions, {code: answers[one.id] for code, one in actions.items() if one.id in answers}


def has_answered(session: Session, action: Action, voter: str) -> bool:
    """Whether this voter has answered of an action before."""
    return bool(answers_of(session, [action.id], voter))


def forget_words(session: Session, dialogue_id: int, follow_code_id: int) -> None:
    """Blank what the holder of a code wrote with their answers in a dialogue; the answers keep counting."""
    asked = session.scalars(
        select(Helped.action_id).join(Helped.action).where(Action.dialogue_id == dialogue_id).distinct()
    ).all()
    keys = [(action_id, _hash(action_id, holder(follow_code_id))) for action_id in asked]
    if keys:
        session.execute(
            update(Helped)
            .where(tuple_(Helped.action_id, Helped.voter_hash).in_(keys))
            .values(word="", is_shown=False)
            .execution_options(synchronize_session=False)
        )


def to_read(session: Session, actor: Actor) -> list[tuple[Dialogue, int]]:
    """The dialogues of somebody's desk in which words wait to be read, with how many."""
    waiting = (
        select(Action.dialogue_id, func.count().label("count"))
        .join(Helped, Helped.action_id == Action.id)
        .where(*_UNREAD)
        .group_by(Action.dialogue_id)
        .subquery()
    )
    rows = session.execute(
        select(Dialogue, waiting.c.count)
        .join(waiting, waiting.c.dialogue_id == Dialogue.id)
        .where(reached_by(actor, Permission.MODERATE, Permission.MANAGE_DIALOGUE))
        .order_by(Dialogue.id)
    )
    return [(dialogue, count) for dialogue, count in rows]


def words_to_read(session: Session, dialogue_id: int) -> Sequence[Helped]:
    """The words of a dialogue that nobody has read, by action."""
    return session.scalars(
        select(Helped)
        .join(Helped.action)
        .where(Action.dialogue_id == dialogue_id, *_UNREAD)
        .options(joinedload(Helped.action))
        .order_by(Helped.action_id, Helped.code)
        .limit(WORDS_TO_READ)
    ).all()


_UNREAD = (Helped.word != "", Helped.is_read.is_(False))


def decide_word(session: Session, actor: Actor, code: str, seen: str, *, show: bool) -> Dialogue:
    """Show a word on the action's page, or leave it unshown; return its dialogue.

    Only what was read counts: a word that was changed in the meantime goes on waiting. Raises NotFound.
    """
    row = session.scalars(
        select(Helped)
        .join(Helped.action)
        .join(Action.dialogue)
        .where(Helped.code == code, reached_by(actor, Permission.MODERATE, Permission.MANAGE_DIALOGUE))
        .options(joinedload(Helped.action).joinedload(Action.dialogue))
        .with_for_update(of=Helped)
    ).one_or_none()
    if row is None:
        raise NotFound
    dialogue = row.action.dialogue
    if row.word == seen and row.word:
        row.is_read, row.is_shown = True, show
        verb = "show" if show else "leave"
        audit.record(session, actor.user_id, verb, "word", row.action_id, dialogue.id)
        contributions.raise_version(session, dialogue.id)
    return dialogue


def _hash(action_id: int, voter: str) -> bytes:
    # The action is part of it, so that the answers of one voter cannot be put together.
    return tokens.digest(settings().secret_key, "helped", f"{action_id}\0{voter}")
