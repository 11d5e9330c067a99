"""The anchor of what residents give, and the history of everything: the two things every room writes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, insert, select, update
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    DialogueGoal,
    StatusChange,
)


def note_change(
    session: Session,
    dialogue_id: int,
    subject: tuple[str, int],
    states: tuple[str, str],
    *,
    actor_id: int | None = None,
    public_text: Translated | None = None,
    is_public: bool = True,
    internal_note: str = "",
) -> None:
    """Write one line of history: ``note_change(s, 3, ("action", 7), ("proposed", "accepted"))``."""
    line = _line(dialogue_id, subject, states, actor_id, public_text)
    # History is only ever added to, so a line need not become an object first.
    session.execute(_NEW_LINE, {**line, "is_public": is_public, "internal_note": internal_note})


_NEW_LINE = insert(cast(Table, StatusChange.__table__))


def _line(
    dialogue_id: int,
    subject: tuple[str, int],
    states: tuple[str, str],
    actor_id: int | None,
    public_text: Translated | None,
) -> dict[str, object]:
    return {
        "dialogue_id": dialogue_id,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "from_state": states[0],
        "to_state": states[1],
        "at": clock.now(),
        "actor_id": actor_id,
        "public_text": public_text or Translated(),
        "is_public": True,
        "internal_note": "",
    }


def raise_version(session: Session, dialogue_id: int) -> None:
    """Say that what the public sees of a dialogue has changed, so that its kept pages are made anew."""
    session.execute(
        update(Dialogue)
        .where(Dialogue.id == dialogue_id)
        .values(version=Dialogue.version + 1)
        .execution_options(synchronize_session=False)
    )


def renew_what_names_goals(session: Session, goal_ids: Sequence[int]) -> None:
    """Say so of every dialogue that is tied to one of these goals."""
    tied = select(DialogueGoal.dialogue_id).where(DialogueGoal.goal_id.in_(goal_ids))
    session.execute(
        update(Dialogue)
        .where(Dialogue.id.in_(tied))
        .values(version=Dialogue.version + 1)
        .execution_options(synchronize_session=False)
    )


def receive(
    session: Session,
    dialogue_id: int,
    kind: ContributionKind,
    channel: Channel,
    language: str,
    *,
    follow_code_id: int | None = None,
    label: str = "",
    actor_id: int | None = None,
) -> Contribution:
    """Anchor something that was given; its history begins here. The caller adds the content."""
    contribution = Contribution(
        dialogue_id=dialogue_id,
        kind=kind,
        channel=channel,
        label=label,
        language=language,
        state=ContributionState.RECEIVED,
        follow_code_id=follow_code_id,
        received_at=clock.now(),
    )
    session.add(contribution)
    session.flush()
    note_change(
        session,
        dialogue_id,
        ("contribution", contribution.id),
        ("", ContributionState.RECEIVED.value),
        actor_id=actor_id,
    )
    return contribution


@dataclass(frozen=True)
class Given:
    """Something that was given, as it is anchored: how it came, who speaks, in which language."""

    channel: Channel
    label: str
    language: str


def receive_many(
    session: Session,
    dialogue_id: int,
    kind: ContributionKind,
    given: Sequence[Given],
    *,
    actor_id: int | None = None,
) -> list[Contribution]:
    """Anchor what was given together, in its order, with a handful of statements for all of it."""
    moment = clock.now()
    made = [
        Contribution(
            dialogue_id=dialogue_id,
            kind=kind,
            channel=one.channel,
            label=one.label,
            language=one.language,
            state=ContributionState.RECEIVED,
            received_at=moment,
        )
        for one in given
    ]
    session.add_all(made)
    session.flush()
    _note_many(session, dict.fromkeys(made, ""), actor_id, None)
    return made


# What must happen in the same transaction when something that was shown is shown no more.
_no_longer_shown: list[Callable[[Session, Contribution], None]] = []


def call_when_hidden(listeners: Iterable[Callable[[Session, Contribution], None]]) -> None:
    """Let these be told of everything that was shown and is no more; called when the application is made."""
    _no_longer_shown[:] = listeners


def move(
    session: Session,
    contribution: Contribution,
    to: ContributionState,
    *,
    actor_id: int | None = None,
    public_text: Translated | None = None,
) -> None:
    """Change a contribution's state and write the line of history that belongs to it."""
    note_change(
        session,
        contribution.dialogue_id,
        ("contribution", contribution.id),
        (contribution.state.value, to.value),
        actor_id=actor_id,
        public_text=public_text,
    )
    was_shown = contribution.state is ContributionState.PUBLISHED
    contribution.state = to
    if was_shown and to is not ContributionState.PUBLISHED:
        for listener in _no_longer_shown:
            listener(session, contribution)


def note_published(session: Session, dialogue_id: int, ids: Sequence[int]) -> None:
    """Write that contributions which nobody had to read, or which had been read before, were published."""
    states = ContributionState.RECEIVED.value, ContributionState.PUBLISHED.value
    session.execute(_NEW_LINE, [_line(dialogue_id, ("contribution", one), states, None, None) for one in ids])


def move_many(
    session: Session,
    moved: Sequence[Contribution],
    to: ContributionState,
    *,
    actor_id: int | None = None,
    public_text: Translated | None = None,
) -> None:
    """Change the state of many contributions as ``move`` does, with a handful of statements for all of them."""
    before = {one: one.state.value for one in moved}
    were_shown = [one for one in moved if one.state is ContributionState.PUBLISHED]
    for one in moved:
        one.state = to
    session.flush()
    _note_many(session, before, actor_id, public_text)
    if to is not ContributionState.PUBLISHED:
        for one in were_shown:
            for listener in _no_longer_shown:
                listener(session, one)


def _note_many(
    session: Session,
    before: Mapping[Contribution, str],
    actor_id: int | None,
    public_text: Translated | None,
) -> None:
    lines = [
        _line(one.dialogue_id, ("contribution", one.id), (was, one.state.value), actor_id, public_text)
        for one, was in before.items()
    ]
    if lines:
        session.execute(_NEW_LINE, lines)


def says(said: Select[Any], words: str) -> ColumnElement[bool]:
    """The condition on Contribution that what it says, as selected for it alone, has these words in it."""
    # A scalar, not EXISTS: PostgreSQL would search the words of the whole country once and remember who has them.
    text: ColumnElement[str] = said.correlate(Contribution).scalar_subquery()
    return text.icontains(words, autoescape=True)
